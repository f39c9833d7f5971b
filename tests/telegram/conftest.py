"""What the tests of this room share."""

import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.logs import LIBRARIES


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names no proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Where the log lines go; afterwards, logging is as it was."""
    root = logging.getLogger()
    before = root.handlers, root.level, sys.excepthook, sys.unraisablehook, threading.excepthook
    root.handlers = []
    yield io.StringIO()
    root.handlers, level, sys.excepthook, sys.unraisablehook, threading.excepthook = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)
