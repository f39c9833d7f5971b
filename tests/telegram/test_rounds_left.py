"""What people meet in private when their round has closed: what they ask is answered, and what they are told is true of them."""

from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from bot.turn.rounds import LASTS
from tests.telegram.gathering import DAY, NAMES, Gathering
from tests.telegram.test_rounds import SHOW, a_round

pytestmark = pytest.mark.asyncio

COUNTED, MISSED = "your answers were counted", "not complete, so they were not counted and are erased"


async def all_three(made: Gathering) -> None:
    """Everybody answers, and the round closes."""
    for name in NAMES[:3]:
        await made.takes_part(name)


def offered(made: Gathering, name: str) -> list[str]:
    """The buttons of the newest card."""
    return [str(one["text"]) for one in buttons_of(made.card(name))]


@pytest.mark.parametrize(
    ("does", "answer"),
    [
        ("How to talk with: Police", "Who to contact"),
        ("type: thanks", "You are welcome"),
        ("type: how do I reach the police?", "101"),
        ("type: /ask how do I reach the police?", "101"),
        ("type: what is an MoU?", "memorandum of understanding"),
        ("type: someone is going to kill himself right now", "999"),
    ],
)
async def test_what_they_do_next_is_answered_before_they_hear_that_it_has_closed(
    mind: Mind, tmp_path: Path, does: str, answer: str
) -> None:
    """And no question is put to them that they did not ask for."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await all_three(made)
        typed = does.removeprefix("type: ")
        await (made.types("Ann", typed) if typed != does else made.taps("Ann", does))
        heard = made.hears("Ann")
        assert answer in heard
        assert heard.index(answer) < heard.index("That round is closed now")
        assert COUNTED in heard
        assert "Question 1" not in heard
        assert offered(made, "Ann") == ["Find out our type", "Ask a question"]


async def test_the_buttons_of_the_card_lead_on(mind: Mind, tmp_path: Path) -> None:
    """To the themes, and to the first question for whoever wants it; the card is not shown twice."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await all_three(made)
        await made.types("Ann", "thanks")
        await made.taps("Ann", "Ask a question")
        assert "What would you like to know" in made.hears("Ann")
        await made.types("Bob", "thanks")
        await made.types("Bob", "how do I reach the police?")
        assert "101" in made.last("Bob").text
        await made.types("Cat", "thanks")
        await made.types("Cat", "find out our type")
        assert "Who is working with you" in made.last("Cat").text


@pytest.mark.parametrize("text", ["my answers", "/review"])
async def test_their_answers_have_gone_with_the_round(mind: Mind, tmp_path: Path, text: str) -> None:
    """Whoever wants to see them is told so, and not that there were none; nor are they asked anything."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await all_three(made)
        await made.types("Ann", "thanks")
        before = len(made.hears("Ann"))
        await made.types("Ann", text)
        heard = made.hears("Ann")[before:]
        assert COUNTED in made.last("Ann").text
        assert "Question 1" not in heard
        assert "not answered anything" not in heard


async def test_a_hello_asks_for_no_question(mind: Mind, tmp_path: Path) -> None:
    """The first word after the round, or the one after that: the card stays."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await all_three(made)
        await made.types("Bob", "hello")
        assert COUNTED in made.hears("Bob")
        assert "Question 1" not in made.hears("Bob")


async def test_who_has_a_project_of_their_own_finds_it_where_it_was(mind: Mind, tmp_path: Path) -> None:
    """And what they type below the card is no answer to it."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await made.people["Ann"].open_link()
        await made.settled()
        for step in ("o:partners:council:+", "a:done:partners"):
            await made.people["Ann"].press(made.card("Ann"), step)
            await made.settled()
        before = (await made.conversation("Ann")).answers
        await all_three(made)
        await made.types("Ann", "the police are coming on Tuesday")
        assert offered(made, "Ann") == ["My own project", "Ask a question"]
        await made.taps("Ann", "My own project")
        assert (await made.conversation("Ann")).answers == before
        assert "Question 2" in made.last("Ann").text


async def test_who_had_not_finished_hears_that_their_answers_are_erased(mind: Mind, tmp_path: Path) -> None:
    """They are not thanked for answers that did not count."""
    async with a_round(mind, tmp_path, 4) as made:
        await all_three(made)
        await made.opens("Dan")
        await made.presses("Ann", SHOW)
        await made.types("Dan", "hello")
        assert MISSED in made.hears("Dan")
        assert "Thank you" not in made.hears("Dan")


@pytest.mark.parametrize("late", [False, True])
async def test_who_comes_when_it_has_closed_is_not_thanked(mind: Mind, tmp_path: Path, late: bool) -> None:
    """Nor asked anything; also if it closes only because they come."""
    async with a_round(mind, tmp_path, 4) as made:
        board = made.board()
        await all_three(made)
        link = next(one["url"] for one in buttons_of(board) if "url" in one).partition("start=")[2]
        if late:
            made.stage.world.clock.advance(LASTS)
        else:
            await made.presses("Ann", SHOW)
        for name, says in (("Dan", "That round is closed now. What came out"), ("Bob", COUNTED)):
            await made.people[name].open_link(link)
            await made.settled()
            assert says in made.hears(name)
            assert "Question 1" not in made.hears(name)
        assert "Thank you" not in made.people["Dan"].chat.messages[max(made.people["Dan"].chat.messages)].text


async def test_the_result_page_of_a_round_says_that_it_will_go(mind: Mind, tmp_path: Path) -> None:
    """In advance, while it can still be read."""
    async with a_round(mind, tmp_path, 3) as made:
        await made.takes_part("Bob")
        assert "This page goes when the round closes" in made.hears("Bob")


async def test_an_old_button_of_the_result_says_again_what_became_of_it(mind: Mind, tmp_path: Path) -> None:
    """Days later too, and with no question that nobody asked for."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        await all_three(made)
        result = made.card("Bob")
        await made.types("Bob", "thanks")
        await made.later(2 * DAY)
        for data, says in (("b:sheet:police", "Who to contact"), ("b:changes", COUNTED)):
            await made.people["Bob"].forge(result, data)
            await made.settled()
            assert says in (made.last("Bob").text if says == COUNTED else made.hears("Bob"))
            assert "Question 1" not in made.hears("Bob")
