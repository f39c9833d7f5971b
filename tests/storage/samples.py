"""What the tests of storage share: something to store, and short ways to store it."""

import threading

from bot.model.conversation import Answer, Conversation
from bot.turn.failpoint import arm
from bot.turn.post import Outgoing, Parcel, Post, Turned

SOME = Conversation("one", "interview", answers=(Answer("partners", ("police",)), Answer("goal", text="🙂 \u202e'; DROP TABLE x; --")))
LANE = "chat:5"
SEAT = "chat:5:7"
WEEK = 7 * 24 * 3600.0
HOURS_72 = 72 * 3600.0


def said(text: str, lane: str = LANE, seat: str = SEAT) -> Parcel:
    """A parcel that says something."""
    return Parcel(lane, seat, {"do": "say", "text": text})


def turned(conversation: Conversation | None = SOME, expected: int = 0, *texts: str) -> Turned:
    """A turn of the usual seat that says these texts."""
    return Turned(SEAT, LANE, conversation, expected, [said(text) for text in texts])


async def arrived(post: Post, *update_ids: int, now: float = 1000.0) -> list[int]:
    """Stores updates and returns the ids they have in the inbox."""
    before = {one.id for one in await post.waiting(0, 10_000)}
    await post.receive([(update_id, f'{{"update_id": {update_id}}}') for update_id in update_ids], now)
    return [one.id for one in await post.waiting(0, 10_000) if one.id not in before]


async def one_turn(post: Post, update_id: int, what: Turned, now: float = 1000.0) -> list[Outgoing]:
    """Receives an update and finishes it."""
    (incoming,) = await arrived(post, update_id, now=now)
    return await post.finish(incoming, what, now)


async def texts_unsent(post: Post) -> list[str]:
    """The texts in the outbox, in order."""
    return [one.body["text"] for one in await post.unsent(0, 10_000)]


class Gate:
    """Holds the thread in the middle of a transaction, so that the jobs of a test come to wait together."""

    def __init__(self, place: str) -> None:
        self.open = threading.Event()
        self.reached = threading.Event()
        arm(place, self._pass)

    def _pass(self) -> None:
        self.reached.set()
        self.open.wait(10)
