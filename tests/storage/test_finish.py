"""One contract for any store, kept by all of them: a turn is one transaction."""

import asyncio

import pytest

from bot.model.conversation import Conversation
from bot.turn.ports import Kept, Stale
from bot.turn.post import Outgoing, Parcel, Post, Shown, Turned
from tests.storage.samples import LANE, SEAT, SOME, arrived, one_turn, said, texts_unsent, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def test_a_turn_stores_conversation_parcels_and_done(post: Post) -> None:
    """All three are there afterwards, and the parcels are returned as they were stored."""
    stored = await one_turn(post, 1, turned(SOME, 0, "first", "second"), now=1234.5)
    assert stored == [
        Outgoing(one.id, LANE, SEAT, {"do": "say", "text": text}, 0, 0.0, 1234.5)
        for one, text in zip(stored, ("first", "second"), strict=True)
    ]
    assert await post.unsent(0, 10) == stored
    assert await post.waiting(0, 10) == []
    kept, shown = await post.load(SEAT, LANE)
    assert kept is not None
    assert (kept.conversation, kept.version, shown) == (SOME, 1, Shown())


async def test_an_update_that_is_done_changes_nothing_more(post: Post) -> None:
    """The same update finished twice: once it counts."""
    (incoming,) = await arrived(post, 1)
    assert len(await post.finish(incoming, turned(SOME, 0, "one"), 1000.0)) == 1
    assert await post.finish(incoming, turned(SOME._replace(turn=9), 1, "two"), 1000.0) == []
    kept = await post.current(SEAT)
    assert kept is not None
    assert (kept.conversation.turn, kept.version) == (0, 1)
    assert await texts_unsent(post) == ["one"]


async def test_a_stale_turn_leaves_everything_untouched(post: Post) -> None:
    """Conversation, outbox, what is known of the chat, and the update, which still waits."""
    await one_turn(post, 1, turned(SOME, 0, "first"))
    await post.unreachable("elsewhere")
    (incoming,) = await arrived(post, 2)
    before = (await post.current(SEAT), await post.unsent(0, 10), await post.waiting(0, 10), await post.figures())
    for expected in (0, 2, 7):
        late = Turned(SEAT, "elsewhere", SOME._replace(turn=9), expected, [said("never")], reachable=True)
        with pytest.raises(Stale):
            await post.finish(incoming, late, 1000.0)
    assert before == (await post.current(SEAT), await post.unsent(0, 10), await post.waiting(0, 10), await post.figures())
    assert (await post.load(SEAT, "elsewhere"))[1].unreachable
    assert len(await post.finish(incoming, turned(SOME._replace(turn=1), 1, "second"), 1000.0)) == 1


async def test_a_parcel_that_cannot_be_stored_stores_nothing(post: Post) -> None:
    """A body that is not JSON-able is a slip of ours; the update waits as before."""
    (incoming,) = await arrived(post, 1)
    with pytest.raises(TypeError):
        await post.finish(incoming, Turned(SEAT, LANE, SOME, 0, [said("good"), Parcel(LANE, SEAT, {"x": object()})]), 1000.0)
    assert await post.figures() == {"waiting": 1, "parked": 0, "unsent": 0, "conversations": 0}


async def test_two_hundred_turns_side_by_side(post: Post) -> None:
    """Each of them is stored, in its seat, with its parcel."""
    ids = await arrived(post, *range(200))
    turns = [
        Turned(f"s:{one}", f"l:{one}", SOME._replace(id=f"c{one}", turn=one), 0, [said(str(one), f"l:{one}", f"s:{one}")])
        for one in range(200)
    ]
    stored = await asyncio.gather(*(post.finish(id_, turn, 1000.0) for id_, turn in zip(ids, turns, strict=True)))
    assert [one.body["text"] for (one,) in stored] == [str(one) for one in range(200)]
    assert len({one.id for (one,) in stored}) == 200
    for one in range(200):
        kept = await post.current(f"s:{one}")
        assert kept is not None
        assert kept.conversation.turn == one
    assert await post.figures() == {"waiting": 0, "parked": 0, "unsent": 200, "conversations": 200}


async def test_of_two_hundred_turns_of_one_conversation_one_wins(post: Post) -> None:
    """The others are stale, and their updates wait."""
    ids = await arrived(post, *range(200))
    results = await asyncio.gather(*(post.finish(id_, turned(SOME, 0, "hello"), 1000.0) for id_ in ids), return_exceptions=True)
    assert sum(isinstance(one, Stale) for one in results) == 199
    assert await post.figures() == {"waiting": 199, "parked": 0, "unsent": 1, "conversations": 1}


async def test_one_update_finished_by_many_at_once_counts_once(post: Post) -> None:
    """One gets the parcels; the others get none and no error, because the update is done."""
    (incoming,) = await arrived(post, 1)
    results = await asyncio.gather(*(post.finish(incoming, turned(SOME, 0, "hello"), 1000.0) for _ in range(20)))
    assert sorted(map(len, results)) == [0] * 19 + [1]


async def test_a_turn_keeps_the_lane_it_was_held_in(post: Post) -> None:
    """What a chat shows is kept as long as a conversation is left in it."""
    await one_turn(post, 1, turned(SOME._replace(touched=1000), 0))
    await post.sent(0, LANE, Shown(3, 4, "d"), None, 1000.0)
    await post.sent(0, "chat:6", Shown(5, 6, "e"), None, 1000.0)
    await post.purge(1001.0, 100.0)
    assert (await post.load(SEAT, LANE))[1] == Shown(3, 4, "d")
    assert (await post.load(SEAT, "chat:6"))[1] == Shown()
    assert await post.purge(1200.0, 100.0) == 1
    assert (await post.load(SEAT, LANE)) == (None, Shown())


async def test_coming_back_makes_a_lane_reachable(post: Post) -> None:
    """A turn can say that the person can be reached again, or that nobody can."""
    await post.unreachable(LANE)
    await one_turn(post, 1, Turned(SEAT, LANE, SOME, 0, [said("welcome")], reachable=True))
    assert not (await post.load(SEAT, LANE))[1].unreachable
    await one_turn(post, 2, Turned(SEAT, LANE, reachable=False))
    assert (await post.load(SEAT, LANE))[1].unreachable
    assert await texts_unsent(post) == []
    await one_turn(post, 3, Turned(SEAT, LANE))
    assert (await post.load(SEAT, LANE))[1].unreachable


async def test_a_chat_that_can_be_reached_again_can_be_reached_in_all_its_topics(post: Post) -> None:
    """And its boards; nothing is said of another chat whose number begins alike."""
    for lane in ("chat:-5", "chat:-5:t7", "chat:-5:t7:b1.1", "chat:-51"):
        await post.unreachable(lane)
    await one_turn(post, 1, Turned("", "chat:-5", reachable=True))
    lanes = ("chat:-5", "chat:-5:t7", "chat:-5:t7:b1.1", "chat:-51")
    assert [(await post.load("", lane))[1].unreachable for lane in lanes] == [False, False, False, True]


async def test_a_turn_empties_the_conversations_of_others(post: Post) -> None:
    """They stay where they are held, with nothing in them; whoever was about to change one is late. What is gone stays gone."""
    await one_turn(post, 1, Turned("a", "la", SOME._replace(id="mine"), 0))
    await one_turn(post, 2, Turned("b", "lb", SOME._replace(id="theirs"), 0))
    empty = [Conversation(name, "interview", touched=9) for name in ("mine", "theirs", "gone")]
    await one_turn(post, 3, Turned("a", "la", SOME._replace(id="mine", turn=1), 1, emptied=empty))
    assert [(await post.held(seat))[0].conversation for seat in ("a", "b")] == empty[:2]
    assert await post.conversation("gone") is None
    with pytest.raises(Stale):
        await one_turn(post, 4, Turned("b", "lb", SOME._replace(id="theirs"), 1))
    assert (await post.load("b", "lb"))[0] == Kept(empty[1], 2)
