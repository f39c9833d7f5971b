"""Judges a book without running it. One file, one question; each yields findings.

Law: imports `bot.model` and `bot.dialogue`. A check never changes a book and reads no file; the finding's line is added
by whoever has the texts.
"""

from collections.abc import Iterator

from bot.checks import calls, circles, contacts, guide, later, phrases, renames, repeats, sizes, unreached
from bot.model.book import Book
from bot.model.finding import Finding

_ALL = (unreached, circles, calls, later, repeats, phrases, sizes, guide, renames, contacts)


def check(book: Book) -> Iterator[Finding]:
    """Everything the checks find in a book."""
    for one in _ALL:
        yield from one.find(book)
