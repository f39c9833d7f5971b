"""Text in lines of at most 80 columns."""

import textwrap
from collections.abc import Iterable

WIDTH = 80


def paragraph(text: str, lead: str = "") -> list[str]:
    """One paragraph, with a lead before its first line and as much room before the others."""
    return textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [""]


def bullet(points: Iterable[str], mark: str = "  - ") -> list[str]:
    """A list of points."""
    return [line for point in points for line in paragraph(point, mark)]
