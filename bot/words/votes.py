"""What each feature says for each group, and how rare it is: the outcome of learning, small enough to be kept in a file."""

import base64
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

Vector = list[tuple[int, float]]
_REAL, _COUNT = "f", "H"


class Votes:
    """Features with their votes. Held in single precision: learned or recalled, they are the same to the last bit."""

    __slots__ = ("_at", "_places", "_rarity", "_starts", "_votes")

    def __init__(
        self, features: Sequence[str], rarity: Sequence[float], sizes: Sequence[int], places: Sequence[int], votes: Sequence[float]
    ) -> None:
        """`sizes` says how many votes each feature has. Raises ValueError if they do not fit together."""
        self._at = {feature: at for at, feature in enumerate(features)}
        self._rarity, self._places, self._votes = rarity, places, votes
        self._starts = [0, *accumulate(sizes)]
        if not len(self._at) == len(features) == len(rarity) == len(sizes) or not self._starts[-1] == len(places) == len(votes):
            raise ValueError("the parts do not fit together")

    @classmethod
    def of(cls, rarity: Mapping[str, float], votes: Mapping[str, Mapping[int, float]]) -> "Votes":
        """From the votes for each group by its place; votes of nothing are left out."""
        sizes: array[int] = array(_COUNT)
        places: array[int] = array(_COUNT)
        kept: array[float] = array(_REAL)
        for feature in rarity:
            before = len(kept)
            for place, vote in votes[feature].items():
                if vote:
                    places.append(place)
                    kept.append(vote)
            sizes.append(len(kept) - before)
        return cls(list(rarity), array(_REAL, rarity.values()), sizes, places, kept)

    def knows(self, feature: str) -> bool:
        """True if some example has this feature."""
        return feature in self._at

    def vector(self, found: Iterable[str], more: float = 0.0) -> Vector:
        """The known features with their weights, rare ones more, scaled to length 1 (of something `more` besides them)."""
        known = [at for feature in found if (at := self._at.get(feature)) is not None]
        length = math.sqrt(sum(self._rarity[at] * self._rarity[at] for at in known) + more) or 1.0
        return [(at, self._rarity[at] / length) for at in known]

    def counted(self, vector: Vector, votes: list[float]) -> list[float]:
        """The votes for each group, on top of those that are given."""
        for at, weight in vector:
            for number in range(self._starts[at], self._starts[at + 1]):
                votes[self._places[number]] += weight * self._votes[number]
        return votes

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        sizes = [end - start for start, end in zip(self._starts, self._starts[1:], strict=False)]
        return {
            "features": "\n".join(self._at),
            "rarity": packed(_REAL, self._rarity),
            "sizes": packed(_COUNT, sizes),
            "places": packed(_COUNT, self._places),
            "votes": packed(_REAL, self._votes),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any], groups: int) -> "Votes":
        """Back from `to_plain`. Raises KeyError, TypeError or ValueError if it is something else."""
        rarity, votes = (unpacked(_REAL, plain[name]) for name in ("rarity", "votes"))
        sizes, places = (unpacked(_COUNT, plain[name]) for name in ("sizes", "places"))
        if max(places, default=-1) >= groups:
            raise ValueError("votes for a group that is none")
        return cls(plain["features"].split("\n") if plain["features"] else [], rarity, sizes, places, votes)


def packed(kind: str, numbers: Iterable[float]) -> str:
    """Numbers as a text that gives back exactly the same."""
    return base64.b64encode(array(kind, numbers).tobytes()).decode("ascii")


def unpacked(kind: str, text: str) -> "array[Any]":
    """Back from `packed`."""
    numbers: array[Any] = array(kind)
    numbers.frombytes(base64.b64decode(text, validate=True))
    return numbers
