"""The words file, made ready once for all questions: words that play the same part, ways to say yes, no and not."""

from collections.abc import Iterable
from functools import cached_property

from bot.model.book import Words
from bot.model.dialogue import Sayings
from bot.words.lesson import content
from bot.words.phrases import PhraseBook
from bot.words.plain import opened, words


class Vocabulary:
    """The words of a book that every question shares, with their short forms opened up."""

    def __init__(self, common: Words, sayings: Iterable[Sayings] = ()) -> None:
        self._common = common
        self._said = [text for one in sayings for texts in (*one.sentences.values(), one.other) for text in texts]
        group = common.groups.get
        self.negations = [opened(phrase) for name in ("not", "no_one") for phrase in group(name, ())]
        self.cues = PhraseBook(
            [*((phrase, "not") for phrase in self.negations)]
            + [(opened(phrase), cue) for cue in ("used_to", "now") for phrase in group(cue, ())]
        )
        self.alike = PhraseBook((opened(phrase), name) for name, listed in common.alike.items() for phrase in listed)
        self.answers = PhraseBook((opened(phrase), cue) for cue in ("yes", "no") for phrase in group(cue, ()))
        self.after_no = self._words(group("after_no", ()))
        self.around_yes = self._words(group("around_yes", ()))
        self.asks_back = [tuple(words(opened(phrase))) for phrase in group("asks_back", ())]
        self.small = self._words(group("small", ()))
        self.beside_the_point = [opened(text) for text in group("beside_the_point", ())]
        self.known = self._words(phrase for listed in common.alike.values() for phrase in listed) | set(common.fillers)

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """All words that the sentences of all questions use."""
        return self.known | {word for text in (*self._said, *self.beside_the_point) for word in words(text)}

    @cached_property
    def content(self) -> str:
        """A short hash of the words that sentences are taken apart with."""
        return content(self._common.groups, self._common.alike, self._common.fillers)

    @staticmethod
    def _words(phrases: Iterable[str]) -> frozenset[str]:
        return frozenset(word for phrase in phrases for word in words(opened(phrase)))
