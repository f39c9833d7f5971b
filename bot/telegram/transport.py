"""HTTP to the Bot API: aiohttp behind the interface that telegram's `Bot` speaks to.

The token is part of every address. So no exception of the client, no address and no foreign text leaves this file: what
goes wrong is raised as one of telegram's exceptions with the name of the method and the reason only (see `failures`).
"""

import re
from typing import Any, Final
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]  # its stubs lack the second

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from aiohttp.connector import Connection
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.failures import NotSent, Unconnected, WrongProxy, failure_answered, failure_on_the_way, result_object

FORM = "application/x-www-form-urlencoded"
Body = bytes | FormData | None
Limit = Any
"""Seconds, None (no limit), or telegram's DEFAULT_NONE (what the transport was made with)."""

_SECRET: Final = re.compile(r"/bot\d+:([\w-]+)/")


class _Connector(TCPConnector):
    """Says of everything that goes wrong before there is a connection that it did: what is sent comes after."""

    async def connect(self, *given: Any, **named: Any) -> Connection:
        try:
            return await super().connect(*given, **named)
        except Exception as slip:  # noqa: BLE001  # it is passed on
            raise Unconnected(slip) from None


class AiohttpRequest(BaseRequest):
    """Sends requests over connections that are kept open. Makes them when first needed, inside the running loop.

    `connections` is how many there are at most. The time limits are in seconds, None for no limit: `connect` for making
    a connection, `pool` for waiting until one is free, `write` (`upload` when there are files) for sending, `read` for
    each wait for more of the answer. A whole request may take their sum. Proxies are those of the environment.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        read: float | None = 10.0,
        write: float | None = 10.0,
        connect: float | None = 5.0,
        pool: float | None = 5.0,
        upload: float | None = 30.0,
        idle: float = 30.0,
    ) -> None:
        self._connections = connections
        self._idle = idle
        self._read, self._write, self._connect, self._pool, self._upload = read, write, connect, pool, upload
        self._usual = _timeout(read, write, connect, pool)
        self._proxies = {kind: at for kind, at in getproxies_environment().items() if kind in ("http", "https", "all")}
        self._routes: dict[str, URL | None] = {}
        self._session: ClientSession | None = None
        self._stopped = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}(connections={self._connections})"

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        """Allows requests, also again after `shutdown`."""
        self._stopped = False

    async def shutdown(self) -> None:
        """Closes all connections; requests raise NotSent from now on."""
        self._stopped = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Limit = BaseRequest.DEFAULT_NONE,
        write_timeout: Limit = BaseRequest.DEFAULT_NONE,
        connect_timeout: Limit = BaseRequest.DEFAULT_NONE,
        pool_timeout: Limit = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`; raises what went wrong itself, so the code is always a success."""
        body, kind = _encoded(request_data)
        timeout = _timeout(
            self._read if read_timeout is self.DEFAULT_NONE else read_timeout,
            (self._upload if isinstance(body, FormData) else self._write) if write_timeout is self.DEFAULT_NONE else write_timeout,
            self._connect if connect_timeout is self.DEFAULT_NONE else connect_timeout,
            self._pool if pool_timeout is self.DEFAULT_NONE else pool_timeout,
            bounded=method != "GET",
        )
        return await self._exchange(method, url, body, kind, timeout)

    async def send(self, url: str, body: bytes | FormData, read: float | None = None) -> bytes:
        """Posts a form (or one with files) and gives the body of a successful answer. `read` waits longer than usual."""
        if isinstance(body, FormData):
            limits, kind = _timeout(read or self._read, self._upload, self._connect, self._pool), None
        else:
            limits, kind = self._usual if read is None else _timeout(read, self._write, self._connect, self._pool), FORM
        return (await self._exchange("POST", url, body, kind, limits))[1]

    async def _exchange(self, method: str, url: str, body: Body, kind: str | None, limits: ClientTimeout) -> tuple[int, bytes]:
        if self._stopped:
            raise NotSent(f"{_label(url)}: the bot is stopping")
        try:
            session = self._session or self._open()
            async with session.request(
                method,
                url,
                data=body,
                headers={"Content-Type": kind} if kind else None,
                timeout=limits,
                allow_redirects=False,
                proxy=self._route(url) if self._proxies else None,
            ) as answer:
                code, content = answer.status, await answer.read()
        except Exception as slip:  # noqa: BLE001  # any of them may show the address, so none passes
            failure: Exception = failure_on_the_way(slip, _label(url))
        else:
            if 200 <= code < 300:
                return code, content
            failure = failure_answered(code, _without_secret(content, url), _label(url))
        raise failure  # here, not above: an exception keeps the one that was being handled when it was raised

    def _open(self) -> ClientSession:
        self._session = ClientSession(
            connector=_Connector(limit=self._connections, keepalive_timeout=self._idle, ttl_dns_cache=60),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )
        return self._session

    def _route(self, url: str) -> URL | None:
        """The proxy for an address, by the rules of the environment. Found once for each host."""
        origin = url[: url.find("/", 8)]
        if origin not in self._routes:
            to = URL(origin)
            here = to.host in ("localhost", "::1") or str(to.host).startswith("127.")  # which no proxy can reach
            named = self._proxies.get(to.scheme) or self._proxies.get("all")
            if not named or here or proxy_bypass_environment(f"{to.host}:{to.port}"):
                self._routes[origin] = None
            elif not named.startswith(("http://", "https://")):
                raise Unconnected(WrongProxy())
            else:
                self._routes[origin] = URL(named)
        return self._routes[origin]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """See `BaseRequest`; the library's own logs the whole answer when it is not JSON."""
        return result_object(payload, "Bot API")


def _timeout(read: float | None, write: float | None, connect: float | None, pool: float | None, bounded: bool = True) -> ClientTimeout:
    """The limits as aiohttp has them: its `connect` includes waiting for a free connection, and it has none for writing."""
    making = None if connect is None or pool is None else connect + pool
    total = None if read is None or write is None or making is None or not bounded else making + write + read
    return ClientTimeout(total=total, connect=making, sock_connect=connect, sock_read=read)


def _encoded(data: RequestData | None) -> tuple[Body, str | None]:
    """The parameters as telegram's own transport sends them."""
    if data is None:
        return None, None
    if not data.contains_files:
        return data.url_encoded_parameters(encode_kwargs={"errors": "replace"}).encode(), FORM
    form = FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, whole(value))
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def whole(text: str) -> str:
    """A text without halves of characters, which cannot be sent."""
    return text.encode("utf-8", "replace").decode()


def _label(url: str) -> str:
    """What a request was for, without its address."""
    return "download" if "/file/bot" in url else url.rpartition("/")[2]


def _without_secret(content: bytes, url: str) -> bytes:
    """An answer that says what went wrong, without the token: a proxy may repeat the address."""
    found = _SECRET.search(url)
    return content.replace(found[1].encode(), b"***") if found else content
