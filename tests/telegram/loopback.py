"""A server on this machine that answers as a test says: whole, in part, wrongly, or not at all."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from bot.telegram.bot_client import QuietBot
from bot.telegram.transport import AiohttpRequest

Then = Literal["keep", "close", "reset", "hang", "dribble"]


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Said(NamedTuple):
    """What is written as the answer, and what happens to the connection then."""

    text: bytes
    then: Then = "keep"


def http(code: int, body: bytes | str | dict[str, Any], length: int | None = None, **headers: str) -> bytes:
    """An HTTP answer; `length` is what it says its length is."""
    content = json.dumps(body).encode() if isinstance(body, dict) else body.encode() if isinstance(body, str) else body
    kind = "application/json" if isinstance(body, dict) else "text/html"
    lines = [f"HTTP/1.1 {code} Some", f"Content-Type: {kind}", f"Content-Length: {len(content) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def fine(result: Any = True) -> Said:
    """The Bot API says yes."""
    return Said(http(200, {"ok": True, "result": result}))


def wrong(code: int, description: str, **parameters: int) -> Said:
    """The Bot API says no."""
    return Said(http(code, {"ok": False, "error_code": code, "description": description, "parameters": parameters}))


@dataclass(slots=True)
class Loopback:
    """The server while it runs: where it is, how many connections it took, what it was asked."""

    answer: Callable[[Asked], Said]
    greeting: bytes = b""
    port: int = 0
    accepted: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.accepted += 1
        try:
            writer.write(self.greeting)
            while asked := await _request(reader):
                self.asked.append(asked)
                text, then = self.answer(asked)
                writer.write(text)
                await writer.drain()
                if then == "hang":
                    await reader.read()
                while then == "dribble":
                    writer.write(b"X: y\r\n")
                    await writer.drain()
                    await asyncio.sleep(0.05)
                if then == "reset":
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if then != "keep":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    method, target, _ = first.split(" ")
    return Asked(method, target, headers, await reader.readexactly(int(headers.get("content-length", 0))))


@asynccontextmanager
async def serving(answer: Callable[[Asked], Said] | Said, greeting: bytes = b"") -> AsyncIterator[Loopback]:
    """Runs a server that gives this answer, or the answer that this function finds. A greeting is sent before it is asked."""
    loopback = Loopback(answer if callable(answer) else lambda _: answer, greeting)
    server = await asyncio.start_server(loopback.serve, "127.0.0.1", 0)
    loopback.port = server.sockets[0].getsockname()[1]
    try:
        yield loopback
    finally:
        server.close()
        await server.wait_closed()


CANARY = "AAcanaryCANARYcanary-_canary0123456789"
"""The secret part of the token, which must be seen nowhere."""
TOKEN = f"987654321:{CANARY}"
ME = {"id": 987654321, "is_bot": True, "first_name": "Bot", "username": "a_bot"}


@asynccontextmanager
async def a_bot(url: str, calls: AiohttpRequest | None = None) -> AsyncIterator[QuietBot]:
    """A bot that calls this address."""
    calls = calls or AiohttpRequest()
    bot = QuietBot(TOKEN, url, calls, calls)
    try:
        yield bot
    finally:
        await bot.shutdown()


@asynccontextmanager
async def talking(answer: Callable[[Asked], Said] | Said, **given: Any) -> AsyncIterator[tuple[QuietBot, Loopback]]:
    """A bot and the server it talks to; what else is given is for its transport."""
    async with serving(answer) as server, a_bot(server.url, AiohttpRequest(**given)) as bot:
        yield bot, server
