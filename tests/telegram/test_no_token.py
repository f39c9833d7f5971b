"""The token is seen nowhere, whatever goes wrong and however a method is called."""

import asyncio
import io
import logging
import traceback
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from telegram.error import TelegramError

from bot.telegram.bot_client import QuietBot, call
from tests.telegram.faults import ANSWERS, WAYS, unreachable
from tests.telegram.loopback import CANARY, ME, Said, a_bot, fine, serving, talking

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_proxies"), pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def everything_said(capfd: pytest.CaptureFixture[str]) -> Iterator[io.StringIO]:
    """All records at DEBUG as they are written, without anything that hides secrets; in the end, what was printed too."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    out, err = capfd.readouterr()
    assert CANARY not in written.getvalue() + out + err


def shown(slip: BaseException) -> str:
    """Everything that an exception and those behind it show."""
    behind = [one for one in (slip.__cause__, slip.__context__) if one is not None]
    return "\n".join([str(slip), repr(slip), repr(slip.args), *traceback.format_exception(slip), *(shown(one) for one in behind)])


async def fails_quietly(bot: QuietBot, download: bool) -> None:
    """Calls in every way that there is, each of which fails."""
    attempts = [
        call(bot, "sendMessage", {"chat_id": 5}),
        call(bot, "sendDocument", {"chat_id": 5, "document": {"name": "a", "content": "b"}}),
        call(bot, "getUpdates", {"timeout": 0}),
        bot.send_message(5, "hello"),
        bot.get_updates(),
        bot.initialize(),
        bot.do_api_request("noSuch"),
    ]
    if download:
        attempts.append(bot.request.retrieve(f"{bot.base_file_url}/documents/a"))
    for attempt in attempts:
        with pytest.raises(TelegramError) as caught:
            await attempt
        assert CANARY not in shown(caught.value)
        logging.getLogger("test").error("It failed: %s", caught.value, exc_info=caught.value)
    assert CANARY not in f"{bot!r} {bot} {bot.request!r} {bot.request}"


@pytest.mark.parametrize("name", [*ANSWERS, *WAYS])
async def test_no_failure_shows_the_token(name: str, everything_said: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in an exception or those behind it, a traceback, a repr, a log line, on the screen."""
    asyncio.get_running_loop().set_debug(True)
    async with AsyncExitStack() as stack:
        if name in ANSWERS:
            bot, _ = await stack.enter_async_context(talking(ANSWERS[name][0]))
        else:
            bot = await stack.enter_async_context(unreachable(name, monkeypatch))
            if name == "stopped":
                monkeypatch.setattr(type(bot.request), "initialize", _stay)
        await fails_quietly(bot, download=not name.startswith("200"))
    assert "It failed" in everything_said.getvalue()


async def _stay(_: object) -> None:
    """Stopped is stopped."""


@pytest.mark.usefixtures("everything_said")
async def test_no_time_out_and_no_call_that_is_given_up_shows_the_token() -> None:
    """Nor does a task that fails and that nobody waits for."""
    asyncio.get_running_loop().set_debug(True)
    async with talking(Said(b"", "hang"), read=0.05) as (bot, server):
        await fails_quietly_in_time(bot)
        forgotten = asyncio.create_task(call(bot, "getMe"))
        await asyncio.wait([forgotten])
        del forgotten
        given_up = asyncio.create_task(call(bot, "getMe"))
        asked = len(server.asked)
        while len(server.asked) == asked:
            await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await given_up
        assert CANARY not in shown(caught.value)


async def fails_quietly_in_time(bot: QuietBot) -> None:
    """Two ways of calling, both too slow."""
    for attempt in (call(bot, "getMe"), bot.get_me()):
        with pytest.raises(TelegramError) as caught:
            await attempt
        assert CANARY not in shown(caught.value)


@pytest.mark.usefixtures("everything_said")
async def test_a_bot_that_works_shows_no_token() -> None:
    """Making it, starting it and calling log nothing of the address, even at DEBUG."""
    async with serving(fine(ME)) as server, a_bot(server.url) as bot:
        await bot.initialize()
        assert await call(bot, "getMe") == ME
