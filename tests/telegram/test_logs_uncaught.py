"""What nobody caught goes to the log too: in the program, a thread, a finaliser, a task. None of it shows a secret."""

import asyncio
import io
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.logs import HIDDEN, set_up_logs
from tests.telegram.loopback import CANARY, TOKEN

ROOT = Path(__file__).parent.parent.parent
WEBHOOK = "hook-canary-77"
SECRETS = (TOKEN, WEBHOOK)


def fail(slip: Exception) -> None:
    """Raises it."""
    raise slip


def test_a_thread_and_a_finaliser_that_fail_are_logged(written: io.StringIO) -> None:
    """Their errors go to the log, without secrets."""
    set_up_logs("INFO", "text", SECRETS, written)

    class Fails:
        def __del__(self) -> None:
            raise ValueError(TOKEN)

    Fails()
    thread = threading.Thread(target=fail, args=(ValueError(TOKEN),))
    thread.start()
    thread.join()
    assert written.getvalue().count(f"ValueError: {HIDDEN}") == 2
    assert CANARY not in written.getvalue()


def test_a_task_that_fails_unseen_is_logged(written: io.StringIO) -> None:
    """What the loop reports has the task, its error and its values in it: none shows a secret."""

    async def fail_later(secret: str) -> None:
        raise ValueError(secret)

    async def go() -> None:
        asyncio.get_running_loop().set_debug(True)
        await asyncio.wait([asyncio.create_task(fail_later(TOKEN), name=TOKEN)])
        asyncio.get_running_loop().call_exception_handler({"message": f"odd {WEBHOOK}", "url": TOKEN, "handle": [TOKEN]})

    set_up_logs("INFO", "text", SECRETS, written)
    asyncio.run(go())
    text = written.getvalue()
    assert "never retrieved" in text
    assert f"odd {HIDDEN}" in text
    assert CANARY not in text
    assert WEBHOOK not in text


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_program_that_stops_with_an_error_prints_no_secret(form: str) -> None:
    """A process of its own: the status is 1, standard error says what happened, and not the token."""
    code = (
        f"from bot.logs import set_up_logs\nset_up_logs('INFO', {form!r}, [{TOKEN!r}])\nurl = {TOKEN!r}\nraise RuntimeError('at ' + url)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"RuntimeError: at {HIDDEN}" in done.stderr
    assert CANARY not in done.stderr
