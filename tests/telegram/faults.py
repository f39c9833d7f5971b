"""What can go wrong with a call: answers that are no success, and ways not to reach a server."""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, EndPointNotFound, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.telegram.bot_client import QuietBot
from bot.telegram.failures import NotFound, SlowDown
from bot.telegram.transport import AiohttpRequest
from tests.telegram.loopback import TOKEN, Said, a_bot, http, serving, wrong

PAGE = f"<html>Bad gateway: /bot{TOKEN}/sendMessage</html>"
"""What a proxy may say, the address and all."""

ANSWERS: dict[str, tuple[Said, type[TelegramError]]] = {
    "hung up": (Said(b"", "close"), NetworkError),
    "reset": (Said(b"", "reset"), NetworkError),
    "reset after half an answer": (Said(http(200, "x" * 10, length=100), "reset"), NetworkError),
    "half a body": (Said(http(200, '{"ok":true,"result":', length=100), "close"), NetworkError),
    "half a head": (Said(b"HTTP/1.1 200 OK\r\nContent-Le", "close"), NetworkError),
    "not HTTP": (Said(f"BOT{TOKEN} hello\r\n\r\n".encode(), "close"), NetworkError),
    "broken gzip": (Said(http(200, b"not gzip", Content_Encoding="gzip")), NetworkError),
    "200 with half JSON": (Said(http(200, '{"ok":true,"result":')), NetworkError),
    "200 with a page": (Said(http(200, PAGE)), NetworkError),
    "200 with a list": (Said(http(200, "[1]")), NetworkError),
    "200 without a result": (Said(http(200, {"ok": True})), NetworkError),
    "200 that is not ok": (Said(http(200, {"ok": False, "result": 1})), NetworkError),
    "200 of many brackets": (Said(http(200, "[" * 100_000)), NetworkError),
    "200 with nothing": (Said(http(200, "")), NetworkError),
    "500": (wrong(500, "Internal Server Error"), NetworkError),
    "500 of many brackets": (Said(http(500, "[" * 100_000)), NetworkError),
    "502 with a page": (Said(http(502, PAGE)), NetworkError),
    "504 with a page": (Said(http(504, PAGE)), NetworkError),
    "799 with a page": (Said(http(799, PAGE)), NetworkError),
    "redirect": (Said(http(302, PAGE, Location=f"http://other.invalid/bot{TOKEN}/x")), NetworkError),
    "429": (wrong(429, "Too Many Requests: retry after 7", retry_after=7), SlowDown),
    "429 without seconds": (wrong(429, "Too Many Requests"), NetworkError),
    "429 with a page": (Said(http(429, PAGE)), NetworkError),
    "migrated": (wrong(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100123), ChatMigrated),
    "400": (wrong(400, "Bad Request: message is not modified"), BadRequest),
    "413": (wrong(413, "Request Entity Too Large"), BadRequest),
    "403": (wrong(403, "Forbidden: bot was blocked by the user"), Forbidden),
    "409": (wrong(409, "Conflict: terminated by other getUpdates request"), Conflict),
    "401": (wrong(401, "Unauthorized"), InvalidToken),
    "404": (wrong(404, "Not Found"), NotFound),
    "404 of a method": (wrong(404, "Not Found: method not found"), EndPointNotFound),
    **{f"{code} with a page": (Said(http(code, PAGE)), NetworkError) for code in (400, 401, 403, 404, 409)},
    "repeats the token": (wrong(400, f"Bad Request: bad path /bot{TOKEN}/x"), BadRequest),
}
"""Name → the answer, and the exception it becomes."""

WAYS = ("refused", "no such name", "no TLS", "TLS of a stranger", "not an address", "too late", "stopped")


@asynccontextmanager
async def unreachable(way: str, patch: pytest.MonkeyPatch) -> AsyncIterator[QuietBot]:
    """A bot whose requests certainly reach no server."""
    calls = AiohttpRequest(connect=0.1 if way == "too late" else 5, pool=0)
    if way == "stopped":
        await calls.shutdown()
    if way == "no such name":
        patch.setattr(socket, "getaddrinfo", _unknown)
    if way == "TLS of a stranger":
        patch.setattr(ssl.SSLObject, "do_handshake", _distrusting)
    async with serving(Said(b"", "hang"), b"this is not TLS\r\n" if way == "no TLS" else b"") as server:
        addresses = {
            "refused": f"http://127.0.0.1:{_free_port()}",
            "no such name": "http://nowhere.invalid",
            "not an address": "http://[::1",
        }
        async with a_bot(addresses.get(way, f"https://127.0.0.1:{server.port}"), calls) as bot:
            yield bot


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _unknown(*_: Any, **__: Any) -> list[Any]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _distrusting(*_: Any) -> None:
    raise ssl.SSLCertVerificationError(1, "certificate verify failed")
