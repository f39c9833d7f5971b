"""Lengths of time in a text: "6 months", "three years", "a year and a half", "within the year". How often is no length: "twice a week"."""

import re
from collections.abc import Iterator

_UNITS = {
    "day": 1, "night": 1, "weekend": 2, "week": 7, "wk": 7, "fortnight": 14, "month": 30, "mth": 30, "mnth": 30, "term": 90,
    "year": 365, "yr": 365, "decade": 3650,
}  # fmt: skip
_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "couple": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "eighteen": 18.0, "twenty": 20.0,
    "few": 3.0, "several": 4.0, "half": 0.5,
}  # fmt: skip
_OFTEN = ("every", "each", "per", "twice", "times", "once")
_LESS = ("within", "inside", "under", "below", "less")
_MORE = ("over", "beyond", "above", "more", "least", "minimum", "min", "plus")
_GLUED = re.compile(r"^(\d{1,3})(\D+)$")
_BETWEEN = ("of", "whole", "full", "or", "to", "good", "school", "calendar")
ABOVE, BELOW = 1.2, 0.9
"""What "over" and "under" do to a length."""


def days_in(tokens: list[str]) -> Iterator[float]:
    """The lengths of time named in a list of plain words, in days."""
    spread: list[str] = []
    for token in tokens:
        glued = _GLUED.match(token)
        spread += [glued[1], glued[2]] if glued else [token]
    for at, token in enumerate(spread):
        days = _UNITS.get(token) or _UNITS.get(token.removesuffix("s"))
        before = [one for one in spread[:at] if one not in _BETWEEN]
        if days and (count := _count(before, spread[at + 1 :], days)) and not _is_how_often(before, spread[at + 1 :]):
            yield days * count


def _count(before: list[str], after: list[str], days: int) -> float:
    """How many of the unit; 0 if no number stands before it."""
    last = before[-1] if before else ""
    if last in ("the", "this") and len(before) > 1 and before[-2] in _LESS:
        last = "a"  # "within the year"
    if last == "half" and "and" in before[-3:-1] and (whole := _number(before[before[-3:].index("and") + len(before[:-3]) - 1])):
        return whole + 0.5  # "two and a half years"
    count = _number(last)
    if after[:3] == ["and", "a", "half"]:
        count += 0.5
    if not count:
        return 0.0
    near = (*before[-4:], *after[:3])
    if days < 365:
        return count
    return count * (BELOW if any(one in _LESS for one in before[-4:]) else ABOVE if any(one in _MORE for one in near) else 1.0)


def _number(word: str) -> float:
    return float(word) if word.isdecimal() and len(word) <= 3 else _NUMBERS.get(word, 0.0)


def _is_how_often(before: list[str], after: list[str]) -> bool:
    """True for "every two weeks", "3 times a week", the first half of "two days a week", and for "9 years old"."""
    often = any(one in _OFTEN for one in before[-3:])
    a_unit = len(after) > 1 and after[0] in ("a", "each", "every", "per") and after[1] in _UNITS
    rate = len(before) > 1 and before[-1] in ("a", "each") and (before[-2].removesuffix("s") in _UNITS or before[-2].endswith("s"))
    if after[:1] in (["old"], ["ago"]):
        return True
    return often or a_unit or (rate and before[-2] not in ("s", "lasts", "takes", "is"))
