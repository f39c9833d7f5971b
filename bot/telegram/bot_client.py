"""The bot as a client of the Bot API: how it is made, and the one way the sender calls a method.

`call` neither takes nor gives objects of the library: JSON-able parameters in, the JSON of the result out. Everything
else of the library's `Bot` works as well, over the same connections.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import FormData
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.telegram.failures import NotFound, result_object
from bot.telegram.transport import AiohttpRequest, whole

__all__ = ["Call", "InvalidToken", "QuietBot", "TelegramError", "call", "make_bot"]

Call = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""A Bot API method by its name, and its parameters: the JSON of its result, or one of telegram's own exceptions."""

_json = json.JSONEncoder(separators=(",", ":")).encode


class QuietBot(Bot):
    """The library's bot, which shows its token nowhere: not in its repr, its log lines or its exceptions.

    The library's constructor logs the addresses, so it gets a stand-in for the token.
    """

    def __init__(self, token: str, api_url: str, calls: AiohttpRequest, polls: AiohttpRequest) -> None:
        super().__init__("0:not-yet", base_url="bot", base_file_url="file", request=calls, get_updates_request=polls)
        self._token = str(token)
        self._base_url = f"{api_url}/bot{token}"
        self._base_file_url = f"{api_url}/file/bot{token}"
        self._calls = calls
        self._polls = polls
        self._accepted = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._token.partition(':')[0]})"

    async def initialize(self) -> None:
        """See `Bot.initialize`: asks getMe. Raises InvalidToken if the token is refused."""
        try:
            await super().initialize()
        except InvalidToken:
            refused = InvalidToken("Telegram refused the token. Is TELEGRAM_TOKEN the one that @BotFather gave?")
        else:
            return
        raise refused

    async def shutdown(self) -> None:
        """Closes all connections, also if `initialize` was never called."""
        await super().shutdown()
        await asyncio.gather(self._calls.shutdown(), self._polls.shutdown())

    async def raw(self, method: str, params: Mapping[str, Any], read: float | None) -> Any:
        """See `call`."""
        request = self._calls
        if method == "getUpdates":
            request = self._polls
            read = (request.read_timeout or 0) + (params.get("timeout") or 0) if read is None else read
        try:
            answer = await request.send(f"{self._base_url}/{method}", _encoded(params), read)
        except NotFound as slip:
            if not self._accepted:
                raise
            unknown = EndPointNotFound(slip.message)
        else:
            self._accepted = True
            return result_object(answer, method)["result"]
        raise unknown


def make_bot(token: str, api_url: str, *, connections: int = 64, read: float = 10.0) -> QuietBot:
    """A bot with two transports: one for getUpdates, whose answers take their time, and one for everything else."""
    calls, polls = AiohttpRequest(connections=connections, read=read), AiohttpRequest(connections=2, read=read)
    return QuietBot(token, api_url.rstrip("/"), calls, polls)


async def call(bot: QuietBot, method: str, params: Mapping[str, Any] | None = None, *, read: float | None = None) -> Any:
    """Calls a method of the Bot API: JSON-able parameters in (None is left out), the JSON of the result out.

    A parameter `{"name": …, "content": …}` is sent as a file. `read` waits longer for the answer than usual; getUpdates
    waits for its `timeout` by itself. Raises the exceptions of `telegram.error`: `failures.NotSent` if the request certainly
    did not reach the server, any other NetworkError that is no BadRequest if it may have.
    """
    return await bot.raw(method, params or {}, read)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _json(value)


def _encoded(params: Mapping[str, Any]) -> bytes | FormData:
    given = {name: value for name, value in params.items() if value is not None}
    files = {name: value for name, value in given.items() if isinstance(value, dict) and value.keys() == {"name", "content"}}
    if not files:
        # A form, as the library sends it: every server that plays Telegram reads forms, and not all of them read JSON.
        return urlencode([(name, _text(value)) for name, value in given.items()], errors="replace").encode()
    form = FormData(quote_fields=False)
    for name, value in given.items():
        if name not in files:
            form.add_field(name, whole(_text(value)))
            continue
        content = value["content"]
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        form.add_field(name, data, filename=whole(value["name"]), content_type="application/octet-stream")
    return form
