"""The process dies at a named place: every step is then done or not begun, and nobody goes on as if nothing had happened."""

import asyncio
import threading
from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteStore
from bot.turn.failpoint import arm, disarm
from bot.turn.post import Unavailable
from tests.storage.samples import LANE, SEAT, SOME, Gate, said, turned

pytestmark = pytest.mark.asyncio(loop_scope="function")


class SimulatedCrash(BaseException):
    """The process died here."""


def _die_at(name: str, occurrence: int = 1) -> None:
    left = iter(range(occurrence - 1, -1, -1))

    def die() -> None:
        if next(left, 1) == 0:
            raise SimulatedCrash(name)

    arm(name, die)


POINTS = (
    "inbox.before_store", "inbox.after_insert", "inbox.before_commit", "inbox.after_commit",
    "finish.begin", "finish.after_conversation", "finish.after_outbox", "finish.after_done", "finish.before_commit", "finish.after_commit",
    "sent.begin", "sent.between", "sent.after_delete", "sent.after_shown", "sent.before_commit", "sent.after_commit",
    "failed.before_commit", "failed.after_commit", "park.before_commit", "park.after_commit", "put_off.before_commit", "put_off.after_commit",
    "forget.begin", "forget.after_conversations", "forget.before_commit", "forget.after_commit",
    "move_lane.begin", "move_lane.after_held", "move_lane.before_commit", "move_lane.after_commit",
    "purge.begin", "purge.before_commit", "purge.after_commit",
)  # fmt: skip


async def _a_day(store: SqliteStore) -> None:
    await store.receive([(1, "{}"), (2, "{}"), (3, "{}")], 1000.0)
    first, second, third = await store.waiting(0, 10)
    parcels = await store.finish(first.id, turned(SOME, 0, "a", "b", "d"), 1000.0)
    await store.sent(parcels[0].id, LANE, None, said("c"), 1000.0, [parcels[2].id])
    await store.put_off(parcels[1].id, 2000.0)
    await store.failed(second.id, SEAT, "boom", 1000.0)
    await store.park(third.id, "", "boom", 1000.0)
    await store.move_lane(LANE, "chat:6")
    await store.forget("chat:6:7")
    await store.purge(1000.0, 1.0)


@pytest.mark.parametrize("point", POINTS)
async def test_a_crash_anywhere_is_the_end_of_the_store_and_not_of_the_file(tmp_path: Path, point: str) -> None:
    """Whoever waits is told of the crash, so is whoever comes later; the next process finds every step done or not begun."""
    store = SqliteStore(tmp_path / "bot.db", durable=False)
    _die_at(point)
    with pytest.raises(SimulatedCrash):
        await _a_day(store)
    for later in (store.current(SEAT), store.receive([(5, "{}")], 1000.0)):
        with pytest.raises(SimulatedCrash):
            await later
    await store.close()
    disarm()
    again = SqliteStore(tmp_path / "bot.db", durable=False)
    figures = await again.figures()
    steps = {
        "inbox": ((0, 0, 0, 0), (3, 0, 0, 0)), "finish": ((3, 0, 0, 0), (2, 0, 3, 1)), "sent": ((2, 0, 3, 1), (2, 0, 2, 1)),
        "put_off": ((2, 0, 2, 1), (2, 0, 2, 1)), "failed": ((2, 0, 2, 1), (2, 0, 2, 1)), "park": ((2, 0, 2, 1), (1, 1, 2, 1)),
        "move_lane": ((1, 1, 2, 1), (1, 1, 2, 1)), "forget": ((1, 1, 2, 1), (0, 1, 0, 0)), "purge": ((0, 1, 0, 0), (0, 1, 0, 0)),
    }[point.partition(".")[0]]  # fmt: skip
    assert tuple(figures.values()) == steps[point.endswith("after_commit")]
    await again.close()


async def test_a_crash_is_told_to_everybody_who_waits(tmp_path: Path) -> None:
    """Those of the same transaction, and those behind it."""
    store = SqliteStore(tmp_path / "bot.db", durable=False)
    _die_at("save.begin", 3)
    results = await asyncio.gather(*(store.save(f"s{one}", SOME._replace(id=f"c{one}"), 0) for one in range(400)), return_exceptions=True)
    assert any(isinstance(result, SimulatedCrash) for result in results)
    assert all(result == 1 or isinstance(result, SimulatedCrash) for result in results)
    disarm()
    again = SqliteStore(tmp_path / "bot.db", durable=False)
    assert (await again.figures())["conversations"] == results.count(1)
    await again.close()


async def test_an_abrupt_end_loses_what_was_not_committed_and_nothing_else(tmp_path: Path) -> None:
    """The store ended in the middle of a transaction: whoever waits is told, the file is sound and free."""
    store = SqliteStore(tmp_path / "bot.db", durable=False)
    await store.save("a", SOME, 0)
    gate = Gate("put_off.before_commit")
    holding = asyncio.ensure_future(store.put_off(0, 0.0))
    await asyncio.to_thread(gate.reached.wait, 10)
    saving = asyncio.ensure_future(store.save("b", SOME._replace(id="two"), 0))
    await asyncio.sleep(0)
    threading.Timer(0.05, gate.open.set).start()
    store.crash()
    for waits in (holding, saving):
        try:
            await waits
        except Unavailable:
            continue
    with pytest.raises(Unavailable):
        await store.current("a")
    await store.close()
    again = SqliteStore(tmp_path / "bot.db", durable=False)
    assert await again.current("a") is not None
    assert await again.current("b") is None
    await again.close()
