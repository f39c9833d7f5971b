"""`ask`: questions from a file, what else there is to read, and why an answer was given."""

import io
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.answers.finder import Finder, Found
from bot.commands import common
from bot.turn.box import Question, as_file
from bot.workbench.asking import Asking
from bot.workbench.questions_file import CannotRead, read_questions
from tests.books import book_of
from tests.test_commands import SHIPPED, out

DIALOGUE = """\
format: 1
dialogue: base
title: The base
questions:
  tea:
    ask: Tea?
    choose one: {yes: Yes, no: No}
"""
ANSWERS = """\
format: 1
answers: Village hall
topics:
  biscuits:
    title: Who brings the biscuits?
    asked: [who brings the biscuits, do we need biscuits at a meeting, are there rules for snacks, biscuits or cake]
    answer: Take turns.
    also: [cups]
  chairs:
    title: Where are the chairs?
    asked: [where do we keep the chairs, who puts the chairs out at a meeting, how many chairs are there]
    answer: In the cupboard.
  cups:
    title: Who washes the cups?
    asked: [who washes the cups, how many cups are there at a meeting]
    answer: Whoever drank from them.
"""
NOT_OURS = """\
format: 1
not ours: Other things
themes:
  shopping:
    about: Shopping
    asked: [which biscuits are cheapest, how do i bake biscuits, chairs for sale, buy a sofa]
"""


@pytest.fixture(scope="module")
def small() -> Asking:
    """Three quick answers and one theme that is not ours."""
    return Asking(book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=NOT_OURS))


@pytest.mark.parametrize(("found", "also"), [("biscuits", ["cups"]), ("cups", ["chairs"])])
def test_see_also_is_what_the_author_named(found: str, also: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A topic that names others is followed by these and nothing else; one that names none, by what is near."""
    asking = Asking(book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=NOT_OURS))
    topics = {one.id: one for one in asking.book.topics}
    monkeypatch.setattr(Finder, "find", lambda _finder, _text: Found(topics[found], (topics["chairs"],), 0.9))
    document = asking.ask("who does what")
    assert (document["topic"], document["also"]) == (found, also)


TABLE = as_file(
    [Question("how often do we meet,\nand where", "private", "2026-11-23", 1), Question("=what is an mou", "group", "2026-11-24", 1)],
    ("Day", "Asked", "Question"),
    {"private": "in private", "group": "in a group"},
)
FILES = {
    "a text": ("q.txt", "how often do we meet,\n\n  and where  \n", ["how often do we meet,", "and where"]),
    "the table as it was exported": ("questions.csv", TABLE, ["how often do we meet, and where", "=what is an mou"]),
    "with the mark that spreadsheets begin with": (
        "questions.csv",
        "\ufeff" + TABLE,
        ["how often do we meet, and where", "=what is an mou"],
    ),
    "saved by a spreadsheet": ("a.csv", "Day;Asked;QUESTION\r\n1;private;what now\r\n;;\r\n2;private", ["what now"]),
    "with tabs, and another ending": ("a.txt", "Day\tQuestion\n1\twhat now\n", ["what now"]),
    "with a head of one's own": ("a.csv", "When,Frage\n1,what now\n", ["what now"]),
    "a text with the word in its first line": ("a.txt", "what is the question, please\nhello\n", ["what is the question, please", "hello"]),
    "empty": ("a.txt", "", []),
}


@pytest.mark.parametrize(("name", "text", "questions"), FILES.values(), ids=FILES)
def test_questions_are_read_from_a_file(name: str, text: str, questions: list[str], tmp_path: Path) -> None:
    """One on each line, or the table that /questions exports, also after a spreadsheet saved it."""
    (tmp_path / name).write_bytes(text.encode())
    assert read_questions(tmp_path / name, "Frage") == questions


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"Question\nca\xe9", "not saved as UTF-8"), (b"a,b\n1,2\n", 'no column is called "question"'), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes | None, says: str, tmp_path: Path) -> None:
    """In plain words, with what to do."""
    if content is not None:
        (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(CannotRead, match=says):
        read_questions(tmp_path / "a.csv")


def test_each_answer_of_a_file_stands_below_its_question(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads fifty answers sees which question each belongs to."""
    monkeypatch.setenv("DIALOGUES_DIR", SHIPPED)
    (tmp_path / "q.csv").write_text(TABLE.replace("'=what", "what"), encoding="utf-8")
    printed = out(capsys, "ask", "--file", str(tmp_path / "q.csv"))
    assert printed.startswith("Question: how often do we meet, and where\n")
    assert "\n\nQuestion: what is an mou\n" in printed


WHY: dict[str, dict[str, Any]] = {
    "who brings the biscuits": {"same": "biscuits", "theme_won": False, "never_seen": []},
    "buy a sofa": {"same": "shopping", "theme_won": True, "never_seen": []},
    "who brings the custard creams": {"same": None, "theme_won": False, "never_seen": ["custard", "creams"]},
    "cheapest sofa": {"same": None, "theme_won": True, "never_seen": []},
}


@pytest.mark.parametrize(("question", "expected"), WHY.items(), ids=WHY)
def test_ask_says_why(question: str, expected: dict[str, Any], small: Asking) -> None:
    """The nearest answers and themes, words that were never seen, and whether a theme that is not ours won."""
    why = small.ask(question, why=True)["why"]
    assert {name: why[name] for name in expected} == expected
    best = why["themes" if expected["theme_won"] else "topics"][0]
    assert best["id"] == ("shopping" if expected["theme_won"] else "biscuits")
    assert "why" not in small.ask(question)


def test_why_is_told_in_plain_words(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A few lines below the answer; with --json, under one key of the document."""
    monkeypatch.setenv("DIALOGUES_DIR", SHIPPED)
    printed = out(capsys, "ask", "--why", "when are my bins emptied")
    for words in ("\nWhy:\n", 'word for word under "household"', "nearer than any answer", "0.00 sure. From 0.50 on"):
        assert words in printed
    assert "stand in no way to ask: qqq" in out(capsys, "ask", "--why", "what is a qqq mou")
    assert json.loads(out(capsys, "ask", "--why", "--json", "my stepdad hits me"))["why"]["danger"] is True


class Watched(io.StringIO):
    """Somebody is watching."""

    def isatty(self) -> bool:
        return True


def test_who_has_to_wait_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment, once; and nothing goes into a pipe."""
    monkeypatch.setattr(common, "SOON", 0.0)
    told = threading.Event()
    watched, piped = Watched(), io.StringIO()
    monkeypatch.setattr(watched, "flush", told.set)
    with common.patience_asked("Learning.", watched):
        assert told.wait(20)
    with common.patience_asked("Learning.", piped):
        pass
    assert (watched.getvalue(), piped.getvalue()) == ("Learning.\n", "")
