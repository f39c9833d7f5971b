"""The HTTP front: the Bot API as Telegram serves it, on this machine only, over a world that knows no network."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from bot.sandbox import limits
from bot.sandbox.control import control_routes
from bot.sandbox.errors import NOT_FOUND, ApiError, bad_request
from bot.sandbox.faults import Broken, Kind
from bot.sandbox.params import Upload
from bot.sandbox.world import World

HOST = "127.0.0.1"
Given = tuple[dict[str, Any], dict[str, Upload]]


@asynccontextmanager
async def serving(world: World, port: int = 0) -> AsyncIterator[str]:
    """Serves a world while the block lasts; gives the url bots are to use. Port 0: any that is free."""
    runner = web.AppRunner(application(world), handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await world.close()


def application(world: World) -> web.Application:
    """The server as an aiohttp application."""
    app = web.Application(client_max_size=limits.UPLOAD + (1 << 20))
    front = Front(world)
    app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", front.method)
    app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", front.file)
    app.add_routes(control_routes(world))
    app.router.add_route("*", "/{rest:.*}", front.nothing)
    return app


class Front:
    """The handlers."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def method(self, request: web.Request) -> web.StreamResponse:
        """Carries out a call."""
        if request.method not in {"GET", "POST"}:
            return await self.nothing(request)
        try:
            given, files = await read(request)
            status, body = await self.world.call(unquote(request.match_info["token"]), request.match_info["method"], given, files)
        except ApiError as refusal:
            return _json(refusal.to_json(), refusal.code)
        except Broken as slip:
            return await _break(request, slip)
        return _json(body, status)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Hands out a file."""
        bot = self.world.bots.get(unquote(request.match_info["token"]))
        found = self.world.files.by_path(request.match_info["path"])
        if bot is None or found is None:
            return await self.nothing(request)
        return web.Response(body=found.content, content_type="application/octet-stream")

    async def nothing(self, _request: web.Request) -> web.StreamResponse:
        return _json(NOT_FOUND.to_json(), 404)


async def read(request: web.Request) -> Given:
    """The parameters of a request: of its query string and of its body, be it a form, multipart or JSON."""
    given: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method == "POST":
        kind = request.content_type
        if kind == "application/json":
            given |= _json_object(await request.read())
        elif kind == "application/x-www-form-urlencoded":
            given |= {name: str(value) for name, value in (await request.post()).items()}
        elif kind == "multipart/form-data":
            await _read_parts(request, given, files)
    return given, files


def _json_object(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError as slip:
        raise bad_request("can't parse JSON object") from slip
    if not isinstance(value, dict):
        raise bad_request("expected a JSON object")
    return value


async def _read_parts(request: web.Request, given: dict[str, Any], files: dict[str, Upload]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = await part.read(decode=True)
        if part.filename is None:
            given[part.name] = content.decode("utf-8", "surrogatepass")
        else:
            files[part.name] = Upload(part.filename, bytes(content), part.headers.get("Content-Type", "application/octet-stream"))


def _json(body: Mapping[str, Any], status: int) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


async def _break(request: web.Request, slip: Broken) -> web.StreamResponse:
    """Does over HTTP what a fault says."""
    if slip.body is None or slip.kind is Kind.TRUNCATED:
        if slip.body:
            response = web.StreamResponse(headers={"Content-Length": str(2 * len(slip.body)), "Content-Type": "application/json"})
            await response.prepare(request)
            await response.write(slip.body)
        if request.transport is not None:
            request.transport.abort() if not slip.body else request.transport.close()
        raise asyncio.CancelledError
    kind = "application/json" if slip.kind is Kind.GARBAGE else "text/html"
    return web.Response(body=slip.body, status=slip.status, content_type=kind)
