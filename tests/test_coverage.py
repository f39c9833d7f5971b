"""Every point of the course text is said by the bot: the table in `docs/coverage.md`, heard row by row."""

from pathlib import Path

import pytest

from bot.model.book import Book
from bot.model.event import Pressed, Said
from bot.turn.mind import Mind
from tests.dialogue.talk import Talk

ROOT = Path(__file__).parent.parent
ROWS = [
    tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    for line in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| point of"))
]
ALL_SECTORS = "the police, a charity, a shop and some parents"


def heard(mind: Mind, shown_by: str) -> str:
    """What a person reads on the page that the table names."""
    kind, _, about = shown_by.partition(" ")
    talk = Talk(mind)
    match kind:
        case "ask":
            return talk.do(Said(f"/ask {about}")).heard
        case "about":
            return talk.do(Pressed("about", about)).heard
        case "question":
            for _ in range(30):
                if talk.question == about:
                    asked = talk.press("why").ask
                    return " ".join([talk.heard, asked.hint, *(f"{choice.label} {choice.help}" for choice in asked.choices)])
                answer(talk)
            raise AssertionError(f"{about} is never asked")
        case _:
            while talk.question:
                answer(talk)
            return talk.heard


def answer(talk: Talk) -> None:
    """Some answer to the question at hand."""
    match talk.question:
        case "partners":
            talk.say(ALL_SECTORS)
        case "goal":
            talk.say("cleaner streets")
        case "working":
            talk.say("one team")
        case _:
            talk.press("skip")


@pytest.mark.parametrize(("point", "shown_by", "words", "file"), ROWS, ids=[row[0] for row in ROWS])
def test_the_bot_says_this_point(mind: Mind, point: str, shown_by: str, words: str, file: str) -> None:
    """The page named in the table holds the words of the table, and the words stand in the file of the table."""
    assert words.casefold() in heard(mind, shown_by).casefold(), point
    text = " ".join((ROOT / "dialogues" / file).read_text(encoding="utf-8").split())
    assert words.casefold() in text.casefold()


def test_every_file_the_table_names_is_there(shipped: Book) -> None:
    """The table names real files, and has a row for each kind of stakeholder the text names."""
    assert all((ROOT / "dialogues" / row[3]).is_file() for row in ROWS)
    named = {row[2] for row in ROWS}
    assert {"Police", "Health or NHS", "School, college", "Social care", "Council", "Church or faith"} <= named
    assert {sheet.id for sheet in shipped.guide.sheets} >= {
        "police",
        "health",
        "education",
        "social_care",
        "council",
        "faith",
        "neighbourhood",
    }
