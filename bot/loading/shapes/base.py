"""What all shapes share: keys with spaces, no unknown keys, and the small types a text can be read as."""

import os
import re
from typing import Annotated, Any

# Without this pydantic looks through every installed package for plugins of its own, which takes longer than our models.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.model.limits import ID_LENGTH

NEWEST_FORMAT = 1
ID_PATTERN = re.compile(rf"[a-z][a-z0-9_]{{0,{ID_LENGTH - 1}}}")


class Shape(BaseModel):
    """A mapping in a file. Field `at_least` is written `at least`."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("_", " "))


def _format(value: Any) -> int:
    number = _whole(value)
    if number > NEWEST_FORMAT:
        raise PydanticCustomError("newer", f"The file says format {number}; this program reads {NEWEST_FORMAT}. Install a newer program.")
    if number < 1:
        raise PydanticCustomError("number", "The format is a whole number from 1.")
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("text", "A text is expected here, but a list or more keys stand below it.")
    stripped = value.strip()
    if not stripped:
        raise PydanticCustomError("empty", "Nothing is written here. Write the text, or take the key away.")
    return stripped


def _typed(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("text", "A text is expected here, but a list or more keys stand below it.")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,6}", value):
        raise PydanticCustomError("number", "A whole number is expected here, such as 2.")
    return int(value)


def _yes_no(value: Any) -> bool:
    if value not in ("yes", "no"):
        raise PydanticCustomError("yes_no", "Only yes or no can stand here.")
    return bool(value == "yes")


def _id(value: Any) -> str:
    if not isinstance(value, str) or not ID_PATTERN.fullmatch(value):
        raise PydanticCustomError(
            "id",
            "An id is made of small letters, digits and _, starts with a letter, and has at most {most} of them.",
            {"most": ID_LENGTH},
        )
    return value


def _lines(value: Any) -> list[Any]:
    if isinstance(value, dict):
        raise PydanticCustomError("list", "A list is expected here: each item on a line of its own, with a dash.")
    return value if isinstance(value, list) else [value]


Text = Annotated[str, BeforeValidator(_text)]
"""A text that is not empty; spaces around it are dropped."""
Typed = Annotated[str, BeforeValidator(_typed)]
"""What a person types, to the letter; it may be empty."""
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]+$"})]
"""A whole number; the only scalars that are not text."""
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"})]
Lines = Annotated[list[Text], BeforeValidator(_lines), WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}})]
"""One text, or a list of texts."""
Ids = Annotated[list[Id], BeforeValidator(_lines), WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}})]
If = Annotated[Any, WithJsonSchema({"type": "object", "description": "A condition over answers, such as {working: one_team}."})]
"""A condition; `bot.loading.conditions` reads it, because its keys are the author's own question ids."""


def short_form(key: str) -> BeforeValidator:
    """A plain text in the place of a mapping stands for the mapping's one most used key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class FileShape(Shape):
    """A whole file."""

    format: Annotated[int, BeforeValidator(_format)] = Field(description="The number of the format this file is written in: 1.")
