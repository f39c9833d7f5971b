"""Which group of example sentences is a new sentence most like? Learned from the examples, in plain Python.

Multinomial logistic regression over sparse features, by stochastic gradient descent with a fixed order, so that the same
examples always give the same answers. A few hundred examples take a few tenths of a second, once.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from bot.words.lesson import Learning, finished
from bot.words.plain import stem, words
from bot.words.votes import Votes

ROUNDS = 8
STEP = 3.0
SLOWING = 0.3
SURE_ENOUGH = 0.03
"""An example that is off by less than this teaches nothing more; leaving it out, and resting it for a round, makes learning faster."""
TOO_LITTLE = 0.01
"""A group with a smaller share than this is not pushed away from: there is nothing to gain."""
SEED = 1
PIECE = 50
"""After so many sentences learning pauses."""

Features = Callable[[str], Iterable[str]]
Vector = list[tuple[list[float], float]]


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

    __slots__ = ("_bias", "_groups", "_votes")

    def __init__(self, groups: Sequence[str], bias: Sequence[float], votes: Votes) -> None:
        self._groups, self._bias, self._votes = tuple(groups), list(bias), votes
        if len(self._groups) != len(self._bias):
            raise ValueError("the parts do not fit together")

    @classmethod
    def learned(cls, examples: Mapping[str, Sequence[str]], features: Features = features) -> "Likeness":
        """Learned in one go."""
        return finished(cls.learning(examples, features))

    @classmethod
    def learning(cls, examples: Mapping[str, Sequence[str]], features: Features = features) -> "Learning[Likeness]":
        """Learned piece by piece."""
        groups = [group for group, texts in examples.items() if texts]
        seen: list[tuple[int, list[str]]] = []
        for place, group in enumerate(groups):
            for text in examples[group]:
                seen.append((place, sorted(set(features(text)))))
                if len(seen) % PIECE == 0:
                    yield
        spread = Counter(feature for _, found in seen for feature in found)
        rarity = {feature: math.log(1 + len(seen) / count) for feature, count in spread.items()}
        yield
        weights = {feature: [0.0] * len(groups) for feature in rarity}
        bias = [0.0] * len(groups)
        yield from _trained([(place, _vector(found, rarity, weights)) for place, found in seen], bias)
        return cls(groups, bias, Votes.of(rarity, {feature: dict(enumerate(mine)) for feature, mine in weights.items()}))

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"groups": self._groups, "bias": self._bias, "votes": self._votes.to_plain()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Likeness":
        """Back from `to_plain`."""
        return cls(plain["groups"], plain["bias"], Votes.from_plain(plain["votes"], len(plain["groups"])))

    def knows(self, feature: str) -> bool:
        """True if some example has this feature."""
        return self._votes.knows(feature)

    def rank(self, found: Iterable[str]) -> list[Ranked]:
        """The groups, the likeliest first, for these features; empty if none of them was ever seen."""
        vector = self._votes.vector(dict.fromkeys(found))
        if not vector or not self._groups:
            return []
        shares = _shares(self._votes.counted(vector, list(self._bias)))
        return sorted((Ranked(group, share) for group, share in zip(self._groups, shares, strict=True)), key=lambda one: -one.share)


def _vector(found: Iterable[str], rarity: Mapping[str, float], weights: Mapping[str, list[float]]) -> Vector:
    """The weights of the features with how much they count, rare ones more, scaled to length 1."""
    known = [(weights[feature], rarity[feature]) for feature in found]
    length = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
    return [(mine, weight / length) for mine, weight in known]


def _shares(votes: list[float]) -> list[float]:
    top = max(votes)
    powers = [math.exp(vote - top) for vote in votes]
    total = sum(powers)
    return [power / total for power in powers]


def _trained(examples: list[tuple[int, Vector]], bias: list[float]) -> Iterator[None]:
    order = list(range(len(examples)))
    shuffled = random.Random(SEED)  # the same every time: what is understood must not depend on luck
    resting: set[int] = set()
    for number in range(ROUNDS):
        shuffled.shuffle(order)
        step = STEP / (1 + number * SLOWING)
        for done, at in enumerate(order):
            if done % PIECE == 0:
                yield
            if at in resting:
                resting.discard(at)
            elif not _taught(*examples[at], bias, step):
                resting.add(at)


def _taught(meant: int, vector: Vector, bias: list[float], step: float) -> bool:
    """Moves the weights towards an example; False if there was nothing to learn from it."""
    votes = bias
    for mine, weight in vector:
        votes = [vote + weight * more for vote, more in zip(votes, mine, strict=True)]
    shares = _shares(votes)
    if 1 - shares[meant] < SURE_ENOUGH:
        return False
    push = [(place, -step * share) for place, share in enumerate(shares) if share > TOO_LITTLE and place != meant]
    push.append((meant, step * (1 - shares[meant])))
    for mine, weight in vector:
        for place, change in push:
            mine[place] += weight * change
    for place, change in push:
        bias[place] += 0.1 * change
    return True
