"""Who may show the result of a round, how many are waited for, and what is said of both."""

from pathlib import Path

import pytest

from bot.sandbox.pressing import buttons_of
from bot.turn.mind import Mind
from tests.telegram.gathering import DAY, MORE, NAMES, Gathering, gathering
from tests.telegram.test_rounds import SHOW, a_round

pytestmark = pytest.mark.asyncio


async def toast(made: Gathering, name: str) -> str:
    """What pops up when somebody wants to show the result."""
    pressed = await made.presses(name, SHOW)
    assert pressed.toast is not None
    return pressed.toast.text


async def by_bob(made: Gathering) -> None:
    """Bob, who is no admin, has started a round, and three have answered."""
    await made.writes("Bob", "/round")
    for name in NAMES[1:4]:
        await made.takes_part(name)


async def test_who_may_show_it_is_said_in_one_go(mind: Mind, tmp_path: Path) -> None:
    """Who has not answered hears both that they have to, and that it is not yet for them even then."""
    async with gathering(mind, tmp_path, 5) as made:
        await by_bob(made)
        said = await toast(made, "Eve")
        assert "a day after the start, so can anyone who has answered" in said
        assert "Answer in private" in said
        assert "From a day after the start, you can too" in await toast(made, "Cat")
        made.stage.world.clock.advance(DAY)
        assert (await toast(made, "Eve")).startswith("Anyone who has answered can show the result")
        assert await toast(made, "Cat") == "Here it is."


async def test_an_admin_may_show_it(mind: Mind, tmp_path: Path) -> None:
    """Also one who has not answered; never with fewer than three answers."""
    async with gathering(mind, tmp_path, 4) as made:
        await made.writes("Bob", "/round")
        await made.takes_part("Bob")
        assert "guess who said what" in await toast(made, "Ann")
        for name in ("Cat", "Dan"):
            await made.takes_part(name)
        assert await toast(made, "Ann") == "Here it is."
        assert "What you see together" in made.said()


async def test_if_the_starter_has_left_anyone_who_answered_may_show_it(mind: Mind, tmp_path: Path) -> None:
    """At once; and no number of the starter is kept for that."""
    async with gathering(mind, tmp_path, 5) as made:
        await by_bob(made)
        assert str(made.people["Bob"].id) not in str(await made.records())
        await made.member("Bob").leave()
        await made.settled()
        assert "can show the result" in await toast(made, "Eve")
        assert await toast(made, "Cat") == "Here it is."


async def test_the_starter_may_say_later_how_many_are_waited_for(mind: Mind, tmp_path: Path) -> None:
    """The board counts them; when they have all answered it closes. Others only see the board again."""
    async with a_round(mind, tmp_path, 5) as made:
        await made.takes_part("Bob")
        await made.writes("Cat", "/round 4")
        assert "1 of you has" in made.board().text
        await made.writes("Ann", "/round 2")
        assert "at least 3 people" in made.said()
        await made.writes("Ann", "/round 4")
        assert made.said() == "Now waiting for 4."
        assert "1 of 4 have answered" in made.board().text
        for name in ("Cat", "Dan"):
            await made.takes_part(name)
        await made.writes("Ann", "/round 3")
        assert "What you see together" in made.said()


@pytest.mark.parametrize("text", ["how many have answered?", "ok, how many of us have answered so far", "has everyone answered yet?"])
async def test_in_private_it_is_said_how_many_have_answered(mind: Mind, tmp_path: Path, text: str) -> None:
    """To whoever is in the round, half way or done; not who. It is the answer to no question of theirs."""
    async with a_round(mind, tmp_path, 3) as made:
        await made.opens("Bob")
        before = (await made.conversation("Bob")).answers
        await made.types("Bob", text)
        assert "Nobody has answered yet." in made.hears("Bob")
        await made.takes_part("Ann")
        await made.types("Bob", text)
        assert "1 of you has answered. I do not say who." in made.hears("Bob")
        assert (await made.conversation("Bob")).answers == before
        await made.answers("Bob")
        await made.types("Bob", text)
        assert "2 of you have answered. I do not say who." in made.hears("Bob")
        assert "I do not know that" not in made.hears("Bob")


@pytest.mark.parametrize("text", ["/round five", "/round abc", "/round 0", "/round -3"])
async def test_what_is_no_number_is_not_passed_over(mind: Mind, tmp_path: Path, text: str) -> None:
    """Neither before a round nor while one is open."""
    async with gathering(mind, tmp_path, 2) as made:
        for before in ("", "/round"):
            if before:
                await made.writes("Ann", before)
            await made.writes("Ann", text)
            assert "Type a number: /round 5" in made.said()
        assert len(await made.records()) == 1


async def test_below_a_result_a_button_leads_to_more(mind: Mind, tmp_path: Path) -> None:
    """To the page about the type, in private."""
    async with a_round(mind, tmp_path, 3, "/round 3") as made:
        for name in NAMES[:3]:
            await made.takes_part(name)
        result = made.messages()[-1]
        assert [one["text"] for one in buttons_of(result)] == [MORE]
        await made.presses("Bob", MORE, result)
        assert "inter-agency" in made.last("Bob").text.lower()
