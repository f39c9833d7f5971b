"""Reads which option a typed sentence describes, by its likeness to example sentences; when in doubt it says so.

A wrong understanding is far worse than asking again, so an option is taken only where it leads clearly.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.dialogue.examples import OTHER, Sentences, examples_of
from bot.dialogue.features import ENDS_NOT, Features, items_of
from bot.dialogue.signs import SignReader, Signs
from bot.dialogue.understood import NOT_UNDERSTOOD, Understood
from bot.dialogue.vocabulary import Vocabulary
from bot.model.dialogue import Option, Sayings
from bot.model.memory import NO_MEMORY, Memory
from bot.words.lesson import Lesson, content
from bot.words.likeness import Ranked
from bot.words.plain import is_word, opened, parts, words

CLEAR_SHARE = 0.58
CLEAR_LEAD = 0.3
OTHER_LEAD = 0.15
MAYBE_SHARE = 0.15
OVERRULES = 0.85
"""A sentence this likely counts more than the yes or no it begins with."""
CERTAIN = 0.97
TURNED = 0.5
"""A yes before a "but" counts only if nothing else is as likely."""
ASKED_BACK = 7
CONTENT_SHARE = 0.4
KNOWN_PART = 0.34
"""So many of the words that say something must have been seen in examples."""
FEWEST_WORDS = 3


class SentenceReader:
    """Reads sentences about the options of one question."""

    __slots__ = ("_asking", "_cues", "_features", "_lesson", "_order", "_signs", "_small", "_together", "_unsure", "_yes_no")

    def __init__(
        self,
        options: Sequence[Option],
        sayings: Sayings | None,
        vocabulary: Vocabulary,
        signs: bool = True,
        memory: Memory = NO_MEMORY,
    ) -> None:
        """With `signs`, the words of an option mean it wherever they stand; without, they are only examples."""
        self._order = [option.id for option in options]
        self._cues = vocabulary.cues
        self._small = vocabulary.small
        self._asking = vocabulary.asks_back
        self._signs = SignReader(options, sayings, vocabulary) if signs else None
        self._together = sayings.together if sayings else {}
        self._yes_no = frozenset((sayings.yes_means, sayings.no_means)) if sayings else frozenset()
        self._unsure = {option.id for option in options if option.unsure}
        self._features = Features(vocabulary, self._signs)
        kept = memory if sayings and sayings.sentences else NO_MEMORY  # a few labels are learned in no time
        self._lesson = Lesson(
            lambda: f"sentences-{content(options, sayings or '', signs, vocabulary.content)}",
            partial(Sentences.learning, partial(examples_of, options, sayings, vocabulary), self._features),
            Sentences.to_plain,
            partial(Sentences.from_plain, self._features),
            kept.recall,
            kept.remember,
        )

    def learning(self) -> Iterator[None]:
        """Learns piece by piece, so that nobody has to wait when they first type."""
        return self._lesson.steps()

    def read(self, text: str, least: float = CLEAR_SHARE) -> Understood:
        """The option the sentence describes with at least this likelihood, or the likeliest ones."""
        text = opened(text)
        exact = self._lesson.get().exact.get(" ".join(words(text)))
        if exact:
            return Understood((exact,), clear=True) if exact != OTHER else NOT_UNDERSTOOD
        today = self.today(text) if not self._signs else self._now(text)
        ranked = self._rank(self._features.of(today))
        signs = self._signs.find(today) if self._signs else Signs()
        pointed, given = self._pointed(signs)
        best = self._best(ranked, today, least, signs)
        if self._asks_back(today) or (signs.nothing and not signs.answered):
            return self._maybe(ranked, pointed)
        if not pointed:
            return Understood((best,), clear=True) if best else self._maybe(ranked, ())
        if len(pointed) == 1 and self._agrees(given, ranked, signs):
            return Understood(pointed, clear=True)
        return Understood((best,), clear=True) if best and ranked[0].share >= OVERRULES else self._maybe(ranked, pointed)

    def _rank(self, found: Sequence[str]) -> list[Ranked]:
        return self._lesson.get().likeness.rank(found)

    def _asks_back(self, text: str) -> bool:
        """True for "which paper" and "the same as what": that is no answer."""
        said = words(text)
        begins = any(tuple(said[: len(one)]) == one for one in self._asking)
        return len(said) <= ASKED_BACK and (said[-1:] == ["what"] or begins)

    def _pointed(self, signs: Signs) -> tuple[tuple[str, ...], frozenset[str]]:
        """The options that the signs point to, and what was said for them.

        Not being sure outweighs the rest; two may mean a third together ("planned" and "grew" are a bit of both).
        """
        said = frozenset((*signs.said, *signs.answered))
        found = said & self._unsure or said
        for _ in said:
            merged = next((pair for pair in self._together if pair <= found and self._go_together(pair, signs)), None)
            if merged is None:
                break
            found = (found - merged) | {self._together[merged]}
        return tuple(sorted(found, key=self._order.index)), found | said

    def _go_together(self, pair: frozenset[str], signs: Signs) -> bool:
        """A plain yes and a plain no are "yes and no"; a word for yes beside a plain no is only unclear."""
        return pair != self._yes_no or pair <= set(signs.answered)

    def _agrees(self, given: frozenset[str], ranked: Sequence[Ranked], signs: Signs) -> bool:
        """True if nothing speaks strongly against what the signs point to."""
        rivals = [one for one in ranked if one.group not in given and not (signs.strong and one.group == OTHER)]
        weak = signs.turns and not signs.said
        return all(one.share < (TURNED if weak else CERTAIN if one.group == OTHER else OVERRULES) for one in rivals)

    def _best(self, ranked: Sequence[Ranked], text: str, least: float, signs: Signs) -> str:
        """The option that the sentence is clearly most like, or ""."""
        if not self._is_clear(ranked, least) or ranked[0].group in signs.denied:
            return ""
        return ranked[0].group if ranked[0].share >= CERTAIN or self._says_enough(text, ranked[0].group) else ""

    def _maybe(self, ranked: Sequence[Ranked], pointed: tuple[str, ...]) -> Understood:
        likely = {one.group for one in [one for one in ranked if one.group != OTHER][:3] if one.share >= MAYBE_SHARE}
        return Understood(maybe=tuple(sorted(likely | set(pointed), key=self._order.index)))

    def _says_enough(self, text: str, option: str) -> bool:
        """True if the text has enough in it to be understood: without its small words it still points to the same option."""
        found = [one for one in self._features.of(text) if not self._is_small(one)]
        plain = [one for one in found if " " not in one and one[0] not in "=!#"] + [
            one for one in found if one[:1] == "!" and one[1:2] not in "=#"
        ]
        known = sum(map(self._lesson.get().likeness.knows, plain))
        if not known or known < KNOWN_PART * len(plain):
            return False
        ranked = self._rank(found)
        return bool(ranked) and ranked[0].group == option and ranked[0].share >= CONTENT_SHARE

    def _is_small(self, feature: str) -> bool:
        """True for a small word, and for a pair of them."""
        return all(word in ("<", ">") or word.lstrip("!") in self._small for word in feature.split(" "))

    @staticmethod
    def _is_clear(ranked: Sequence[Ranked], least: float) -> bool:
        if not ranked or ranked[0].group == OTHER:
            return False
        second = ranked[1] if len(ranked) > 1 else Ranked(OTHER, 0.0)
        lead = ranked[0].share - second.share
        return ranked[0].share >= least and lead >= (CLEAR_LEAD if second.group != OTHER else OTHER_LEAD)

    def clauses(self, text: str) -> list[str]:
        """The parts of a text that may each say something of its own, cut at "and", "but", "plus", "also" and stops; [] if there is one."""
        found = items_of(self.today(text))
        # "Not just swapping news, we set actions": what is said not to be so is no answer.
        long_enough = [" ".join(one) for one in found if len(one) >= FEWEST_WORDS and not self._denies(one)]
        return long_enough if len(long_enough) > 1 else []

    def _after_denial(self, tokens: list[str]) -> list[str]:
        """What comes after a denial: "not a contract, just emails" is about emails."""
        if not self._denies(tokens):
            return tokens
        cuts = [at for at, token in enumerate(tokens) if token in ENDS_NOT or not is_word(token)]
        return tokens[cuts[0] + 1 :] if cuts and len(tokens) - cuts[0] > 1 else tokens

    def _denies(self, clause: list[str]) -> bool:
        return any("not" in hit.values for hit in self._cues.find(clause[:1]))

    def today(self, text: str) -> str:
        """The part of a text that is about today, without what is denied first: "not a contract, just emails" is about emails."""
        return self._now(" ".join(self._after_denial(parts(opened(text)))))

    def _now(self, text: str) -> str:
        """The part of a text that is about today: "we used to just chat, now we run the club" is about the club."""
        tokens = parts(text)
        cues = {hit.start: hit for hit in self._cues.find(tokens)}
        past = [hit.start for hit in cues.values() if "used_to" in hit.values]
        now = [hit.end for hit in cues.values() if "now" in hit.values]
        if not past or not now:
            return " ".join(tokens)
        left = tokens[now[-1] :] if now[-1] > past[0] else tokens[: past[0]]
        return " ".join(left or tokens)
