"""What the Bot API knows: methods and their parameters, types and their fields, read from the library's signatures."""

import inspect
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import telegram

from bot.sandbox.errors import bad_request

PLUMBING = frozenset({
    "self", "api_kwargs", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout",
    "filename", "current_offset", "auto_pagination", "contact", "venue", "location",
})  # fmt: skip
"""Parameters that the library adds for comfort and never sends."""


@cache
def methods() -> dict[str, str]:
    """Every method of the Bot API: its name in small letters → its name."""
    names = {name for name in dir(telegram.Bot) if not name.startswith("_") and any(letter.isupper() for letter in name)}
    return {name.lower(): name for name in names | {"close"}}


@cache
def parameters(method: str) -> frozenset[str]:
    """The names of the parameters a method takes."""
    return frozenset(inspect.signature(getattr(telegram.Bot, method)).parameters) - PLUMBING


@cache
def fields(kind: str) -> frozenset[str]:
    """The names of the fields an object of the Bot API has."""
    described = getattr(telegram, kind)
    return frozenset(inspect.signature(described.__init__).parameters) | frozenset(described.__slots__) - {"self", "api_kwargs"}


def check_parameters(method: str, given: Iterable[str]) -> None:
    """Refuses a parameter that the method does not take. Telegram would pass over it, and hide a slip of the bot."""
    unknown = set(given) - parameters(method) - {"method"}
    if unknown:
        raise bad_request(f"no parameter {', '.join(sorted(unknown))} in {method} (only the sandbox minds)")


def check_fields(kind: str, given: Mapping[str, Any]) -> None:
    """Refuses a field that an object of this kind does not have."""
    known = fields(kind)
    if not known.issuperset(given):
        raise bad_request(f"no field {', '.join(sorted(set(given) - known))} in {kind} (only the sandbox minds)")
