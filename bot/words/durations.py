"""Lengths of time in a text: "6 months", "three years", "a fortnight"."""

import re
from collections.abc import Iterator
from itertools import pairwise

_UNITS = {
    "day": 1, "night": 1, "week": 7, "wk": 7, "fortnight": 14, "month": 30, "mth": 30, "term": 90,
    "year": 365, "yr": 365, "decade": 3650,
}  # fmt: skip
_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "couple": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "eighteen": 18.0, "twenty": 20.0, "few": 3.0,
    "several": 4.0, "half": 0.5,
}  # fmt: skip
_GLUED = re.compile(r"^(\d{1,3})(\D+)$")


def days_in(tokens: list[str]) -> Iterator[float]:
    """The lengths of time named in a list of plain words, in days."""
    spread: list[str] = []
    for token in tokens:
        glued = _GLUED.match(token)
        spread += [glued[1], glued[2]] if glued else [token]
    spread = [token for token in spread if token not in ("of", "whole", "full", "or", "so", "more")]
    for number, unit in pairwise(["", *spread]):
        days = _UNITS.get(unit.removesuffix("s"))
        count = float(number) if number.isdecimal() and len(number) <= 3 else _NUMBERS.get(number)
        if days and count:
            yield days * count
