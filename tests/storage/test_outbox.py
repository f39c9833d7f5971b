"""One contract for any store, kept by all of them: the outbox, and what a lane shows."""

import pytest

from bot.turn.post import Outgoing, Post, Shown
from tests.storage.samples import LANE, SEAT, SOME, one_turn, said, texts_unsent, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def test_unsent_parcels_come_oldest_first_page_by_page(post: Post) -> None:
    """In the order they were stored, over all lanes."""
    await one_turn(post, 1, turned(SOME, 0, "a", "b"))
    await post.send([said("c", "chat:6"), said("d")], 1001.0)
    first = await post.unsent(0, 3)
    assert [one.body["text"] for one in first] == ["a", "b", "c"]
    assert [one.id for one in first] == sorted(one.id for one in first)
    assert [one.body["text"] for one in await post.unsent(first[-1].id, 3)] == ["d"]


async def test_parcels_may_come_of_no_update(post: Post) -> None:
    """They are stored and returned as any others."""
    stored = await post.send([said("sorry"), said("again")], 1001.0)
    assert await post.unsent(0, 10) == stored
    assert [(one.lane, one.seat, one.made_at, one.attempts) for one in stored] == [(LANE, SEAT, 1001.0, 0)] * 2
    assert await post.send([], 1001.0) == []


async def test_a_parcel_ticked_off_is_gone(post: Post) -> None:
    """Its row is gone, what the lane shows is kept, and ticking it off again does nothing."""
    first, second = await one_turn(post, 1, turned(SOME, 0, "a", "b"))
    assert await post.sent(first.id, LANE, Shown(10, 11, "d"), None, 1001.0) == []
    assert await post.unsent(0, 10) == [second]
    assert (await post.load(SEAT, LANE))[1] == Shown(10, 11, "d")
    assert await post.sent(first.id, LANE, None, None, 1001.0) == []
    assert await post.unsent(0, 10) == [second]
    assert (await post.load(SEAT, LANE))[1] == Shown(10, 11, "d")


async def test_a_parcel_may_be_followed_by_another(post: Post) -> None:
    """The follow-up is stored in the same step, in the last place."""
    first, second = await one_turn(post, 1, turned(SOME, 0, "a", "b"))
    (follow,) = await post.sent(first.id, LANE, None, said("after"), 1005.0)
    assert follow == Outgoing(follow.id, LANE, SEAT, {"do": "say", "text": "after"}, 0, 0.0, 1005.0)
    assert await post.unsent(0, 10) == [second, follow]


async def test_nothing_follows_a_parcel_that_is_gone_already(post: Post) -> None:
    """Somebody erased it while it was on its way, or two have sent it: what follows must not come back or come twice."""
    (first,) = await one_turn(post, 1, turned(SOME, 0, "a"))
    await post.sent(first.id, LANE, None, said("after"), 1001.0)
    assert await post.sent(first.id, LANE, Shown(10, 10, ""), said("after"), 1001.0) == []
    assert await texts_unsent(post) == ["after"]
    assert (await post.load(SEAT, LANE))[1] == Shown(10, 10, "")


async def test_parcels_said_in_one_message_are_ticked_off_together(post: Post) -> None:
    """The rows of all of them are gone; what follows the first follows, and one that was gone before does no harm."""
    first, second, third, fourth = await one_turn(post, 1, turned(SOME, 0, "a", "b", "c", "d"))
    await post.sent(third.id, LANE, None, None, 1001.0)
    (follow,) = await post.sent(first.id, LANE, Shown(10, 10, "d"), said("after"), 1002.0, [second.id, third.id])
    assert await post.unsent(0, 10) == [fourth, follow]
    assert (await post.load(SEAT, LANE))[1] == Shown(10, 10, "d")


async def test_the_id_of_a_parcel_is_never_given_twice(post: Post) -> None:
    """Who ticks off late ticks off nothing else."""
    (first,) = await one_turn(post, 1, turned(SOME, 0, "a"))
    await post.sent(first.id, LANE, None, None, 1001.0)
    (second,) = await post.send([said("b")], 1001.0)
    assert second.id > first.id
    await post.sent(first.id, LANE, None, None, 1001.0)
    assert await post.unsent(0, 10) == [second]


async def test_a_parcel_is_put_off(post: Post) -> None:
    """Each failed try counts and says when the next is; it keeps its place."""
    first, second = await one_turn(post, 1, turned(SOME, 0, "a", "b"))
    await post.put_off(first.id, 2000.5)
    await post.put_off(first.id, 3000.5)
    await post.put_off(first.id + 100, 1.0)
    assert await post.unsent(0, 10) == [first._replace(attempts=2, not_before=3000.5), second]


async def test_what_a_lane_shows_is_replaced_as_a_whole(post: Post) -> None:
    """Every lane has its own; one that is not known shows nothing."""
    await post.sent(0, LANE, Shown(1, 2, "x", unreachable=True), None, 1000.0)
    await post.sent(0, "chat:6", Shown(3, 4, "y"), None, 1000.0)
    await post.sent(0, LANE, Shown(5, 6, "z"), None, 1000.0)
    assert (await post.load("", LANE)) == (None, Shown(5, 6, "z"))
    assert (await post.load("", "chat:6")) == (None, Shown(3, 4, "y"))
    assert (await post.load("", "chat")) == (None, Shown())


async def test_an_unreachable_lane_drops_its_parcels_and_no_others(post: Post) -> None:
    """The count is returned, the lane is marked, and keeps what it shows."""
    await one_turn(post, 1, turned(SOME, 0, "a", "b"))
    await post.send([said("topic", LANE + ":9"), said("other", "chat:55")], 1000.0)
    await post.sent(0, LANE, Shown(1, 2, "x"), None, 1000.0)
    assert await post.unreachable(LANE) == 2
    assert await post.unreachable(LANE) == 0
    assert await texts_unsent(post) == ["topic", "other"]
    assert (await post.load(SEAT, LANE))[1] == Shown(1, 2, "x", unreachable=True)
    assert await post.current(SEAT) is not None
