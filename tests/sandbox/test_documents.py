"""The page about the sandbox is true: its example runs, its list of methods is complete, its addresses exist."""

import asyncio
import contextlib
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.control import control_routes
from bot.sandbox.faults import Broken
from bot.sandbox.methods import PLAYED
from bot.sandbox.world import World

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)


async def echo(world: World, token: str) -> None:
    """A bot that asks, takes any press, and greets back."""
    offset = 0
    while True:
        _, body = await world.call(token, "getUpdates", {"offset": offset, "timeout": 50})
        for update in body["result"]:
            offset = update["update_id"] + 1
            with contextlib.suppress(Broken):
                await react(world, token, update)


async def react(world: World, token: str, update: dict[str, Any]) -> None:
    """What it does about one update."""
    if query := update.get("callback_query"):
        await world.call(token, "answerCallbackQuery", {"callback_query_id": query["id"], "text": "Noted"})
        return
    keyboard = {"inline_keyboard": [[{"text": "Police", "callback_data": "police"}]]}
    words = "Who is in it?" if update["message"]["text"] == "/start" else "Hello yourself"
    await world.call(token, "sendMessage", {"chat_id": update["message"]["chat"]["id"], "text": words, "reply_markup": keyboard})


@pytest.mark.asyncio(loop_scope="function")
async def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands, with a small bot in the place of yours."""
    assert EXAMPLE is not None
    tasks: list[asyncio.Task[None]] = []
    names: dict[str, Any] = {}

    def start_your_bot(token: str, _url: str) -> None:
        tasks.append(asyncio.create_task(echo(names["world"](), token)))

    body = textwrap.indent(EXAMPLE.group(1).replace("world = World()", "world = made()"), "    ")
    world = World()
    names |= {"world": lambda: world, "made": lambda: world, "start_your_bot": start_your_bot}
    exec(f"async def example():\n{body}", names)  # noqa: S102
    await names["example"]()
    tasks[0].cancel()
    assert "Ann presses [Police]\nHelper (toast): Noted\nAnn: Hello\nHelper: Hello yourself" in capsys.readouterr().out


def test_every_method_is_named() -> None:
    """The page names the methods that are played, and no other."""
    listed = re.search(r"Methods: (.*?)\. Every other", PAGE, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"`(\w+)`", listed.group(1))) == set(PLAYED)


def test_every_address_is_named() -> None:
    """The page names all addresses of the control API."""
    named = {(method, path.split("?")[0]) for method, path in re.findall(r"\| `(GET|POST) (/sandbox[^`]*)`", PAGE)}
    assert named == {(route.method, route.path) for route in control_routes(World())}
