"""Rounds as they are kept, and their rules."""

import json
from typing import Any

import pytest

from bot.guidance.compare import FEWEST
from bot.model.condition import Picked
from bot.turn.mind import Mind
from bot.turn.rounds import AGAIN_AFTER, DAY, LASTS, MOST_PARTS, MOST_PEOPLE, Round, round_from_json, started

NOW = 1_790_000_000
PLANNED: Picked = {"partners": ("police", "faith"), "working": ("joint_project",), "written": ("notes",), "span": ("one_off",)}
LOOSE: Picked = {"partners": ("council",), "working": ("swap_news",), "written": ("nothing",), "span": ("one_off",)}


def a_round(**more: Any) -> Round:
    """A round that Ann started."""
    return started("r1", "secret", NOW, "chat:-5", starter="ann", **more)


def with_people(*people: Picked, **more: Any) -> Round:
    """A round in which so many have answered, the first of them Ann."""
    made = a_round(**more)
    for name, picked in zip(("ann", "bob", "cat", "dan", "eve", "flo"), people, strict=False):
        made = made.answered(made.part(name), picked)
    return made


def test_a_round_comes_back_as_it_was_stored(mind: Mind) -> None:
    """While it is open, and when it has closed with an earlier picture beside the new one."""
    made = with_people(PLANNED, PLANNED, LOOSE, title="Hill Street", expected=5).with_part("half")
    closed = mind.rounds.close(made, NOW + 9)
    later = mind.rounds.close(with_people(LOOSE, LOOSE, LOOSE, before=closed.result), NOW + 99)
    for one in (made, closed, later):
        assert round_from_json("r1", json.loads(json.dumps(one.to_json()))) == one


def test_nobody_is_kept_by_name_or_number() -> None:
    """Neither who answered nor who started can be read from what is stored."""
    text = json.dumps(with_people(PLANNED, LOOSE).to_json())
    assert not [name for name in ("ann", "bob") if name in text]


def test_the_part_of_a_person_is_found_again_and_is_another_in_every_round() -> None:
    """So nobody can be followed from round to round."""
    first, other = a_round(), started("r2", "another", NOW, "chat:-5")
    assert first.part("ann") == a_round().part("ann")
    assert len({first.part("ann"), first.part("bob"), other.part("ann"), first.starter}) == 4


@pytest.mark.parametrize(
    ("who", "people", "later", "may"),
    [
        ("ann", 3, 0, "yes"),
        ("ann", 2, 0, "few"),
        ("bob", 3, 0, "later"),
        ("bob", 3, DAY, "yes"),
        ("bob", 2, DAY, "few"),
        ("zoe", 3, DAY, "others"),
    ],
)
def test_who_may_show_the_result(who: str, people: int, later: int, may: str) -> None:
    """The starter, and a day later anyone who took part; nobody before three have answered."""
    assert with_people(*[PLANNED] * people).may_show(who, NOW + later) == may


def test_if_the_starter_is_not_known_anyone_who_took_part_may_show_it() -> None:
    """An administrator who hides behind the group cannot be told from others when pressing a button."""
    made = with_people(PLANNED, PLANNED, PLANNED)
    hidden = Round(**{name: getattr(made, name) for name in ("id", "secret", "began", "answers")})
    assert (hidden.may_show("bob", NOW), hidden.may_show("zoe", NOW)) == ("yes", "others")


def test_a_round_ends_by_itself_after_a_week() -> None:
    """Until then it is open."""
    made = a_round()
    assert (made.is_open(NOW + LASTS - 1), made.is_due(NOW + LASTS - 1)) == (True, False)
    assert (made.is_open(NOW + LASTS), made.is_due(NOW + LASTS)) == (False, True)


def test_a_round_is_complete_when_all_who_were_expected_have_answered() -> None:
    """If nobody said how many, it never is."""
    assert with_people(PLANNED, PLANNED, LOOSE, expected=3).complete
    assert not with_people(PLANNED, PLANNED, LOOSE, expected=4).complete
    assert not with_people(PLANNED, PLANNED, LOOSE).complete
    assert MOST_PEOPLE > FEWEST


def test_who_answers_twice_counts_once() -> None:
    """The last answers count."""
    made = with_people(PLANNED, LOOSE)
    again = made.answered(made.part("ann"), LOOSE)
    assert again.count == 2
    assert again.answers[made.part("ann")] == LOOSE


def test_who_is_forgotten_leaves_no_trace() -> None:
    """Neither an answer nor that they began it, nor that they began to answer."""
    made = with_people(PLANNED, LOOSE)
    begun = made.with_part(made.part("zoe"))
    assert begun != made
    assert begun.without("zoe") == made
    left = made.without("ann")
    assert list(left.answers) == [made.part("bob")]
    assert not left.starter
    assert made.without("zoe") == made


def test_when_it_closes_only_the_picture_stays(mind: Mind) -> None:
    """The single answers are gone, and so is what would lead to the people."""
    closed = mind.rounds.close(with_people(PLANNED, PLANNED, LOOSE).with_part("half"), NOW)
    assert (dict(closed.answers), closed.parts, closed.secret, closed.starter, closed.closed) == ({}, (), "", "", NOW)
    assert closed.result is not None
    assert (closed.result.type, closed.result.picture.people) == ("inter_agency", 3)


def test_the_result_says_what_was_agreed_and_not_only_on_what(mind: Mind) -> None:
    """Each line names the question in short, and the answer as its button has it."""
    closed = mind.rounds.close(with_people(PLANNED, PLANNED, {**PLANNED, "working": ("swap_news",)}), NOW)
    (agreed,) = [one for one in mind.rounds.result(closed).sections if one.heading == "You agree on"]
    assert agreed.lines == ("On paper: Notes, minutes or emails", "How long: One event or one short job")


def test_of_fewer_than_three_nothing_is_kept_and_nothing_shown(mind: Mind) -> None:
    """The group is told why, and how to try again."""
    closed = mind.rounds.close(with_people(PLANNED, LOOSE), NOW)
    page = mind.rounds.result(closed)
    text = " ".join(line for section in page.sections for line in section.lines)
    assert closed.result is None
    assert "/round" in text
    assert not [word for word in ("Plan", "Swap", "Inter") if word in text]


def test_every_part_is_known_once(mind: Mind) -> None:
    """Those that are half done and those that are complete; so many can begin, and no more."""
    made = with_people(PLANNED, LOOSE)
    begun = made.with_part(made.part("ann")).with_part(made.part("zoe"))
    assert begun.with_part(made.part("zoe")) == begun
    assert set(begun.parts) == {made.part(name) for name in ("ann", "bob", "zoe")}
    assert len(begun.parts) == 3
    almost = Round("r1", "secret", NOW, begun=tuple(map(str, range(MOST_PARTS - 1))))
    assert (almost.full, almost.with_part("last").full) == (False, True)


def test_soon_after_a_picture_three_new_answers_are_needed_and_no_counts_shown(mind: Mind) -> None:
    """Or the difference of two pictures would say what one person answered; after three months it is a round like any other."""
    before = mind.rounds.close(with_people(PLANNED, PLANNED, LOOSE), NOW - AGAIN_AFTER + 1).result
    old = mind.rounds.close(with_people(PLANNED, PLANNED, LOOSE), NOW - AGAIN_AFTER).result
    few, enough = (with_people(*[PLANNED] * count, LOOSE, before=before) for count in (4, 5))
    assert (few.least, few.may_show("ann", NOW), enough.may_show("ann", NOW)) == (6, "few", "yes")
    assert mind.rounds.close(few, NOW).result is None
    closed = mind.rounds.close(enough, NOW)
    assert closed.result is not None
    assert closed.result.picture.differ
    assert not any(one.counts for one in closed.result.picture.differ)
    assert not [
        line
        for section in mind.rounds.result(closed).sections
        for line in (section.heading, *section.lines)
        if "×" in line or "Then" in line
    ]
    later = with_people(PLANNED, PLANNED, LOOSE, before=old)
    assert (later.least, later.may_show("ann", NOW)) == (3, "yes")


def test_answers_that_point_nowhere_still_make_a_result(mind: Mind) -> None:
    """Three people see three different things: no type is named, and that is said kindly."""
    people: tuple[Picked, ...] = ({"working": ("swap_news",)}, {"working": ("joint_project",)}, {"working": ("paid_service",)})
    closed = mind.rounds.close(with_people(*people), NOW)
    page = mind.rounds.result(closed)
    assert closed.result is not None
    assert closed.result.type == ""
    assert "do not point to one type" in " ".join(line for section in page.sections for line in section.lines)
    assert mind.rounds.last(closed).sections


def test_a_day_is_written_as_people_write_it(mind: Mind) -> None:
    """With the month as a word."""
    assert mind.rounds.date(1_790_000_000) == "21 September 2026"
