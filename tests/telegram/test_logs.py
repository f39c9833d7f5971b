"""Log lines are one line each, and no secret is in any of them, whoever writes it and however."""

import io
import json
import logging
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.logs import HIDDEN, LIBRARIES, escaped, set_up_logs
from tests.telegram.loopback import CANARY, TOKEN

ROOT = Path(__file__).parent.parent.parent
WEBHOOK = "hook-canary-77"
PASSWORD = 'pä"ss\\w/d canary'  # noqa: S105  # nobody's
SECRETS = (TOKEN, WEBHOOK, PASSWORD, quote(PASSWORD, safe=""))
CANARIES = (CANARY, WEBHOOK, "canary", "CANARY", "ss\\w", "ss%5Cw")
LOG = logging.getLogger("bot.some.room")


class Shows:
    """Something whose repr has a secret in it."""

    def __repr__(self) -> str:
        return f"Shows({TOKEN!r})"


def fail(slip: Exception, cause: Exception | None = None) -> None:
    """Raises it."""
    raise slip from cause


def log_failure(slip: Exception, cause: Exception | None = None, **extra: Any) -> None:
    """Logs an error as it is caught."""
    try:
        fail(slip, cause)
    except type(slip):
        LOG.exception("It %s\n", "failed", extra=extra)


def in_a_traceback() -> None:
    """An error, its cause and its group, all with secrets."""
    cause = ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    log_failure(ExceptionGroup(f"postgresql://bot:{PASSWORD}@db/x", [OSError(TOKEN), cause]), cause)


def with_values_that_do_not_fit() -> None:
    """More values than places."""
    LOG.error("%d of %s", TOKEN, WEBHOOK, PASSWORD)  # noqa: PLE1205  # that is the slip


WAYS: dict[str, Callable[[], object]] = {
    "message": lambda: LOG.error(f"the token is {TOKEN}"),  # noqa: G004  # a slip that happens
    "values": lambda: LOG.error("%s %r %s", TOKEN, Shows(), {"secret": WEBHOOK, "password": PASSWORD}),
    "percent-encoded": lambda: LOG.error("%s %s", quote(TOKEN, safe=""), quote(PASSWORD)),
    "the part after the colon": lambda: LOG.error("secret %s", CANARY),
    "written as JSON": lambda: LOG.error(json.dumps({"p": PASSWORD})),
    "written as Python": lambda: LOG.error("%r", [PASSWORD]),
    "traceback": in_a_traceback,
    "stack": lambda: LOG.error("here", stack_info=True, extra={"stack": f"{TOKEN}"}),
    "extra": lambda: LOG.error(
        "x", extra={"url": f"/bot{TOKEN}/x", "deep": {"a": [WEBHOOK, Shows(), (PASSWORD,)], TOKEN: 1}, "it": Shows()}
    ),
    "library": lambda: logging.getLogger("telegram.ext.Something").error("%s", TOKEN),
    "name of the logger": lambda: logging.getLogger(f"x.{TOKEN}").error("x"),
    "values that do not fit": with_values_that_do_not_fit,
    "warning": lambda: warnings.warn(f"old: {TOKEN}", UserWarning, stacklevel=1),
    "nobody caught it": lambda: sys.excepthook(ValueError, ValueError(TOKEN), None),
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("level", ["DEBUG", "ERROR"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.filterwarnings("default")
def test_no_secret_is_written(way: str, level: str, form: str, written: io.StringIO, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither to the log nor past it."""
    set_up_logs(level, form, SECRETS, written)
    root = logging.getLogger()
    root.handlers = root.handlers[-1:]  # without those of the tests' runner, which print what they cannot write
    WAYS[way]()
    text = written.getvalue()
    out, err = capfd.readouterr()
    assert not [one for one in CANARIES if one in text + out + err]
    if way != "warning" or level == "DEBUG":
        assert text.endswith("\n")
        assert way == "values that do not fit" or HIDDEN in text


def test_a_text_line_is_one_line(written: io.StringIO) -> None:
    """Line ends, escapes of terminals and marks that turn text round are shown, not obeyed."""
    set_up_logs("INFO", "text", (), written)
    LOG.info("said %s", "hi\r\n2026-01-01T00:00:00Z ERROR x\x1b[2J\u202e\u2028é", extra={"chat": 5, "text": 'a\n"b"', "none": None})
    line = written.getvalue()
    assert line.count("\n") == 1
    assert r"INFO    bot.some.room said hi\r\n2026-01-01T00:00:00Z ERROR x\x1b[2J\u202e\u2028é chat=5 text=" in line
    assert line.endswith(" none=null\n")


def test_the_lines_of_a_traceback_cannot_pose_as_records(written: io.StringIO) -> None:
    """Each is marked, also those that an error's text adds."""
    set_up_logs("INFO", "text", (), written)
    log_failure(ValueError("one\n2026-01-01T00:00:00Z ERROR two\rthree"))
    first, *others = written.getvalue().splitlines()
    assert first.endswith("ERROR   bot.some.room It failed")
    assert others[0] == "  | Traceback (most recent call last):"
    assert all(line.startswith("  | ") for line in others)


def test_a_json_line_has_everything(written: io.StringIO) -> None:
    """Time in UTC, level, logger, message, what else the record has, and the traceback as one text."""
    set_up_logs("INFO", "json", (), written)
    log_failure(ValueError("slip\n"), chat=5, where=Path("/x"), level="mine")
    (line,) = written.getvalue().splitlines()
    found = json.loads(line)
    assert found.pop("time")[10] == "T"
    trace = found.pop("traceback")
    assert trace.startswith("Traceback")
    assert "ValueError: slip" in trace
    assert found == {"chat": 5, "where": "/x", "level": "ERROR", "logger": "bot.some.room", "message": "It failed"}


@pytest.mark.parametrize(
    "text",
    [
        "bot 123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr",
        "at 123456789%3AAAbbccddeeffgghhiijjkkllmmnnooppqqr",
        "postgresql://me:letmein@db/x",
    ],
)
def test_secrets_that_we_were_not_told_of_are_hidden_too(text: str, written: io.StringIO) -> None:
    """Whatever looks like the token of a bot, or like a password in an address."""
    set_up_logs("INFO", "text", (), written)
    LOG.info(text)
    assert HIDDEN in written.getvalue()
    assert "ccdd" not in written.getvalue()
    assert "letmein" not in written.getvalue()


def test_short_secrets_leave_the_lines_readable(written: io.StringIO) -> None:
    """A secret of three letters is in half of all words; nothing to hide hides nothing."""
    set_up_logs("INFO", "text", ("", "e", "123:abc"), written)
    LOG.info("hello there")
    assert written.getvalue().endswith("hello there\n")


@pytest.mark.parametrize(("level", "said"), [("DEBUG", True), ("INFO", False), ("ERROR", False)])
def test_libraries_are_quiet_unless_asked(level: str, said: bool, written: io.StringIO) -> None:
    """Below WARNING they speak at DEBUG only."""
    set_up_logs(level, "text", (), written)
    for name in LIBRARIES:
        logging.getLogger(f"{name}.part").info("hello")
        logging.getLogger(f"{name}.part").debug("hello")
    assert bool(written.getvalue()) is said


def test_setting_up_twice_writes_once(written: io.StringIO) -> None:
    """A second call takes the place of the first."""
    set_up_logs("DEBUG", "text", (), io.StringIO())
    set_up_logs("INFO", "json", (), written)
    LOG.info("once")
    LOG.debug("never")
    assert len(written.getvalue().splitlines()) == 1


def test_what_is_below_the_level_costs_nothing(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its values are never made into text, and no record is made."""

    class Never:
        def __str__(self) -> str:
            raise AssertionError

    def no_record(*given: Any, **named: Any) -> logging.LogRecord:
        raise AssertionError

    set_up_logs("INFO", "text", SECRETS, written)
    monkeypatch.setattr(logging, "LogRecord", no_record)
    monkeypatch.setattr(logging, "_logRecordFactory", no_record)
    LOG.debug("%s", Never())
    with pytest.raises(AssertionError):
        LOG.info("here one is made")


def test_a_record_that_cannot_be_written_shows_nothing(written: io.StringIO) -> None:
    """The library would print the values of the record."""

    class Full(io.StringIO):
        full = True

        def write(self, text: str) -> int:
            if self.full:
                self.full = False
                raise MemoryError(TOKEN)
            return super().write(text)

    stream = Full()
    set_up_logs("INFO", "text", SECRETS, stream)
    LOG.info("%s", TOKEN)
    assert stream.getvalue() == "A log record of bot.some.room could not be written (MemoryError).\n"
    stream.close()
    LOG.info("the stream is closed")


@pytest.mark.parametrize(("given", "shown"), [("a b", "a b"), ("\t\x00", r"\t\x00"), ("\ud800", r"\ud800"), ("🙂é", "🙂é"), ("", "")])
def test_what_does_not_print_is_shown_as_an_escape(given: str, shown: Any) -> None:
    """Everything else stays as it is."""
    assert escaped(given) == shown
