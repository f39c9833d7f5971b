"""Advice fits: a handful of tips, only for those they are about, and one next step that has not been taken already."""

import itertools

import pytest

from bot.guidance.judge import judge
from bot.guidance.tips import MOST, MOST_FOR_ONE_LINE, fitting_tips
from bot.model.book import Book

FULL = {
    "shared_goal": "agreed", "breadth": "whole_area", "span": "open_ended", "impetus": "law", "could_refuse": "no", "origin": "planned",
}  # fmt: skip
SERVICES = ("police", "health", "council")


def picked(partners: tuple[str, ...], **answers: str) -> dict[str, tuple[str, ...]]:
    """Answers of one option each, beside the partners."""
    return {"partners": partners, **{name: (option,) for name, option in answers.items()}}


def next_step(book: Book, partners: tuple[str, ...] = ("police", "charity"), **answers: str) -> str:
    """The next step after these answers."""
    return judge(book.guide, picked(partners, **answers)).advice.next_step


def test_there_are_three_to_five_tips_for_a_known_profile(shipped: Book) -> None:
    """Whatever the profile, nobody gets more than five tips, or more than two about one line; every known line comes first once."""
    for breadth, span, impetus, origin in itertools.product(
        ("one_thing", "whole_area"),
        ("one_off", "up_to_a_year", "open_ended"),
        ("local_need", "service_saw_need", "scheme", "law"),
        ("planned", "grew"),
    ):
        for partners in (SERVICES, ("charity", "faith"), ("business", "community", "police", "charity")):
            answers = picked(partners, working="joint_project", breadth=breadth, span=span, impetus=impetus, origin=origin)
            tips = judge(shipped.guide, answers).advice.profile
            assert 3 <= len(tips) <= MOST
            lines = [dimension.id for dimension, _, _ in fitting_tips(shipped.guide, answers)]
            assert max(map(lines.count, lines)) <= MOST_FOR_ONE_LINE
            assert {"focus", "sectors", "time_span", "impetus"} <= set(lines)


def test_a_tip_is_not_given_to_those_it_does_not_fit(shipped: Book) -> None:
    """Nobody tells three public services to ask for seats for the voluntary sector."""
    services = judge(shipped.guide, picked(SERVICES, working="whole_problem")).advice.profile
    assert services
    assert not any("voluntary" in tip for tip in services)
    mixed = judge(shipped.guide, picked(("police", "charity"), working="whole_problem")).advice.profile
    assert any("short forms" in tip for tip in mixed)


@pytest.mark.parametrize(
    ("working", "written", "not_said"),
    [
        ("whole_problem", "agreement", "terms of reference"),
        ("joint_project", "agreement", "on one page"),
        ("joint_project", "notes", "on one page"),
        ("paid_service", "agreement", "in writing"),
    ],
)
def test_the_next_step_has_not_been_taken_already(shipped: Book, working: str, written: str, not_said: str) -> None:
    """Who has a written agreement is not told to write one."""
    verdict = judge(shipped.guide, picked(("police", "charity"), working=working, written=written, **FULL))
    assert not_said not in verdict.advice.next_step


def test_the_next_step_without_paper_is_to_write_some(shipped: Book) -> None:
    """A multi-agency group without a paper is told to write terms of reference, an inter-agency project its one page."""
    assert "terms of reference" in next_step(shipped, working="whole_problem", written="nothing", shared_goal="agreed")
    assert "on one page" in next_step(shipped, working="joint_project", written="nothing", shared_goal="agreed")


def test_a_list_of_contacts_is_spoken_of_only_where_there_is_one(shipped: Book) -> None:
    """Who said whom they hope to work with chooses from that list; who did not is helped to make one."""
    alone: tuple[str, ...] = ("nobody",)
    assert "your list" not in next_step(shipped, alone)
    assert "your list" in next_step(shipped, alone, hoped_partners="police")
    assert not any("opening message" in one.next_step for one in shipped.guide.types)
    assert not any("opening message" in one.say for one in shipped.guide.next_steps)


@pytest.mark.parametrize(
    ("given", "says"),
    [({}, "two things"), ({"working": ("one_team",)}, "who takes part"), ({"partners": ("police",)}, "mostly do together")],
)
def test_too_little_to_tell_has_a_next_step_too(shipped: Book, given: dict[str, tuple[str, ...]], says: str) -> None:
    """It says what to find out."""
    verdict = judge(shipped.guide, given)
    assert verdict.confidence == "insufficient"
    assert says in verdict.advice.next_step
