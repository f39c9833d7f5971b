"""YAML text in, a tree of mappings, lists and texts out, with line and column on everything.

The only importer of `yaml`. It reads events one by one and builds the tree itself: nothing recurses, every scalar
stays the text that was typed, and repeated keys, aliases, anchors, tags and further documents are findings.
"""

import re
from dataclasses import dataclass, field

import yaml

from bot.loading.report import Report
from bot.loading.yaml_words import in_plain_words
from bot.model.limits import FILE_DEPTH, LIST_LENGTH, SCALAR_LENGTH
from bot.model.place import Place

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Mark = tuple[int, int]
_HASH = re.compile(r"\S #")
Node = "Map | Seq | str"


class Map(dict[str, object]):
    """A mapping that remembers where it, its keys and its values stand (line, column from 1)."""

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}


class Seq(list[object]):
    """A list that remembers where it and its items stand."""

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.items_at: list[Mark] = []


class _Refused(Exception):
    """The file is refused; the finding has been written."""


@dataclass(slots=True)
class _Builder:
    """Builds the tree of one file from its events."""

    file: str
    report: Report
    root: Map | Seq | None = None
    stack: list[Map | Seq] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    list_length: int = LIST_LENGTH
    hashes: dict[int, str] = field(default_factory=dict)
    """Lines with a # that may cut a text off, as they stand in the file."""

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self.plain(event)
                self.put(self.scalar(event), event)
                if self.hashes:
                    self.cut_off(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.plain(event)
                self.open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
                self.keys.pop()
            case yaml.AliasEvent():
                self.refuse("D022", event, f'"*{event.anchor}" is a YAML alias. Write the text out again, or put it in quotes.')
            case yaml.DocumentStartEvent() if self.root is not None:
                self.refuse("D024", event, 'A second document starts here ("---"). One file holds one document; make a new file.')

    def plain(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self.refuse("D022", event, f'"&{event.anchor}" is a YAML anchor. Take it away, or put the text in quotes.')
        if event.tag and event.tag != "!":
            self.refuse("D023", event, 'A text cannot start with "!". Put the whole text in "double quotes".')

    def scalar(self, event: yaml.ScalarEvent) -> str:
        value: str = event.value
        if len(value) > SCALAR_LENGTH:
            self.refuse("D025", event, f"This text has {len(value):,} letters; {SCALAR_LENGTH:,} is the most.")
        if "\\" in value or not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                self.refuse("D026", event, "This text holds half of a character (a lone surrogate). Type the character itself.")
        if "\0" in value:
            self.refuse("D011", event, "This text holds an unseen control character (U+0000). Take it away.")
        return value

    def cut_off(self, event: yaml.ScalarEvent) -> None:
        """D053: a text without quotes that ends at a # after a single space. A note to oneself stands further off."""
        mark = event.end_mark
        if mark is None or event.style or not event.value:
            return
        rest = self.hashes.get(mark.line, "")[mark.column :]
        if rest.startswith(" #"):
            message = 'Everything after # is left out. Put the whole text in "quotes"; before a note, write two spaces.'
            self.report.add("D053", "warning", Place(self.file, mark.line + 1, mark.column + 2), message, len(rest) - 1)

    def open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        mark = _mark(event)
        node: Map | Seq = Map(mark) if isinstance(event, yaml.MappingStartEvent) else Seq(mark)
        if len(self.stack) >= FILE_DEPTH:
            self.refuse("D021", event, f"Things are nested more than {FILE_DEPTH} deep here. Is a bracket left open?")
        self.put(node, event)
        self.stack.append(node)
        self.keys.append(None)

    def put(self, node: Map | Seq | str, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Hangs a node where it belongs: a list item, a key, or the value of the key before it."""
        mark = _mark(event)
        if not self.stack:
            if isinstance(node, str):
                self.refuse("D027", event, "The file should be a list of keys such as `format: 1`, but it is only a text.")
            else:
                self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Seq):
            if len(parent) >= self.list_length:
                self.refuse("D012", event, f"This list has more than {self.list_length:,} items. Split it.")
            parent.append(node)
            parent.items_at.append(mark)
            return
        key = self.keys[-1]
        if key is not None:
            parent[key] = node
            parent.values_at[key] = mark
            self.keys[-1] = None
        elif isinstance(node, str):
            self.key(parent, node, mark, event)
        else:
            self.refuse("D028", event, "A key must be a plain word, but a list or mapping stands here. Is a quote missing?")

    def key(self, parent: Map, name: str, mark: Mark, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if name in parent.keys_at:
            first = parent.keys_at[name][0]
            self.refuse("D020", event, f'"{name}" stands here twice; the first is in line {first}. Keep one of them.', len(name))
        parent.keys_at[name] = mark
        self.keys[-1] = name

    def refuse(self, code: str, event: yaml.Event, message: str, width: int = 1) -> None:
        line, column = _mark(event)
        self.report.error(code, self.file, message, line, column, width)
        raise _Refused


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def tree_of(file: str, text: str, report: Report) -> Map | None:
    """The file as a tree; None when it is refused, and then the report holds the one finding that says why."""
    root = tree_or_list(file, text, report)
    if isinstance(root, Seq):
        report.error("D027", file, "The file should be a list of keys such as `format: 1`, but it starts with a dash.", *root.at)
        return None
    return root


def tree_or_list(file: str, text: str, report: Report, list_length: int = LIST_LENGTH) -> Map | Seq | None:
    """Like `tree_of`, for a file that may hold a list."""
    builder = _Builder(file, report, list_length=list_length)
    if list_length == LIST_LENGTH and " #" in text:
        builder.hashes = {number: line for number, line in enumerate(text.split("\n")) if _HASH.search(line)}
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Refused:
        return None
    except yaml.MarkedYAMLError as slip:
        code, message, line, column = in_plain_words(slip, text)
        report.error(code, file, message, line, column)
        return None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        report.error(
            "D030", file, "Something in this file cannot be understood. Compare it with a file like it, or bring back the one you had."
        )
        return None
    if builder.root is None:
        report.error("D031", file, "The file is empty. Write in it, or delete it.")
    return builder.root


def place_in(file: str, tree: Map | Seq, path: tuple[str | int, ...]) -> tuple[Place, int]:
    """Where the thing at this path stands, as far as the path can be followed, and how wide its name is.

    A mapping's entry is placed at its key, a list's item at the item.
    """
    node: object = tree
    mark, width = tree.at, 1
    for step in path:
        if isinstance(node, Map) and isinstance(step, str) and step in node.keys_at:
            mark, width = node.keys_at[step], max(1, len(step))
            node = node.get(step)
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            mark = node.items_at[step]
            node = node[step]
            width = max(1, len(node)) if isinstance(node, str) else 1
        else:
            break
    return Place(file, *mark), width


def value_place(file: str, tree: Map | Seq, path: tuple[str | int, ...]) -> tuple[Place, int]:
    """Like `place_in`, but a mapping's entry is placed at its value."""
    if path and isinstance(path[-1], str):
        node: object = tree
        for step in path[:-1]:
            node = node[step] if isinstance(node, (Map, Seq)) else None  # type: ignore[index]  # str keys Map, int keys Seq
        if isinstance(node, Map) and path[-1] in node.values_at:
            value = node[path[-1]]
            return Place(file, *node.values_at[path[-1]]), max(1, len(value)) if isinstance(value, str) else 1
    return place_in(file, tree, path)
