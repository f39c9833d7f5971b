"""Small typing slips: which known word was meant. The only file that imports rapidfuzz."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_REMEMBERED = 20_000
SHORT = 7
LONG_ENOUGH = 6
LONGEST = 24
"""Nobody means a word with a longer one."""
_VOWELS = set("aeiouy")
_SOUND_ALIKE = (set("csk"), set("iey"), set("uo"), set("ae"))


def _allowed(length: int) -> int:
    """How many slips a word of this length may have: a short word with a slip is as likely another word."""
    return 0 if length < 5 else 1 if length < 8 else 2


class Speller:
    """Knows words, and finds the one a slip was meant to be."""

    __slots__ = ("_by_first", "_careful", "_memo", "known")

    def __init__(self, known: Iterable[str], careful: bool = False) -> None:
        """A `careful` one takes no short word for another with one letter changed: ships are no shops."""
        self._careful = careful
        self.known = frozenset(known)
        self._by_first: dict[str, list[str]] = {}
        self._memo: dict[str, str] = {}

    def meant(self, word: str) -> str:
        """The known word that was meant; the word itself if it is known, or if nothing is near.

        The first letter must be right, and a known word must be clearly nearest: people rarely miss the first letter,
        and a wrong guess is worse than none.
        """
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) > _REMEMBERED:
                self._memo.clear()
            found = self._memo[word] = self._nearest(word)
        return found

    def _nearest(self, word: str) -> str:
        slips = _allowed(len(word))
        if word in self.known or not slips or len(word) > LONGEST or not word.isalpha():
            return word
        rivals = self._beginning_with(word[0])
        near = process.extract(word, rivals, scorer=OSA.distance, score_cutoff=slips, limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1] and near[0][1] > 1):
            return word
        found = near[0][0]
        return word if self._careful and len(word) < SHORT and _another_word(word, found) else found

    def _beginning_with(self, letter: str) -> list[str]:
        """The known words with this first letter that a slip may be meant for, in order."""
        if not self._by_first:
            for word in sorted(self.known):
                if len(word) >= 4:
                    self._by_first.setdefault(word[0], []).append(word)
        return self._by_first.get(letter, [])


def _another_word(one: str, other: str) -> bool:
    """True if a letter was changed for one that sounds different: "polise" is a slip of police, "stone" is none of store."""
    sounds = _SOUND_ALIKE if len(one) < LONG_ENOUGH else (*_SOUND_ALIKE, _VOWELS)
    swapped = [{mine, theirs} for mine, theirs in zip(one, other, strict=False) if mine != theirs]
    return len(one) == len(other) and sorted(one) != sorted(other) and not any(pair <= alike for pair in swapped for alike in sounds)


def slips_between(one: str, other: str, most: int) -> int:
    """How many slips (a letter added, lost, changed, or two swapped) lie between two texts; most + 1 if there are more."""
    return int(OSA.distance(one, other, score_cutoff=most))
