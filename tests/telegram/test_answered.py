"""Who is answered: everything a person sends in private, every press, a group's commands; and not the talk of a group."""

from typing import Any

import pytest

from bot.turn.mind import Mind
from tests.telegram.phone import Phones
from tests.telegram.updates import BOT, ROWS, SENT, Update, in_group


@pytest.fixture
def phones(mind: Mind) -> Phones:
    """Phones of people who have not written yet."""
    return Phones(mind)


PEOPLE = {name: update for name, (update, arrival) in ROWS.items() if arrival and arrival.private and arrival.event}
PRESSES = {name: update for name, (update, arrival) in ROWS.items() if arrival and arrival.press}
CHATTER = {name: update for name, (update, arrival) in ROWS.items() if arrival is None and "group" in name}


@pytest.mark.parametrize("update", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.asyncio
async def test_everything_a_person_sends_in_private_is_answered(phones: Phones, update: Update) -> None:
    """Words, commands, pictures, forwarded and edited messages: there is always a message, and the last one has the way on."""
    bodies = await phones.send(update)
    assert any(one["do"] in ("say", "card") for one in bodies)
    assert not any(one["do"] == "answer" for one in bodies)


@pytest.mark.parametrize("update", PRESSES.values(), ids=PRESSES)
@pytest.mark.asyncio
async def test_every_press_is_answered_exactly_once(phones: Phones, update: Update) -> None:
    """Or the button would go on spinning."""
    await phones.send(update)
    assert [one["callback_query_id"] for one in phones.answered] == ["q1"]


@pytest.mark.parametrize("update", CHATTER.values(), ids=CHATTER)
@pytest.mark.asyncio
async def test_a_groups_talk_gets_no_answer(phones: Phones, update: Update) -> None:
    """What people in a group say to one another is theirs."""
    assert await phones.send(update) == []


@pytest.mark.parametrize(
    ("text", "says", "leads"),
    [
        ("/ask what is an MoU?", "memorandum", True),
        ("/ask what is an SLA?", "service level", False),
        ("/ask", "", True),
        ("/ask qqqq zzzz", "rather not guess", True),
        ("/start", "in private", True),
        ("/forget", "in private", True),
        (f"/anything@{BOT}", "in private", True),
        ("/ask a child told me her dad hits her", "999", True),
    ],
)
@pytest.mark.asyncio
async def test_a_group_gets_one_message_for_a_command(phones: Phones, text: str, says: str, leads: bool) -> None:
    """A quick answer, or the way to the private chat; as a reply, so that all know what it answers. Nothing is kept."""
    (body,) = await phones.send(in_group(text=text))
    assert says in body["text"]
    assert body["reply"] == 5
    assert any("url" in one for row in body.get("keys", ()) for one in row) == leads
    assert (await phones.store.figures())["conversations"] == 0


@pytest.mark.parametrize("text", ["/ban", "/weather London", "/unknown"])
@pytest.mark.asyncio
async def test_commands_that_name_nobody_and_are_not_ours_get_none(phones: Phones, text: str) -> None:
    """They are meant for some other bot of the group."""
    assert await phones.send(in_group(text=text)) == []


@pytest.mark.asyncio
async def test_a_trouble_is_said_once_and_the_press_answered(phones: Phones) -> None:
    """Whatever failed for good, the person hears of it, and no button goes on spinning."""
    arrival = ROWS["a press"][1]
    assert arrival is not None
    bodies: list[dict[str, Any]] = [one.body for one in phones.turner.sorry(arrival)]
    assert sorted(one["do"] for one in bodies) == ["answer", "say"]


def test_the_tables_are_long_enough() -> None:
    """Every kind of thing people send is among the updates that are answered."""
    assert {f"sent: {name}" for name in SENT} <= set(PEOPLE)
    assert len(CHATTER) > 40
