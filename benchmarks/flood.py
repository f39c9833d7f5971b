"""How long fifty people wait for an answer while nobody else writes, and while one member floods a group; real time, real HTTP.

The bot runs in a process of its own against a sandbox server in this one. Each of the fifty asks in private, one after the
other, about ten in a second; then the same again while somebody sends 500 messages a minute into a group; and so on, by turns,
because machines are noisy. What counts is the ratio of the two 99th percentiles (the middle one of all turns): at most two.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.sandbox.clock import Clock
from bot.sandbox.group import Member
from bot.sandbox.person import Person
from bot.sandbox.server import serving
from bot.sandbox.world import World

ROOT = Path(__file__).parent.parent
QUESTIONS = ("an MoU", "an SLA", "networking", "a stakeholder", "a MASH")
FLOOD_A_MINUTE = 500
OTHERS = 50
BETWEEN = 0.1


async def waits(person: Person, question: str) -> float:
    """Seconds until a question is answered."""
    begun = time.perf_counter()
    await person.send(f"/ask what is {question}?")
    await person.waits_for(lambda one: bool(one.labels), timeout=60)
    return time.perf_counter() - begun


async def asked_by_all(people: list[Person], goes: int) -> list[float]:
    """How long each had to wait, the shortest first."""
    found = []
    for go in range(goes):
        tasks = []
        for number, person in enumerate(people):
            tasks.append(asyncio.create_task(waits(person, QUESTIONS[(go + number) % len(QUESTIONS)])))
            await asyncio.sleep(BETWEEN)
        found += await asyncio.gather(*tasks)
    return sorted(found)


async def flood(member: Member) -> None:
    """Sends and sends."""
    number = 0
    while True:
        number += 1
        await member.send(f"/ask what is {QUESTIONS[number % len(QUESTIONS)]}?")
        await asyncio.sleep(60 / FLOOD_A_MINUTE)


def p99(times: list[float]) -> float:
    """The 99th percentile of sorted figures."""
    return times[min(len(times) - 1, int(len(times) * 0.99))]


async def measure(turns: int, goes: int) -> dict[str, list[list[float]]]:
    """Waiting times without the flood and with it, turn by turn."""
    world = World(Clock.real())
    account = world.bot("Helper", username="helper_bot")
    found: dict[str, list[list[float]]] = {"quiet": [], "flood": []}
    with tempfile.TemporaryDirectory() as folder:
        async with serving(world) as url:
            known = {"TELEGRAM_TOKEN": account.token, "TELEGRAM_API_URL": url, "DATABASE_URL": f"sqlite:///{folder}/bot.db"}
            env = {**os.environ, **known, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "WARNING"}
            bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=ROOT, env=env)
            try:
                people = [world.person(f"P{number}") for number in range(OTHERS)]
                flooder = world.person("Flooder")
                group = world.group("Hall", flooder)
                group.join(account)
                await asked_by_all(people, 2)  # everything is learned, every chat is open
                for _ in range(turns):
                    found["quiet"].append(await asked_by_all(people, goes))
                    flooding = asyncio.create_task(flood(group.member(flooder)))
                    found["flood"].append(await asked_by_all(people, goes))
                    flooding.cancel()
            finally:
                if bot.returncode is None:
                    bot.send_signal(signal.SIGTERM)
                await bot.wait()
    return found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--goes", type=int, default=4, help="how often each of the fifty asks in a turn")
    given = parser.parse_args()
    found = asyncio.run(measure(given.turns, given.goes))
    middle = {}
    for name, turns in found.items():
        figures = [1000 * p99(times) for times in turns]
        middle[name] = median(figures)
        halves = median(1000 * median(times) for times in turns)
        print(f"{name:6} median {halves:.0f} ms, p99 {middle[name]:.0f} ms (turn by turn: {', '.join(f'{one:.0f}' for one in figures)})")
    print(f"p99 with the flood: {middle['flood'] / middle['quiet']:.2f} times the quiet p99")


if __name__ == "__main__":
    main()
