"""Log lines: one place to set them up, and no secret in any of them, whoever writes it.

Secrets are taken out where a record becomes text, in the one handler of the root logger, so that records of libraries,
warnings, tracebacks and exceptions that nobody caught are covered as well. A record below the level never gets there.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

LIBRARIES = ("aiohttp", "asyncio", "httpcore", "httpx", "telegram", "transitions")
"""These say nothing below WARNING, unless the level is DEBUG."""

HIDDEN = "***"
SHORTEST = 4
"""A secret shorter than this is not looked for: too much else would be hidden with it."""

_ALWAYS = (r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", r"(?<=://)[^\s/:@'\"]*:[^\s/@'\"]+(?=@)")
"""What is hidden whether we know it or not: tokens of bots, and names with passwords in addresses."""

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LOG = logging.getLogger("bot")


class Hider:
    """Replaces secrets in texts, also where they are percent-encoded, escaped, or (a token) cut to the part after the colon."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in _forms(str(secret)) if len(form) >= SHORTEST}
        known = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*known, *_ALWAYS]))

    def text(self, text: str) -> str:
        return self._pattern.sub(HIDDEN, text)

    def value(self, value: Any) -> Any:
        """A value of an extra field, as JSON knows it."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(held) for key, held in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(held) for held in value]
        return self.text(str(value))


def _forms(secret: str) -> Iterator[str]:
    number, colon, rest = secret.partition(":")
    for whole in (secret, rest) if colon and number.isdigit() else (secret,):
        yield from (whole, quote(whole), quote(whole, safe=""), quote_plus(whole), repr(whole)[1:-1], json.dumps(whole)[1:-1])


class _Lines(logging.Formatter):
    """What both forms share: the parts of a record, without secrets."""

    def __init__(self, hider: Hider) -> None:
        super().__init__()
        self._hider = hider

    def _time(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _message(self, record: logging.LogRecord) -> str:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001  # whatever the parts of a message do, the record is not lost
            message = f"{record.msg!s} (its values do not fit)"
        return self._hider.text(message.rstrip())

    def _extra(self, record: logging.LogRecord) -> dict[str, Any]:
        return {self._hider.text(name): self._hider.value(value) for name, value in vars(record).items() if name not in _OWN}

    def _trace(self, record: logging.LogRecord) -> str:
        parts = [self.formatException(record.exc_info) if record.exc_info else record.exc_text or "", record.stack_info or ""]
        return self._hider.text("\n".join(part for part in parts if part))


class TextLines(_Lines):
    """For people: a line for each record. The lines of a traceback follow, each marked, so that no text can pose as a record."""

    def format(self, record: logging.LogRecord) -> str:
        words = [self._time(record), f"{record.levelname:<7}", escaped(self._hider.text(record.name)), escaped(self._message(record))]
        words += [f"{escaped(name)}={_shown(value)}" for name, value in self._extra(record).items()]
        return "\n".join([" ".join(words), *(f"  | {escaped(line)}" for line in self._trace(record).split("\n") if line)])


class JsonLines(_Lines):
    """For programs: a JSON object in one line for each record."""

    def format(self, record: logging.LogRecord) -> str:
        name = self._hider.text(record.name)
        line = {"time": self._time(record), "level": record.levelname, "logger": name, "message": self._message(record)}
        if trace := self._trace(record):
            line["traceback"] = trace
        return json.dumps({**self._extra(record), **line})


def escaped(text: str) -> str:
    """The text in one line, with every character that does not print shown as an escape."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def _shown(value: Any) -> str:
    text = escaped(value if isinstance(value, str) else json.dumps(value))
    return json.dumps(text, ensure_ascii=False) if not text or " " in text or '"' in text else text


class _Handler(logging.StreamHandler[TextIO]):
    """The one handler. The library's own, when it cannot write a record, prints the record's values as they are."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is the library's
        slip = sys.exception()
        if not isinstance(slip, OSError | ValueError):  # a closed stream: there is no place to say it
            self.stream.write(f"A log record of {record.name} could not be written ({type(slip).__name__}).\n")


def set_up_logs(level: str, form: str, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Sends all records from `level` on to `stream` (standard error), as `form` ("text" or "json") says, without the secrets.

    Warnings and exceptions that nobody caught go the same way. A second call replaces what the first set up.
    """
    hider = Hider(secrets)
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonLines(hider) if form == "json" else TextLines(hider))
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET if level == "DEBUG" else logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _in_thread


def _uncaught(kind: type[BaseException], slip: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _LOG.critical("Stopped by an error that nobody caught", exc_info=(kind, slip, trace))


def _unraisable(given: "sys.UnraisableHookArgs") -> None:
    slip = given.exc_value
    _LOG.error(given.err_msg or "An error where none can be raised", exc_info=(type(slip), slip, given.exc_traceback) if slip else None)


def _in_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
        _LOG.error("A thread was stopped by an error", exc_info=(given.exc_type, given.exc_value, given.exc_traceback))
