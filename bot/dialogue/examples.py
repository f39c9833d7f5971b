"""The example sentences of one question, and what is learned from them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.dialogue.features import Features
from bot.dialogue.vocabulary import Vocabulary
from bot.model.dialogue import Option, Sayings
from bot.words.lesson import Learning
from bot.words.likeness import Likeness
from bot.words.plain import opened, words

OTHER = "?"
"""The group of sentences that mean no option clearly."""
Examples = dict[str, list[str]]


def examples_of(options: Sequence[Option], sayings: Sayings | None, vocabulary: Vocabulary) -> Examples:
    """The sentences of each option, and those that mean none."""
    examples: Examples = {}
    for option in options:
        mine = sayings.sentences.get(option.id, ()) if sayings else ()
        examples[option.id] = [opened(text) for text in (*mine, option.label, *filter(None, [option.help]), *option.words)]
    if sayings and sayings.other:
        examples[OTHER] = [*map(opened, sayings.other), *vocabulary.beside_the_point]
    return examples


class Sentences(NamedTuple):
    """What is learned from the examples: which option a sentence is like, and those that are known word for word."""

    exact: Mapping[str, str]
    likeness: Likeness

    @classmethod
    def learning(cls, examples_of: Callable[[], Examples], features: Features) -> "Learning[Sentences]":
        """Learned piece by piece. From then on `features` mends slips."""
        examples = examples_of()
        yield
        exact = {" ".join(words(text)): option for option, texts in examples.items() for text in texts}
        yield
        likeness = yield from Likeness.learning(examples, features.unmended)
        features.mend_slips(word for text in exact for word in text.split())
        return cls(exact, likeness)

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"exact": self.exact, "likeness": self.likeness.to_plain()}

    @classmethod
    def from_plain(cls, features: Features, plain: Mapping[str, Any]) -> "Sentences":
        """Back from `to_plain`."""
        known = cls(plain["exact"], Likeness.from_plain(plain["likeness"]))
        features.mend_slips(word for text in known.exact for word in text.split())
        return known
