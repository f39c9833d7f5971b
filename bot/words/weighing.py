"""Is a text more like these examples or like those? Learned from their features, in plain Python, the same way every time.

Logistic regression by stochastic gradient descent. For two groups only: with more of them, see `choosing` and `likeness`.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.words.lesson import Learning, finished
from bot.words.votes import Votes

ROUNDS = 8
STEP = 3.0
SLOWING = 0.3
SURE_ENOUGH = 0.03
"""An example that is off by less than this teaches nothing more."""
UNSEEN = 20.0
"""How much a word that was never seen takes from the weight of the others: "a decade" is more than "a"."""
SEED = 1
PIECE = 250
"""After so many examples learning pauses."""

Example = tuple[float, list[tuple[str, float]]]


class Weigher:
    """Examples for and against, each a list of features, and the way to ask which of them others are like."""

    __slots__ = ("_bias", "_votes")

    def __init__(self, bias: float, votes: Votes) -> None:
        self._bias, self._votes = float(bias), votes

    @classmethod
    def learned(cls, examples: Sequence[Sequence[str]], against: Sequence[Sequence[str]]) -> "Weigher":
        """Learned in one go."""
        return finished(cls.learning(examples, against))

    @classmethod
    def learning(cls, examples: Sequence[Sequence[str]], against: Sequence[Sequence[str]]) -> "Learning[Weigher]":
        """Learned piece by piece."""
        listed = [(1.0, found) for found in examples] + [(0.0, found) for found in against]
        spread: Counter[str] = Counter()
        for number, (_, found) in enumerate(listed):
            spread.update(found)
            if number % (4 * PIECE) == 0:
                yield
        rarity = {feature: math.log(1 + len(listed) / count) for feature, count in spread.items()}
        yield
        vectors: list[Example] = []
        for number, (meant, found) in enumerate(listed):
            vectors.append((meant, _vector(found, rarity)))
            if number % (4 * PIECE) == 0:
                yield
        weights = dict.fromkeys(rarity, 0.0)
        bias = [0.0]
        yield from _trained(vectors, weights, bias)
        vectors.clear()  # which takes a while as well
        yield
        return cls(bias[0], Votes.of(rarity, {feature: {0: weight} for feature, weight in weights.items()}))

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"bias": self._bias, "votes": self._votes.to_plain()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Weigher":
        """Back from `to_plain`."""
        return cls(plain["bias"], Votes.from_plain(plain["votes"], 1))

    def knows(self, feature: str) -> bool:
        """True if some example has this feature."""
        return self._votes.knows(feature)

    def share(self, found: Iterable[str], unseen: int = 0) -> float:
        """How much more the features are like the examples than like those against, from 0 to 1; 0 if none was ever seen.

        `unseen` words, which were in no example, stood in the text besides.
        """
        vector = self._votes.vector(dict.fromkeys(found), UNSEEN * unseen)
        return _squashed(self._votes.counted(vector, [self._bias])[0]) if vector else 0.0


def _vector(found: Iterable[str], rarity: Mapping[str, float]) -> list[tuple[str, float]]:
    """The features with their weights, rare ones more, scaled to length 1."""
    known = [(feature, rarity[feature]) for feature in found]
    length = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
    return [(feature, weight / length) for feature, weight in known]


def _squashed(weighed: float) -> float:
    return 1 / (1 + math.exp(-weighed))


def _trained(listed: list[Example], weights: dict[str, float], bias: list[float]) -> Iterator[None]:
    shuffled = random.Random(SEED)  # the same every time: what is understood must not depend on luck
    for number in range(ROUNDS):
        shuffled.shuffle(listed)
        step = STEP / (1 + number * SLOWING)
        for done, (meant, vector) in enumerate(listed):
            if done % PIECE == 0:
                yield
            off = meant - _squashed(bias[0] + sum(weights[feature] * weight for feature, weight in vector))
            if abs(off) < SURE_ENOUGH:
                continue
            for feature, weight in vector:
                weights[feature] += step * off * weight
            bias[0] += 0.1 * step * off
