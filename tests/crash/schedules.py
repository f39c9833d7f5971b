"""Runs plays: once without a death, then with deaths where they are wanted."""

import asyncio
import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.sandbox.faults import Fault
from bot.turn.mind import Mind
from tests.crash.oracle import compare
from tests.crash.play import Ending, Play
from tests.crash.scenes import SCENES

THINNED = {"partner_round": 5, "together": 3}
"""Scenes that take long: they die at every fifth or third place, which takes as long as the others and still meets every kind of place."""


@dataclass(slots=True)
class Stagehand:
    """Sets up plays and takes them down."""

    mind: Mind
    template: Path
    folder: Path
    _numbers: "count[int]" = field(default_factory=count)

    async def perform(
        self, scene: str, dies_at: tuple[int, ...] = (), *, faults: tuple[Fault, ...] = (), threaded: bool = False
    ) -> tuple[Play, Ending]:
        """One play from beginning to end."""
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        try:
            play = Play(self.mind, self.template, folder, dies_at, threaded)
            try:
                play.world.faults.add(*faults)
                await SCENES[scene](play)
                await play.settled()
                return play, await play.ending()
            finally:
                await play.process.end()
        finally:
            shutil.rmtree(folder)


@dataclass(slots=True)
class Tally:
    """What came of many schedules."""

    schedules: int = 0
    repeats: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, repeats: int, wrong: list[str]) -> None:
        self.schedules += 1
        self.repeats += repeats
        self.wrong += [f"{name}: {one}" for one in wrong]

    def check(self) -> None:
        """Fails with the first things that went wrong."""
        assert not self.wrong, f"{len(self.wrong)} of {self.schedules}:\n" + "\n".join(self.wrong[:3])


def places(hand: Stagehand, scene: str) -> tuple[list[str], Ending]:
    """The places that a scene passes when nothing goes wrong, in order, and how it ends."""
    play, clean = asyncio.run(hand.perform(scene))
    return play.passed[0], clean


async def die_once_everywhere(hand: Stagehand, scene: str, names: list[str], clean: Ending) -> Tally:
    """Dies at each passing of each place, one schedule for each; in long scenes at some of them, spread evenly."""
    tally = Tally()
    every = THINNED.get(scene, 1)
    for at, name in list(enumerate(names, start=1))[::every]:
        play, found = await hand.perform(scene, (at,))
        assert play.passed[0] == names[:at], "a play does not go the same way twice"
        tally.add(f"{scene} dies at {at}, {name}", *compare(found, clean, play.open))
    return tally
