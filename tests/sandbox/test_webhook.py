"""Webhooks: what is posted, in what order, and what happens when nobody takes it."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.person import Person
from bot.sandbox.sender import Reply
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")


class Door:
    """A webhook in process: keeps what comes, answers as it is told to."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.came: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.answers: list[Reply | Exception] = []
        self.held: asyncio.Event | None = None

    async def post(self, _url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        self.came.append(json.loads(body))
        self.headers.append(headers)
        self.world.changes.touch()
        if self.held is not None:
            await self.held.wait()
        answer = self.answers.pop(0) if self.answers else (200, {}, b"")
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def came_to(self, count: int) -> list[str]:
        """Waits for so many deliveries; answers the texts."""
        async with asyncio.timeout(5):
            await self.world.changes.until(lambda: len(self.came) >= count)
        return [update["message"]["text"] if "message" in update else "press" for update in self.came]

    async def drained(self) -> None:
        """Waits until everything is taken."""
        async with asyncio.timeout(5):
            await self.world.changes.until(lambda: not any(map(self.world.pending, self.world.bots.values())))


async def opened(world: World, person: Person, **params: Any) -> Door:
    """Sets a webhook that leads to a door."""
    door = Door(world)
    world.post = door.post
    status, body = await world.call(person.bot.token, "setWebhook", {"url": "https://bot.example.org/hook", **params})
    assert (status, body["description"]) == (200, "Webhook was set")
    return door


async def test_updates_are_posted_with_the_secret(world: World, ann: Person) -> None:
    """Each update comes once, with the header that proves who sent it, and is gone when it is taken."""
    door = await opened(world, ann, secret_token="proof")  # noqa: S106
    await ann.send("one")
    await ann.send("two")
    await door.drained()
    assert await door.came_to(2) == ["one", "two"]
    assert door.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "proof"
    await world.sender.close()


async def test_what_waited_before_is_delivered_too(world: World, ann: Person) -> None:
    """Setting a webhook delivers what was not confirmed, unless it is told to drop it."""
    await ann.send("one")
    door = await opened(world, ann)
    assert await door.came_to(1) == ["one"]
    await world.sender.close()


async def test_dropped_updates_do_not_come(world: World, ann: Person) -> None:
    """`drop_pending_updates` forgets what waited."""
    await ann.send("one")
    door = await opened(world, ann, drop_pending_updates=True)
    await ann.send("two")
    assert await door.came_to(1) == ["two"]
    await world.sender.close()


@pytest.mark.parametrize("answer", [(500, {}, b""), (404, {}, b""), OSError("refused")], ids=["500", "404", "nobody"])
async def test_what_is_not_taken_comes_again(world: World, ann: Person, answer: Reply | Exception) -> None:
    """At once, then after 2, 4, 8 seconds …; meanwhile nothing else of this chat comes."""
    door = await opened(world, ann)
    door.answers = [answer] * 4
    await ann.send("one")
    await ann.send("two")
    assert await door.came_to(2) == ["one", "one"]
    for count, seconds in ((3, 2), (4, 4), (5, 8)):
        await settle()
        world.clock.advance(seconds - 0.1)
        await settle()
        assert len(door.came) == count - 1
        world.clock.advance(0.1)
        await door.came_to(count)
    assert await door.came_to(6) == ["one"] * 5 + ["two"]
    _, info = await world.call(ann.bot.token, "getWebhookInfo")
    assert info["result"]["last_error_message"]
    await world.sender.close()


async def settle() -> None:
    """Lets everything that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_press_does_not_wait_for_messages(world: World, ann: Person) -> None:
    """Messages of a chat and presses of a person are different queues: they come at the same time."""
    door = await opened(world, ann)
    door.held = asyncio.Event()
    sent = await ann.send("one")
    await ann.send("two")
    await ann.forge(sent, "data")
    assert await door.came_to(2) == ["one", "press"]
    await settle()
    assert len(door.came) == 2
    door.held.set()
    assert await door.came_to(3) == ["one", "press", "two"]
    await world.sender.close()


async def test_only_so_many_at_once(world: World, ann: Person) -> None:
    """`max_connections` bounds how many deliveries are under way."""
    door = await opened(world, ann, max_connections=2)
    door.held = asyncio.Event()
    for name in ("Ben", "Cy", "Di"):
        await world.person(name).send(name)
    assert await door.came_to(2) == ["Ben", "Cy"]
    await settle()
    assert len(door.came) == 2
    _, info = await world.call(ann.bot.token, "getWebhookInfo")
    assert info["result"] == {
        "url": "https://bot.example.org/hook",
        "has_custom_certificate": False,
        "pending_update_count": 3,
        "max_connections": 2,
    }
    door.held.set()
    assert await door.came_to(3) == ["Ben", "Cy", "Di"]
    await world.sender.close()


async def test_too_old_is_dropped(world: World, ann: Person) -> None:
    """A press that nobody takes for 150 seconds is given up; what comes after it goes on."""
    await ann.send("one")
    await world.call(ann.bot.token, "getUpdates", {"offset": 100_000_002})
    door = await opened(world, ann)
    door.answers = [(500, {"Retry-After": "200"}, b"")] * 2
    await ann.forge(1, "first")
    await door.came_to(2)
    await settle()
    world.clock.advance(200)
    await ann.forge(1, "second")
    await door.came_to(3)
    assert [update["callback_query"]["data"] for update in door.came] == ["first", "first", "second"]
    await world.sender.close()


async def test_a_method_in_the_answer_is_carried_out(world: World, ann: Person) -> None:
    """The body of the answer may send something; it may not fetch or set anything."""
    door = await opened(world, ann)
    door.answers = [
        (200, {}, json.dumps({"method": "sendMessage", "chat_id": ann.id, "text": "Hello yourself"}).encode()),
        (200, {}, json.dumps({"method": "deleteWebhook"}).encode()),
    ]
    await ann.send("Hello")
    await ann.waits_for("Hello yourself")
    await ann.send("again")
    await door.came_to(2)
    await door.drained()
    assert ann.bot.webhook.url
    await world.sender.close()


async def test_twice_if_so_scripted(world: World, ann: Person) -> None:
    """A fault makes a delivery come twice."""
    door = await opened(world, ann)
    world.faults.add(Fault(Kind.AGAIN, "webhook"))
    await ann.send("one")
    assert await door.came_to(2) == ["one", "one"]
    await world.sender.close()


async def test_over_real_http(world: World, ann: Person, unused_tcp_port: int) -> None:
    """Without a stand-in the update is posted over HTTP, as JSON."""
    came: list[tuple[str, Any]] = []

    async def hook(request: web.Request) -> web.Response:
        came.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], await request.json()))
        world.changes.touch()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    await world.call(ann.bot.token, "setWebhook", {"url": f"http://127.0.0.1:{unused_tcp_port}/hook", "secret_token": "abc"})
    await ann.send("Hello")
    async with asyncio.timeout(5):
        await world.changes.until(lambda: not world.pending(ann.bot))
    assert [(secret, update["message"]["text"]) for secret, update in came] == [("abc", "Hello")]
    await world.sender.close()
    await runner.cleanup()


@pytest.mark.parametrize(
    ("calls", "says"),
    [
        ([("setWebhook", {"url": "https://a.example.org"})], "Webhook was set"),
        ([("setWebhook", {"url": "https://a.example.org"})] * 2, "Webhook is already set"),
        ([("setWebhook", {"url": "https://a.example.org"}), ("setWebhook", {"url": ""})], "Webhook was deleted"),
        ([("deleteWebhook", {})], "Webhook is already deleted"),
    ],
)
async def test_setting_says_what_it_did(world: World, ann: Person, calls: list[tuple[str, dict[str, Any]]], says: str) -> None:
    """The answer tells whether anything was changed."""
    for method, params in calls:
        _, body = await world.call(ann.bot.token, method, params)
    assert body["description"] == says
    await world.sender.close()
