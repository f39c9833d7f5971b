"""A real bot process over real HTTP, people who talk with it at once, and somebody who ends the process when they like."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.clock import Clock
from bot.sandbox.person import Person
from bot.sandbox.pressing import buttons_of
from bot.sandbox.server import serving
from bot.turn.mind import Mind
from tests.crash.model import Model, said
from tests.crash.play import Recorded, lines_of

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
TYPED = (
    "police",
    "the church and the council",
    "what is an mou?",
    "/review",
    "/back",
    "safer streets",
    "Mostly",
    "xyzzy",
    "/help",
    "/export",
)


@dataclass(slots=True)
class Bot:
    """The processes of one bot, one after the other."""

    forge: asyncio.subprocess.Process
    world: Recorded
    pid: int = 0
    starts: int = 0

    async def _asks(self, line: str) -> str:
        assert self.forge.stdin is not None
        assert self.forge.stdout is not None
        self.forge.stdin.write(f"{line}\n".encode())
        async with asyncio.timeout(PATIENCE):
            return (await self.forge.stdout.readline()).decode().strip()

    async def start(self) -> None:
        """Starts a process and waits until it fetches updates."""
        before = len(self.world.calls)
        self.pid = int(await self._asks("run"))
        self.starts += 1
        async with asyncio.timeout(PATIENCE):
            await self.world.changes.until(lambda: any(call.method == "getUpdates" for call in self.world.calls.made[before:]))

    def signal(self, what: signal.Signals) -> None:
        os.kill(self.pid, what)

    async def ended(self) -> int:
        """Waits for its end and gives its exit status; minus the number of the signal that killed it."""
        return int(await self._asks("wait"))


@dataclass(slots=True)
class Talker:
    """Somebody who goes on as soon as the bot has said what it is to say."""

    person: Person
    world: Recorded
    model: Model
    chance: random.Random
    pause: float
    going: bool = True

    @property
    def lane(self) -> str:
        return f"chat:{self.person.id}"

    async def talk(self) -> None:
        """Until told to stop."""
        await self.person.send("/start")
        while True:
            await self.model.take(self.world.queued)
            await self.person.waits_until(self._answered, PATIENCE)
            if not self.going:
                return
            await asyncio.sleep(self.pause * self.chance.random())
            button = self._button() if self.chance.random() < 0.6 else None
            if button:
                await self.person.press(*button)
                continue
            for _ in range(self.chance.choice((1, 1, 1, 3))):
                await self.person.send(self.chance.choice(TYPED))

    def _answered(self) -> bool:
        """The chat ends as the model says."""
        theirs = said(lines_of(self.person.chat)[-12:])
        return bool(theirs) and theirs[-1] == self.model.texts[self.lane][-1]

    def _button(self) -> tuple[int, str] | None:
        last = next((one for one in reversed(self.person.chat.messages.values()) if buttons_of(one)), None)
        if last is None:
            return None
        there = [button["callback_data"] for button in buttons_of(last) if button.get("callback_data", "")[:2] in {"o:", "a:"}]
        return (last.id, self.chance.choice(there)) if there else None


@asynccontextmanager
async def crowd(folder: Path, mind: Mind, people: int, seed: int, pause: float) -> AsyncIterator[tuple[Bot, list[Talker]]]:
    """A world, a forge and people. The bot is not started yet."""
    world = Recorded(Clock.real())
    account = world.bot("Helper", username="helper_bot")
    async with serving(world) as url:
        known = {
            "TELEGRAM_TOKEN": account.token,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": f"sqlite:///{folder}/bot.db",
            "LOG_LEVEL": "ERROR",
        }
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "WEBHOOK_", "DATABASE_"))}
        with (folder / "bot.log").open("wb") as log:
            forge = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.crash.forge",
                cwd=ROOT,
                env=clean | known,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert forge.stdin is not None
        assert forge.stdout is not None
        async with asyncio.timeout(60):
            assert await forge.stdout.readline() == b"ready\n", (folder / "bot.log").read_text()
        model = Model(mind, account.username)
        talkers = [Talker(world.person(f"P{at}"), world, model, random.Random(seed * 100 + at), pause) for at in range(people)]
        try:
            yield Bot(forge, world), talkers
        finally:
            forge.stdin.close()
            async with asyncio.timeout(PATIENCE):
                await forge.wait()
