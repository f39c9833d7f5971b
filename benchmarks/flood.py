"""How long fifty people wait for an answer while nobody else writes, and while one member floods a group; real time, real HTTP.

The bot runs in a process of its own against a sandbox server in this one. Three places are measured, each while all is quiet and
while somebody sends 500 messages a minute into one group; by turns, because machines are noisy:

    private     each of the fifty asks in private, about ten in a second
    groups      ten of them in each of five other groups, one after the other, so that no group's pace is in the way
    same group  all fifty in the group that is flooded, within a minute; here the pace of the group is what they wait for

What counts is the ratio of the two 99th percentiles (the middle one of all turns): at most two.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bot.app import learn_once, open_folder
from bot.sandbox.clock import Clock
from bot.sandbox.group import Group, Member
from bot.sandbox.person import Person
from bot.sandbox.server import serving
from bot.sandbox.world import World
from bot.turn.asked import SMALL_TALK
from bot.turn.mind import Mind

ROOT = Path(__file__).parent.parent
FLOOD_A_MINUTE = 500
OTHERS = 50
GROUPS = 5
PLACES = {"private": 0.1, "groups": 0.7, "same group": 1.2}
"""The places, and how many seconds lie between two questions."""
GOES = {"private": 4, "groups": 1, "same group": 1}
"""How often each of the fifty asks in a turn."""


def titles() -> list[str]:
    """Titles of topics that are found by them. Each of the fifty asks about another one, so an answer is known by its title."""
    learn_once()
    book = open_folder(ROOT / "dialogues").book
    assert book is not None
    mind = Mind(book)
    found = [one.title for one in book.topics if one.id not in SMALL_TALK and mind.asked.finder.find(one.title).topic is one]
    assert len(found) > OTHERS
    return found


@dataclass
class Town:
    """The world with its people and groups."""

    world: World
    titles: list[str]
    people: list[Person] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    flooded: Member | None = None

    def settle(self) -> None:
        """Everybody moves in; the bot is let into every group."""
        account = next(iter(self.world.bots.values()))
        self.people = [self.world.person(f"P{number}") for number in range(OTHERS)]
        flooder = self.world.person("Flooder")
        hall = self.world.group("Hall", flooder, *self.people)
        parts = [self.people[number::GROUPS] for number in range(GROUPS)]
        self.groups = [hall, *(self.world.group(f"Group {number}", *part) for number, part in enumerate(parts))]
        for group in self.groups:
            group.join(account)
        self.flooded = hall.member(flooder)

    def writer(self, place: str, number: int) -> Person:
        """One of the fifty, in the chat where they ask."""
        person = self.people[number]
        if place == "private":
            return person
        return self.groups[0 if place == "same group" else 1 + number % GROUPS].member(person)

    async def waits(self, person: Person, title: str) -> float:
        """Seconds until a question is answered."""
        begun, chat = time.perf_counter(), person.chat
        asked = await person.send(f"/ask {title}")

        def answered() -> bool:
            later = (one for one in reversed(chat.messages.values()) if one.id > asked.id)
            return any(one.bot is not None and title in one.text.splitlines() for one in later)

        async with asyncio.timeout(120):
            await self.world.changes.until(answered)
        return time.perf_counter() - begun

    async def asked_by_all(self, place: str) -> list[float]:
        """How long each had to wait, the shortest first."""
        found = []
        for go in range(GOES[place]):
            tasks = []
            for number in range(OTHERS):
                title = self.titles[(go + number) % OTHERS]
                tasks.append(asyncio.create_task(self.waits(self.writer(place, number), title)))
                await asyncio.sleep(PLACES[place])
            found += await asyncio.gather(*tasks)
        return sorted(found)

    async def flood(self) -> None:
        """Sends and sends, of other topics than the fifty ask about."""
        assert self.flooded is not None
        others, number = self.titles[OTHERS:], 0
        while True:
            number += 1
            await self.flooded.send(f"/ask {others[number % len(others)]}")
            await asyncio.sleep(60 / FLOOD_A_MINUTE)


def p99(times: list[float]) -> float:
    """The 99th percentile of sorted figures."""
    return times[min(len(times) - 1, int(len(times) * 0.99))]


@asynccontextmanager
async def town(known: list[str]) -> AsyncIterator[Town]:
    """A town whose bot runs in a process of its own."""
    world = World(Clock.real())
    account = world.bot("Helper", username="helper_bot")
    with tempfile.TemporaryDirectory() as folder:
        async with serving(world) as url:
            settings = {"TELEGRAM_TOKEN": account.token, "TELEGRAM_API_URL": url, "DATABASE_URL": f"sqlite:///{folder}/bot.db"}
            env = {**os.environ, **settings, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "WARNING"}
            bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=ROOT, env=env)
            try:
                made = Town(world, known)
                made.settle()
                yield made
            finally:
                if bot.returncode is None:
                    bot.send_signal(signal.SIGTERM)
                await bot.wait()


async def measure(turns: int, places: Sequence[str]) -> dict[str, dict[str, list[list[float]]]]:
    """Waiting times by place, without the flood and with it, turn by turn."""
    found: dict[str, dict[str, list[list[float]]]] = {place: {"quiet": [], "flood": []} for place in places}
    async with town(titles()) as made:
        await made.asked_by_all("private")  # everything is learned, every chat is open
        for _ in range(turns):
            for place in places:
                found[place]["quiet"].append(await made.asked_by_all(place))
                await asyncio.sleep(3)
                flooding = asyncio.create_task(made.flood())
                found[place]["flood"].append(await made.asked_by_all(place))
                flooding.cancel()
                await asyncio.sleep(6)
    return found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--places", nargs="+", choices=PLACES, default=list(PLACES))
    given = parser.parse_args()
    for place, measured in asyncio.run(measure(given.turns, given.places)).items():
        middle = {}
        for name, turns in measured.items():
            figures = [1000 * p99(times) for times in turns]
            middle[name] = median(figures)
            halves = median(1000 * median(times) for times in turns)
            each = ", ".join(f"{one:.0f}" for one in figures)
            print(f"{place:10} {name:5} median {halves:.0f} ms, p99 {middle[name]:.0f} ms (turn by turn: {each})")
        print(f"{place:10} p99 with the flood: {middle['flood'] / middle['quiet']:.2f} times the quiet p99")


if __name__ == "__main__":
    main()
