"""Is a text more like these examples or like those? Learned from their features, in plain Python, the same way every time.

Logistic regression by stochastic gradient descent. For two groups only: with more of them, see `choosing` and `likeness`.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence

ROUNDS = 8
STEP = 3.0
SLOWING = 0.3
SURE_ENOUGH = 0.03
"""An example that is off by less than this teaches nothing more."""
SEED = 1


class Weigher:
    """Examples for and against, each a list of features, and the way to ask which of them others are like."""

    __slots__ = ("_bias", "_rarity", "_weights")

    def __init__(self, examples: Sequence[Sequence[str]], against: Sequence[Sequence[str]]) -> None:
        listed = [(1.0, found) for found in examples] + [(0.0, found) for found in against]
        spread = Counter(feature for _, found in listed for feature in found)
        self._rarity = {feature: math.log(1 + len(listed) / count) for feature, count in spread.items()}
        self._weights = dict.fromkeys(self._rarity, 0.0)
        self._bias = 0.0
        self._learn([(meant, self._vector(found)) for meant, found in listed])

    def _vector(self, found: Iterable[str]) -> list[tuple[str, float]]:
        """The known features with their weights, rare ones more, scaled to length 1."""
        known = [(feature, self._rarity[feature]) for feature in found if feature in self._rarity]
        length = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
        return [(feature, weight / length) for feature, weight in known]

    def _learn(self, listed: list[tuple[float, list[tuple[str, float]]]]) -> None:
        shuffled = random.Random(SEED)  # the same every time: what is understood must not depend on luck
        for number in range(ROUNDS):
            shuffled.shuffle(listed)
            step = STEP / (1 + number * SLOWING)
            for meant, vector in listed:
                off = meant - self._share(vector)
                if abs(off) < SURE_ENOUGH:
                    continue
                for feature, weight in vector:
                    self._weights[feature] += step * off * weight
                self._bias += 0.1 * step * off

    def _share(self, vector: list[tuple[str, float]]) -> float:
        weighed = self._bias + sum(self._weights[feature] * weight for feature, weight in vector)
        return 1 / (1 + math.exp(-weighed))

    def share(self, found: Iterable[str]) -> float:
        """How much more the features are like the examples than like those against, from 0 to 1; 0 if none was ever seen."""
        vector = self._vector(dict.fromkeys(found))
        return self._share(vector) if vector else 0.0
