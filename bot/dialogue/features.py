"""What typed sentences are compared by: stems, pairs of neighbours, the parts that words play, and the form of the text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.dialogue.signs import SignReader, Signs
from bot.dialogue.vocabulary import Vocabulary
from bot.words.durations import days_in
from bot.words.plain import is_word, parts, stem, words

if TYPE_CHECKING:
    from bot.words.typos import Speller

NEGATED_WORDS = 3
ENDS_NOT = ("but", "just", "only")
_CUTS = ("and", "but", "plus", "also")


def items_of(text: str) -> list[list[str]]:
    """The items of a text that is a list: "litter, lighting and parking" has three."""
    found: list[list[str]] = [[]]
    for part in parts(text):
        if part in _CUTS or not is_word(part):
            found.append([])
        else:
            found[-1].append(part)
    return [one for one in found if one]


class Features:
    """Takes sentences apart for one question."""

    __slots__ = ("_signs", "_speller", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary, signs: SignReader | None) -> None:
        self._vocabulary = vocabulary
        self._signs = signs
        self._speller: Speller | None = None

    def mend_slips(self, known: Iterable[str]) -> None:
        """From now on, slips of known words are mended; the examples themselves are taken as they stand."""
        from bot.words.typos import Speller  # only when somebody types: a chat should start at once

        self._speller = Speller(frozenset(known) | self._vocabulary.known)

    def unmended(self, text: str) -> list[str]:
        """An example, taken as it stands."""
        return self._of(text, list(self._marked(text)))

    def of(self, text: str) -> list[str]:
        """Stems and pairs of neighbours, and the parts they play; what is said not to be so ("not a contract") counts as its opposite."""
        mended = [(self._speller.meant(word) if self._speller else word, negated) for word, negated in self._marked(text)]
        return self._of(text, mended)

    def _of(self, text: str, marked: list[tuple[str, bool]]) -> list[str]:
        stemmed = [("!" if negated else "") + stem(word) for word, negated in marked]
        found = stemmed + [f"{one} {other}" for one, other in pairwise(["<", *stemmed, ">"])] + self._parts_played(marked)
        return found + self._form(text)

    def _form(self, text: str) -> list[str]:
        """What is seen without knowing the words: the signs, numbers, and a short list of things."""
        signs = self._signs.find(text) if self._signs else Signs()
        found = [f"#{option}" for option in (*signs.said, *signs.answered)] + [f"!#{option}" for option in signs.denied]
        if any(word.isdigit() for word in words(text)):
            found.append("=number")
        items = [len(one) for one in items_of(text)]
        return [*found, f"=list {min(len(items), 4)}"] if len(items) > 1 and max(items) <= 3 else found

    def _parts_played(self, marked: list[tuple[str, bool]]) -> list[str]:
        """The groups of words that are alike (a fair and a carnival are both events), and which of them meet in one sentence."""
        hits = self._vocabulary.alike.find([word for word, _ in marked])
        played = {("!=" if marked[hit.start][1] else "=") + name for hit in hits for name in hit.values}
        played |= {f"={_how_long(days)}" for days in days_in([word for word, _ in marked])}
        several = Counter(name for hit in hits for name in hit.values)
        counted = [f"={name} {min(count, 3)}" for name, count in several.items() if count > 1]
        ordered = sorted(played)
        return ordered + counted + [f"{one}&{other}" for at, one in enumerate(ordered) for other in ordered[at + 1 :]]

    def _marked(self, text: str) -> Iterator[tuple[str, bool]]:
        """The words, each with whether it stands right behind a "not"."""
        tokens = parts(text)
        starts = {hit.start for hit in self._vocabulary.cues.find(tokens) if "not" in hit.values}
        left = 0
        for at, token in enumerate(tokens):
            if not is_word(token) or token in ENDS_NOT:
                left = 0
            if is_word(token):
                yield token, left > 0
            left = NEGATED_WORDS if at in starts else max(0, left - 1)


def _how_long(days: float) -> str:
    """A length of time as one of four parts that it can play in a sentence."""
    return "days" if days <= 21 else "months" if days < 365 else "a_year" if days == 365 else "years"
