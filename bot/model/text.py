"""Filling the holes of a text. Plain substitution from an allow-list: no formats, no attributes, no code."""

import re
from collections.abc import Mapping

_HOLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def holes_in(text: str) -> tuple[str, ...]:
    """The names of the holes of a text, in order."""
    return tuple(_HOLE.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every `{name}` that is in `values` replaced; other braces stay as they are."""
    if "{" not in text:
        return text
    return _HOLE.sub(lambda found: values.get(found[1], found[0]), text)


def shortened(text: str, most: int) -> str:
    """The text on one line, cut to at most this many characters with an ellipsis; unseen control characters dropped."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
