"""Rounds of partners, over real HTTP: what the group sees, what the people see, and that nobody sees who said what.

After a wanted change of words: python -m tests.telegram.test_rounds, and read the difference.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bot.sandbox.pressing import buttons_of
from bot.sandbox.transcript import transcript
from bot.turn.mind import Mind
from tests.telegram.gathering import DAY, Gathering, gathering

pytestmark = pytest.mark.asyncio

GROUPS = Path(__file__).parent / "groups"
ANSWER, SHOW = "Answer in private", "Show the result"


@asynccontextmanager
async def a_round(mind: Mind, folder: Path, people: int = 5, command: str = "/round") -> AsyncIterator[Gathering]:
    """A group in which Ann has started a round."""
    async with gathering(mind, folder, people) as made:
        await made.writes("Ann", command)
        yield made


async def complete_round(mind: Mind, folder: Path) -> str:
    """Five people, who differ on two questions; what the group sees, and what people see in private at the start and the end."""
    async with a_round(mind, folder, command="/round 5") as made:
        await made.takes_part("Ann", working=("whole_problem",))
        await made.opens("Bob")
        private = transcript(made.people["Bob"].chat)
        await made.answers("Bob")
        await made.takes_part("Cat", span="open_ended")
        await made.takes_part("Dan", span="up_to_a_year", working=("whole_problem",))
        await made.takes_part("Eve")
        await made.types("Eve", "/review")
        return f"{made.transcript()}\n--- Bob, in private ---\n{private}\n--- Eve, when it has closed ---\n{made.hears('Eve').splitlines()[0]}\n"


async def migrated_round(mind: Mind, folder: Path) -> str:
    """The group becomes a supergroup when two of three have answered: the third opens the link of the old board."""
    async with gathering(mind, folder, 3, kind="group") as made:
        await made.writes("Ann", "/round")
        old = made.board()
        await made.takes_part("Ann")
        await made.takes_part("Bob", written="nothing")
        before = made.group
        made.group = await before.upgrade()
        await made.settled()
        url = next(one["url"] for one in buttons_of(old) if "url" in one)
        await made.people["Cat"].open_link(url.partition("start=")[2])
        await made.settled()
        await made.answers("Cat", written="agreement")
        await made.presses("Ann", SHOW)
        await made.writes("Bob", "/round")
        return f"{transcript(before.chat)}\n--- the supergroup ---\n{made.transcript()}"


PLAYS: dict[str, Callable[[Mind, Path], Coroutine[Any, Any, str]]] = {"round": complete_round, "round-migration": migrated_round}


@pytest.mark.parametrize("name", PLAYS)
async def test_the_group_sees_what_is_written(name: str, mind: Mind, tmp_path: Path) -> None:
    """The whole chat, to the letter."""
    assert await PLAYS[name](mind, tmp_path) == (GROUPS / f"{name}.txt").read_text(encoding="utf-8")


async def test_one_board_counts_who_has_answered(mind: Mind, tmp_path: Path) -> None:
    """The same message is kept up to date; the group gets no other."""
    async with a_round(mind, tmp_path) as made:
        board, messages = made.board().id, len(made.messages())
        assert "Nobody has answered yet" in made.board().text
        for name, said in (("Bob", "1 of you has"), ("Cat", "2 of you have"), ("Dan", "3 of you have")):
            await made.takes_part(name)
            assert said in made.board().text
        assert (made.board().id, len(made.messages())) == (board, messages)


async def test_the_private_chat_says_what_it_is_about(mind: Mind, tmp_path: Path) -> None:
    """Which project, and that only the picture of all answers is shown; then the first question."""
    async with a_round(mind, tmp_path) as made:
        await made.opens("Bob")
        assert "“Hill Street Partners”" in made.hears("Bob")
        assert "only sees the picture" in made.hears("Bob")
        assert "Who is working with you" in made.last("Bob").text


async def test_ones_own_project_stays_and_is_there_again(mind: Mind, tmp_path: Path) -> None:
    """Half way through their own, a person takes part, goes back to their own, and back into the round."""
    async with a_round(mind, tmp_path) as made:
        await made.people["Bob"].open_link()
        await made.settled()
        await made.people["Bob"].press(made.card("Bob"), "o:partners:council:+")
        await made.settled()
        await made.people["Bob"].press(made.card("Bob"), "a:done:partners")
        await made.settled()
        own = await made.conversation("Bob")
        await made.takes_part("Bob")
        assert (await made.conversation("Bob")).round
        await made.taps("Bob", "My own project")
        back = await made.conversation("Bob")
        assert (back.id, back.answers, back.round) == (own.id, own.answers, "")
        await made.opens("Bob")
        assert (await made.conversation("Bob")).round
        assert "Good to see you again" in made.hears("Bob")
        await made.types("Bob", "My own project")
        assert (await made.conversation("Bob")).id == own.id


async def test_all_that_is_kept_can_be_had(mind: Mind, tmp_path: Path) -> None:
    """The file holds the person's own project and their part in the round."""
    async with a_round(mind, tmp_path) as made:
        await made.people["Bob"].open_link()
        await made.settled()
        await made.answers("Bob")
        await made.takes_part("Bob")
        await made.types("Bob", "/export")
        (file,) = [one for one in made.people["Bob"].chat.messages.values() if "document" in one.content]
        kept = json.loads(made.stage.world.files.by_id(file.content["document"]["file_id"]).content)
        assert [bool(one.get("round")) for one in kept] == [True, False]


async def test_new_and_back_stay_within_the_round(mind: Mind, tmp_path: Path) -> None:
    """The answers that were complete count until others are; the person's own project is not touched."""
    async with a_round(mind, tmp_path) as made:
        await made.takes_part("Bob")
        part = (await made.conversation("Bob")).id
        for text in ("/new", "/review", "/back"):
            await made.types("Bob", text)
            assert (await made.conversation("Bob")).id == part
        await made.types("Bob", "/new")
        assert "1 of you has" in made.board().text
        await made.answers("Bob", span="open_ended")
        ((_, picked),) = (await made.records())[0].body["answers"].items()  # type: ignore[index]
        assert picked["span"] == ["open_ended"]
        assert "1 of you has" in made.board().text


async def test_an_answer_can_be_changed_until_it_closes(mind: Mind, tmp_path: Path) -> None:
    """It counts once, as it was given last; afterwards it is said kindly that the round is closed."""
    async with a_round(mind, tmp_path, 3) as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        await made.people["Bob"].forge(made.card("Bob"), "b:change:span")
        await made.settled()
        await made.people["Bob"].forge(made.card("Bob"), "o:span:open_ended:.")
        await made.settled()
        assert "3 of you have" in made.board().text
        await made.presses("Ann", SHOW)
        assert "2 × One event or one short job" in made.said()
        assert "1 × More than a year" in made.said()
        await made.types("Cat", "/back")
        assert "closed" in made.hears("Cat")
        assert not (await made.conversation("Cat")).round


async def test_fewer_than_three_are_never_shown(mind: Mind, tmp_path: Path) -> None:
    """The starter is told why, kindly, and the board stays."""
    async with a_round(mind, tmp_path) as made:
        for name in ("Ann", "Bob"):
            await made.takes_part(name)
        press = await made.presses("Ann", SHOW)
        assert press.toast is not None
        assert "guess who said what" in press.toast.text
        assert "2 of you have" in made.board().text


async def test_a_round_of_fewer_than_three_is_not_started(mind: Mind, tmp_path: Path) -> None:
    """Nor one of more people than can be counted; each time it is said what would work."""
    async with gathering(mind, tmp_path, 3) as made:
        for text, says in (("/round 2", "/round 3"), ("/round 500", "up to 99")):
            await made.writes("Ann", text)
            assert says in made.said()
        assert await made.records() == []


async def test_round_again_brings_the_board_to_the_bottom(mind: Mind, tmp_path: Path) -> None:
    """As a new message; the old one loses its buttons."""
    async with a_round(mind, tmp_path) as made:
        old = made.board()
        await made.writes("Bob", "/round")
        assert made.board().id > old.id
        assert buttons_of(old) == []
        await made.takes_part("Bob")
        assert "1 of you has" in made.board().text
        assert "Nobody" in old.text
        assert len(await made.records()) == 1


async def test_within_three_months_it_says_what_came_out(mind: Mind, tmp_path: Path) -> None:
    """And from when a new one makes sense; who wants one now may start it."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        await made.later(10 * DAY)
        await made.writes("Bob", "/round 3")
        assert "Inter-agency" in made.said()
        assert "15 April 2027" in made.said()
        await made.presses("Bob", "Start a new round now", made.messages()[-1])
        assert "at least 6 people" in made.said()
        await made.writes("Bob", "/round")
        await made.presses("Bob", "Start a new round now", made.messages()[-1])
        assert "Nobody has answered yet" in made.board().text
        assert len(await made.records()) == 2


async def test_after_three_months_the_earlier_picture_stands_beside_the_new_one(mind: Mind, tmp_path: Path) -> None:
    """Then and now: type, where they agreed, where they differed."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name, span in (("Ann", "one_off"), ("Bob", "open_ended"), ("Cat", "one_off")):
            await made.takes_part(name, span=span)
        await made.later(91 * DAY)
        await made.writes("Cat", "/round 3")
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name, working=("whole_problem",), written="agreement")
        assert "Then and now" in made.said()
        assert "Then (15 January 2027): Inter-agency working." in made.said()
        assert "You differed on: How long" in made.said()
        assert "Now: Multi-agency working." in made.said()


async def test_after_a_week_a_round_closes_by_itself(mind: Mind, tmp_path: Path) -> None:
    """Nobody has to do anything; the result comes once, also if the bot is started again."""
    async with a_round(mind, tmp_path) as made:
        for name in ("Ann", "Bob", "Cat"):
            await made.takes_part(name)
        await made.later(6 * DAY)
        assert "What you see together" not in made.transcript()
        await made.later(1 * DAY)
        await made.until("What you see together")
        await made.later(60.0)
        assert made.transcript().count("What you see together") == 1


async def test_after_a_week_with_too_few_it_closes_without_a_result(mind: Mind, tmp_path: Path) -> None:
    """The group is told why, and a new one can begin at once."""
    async with a_round(mind, tmp_path) as made:
        for name in ("Ann", "Bob"):
            await made.takes_part(name)
        await made.later(8 * DAY)
        await made.until("closed without a result")
        await made.writes("Bob", "/round")
        assert "Nobody has answered yet" in made.board().text


def main() -> None:
    """Writes the transcripts anew."""
    from bot.app import open_folder
    from tests.conftest import SHIPPED

    book = open_folder(SHIPPED).book
    assert book is not None
    mind = Mind(book)
    for name, play in PLAYS.items():
        with TemporaryDirectory() as folder:
            text = asyncio.run(play(mind, Path(folder)))
            (GROUPS / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
