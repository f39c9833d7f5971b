"""What the YAML parser says, in words for someone who has never heard of YAML."""

import re
from collections import Counter
from typing import Protocol


class _Mark(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class MarkedError(Protocol):
    """As much of a YAML error as is needed here."""

    @property
    def problem(self) -> str | None: ...
    @property
    def problem_mark(self) -> _Mark | None: ...
    @property
    def context(self) -> str | None: ...
    @property
    def context_mark(self) -> _Mark | None: ...


_QUOTE = 'Put the whole text in "double quotes".'
_STAR = f'A text cannot start with "&" or "*". {_QUOTE}'
COLON = 'There is a colon too many, or the line above is not finished. If the colon belongs to the text, put the text in "double quotes".'
CURLY = 'The quotes around this text are curly ones, which mean nothing here. Write straight ones: "…".'
CURLY_QUOTE = re.compile(r"[“”„‟«»]")
_NO_COLON = "There is no colon on this line. Write `key: text`, or move the text further in."
_OPEN_QUOTE = "A quoted text is opened here and never closed."
_BRACKET = "Something is wrong inside these brackets: one is not closed, or a comma is missing or too many."
_BACKSLASH = "A backslash in \"double quotes\" has a meaning of its own. Take it away, or use 'single quotes'."
_LINE_UP = "This line does not line up with the lines above it. Things that belong together start in the same column."
_AFTER_QUOTE = "There is text after the closing quote. Put the whole text in quotes; inside it, use the other kind of quote."

# What the parser's problem starts with → our code and words. The first that fits is taken.
_WORDS = (
    ("found character that cannot start any token", "D040", f"A text cannot start with this character. {_QUOTE}"),
    ("mapping values are not allowed", "D041", COLON),
    ("found unexpected ':'", "D041", COLON),
    ("could not find expected ':'", "D042", _NO_COLON),
    ("did not find expected key", "D043", _LINE_UP),
    ("did not find expected <document start>", "D043", _LINE_UP),
    ("did not find expected '-' indicator", "D044", "This line does not line up with the list above it. Each item starts with a dash."),
    ("block sequence entries are not allowed", "D044", "A list cannot start here. Put it below the key, each item on a line with a dash."),
    ("did not find expected ',' or", "D045", _BRACKET),
    ("did not find expected node content", "D045", _BRACKET),
    ("found unexpected end of stream", "D046", _OPEN_QUOTE),
    ("found unexpected document indicator", "D046", _OPEN_QUOTE),
    ("found incompatible YAML document", "D040", 'A line cannot start with "%". Take it away.'),
    ("found undefined tag handle", "D023", f'A text cannot start with "!". {_QUOTE}'),
    ("did not find expected alphabetic or numeric character", "D022", _STAR),
    ("found unknown escape character", "D047", _BACKSLASH),
    ("found invalid Unicode character escape", "D047", "This backslash code is not a character. Type the character itself."),
    ("did not find expected hexdecimal number", "D047", "This backslash code is not a character. Type the character itself."),
    ("did not find expected comment or line break", "D049", 'After ">" or "|" the line ends. Put the text on the lines below, further in.'),
)
_WRONG_DASH = re.compile(r"[–—•‐‑−·]|-[A-Za-z]")
_TOO_MANY = "mapping values are not allowed"
_CURLY_TEXT = re.compile(r"\s*(?:- +)?(?:[\w ]+: +)?([“”„‟«»])")
_KEY_LINE = re.compile(r"( *)[\w ]+:(?: |$)")
_TAB_AFTER_DASH = re.compile(r" *-\t")
_LOOK_BACK = 60
_OPENING = re.compile(r"""(\s*(?:- +)?(?:[\w ]+: +)?)"(.*)$""")
_ENTRY = re.compile(r"\s*(?:- |[\w ]+:(?: |$))")
# For these the parser points behind the trouble; the person needs the place where it began.
_AT_THE_OPENING = ("D042", "D045", "D046")
# Slips that the parser only calls "did not find expected key": the line itself tells what they are.
_TELLING_LINES = (
    (re.compile(r"""(?::|-)\s+(["']).*?\1\s*[^\s#,\]}]"""), "D051", _AFTER_QUOTE),
    (re.compile(r"""(?::|-)\s+()[*&]"""), "D022", _STAR),
    (re.compile(r"""(?::|-)\s+()\{[a-z0-9_]+\} """), "D040", f'A text cannot start with "{{". {_QUOTE}'),
)


def in_plain_words(slip: MarkedError, text: str) -> tuple[str, str, int, int]:
    """Code, message, line and column for a parser's error; line and column count from 1."""
    problem = slip.problem or ""
    mark = slip.problem_mark or slip.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    if tab := _tab_in_indent(lines, line):
        return "D048", "There is a tab at the start of this line. Use spaces.", *tab
    if tab := _tab_after_dash(lines, line):
        return "D048", "There is a tab after the dash. Use a space.", *tab
    if odd := _odd_one_above(lines, line):
        return "D043", "This line does not line up with the line below it. Things that belong together start in the same column.", *odd
    if dash := _wrong_dash(lines, line):
        return "D052", "A list item starts with a plain - and a space.", *dash
    if opened := _quote_left_open(lines, line):
        return "D046", f"A quote opened in line {opened[0]} is never closed.", *opened
    if problem.startswith(_TOO_MANY) and (before := _colon_forgotten(lines, line, column)):
        return "D042", _NO_COLON, *before
    for start, code, words in _WORDS:
        if problem.startswith(start):
            if code in _AT_THE_OPENING and slip.context_mark:
                line, column = slip.context_mark.line + 1, slip.context_mark.column + 1
            if code in ("D043", "D044"):
                return *_told_by_the_line(lines, line, code, words), *_inside(lines, line, column)
            if code == "D041" and (curly := _CURLY_TEXT.match(lines[line - 1] if line <= len(lines) else "")):
                return code, CURLY, line, curly.start(1) + 1
            own_colon = code == "D041" and line <= len(lines) and ":" not in lines[line - 1][: column - 1]
            return code, words + (" Or this line starts too far in." if own_colon else ""), *_inside(lines, line, column)
    return (
        "D030",
        f"This line cannot be understood. Compare it with one like it elsewhere. If it is a text: {_QUOTE}",
        *_inside(lines, line, column),
    )


def _quote_left_open(lines: list[str], line: int) -> tuple[int, int] | None:
    """Where the nearest text above begins with a double quote, has no second one in its line, and another key or item follows."""
    for number in range(min(line, len(lines)), max(0, line - _LOOK_BACK), -1):
        found = _OPENING.match(lines[number - 1])
        if found and '"' not in found[2].replace('\\"', ""):
            following = lines[number] if number < len(lines) else ""
            return (number, len(found[1]) + 1) if _ENTRY.match(following) else None
    return None


def _colon_forgotten(lines: list[str], line: int, column: int) -> tuple[int, int] | None:
    """The line before, when the colon that is too many is a key's own, and the line before has none."""
    if line < 2 or line > len(lines) or ":" in lines[line - 1][: column - 1]:
        return None
    before = lines[line - 2]
    plain = before.strip() and ":" not in before and not before.lstrip().startswith(("- ", "#", '"'))
    return (line - 1, len(before) - len(before.lstrip()) + 1) if plain else None


def _wrong_dash(lines: list[str], line: int) -> tuple[int, int] | None:
    """The nearest line at or just above the trouble that starts with another sign than a plain - and a space."""
    for number in (line, line - 1):
        content = lines[number - 1].lstrip() if 0 < number <= len(lines) else ""
        if _WRONG_DASH.match(content):
            return number, lines[number - 1].index(content) + 1
    return None


def _tab_after_dash(lines: list[str], line: int) -> tuple[int, int] | None:
    """The nearest line at or just above the trouble with a tab behind its dash."""
    for number in (line, line - 1):
        if 0 < number <= len(lines) and _TAB_AFTER_DASH.match(lines[number - 1]):
            return number, lines[number - 1].index("\t") + 1
    return None


def _odd_one_above(lines: list[str], line: int) -> tuple[int, int] | None:
    """The line above, if it starts a space further left or right than the line of the trouble, and few lines start where it does."""
    if not 1 < line <= len(lines):
        return None
    above, here = (_KEY_LINE.match(lines[number - 1]) for number in (line - 1, line))
    if above is None or here is None or abs(len(above[1]) - len(here[1])) != 1:
        return None
    starts = Counter(len(found[1]) for text in lines if (found := _KEY_LINE.match(text)))
    return (line - 1, len(above[1]) + 1) if starts[len(here[1])] > starts[len(above[1])] else None


def _told_by_the_line(lines: list[str], line: int, code: str, words: str) -> tuple[str, str]:
    content = lines[line - 1] if line <= len(lines) else ""
    for pattern, found_code, found_words in _TELLING_LINES:
        if pattern.search(content):
            return found_code, found_words
    return code, words


def _tab_in_indent(lines: list[str], line: int) -> tuple[int, int] | None:
    """The nearest line at or just above the trouble that is indented with a tab."""
    for number in (line, line - 1):
        if 0 < number <= len(lines):
            content = lines[number - 1]
            indent = content[: len(content) - len(content.lstrip())]
            if "\t" in indent:
                return number, indent.index("\t") + 1
    return None


def _inside(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """The place, moved back to the last line with text on it when it points past the end of the file."""
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line -= 1
        column = len(lines[line - 1].rstrip()) or 1
    return line, column
