"""The parameters of a call, whether they came as a form, as JSON, or as Python values in process."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a call."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class Params:
    """Reads parameters as Telegram reads them: what is not a number counts as nought, what is not true is false."""

    __slots__ = ("files", "given")

    def __init__(self, given: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.given = given
        self.files = files or {}

    def names(self) -> set[str]:
        """All names given, but for those of files that another parameter names by `attach://`."""
        if not self.files:
            return set(self.given)
        attached = {value.removeprefix("attach://") for value in self.given.values() if isinstance(value, str)}
        return self.given.keys() | (self.files.keys() - attached)

    def has(self, name: str) -> bool:
        value = self.given.get(name)
        return value is not None and value != ""

    def text(self, name: str) -> str:
        value = self.given.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value) if isinstance(value, bool | dict | list | tuple) else str(value)

    def integer(self, name: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
        value = self.given.get(name)
        if value is None or value == "":
            return default
        number = as_integer(value)
        if least is not None:
            number = max(number, least)
        return number if most is None else min(number, most)

    def flag(self, name: str) -> bool:
        value = self.given.get(name)
        return value if isinstance(value, bool) else str(value).strip().lower() in TRUE

    def json(self, name: str, what: str) -> Any:
        """A value that is an object or an array; None if it was left out."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as slip:
            raise bad_request(f"Can't parse {what} JSON object") from slip

    def mapping(self, name: str, what: str) -> dict[str, Any] | None:
        """An object; None if it was left out."""
        value = self.json(name, what)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"Object expected as {what}")
        return value

    def array(self, name: str) -> list[Any]:
        """A list; empty if it was left out or is none."""
        value = self.given.get(name)
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return []
        return list(value) if isinstance(value, list | tuple) else []


def words_of(given: Mapping[str, Any], name: str) -> str:
    """A field that is a text, or a number that passes for one; empty if it was left out."""
    value = given.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_request(f'Field "{name}" must be of type String')
    return str(value)


def as_integer(value: Any) -> int:
    """A number, or nought for what is none."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
