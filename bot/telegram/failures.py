"""What can go wrong with a call, as telegram's own exceptions, said without the address of the call: the token is part of it.

A sender needs to know one thing more than telegram's classes say: whether the request can have arrived. `NotSent` means
that it cannot. Any other `NetworkError` that is no `BadRequest` leaves it open.
"""

import json
import os
from datetime import timedelta
from typing import Any

from aiohttp import ClientConnectorError, ClientHttpProxyError, ConnectionTimeoutError, InvalidURL
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

_CONNECTING = (ClientConnectorError, ClientHttpProxyError, InvalidURL)
"""What aiohttp raises before the first byte of a request has left."""


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


def failure_on_the_way(slip: Exception, label: str) -> NetworkError:
    """What to raise instead of an exception of the HTTP client. Nothing of its text is used but the system's own reason."""
    name = type(slip).__name__
    if isinstance(slip, ConnectionTimeoutError):
        return NotSentInTime(f"{label}: no connection in time")
    if isinstance(slip, TimeoutError):
        return TimedOut(f"{label}: no answer in time")
    reason = os.strerror(slip.errno) if isinstance(slip, OSError) and slip.errno and slip.errno > 0 else ""
    if isinstance(slip, ClientHttpProxyError):
        reason = f"the proxy answered {slip.status}"
    said = f"{label}: {reason} ({name})" if reason else f"{label}: {name}"
    return NotSent(said) if isinstance(slip, _CONNECTING) else NetworkError(said)


def failure_answered(code: int, body: bytes, label: str) -> TelegramError:
    """What to raise for an answer that is not a success: the classes that telegram's own transport raises.

    One exception: an error of the Bot API itself with another code from 400 to 499 (413, "too large") is a `BadRequest`,
    because asking again will not help.
    """
    given = _object(body)
    parameters = given.get("parameters")
    if isinstance(parameters, dict):
        chat, seconds = parameters.get("migrate_to_chat_id"), parameters.get("retry_after")
        if isinstance(chat, int) and chat:
            return ChatMigrated(chat)
        if isinstance(seconds, int | float) and seconds > 0:
            return SlowDown(timedelta(seconds=seconds))
    said = given.get("description")
    message = f"{said}" if said else f"{label}: the server answered {code} without a reason"
    if code == 401:
        return InvalidToken(f"{label}: the token was refused ({message})")
    if code == 404:
        unknown = "method not found" in message
        return EndPointNotFound(f"{label}: {message}") if unknown else NotFound(f"{label}: {message}")
    return _PLAIN[code](message) if code in _PLAIN else _other(code, bool(said), message)


_PLAIN: dict[int, type[TelegramError]] = {400: BadRequest, 403: Forbidden, 409: Conflict}


def _other(code: int, said: bool, message: str) -> TelegramError:
    return BadRequest(message) if said and 400 < code < 500 and code not in (408, 429) else NetworkError(message)


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
