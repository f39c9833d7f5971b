"""Votes by themselves: what a press does, what votes come to, and that no mark leads to a person."""

import json
from dataclasses import replace

import pytest

from bot.model.dialogue import Option, Question
from bot.turn.votes import DAY, DOUBLE_TAP, MOST_VOTERS, Settled, Together, Vote, digest, settled, together_from_json

NEW = Together("c1", "secret", 1_000, posted="chat:-1")
LATER = DOUBLE_TAP + 1


def question(kind: str = "many", at_most: int = 9, alone: str = "nobody") -> Question:
    """A question about partners, of whom nobody stands alone."""
    options = tuple(Option(one, one.title(), alone=one == alone) for one in ("police", "health", "council", "nobody"))
    return Question("partners", kind, options=options, at_most=at_most)  # type: ignore[arg-type]  # one of the kinds


def pressed(*presses: tuple[str, str], kind: str = "many", at_most: int = 9) -> Together:
    """After so many presses (who, what), none of them a double tap."""
    together = NEW
    for place, (who, option) in enumerate(presses):
        together, _ = together.voted(question(kind, at_most), option, who, place * LATER)
    return together


def test_of_one_choice_a_new_press_takes_the_place_of_the_old() -> None:
    """One vote each; the same press again takes it back."""
    assert pressed(("a", "police"), ("a", "health"), ("b", "health"), kind="one").counts == {"health": 2}
    assert pressed(("a", "police"), ("a", "police"), kind="one").voters == 0


def test_of_many_choices_each_person_may_pick_several() -> None:
    """Two people, three picks; taken back one by one."""
    together = pressed(("a", "police"), ("a", "health"), ("b", "health"))
    assert (together.counts, together.voters) == ({"police": 1, "health": 2}, 2)
    assert pressed(("a", "police"), ("a", "health"), ("a", "police")).counts == {"health": 1}


def test_what_stands_alone_takes_the_others_away() -> None:
    """Nobody and the police do not go together, in either order."""
    assert pressed(("a", "police"), ("a", "nobody")).counts == {"nobody": 1}
    assert pressed(("a", "nobody"), ("a", "police")).counts == {"police": 1}


def test_nobody_picks_more_than_the_question_allows() -> None:
    """The third of two is refused, and nothing changes."""
    two = pressed(("a", "police"), ("a", "health"), at_most=2)
    after, came = two.voted(question(at_most=2), "council", "a", 99)
    assert (after, came) == (two, "too_many")


def test_a_double_tap_counts_once() -> None:
    """The second of two presses in a moment changes nothing; a press on something else does."""
    once, _ = NEW.voted(question(), "police", "a", 10.0)
    assert once.voted(question(), "police", "a", 10.0 + DOUBLE_TAP / 2) == (once, "again")
    assert once.voted(question(), "health", "a", 10.1)[1] == "given"
    assert once.voted(question(), "police", "a", 10.0 + LATER)[1] == "taken"


def test_more_than_so_many_voters_are_not_counted() -> None:
    """A record stays small; who has voted may still change it."""
    full = replace(NEW, votes={NEW.mark(str(one)): Vote(("police",)) for one in range(MOST_VOTERS)})
    assert full.voted(question(), "police", "one more", 5)[1] == "full"
    assert full.voted(question(), "health", "7", 5)[1] == "given"


@pytest.mark.parametrize(
    ("counts", "voters", "wanted"),
    [
        ({}, 0, Settled()),
        ({"police": 4, "health": 2, "council": 1}, 4, Settled(("police", "health"))),
        ({"police": 1, "health": 1, "council": 1}, 3, Settled(("police", "health", "council"))),
        ({"police": 2, "health": 1}, 5, Settled(("police",))),
        ({"nobody": 3, "police": 1}, 4, Settled(("nobody",))),
        ({"nobody": 2, "police": 3}, 5, Settled(("police",))),
        ({"nobody": 2, "police": 2, "health": 2}, 4, Settled((), ("nobody", "police", "health"))),
    ],
)
def test_of_a_few_what_half_of_the_voters_picked_is_the_answer(counts: dict[str, int], voters: int, wanted: Settled) -> None:
    """If nothing has half, what most picked; "nobody yet" stands against all the others."""
    assert settled(question(at_most=3), counts, voters) == wanted


@pytest.mark.parametrize(
    ("counts", "voters", "wanted"),
    [
        ({"police": 3, "health": 1}, 4, Settled(("police", "health"))),
        ({"police": 1, "health": 1, "council": 1, "nobody": 2}, 5, Settled(("police", "health", "council"))),
        ({"police": 1, "health": 1, "nobody": 2}, 3, Settled(("nobody",))),
        ({"police": 1, "health": 1, "nobody": 2}, 4, Settled((), ("nobody", "police", "health"))),
    ],
)
def test_where_nothing_limits_how_many_all_that_anybody_ticked_is_the_answer(counts: dict[str, int], voters: int, wanted: Settled) -> None:
    """There each tick is something that somebody knows; "nobody yet" is what more people said, however many partners the others ticked."""
    assert settled(question(), counts, voters) == wanted


def test_of_one_most_votes_win_and_a_draw_is_for_somebody_to_choose() -> None:
    """What was chosen counts only if it is in the draw."""
    one = question("one")
    assert settled(one, {"police": 2, "health": 1}, 3) == Settled(("police",))
    assert settled(one, {"police": 2, "health": 2, "council": 1}, 5) == Settled((), ("police", "health"))
    assert settled(one, {"police": 2, "health": 2}, 4, ("health",)) == Settled(("health",))
    assert settled(one, {"police": 2, "health": 2}, 4, ("council",)) == Settled((), ("police", "health"))


def test_with_fewer_places_than_options_the_last_places_are_chosen_one_by_one() -> None:
    """One is sure, and of three with as many votes somebody picks the other."""
    two, counts = question(at_most=2), {"police": 4, "health": 2, "council": 2}
    assert settled(two, counts, 4) == Settled((), ("health", "council"))
    assert settled(two, counts, 4, ("council",)) == Settled(("police", "council"))
    three = {"police": 2, "health": 2, "council": 2}
    assert settled(two, three, 4, ("health",)) == Settled((), ("police", "council"))
    assert settled(two, three, 4, ("health", "police")) == Settled(("health", "police"))


def test_a_draw_with_nobody_yet_is_decided_by_one_pick() -> None:
    """Either nobody, or all the others."""
    counts = {"nobody": 2, "police": 2, "health": 2}
    assert settled(question(), counts, 4, ("nobody",)) == Settled(("nobody",))
    assert settled(question(), counts, 4, ("health",)) == Settled(("police", "health"))


def test_the_starter_moves_on_and_after_a_day_whoever_voted() -> None:
    """Where nobody has voted, after a day anybody may: nobody is stuck."""
    led = NEW.led_by("a")
    voted, _ = led.voted(question(), "police", "b", 5)
    assert led.may_go_on("a", 0)
    assert not voted.may_go_on("b", 1_000 + DAY - 1)
    assert voted.may_go_on("b", 1_000 + DAY)
    assert not voted.may_go_on("c", 1_000 + DAY)
    assert led.may_go_on("c", 1_000 + DAY)
    assert not NEW.may_go_on("", 0)


def test_nothing_that_is_stored_is_a_number_of_a_person() -> None:
    """Marks look the same for everybody, differ from one time to the next, and the stored form reads back."""
    led = NEW.led_by("u4711")
    voted, _ = led.voted(question(), "police", "u4711", 5)
    assert "4711" not in json.dumps(voted.to_json())
    assert together_from_json(json.loads(json.dumps(voted.to_json()))) == voted
    assert Together("c1", "other", 0).mark("u4711") != NEW.mark("u4711")
    assert voted.without("u4711").votes == {}
    assert not voted.without("u4711").started_by("u4711")
    assert voted.asked(9).votes == {}


def test_a_suggestion_is_stored_without_a_name_and_goes_with_its_question() -> None:
    """One for each person, the last three; the stored form reads back, and so does one of before there were any."""
    together = NEW
    for name, text in (("u1", "a"), ("u2", "b"), ("u1", "c"), ("u3", "c"), ("", "d"), ("", "e")):
        together = together.suggested(text, name)
    assert [one.text for one in together.suggestions] == ["c", "d", "e"]
    assert together.suggestions[0].by == NEW.mark("u3")
    assert together_from_json(json.loads(json.dumps(together.to_json()))) == together
    assert together.without("u3").suggestions == together.suggestions[1:]
    assert together.asked(5).suggestions == ()
    old = {name: value for name, value in NEW.to_json().items() if name not in ("suggestions", "before", "asked_by")}
    assert together_from_json(old) == NEW


def test_a_board_in_another_chat_replies_to_nobody() -> None:
    """Numbers of messages mean something else there."""
    led = NEW.led_by("a", 7)
    assert led.board_in("chat:-1").asked_by == 7
    moved = led.board_in("chat:-2")
    assert (moved.asked_by, moved.posted, moved.before) == (0, "chat:-2", "chat:-1")
    assert led.without("a").asked_by == 0


def test_a_button_fits_one_question_of_one_conversation() -> None:
    """Whatever the length of ids, what it carries is short."""
    marks = {digest(c, q, o) for c in ("c1", "c2") for q in ("x", "x" * 60) for o in ("", "y", "y" * 60)}
    assert len(marks) == 12
    assert {len(mark) for mark in marks} == {16}
