"""What coordinators do with questions without an answer, over real HTTP: they hear of them once a day, export and clear them."""

import asyncio
import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.app import open_folder
from bot.sandbox.pressing import buttons_of
from bot.sandbox.transcript import transcript
from bot.telegram.bot_client import QuietBot, call
from bot.telegram.questions import ASKED
from bot.turn.box import DAY
from bot.turn.drafts import HERE
from bot.turn.mind import Mind
from tests.conftest import SHIPPED
from tests.telegram.boxing import COORDINATOR, DONE, EXPORT, OTHER, UNKNOWN, box, newest, press, send, texts, to_morning
from tests.telegram.gathering import Gathering

pytestmark = pytest.mark.asyncio


async def flags(made: Gathering, name: str) -> list[bool]:
    """Whether each question is told, or exported."""
    return [bool((one.body or {})[name]) for one in await made.records(ASKED)]


def files(made: Gathering) -> list[tuple[str, str]]:
    """Name and content of every file that the coordinator got, the oldest first."""
    documents = [one.content["document"] for one in made.people[COORDINATOR].chat.messages.values() if "document" in one.content]
    return [(one["file_name"], made.stage.world.files.by_id(one["file_id"]).content.decode()) for one in documents]


def refusing(monkeypatch: pytest.MonkeyPatch, method: str, times: int) -> list[None]:
    """Telegram refuses the next calls of this method; what is left of them."""
    left: list[None] = [None] * times

    async def refused(bot: QuietBot, name: str, params: dict[str, Any]) -> Any:
        if name == method and left:
            left.pop()
            raise BadRequest("Bad Request: refused")
        return await call(bot, name, params)

    monkeypatch.setattr("bot.telegram.service.call", refused)
    return left


async def until(made: Gathering, met: Callable[[], bool]) -> None:
    """Waits for something that nobody asked for now."""
    while not met():  # the test's own time limit ends this if it never comes true
        await asyncio.sleep(0.01)
    await made.settled()


async def test_coordinators_hear_of_it_once_a_day(mind: Mind, tmp_path: Path) -> None:
    """Not at once; not twice, also if the bot is started again; not at all if there is nothing new."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.later(60)
        assert UNKNOWN not in made.hears(COORDINATOR)
        await made.later(to_morning(made))
        await made.people[COORDINATOR].waits_for(UNKNOWN)
        assert "New: 1. Waiting: 1." in newest(made).text
        for seconds in (60, DAY, DAY):
            await made.later(seconds)
        assert made.hears(COORDINATOR).count(UNKNOWN) == 1
        await send(made, "Bob", OTHER)
        await made.later(DAY)
        await made.people[COORDINATOR].waits_for(OTHER)
        assert "New: 1. Waiting: 2." in newest(made).text


async def test_who_cannot_be_reached_costs_one_try_a_day(mind: Mind, tmp_path: Path) -> None:
    """Flo is a coordinator who has never opened the chat: Gus hears of it, and Flo is tried once each day."""
    async with box(mind, tmp_path, coordinators=2) as made:
        await send(made, "Ann", UNKNOWN)
        await made.later(to_morning(made))
        await made.people[COORDINATOR].waits_for(UNKNOWN)
        await send(made, "Ann", OTHER)
        await made.later(DAY)
        await made.people[COORDINATOR].waits_for(OTHER)
        await made.settled()
        assert len(made.stage.world.calls.of("sendMessage", chat=made.people["Flo"].id)) in (1, 2)


async def test_if_no_coordinator_can_be_reached_it_stays_news(mind: Mind, tmp_path: Path) -> None:
    """Gus blocked the bot; when it is let in again, the next day tells."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.people[COORDINATOR].block()
        await made.settled()
        await made.later(to_morning(made))
        await made.people[COORDINATOR].unblock()
        await made.settled()
        await made.types(COORDINATOR, "/start")
        await made.later(DAY)
        chat = made.people[COORDINATOR].chat
        await made.people[COORDINATOR].waits_until(lambda: "New: 1. Waiting: 1." in transcript(chat))


async def test_a_coordinator_who_opens_the_chat_days_later_is_told_then(mind: Mind, tmp_path: Path) -> None:
    """Until somebody has the message, nothing counts as told."""
    async with box(mind, tmp_path, opened=False) as made:
        await send(made, "Ann", UNKNOWN)
        await made.later(to_morning(made))
        await until(made, lambda: bool(made.stage.world.calls.of("sendMessage", chat=made.people[COORDINATOR].id)))
        assert await flags(made, "told") == [False]
        await made.later(DAY)
        await made.people[COORDINATOR].open_link()
        await made.settled()
        await made.later(DAY)
        chat = made.people[COORDINATOR].chat
        await until(made, lambda: "New: 1. Waiting: 1." in transcript(chat))
        assert await flags(made, "told") == [True]
        await made.later(DAY)
        assert transcript(chat).count(UNKNOWN) == 1


async def test_a_message_of_the_day_that_is_refused_is_news_the_next_day(
    mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given up is not delivered."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        left = refusing(monkeypatch, "sendMessage", 2)  # once as it is, once in plain words
        await made.later(to_morning(made))
        await until(made, lambda: not left)
        await made.later(DAY)
        await made.people[COORDINATOR].waits_for("New: 1. Waiting: 1.")


async def test_one_who_has_it_is_enough(mind: Mind, tmp_path: Path) -> None:
    """Gus has opened the chat, Flo has not: it counts as told, and is not told every day until she has."""
    async with box(mind, tmp_path, coordinators=2) as made:
        await send(made, "Ann", UNKNOWN)
        await made.later(to_morning(made))
        await made.people[COORDINATOR].waits_for(UNKNOWN)
        await made.settled()
        assert await flags(made, "told") == [True]


async def test_what_no_coordinator_got_is_not_cleared(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is refused, so the questions stay; after an export that arrives they can be cleared."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.types(COORDINATOR, "/questions")
        page = newest(made)
        refusing(monkeypatch, "sendDocument", 2)
        await press(made, COORDINATOR, EXPORT, page)
        assert "Press Export first" in await press(made, COORDINATOR, DONE, page)
        assert await texts(made) == [UNKNOWN]
        await press(made, COORDINATOR, EXPORT, page)
        assert await press(made, COORDINATOR, DONE, page) == "Cleared: 1."


async def test_a_question_that_came_between_two_exports_is_not_cleared_by_the_first(
    mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that it is in was refused; the one before it, which arrived, does not hold it."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.types(COORDINATOR, "/questions")
        page = newest(made)
        await press(made, COORDINATOR, EXPORT, page)
        await send(made, "Bob", OTHER)
        refusing(monkeypatch, "sendDocument", 2)
        await press(made, COORDINATOR, EXPORT, page)
        assert await press(made, COORDINATOR, DONE, page) == "Cleared: 1."
        assert await texts(made) == [OTHER]


async def test_the_answers_can_be_written_into_the_file(mind: Mind, tmp_path: Path) -> None:
    """Whatever people typed, it is a file of answers: as long as one is not written, it is refused by name; then it loads."""
    asked = (
        '- "Why": {goal} # & is it *so* that goalposts rust?',
        "Which goalposts rust under ворота ¿🙂?",
        "How do I grow a beard on the moon?" * 9,
    )
    async with box(mind, tmp_path / "bot") as made:
        for text in asked:
            await send(made, "Ann", text)
        await made.types(COORDINATOR, "/questions")
        await press(made, COORDINATOR, EXPORT, newest(made))
        (draft, _) = [content for name, content in files(made) if name == "new-answers.yaml" or name.endswith(".csv")]
    assert draft.startswith("# People asked these questions")
    folder = tmp_path / "dialogues"
    shutil.copytree(SHIPPED, folder)
    path = folder / "answers" / "new-answers.yaml"
    path.write_text(draft, encoding="utf-8")
    loaded = open_folder(folder)
    assert loaded.book is None
    assert [(one.code, one.place.file.rpartition("/")[2]) for one in loaded.findings if one.severity == "error"] == [
        ("D323", path.name)
    ] * 3
    path.write_text(draft.replace(HERE, "Once a year is enough."), encoding="utf-8")
    book = open_folder(folder).book
    assert book is not None
    new = [topic for topic in book.topics if topic.answer == "Once a year is enough."]
    assert [topic.asked[0] for topic in new] == [text.replace("{", "(").replace("}", ")")[:500] for text in asked]


async def test_a_coordinator_exports_and_then_clears(mind: Mind, tmp_path: Path) -> None:
    """A table that no spreadsheet runs; only what is in it is cleared, and what came after stays."""
    async with box(mind, tmp_path) as made:
        formula = "=HYPERLINK(1) how often should we repaint goalposts?"
        await send(made, "Ann", formula)
        await made.types(COORDINATOR, "/questions")
        page = newest(made)
        assert "Press Export first" in await press(made, COORDINATOR, DONE, page)
        await press(made, COORDINATOR, EXPORT, page)
        *_, (name, content) = files(made)
        assert name == "questions.csv"
        assert content.startswith("\ufeff")  # or Excel shows é as two other letters
        rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
        assert rows[0] == ["Day", "Asked", "Question"]
        assert rows[1][1:] == ["in private", f"'{formula}"]
        await send(made, "Bob", OTHER)
        assert await press(made, COORDINATOR, DONE, page) == "Cleared: 1."
        assert await texts(made) == [OTHER]
        assert OTHER in page.text
        assert formula not in page.text


async def test_commands_and_buttons_are_for_coordinators_only(mind: Mind, tmp_path: Path) -> None:
    """Looked at on each act: who is none any more gets nothing from an old button."""
    async with box(mind, tmp_path) as made:
        await send(made, "Ann", UNKNOWN)
        await made.types("Ann", "/questions")
        assert "only for the coordinators" in made.hears("Ann")
        await made.types(COORDINATOR, "/stats")
        assert "Questions waiting for you: 1." in made.hears(COORDINATOR)
        await made.types(COORDINATOR, "/questions")
        page = newest(made)
        made.stage.coordinators = frozenset({made.people["Flo"].id})
        await made.later(1)
        assert "only for the coordinators" in await press(made, COORDINATOR, EXPORT, page)
        assert "questions" not in made.people["Ann"].commands()


async def test_an_empty_box_says_so(mind: Mind, tmp_path: Path) -> None:
    """No buttons that do nothing."""
    async with box(mind, tmp_path) as made:
        await made.types(COORDINATOR, "/questions")
        assert "No question is waiting" in made.hears(COORDINATOR)
        assert not buttons_of(newest(made))


async def test_many_long_questions_fit_on_a_page(mind: Mind, tmp_path: Path) -> None:
    """The rest is counted, and stands in the file."""
    async with box(mind, tmp_path) as made:
        for number in range(9):
            await send(made, "Ann", f"How do goalposts number {number} like their paint? {'<&> ' * 150}")
        await made.types(COORDINATOR, "/questions")
        assert "in the file that Export gives you" in newest(made).text
        assert len(newest(made).text) < 4_096


async def test_every_question_is_on_the_page_or_counted(mind: Mind, tmp_path: Path) -> None:
    """Letters that Telegram counts twice take twice the room."""
    async with box(mind, tmp_path) as made:
        for number in range(9):
            await send(made, "Ann", f"How often should goalpost {number} be painted? {'😀' * 440}")
        await made.types(COORDINATOR, "/questions")
        text = newest(made).text
        shown = text.count("goalpost")
        assert shown > 1
        assert f"And {9 - shown} more" in text
