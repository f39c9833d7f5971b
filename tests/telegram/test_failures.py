"""Each fault of a call is told by the exception that the sender acts on, and none that may have arrived counts as unsent."""

import asyncio
import warnings
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest

from bot.telegram.bot_client import call
from bot.telegram.failures import NotSent, NotSentInTime
from bot.telegram.transport import AiohttpRequest
from tests.telegram.faults import ANSWERS, PAGE, WAYS, unreachable
from tests.telegram.loopback import CANARY, ME, Said, a_bot, fine, serving, talking, wrong

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_proxies")]


@pytest.mark.parametrize(("answer", "kind"), ANSWERS.values(), ids=ANSWERS)
async def test_a_bad_answer_is_told_by_its_kind(answer: Said, kind: type[TelegramError]) -> None:
    """What arrived, or may have, is never called unsent, and nothing is sent a second time."""
    async with talking(answer) as (bot, server):
        with pytest.raises(TelegramError) as caught:
            await call(bot, "sendMessage", {"chat_id": 5})
        assert type(caught.value) is kind
        assert len(server.asked) == 1


async def test_what_an_error_carries_is_kept() -> None:
    """Seconds to wait, the new chat, Telegram's own words."""
    async with talking(lambda asked: ANSWERS[asked.target.rpartition("/")[2]][0]) as (bot, _):
        with pytest.raises(RetryAfter) as slow:
            await call(bot, "429")
        assert slow.value.retry_after == 7
        with pytest.raises(ChatMigrated) as moved:
            await call(bot, "migrated")
        assert moved.value.new_chat_id == -100123
        with pytest.raises(BadRequest) as same:
            await call(bot, "400")
        assert str(same.value) == "Message is not modified"
        with pytest.raises(Forbidden) as blocked:
            await call(bot, "403")
        assert str(blocked.value) == "Forbidden: bot was blocked by the user"


async def test_not_found_means_the_method_once_the_token_was_accepted() -> None:
    """Telegram says 404 to a token that never was one and to a method that does not exist."""
    async with talking(lambda asked: fine(ME) if asked.target.endswith("getMe") else wrong(404, "Not Found")) as (bot, _):
        with pytest.raises(InvalidToken):
            await call(bot, "noSuch")
        await call(bot, "getMe")
        with pytest.raises(EndPointNotFound):
            await call(bot, "noSuch")


class Canned(BaseRequest):
    """The library's own reading of an answer, without a network."""

    read_timeout = None

    def __init__(self, code: int, body: bytes) -> None:
        self.given = code, body

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        return self.given


JUDGED = [name for name, (answer, _) in ANSWERS.items() if b'"ok": false' in answer.text and not name.startswith("200")]


@pytest.mark.parametrize("name", JUDGED)
async def test_errors_are_of_the_class_the_library_would_raise(name: str) -> None:
    """Whoever catches the library's exceptions for an answer of the Bot API catches ours."""
    answer, kind = ANSWERS[name]
    head, _, body = answer.text.partition(b"\r\n\r\n")
    warnings.simplefilter("ignore")
    with pytest.raises(TelegramError) as caught:
        await Canned(int(head.split()[1]), body).post("http://x/botT/sendMessage")
    assert issubclass(kind, type(caught.value)) or name == "404 of a method"


@pytest.mark.parametrize("way", WAYS)
async def test_what_was_certainly_not_sent_says_so(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a connection nothing can have arrived, so it is safe to send again."""
    async with unreachable(way, monkeypatch) as bot:
        with pytest.raises(NotSent) as caught:
            await call(bot, "sendMessage", {"chat_id": 5})
    assert type(caught.value) is (NotSentInTime if way == "too late" else NotSent)


async def test_waiting_for_a_free_connection_ends() -> None:
    """When all connections stay in use, a call gives up in time, unsent, and says that it was too late."""
    async with serving(Said(b"", "hang")) as server, a_bot(server.url, AiohttpRequest(connections=1, connect=0.5, pool=0)) as bot:
        first = asyncio.create_task(call(bot, "getMe"))
        while not server.asked:
            await asyncio.sleep(0)
        with pytest.raises(NotSentInTime) as caught:
            await call(bot, "getMe")
        assert isinstance(caught.value, TimedOut)
        assert len(server.asked) == 1
        first.cancel()


async def test_no_answer_in_time_leaves_it_open() -> None:
    """The request arrived and no answer came: that is TimedOut, and not unsent."""
    async with talking(Said(b"", "hang"), read=0.1) as (bot, _):
        for attempt in (call(bot, "getMe"), bot.get_me(), bot.get_me(read_timeout=0.05)):
            with pytest.raises(TimedOut) as caught:
                await attempt
            assert not isinstance(caught.value, NotSent)


async def test_a_server_that_dribbles_is_left_in_the_end() -> None:
    """A byte now and then does not keep a call alive for ever: a whole request has a limit too."""
    async with talking(Said(b"HTTP/1.1 200 OK\r\n", "dribble"), read=0.2, write=0.1, connect=0.1, pool=0.1) as (bot, _):
        with pytest.raises(TimedOut):
            await asyncio.wait_for(call(bot, "getMe"), 5)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Said(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "close"), "the proxy answered 407"),
        (Said(b"HTTP/1.1 200 OK\r\n\r\n", "close"), "getMe"),
        (Said(b"", "close"), "getMe"),
        (Said(b"HTTP/1.1 502 Bad Gateway\r\n\r\n" + PAGE.encode(), "close"), "the proxy answered 502"),
    ],
    ids=["refuses", "breaks the tunnel", "hangs up", "fails"],
)
async def test_a_tunnel_that_fails_sent_nothing(answer: Said, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For https, the proxy is asked for a tunnel; it learns the name of the server and nothing else."""
    async with serving(answer) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        async with a_bot("https://api.invalid") as bot:
            with pytest.raises(NetworkError, match=said) as caught:
                await call(bot, "getMe")
    assert isinstance(caught.value, NotSent)
    assert proxy.asked[0][:2] == ("CONNECT", "api.invalid:443")
    assert CANARY not in str(proxy.asked[0])
