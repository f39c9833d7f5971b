"""The real bot without Telegram: a server like Telegram's on this machine, the bot against it, and a chat in this terminal."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path

from bot.commands.common import Leave, book_of, opened

LOG = "bot.log"


def sandbox(given: argparse.Namespace) -> int:
    """Try the bot without Telegram."""
    book_of(opened(with_tests=False))
    try:
        with tempfile.TemporaryDirectory(prefix="partnership-bot-") as folder:
            return asyncio.run(_sandbox(given.port, given.serve, Path(folder)))
    except OSError as slip:
        raise Leave(f"The server cannot be started on port {given.port}: {slip.strerror or slip}.", 2) from None


async def _sandbox(port: int, serve_only: bool, folder: Path) -> int:
    from bot.sandbox.clock import Clock
    from bot.sandbox.console import Console, typed_line
    from bot.sandbox.server import serving
    from bot.sandbox.world import World

    world = World(Clock.real())
    account = world.bot("Partnership bot", username="partnership_sandbox_bot")
    async with serving(world, port) as url:
        bot = await _start_bot(account.token, url, folder, quiet=not serve_only)
        try:
            if serve_only:
                print(f"The server answers at {url}. People: POST {url}/sandbox/people and more, see docs/sandbox.md. Stop with Ctrl-C.")
                return await _until_stopped(bot)
            print("One moment …")
            await world.changes.until(lambda: any(call.method == "getUpdates" for call in world.calls) or bot.returncode is not None)
            if bot.returncode is not None:
                raise Leave((folder / LOG).read_text(encoding="utf-8").strip() or "The bot did not start.", 2)
            await Console(world.person("You"), sys.stdout).talk(typed_line)
            return 0
        finally:
            await _stop_bot(bot)


async def _start_bot(token: str, url: str, folder: Path, quiet: bool) -> asyncio.subprocess.Process:
    """The bot in a process of its own, as `Procfile` runs it; both belong to one process group and end together."""
    known = {"TELEGRAM_TOKEN": token, "TELEGRAM_API_URL": url, "DATABASE_URL": f"sqlite:///{folder}/sandbox.db"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "WEBHOOK_"))}
    log = (folder / LOG).open("w") if quiet else None
    try:
        return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=clean | known, stdout=log, stderr=log)
    finally:
        if log is not None:
            log.close()


async def _until_stopped(bot: asyncio.subprocess.Process) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    ended, stopped = asyncio.create_task(bot.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait([ended, stopped], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    return (ended.result() if ended.done() else 0) or 0


async def _stop_bot(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is None:
        bot.terminate()
        await bot.wait()
