"""CPU for each update and time to start, against the same conversation on a ConversationHandler bot, in one run.

Both bots run in processes of their own against one sandbox server in this process, and have the same conversations:
/start, three ticks and Done, a typed goal, then presses to the end.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox.clock import Clock
from bot.sandbox.person import Person
from bot.sandbox.server import serving
from bot.sandbox.world import World

ROOT = Path(__file__).parent.parent
BOTS = {"ours": ["-m", "bot", "run"], "ConversationHandler": [str(ROOT / "benchmarks" / "handler_bot.py")]}
TICK = os.sysconf("SC_CLK_TCK")


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used, with all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_of(process: int) -> float:
    """MB that a process holds in memory."""
    line = next(line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def at_rest(process: int) -> None:
    """Waits until a process has done nothing for a while: it has learned what it learns at its start."""
    before = -1.0
    while (now := cpu_of(process)) > before:
        before = now
        await asyncio.sleep(0.5)


async def converse(person: Person) -> int:
    """One conversation; gives the number of updates it made."""
    await person.command("start")
    await person.waits_for("Who is working with you", timeout=60)
    made = 1
    for label in ("Police", "Council", "Church or faith", "Done"):
        press = await person.press(person.last(), label)
        await press.answered(timeout=60)
        await person.waits_for(lambda one: bool(one.labels), timeout=60)
        made += 1
    await person.waits_for("change or make better", timeout=60)
    await person.send("safer streets")
    await person.waits_for(lambda one: bool(one.labels), timeout=60)
    made += 1
    while len(person.last().labels) > 1 and made < 16:
        last = person.last()
        many = any(label.startswith("☐") or label == "Done" for label in last.labels)
        press = await person.press(last, "Skip" if "Skip" in last.labels and not many else last.labels[1])
        await press.answered(timeout=60)
        await person.waits_for(lambda one: bool(one.text), timeout=60)
        made += 1
        if many and "Done" in person.last().labels:
            press = await person.press(person.last(), "Done")
            await press.answered(timeout=60)
            await person.waits_for(lambda one: bool(one.text), timeout=60)
            made += 1
        if "Your type" in person.last().text or "cannot tell" in person.last().text:
            break
    return made


async def measure(name: str, conversations: int, at_once: int) -> dict[str, float]:
    """Runs one bot through the conversations."""
    world = World(Clock.real())
    account = world.bot("Helper", username="helper_bot")
    with tempfile.TemporaryDirectory() as folder:
        async with serving(world) as url:
            known = {
                "TELEGRAM_TOKEN": account.token,
                "TELEGRAM_API_URL": url,
                "DATABASE_URL": f"sqlite:///{folder}/bot.db",
                "PYTHONPATH": str(ROOT),
            }
            begun = time.perf_counter()
            bot = await asyncio.create_subprocess_exec(
                sys.executable,
                *BOTS[name],
                cwd=ROOT,
                env={**os.environ, **known, "LOG_LEVEL": "WARNING"},
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                await world.changes.until(lambda: any(call.method == "getUpdates" for call in world.calls))
                ready, cpu_ready = time.perf_counter() - begun, cpu_of(bot.pid)
                people = [world.person(f"P{number}") for number in range(conversations)]
                await converse(world.person("warm"))
                await at_rest(bot.pid)
                cpu, wall = cpu_of(bot.pid), time.perf_counter()
                slots = asyncio.Semaphore(at_once)

                async def one(person: Person) -> int:
                    async with slots:
                        return await converse(person)

                updates = sum(await asyncio.gather(*(one(person) for person in people)))
                spent, wall = cpu_of(bot.pid) - cpu, time.perf_counter() - wall
                memory = memory_of(bot.pid)
            finally:
                bot.send_signal(signal.SIGTERM)
                await bot.wait()
    per_update = 1000 * spent / updates
    return {
        "start s": ready,
        "start CPU s": cpu_ready,
        "updates": updates,
        "CPU ms an update": per_update,
        "updates/s": updates / wall,
        "MB": memory,
    }


def main() -> None:
    """Measures both and prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    count = 5 if given.short else 60
    found = {name: asyncio.run(measure(name, count, 10)) for name in BOTS}
    names = list(BOTS)
    print(f"{'':22}{names[0]:>10}{names[1]:>22}{'ratio':>8}")
    for figure in found[names[0]]:
        ours, theirs = found[names[0]][figure], found[names[1]][figure]
        print(f"{figure:22}{ours:10.2f}{theirs:22.2f}{ours / theirs if theirs else 0:8.2f}")


if __name__ == "__main__":
    main()
