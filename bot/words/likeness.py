"""Which group of example sentences is a new sentence most like? Learned from the examples each time, in plain Python.

Multinomial logistic regression over sparse features, by stochastic gradient descent with a fixed order, so that the same
examples always give the same answers. A few hundred examples take a few tenths of a second, once.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.words.plain import stem, words

ROUNDS = 8
STEP = 3.0
SLOWING = 0.3
SURE_ENOUGH = 0.03
"""An example that is off by less than this teaches nothing more; leaving it out, and resting it for a round, makes learning faster."""
TOO_LITTLE = 0.01
"""A group with a smaller share than this is not pushed away from: there is nothing to gain."""
SEED = 1

Features = Callable[[str], Iterable[str]]


class Ranked(NamedTuple):
    """A group and how likely it is, from 0 to 1; the shares of all groups add up to 1."""

    group: str
    share: float


def features(text: str) -> list[str]:
    """What a sentence is compared by: stems, and pairs of neighbouring stems."""
    stemmed = [stem(word) for word in words(text)]
    return stemmed + [f"{one} {other}" for one, other in pairwise(["<", *stemmed, ">"])]


class Likeness:
    """Groups of example sentences, and the way to ask which group a new sentence is most like."""

    __slots__ = ("_bias", "_features", "_groups", "_rarity", "_weights")

    def __init__(self, examples: Mapping[str, Sequence[str]], features: Features = features) -> None:
        self._features = features
        self._groups = [group for group, texts in examples.items() if texts]
        seen = [(place, sorted(set(features(text)))) for place, group in enumerate(self._groups) for text in examples[group]]
        spread = Counter(feature for _, found in seen for feature in found)
        self._rarity = {feature: math.log(1 + len(seen) / count) for feature, count in spread.items()}
        self._weights = {feature: [0.0] * len(self._groups) for feature in self._rarity}
        self._bias = [0.0] * len(self._groups)
        self._learn([(place, self._vector(found)) for place, found in seen])

    def _vector(self, found: Iterable[str]) -> list[tuple[str, float]]:
        """The known features with their weights, rare ones more, scaled to length 1."""
        known = [(feature, self._rarity[feature]) for feature in found if feature in self._rarity]
        length = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
        return [(feature, weight / length) for feature, weight in known]

    def _learn(self, examples: list[tuple[int, list[tuple[str, float]]]]) -> None:
        order = list(range(len(examples)))
        shuffled = random.Random(SEED)  # the same every time: what is understood must not depend on luck
        weights = self._weights
        resting: set[int] = set()
        for number in range(ROUNDS):
            shuffled.shuffle(order)
            step = STEP / (1 + number * SLOWING)
            for at in order:
                if at in resting:
                    resting.discard(at)
                    continue
                meant, vector = examples[at]
                shares = self._shares(vector)
                if 1 - shares[meant] < SURE_ENOUGH:
                    resting.add(at)
                    continue
                push = [(place, -step * share) for place, share in enumerate(shares) if share > TOO_LITTLE and place != meant]
                push.append((meant, step * (1 - shares[meant])))
                for feature, weight in vector:
                    mine = weights[feature]
                    for place, change in push:
                        mine[place] += weight * change
                for place, change in push:
                    self._bias[place] += 0.1 * change

    def _shares(self, vector: list[tuple[str, float]]) -> list[float]:
        votes = self._bias
        for feature, weight in vector:
            votes = [vote + weight * more for vote, more in zip(votes, self._weights[feature], strict=True)]
        top = max(votes)
        powers = [math.exp(vote - top) for vote in votes]
        total = sum(powers)
        return [power / total for power in powers]

    def knows(self, feature: str) -> bool:
        """True if some example has this feature."""
        return feature in self._rarity

    def rank(self, text: str) -> list[Ranked]:
        """The groups, the likeliest first; empty if nothing in the text was ever seen."""
        return self.rank_features(self._features(text))

    def rank_features(self, found: Iterable[str]) -> list[Ranked]:
        """The groups, the likeliest first, for these features."""
        vector = self._vector(dict.fromkeys(found))
        if not vector or not self._groups:
            return []
        ranked = [Ranked(group, share) for group, share in zip(self._groups, self._shares(vector), strict=True)]
        return sorted(ranked, key=lambda one: -one.share)
