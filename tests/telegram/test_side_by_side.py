"""A round and answering together in one place at once."""

from pathlib import Path

import pytest

from bot.turn.mind import Mind
from tests.telegram.answering import STOP, press, together
from tests.telegram.gathering import gathering

pytestmark = pytest.mark.asyncio

BOTH = "Two things go on here now: a round, in which each of you answers in private, and answering together, by votes."


async def test_who_begins_together_is_told_of_an_open_round(mind: Mind, tmp_path: Path) -> None:
    """One line, once."""
    async with gathering(mind, tmp_path, 3) as made:
        await made.writes("Ann", "/round")
        await made.writes("Bob", "/together")
        await made.writes("Bob", "/together")
        assert made.transcript().count(BOTH) == 1


async def test_who_begins_a_round_is_told_of_answering_together(mind: Mind, tmp_path: Path) -> None:
    """Not if that has stopped."""
    async with together(mind, tmp_path, 3) as made:
        await made.writes("Bob", "/round")
        await made.writes("Bob", "/round")
        assert made.transcript().count(BOTH) == 1
    (tmp_path / "bot.db").unlink()
    async with together(mind, tmp_path, 3) as made:
        await press(made, "Ann", STOP)
        await made.writes("Bob", "/round")
        assert BOTH not in made.transcript()


async def test_in_another_topic_nothing_is_said(mind: Mind, tmp_path: Path) -> None:
    """There they do not meet."""
    async with gathering(mind, tmp_path, 3, is_forum=True) as made:
        hall, park = made.group.topic("Hall"), made.group.topic("Park")
        await made.writes("Ann", "/round", topic=hall)
        await made.writes("Bob", "/together", topic=park)
        assert BOTH not in made.transcript()
