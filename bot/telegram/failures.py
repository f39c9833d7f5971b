"""What can go wrong with a call, as telegram's own exceptions, said without the address of the call: the token is part of it.

A sender needs to know one thing more than telegram's classes say: whether the request can have arrived. `NotSent` means
that it cannot. Any other `NetworkError` that is no `BadRequest` leaves it open.
"""

import json
import os
from datetime import timedelta
from typing import Any

from aiohttp import ClientHttpProxyError, ClientSSLError, InvalidURL
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class NotSent(NetworkError):
    """The request certainly did not reach the server: no name, no connection, no TLS, or the bot is stopping."""

    __slots__ = ()


class NotSentInTime(NotSent, TimedOut):
    """No connection in time: none could be made, or all of them stayed in use. The request did not reach the server."""

    __slots__ = ()


class NotFound(InvalidToken):
    """The server knows no such path: a token that never was one, or a method that does not exist."""

    __slots__ = ()


class SlowDown(RetryAfter):
    """Flood control: nothing of this kind is accepted for `retry_after` seconds."""

    __slots__ = ()

    @property
    def retry_after(self) -> int:
        """Seconds to wait. The library's own property warns, on every use, that its type will change."""
        return int(self._retry_after.total_seconds())


class Unconnected(Exception):
    """There is no connection, because of `slip`. Only passed on inside the transport."""

    def __init__(self, slip: Exception) -> None:
        super().__init__()
        self.slip = slip


class WrongProxy(Exception):
    """The environment names a proxy of a kind that is not known here. Only passed on inside the transport."""


def failure_on_the_way(slip: Exception, label: str) -> NetworkError:
    """What to raise instead of an exception of the HTTP client. Nothing of its text is used but the system's own reason."""
    unsent = isinstance(slip, Unconnected | InvalidURL)
    if isinstance(slip, Unconnected):
        slip = slip.slip
    if isinstance(slip, TimeoutError):
        return NotSentInTime(f"{label}: no connection in time") if unsent else TimedOut(f"{label}: no answer in time")
    reason = f"the proxy answered {slip.status}" if isinstance(slip, ClientHttpProxyError) else _reason(slip)
    name = type(slip).__name__
    return (NotSent if unsent else NetworkError)(f"{label}: {reason} ({name})" if reason else f"{label}: {name}")


def _reason(slip: Exception) -> str:
    """What the system or the TLS library calls it, if it has a word for it."""
    if isinstance(slip, ClientSSLError):  # its number is none of the system's
        return str(getattr(getattr(slip, "certificate_error", None), "verify_message", ""))
    if isinstance(slip, WrongProxy):
        return "the proxy that the environment names should begin with http://"
    return os.strerror(slip.errno) if isinstance(slip, OSError) and slip.errno and slip.errno > 0 else ""


def failure_answered(code: int, body: bytes, label: str) -> TelegramError:
    """What to raise for an answer that is not a success: what telegram's own transport raises, with two exceptions.

    - What is not an answer of the Bot API (the page of a proxy) says nothing about the token, the chat or the message,
      whatever its code: it is a `NetworkError`.
    - An error of the Bot API with another code from 400 to 499 (413, "too large") is a `BadRequest`: asking again is no help.
    """
    given = _object(body)
    message = given.get("description")
    if given.get("ok") is not False or not isinstance(message, str):
        return NetworkError(f"{label}: something other than the Bot API answered, with {code}")
    parameters = given.get("parameters")
    if isinstance(parameters, dict):
        chat, seconds = parameters.get("migrate_to_chat_id"), parameters.get("retry_after")
        if isinstance(chat, int) and chat:
            return ChatMigrated(chat)
        if isinstance(seconds, int | float) and 0 < seconds < 1e9:
            return SlowDown(timedelta(seconds=seconds))
    if code == 501:
        return EndPointNotFound(f"{label}: {message}")
    if code == 404:
        return (EndPointNotFound if "method not found" in message else NotFound)(f"{label}: {message}")
    if code in _CLASSES:
        return _CLASSES[code](message)
    return (BadRequest if 400 < code < 500 and code not in (408, 429) else NetworkError)(message)


_CLASSES: dict[int, type[TelegramError]] = {400: BadRequest, 401: InvalidToken, 403: Forbidden, 409: Conflict}


def _object(body: bytes) -> dict[str, Any]:
    """A JSON object, or an empty one for anything else."""
    try:
        given = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def result_object(body: bytes, label: str) -> dict[str, Any]:
    """The JSON object of a successful answer. Raises NetworkError if it is none: something other than the Bot API answered."""
    given = _object(body)
    if given.get("ok") is True and "result" in given:
        return given
    raise NetworkError(f"{label}: the answer is not one of the Bot API")
