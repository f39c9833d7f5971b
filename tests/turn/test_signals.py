"""Which threads take the signals that ask a process to stop."""

import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteStore
from bot.turn.signals import STOPPING, take_no_signals


def blocked(_: sqlite3.Connection | None = None) -> set[signal.Signals]:
    """The signals that this thread does not take."""
    return {signal.Signals(one) for one in signal.pthread_sigmask(signal.SIG_BLOCK, ())}


@pytest.mark.asyncio
async def test_the_thread_of_the_database_takes_none(tmp_path: Path) -> None:
    """A signal that came while the main thread changes its handlers would end the process before it has tidied up."""
    store = SqliteStore(tmp_path / "bot.db", durable=False)
    try:
        assert set(STOPPING) <= await store._writer.run(blocked)
    finally:
        await store.close()
    assert not set(STOPPING) & blocked()


def test_threads_of_the_pool_take_none() -> None:
    """As the service makes them."""
    with ThreadPoolExecutor(1, initializer=take_no_signals) as pool:
        assert set(STOPPING) <= pool.submit(blocked).result()
    assert not set(STOPPING) & blocked()
    assert threading.current_thread() is threading.main_thread()
