"""The environment, read once and checked as a whole. Secrets never show in a repr, an error or a log."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATABASE = "sqlite:///partnership-bot.db"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")


class WrongSettings(Exception):
    """Something in the environment cannot be right. The message names every problem on one line."""


class Secret(str):
    """A text that shows itself only when asked by name."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says."""

    database_url: str = DEFAULT_DATABASE
    dialogues_dir: Path | None = None
    retention_days: int = 180
    log_level: str = "INFO"
    log_format: str = "text"

    @property
    def database_path(self) -> Path:
        """The file of an SQLite database. Raises WrongSettings for any other kind of address."""
        kind, _, rest = self.database_url.partition(":///")
        if kind != "sqlite" or not rest:
            raise WrongSettings("DATABASE_URL should look like sqlite:///path/to/file.db.")
        return Path(rest)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment. Raises WrongSettings with all problems at once."""
    problems: list[str] = []
    values = _values(os.environ if environment is None else environment, problems)
    defaults = Settings()
    days = _number("RETENTION_DAYS", values.get("RETENTION_DAYS", str(defaults.retention_days)), problems)
    level = _one_of("LOG_LEVEL", values.get("LOG_LEVEL", defaults.log_level).upper(), LOG_LEVELS, problems)
    form = _one_of("LOG_FORMAT", values.get("LOG_FORMAT", defaults.log_format).lower(), LOG_FORMATS, problems)
    url = values.get("DATABASE_URL", DEFAULT_DATABASE)
    if not url.startswith("sqlite:///") or url == "sqlite:///":
        problems.append("DATABASE_URL should look like sqlite:///path/to/file.db")
    folder = values.get("DIALOGUES_DIR")
    if problems:
        raise WrongSettings("; ".join(problems) + ".")
    return Settings(Secret(url), Path(folder) if folder else None, days, level, form)


_NAMES = ("DATABASE_URL", "DIALOGUES_DIR", "RETENTION_DAYS", "LOG_LEVEL", "LOG_FORMAT")


def _values(environment: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """Each setting from its variable, or from the file that `<NAME>_FILE` names."""
    values: dict[str, str] = {}
    for name in _NAMES:
        if environment.get(name):
            values[name] = environment[name].strip()
        elif path := environment.get(f"{name}_FILE"):
            try:
                values[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as slip:
                problems.append(f"{name}_FILE cannot be read ({type(slip).__name__})")
    return values


def _number(name: str, written: str, problems: list[str]) -> int:
    if written.isascii() and written.isdigit() and 0 < len(written) < 6 and int(written) > 0:
        return int(written)
    problems.append(f"{name} should be a whole number from 1")
    return 1


def _one_of(name: str, written: str, allowed: tuple[str, ...], problems: list[str]) -> str:
    if written not in allowed:
        problems.append(f"{name} should be one of {', '.join(allowed)}")
    return written
