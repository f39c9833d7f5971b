"""Is a question ours? Weighs what speaks for an answer being right against signs that the question is about something else."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.model.book import Book
from bot.words.lesson import Learning
from bot.words.plain import stem, words
from bot.words.spotting import Spotter

TEXTS_AT_ONCE = 500
"""After so many texts learning pauses."""
MOST_FOREIGN = 3
LEAST_SEEN = 0.0002
MOST_ODDS = 2.0


class Signals(NamedTuple):
    """What is known of a question once the topics have their votes."""

    best: float
    """The votes of the best topic."""
    second: float
    """The votes of the best topic that is neither it, its parent nor its child."""
    theme: float
    """The votes of the best theme that is not ours."""
    unseen: int
    """Words that say something and were never seen."""
    foreign: int
    """Words that only questions about other things use."""
    ours: int
    """Words that our phrasings use."""
    odds: float
    """How much more the words stand in our phrasings than in questions about other things."""
    empty: bool
    """No word says anything by itself."""
    short: float
    """1 / (words + 1)."""


# One weight for each signal, in their order: learned by logistic regression from questions that were left out when the topics
# were learned. `benchmarks/scope.py` fits new ones.
_BIAS = -1.0
_WEIGHTS = (7.39, -2.44, -3.80, -0.52, -1.14, 0.06, 0.51, 0.51, -2.19)


def trust(signals: Signals) -> float:
    """How likely the best topic is the right answer, from 0 to 1."""
    weighed = _BIAS + sum(weight * float(value) for weight, value in zip(_WEIGHTS, signals, strict=True))
    return 1 / (1 + math.exp(-weighed))


class Seen(NamedTuple):
    """How many texts each stem was seen in: in questions that are ours, in others, and in answers that people type."""

    ours: Mapping[str, int]
    elsewhere: Mapping[str, int]
    sayings: Mapping[str, int]

    @classmethod
    def learning(cls, book: Book) -> "Learning[Seen]":
        """Counted in the texts of a book, piece by piece."""
        ours = yield from _spread(text for topic in book.topics for text in (topic.title, *topic.all_asked))
        ours.update(stem(word) for topic in book.topics for phrase in topic.words for word in words(phrase))
        others = yield from _spread(text for theme in book.not_ours for text in theme.asked)
        typed = yield from _spread(text for one in book.sayings.values() for texts in one.sentences.values() for text in texts)
        return cls(ours, others, typed)


class Scope:
    """Knows which words our questions use, and which only other questions use."""

    __slots__ = ("_elsewhere", "_everyday", "_foreign", "_ours", "_sayings", "_shares", "seen")

    def __init__(self, book: Book, seen: Seen) -> None:
        """`seen` is what was counted in this book."""
        self.seen = seen
        self._ours, self._elsewhere, self._sayings = self.seen
        self._shares = (sum(1 + len(topic.all_asked) for topic in book.topics) or 1, sum(len(theme.asked) for theme in book.not_ours) or 1)
        self._everyday = frozenset(stem(word) for text in book.words.everyday for word in words(text))
        listed = ((phrase, words(phrase)) for theme in book.not_ours for phrase in theme.words)
        # A single word that our own phrasings use as well is no sign.
        self._foreign = Spotter((phrase, "!") for phrase, its in listed if len(its) > 1 or not self._is_ours(its))

    def _is_ours(self, its: Sequence[str]) -> bool:
        return all(stem(word) in self._ours or stem(word) in self._everyday for word in its)

    def signals(self, stems: Sequence[str], best: float, second: float, theme: float) -> Signals:
        """The signals of a question with these stems (slips put right) and these votes."""
        telling = [one for one in dict.fromkeys(stems) if one not in self._everyday]
        foreign = len(self._foreign.spot(stems))
        if not foreign:
            foreign = sum(one in self._elsewhere and one not in self._ours and one not in self._sayings for one in telling)
        unseen = 0 if foreign else sum(not self.knows(one) for one in telling)
        return Signals(
            best=best,
            second=second,
            theme=theme,
            unseen=unseen,
            foreign=min(foreign, MOST_FOREIGN),
            ours=sum(one in self._ours for one in telling),
            odds=sum(map(self._odds, telling)) / (1 + len(telling)),
            empty=not telling,
            short=1 / (1 + len(stems)),
        )

    def knows(self, stemmed: str) -> bool:
        """True if the word was seen in some question or answer of people."""
        return stemmed in self._ours or stemmed in self._elsewhere or stemmed in self._sayings or stemmed in self._everyday

    def _odds(self, stemmed: str) -> float:
        ours, others = self._shares
        here, there = self._ours.get(stemmed, 0) / ours + LEAST_SEEN, self._elsewhere.get(stemmed, 0) / others + LEAST_SEEN
        return max(-MOST_ODDS, min(MOST_ODDS, math.log(here / there)))


def _spread(texts: Iterable[str]) -> Learning[Counter[str]]:
    """How many of the texts each stem is in."""
    found: Counter[str] = Counter()
    for number, text in enumerate(texts):
        found.update({stem(word) for word in words(text)})
        if number % TEXTS_AT_ONCE == 0:
            yield
    return found
