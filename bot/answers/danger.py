"""Is somebody in danger? Looks for the signs a coordinator listed, after taking out harmless talk about the work."""

import re
from collections.abc import Sequence

from bot.model.book import Book
from bot.words.likeness import Likeness
from bot.words.plain import plain, words

SAFEGUARDING = "safeguarding"
"""The topic that tells whom to turn to with a worry."""
DANGER, HARMLESS = "danger", "harmless"
DANGER_SHARE = 0.8
FEWEST_BLANKS = 2
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

    __slots__ = ("_examples", "_harmless", "_likeness", "_signs")

    def __init__(self, book: Book) -> None:
        safeguarding = book.safeguarding
        self._signs = _joined(safeguarding.signs)
        self._harmless = _joined(safeguarding.harmless)
        # What people usually type is harmless: the phrasings of quick questions and the sayings for answers.
        usual = [text for topic in book.topics if topic.id != SAFEGUARDING for text in topic.asked]
        usual += [text for sayings in book.sayings.values() for texts in sayings.sentences.values() for text in texts]
        harmless = (*safeguarding.harmless_examples, *usual) if safeguarding.harmless_examples else ()
        self._examples = {DANGER: safeguarding.danger_examples, HARMLESS: harmless}
        self._likeness: Likeness | None = None

    def in_text(self, text: str) -> bool:
        """True if the text has a sign of danger that is not part of harmless talk, or is most like messages that mean danger."""
        joined = " ".join(words(text))
        bare = self._harmless.sub(" … ", joined) if self._harmless is not None else joined
        if self._signs is not None and self._signs.search(bare):
            return True
        return joined.count(" ") >= FEWEST_BLANKS and self.share(joined) >= DANGER_SHARE

    def share(self, text: str) -> float:
        """How much more the text is like the dangerous examples than like the harmless ones, from 0 to 1; 0 if it is like neither."""
        if not all(self._examples.values()):
            return 0.0
        if self._likeness is None:
            self._likeness = Likeness(self._examples)
        return next((one.share for one in self._likeness.rank(text) if one.group == DANGER), 0.0)
