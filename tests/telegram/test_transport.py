"""Calls over real connections to a server on this machine that answers well; how connections, files and proxies are used."""

import asyncio
import gzip
import json
import socket
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qs

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.telegram.bot_client import call, make_bot
from bot.telegram.failures import NotSent
from bot.telegram.transport import AiohttpRequest
from tests.telegram.loopback import ME, TOKEN, Asked, Said, a_bot, fine, http, serving, talking, wrong

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_proxies")]


def parts(asked: Asked) -> dict[str, Any]:
    """The fields and files of a form."""
    message = message_from_bytes(f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode() + asked.body, policy=HTTP)
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        content: Any = part.get_payload(decode=True)
        file = part.get_filename()
        name = str(part.get_param("name", header="content-disposition"))
        found[name] = (file.encode("utf-8", "surrogateescape").decode(), content) if file else content.decode()
    return found


async def test_parameters_go_as_a_form_and_the_result_comes_back_as_json() -> None:
    """What is sent is what was given, without the Nones, as the library sends it; what comes back is no object of the library."""
    async with talking(fine({"message_id": 7})) as (bot, server):
        params = {"chat_id": 5, "text": "hé \ud800", "reply_markup": {"inline_keyboard": [[]]}, "thread": None}
        assert await call(bot, "sendMessage", params) == {"message_id": 7}
    asked = server.asked[0]
    assert asked[:2] == ("POST", f"/bot{TOKEN}/sendMessage")
    assert parse_qs(asked.body.decode()) == {"chat_id": ["5"], "text": ["hé ?"], "reply_markup": ['{"inline_keyboard":[[]]}']}
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"


async def test_one_connection_serves_many_calls() -> None:
    """Calls one after the other use the same connection; calls side by side as many as are allowed."""
    async with talking(fine(), connections=3) as (bot, server):
        for _ in range(20):
            await call(bot, "getMe")
        assert server.accepted == 1
        await asyncio.gather(*(call(bot, "getMe") for _ in range(20)))
        assert server.accepted == 3
        assert len(server.asked) == 40


async def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    """After an answer that ends the connection, the next call makes a new one."""
    async with talking(Said(http(200, {"ok": True, "result": True}, Connection="close"), "close")) as (bot, server):
        assert [await call(bot, "getMe") for _ in range(3)] == [True] * 3
    assert server.accepted == 3


async def test_the_methods_of_the_library_work_too() -> None:
    """getMe, a message with odd letters and a file, the way the library sends them."""
    message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}
    async with talking(lambda asked: fine(ME if asked.target.endswith("getMe") else message)) as (bot, server):
        await bot.initialize()
        assert bot.username == "a_bot"
        await bot.send_message(5, "hé & \ud800")
        await bot.send_document(5, b"abc", filename="é.txt", caption="hé")
    assert server.asked[1].body == b"chat_id=5&text=h%C3%A9+%26+%3F"
    assert parts(server.asked[2]) == {"chat_id": "5", "caption": "hé", "document": ("é.txt", b"abc")}


@pytest.mark.parametrize("content", ['{"text": "é"}', '{"text": "é"}'.encode()], ids=["text", "bytes"])
async def test_a_file_is_uploaded(content: str | bytes) -> None:
    """A name and a content become a file; the other parameters become fields."""
    async with talking(fine()) as (bot, server):
        params = {"chat_id": 5, "document": {"name": "é.json", "content": content}, "reply_markup": {"a": [1]}, "caption": "x\ud800"}
        await call(bot, "sendDocument", params)
    assert parts(server.asked[0]) == {
        "chat_id": "5", "document": ("é.json", '{"text": "é"}'.encode()), "reply_markup": '{"a":[1]}', "caption": "x?",
    }  # fmt: skip


async def test_a_file_is_downloaded() -> None:
    """`retrieve` gives the bytes of a file."""
    async with talking(Said(http(200, b"\x00\xffbytes"))) as (bot, server):
        assert await bot.request.retrieve(f"{bot.base_file_url}/documents/a.bin") == b"\x00\xffbytes"
    assert server.asked[0][:2] == ("GET", f"/file/bot{TOKEN}/documents/a.bin")


async def test_a_compressed_answer_is_understood() -> None:
    """The server may answer with gzip."""
    packed = gzip.compress(json.dumps({"ok": True, "result": {"text": "x" * 1000}}).encode())
    async with talking(Said(http(200, packed, Content_Encoding="gzip"))) as (bot, server):
        assert await call(bot, "getChat") == {"text": "x" * 1000}
    assert "gzip" in server.asked[0].headers["accept-encoding"]


async def test_asking_for_updates_waits_longer_and_beside_the_calls() -> None:
    """For updates there are connections of their own, and the time that is asked for besides the usual time."""
    async with serving(Said(b"", "hang")) as server:
        bot = make_bot(TOKEN, server.url, connections=1, read=0.2)
        waiting = asyncio.create_task(call(bot, "getUpdates", {"timeout": 60}))
        with pytest.raises(TimedOut):
            await call(bot, "getMe")
        assert not waiting.done()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(TimedOut):
            await call(bot, "getUpdates", {"timeout": 60}, read=0.1)
        await bot.shutdown()


async def test_a_redirect_is_not_followed() -> None:
    """The token is not carried to another address."""
    async with serving(fine()) as other, talking(Said(http(307, "", Location=other.url + "/x"))) as (bot, _):
        for attempt in (call(bot, "getMe"), bot.request.retrieve(f"{bot.base_file_url}/x")):
            with pytest.raises(NetworkError):
                await attempt
        assert other.asked == []


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY is asked instead of the server, with its name and password, over one connection."""
    async with serving(fine()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:pass@127.0.0.1:{proxy.port}")
        async with a_bot("http://api.invalid:8081") as bot:
            assert [await call(bot, "getMe"), await call(bot, "getMe")] == [True, True]
    assert (proxy.asked[0].target, proxy.accepted) == (f"http://api.invalid:8081/bot{TOKEN}/getMe", 1)
    assert proxy.asked[0].headers["proxy-authorization"] == "Basic dXNlcjpwYXNz"


async def test_a_proxy_of_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes past the proxy that was asked for."""
    monkeypatch.setenv("ALL_PROXY", "socks5://user:canary@127.0.0.1:9")
    async with a_bot("http://api.invalid") as bot:
        with pytest.raises(NotSent, match="should begin with http://") as caught:
            await call(bot, "getMe")
        assert "canary" not in str(caught.value)


@pytest.mark.parametrize(("url", "skipped"), [("http://api.invalid", "invalid"), ("http://api.invalid", "*"), ("http://127.0.0.1", "")])
async def test_some_servers_need_no_proxy(url: str, skipped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What NO_PROXY names, and this machine itself, is called directly."""
    async with serving(fine()) as server, serving(wrong(500, "the proxy")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", skipped)
        known = socket.getaddrinfo("127.0.0.1", server.port, type=socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: known)
        async with a_bot(f"{url}:{server.port}") as bot:
            assert await call(bot, "getMe") is True
        assert proxy.asked == []


async def test_time_limits_can_be_none() -> None:
    """None is no limit, as in the library."""
    async with talking(fine(ME)) as (bot, _):
        limits = dict.fromkeys(("read_timeout", "write_timeout", "connect_timeout", "pool_timeout"))
        assert (await bot.get_me(**limits)).username == "a_bot"
        assert AiohttpRequest(read=None).read_timeout is None


async def test_requests_are_possible_again_after_a_new_start() -> None:
    """Stopped means that nothing is sent; a new start opens new connections."""
    async with talking(fine(ME)) as (bot, server):
        await bot.initialize()
        await bot.shutdown()
        with pytest.raises(NotSent):
            await call(bot, "getMe")
        await bot.initialize()
        assert await call(bot, "getMe") == ME
        assert server.accepted == 2


async def test_nothing_is_opened_before_the_first_call() -> None:
    """A bot can be made and stopped where no loop runs yet; the library's data may be missing."""
    bot = make_bot(TOKEN, "http://127.0.0.1:9/")
    assert bot.base_url == f"http://127.0.0.1:9/bot{TOKEN}"
    await bot.shutdown()
    async with serving(fine()) as server:
        request = AiohttpRequest()
        assert await request.do_request(f"{server.url}/botT/getMe", "POST", RequestData())
        await request.shutdown()
