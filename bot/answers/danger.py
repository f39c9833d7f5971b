"""Is somebody in danger? Looks for the signs a coordinator listed, and compares with examples of danger and of harmless talk."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from bot.model.book import Book
from bot.words.plain import plain, stem, words
from bot.words.spotting import Spotter
from bot.words.typos import Speller
from bot.words.weighing import Weigher

SAFEGUARDING = "safeguarding"
"""The topic that tells whom to turn to with a worry."""
ENOUGH = 0.4
"""A text that is this much like the examples of danger raises the alarm."""
ENOUGH_WITH_A_SIGN = 0.15
"""With a sign of danger in it, a text raises the alarm unless it is clearly like the harmless ones."""
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


class Danger:
    """Knows the signs of danger of one book, and examples of dangerous and of harmless messages."""

    __slots__ = ("_book", "_grave", "_harmless", "_signs", "_speller", "_spotter", "_weigher")

    def __init__(self, book: Book) -> None:
        safeguarding = book.safeguarding
        self._book = book
        self._signs = _joined(safeguarding.signs)
        self._harmless = _joined(safeguarding.harmless)
        groups = {**safeguarding.grave_words, **safeguarding.other_words}
        self._spotter = Spotter((word, f"={name}") for name, listed in groups.items() for word in listed)
        self._grave = frozenset(f"={name}" for name in safeguarding.grave_words)
        self._speller: Speller | None = None
        self._weigher: Weigher | None = None

    def in_text(self, text: str) -> bool:
        """True if the text is like messages that mean danger. A sign makes that easier; without a sign or a grave word it is none."""
        joined = " ".join(words(text))
        bare = self._harmless.sub(" … ", joined) if self._harmless is not None else joined
        if self._signs is not None and self._signs.search(bare):
            return not self._book.safeguarding.danger_examples or self.share(text, signed=True) >= ENOUGH_WITH_A_SIGN
        return self.share(text) >= ENOUGH

    def share(self, text: str, signed: bool = False) -> float:
        """How much more the text is like the dangerous examples than like the harmless ones, from 0 to 1."""
        if not self._book.safeguarding.danger_examples:
            return 0.0
        if self._weigher is None:
            self._weigher = self._learned()
        found = self._features(self._stems(words(text)))
        return self._weigher.share(found) if signed or self._is_grave(found) else 0.0

    def _is_grave(self, found: Sequence[str]) -> bool:
        return not self._grave or not self._grave.isdisjoint(found)

    def _stems(self, given: Sequence[str]) -> list[str]:
        return [stem(self._speller.meant(word) if self._speller is not None else word) for word in given]

    def _features(self, stems: Sequence[str]) -> list[str]:
        """Stems, neighbours, the groups whose words are there, and every two groups together."""
        groups = sorted({value for values in self._spotter.spot(stems) for value in values})
        neighbours = [f"{one} {other}" for one, other in pairwise(["<", *stems, ">"])]
        together = [f"{one} {other}" for one, other in combinations(groups, 2)]
        return list(dict.fromkeys([*stems, *neighbours, *groups, *together]))

    def _learned(self) -> Weigher:
        """When somebody first types: a chat should start at once."""
        book = self._book
        safeguarding = book.safeguarding
        # What people usually type is harmless: questions, ours or not, and the sayings for answers.
        usual = [text for topic in book.topics if topic.id != SAFEGUARDING for text in topic.asked]
        usual += [text for theme in book.not_ours for text in theme.asked]
        usual += [text for sayings in book.sayings.values() for texts in sayings.sentences.values() for text in texts]
        dangerous, harmless, common = (
            [words(text) for text in texts] for texts in (safeguarding.danger_examples, safeguarding.harmless_examples, usual)
        )
        groups = {**safeguarding.grave_words, **safeguarding.other_words}
        known = [word for listed in (*groups.values(), book.words.everyday) for phrase in listed for word in words(phrase)]
        self._speller = Speller([*known, *(word for given in (*dangerous, *harmless, *common) for word in given)])
        against = [self._features([stem(word) for word in given]) for given in harmless]
        against += [found for given in common if self._is_grave(found := self._features([stem(word) for word in given]))]
        return Weigher([self._features([stem(word) for word in given]) for given in dangerous], against)
