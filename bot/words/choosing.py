"""Which of many groups does a text belong to? Learned from examples by their features, for a hundred groups in a second or two.

Every feature holds a vote for each group it was seen in. The votes begin as the average of the group's examples; then every
example that does not win by a clear margin pulls its own group up and the group that beats it down. Rare features count more.
The order is fixed, so that the same examples always give the same answers.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.words.lesson import Learning, finished
from bot.words.votes import Votes

ROUNDS = 2
MARGIN = 0.5
LONGEST_STEP = 0.5
COMMON = 0.06
"""A feature in more than this share of all examples says nothing; nor does one of two parts (with a blank) that was seen once."""
UNSEEN = 4.0
"""How much a word that was never seen takes from the votes of the others."""
SEED = 1
PIECE = 100
"""After so many examples learning pauses."""

Pull = dict[int, float]
Example = tuple[int, list[tuple[Pull, float]]]


class Chooser:
    """Groups of examples, each example a list of features, and the way to ask which group others belong to."""

    __slots__ = ("_votes", "groups")

    def __init__(self, groups: Sequence[str], votes: Votes) -> None:
        self.groups = tuple(groups)
        self._votes = votes

    @classmethod
    def learned(cls, examples: Mapping[str, Sequence[Sequence[str]]]) -> "Chooser":
        """Learned in one go."""
        return finished(cls.learning(examples))

    @classmethod
    def learning(cls, examples: Mapping[str, Sequence[Sequence[str]]]) -> "Learning[Chooser]":
        """Learned piece by piece."""
        groups = tuple(examples)
        listed = [(place, found) for place, group in enumerate(groups) for found in examples[group]]
        spread: Counter[str] = Counter()
        for number, (_, found) in enumerate(listed):
            spread.update(found)
            if number % (10 * PIECE) == 0:
                yield
        most = max(COMMON * len(listed), 2)
        useful = {feature: count for feature, count in spread.items() if count <= most and (count > 1 or " " not in feature)}
        rarity = {feature: math.log(1 + len(listed) / count) for feature, count in useful.items()}
        pulls: dict[str, Pull] = {feature: {} for feature in rarity}
        yield
        vectors: list[Example] = []
        for number, (place, found) in enumerate(listed):
            vector = _vector(found, rarity, pulls)
            vectors.append((place, vector))
            share = 1 / math.sqrt(max(1, len(examples[groups[place]])))
            for votes, weight in vector:
                votes[place] = votes.get(place, 0.0) + weight * share
            if number % (5 * PIECE) == 0:
                yield
        if len(groups) > 1:
            yield from _trained(vectors, pulls, len(groups))
        yield
        vectors.clear()  # which takes a while as well
        yield
        return cls(groups, Votes.of(rarity, pulls))

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"groups": self.groups, "votes": self._votes.to_plain()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Chooser":
        """Back from `to_plain`."""
        return cls(plain["groups"], Votes.from_plain(plain["votes"], len(plain["groups"])))

    def knows(self, feature: str) -> bool:
        """True if some example has this feature."""
        return self._votes.knows(feature)

    def votes(self, found: Iterable[str], unseen: int = 0) -> list[float]:
        """The votes for each group, in the order of `groups`; `unseen` words were in the text besides."""
        return self._votes.counted(self._votes.vector(dict.fromkeys(found), UNSEEN * unseen), [0.0] * len(self.groups))


def _vector(found: Iterable[str], rarity: Mapping[str, float], pulls: Mapping[str, Pull]) -> list[tuple[Pull, float]]:
    """The votes of the useful features with their weights, rare ones more, scaled to length 1."""
    known = [(pulls[feature], rarity[feature]) for feature in found if feature in rarity]
    length = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
    return [(votes, weight / length) for votes, weight in known]


def _counted(vector: list[tuple[Pull, float]], groups: int) -> list[float]:
    counted = [0.0] * groups
    for votes, weight in vector:
        for place, vote in votes.items():
            counted[place] += weight * vote
    return counted


def _trained(vectors: list[Example], pulls: dict[str, Pull], groups: int) -> Iterator[None]:
    """Moves the votes, and then sets them to their average over the rounds: where they end depends less on the order."""
    summed: dict[str, Pull] = {feature: {} for feature in pulls}
    left = list(range(len(vectors)))
    shuffled = random.Random(SEED)  # the same every time: what is answered must not depend on luck
    for _ in range(ROUNDS):
        shuffled.shuffle(left)
        beaten = []
        for number, at in enumerate(left):
            if number % PIECE == 0:
                yield
            place, vector = vectors[at]
            counted = _counted(vector, groups)
            own = counted[place]
            counted[place] = -math.inf
            best = max(counted)
            short = MARGIN - own + best
            if short <= 0:
                continue
            beaten.append(at)
            rival = counted.index(best)
            step = min(LONGEST_STEP, short / 2)
            for votes, weight in vector:
                votes[place] = votes.get(place, 0.0) + step * weight
                votes[rival] = votes.get(rival, 0.0) - step * weight
        left = beaten
        for feature, votes in pulls.items():
            mine = summed[feature]
            for place, vote in votes.items():
                mine[place] = mine.get(place, 0.0) + vote / ROUNDS
        yield
    for feature, votes in summed.items():
        pulls[feature].update(votes)
