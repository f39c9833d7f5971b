"""What the plays share: a mind, an empty database, a folder that is fast, and no waiting between tries."""

import asyncio
import gc
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.model.book import Book
from bot.storage.sqlite import SqliteStore
from bot.telegram import patience, sender
from bot.turn.failpoint import disarm
from tests.crash.scenes import PlayedMind, light
from tests.crash.schedules import Stagehand

MEMORY = Path("/dev/shm")  # noqa: S108  # it is only looked for


@pytest.fixture(scope="session")
def played(shipped: Book) -> PlayedMind:
    """A mind for plays."""
    made = PlayedMind(light(shipped))
    made.learn()
    return made


@pytest.fixture(scope="session")
def stagehand(played: PlayedMind) -> Iterator[Stagehand]:
    """Sets up plays in a folder that is in memory where there is one."""
    with tempfile.TemporaryDirectory(prefix="plays", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        template = Path(folder) / "empty.db"
        asyncio.run(SqliteStore(template, durable=False).close())
        yield Stagehand(played, template, Path(folder))


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits between tries, nothing is logged, and no place stays armed."""
    monkeypatch.setattr(patience, "LONGEST_WAIT", 0.0)
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    disarm()
