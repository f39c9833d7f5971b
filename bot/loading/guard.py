"""Turns a file's bytes into text, or refuses them before anything is built from them."""

import re

from bot.loading.report import Report
from bot.model.limits import FILE_ITEMS

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def text_of(file: str, content: bytes, report: Report) -> str | None:
    """The file as text; None when it is refused, and then the report says why."""
    for mark, name in _BOMS.items():
        if content.startswith(mark):
            report.error("D010", file, f"The file is saved as {name}. Save it as UTF-8.")
            return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as slip:
        before = content[: slip.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        report.error("D010", file, "There is a letter here that is not saved as UTF-8. Save the file as UTF-8.", line, column)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    report.knows_text(file, text)
    return text if _harmless(file, text, report) else None


def _harmless(file: str, text: str, report: Report) -> bool:
    if found := _CONTROL.search(text):
        line, column = _where(text, found.start())
        name = f"U+{ord(found[0]):04X}"
        report.error("D011", file, f"There is an unseen control character here ({name}). Delete it and type the line again.", line, column)
        return False
    if found := _UNSEEN.search(text):
        line, column = _where(text, found.start())
        name = f"U+{ord(found[0]):04X}"
        message = f"There is an unseen character here ({name}) that turns the reading direction around. Delete it."
        report.error("D011", file, message, line, column)
        return False
    # Counting is far quicker than parsing: a bomb of a million list entries is refused in a millisecond.
    items = text.count("\n") + text.count(",") + text.count("[") + text.count("{")
    if items > FILE_ITEMS:
        report.error("D012", file, f"The file has more than {FILE_ITEMS:,} lines and list entries. Split it in two.")
        return False
    return True


def _where(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
