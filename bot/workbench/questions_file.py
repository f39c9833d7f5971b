"""A file of quick questions: one on each line, or the table that coordinators export from the chat."""

import csv
import io
from pathlib import Path

_HEAD = "question"
_SEPARATORS = ",;\t"
_FORMULA = ("=", "+", "-", "@")


class CannotRead(Exception):
    """The file cannot be read. The message says why."""


def read_questions(path: Path, head: str = _HEAD) -> list[str]:
    """The questions of a file; in a table, those below `head`. Raises CannotRead."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as slip:
        raise CannotRead(f"{path}: cannot be read ({slip.strerror or type(slip).__name__}).") from None
    except UnicodeDecodeError:
        raise CannotRead(f"{path}: the file is not saved as UTF-8. Choose “Save as … UTF-8”, or “CSV UTF-8”.") from None
    rows = _table(text, {_HEAD, head.casefold()})
    if rows is None and path.suffix.lower() == ".csv":
        raise CannotRead(f'{path}: no column is called "{head}". The first line of the table names its columns.')
    lines = text.splitlines() if rows is None else rows
    return [line.strip() for line in lines if line.strip()]


def _table(text: str, heads: set[str]) -> list[str] | None:
    """The column with one of these heads; None if the first line has no such head."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    place = next((number for number, name in enumerate(names) if name in heads), None)
    return None if place is None else [_plain(row[place]) for row in rows[1:] if len(row) > place]


def _plain(cell: str) -> str:
    """The text of a cell on one line, without the mark that keeps spreadsheets from calculating it."""
    line = " ".join(cell.split())
    return line[1:] if line[:1] == "'" and line[1:].lstrip().startswith(_FORMULA) else line
