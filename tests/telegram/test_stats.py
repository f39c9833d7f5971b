"""What /stats counts."""

import json

import pytest

from bot.turn.mind import Mind
from tests.telegram.phone import Phones
from tests.telegram.updates import wrote

COORDINATOR = 70


@pytest.mark.asyncio
async def test_whoever_is_no_coordinator_learns_their_own_number(mind: Mind) -> None:
    """So that they can tell it to whoever sets the coordinators: it is neither their phone number nor their name."""
    (said,) = await Phones(mind, frozenset({COORDINATOR})).write("/stats", person=71)
    assert "only for the coordinators" in said["text"]
    assert said["text"].endswith("your number on Telegram: 71")


@pytest.mark.asyncio
async def test_stats_does_not_count_the_question_for_it(mind: Mind) -> None:
    """Where nothing waits, nothing is waiting; what others wrote and nobody has answered yet is counted."""
    phones = Phones(mind, frozenset({COORDINATOR}))
    me = {"chat": {"id": COORDINATOR, "type": "private"}, "from": {"id": COORDINATOR, "is_bot": False, "first_name": "C"}}
    (said,) = await phones.write("/stats", COORDINATOR)
    assert "Messages waiting: 0." in said["text"]
    await phones.store.receive([(9_001, json.dumps(wrote(text="hello"))), (9_002, json.dumps(wrote(text="hi")))], phones.now)
    (said,) = await phones.send(wrote(**{**me, "text": "/stats"}))
    assert "Messages waiting: 2." in said["text"]
