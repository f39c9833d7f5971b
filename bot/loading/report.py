"""Where findings gather while a folder is loaded."""

import difflib
from collections.abc import Iterable

from bot.model.finding import Finding, Severity, in_order
from bot.model.place import Place

_LEAD = " -\"'"
SHOWN_LINE = 160
"""A finding shows at most this much of the line it is about."""


class Report:
    """Collects findings, one per slip, and adds the line each one stands on."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._lines: dict[str, list[str]] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far, in file and line order."""
        return in_order(self._findings)

    def knows_text(self, file: str, text: str) -> None:
        """Remembers a file's lines, so that findings can show them."""
        self._lines[file] = text.split("\n")

    def error(self, code: str, file: str, message: str, line: int = 1, column: int = 1, width: int = 1) -> None:
        """A finding that keeps the book from going live."""
        self.add(code, "error", Place(file, line, column), message, width)

    def add(self, code: str, severity: Severity, place: Place, message: str, width: int = 1) -> None:
        """A finding at a place; the width is how many characters the caret underlines."""
        lines = self._lines.get(place.file, [])
        source = lines[place.line - 1].rstrip("\r") if 0 < place.line <= len(lines) else ""
        if len(source) > SHOWN_LINE:
            source = source[: SHOWN_LINE - 1] + "…"
        self._findings.append(Finding(code, severity, place, message, source, width))

    def take(self, finding: Finding) -> None:
        """A finding of the checks, at the words it is about if they stand below its place."""
        place, width, seek = finding.place, finding.width, finding.seek
        lines = list(enumerate(self._lines.get(place.file, [])[place.line - 1 :] if seek else (), place.line))
        # A key is sought where lines begin; a text, as a whole item before a part of one.
        at_start = (one for one in lines if one[1].lstrip(_LEAD).startswith(seek) and (seek[-1] == ":" or one[1].strip(_LEAD) == seek))
        found = next(at_start, None) or next((one for one in lines if seek in one[1]), None)
        if found:
            place, width = Place(place.file, found[0], found[1].index(seek) + 1), len(seek)
        self.add(finding.code, finding.severity, place, finding.message, width)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?` for the nearest known word, or an empty text when nothing is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def listed(words: Iterable[str], most: int = 12) -> str:
    """The words as a person lists them: "a", "b" and "c"; a long list is cut and says so."""
    quoted = [f'"{word}"' for word in words]
    if len(quoted) > most:
        return ", ".join(quoted[:most]) + f" and {len(quoted) - most} more"
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
