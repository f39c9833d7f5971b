"""CPU of one call to the Bot API: ours over aiohttp, beside the library's own transport. Compare the ratios, not the times.

The server is a process of its own, so that only the client is measured; every figure is the best of several goes, and the
goes of the ways take turns. `--short` makes fewer of them; `--json` prints one document.
"""

import argparse
import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from telegram import Bot  # noqa: E402
from telegram.request import HTTPXRequest  # noqa: E402

from bot.telegram.bot_client import call, make_bot  # noqa: E402

TOKEN = "123456789:AA" + "b" * 33
KEYS = {"inline_keyboard": [[{"text": f"Option {number}", "callback_data": f"{number}.abcdefgh"}] for number in range(8)]}
PARAMS: dict[str, Any] = {"chat_id": 5, "text": "Who is in it? " * 20, "parse_mode": "HTML", "reply_markup": KEYS}
RESULT = {"message_id": 7, "date": 1700000000, "chat": {"id": 5, "type": "private"}, "text": PARAMS["text"], "reply_markup": KEYS}
ANSWER = json.dumps({"ok": True, "result": RESULT}).encode()
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)


async def serve() -> None:
    """A server that knows one answer. Prints its port first."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0))
                writer.write(WHOLE)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def measure(url: str, calls: int, goes: int) -> dict[str, float]:
    """CPU milliseconds of a call, each way."""
    ours = make_bot(TOKEN, url)
    theirs = Bot(TOKEN, base_url=f"{url}/bot", request=HTTPXRequest(), get_updates_request=HTTPXRequest())
    mixed = Bot(TOKEN, base_url=f"{url}/bot", request=ours.request, get_updates_request=ours.request)
    form = {**PARAMS, "reply_markup": json.dumps(KEYS)}
    ways: dict[str, Callable[[], Awaitable[object]]] = {
        "ours": lambda: call(ours, "sendMessage", PARAMS),
        "library's Bot over ours": lambda: mixed.do_api_request("sendmessage", form),
        "library's Bot over its own": lambda: theirs.do_api_request("sendmessage", form),
    }
    best = dict.fromkeys(ways, float("inf"))
    for go in range(goes + 1):
        for name, way in ways.items():
            gc.collect()
            before = time.process_time()
            for _ in range(calls if go else 20):  # the first go opens the connection
                await way()
            best[name] = min(best[name], (time.process_time() - before) / calls * 1000) if go else best[name]
    await ours.shutdown()
    await asyncio.gather(*(request.shutdown() for request in theirs._request))  # noqa: SLF001  # it never started, so it would not stop
    return best


def main() -> None:
    """Measures and prints."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--short", action="store_true")
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = reader.parse_args()
    if given.serve:
        asyncio.run(serve())
        return
    server = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        port = int(server.stdout.readline())
        found = asyncio.run(measure(f"http://127.0.0.1:{port}", *((100, 2) if given.short else (500, 5))))
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
    own = found["library's Bot over its own"]
    rows = {name: {"ms_a_call": round(taken, 3), "times_ours": round(taken / found["ours"], 2)} for name, taken in found.items()}
    if given.json:
        print(json.dumps({"calls": rows, "ratio": round(own / found["ours"], 2)}))
        return
    for name, row in rows.items():
        print(f"{name:<28} {row['ms_a_call']:>7.3f} ms CPU a call   {row['times_ours']:>5.2f} times ours")
    print(f"The library's own transport takes {own / found['ours']:.1f} times the CPU of ours.")


if __name__ == "__main__":
    main()
