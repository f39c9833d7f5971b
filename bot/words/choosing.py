"""Which of many groups does a text belong to? Learned from examples by their features, for a hundred groups in a fraction of a second.

Every feature holds a vote for each group it was seen in. The votes begin as the average of the group's examples; then every
example that does not win by a clear margin pulls its own group up and the group that beats it down. Rare features count more.
The order is fixed, so that the same examples always give the same answers.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

ROUNDS = 3
MARGIN = 1.0
LONGEST_STEP = 0.5
COMMON = 0.06
"""A feature in more than this share of all examples says nothing; nor does one of two parts (with a blank) that was seen once."""
UNSEEN = 4.0
"""How much a word that was never seen takes from the votes of the others."""
SEED = 1

Votes = dict[int, float]


class Chooser:
    """Groups of examples, each example a list of features, and the way to ask which group others belong to."""

    __slots__ = ("_rarity", "_votes", "groups")

    def __init__(self, examples: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.groups = tuple(examples)
        listed = [(place, found) for place, group in enumerate(self.groups) for found in examples[group]]
        spread = Counter(feature for _, found in listed for feature in found)
        most = max(COMMON * len(listed), 2)
        useful = {feature: count for feature, count in spread.items() if count <= most and (count > 1 or " " not in feature)}
        self._rarity = {feature: math.log(1 + len(listed) / count) for feature, count in useful.items()}
        self._votes: dict[str, Votes] = {feature: {} for feature in self._rarity}
        sizes = [max(1, len(examples[group])) for group in self.groups]
        vectors = [(place, self._vector(found)) for place, found in listed]
        for place, vector in vectors:
            share = 1 / math.sqrt(sizes[place])
            for votes, weight in vector:
                votes[place] = votes.get(place, 0.0) + weight * share
        self._learn(vectors)

    def _vector(self, found: Iterable[str], unseen: int = 0) -> list[tuple[Votes, float]]:
        """The votes of the known features with their weights, rare ones more, scaled to length 1."""
        known = [(self._votes[feature], self._rarity[feature]) for feature in found if feature in self._rarity]
        length = math.sqrt(sum(weight * weight for _, weight in known) + UNSEEN * unseen) or 1.0
        return [(votes, weight / length) for votes, weight in known]

    def _counted(self, vector: list[tuple[Votes, float]]) -> list[float]:
        counted = [0.0] * len(self.groups)
        for votes, weight in vector:
            for place, vote in votes.items():
                counted[place] += weight * vote
        return counted

    def _learn(self, vectors: list[tuple[int, list[tuple[Votes, float]]]]) -> None:
        if len(self.groups) < 2:
            return
        left = list(range(len(vectors)))
        shuffled = random.Random(SEED)  # the same every time: what is answered must not depend on luck
        for _ in range(ROUNDS):
            shuffled.shuffle(left)
            beaten = []
            for at in left:
                place, vector = vectors[at]
                counted = self._counted(vector)
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

    def knows(self, feature: str) -> bool:
        """True if some example has this feature."""
        return feature in self._rarity

    def votes(self, found: Iterable[str], unseen: int = 0) -> list[float]:
        """The votes for each group, in the order of `groups`; `unseen` words were in the text besides."""
        return self._counted(self._vector(dict.fromkeys(found), unseen))
