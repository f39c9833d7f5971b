"""What the post costs: one update received, its conversation loaded, the turn finished, one parcel ticked off.

CPU is of the whole process, event loop and writer thread together; wall is what goes by. "Durable" waits for the disk at every
commit. The ratio is CPU per update in thousandths of the yardstick of `run.py` (a million small additions).
"""

import argparse
import asyncio
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.run import ANSWERS, best, yardstick  # noqa: E402
from bot.model.conversation import Conversation  # noqa: E402
from bot.storage.memory import MemoryStore  # noqa: E402
from bot.storage.sqlite import SqliteStore  # noqa: E402
from bot.turn.post import Parcel, Post, Shown, Turned  # noqa: E402

RAW = json.dumps({"update_id": 1, "message": {"message_id": 1, "from": {"id": 1}, "text": "x" * 300}})
BODY = {"do": "card", "text": "y" * 400, "rows": [[["An option", "a:b:c"]] * 2] * 4}


async def one_seat(post: Post, name: str, updates: int, places: Iterator[int]) -> None:
    """One person's updates, one after the other."""
    for version in range(updates):
        place = next(places)  # in a new store the n-th update that is received has the n-th place
        await post.receive([(place, RAW)], 1000.0)
        kept, _ = await post.load(name, name)
        conversation = kept.conversation if kept else Conversation(name, "interview", "r", answers=ANSWERS)
        turned = Turned(name, name, conversation._replace(turn=version), version, [Parcel(name, name, BODY)])
        (parcel,) = await post.finish(place, turned, 1000.0)
        await post.sent(parcel.id, name, Shown(version, version, "d"), None, 1000.0)


async def side_by_side(post: Post, seats: int, updates: int) -> tuple[float, float]:
    """CPU and wall seconds for each update, of so many people at once."""
    wall, cpu = time.perf_counter(), time.process_time()
    places = itertools.count(1)
    await asyncio.gather(*(one_seat(post, f"chat:{seat}", updates // seats, places) for seat in range(seats)))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    await post.close()
    return cpu / updates, wall / updates


def measured(make: Callable[[Path], Post], seats: int, updates: int, goes: int) -> tuple[float, float]:
    """The least of several goes."""
    found = []
    for _ in range(goes):
        with tempfile.TemporaryDirectory() as folder:
            found.append(asyncio.run(side_by_side(make(Path(folder) / "bot.db"), seats, updates)))
    return min(cpu for cpu, _ in found), min(wall for _, wall in found)


def main() -> None:
    """Prints the figures."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--short", action="store_true")
    goes, updates = (2, 640) if given.parse_args().short else (5, 3200)
    unit = best(yardstick, 5)
    makers: dict[str, Callable[[Path], Post]] = {
        "memory": lambda _: MemoryStore(),
        "sqlite": lambda path: SqliteStore(path, durable=False),
        "sqlite, durable": SqliteStore,
    }
    print(f"{'store':<16} {'at once':>7} {'CPU':>9} {'wall':>9} {'an update':<9} {'CPU in yardsticks/1000':>23}")
    for name, make in makers.items():
        for seats in (1, 32):
            cpu, wall = measured(make, seats, updates, goes)
            print(f"{name:<16} {seats:>7} {cpu * 1e6:>6.0f} µs {wall * 1e6:>6.0f} µs {'':<9} {cpu / unit * 1000:>23.2f}")


if __name__ == "__main__":
    main()
