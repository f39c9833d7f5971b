"""A real process, killed with -9 in the middle of its work: what it confirmed is there, and nothing is half there."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.storage.sqlite import SqliteStore

pytestmark = pytest.mark.asyncio(loop_scope="function")

WORKS = """
import asyncio, itertools, json, sys
from pathlib import Path
from bot.model.conversation import Conversation
from bot.storage.sqlite import SqliteStore
from bot.turn.post import Parcel, Turned

def confirm(*what):
    print(json.dumps(what), flush=True)

async def seat(store, name, numbers):
    version = 0
    for number in numbers:
        await store.receive([(number, str(number))], 1000.0)
        confirm("received", number, name)
        kept, _ = await store.load(name, name)
        incoming = next(one for one in await store.waiting(0, 1000) if one.update_id == number)
        version = kept.version if kept else 0
        conversation = Conversation(name, "interview", turn=version + 1)
        stored = await store.finish(incoming.id, Turned(name, name, conversation, version, [Parcel(name, name, {"n": number})]), 1000.0)
        confirm("finished", number, name, version + 1)
        if number % 3:
            await store.sent(stored[0].id, name, None, None, 1000.0)
            confirm("sent", number, name)

async def main():
    store, numbers = SqliteStore(Path(sys.argv[1])), itertools.count(int(sys.argv[2]))
    await asyncio.gather(*(seat(store, f"{sys.argv[2]}:{one}", numbers) for one in range(8)))

asyncio.run(main())
"""


async def test_a_killed_process_loses_nothing_it_confirmed(tmp_path: Path) -> None:
    """Of eight seats at work when the process is killed, every confirmed step is in the file, and at most one more of each."""
    path = tmp_path / "bot.db"
    for first in (1_000_000, 2_000_000, 3_000_000):
        confirmed = await asyncio.to_thread(_work_until_killed, path, first)
        store = SqliteStore(path)
        waiting = {one.update_id for one in await store.waiting(0, 100_000)}
        unsent = {one.body["n"] for one in await store.unsent(0, 100_000)}
        by_kind = {kind: {step[1] for step in confirmed if step[0] == kind} for kind in ("received", "finished", "sent")}
        assert len(by_kind["finished"]) >= 40
        again = await store.receive([(number, "again") for number in by_kind["received"]], 1001.0)
        assert again == 0
        assert not by_kind["finished"] & waiting
        for number in by_kind["finished"] - by_kind["sent"]:
            assert number in unsent or number % 3
        assert not by_kind["sent"] & unsent
        for name in {step[2] for step in confirmed}:
            last = max((step[3] for step in confirmed if step[0] == "finished" and step[2] == name), default=0)
            kept = await store.current(name)
            version = kept.version if kept else 0
            assert last <= version <= last + 1
            assert kept is None or kept.conversation.turn == version
        await store.close()


def _work_until_killed(path: Path, first: int) -> list[list[Any]]:
    """The steps that a process confirmed before it was killed."""
    command = [sys.executable, "-c", WORKS, str(path), str(first)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(150)]
    os.kill(process.pid, signal.SIGKILL)
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [json.loads(line) for line in lines if line.endswith("\n")]
