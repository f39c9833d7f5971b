"""A small JSON API for people and other programs beside the bots: `/sandbox/...`. On this machine only, as all of the server.

    POST /sandbox/people {"name": "Ann"}                                  → {"id": 1001, "name": "Ann"}
    GET  /sandbox/people                                                  → everybody
    POST /sandbox/people/1001/send {"text": "/start"}                     → {"id": 1}
    POST /sandbox/people/1001/press {"message": 2, "button": "Police"}    → {"toast": …}, once the bot has answered
    GET  /sandbox/people/1001/messages?since=0&wait=10                    → {"at": 3, "messages": […]}
    GET  /sandbox/people/1001/transcript                                  → text
    GET  /sandbox/calls                                                   → every call the bots made

`wait`: seconds to wait for something new after `since`, which is the `at` of the answer before.
"""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.person import Person
from bot.sandbox.pressing import Impossible
from bot.sandbox.transcript import transcript

if TYPE_CHECKING:
    from bot.sandbox.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def control_routes(world: "World") -> list[web.RouteDef]:
    """The routes, for the server to add."""
    control = _Control(world)
    return [
        web.post("/sandbox/people", told(control.new_person)),
        web.get("/sandbox/people", told(control.people)),
        web.post("/sandbox/people/{id}/send", told(control.send)),
        web.post("/sandbox/people/{id}/press", told(control.press)),
        web.get("/sandbox/people/{id}/messages", told(control.messages)),
        web.get("/sandbox/people/{id}/transcript", control.transcript),
        web.get("/sandbox/calls", told(control.calls)),
    ]


def told(answer: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Answers with JSON; what cannot be done is a 400 that says why.

    What changes something must be sent as JSON: a browser lets no page of another site do that unasked, so no page can play a person.
    """

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.method == "POST" and request.content_type != "application/json":
            return web.json_response({"error": "expected Content-Type: application/json"}, status=415)
        try:
            return web.json_response(await answer(request))
        except (Impossible, LookupError, ValueError, KeyError) as slip:
            return web.json_response({"error": str(slip)}, status=400)

    return handler


class _Control:
    def __init__(self, world: "World") -> None:
        self.world = world

    def person(self, request: web.Request) -> Person:
        wanted = request.match_info["id"]
        found = next((one for one in self.world.people if str(one.id) == wanted), None)
        if found is None:
            raise LookupError(f"nobody has the id {wanted}")
        return found

    async def new_person(self, request: web.Request) -> dict[str, Any]:
        given = await _body(request)
        made = self.world.person(str(given["name"]), language=str(given.get("language", "en")))
        return {"id": made.id, "name": made.name}

    async def people(self, _request: web.Request) -> list[dict[str, Any]]:
        return [{"id": one.id, "name": one.name} for one in self.world.people]

    async def send(self, request: web.Request) -> dict[str, Any]:
        sent = await self.person(request).send(str((await _body(request))["text"]))
        return {"id": sent.id}

    async def press(self, request: web.Request) -> dict[str, Any]:
        given = await _body(request)
        press = await self.person(request).press(int(given["message"]), str(given["button"]))
        toast = None
        if press.query is not None:
            with suppress(TimeoutError):
                toast = await press.answered(float(given.get("wait", 10)))
        return {"toast": toast.text if toast else None, "alert": bool(toast and toast.alert), "opened": press.opened}

    async def messages(self, request: web.Request) -> dict[str, Any]:
        person = self.person(request)
        since, wait = int(request.query.get("since", 0)), float(request.query.get("wait", 0))
        with suppress(TimeoutError):
            await person.waits_until(lambda: len(person.chat.events) > since, min(wait, 60.0)) if wait else None
        seen = [asdict(one) for one in person.sees()]
        return {"at": len(person.chat.events), "messages": seen, "keys": person.keys()}

    async def transcript(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=transcript(self.person(request).chat))

    async def calls(self, _request: web.Request) -> list[dict[str, Any]]:
        return [asdict(call) for call in self.world.calls]


async def _body(request: web.Request) -> dict[str, Any]:
    body = json.loads(await request.text() or "{}")
    if not isinstance(body, dict):
        raise Impossible("expected a JSON object")
    return body
