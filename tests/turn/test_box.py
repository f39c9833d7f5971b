"""The box by itself: what is kept of a question, when coordinators hear of it, and a file that no spreadsheet runs."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.turn.box import DAY, LENGTH, MOST_A_DAY, ROOM, TOLD_AT, Daily, as_file, asked, cell, listed, name_of, question_from_json
from bot.turn.drafts import drafts

NIGHT = 20_000 * DAY
PLACES = {"private": "in private", "group": "in a group"}


def test_a_question_is_kept_on_one_line_with_its_day_and_nothing_else() -> None:
    """Where it was asked is known, not by whom or in which group."""
    question = asked("  how do\nwe\tget a minibus?  " + "x" * 900, "group", NIGHT)
    assert question.text.startswith("how do we get a minibus? x")
    assert len(question.text) == LENGTH
    assert question_from_json(json.loads(json.dumps(question.to_json()))) == question
    assert set(question.to_json()) == {"text", "place", "day", "round", "told", "exported", "file"}
    assert question.day == "2024-10-04"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sue on 07700 900123 told me", "sue on […] told me"),
        ("ring +44 (0)20 7946-0018 now", "ring […] now"),
        ("0 7 7 0 0 9 0 0 1 2 3", "[…]"),
        ("ask @sue_hill or sue.hill@example.org, please", "ask […] or […] please"),
        ("see https://t.me/sue_hill today", "see […] today"),
        ("12 of us since 2024, on 5 May", "12 of us since 2024, on 5 May"),
    ],
)
def test_what_reaches_somebody_is_left_out_of_a_question(typed: str, kept: str) -> None:
    """Long numbers, however they are set apart, e-mail addresses and @names; short numbers and years stay."""
    assert asked(typed, "private", NIGHT).text == kept


def test_a_question_that_was_stored_before_exports_had_numbers_is_read() -> None:
    """It was in none."""
    question = asked("who?", "group", NIGHT)
    older = {name: value for name, value in question.to_json().items() if name != "file"}
    assert question_from_json(older) == question


def test_the_same_question_has_the_same_name() -> None:
    """Capitals and spaces make no difference."""
    assert name_of(asked("Who  can HELP?", "group", 1)) == name_of(asked("who can help?", "private", 2 * DAY))
    assert name_of(asked("who?", "group", 1)) != name_of(asked("why?", "group", 1))


def test_coordinators_hear_of_it_at_the_next_time_of_day() -> None:
    """Not at once, and not at night."""
    question = asked("who?", "group", NIGHT + TOLD_AT + 60)
    assert not question.is_news(NIGHT + TOLD_AT + 3_600)
    assert not question.is_news(NIGHT + DAY + TOLD_AT - 1)
    assert question.is_news(NIGHT + DAY + TOLD_AT)
    assert asked("who?", "group", NIGHT + TOLD_AT - 60).is_news(NIGHT + TOLD_AT)


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-1", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A sign that begins a formula stands behind an apostrophe."""
    assert cell(text) == f"'{text}"
    (_, row) = csv.reader(io.StringIO(as_file([replace(asked("who?", "group", 0), text=text)], ("Day", "Asked", "Question"), PLACES)))
    assert row[2].startswith("'")


def test_the_file_is_a_table() -> None:
    """Commas, quotes and other scripts come back as they were."""
    texts = ['who, "exactly", helps?', "¿quién?", "谁?"]
    table = as_file([asked(one, "private", 0) for one in texts], ("Day", "Asked", "Question"), PLACES)
    assert table.startswith("\ufeff")  # or Excel reads other letters
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert rows == [["Day", "Asked", "Question"], *(["1970-01-01", "in private", one] for one in texts)]


def test_a_page_has_room_for_so_many() -> None:
    """The others are counted."""
    shown, more = listed(["x" * 500] * 10)
    assert sum(map(len, shown)) <= ROOM
    assert len(shown) + more == 10
    assert more == 4
    assert listed([]) == ([], 0)


def test_a_page_has_half_the_room_for_letters_that_count_twice() -> None:
    """Telegram counts in UTF-16."""
    shown, more = listed(["😀" * 500] * 10)
    assert (len(shown), more) == (3, 7)


def test_a_seat_may_send_so_many_in_a_day() -> None:
    """A press that is tried again and again counts once; others and the next day have their own."""
    daily = Daily()
    for press in map(str, range(MOST_A_DAY)):
        assert all(daily.allows("ann", press, NIGHT) for _ in range(20))
    assert not daily.allows("ann", "one more", NIGHT)
    assert daily.allows("ann", "0", NIGHT)
    assert daily.allows("bob", "one more", NIGHT)
    assert daily.allows("ann", "one more", NIGHT + DAY)


QUESTIONS = ("What is an MoU?", "What is an MoU, really?", "¿Quién?", "2 + 2?", "谁?", "谁呢?", "a" * 400)


def test_every_draft_has_an_id_of_its_own() -> None:
    """Made of the first words, if there are any; never one that other answers have."""
    text = drafts(QUESTIONS, {"what_is_an_mou", "question"}, "Write.", "New")
    ids = [line.strip(" :") for line in text.splitlines() if line.startswith("  ") and line.endswith(":") and not line.startswith("   ")]
    assert ids == ["what_is_an_mou_2", "what_is_an_mou_really", "qui_n", "question_2_2", "question_2", "question_3", "a" * 22]


def test_what_people_typed_stays_one_text_in_a_draft() -> None:
    """No mark in it begins anything, and no hole is made of it."""
    text = drafts(['a: "b" # c {goal}\\'], (), "Write. " * 40, "New: answers")
    assert '      - "a: \\"b\\" # c (goal)\\\\"' in text.splitlines()
    assert 'answers: "New: answers"' in text
    assert [line for line in text.splitlines() if len(line) > 110] == []
