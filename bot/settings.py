"""The environment, read once and checked as a whole. Secrets never show in a repr, an error or a log."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

DEFAULT_DATABASE = "sqlite:///partnership-bot.db"
TELEGRAM = "https://api.telegram.org"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{4,200}")
_ANY_TOKEN = re.compile(r"[A-Za-z0-9_:-]{1,300}")
"""What another server may take for a token."""
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PERSON = re.compile(r"[1-9][0-9]{0,15}")
_SHORT_NAME = re.compile(r"[@+]?\w{1,32}")
"""What is short enough to be a name or a number, and no token."""


class WrongSettings(Exception):
    """Something in the environment cannot be right. The message names every problem on one line."""


class Secret(str):
    """A text that shows itself only when asked by name."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(…)"


NO_SECRET = Secret()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says."""

    database_url: str = DEFAULT_DATABASE
    dialogues_dir: Path | None = None
    retention_days: int = 180
    log_level: str = "INFO"
    log_format: str = "text"
    telegram_token: Secret = NO_SECRET
    telegram_api_url: str = TELEGRAM
    webhook_url: str = ""
    webhook_secret: Secret = NO_SECRET
    host: str = "127.0.0.1"
    port: int = 8080
    coordinators: frozenset[int] = frozenset()

    @property
    def database_path(self) -> Path:
        """The file of an SQLite database. Raises WrongSettings for any other kind of address."""
        kind, _, rest = self.database_url.partition(":///")
        if kind != "sqlite" or not rest:
            raise WrongSettings("DATABASE_URL should look like sqlite:///path/to/file.db.")
        return Path(rest)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be in no log line: the token, the secret of the webhook, the password of the database."""
        password = _password(self.database_url)
        return tuple(one for one in (self.telegram_token, self.webhook_secret, password, unquote(password)) if one)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment. Raises WrongSettings with all problems at once."""
    problems: list[str] = []
    values = _values(os.environ if environment is None else environment, problems)
    usual = Settings()
    folder = values.get("DIALOGUES_DIR")
    settings = Settings(
        database_url=_database(values.get("DATABASE_URL", DEFAULT_DATABASE), problems),
        dialogues_dir=Path(folder) if folder else None,
        retention_days=_number("RETENTION_DAYS", values.get("RETENTION_DAYS", str(usual.retention_days)), 1, 99999, problems),
        log_level=_one_of("LOG_LEVEL", values.get("LOG_LEVEL", usual.log_level).upper(), LOG_LEVELS, problems),
        log_format=_one_of("LOG_FORMAT", values.get("LOG_FORMAT", usual.log_format).lower(), LOG_FORMATS, problems),
        telegram_token=_secret(
            "TELEGRAM_TOKEN",
            values,
            _ANY_TOKEN if "TELEGRAM_API_URL" in values else _TOKEN,
            "should look like 123456789:AA… (@BotFather gives it)",
            problems,
        ),
        telegram_api_url=_address("TELEGRAM_API_URL", values.get("TELEGRAM_API_URL", TELEGRAM), problems),
        webhook_url=_address("WEBHOOK_URL", values.get("WEBHOOK_URL", ""), problems),
        webhook_secret=_secret("WEBHOOK_SECRET", values, _WEBHOOK_SECRET, "should be 1 to 256 of A-Z a-z 0-9 _ -", problems),
        host=_host(values.get("HOST", usual.host), problems),
        port=_number("PORT", values.get("PORT", str(usual.port)), 0, 65535, problems),
        coordinators=_people("COORDINATORS", values.get("COORDINATORS", ""), problems),
    )
    if problems:
        raise WrongSettings("; ".join(problems) + ".")
    return settings


NAMES = (
    "DATABASE_URL", "DIALOGUES_DIR", "RETENTION_DAYS", "LOG_LEVEL", "LOG_FORMAT", "TELEGRAM_TOKEN", "TELEGRAM_API_URL",
    "WEBHOOK_URL", "WEBHOOK_SECRET", "HOST", "PORT", "COORDINATORS",
)  # fmt: skip
"""Every variable that is read. Each can also be given as `<NAME>_FILE`."""


def _values(environment: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """Each setting from its variable, or from the file that `<NAME>_FILE` names. A blank variable counts as not set."""
    values: dict[str, str] = {}
    for name in NAMES:
        if given := environment.get(name, "").strip():
            values[name] = given
        elif path := environment.get(f"{name}_FILE"):
            try:
                values[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, ValueError) as slip:
                problems.append(f"{name}_FILE cannot be read ({type(slip).__name__})")
    return values


def _number(name: str, written: str, least: int, most: int, problems: list[str]) -> int:
    if written.isascii() and written.isdigit() and 0 < len(written) < 6 and least <= int(written) <= most:
        return int(written)
    problems.append(f"{name} should be a whole number from {least}" + ("" if most == 99999 else f" to {most}"))
    return least


def _one_of(name: str, written: str, allowed: tuple[str, ...], problems: list[str]) -> str:
    if written not in allowed:
        problems.append(f"{name} should be one of {', '.join(allowed)}")
    return written


def _secret(name: str, values: Mapping[str, str], shape: re.Pattern[str], told: str, problems: list[str]) -> Secret:
    """A secret of a known shape. What was written is not repeated."""
    written = values.get(name)
    if written is not None and not shape.fullmatch(written):
        problems.append(f"{name} {told}")
    return Secret(written or "")


def _database(written: str, problems: list[str]) -> Secret:
    if not written.startswith("sqlite:///") or written == "sqlite:///":
        problems.append("DATABASE_URL should look like sqlite:///path/to/file.db")
    return Secret(written)


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""


def _address(name: str, written: str, problems: list[str]) -> str:
    """An address of the web without a slash at its end. One with a name and password, a query or a fragment is refused."""
    if not written:
        return ""
    try:
        parts = urlsplit(written)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine or not written.isascii() or not written.isprintable() or any(mark in written for mark in "?#@ {}\\"):
        problems.append(f"{name} should look like https://example.org")
    return written.rstrip("/")


def _host(written: str, problems: list[str]) -> str:
    if not written.isascii() or not written.isprintable() or any(mark in written for mark in " /@"):
        problems.append("HOST should be the name or address to listen on, such as 127.0.0.1 or 0.0.0.0")
    return written


def _people(name: str, written: str, problems: list[str]) -> frozenset[int]:
    """Ids of people, with commas, semicolons or blanks between them. One that is none is named, unless it may be a secret."""
    ids = [one for one in re.split(r"[,;\s]+", written) if one]
    wrong = [one if _SHORT_NAME.fullmatch(one) else f"number {place}" for place, one in enumerate(ids, 1) if not _PERSON.fullmatch(one)]
    if wrong:
        rule = "should be the numbers of people on Telegram, no phone numbers and no @names, with commas between them"
        problems.append(f"{name} {rule} (wrong: {' '.join(wrong)})")
    return frozenset(int(one) for one in ids if _PERSON.fullmatch(one)) if not wrong else frozenset()
