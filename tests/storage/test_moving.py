"""One contract for any store, kept by all of them: a group gets another id."""

import pytest

from bot.turn.ports import Stale
from bot.turn.post import TRIES, Post, Record, Shown, Turned
from tests.storage.samples import SOME, arrived, one_turn, said

pytestmark = pytest.mark.asyncio(loop_scope="function")
OLD, NEW = "chat:-1", "chat:-100123"


async def _current(post: Post, seat: str) -> str | None:
    kept = await post.current(seat)
    return kept.conversation.id if kept else None


async def test_everything_of_a_lane_moves(post: Post) -> None:
    """Seats, what is shown, parcels and failed updates of the chat, of its topics and of its people."""
    for number, lane in enumerate((OLD, f"{OLD}:9"), start=1):
        seat = f"{lane}:u{number}"
        await one_turn(post, number, Turned(seat, lane, SOME._replace(id=f"c{number}"), 0, [said(f"p{number}", lane, seat)]))
        await post.sent(0, lane, Shown(number, number, str(number)), None, 1000.0)
    (failing,) = await arrived(post, 3)
    await post.failed(failing, f"{OLD}:u1", "boom", 1000.0)
    await post.move_lane(OLD, NEW)
    for number, lane in enumerate((NEW, f"{NEW}:9"), start=1):
        kept, shown = await post.load(f"{lane}:u{number}", lane)
        assert kept is not None
        assert (kept.conversation.id, shown) == (f"c{number}", Shown(number, number, str(number)))
    assert [(one.lane, one.seat) for one in await post.unsent(0, 10)] == [(NEW, f"{NEW}:u1"), (f"{NEW}:9", f"{NEW}:9:u2")]
    assert await post.load(f"{OLD}:u1", OLD) == (None, Shown())
    assert await post.forget(f"{NEW}:u1") == 1
    assert await post.waiting(0, 10) == []  # the update that failed was of that seat


async def test_others_that_only_begin_alike_stay(post: Post) -> None:
    """A key is of the lane if it is equal or goes on with a colon; not if its number merely begins with the same figures."""
    for number, lane in enumerate(("chat:-12", "chat", f"x:{OLD}", "chat:-1;"), start=1):
        await one_turn(post, number, Turned(lane, lane, SOME._replace(id=f"c{number}"), 0, [said("p", lane, lane)]))
        await post.sent(0, lane, Shown(number, number, ""), None, 1000.0)
    await post.move_lane(OLD, NEW)
    for number, lane in enumerate(("chat:-12", "chat", f"x:{OLD}", "chat:-1;"), start=1):
        kept, shown = await post.load(lane, lane)
        assert kept is not None
        assert (kept.conversation.id, shown.card) == (f"c{number}", number)
    assert [one.lane for one in await post.unsent(0, 10)] == ["chat:-12", "chat", f"x:{OLD}", "chat:-1;"]


async def test_a_seat_that_is_there_already_holds_both(post: Post) -> None:
    """The conversation that was touched last is the current one; the other is kept, and forgotten with it."""
    for old_touched, new_touched, current in ((100, 200, "new"), (200, 100, "old"), (100, 100, "old")):
        await post.save(f"{OLD}:u", SOME._replace(id="older", touched=50), 0)
        await post.save(f"{OLD}:u", SOME._replace(id="old", touched=old_touched), 0)
        await post.save(f"{NEW}:u", SOME._replace(id="new", touched=new_touched), 0)
        await post.move_lane(OLD, NEW)
        assert await _current(post, f"{NEW}:u") == current
        assert await _current(post, f"{OLD}:u") is None
        assert await post.forget(f"{NEW}:u") == 3


async def test_a_conversation_that_both_seats_hold_is_held_once(post: Post) -> None:
    """The same conversation in the old and the new seat becomes one."""
    await post.save(f"{OLD}:u", SOME, 0)
    await post.save(f"{NEW}:u", SOME, 1)
    await post.save(f"{NEW}:u", SOME._replace(id="two"), 0)
    await post.move_lane(OLD, NEW)
    assert (await post.figures())["conversations"] == 2
    assert await post.forget(f"{NEW}:u") == 2


async def test_what_the_new_chat_shows_already_counts(post: Post) -> None:
    """Message ids of the old chat mean nothing in the new one once it has messages of its own."""
    await post.sent(0, OLD, Shown(1, 2, "old"), None, 1000.0)
    await post.sent(0, NEW, Shown(3, 4, "new"), None, 1000.0)
    await post.move_lane(OLD, NEW)
    assert (await post.load("", NEW))[1] == Shown(3, 4, "new")
    assert (await post.load("", OLD))[1] == Shown()


async def test_moving_keeps_the_lane_of_a_conversation(post: Post) -> None:
    """What the moved lane shows is not purged while a conversation is left in it."""
    await one_turn(post, 1, Turned(f"{OLD}:u", OLD, SOME._replace(touched=1000), 0))
    await post.sent(0, OLD, Shown(1, 2, "d"), None, 1000.0)
    await post.move_lane(OLD, NEW)
    await post.purge(1000.0, 100.0)
    assert (await post.load("", NEW))[1] == Shown(1, 2, "d")


async def test_moving_twice_or_nowhere_changes_nothing(post: Post) -> None:
    """Both the service message and the refusal of a send may tell of the same move."""
    await one_turn(post, 1, Turned(OLD, OLD, SOME, 0, [said("p", OLD, OLD)]))
    await post.move_lane(OLD, OLD)
    assert await _current(post, OLD) == "one"
    for _ in range(2):
        await post.move_lane(OLD, NEW)
        assert await _current(post, NEW) == "one"
        assert [one.lane for one in await post.unsent(0, 10)] == [NEW]


async def test_a_parked_update_moves_too(post: Post) -> None:
    """It is erased with the seat it now belongs to."""
    (incoming,) = await arrived(post, 1)
    for _ in range(TRIES):
        await post.failed(incoming, f"{OLD}:u", "boom", 1000.0)
    await post.move_lane(OLD, NEW)
    await post.forget(f"{OLD}:u")
    assert len(await post.parked()) == 1
    await post.forget(f"{NEW}:u")
    assert await post.parked() == []


async def test_records_that_are_named_by_their_lane_move(post: Post) -> None:
    """They are found by the new id; where the new group has one of its own, both are found by the lane."""
    await one_turn(
        post, 1, Turned(OLD, OLD, records=[Record("latest", f"{OLD}:t5", {"round": 1}, f"{OLD}:t5"), Record("round", "r1", {}, OLD)])
    )
    await post.move_lane(OLD, NEW)
    assert await post.record("latest", f"{OLD}:t5") is None
    assert [one.id for one in await post.records("latest", f"{NEW}:t5")] == [f"{NEW}:t5"]
    assert [one.id for one in await post.records("round", NEW)] == ["r1"]
    await one_turn(post, 2, Turned(OLD, OLD, records=[Record("latest", f"{OLD}:t5", {"round": 2}, f"{OLD}:t5")]))
    await post.move_lane(OLD, NEW)
    found = await post.records("latest", f"{NEW}:t5")
    assert {one.id: one.body for one in found} == {f"{NEW}:t5": {"round": 1}, f"{OLD}:t5": {"round": 2}}


async def test_settings_of_the_new_group_are_completed_by_those_of_the_old(post: Post) -> None:
    """There is one record afterwards: what only the old group had settled is kept, what both had counts as the new one has it."""
    for number, (lane, body) in enumerate(((OLD, {"rounds": "admins", "hello": 1}), (NEW, {"hello": 2, "language": "cy"})), start=1):
        await one_turn(post, number, Turned(lane, lane, records=[Record("group", lane, body, lane)]))
    await post.move_lane(OLD, NEW)
    (settings,) = await post.records("group")
    assert (settings.id, settings.lane, settings.body) == (NEW, NEW, {"rounds": "admins", "hello": 2, "language": "cy"})


@pytest.mark.parametrize("what", ["lane", "seat", "id"])
async def test_who_loaded_a_record_before_the_move_is_too_late(post: Post, what: str) -> None:
    """Or they would write it back with the lane, the seat or the id it had, and it would never be found again."""
    fields = {"lane": ("r1", OLD, ""), "seat": ("r1", "", f"{OLD}:u7"), "id": (OLD, "", "")}
    name, lane, seat = fields[what]
    for number, kind in enumerate(("round", "group"), start=1):
        await one_turn(post, number, Turned("s", "l", records=[Record(kind, name, {"a": 1}, lane, seat)]))
        loaded = await post.record(kind, name)
        assert loaded is not None
        await post.move_lane(OLD, NEW)
        with pytest.raises(Stale):
            await one_turn(post, 10 + number, Turned("s", "l", records=[loaded._replace(body={"a": 2})]))
        (now,) = await post.records(kind)
        assert (now.body, OLD in (now.id, now.lane, now.seat.rpartition(":")[0])) == ({"a": 1}, False)


async def test_who_loaded_a_conversation_before_the_move_is_too_late(post: Post) -> None:
    """Or it would be held in the old seat again."""
    await one_turn(post, 1, Turned(f"{OLD}:u", OLD, SOME, 0))
    await post.move_lane(OLD, NEW)
    with pytest.raises(Stale):
        await one_turn(post, 2, Turned(f"{OLD}:u", OLD, SOME, 1))
    assert await _current(post, f"{OLD}:u") is None
    assert await _current(post, f"{NEW}:u") == "one"


async def test_what_has_moved_is_found_and_stored_as_before(post: Post) -> None:
    """Also what is moved for the second time: nothing of the lane is left there, so nothing is too late."""
    await one_turn(post, 1, Turned(f"{OLD}:u", OLD, SOME, 0, records=[Record("round", "r1", {}, OLD)]))
    await post.move_lane(OLD, NEW)
    kept, record = await post.current(f"{NEW}:u"), await post.record("round", "r1")
    assert kept is not None
    assert record is not None
    await post.move_lane(OLD, NEW)
    await one_turn(post, 2, Turned(f"{NEW}:u", NEW, kept.conversation, kept.version, records=[record._replace(body={"a": 1})]))
    assert [one.body for one in await post.records("round", NEW)] == [{"a": 1}]
