"""Danger comes first: messages that mean it are seen, and talk about the work is not taken for it."""

from pathlib import Path

import pytest

from bot.answers.danger import Danger
from bot.model.book import Book

TABLE = [
    line.split("\t") for line in (Path(__file__).parent / "danger.tsv").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


@pytest.fixture(scope="module")
def danger(shipped: Book) -> Danger:
    """The signs of the shipped book."""
    return Danger(shipped)


def test_nearly_every_message_about_danger_is_seen(danger: Danger) -> None:
    """Of messages about danger by many different people at least nine in ten are seen. A missed one is the worst mistake there is."""
    meant = [text for kind, text in TABLE if kind == "danger"]
    missed = [text for text in meant if not danger.in_text(text)]
    assert len(missed) <= len(meant) / 10, missed


def test_talk_about_the_work_is_no_alarm(danger: Danger) -> None:
    """A knife crime project, a drugs charity or a deadline that kills us raise no alarm, with at most one exception in twenty."""
    harmless = [text for kind, text in TABLE if kind == "harmless"]
    alarmed = [text for text in harmless if danger.in_text(text)]
    assert len(alarmed) <= len(harmless) / 20, alarmed


@pytest.mark.parametrize("text", ["", "😀" * 4096, "hit " * 1000, "a" * 4096, "\u202e\x00"], ids=range(5))
def test_any_text_can_be_looked_at(danger: Danger, text: str) -> None:
    """However odd a text, looking at it neither fails nor hangs."""
    assert danger.in_text(text) in (True, False)


def test_what_people_usually_type_is_no_alarm(danger: Danger, shipped: Book) -> None:
    """The sentences people type as answers raise no alarm."""
    usual = [text for sayings in shipped.sayings.values() for texts in sayings.sentences.values() for text in texts]
    alarmed = [text for text in usual if danger.in_text(text)]
    assert len(alarmed) <= len(usual) / 200, alarmed


def test_danger_is_seen_anywhere_in_a_long_message(danger: Danger) -> None:
    """One sentence about danger, at the start, in the middle or at the end of a page about the work."""
    work = "We meet with the council once a month and write down who does what for the summer fair. " * 12
    said = "One of the girls told me her uncle hits her every night."
    assert not danger.in_text(work)
    for text in (f"{said} {work}{work}", f"{work}{said} {work}", f"{work}{work}{said}"):
        assert danger.in_text(text)


def test_naming_a_harm_as_a_goal_is_no_alarm(danger: Danger) -> None:
    """What a project wants less of is its goal; somebody who is in it now is in danger."""
    for text in ("less litter and fewer fights", "stopping kids carrying knives", "mums at the school gate saw kids going hungry"):
        assert not danger.in_text(text), text
    for text in (
        "stop him he has a knife",
        "a kid in the hall has a knife, how do i stop him",
        "the kids next door are starving please help",
    ):
        assert danger.in_text(text), text


@pytest.mark.parametrize("text", ["<&> " * 150, "and " * 80, "help " * 70, "😀" * 2000])
def test_the_same_word_again_and_again_is_no_alarm(danger: Danger, text: str) -> None:
    """However long it is."""
    assert not danger.in_text(text)
