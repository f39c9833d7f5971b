"""What commands share: ending early, the settings, the dialogues in use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TextIO

from bot.app import Opened, learn_once, open_chosen, open_folder
from bot.model.book import Book
from bot.settings import Settings, WrongSettings, read_settings

SOON = 1.0
"""Seconds after which somebody who waits is told why."""


class Leave(Exception):
    """A command ends early: with this on stderr, and this exit status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@contextmanager
def patience_asked(text: str, stream: TextIO) -> Iterator[None]:
    """Says so if something takes long, to a person who is watching."""
    if not stream.isatty():
        yield
        return
    word = Timer(SOON, lambda: print(text, file=stream, flush=True))
    word.start()
    try:
        yield
    finally:
        word.cancel()


def settings() -> Settings:
    """The settings; ends with status 2 if the environment is wrong."""
    try:
        return read_settings()
    except WrongSettings as wrong:
        raise Leave(f"Settings: {wrong}", 2) from None


def opened(folder: Path | None = None, with_tests: bool = True) -> Opened:
    """The folder named, or the one in use, loaded and checked. What is learned from it is kept for the next command."""
    learn_once()
    chosen = open_folder(folder, with_tests=with_tests) if folder is not None else open_chosen(settings(), with_tests)
    if chosen.why:
        print(f"Using {chosen.folder} ({chosen.why}).", file=sys.stderr)
    return chosen


def book_of(chosen: Opened) -> Book:
    """Its book; ends with status 1 and the findings if it has errors."""
    if chosen.book is None:
        from bot.workbench.showing import as_text, summary

        errors = as_text(one for one in chosen.findings if one.severity == "error")
        raise Leave(f"{errors}\n{summary(chosen.findings, str(chosen.folder))}", 1)
    return chosen.book
