"""One contract for any store, kept by all of them: the inbox."""

import pytest

from bot.turn.post import TRIES, Incoming, Post, Turned
from tests.storage.samples import HOURS_72, LANE, SEAT, SOME, WEEK, arrived, one_turn, said, texts_unsent, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def test_an_update_is_stored_as_it_came(post: Post) -> None:
    """The raw text comes back to the letter, with nothing tried yet."""
    raw = '{"update_id": 5, "message": {"text": "🙂 \\ud800 \'; DROP TABLE inbox; --"}}'
    assert await post.receive([(5, raw)], 1000.0) == 1
    (found,) = await post.waiting(0, 10)
    assert found == Incoming(found.id, 5, raw, 0, "")


async def test_an_update_that_is_known_is_not_stored_again(post: Post) -> None:
    """Neither in the same batch, nor in a later one, nor after it is done."""
    assert await post.receive([(1, "{}"), (2, "{}"), (1, "{}")], 1000.0) == 2
    assert await post.receive([(2, "{}"), (3, "{}")], 1001.0) == 1
    first, *_ = await post.waiting(0, 10)
    await post.finish(first.id, None, 1002.0)
    assert await post.receive([(1, "{}")], 1003.0) == 0
    assert [one.update_id for one in await post.waiting(0, 10)] == [2, 3]


async def test_an_id_that_comes_back_after_a_week_is_a_new_update(post: Post) -> None:
    """After a quiet week Telegram begins at a random id; that one must not be taken for an old one."""
    await one_turn(post, 1, turned())
    assert await post.receive([(1, "{}")], 1000.0 + WEEK - 1) == 0
    assert await post.receive([(1, "{}")], 1000.0 + WEEK) == 1
    assert await post.receive([(1, "{}")], 1000.0 + WEEK + 1) == 0


async def test_a_known_id_is_purged_after_a_week_and_not_before(post: Post) -> None:
    """What is known of updates does not grow for ever; a purge in between forgets nothing too early."""
    await one_turn(post, 1, turned())
    await post.purge(1000.0 + WEEK - 1, 10 * WEEK)
    assert await post.receive([(1, "{}")], 1000.0 + WEEK - 1) == 0
    await post.purge(1000.0 + WEEK, 10 * WEEK)
    assert await post.receive([(1, "{}")], 1000.0 + WEEK) == 1


async def test_the_same_id_after_a_week_waits_beside_the_old_one(post: Post) -> None:
    """An update that is still waiting after a week loses nothing to its namesake."""
    await post.receive([(1, "old")], 1000.0)
    await post.receive([(1, "new")], 1000.0 + WEEK)
    assert [one.raw for one in await post.waiting(0, 10)] == ["old", "new"]


async def test_waiting_updates_come_oldest_first_page_by_page(post: Post) -> None:
    """In the order of arrival, whatever their ids are; a page ends where the next begins."""
    await post.receive([(update_id, "{}") for update_id in (50, 7, 99, 1)], 1000.0)
    first = await post.waiting(0, 3)
    assert [one.update_id for one in first] == [50, 7, 99]
    assert [one.id for one in first] == sorted(one.id for one in first)
    assert [one.update_id for one in await post.waiting(first[-1].id, 3)] == [1]
    assert await post.waiting(first[-1].id + 1, 3) == []


async def test_a_place_in_the_inbox_is_never_given_twice(post: Post) -> None:
    """Who still holds the id of a finished update can do nothing to a later one."""
    (first,) = await arrived(post, 1)
    await post.finish(first, None, 1000.0)
    (second,) = await arrived(post, 2)
    assert second > first
    assert await post.finish(first, turned(SOME, 0, "late"), 1000.0) == []
    assert [one.id for one in await post.waiting(0, 10)] == [second]


async def test_a_flood_is_marked_done_at_once(post: Post) -> None:
    """Many updates are answered with nothing; one of them may be done already."""
    ids = await arrived(post, *range(20))
    await post.finish(ids[3], None, 1000.0)
    await post.finish_many(ids[:19], 1000.0)
    await post.finish_many([], 1000.0)
    assert [one.id for one in await post.waiting(0, 100)] == ids[19:]
    assert await texts_unsent(post) == []


async def test_an_update_that_fails_is_tried_again_and_then_parked(post: Post) -> None:
    """Each failed try counts; the third parks, and others go on."""
    first, second = await arrived(post, 1, 2)
    for tried in range(1, TRIES):
        assert await post.failed(first, SEAT, f"boom {tried}", 1001.0) == tried
        waits = (await post.waiting(0, 10))[0]
        assert (waits.id, waits.attempts, waits.error) == (first, tried, f"boom {tried}")
    assert await post.failed(first, SEAT, "boom", 1002.0) == TRIES
    assert [one.id for one in await post.waiting(0, 10)] == [second]
    assert await post.parked() == [Incoming(first, 1, '{"update_id": 1}', TRIES, "boom")]


async def test_giving_an_update_up_parks_it_and_stores_what_is_said_about_it(post: Post) -> None:
    """Both or neither, and once: whoever asks again, or too late, changes nothing."""
    first, second = await arrived(post, 1, 2)
    await post.failed(first, SEAT, "boom", 1001.0)
    stored = await post.give_up(first, SEAT, "boom", [said("sorry")], 1002.0)
    assert await post.unsent(0, 10) == stored
    assert [one.body["text"] for one in stored] == ["sorry"]
    assert [(one.id, one.attempts, one.error) for one in await post.parked()] == [(first, 2, "boom")]
    assert await post.give_up(first, SEAT, "boom", [said("again")], 1003.0) == []
    await post.finish(second, None, 1003.0)
    assert await post.give_up(second, SEAT, "boom", [said("again")], 1003.0) == []
    assert await post.unsent(0, 10) == stored


async def test_failing_an_update_that_is_gone_does_nothing(post: Post) -> None:
    """It was done in the meantime: no tries, and nothing is parked."""
    (first,) = await arrived(post, 1)
    await post.finish(first, None, 1000.0)
    assert await post.failed(first, SEAT, "boom", 1000.0) == 0
    await post.park(first, SEAT, "boom", 1000.0)
    assert await post.parked() == []


async def test_an_unreadable_update_is_parked_at_once(post: Post) -> None:
    """It is kept with its reason, whatever letters that has, and is known all the same."""
    (first,) = await arrived(post, 1)
    await post.park(first, "", "not JSON: \ud800", 1001.0)
    (found,) = await post.parked()
    assert (found.id, found.attempts, found.error) == (first, 0, "not JSON: \\ud800")
    assert await post.waiting(0, 10) == []
    assert await post.receive([(1, "{}")], 1002.0) == 0


async def test_parked_updates_come_oldest_first(post: Post) -> None:
    """In the order of arrival, not of parking."""
    first, second, third = await arrived(post, 1, 2, 3)
    for one in (third, first, second):
        await post.park(one, "", "", 1001.0)
    assert [one.id for one in await post.parked()] == [first, second, third]


async def test_a_parked_update_can_be_replayed(post: Post) -> None:
    """It waits again in the last place, so that whoever has read on meets it; with all tries before it."""
    first, second = await arrived(post, 1, 2)
    for _ in range(TRIES):
        await post.failed(first, SEAT, "boom", 1001.0)
    assert await post.replay(first) is True
    assert await post.parked() == []
    (again,) = await post.waiting(second, 10)
    assert (again.update_id, again.raw, again.attempts, again.error) == (1, '{"update_id": 1}', 0, "")
    assert len(await post.finish(again.id, turned(SOME, 0, "at last"), 1002.0)) == 1
    assert await post.replay(first) is False


async def test_only_a_parked_update_can_be_replayed_or_dropped(post: Post) -> None:
    """Not one that waits, and not one that never was."""
    (first,) = await arrived(post, 1)
    for one in (first, first + 100):
        assert await post.replay(one) is False
        assert await post.drop(one) is False
    assert len(await post.waiting(0, 10)) == 1


async def test_a_dropped_update_is_gone_for_good(post: Post) -> None:
    """It is not parked, does not wait, and does not come back."""
    (first,) = await arrived(post, 1)
    await post.park(first, "", "", 1001.0)
    assert await post.drop(first) is True
    assert await post.drop(first) is False
    assert await post.parked() == []
    assert await post.waiting(0, 10) == []
    assert await post.receive([(1, "{}")], 1002.0) == 0


async def test_a_parked_update_is_purged_three_days_after_it_was_parked(post: Post) -> None:
    """And one that waits is not purged at all."""
    first, _ = await arrived(post, 1, 2)
    await post.park(first, "", "", 5000.0)
    await post.purge(5000.0 + HOURS_72 - 1, WEEK)
    assert len(await post.parked()) == 1
    await post.purge(5000.0 + HOURS_72, WEEK)
    assert await post.parked() == []
    await post.purge(5000.0 + 10 * WEEK, WEEK)
    assert [one.update_id for one in await post.waiting(0, 10)] == [2]


async def test_the_database_belongs_to_the_bot_that_came_first(post: Post) -> None:
    """Another bot is told whose it is, and may not mix its updates with these."""
    assert await post.claim(1 << 40) == 1 << 40
    assert await post.claim(7) == 1 << 40
    assert await post.claim(1 << 40) == 1 << 40


async def test_figures_count_what_waits(post: Post) -> None:
    """Waiting, parked, unsent, conversations."""
    assert await post.figures() == {"waiting": 0, "parked": 0, "unsent": 0, "conversations": 0}
    first, second, *_ = await arrived(post, 1, 2, 3, 4, 5)
    await post.park(first, "", "", 1000.0)
    await post.finish(second, turned(SOME, 0, "a", "b"), 1000.0)
    await post.save("another seat", SOME, 1)
    assert await post.figures() == {"waiting": 3, "parked": 1, "unsent": 2, "conversations": 1}


async def test_nothing_may_come_of_an_update(post: Post) -> None:
    """No turn at all, or a turn without a conversation: the update is done either way."""
    first, second = await arrived(post, 1, 2)
    assert await post.finish(first, None, 1000.0) == []
    assert await post.finish(second, Turned(SEAT, LANE), 1000.0) == []
    assert await post.waiting(0, 10) == []
    assert await post.current(SEAT) is None
