"""What a quick question is compared by: its words, and what they stand for."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.model.book import Book
from bot.words.lesson import Learning
from bot.words.plain import stem, words
from bot.words.spotting import Spotter
from bot.words.typos import Speller

ASKING, SUBJECT, PARTNER = "=", "~", "@"
ANY_PARTNER = "@"
MOST_PAIRS = 40
TEXTS_AT_ONCE = 800
"""After so many texts learning pauses."""


class Traits:
    """Knows the words of one book, and what they stand for in a question: a way of asking, a subject, a kind of partner."""

    __slots__ = ("_asking", "_speller", "_subjects", "known")

    def __init__(self, book: Book, known: Iterable[str]) -> None:
        """`known` are all words of the book."""
        asking = [(word, f"{ASKING}{name}") for name, listed in book.words.asking.items() for word in listed]
        subjects = [(word, f"{SUBJECT}{topic.id}") for topic in book.topics for word in topic.words]
        partners = [
            (word, f"{PARTNER}{option}") for one in book.sayings.values() for option, listed in one.words.items() for word in listed
        ]
        self._asking, self._subjects = Spotter(asking), Spotter([*subjects, *partners])
        self.known = frozenset(known)
        self._speller = Speller(self.known)

    def stems(self, text: str) -> list[str]:
        """The stems of a text, after putting slips right."""
        return [stem(self._speller.meant(word)) for word in words(text)]

    def of(self, stems: Sequence[str]) -> list[str]:
        """Stems, neighbours, what the words stand for, and each way of asking together with each subject."""
        neighbours = [f"{one} {other}" for one, other in pairwise(["<", *stems, ">"])]
        asking = sorted({value for values in self._asking.spot(stems) for value in values})
        subjects = sorted({value for values in self._subjects.spot(stems) for value in values})
        about = [*subjects, ANY_PARTNER] if any(one.startswith(PARTNER) for one in subjects) else subjects
        pairs = [f"{one} {other}" for one in asking for other in about] if len(asking) * len(about) < MOST_PAIRS else []
        return list(dict.fromkeys([*stems, *neighbours, *asking, *about, *pairs]))


def gathered(book: Book) -> Learning[set[str]]:
    """All words of the book that a word with a slip may have been meant for, piece by piece."""
    texts = [text for topic in book.topics for text in (topic.title, *topic.all_asked, *topic.words)]
    texts += [text for theme in book.not_ours for text in (*theme.asked, *theme.words)]
    texts += [phrase for listed in book.words.asking.values() for phrase in listed]
    texts += [phrase for one in book.sayings.values() for listed in one.words.values() for phrase in listed]
    known: set[str] = set()
    for number, text in enumerate((*texts, *book.words.everyday)):
        known.update(words(text))
        if number % TEXTS_AT_ONCE == 0:
            yield
    return known
