"""What the tests share: the shipped book, loaded once."""

import os
from pathlib import Path

import pytest

from bot.app import learn_once, open_folder
from bot.model.book import Book
from bot.turn.mind import Mind

SHIPPED = Path(__file__).parent.parent / "dialogues"

learn_once()  # all workers and all commands they start share what is learned


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a clock or a socket, and another can work meanwhile."""
    return 1 + len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


@pytest.fixture(scope="session")
def shipped() -> Book:
    """The shipped dialogues."""
    book = open_folder(SHIPPED).book
    assert book is not None
    return book


@pytest.fixture(scope="session")
def mind(shipped: Book) -> Mind:
    """The shipped book, ready to talk."""
    return Mind(shipped)
