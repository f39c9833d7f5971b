"""Holes that are not written as the bot reads them: people would see the bracket."""

import difflib
import re
from collections.abc import Collection, Iterator

from bot.loading.nodes import Map, Mark, Seq
from bot.loading.report import Report
from bot.loading.shapes.kinds import mended_id
from bot.model.phrases import PHRASES
from bot.model.place import Place

# Files whose texts people read.
_READ_BY_PEOPLE = ("dialogue", "sheet", "answers", "phrases", "safeguarding", "types", "profile", "reasons", "definition")
_AT_A_HOLE = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9_]*)(?:[ A-Za-z0-9_-]{0,60}\})?")
_WELL = re.compile(r"\{[a-z][a-z0-9_]*\}")


def check_holes(file: str, tree: Map, text: str, contacts: Collection[str], report: Report) -> None:
    """D218: a hole that is never closed, or has a space or a capital in it."""
    if not any(kind in tree for kind in _READ_BY_PEOPLE) or text.count("{") == len(_WELL.findall(text)):
        return
    lines = text.split("\n")
    known = {f"contact_{one}" for one in contacts} | (
        {hole for holes in PHRASES.values() for hole in holes} if "phrases" in tree else set()
    )
    for value, mark in _texts(tree):
        for found in _AT_A_HOLE.finditer(value) if "{" in value else ():
            if _WELL.match(value, found.start()):
                continue
            message = _closed(found[0], known) if found[0].endswith("}") else f"A {{ is never closed: write {{{found[1].lower()}}}."
            report.add("D218", "error", _spot(file, lines, mark, found[0]), message, len(found[0]))


def _closed(written: str, known: Collection[str]) -> str:
    """What to say of a hole that is closed, and has something in it that cannot stand there."""
    hole = mended_id(written)
    near = difflib.get_close_matches(hole, known, n=1)
    if near and near[0] != hole:
        return f"No spaces and no capitals inside {{ }}. Did you mean {{{near[0]}}}?"
    return f"No spaces and no capitals inside {{ }}: write {{{hole}}}."


def _texts(tree: Map) -> Iterator[tuple[str, Mark]]:
    waiting: list[Map | Seq] = [tree]
    while waiting:
        node = waiting.pop()
        entries = (
            [(node[key], at) for key, at in node.values_at.items()]
            if isinstance(node, Map)
            else list(zip(node, node.items_at, strict=True))
        )
        for value, at in entries:
            if isinstance(value, str):
                yield value, at
            elif isinstance(value, (Map, Seq)):
                waiting.append(value)


def _spot(file: str, lines: list[str], mark: Mark, words: str) -> Place:
    """Where the words stand, from the mark on."""
    for number in range(mark[0], len(lines) + 1):
        column = lines[number - 1].find(words, mark[1] - 1 if number == mark[0] else 0)
        if column >= 0:
            return Place(file, number, column + 1)
    return Place(file, *mark)
