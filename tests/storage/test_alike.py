"""Whatever is done to them, the store in memory and the store in a file answer alike: one is the model of the other."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.storage.memory import MemoryStore
from bot.storage.sqlite import SqliteStore
from bot.turn.ports import Stale
from bot.turn.post import Post, Record, Shown, Turned
from tests.storage.samples import SOME, said

LANES = ("c:1", "c:1:t", "c:1:b1", "c:2", "c:12", "c")
SEATS = ("c:1", "c:1:u", "c:1:t:u", "c:2:u", "c:12:u", "chat:7", "c:1:u7", "c:1:u17", "")
DAY = 86_400

lanes, seats, versions = st.sampled_from(LANES), st.sampled_from(SEATS), st.integers(0, 3)
ids = st.integers(1, 8)
times = st.integers(0, 30).map(lambda half_days: half_days * DAY / 2)
conversations = st.builds(lambda id_, touched: SOME._replace(id=id_, touched=int(touched)), st.sampled_from("xyz"), times)
parcels = st.builds(said, st.sampled_from("ab"), lanes, seats)
shown = st.none() | st.builds(Shown, versions, versions, st.sampled_from(("", "d")), st.booleans())
records = st.builds(
    Record,
    st.sampled_from(("round", "group")),
    st.sampled_from(("p", "q", "c:1", "c:2")),
    st.sampled_from(({}, {"x": 1}, {"y": 2}, None)),
    lanes,
    seats,
    versions,
)
turns = st.none() | st.builds(
    Turned,
    seats,
    lanes,
    st.none() | conversations,
    versions,
    st.lists(parcels, max_size=2),
    st.booleans(),
    st.none() | st.booleans(),
    st.lists(records, max_size=2),
)
steps = st.one_of(
    st.tuples(st.just("receive"), st.lists(st.tuples(ids, st.sampled_from(("{}", "🙂"))), max_size=3), times),
    st.tuples(st.just("finish"), ids, turns, times),
    st.tuples(st.just("take"), st.integers(100, 10_000), turns, times),
    st.tuples(st.just("take"), st.integers(100, 10_000), turns, times),
    st.tuples(st.just("take"), st.integers(100, 10_000), turns, times),
    st.tuples(st.just("finish_many"), st.lists(ids, max_size=2), times),
    st.tuples(st.just("failed"), ids, seats, st.just("boom"), times),
    st.tuples(st.just("park"), ids, seats, st.just("bad"), times),
    st.tuples(st.just("replay"), ids),
    st.tuples(st.just("drop"), ids),
    st.tuples(st.just("sent"), ids, lanes, shown, st.none() | parcels, times, st.lists(ids, max_size=2)),
    st.tuples(st.just("send"), st.lists(parcels, max_size=2), times),
    st.tuples(st.just("put_off"), ids, times),
    st.tuples(st.just("unreachable"), lanes),
    st.tuples(st.just("move_lane"), st.sampled_from(("c:1", "c:2", "c:1:t")), st.sampled_from(("c:2", "c:12", "c:3"))),
    st.tuples(st.just("save"), seats, conversations, versions),
    st.tuples(st.just("forget"), seats),
    st.tuples(st.just("purge"), times, times),
    st.tuples(st.just("claim"), versions),
)


async def _done(post: Post, step: tuple[Any, ...]) -> Any:
    try:
        if step[0] == "take":
            await post.receive([(step[1], "{}")], step[3])
            waits = await post.waiting(0, 99)
            return await post.finish(waits[-1].id if waits else 0, *step[2:])
        return await getattr(post, step[0])(*step[1:])
    except Stale:
        return "stale"


async def _all_of(post: Post) -> list[Any]:
    """Everything that can be asked of a store."""
    places = [(seat, lane) for seat in (*SEATS, "c:3:u", "c:3:t:u") for lane in (*LANES, "c:3", "c:3:t")]
    found: list[Any] = [await post.waiting(0, 99), await post.parked(), await post.unsent(0, 99), await post.figures()]
    found += [await post.load(seat, lane) for seat, lane in places] + [await post.conversation(id_) for id_ in "xyz"]
    return found + [await post.records(kind, lane) for kind in ("round", "group") for lane in ("", *LANES)]


async def _side_by_side(folder: str, script: list[tuple[Any, ...]]) -> None:
    memory, sqlite = MemoryStore(), SqliteStore(Path(folder) / "bot.db", durable=False)
    try:
        for step in script:
            assert await _done(memory, step) == await _done(sqlite, step), step
        assert await _all_of(memory) == await _all_of(sqlite)
    finally:
        await sqlite.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=40))
@example([("receive", [(1, "{}")], 0.0), ("failed", 1, "c:1", "boom", 0.0), ("forget", "c:1"), ("receive", [(1, "{}")], 7.0 * DAY)])
def test_both_stores_answer_alike(script: list[tuple[Any, ...]]) -> None:
    """After any script of calls, each call was answered alike, and everything that can be asked is the same."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_side_by_side(folder, script))
