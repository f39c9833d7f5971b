"""Judges a book without running it. One file, one question; each yields findings.

Law: imports `bot.model` and `bot.dialogue`. A check never changes a book and reads no file; the finding's line is added
by whoever has the texts.
"""

from collections.abc import Iterator

from bot.checks import calls, circles, contacts, guide, later, phrases, renames, repeats, sizes, topics, unreached
from bot.model.book import Book
from bot.model.finding import Finding

_ALL = (unreached, calls, later, repeats, topics, phrases, sizes, guide, renames, contacts)


def check(book: Book) -> Iterator[Finding]:
    """Everything the checks find in a book."""
    round_and_round = list(circles.find(book))
    yield from round_and_round
    for one in _ALL:
        # Behind a circle nothing is reached: that would only be a consequence.
        if not (round_and_round and one in (unreached, later)):
            yield from one.find(book)
