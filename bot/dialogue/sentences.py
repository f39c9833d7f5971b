"""Reads which option a typed sentence describes, by its likeness to example sentences; when in doubt it says so.

A wrong understanding is far worse than asking again, so an option is taken only where it leads clearly.
"""

from collections.abc import Iterator, Sequence

from bot.dialogue.understood import Understood
from bot.model.book import Words
from bot.model.dialogue import Option, Sayings
from bot.words.likeness import Likeness, Ranked
from bot.words.phrases import PhraseBook
from bot.words.plain import is_word, parts, stem, words

OTHER = "?"
"""The group of sentences that mean no option clearly."""
CLEAR_SHARE = 0.6
CLEAR_LEAD = 0.3
MAYBE_SHARE = 0.15
NEGATED_WORDS = 3
_PIECE = 4
_ENDS_NOT = ("but", "just", "only")


class SentenceReader:
    """Reads sentences about the options of one question."""

    __slots__ = ("_cues", "_exact", "_likeness", "_order")

    def __init__(self, options: Sequence[Option], sayings: Sayings | None, common: Words) -> None:
        self._order = [option.id for option in options]
        self._cues = PhraseBook((phrase, cue) for cue in ("not", "used_to", "now") for phrase in common.groups.get(cue, ()))
        examples: dict[str, list[str]] = {}
        for option in options:
            mine = list(sayings.sentences.get(option.id, ())) if sayings else []
            examples[option.id] = [*mine, option.label, *([option.help] if option.help else []), *option.words]
        if sayings and sayings.other:
            examples[OTHER] = list(sayings.other)
        self._exact = {" ".join(words(text)): option for option, texts in examples.items() for text in texts}
        self._likeness = Likeness(examples, self._features)

    def read(self, text: str) -> Understood:
        """The option the sentence describes, or the likeliest ones."""
        exact = self._exact.get(" ".join(words(text)))
        if exact and exact != OTHER:
            return Understood((exact,), clear=True)
        ranked = self._likeness.rank(self.today(text))
        options = [one for one in ranked if one.group != OTHER]
        maybe = tuple(one.group for one in options[:3] if one.share >= MAYBE_SHARE)
        if self._is_clear(ranked):
            return Understood((ranked[0].group,), clear=True)
        return Understood(maybe=tuple(sorted(maybe, key=self._order.index)))

    def _is_clear(self, ranked: Sequence[Ranked]) -> bool:
        if not ranked or ranked[0].group == OTHER:
            return False
        lead = ranked[0].share - (ranked[1].share if len(ranked) > 1 else 0.0)
        return ranked[0].share >= CLEAR_SHARE and lead >= CLEAR_LEAD

    def today(self, text: str) -> str:
        """The part of a text that is about today: "we used to just chat, now we run the club" is about the club."""
        tokens = parts(text)
        cues = {hit.start: hit for hit in self._cues.find(tokens)}
        past = [hit.start for hit in cues.values() if "used_to" in hit.values]
        now = [hit.end for hit in cues.values() if "now" in hit.values]
        if not past or not now:
            return text
        left = tokens[now[-1] :] if now[-1] > past[0] else tokens[: past[0]]
        return " ".join(left) or text

    def _features(self, text: str) -> list[str]:
        """Stems, pairs of neighbours and pieces of words; what is said not to be so ("not a contract") counts as its opposite."""
        marked = list(self._marked(text))
        stemmed = [("!" if negated else "") + stem(word) for word, negated in marked]
        pairs = [f"{one} {other}" for one, other in zip(["<", *stemmed], [*stemmed, ">"], strict=True)]
        pieces = [
            f"#{word[at : at + _PIECE]}"
            for word, negated in marked
            if len(word) > _PIECE and not negated
            for at in range(len(word) - _PIECE + 1)
        ]
        return stemmed + pairs + pieces

    def _marked(self, text: str) -> Iterator[tuple[str, bool]]:
        """The words, each with whether it stands right behind a "not"."""
        tokens = parts(text)
        starts = {hit.start for hit in self._cues.find(tokens) if "not" in hit.values}
        left = 0
        for at, token in enumerate(tokens):
            if not is_word(token) or token in _ENDS_NOT:
                left = 0
            if is_word(token):
                yield token, left > 0
            left = NEGATED_WORDS if at in starts else max(0, left - 1)
