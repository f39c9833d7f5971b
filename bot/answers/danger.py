"""Is somebody in danger? Looks for the signs a coordinator listed, and compares with examples of danger and of harmless talk."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from bot.model.book import Book
from bot.model.memory import NO_MEMORY, Memory
from bot.words.lesson import Learning, Lesson, content
from bot.words.plain import plain, stem, words
from bot.words.spotting import Spotter
from bot.words.typos import Speller
from bot.words.weighing import Weigher

SAFEGUARDING = "safeguarding"
"""The topic that tells whom to turn to with a worry."""
ENOUGH = 0.35
"""A text that is this much like the examples of danger raises the alarm."""
ENOUGH_WITH_A_SIGN = 0.15
"""With a sign of danger in it, a text raises the alarm unless it is clearly like the harmless ones."""
LONG, PART = 60, 40
"""A text with more words than this is looked at in parts of so many words, which overlap by half."""
TEXTS_AT_ONCE = 200
"""After so many texts learning pauses."""
_GAP = r"(?: \S+){0,4}? "


def pattern_of(sign: str) -> str:
    """A sign as a regular expression: `|` between alternatives, `…` for up to four words between, `*` for any ending.

    Everything else is taken literally; the author writes no regular expressions.
    """
    pieces = []
    for piece in sign.split("…"):
        choices = ["|".join(_literal(choice) for choice in word.split("|")) for word in plain(piece).split()]
        pieces.append(" ".join(f"(?:{choice})" for choice in choices))
    return r"\b" + _GAP.join(pieces) + r"\b"


def _literal(word: str) -> str:
    kept = "".join(letter for letter in word if letter.isalnum() or letter in "_*")
    return re.escape(kept.replace("_", " ")).replace(r"\*", r"\w*")


def _joined(signs: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(pattern_of(sign) for sign in signs)) if signs else None


class _Learned(NamedTuple):
    """What is learned from the examples of danger and of harmless talk."""

    speller: Speller
    weigher: Weigher

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"known": " ".join(sorted(self.speller.known)), "weigher": self.weigher.to_plain()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "_Learned":
        """Back from `to_plain`."""
        return cls(Speller(plain["known"].split(" ")), Weigher.from_plain(plain["weigher"]))


def _usual(book: Book) -> list[str]:
    """What people usually type is harmless: questions, ours or not, and the sayings for answers.

    Of the ways to ask only those beside the answers: with thousands more, danger is seen less often (92 % become 84 %).
    """
    usual = [text for topic in book.topics if topic.id != SAFEGUARDING for text in topic.asked]
    usual += [text for theme in book.not_ours for text in theme.asked]
    return usual + [text for sayings in book.sayings.values() for texts in sayings.sentences.values() for text in texts]


def _name(book: Book) -> str:
    mine = book.safeguarding
    examples = mine.danger_examples, mine.harmless_examples
    return f"danger-{content(mine.grave_words, mine.other_words, examples, book.words.everyday, _usual(book))}"


class Danger:
    """Knows the signs of danger of one book, and examples of dangerous and of harmless messages."""

    __slots__ = ("_book", "_harmless", "_lesson", "_signs", "_spotter")

    def __init__(self, book: Book, memory: Memory = NO_MEMORY) -> None:
        safeguarding = book.safeguarding
        self._book = book
        self._signs = _joined(safeguarding.signs)
        self._harmless = _joined(safeguarding.harmless)
        groups = {**safeguarding.grave_words, **safeguarding.other_words}
        self._spotter = Spotter((word, f"={name}") for name, listed in groups.items() for word in listed)
        name, load = partial(_name, book), _Learned.from_plain
        self._lesson = Lesson(name, self._learned, _Learned.to_plain, load, memory.recall, memory.remember)

    def learning(self) -> Iterator[None]:
        """Learns piece by piece, so that nobody has to wait when they first type."""
        return self._lesson.steps() if self._book.safeguarding.danger_examples else iter(())

    @property
    def recalled(self) -> bool:
        """True if it was learned before, by this or another process."""
        return self._lesson.recalled

    def in_text(self, text: str) -> bool:
        """True if the text is like messages that mean danger, or, if it is long, any part of it. A sign makes that easier."""
        said = words(text)
        if len(said) <= LONG:
            return self._in_part(said)
        return any(self._in_part(said[at : at + PART]) for at in range(0, len(said) - PART // 2, PART // 2))

    def _in_part(self, said: Sequence[str]) -> bool:
        joined = " ".join(said)
        bare = self._harmless.sub(" … ", joined) if self._harmless is not None else joined
        signed = self._signs is not None and self._signs.search(bare) is not None
        if not self._book.safeguarding.danger_examples or len(set(said)) < 2:
            return signed  # one word again and again says nothing by its neighbours
        return self._share(said) >= (ENOUGH_WITH_A_SIGN if signed else ENOUGH)

    def share(self, text: str) -> float:
        """How much more the text is like the dangerous examples than like the harmless ones, from 0 to 1."""
        return self._share(words(text)) if self._book.safeguarding.danger_examples else 0.0

    def _share(self, said: Sequence[str]) -> float:
        speller, weigher = self._lesson.get()
        stems = [stem(speller.meant(word)) for word in said]
        return weigher.share(self._features(stems), sum(not weigher.knows(one) for one in set(stems)))

    def _features(self, stems: Sequence[str]) -> list[str]:
        """Stems, neighbours, the groups whose words are there, every two groups together, and which comes right after which."""
        in_order = [value for values in self._spotter.spot(stems) for value in values]
        groups = sorted(set(in_order))
        neighbours = [f"{one} {other}" for one, other in pairwise(["<", *stems, ">"])]
        together = [f"{one} {other}" for one, other in combinations(groups, 2)]
        after = [f">{one} {other}" for one, other in pairwise(in_order) if one != other]
        return list(dict.fromkeys([*stems, *neighbours, *groups, *together, *after]))

    def _learned(self) -> Learning[_Learned]:
        book = self._book
        safeguarding = book.safeguarding
        dangerous, harmless, common = (
            [words(text) for text in texts] for texts in (safeguarding.danger_examples, safeguarding.harmless_examples, _usual(book))
        )
        yield
        groups = {**safeguarding.grave_words, **safeguarding.other_words}
        known = [word for listed in (*groups.values(), book.words.everyday) for phrase in listed for word in words(phrase)]
        speller = Speller([*known, *(word for given in (*dangerous, *harmless, *common) for word in given)])
        yield
        seen: list[list[str]] = []
        for number, given in enumerate((*dangerous, *harmless, *common)):
            seen.append(self._features([stem(word) for word in given]))
            if number % TEXTS_AT_ONCE == 0:
                yield
        weigher = yield from Weigher.learning(seen[: len(dangerous)], seen[len(dangerous) :])
        return _Learned(speller, weigher)
