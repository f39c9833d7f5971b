"""What all shapes share: lists, mappings, and classes with keys that may have spaces; unknown keys are slips.

A shape reads a tree into an object with plain attributes and collects every slip on the way, each with its path. It also
describes itself as a JSON Schema for editors. (Why not pydantic: docs/decisions.)
"""

import difflib
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from bot.loading.shapes.kinds import (
    A_DASH,
    A_LIST,
    DROPPED,
    FORMAT,
    ID,
    MORE_KEYS,
    TEXT,
    WRONG_DASH,
    Kind,
    Misfit,
    Path,
    Schema,
    Slip,
    mended_id,
)

FURTHER_IN = 'Start this line further in, below "{above}".'


class ListOf(Kind):
    """A list of one kind. With `lone`, a single value stands for a list of one.

    With `parted`, the code of a slip, an item has no comma in it: several were meant.
    """

    def __init__(self, item: Kind, lone: bool = False, least: int = 0, most: int = 1_000_000, parted: str = "") -> None:
        self.item, self.lone, self.least, self.most, self.parted = item, lone, least, most, parted

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """The items that fit."""
        if isinstance(value, str) and WRONG_DASH.match(value):
            slips.append(Slip("D052", path, A_DASH))
            raise Misfit
        if not isinstance(value, list):
            if isinstance(value, dict) or not self.lone:
                slips.append(Slip("D104", path, A_LIST))
                raise Misfit
            return [self._item(value, path, slips)]
        found = []
        for number, one in enumerate(value):
            try:
                found.append(self._item(one, (*path, number), slips))
            except Misfit:
                slips.append(Slip(DROPPED, (*path, number), ""))
        if not self.least <= len(value) <= self.most:
            few = len(value) < self.least
            slips.append(
                Slip(
                    "D105", path, f"There is too {'little' if few else 'much'} here. {'Add at least one more' if few else 'Take one away'}."
                )
            )
            raise Misfit
        return found

    def _item(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        if self.parted and isinstance(value, str) and "," in value:
            parts = [mended_id(one) if self.item is ID else one.strip() for one in value.split(",") if one.strip()]
            slips.append(Slip(self.parted, path, f"Several in one. Write [{', '.join(parts)}], or each on a line of its own with a dash."))
            raise Misfit
        return self.item.read(value, path, slips)

    def schema(self) -> Schema:
        """Its JSON Schema."""
        several = {"type": "array", "items": self.item.schema()}
        return {"anyOf": [several, self.item.schema()]} if self.lone else several


LINES = ListOf(TEXT, lone=True)
"""One text, or a list of texts."""
SOME = ListOf(TEXT, lone=True, least=1)
"""The same, and not none."""
WORDS = ListOf(TEXT, lone=True, parted="D110")
"""Words or phrases, each by itself."""


class OnePerLine(ListOf):
    """A list; or, behind a `|`, a text that holds one item on each of its lines, with no dashes or quotes."""

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """The items, or the lines that say something."""
        if isinstance(value, str) and "\n" in value:
            value = [line.strip().removeprefix("- ") for line in value.splitlines() if line.strip()]
        return super().read(value, path, slips)


ONE_PER_LINE = OnePerLine(TEXT, lone=True, least=1)
IDS = ListOf(ID, lone=True, parted="D108")


class MapOf(Kind):
    """A mapping whose keys are the author's own."""

    def __init__(self, key: Kind, value: Kind, least: int = 0) -> None:
        self.key, self.value, self.least = key, value, least

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """The entries that fit."""
        if not isinstance(value, dict):
            slips.append(Slip("D104", path, MORE_KEYS))
            raise Misfit
        found = {}
        above = ""
        for key, one in value.items():
            here = (*path, key)
            if above and not isinstance(one, dict) and self._is_further_in(key):
                slips.append(Slip("D103", here, FURTHER_IN.format(above=above), at_key=True))
                continue
            above = key
            at_key: list[Slip] = []
            try:
                name = self.key.read(key, here, at_key)
                found[name] = self.value.read(one, here, slips)
            except Misfit:
                slips += [slip._replace(at_key=True) for slip in at_key]
        if len(value) < self.least:
            slips.append(Slip("D105", path, "There is too little here. Add at least one more."))
        if len(found) < self.least:
            raise Misfit
        return found

    def _is_further_in(self, key: str) -> bool:
        """True if this is a key of the entries, and was most likely meant for the one above it."""
        return isinstance(self.value, Nested) and not self.value.short and key in self.value.shape.fields

    def schema(self) -> Schema:
        """Its JSON Schema."""
        named = self.key.schema()
        return {"type": "object", "propertyNames": named, "additionalProperties": self.value.schema()}


class Field(NamedTuple):
    """One key of a shape."""

    kind: Kind
    needed: bool
    default: Any
    description: str


def need(kind: Kind, description: str = "") -> Any:
    """A key that must be there."""
    return Field(kind, True, None, description)


def may(kind: Kind, default: Any = None, description: str = "") -> Any:
    """A key that may be left out."""
    return Field(kind, False, default, description)


class Shape:
    """A mapping in a file. The attribute `at_least` is written `at least`; one that is a Python word ends in `_`."""

    fields: ClassVar[dict[str, tuple[str, Field]]] = {}

    def __init_subclass__(cls) -> None:
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        cls.fields = cls.fields | {name.rstrip("_").replace("_", " "): (name, field) for name, field in own.items()}

    def __init__(self, values: Mapping[str, Any]) -> None:
        for name, field in type(self).fields.values():
            setattr(self, name, values.get(name, field.default))


class Nested(Kind):
    """A shape as a value. With `short`, a plain text stands for its one most used key."""

    def __init__(self, shape: type[Shape], short: str = "") -> None:
        self.shape, self.short = shape, short

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """The shape's object; what does not fit in it is left at its default, and the whole is a misfit only if a needed key is gone."""
        in_short = bool(self.short) and isinstance(value, str)
        if in_short:
            value = {self.short: value}
        if not isinstance(value, dict):
            slips.append(Slip("D104", path, MORE_KEYS))
            raise Misfit
        fields = self.shape.fields
        values: dict[str, Any] = {}
        whole = True
        meant = self._meant(value)
        for key, (name, field) in fields.items():
            if key not in value:
                if field.needed:
                    slips += [Slip("D102", (*path, key), "")] if key not in meant.values() else []
                    whole = False
                continue
            # In the short form there is no such key in the file; the value itself stands in its place.
            here = path if in_short else (*path, key)
            try:
                values[name] = field.kind.read(value[key], here, slips)
            except Misfit:
                whole = whole and not field.needed
        for key, instead in meant.items():
            slips.append(Slip("D103", (*path, key), "", at_key=True, known=(instead,) if instead else tuple(fields)))
        if not whole:
            raise Misfit
        return self.shape(values)

    def _meant(self, value: dict[str, Any]) -> dict[str, str]:
        """Each key that does not belong here, and the one that was meant, as far as that is clear: the two are one slip."""
        fields = self.shape.fields
        open_still = [key for key in fields if key not in value]
        meant = {key: "" for key in value if key not in fields}
        for key in meant:
            near = difflib.get_close_matches(key, open_still, n=1)
            meant[key] = near[0] if near and near[0] not in meant.values() else ""
        missing = [key for key in open_still if fields[key][1].needed and key not in meant.values()]
        strange = [key for key, instead in meant.items() if not instead]
        return meant | {strange[0]: missing[0]} if len(missing) == len(strange) == 1 else meant

    def schema(self) -> Schema:
        """Its JSON Schema."""
        properties = {}
        for key, (_, field) in self.shape.fields.items():
            described = {"description": field.description} if field.description else {}
            properties[key] = {**field.kind.schema(), **described}
        needed = [key for key, (_, field) in self.shape.fields.items() if field.needed]
        whole = {
            "type": "object",
            "description": self.shape.__doc__,
            "properties": properties,
            "required": needed,
            "additionalProperties": False,
        }
        return {"anyOf": [{"type": "string"}, whole]} if self.short else whole


class FileShape(Shape):
    """A whole file."""

    format: int = need(FORMAT, "The number of the format this file is written in: 1.")
