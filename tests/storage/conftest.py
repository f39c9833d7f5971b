"""Each kind of store, empty. A test that takes `post` runs once over each: they keep one contract."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.memory import MemoryStore
from bot.storage.sqlite import SqliteStore
from bot.turn.failpoint import disarm
from bot.turn.post import Post

MAKERS: dict[str, Callable[[Path], Post]] = {
    "memory": lambda _: MemoryStore(),
    "sqlite": lambda folder: SqliteStore(folder / "bot.db", durable=False),
}


@pytest_asyncio.fixture(params=MAKERS, loop_scope="function")
async def post(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Post]:
    """A store of this kind."""
    made = MAKERS[request.param](tmp_path)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="function")
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A store in a file."""
    made = SqliteStore(tmp_path / "bot.db", durable=False)
    yield made
    await made.close()


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    """No place that a test armed stays armed."""
    yield
    disarm()
