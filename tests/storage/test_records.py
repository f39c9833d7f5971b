"""Records: what is kept that is no conversation, by every store alike."""

import pytest

from bot.model.conversation import Conversation
from bot.turn.ports import Stale
from bot.turn.post import Parcel, Post, Record, Shown, Turned

pytestmark = pytest.mark.asyncio

ROUND = Record("round", "r1", {"answered": 1}, lane="chat:-5", seat="chat:7")


async def finish(post: Post, turned: Turned, update: int = 1, now: float = 1000.0) -> None:
    """A turn that stores something."""
    await post.receive([(update, "{}")], now)
    (incoming,) = await post.waiting(0, 1)
    await post.finish(incoming.id, turned, now)


async def test_a_record_comes_back_as_it_was_stored(post: Post) -> None:
    """With its lane, its seat and the version it has now."""
    assert await post.record("round", "r1") is None
    await finish(post, Turned("chat:7", "chat:7", records=[ROUND]))
    assert await post.record("round", "r1") == ROUND._replace(version=1)


async def test_the_second_of_two_who_change_a_record_is_told_so(post: Post) -> None:
    """Nothing of that turn is stored, neither its other records nor its parcels, and the update is not done."""
    await finish(post, Turned("chat:7", "chat:7", records=[ROUND]))
    await finish(post, Turned("chat:7", "chat:7", records=[ROUND._replace(body={"answered": 2}, version=1)]), update=2)
    late = Turned(
        "s", "l", records=[Record("box", "b", {}), ROUND._replace(body={"answered": 9}, version=1)], parcels=[Parcel("l", "s", {})]
    )
    with pytest.raises(Stale):
        await finish(post, late, update=3)
    assert (await post.record("round", "r1")) == ROUND._replace(body={"answered": 2}, version=2)
    assert await post.record("box", "b") is None
    assert await post.unsent(0, 9) == []
    assert len(await post.waiting(0, 9)) == 1


async def test_a_record_without_a_body_is_erased(post: Post) -> None:
    """Only with the version that is there."""
    await finish(post, Turned("chat:7", "chat:7", records=[ROUND]))
    with pytest.raises(Stale):
        await finish(post, Turned("s", "l", records=[ROUND._replace(body=None, version=7)]), update=2)
    (waiting,) = await post.waiting(0, 9)
    await post.finish(waiting.id, Turned("s", "l", records=[ROUND._replace(body=None, version=1)]), 1000.0)
    assert await post.record("round", "r1") is None


async def test_records_are_found_by_kind_and_lane_the_oldest_first(post: Post) -> None:
    """Those of other kinds and other lanes are not among them."""
    for number, (name, lane) in enumerate([("b", "chat:-5"), ("a", "chat:-5"), ("c", "chat:-6")], 1):
        await finish(
            post,
            Turned("s", "l", records=[Record("round", name, {}, lane=lane), Record("box", name, {}, lane=lane)]),
            number,
            1000.0 + number,
        )
    assert [one.id for one in await post.records("round", "chat:-5")] == ["b", "a"]
    assert [one.id for one in await post.records("round")] == ["b", "a", "c"]


async def test_forgetting_a_seat_erases_its_records(post: Post) -> None:
    """And those of nobody else."""
    await finish(post, Turned("s", "l", records=[ROUND, Record("round", "r2", {}, seat="chat:8")]))
    await post.forget("chat:7")
    assert [one.id for one in await post.records("round")] == ["r2"]


async def test_a_turn_that_forgets_may_change_the_records_of_others(post: Post) -> None:
    """Those of the seat are gone, whatever the turn says of them; a round that goes on without the person is stored."""
    await finish(post, Turned("chat:7", "l", records=[ROUND, Record("round", "r2", {"answered": 2}, seat="chat:8")]))
    changed = [
        ROUND._replace(version=1, body=None),
        Record("round", "r2", {"answered": 1}, seat="chat:8", version=1),
        Record("box", "b", {}, seat="chat:7"),
    ]
    await finish(post, Turned("chat:7", "l", records=changed, forget=True), update=2)
    assert await post.records("round") == [changed[1]._replace(version=2)]
    assert await post.records("box") == []


async def test_a_group_with_another_id_keeps_its_records(post: Post) -> None:
    """Lane and seat are re-keyed."""
    await finish(post, Turned("s", "l", records=[Record("round", "r1", {}, lane="chat:-5:t3", seat="chat:-5:u7")]))
    await post.move_lane("chat:-5", "chat:-100")
    (moved,) = await post.records("round")
    assert (moved.lane, moved.seat) == ("chat:-100:t3", "chat:-100:u7")


async def test_old_records_are_erased_but_the_settings_of_groups_stay(post: Post) -> None:
    """As old as conversations may get."""
    await finish(post, Turned("s", "l", records=[ROUND, Record("group", "chat:-5", {"rounds": "admins"})]))
    await post.purge(1000.0 + 99, 100)
    assert len(await post.records("round")) == 1
    await post.purge(1000.0 + 101, 100)
    assert await post.records("round") == []
    assert len(await post.records("group")) == 1


async def test_a_conversation_is_found_by_its_id(post: Post) -> None:
    """Whoever is in it."""
    await post.save("chat:7", Conversation("c1", "interview"), 0)
    kept = await post.conversation("c1")
    assert kept is not None
    assert (kept.conversation.dialogue, kept.version) == ("interview", 1)
    assert await post.conversation("c2") is None


async def test_what_a_board_shows_is_known_as_long_as_there_is_a_record_of_its_lane(post: Post) -> None:
    """Or it could not be kept up to date, because nobody holds a conversation there."""
    await finish(post, Turned("s", "l", records=[ROUND]))
    for lane in ("chat:-5:br1.1", "chat:-6:br9.1"):
        await post.sent(0, lane, Shown(card=4, newest=4), None, 1000.0)
    await post.purge(1000.0 + 99, 100)
    assert (await post.load("", "chat:-5:br1.1"))[1].card == 4
    assert (await post.load("", "chat:-6:br9.1"))[1].card == 0
    await post.purge(1000.0 + 101, 100)
    assert (await post.load("", "chat:-5:br1.1"))[1].card == 0


async def test_boards_of_a_group_go_when_nothing_has_been_shown_on_them_for_long(post: Post) -> None:
    """Although the settings of the group stay for ever; a board that is kept up to date stays."""
    await finish(post, Turned("s", "l", records=[Record("group", "chat:-5", {}, "chat:-5")]))
    for lane, now in (("chat:-5:br1.1", 1000.0), ("chat:-5:br2.1", 1050.0), ("chat:-5:br1.1", 1020.0)):
        await post.sent(0, lane, Shown(card=4, newest=4), None, now)
    await post.move_lane("chat:-5", "chat:-6")
    for now, left in ((1100.0, ["r1", "r2"]), (1121.0, ["r2"]), (1151.0, [])):
        await post.purge(now, 100)
        assert [name for name in ("r1", "r2") if (await post.load("", f"chat:-6:b{name}.1"))[1].card] == left


async def test_all_conversations_of_a_seat_are_found_the_current_one_last(post: Post) -> None:
    """Those of others are not among them."""
    for name in ("c1", "c2"):
        await post.save("chat:7", Conversation(name, "interview"), 0)
    await post.save("chat:8", Conversation("c3", "interview"), 0)
    await post.save("chat:7", Conversation("c1", "interview"), 1)
    assert [(one.conversation.id, one.version) for one in await post.held("chat:7")] == [("c2", 1), ("c1", 2)]
    assert await post.held("chat:9") == []
