"""The box by itself: what is kept of a question, when coordinators hear of it, and a file that no spreadsheet runs."""

import csv
import io
import json

import pytest

from bot.turn.box import DAY, LENGTH, ROOM, TOLD_AT, as_file, asked, cell, listed, name_of, question_from_json

NIGHT = 20_000 * DAY
PLACES = {"private": "in private", "group": "in a group"}


def test_a_question_is_kept_on_one_line_with_its_day_and_nothing_else() -> None:
    """Where it was asked is known, not by whom or in which group."""
    question = asked("  how do\nwe\tget a minibus?  " + "x" * 900, "group", NIGHT)
    assert question.text.startswith("how do we get a minibus? x")
    assert len(question.text) == LENGTH
    assert question_from_json(json.loads(json.dumps(question.to_json()))) == question
    assert set(question.to_json()) == {"text", "place", "day", "round", "told", "exported"}
    assert question.day == "2024-10-04"


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
    (_, row) = csv.reader(io.StringIO(as_file([asked(text, "group", 0)], ("Day", "Asked", "Question"), PLACES)))
    assert row[2].startswith("'")


def test_the_file_is_a_table() -> None:
    """Commas, quotes and other scripts come back as they were."""
    texts = ['who, "exactly", helps?', "¿quién?", "谁?"]
    rows = list(csv.reader(io.StringIO(as_file([asked(one, "private", 0) for one in texts], ("Day", "Asked", "Question"), PLACES))))
    assert rows == [["Day", "Asked", "Question"], *(["1970-01-01", "in private", one] for one in texts)]


def test_a_page_has_room_for_so_many() -> None:
    """The others are counted."""
    shown, more = listed(["x" * 500] * 10)
    assert sum(map(len, shown)) <= ROOM
    assert len(shown) + more == 10
    assert more == 4
    assert listed([]) == ([], 0)
