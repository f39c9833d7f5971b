"""Twenty thousand updates gone wrong: each is read or said to be unreadable, and nobody else has to wait for it."""

import json
import random

import pytest

from bot.telegram.inbound import Arrival, Unreadable, read_update
from bot.telegram.tokens import read_token
from bot.turn.mind import Mind
from tests.telegram.mutations import mutated
from tests.telegram.phone import Phones
from tests.telegram.updates import BOT

READ_A_SEED = 2_500
TURNS_A_SEED = 300
A_NORMAL_ONE_EVERY = 50
WIDEST = 1 << 63


def sound(arrival: Arrival) -> bool:
    """True if every field is what the rest of the bot may rely on: storable numbers, and texts that can be encoded."""
    numbers = (arrival.chat, arrival.thread, arrival.person, arrival.message, arrival.pressed_on, arrival.moved_to)
    texts = (arrival.lane, arrival.seat, arrival.press, arrival.data, arrival.command, arrival.language)
    "".join(texts).encode()
    return all(type(one) is int and -WIDEST < one < WIDEST for one in numbers) and (
        (arrival.seat.startswith(arrival.lane) and arrival.chat != 0) or arrival.lane.startswith(("inline:", "guest:"))
    )


@pytest.mark.parametrize("seed", range(8))
def test_whatever_comes_is_read_or_unreadable(seed: int) -> None:
    """Dropped, retyped and swapped fields, huge numbers, depth, broken JSON: only Unreadable is raised, and what is read is sound."""
    dice, read = random.Random(seed), 0
    for _ in range(READ_A_SEED):
        raw = mutated(dice)
        try:
            arrival = read_update(raw, BOT)
        except Unreadable:
            continue
        if arrival is not None:
            read += 1
            assert sound(arrival), raw
            read_token(arrival.data)
    assert read > READ_A_SEED // 5


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.asyncio
async def test_whatever_comes_nobody_else_has_to_wait(mind: Mind, seed: int) -> None:
    """Through whole turns: each comes to an end with parcels that can be stored, and in between another person is answered as ever."""
    dice, phones = random.Random(1000 + seed), Phones(mind)
    await phones.write("/start", person=1234567)
    for number in range(TURNS_A_SEED):
        try:
            parcels = await phones.take(mutated(dice))
        except Unreadable:
            parcels = []
        for one in parcels:
            json.dumps([one.lane, one.seat, one.body], ensure_ascii=False).encode()
        if number % A_NORMAL_ONE_EVERY == A_NORMAL_ONE_EVERY - 1:
            bodies = await phones.write(f"/ask what is an MoU? {number}", person=1234567)
            assert "memorandum" in bodies[0]["text"]
            assert bodies[-1]["do"] == "card"
