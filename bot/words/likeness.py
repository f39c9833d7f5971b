"""Which examples is a sentence most like? A small statistical reader, made anew from the examples each time: counting, no training.

Two readers look at the words, at pairs of neighbours and at the pieces of words (for typing slips): complement naive Bayes
(Rennie and others, 2003) weighs how well a group as a whole fits, and the nearest examples show whether anything like this was
ever said. Their votes are added.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bot.words.plain import stem, words

SMOOTHING = 0.35
PIECE = 4
NEAREST = 4
BAYES_SHARE = 0.6
SHARPNESS = 6.0

Features = Callable[[str], list[str]]


class Ranked(NamedTuple):
    """A group and how likely it is, from 0 to 1; the shares of all groups add up to 1. `near` is the likeness of its nearest example."""

    group: str
    share: float
    near: float


def features(text: str) -> list[str]:
    """What a sentence is compared by: stems, pairs of neighbouring stems, and pieces of its longer words."""
    its_words = words(text)
    stemmed = [stem(word) for word in its_words]
    pairs = [f"{one} {other}" for one, other in zip(["<", *stemmed], [*stemmed, ">"], strict=True)]
    pieces = [f"#{word[at : at + PIECE]}" for word in its_words if len(word) > PIECE for at in range(len(word) - PIECE + 1)]
    return stemmed + pairs + pieces


class Likeness:
    """Groups of example sentences, and the way to ask which group a new sentence is most like."""

    __slots__ = ("_features", "_groups", "_lengths", "_postings", "_rarity", "_unseen", "_weights")

    def __init__(self, examples: Mapping[str, Sequence[str]], features: Features = features) -> None:
        self._features = features
        self._groups = [group for group, texts in examples.items() if texts]
        counted = [(group, Counter(features(text))) for group in self._groups for text in examples[group]]
        spread = Counter(feature for _, counts in counted for feature in counts)
        self._rarity = {feature: math.log((len(counted) + 1) / seen) for feature, seen in spread.items()}
        self._unseen = math.log(len(counted) + 1)
        self._weights = self._bayes(counted)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._lengths: list[tuple[str, float]] = []
        for number, (group, counts) in enumerate(counted):
            weighted = {feature: self._rarity[feature] for feature in counts}
            self._lengths.append((group, math.sqrt(sum(weight * weight for weight in weighted.values()))))
            for feature, weight in weighted.items():
                self._postings[feature].append((number, weight))

    def _bayes(self, counted: list[tuple[str, Counter[str]]]) -> dict[str, dict[str, float]]:
        """Feature → group → how much it speaks for the group: how rare it is in all the other groups, and how common in this one."""
        by_group: dict[str, Counter[str]] = {group: Counter() for group in self._groups}
        sizes = Counter(group for group, _ in counted)
        for group, counts in counted:
            by_group[group].update(counts.keys())
        totals = {group: sum(counter.values()) for group, counter in by_group.items()}
        everything = sum(totals.values())
        kinds = len(self._rarity)
        weights: dict[str, dict[str, float]] = {}
        for feature in self._rarity:
            overall = sum(by_group[group][feature] for group in self._groups)
            weights[feature] = {}
            for group in self._groups:
                inside = (by_group[group][feature] + SMOOTHING) / (totals[group] + SMOOTHING * kinds)
                outside = (overall - by_group[group][feature] + SMOOTHING) / (everything - totals[group] + SMOOTHING * kinds)
                weights[feature][group] = math.log(inside / outside)
        del sizes
        return weights

    def rank(self, text: str) -> list[Ranked]:
        """The groups, the likeliest first; empty if nothing in the text was ever seen."""
        given = set(self._features(text))
        known = [feature for feature in given if feature in self._weights]
        if not known or not self._groups:
            return []
        scale = 1 / math.sqrt(len(given) + 4)
        votes = {group: sum(self._weights[feature][group] for feature in known) * scale for group in self._groups}
        near = self._nearest(given, known)
        top = max(votes.values())
        bayes = _shares({group: math.exp(vote - top) for group, vote in votes.items()})
        likeness = _shares({group: sum(near[group]) ** 2 for group in self._groups})
        mixed = {group: BAYES_SHARE * bayes[group] + (1 - BAYES_SHARE) * likeness[group] for group in self._groups}
        ranked = [Ranked(group, mixed[group], near[group][0]) for group in self._groups]
        return sorted(ranked, key=lambda one: -one.share)

    def _nearest(self, given: set[str], known: list[str]) -> dict[str, list[float]]:
        """Group → the likeness (cosine, 0 to 1) of its nearest examples, the nearest first."""
        dots: dict[int, float] = defaultdict(float)
        for feature in known:
            weight = self._rarity[feature]
            for number, other in self._postings[feature]:
                dots[number] += weight * other
        length = math.sqrt(sum(self._rarity.get(feature, self._unseen) ** 2 for feature in given)) or 1.0
        found: dict[str, list[float]] = {group: [] for group in self._groups}
        for number, dot in dots.items():
            group, other_length = self._lengths[number]
            found[group].append(dot / (length * other_length or 1.0))
        return {group: (sorted(near, reverse=True)[:NEAREST] or [0.0]) for group, near in found.items()}


def _shares(votes: dict[str, float]) -> dict[str, float]:
    total = sum(votes.values()) or 1.0
    return {group: vote / total for group, vote in votes.items()}
