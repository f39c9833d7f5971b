"""The environment is read once and checked as a whole; secrets stay hidden."""

import traceback
from pathlib import Path
from typing import Any

import pytest

from bot.settings import NAMES, Secret, Settings, WrongSettings, read_settings

ROOT = Path(__file__).parent.parent
CANARY = "AAcanaryCANARYcanary-_canary0123456789"
TOKEN = f"987654321:{CANARY}"


def test_an_empty_environment_is_fine() -> None:
    """Nothing has to be set."""
    assert read_settings({}) == Settings()
    assert read_settings(dict.fromkeys(NAMES, " ")) == Settings()


RIGHT: list[tuple[str, str, str, Any]] = [
    ("TELEGRAM_TOKEN", TOKEN, "telegram_token", TOKEN),
    ("TELEGRAM_TOKEN", f" {TOKEN}\n", "telegram_token", TOKEN),
    ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "telegram_api_url", "http://127.0.0.1:8081"),
    ("TELEGRAM_API_URL", "https://example.org/api//", "telegram_api_url", "https://example.org/api"),
    ("TELEGRAM_API_URL", "http://[::1]:80", "telegram_api_url", "http://[::1]:80"),
    ("WEBHOOK_URL", "https://example.org/telegram", "webhook_url", "https://example.org/telegram"),
    ("WEBHOOK_SECRET", "aZ0_-", "webhook_secret", "aZ0_-"),
    ("WEBHOOK_SECRET", "x" * 256, "webhook_secret", "x" * 256),
    ("HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104  # nothing listens
    ("HOST", "::", "host", "::"),
    ("PORT", "0", "port", 0),
    ("PORT", "65535", "port", 65535),
    ("COORDINATORS", "5", "coordinators", frozenset({5})),
    ("COORDINATORS", " 5, 12345678901,5,", "coordinators", frozenset({5, 12345678901})),
    ("COORDINATORS", "5;6", "coordinators", frozenset({5, 6})),
    ("COORDINATORS", "5 6\n7 ; 8", "coordinators", frozenset({5, 6, 7, 8})),
    ("RETENTION_DAYS", "30", "retention_days", 30),
    ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
    ("LOG_FORMAT", "JSON", "log_format", "json"),
    ("DIALOGUES_DIR", "some/where", "dialogues_dir", Path("some/where")),
    ("DATABASE_URL", "sqlite:///x.db", "database_url", "sqlite:///x.db"),
]


@pytest.mark.parametrize(("name", "written", "field", "value"), RIGHT)
def test_a_setting_is_read(name: str, written: str, field: str, value: Any, tmp_path: Path) -> None:
    """From its variable, or from the file that is named."""
    assert getattr(read_settings({name: written}), field) == value
    file = tmp_path / "value"
    file.write_text(written, encoding="utf-8")
    assert getattr(read_settings({f"{name}_FILE": str(file)}), field) == value


WRONG = [
    *(
        ("TELEGRAM_TOKEN", one)
        for one in ("canary", "bot1:canaryAA", "1:can ary1", ":canaryAA", "123:", "१२३:canaryAA", "1:canaryé", f"{TOKEN}/")
    ),
    *(
        ("TELEGRAM_API_URL", one)
        for one in ("api.telegram.org", "ftp://x", "https://", "https://a b", "https://x?y", "http://x:99999", "http://[")
    ),
    *(("TELEGRAM_API_URL", one) for one in ("http://u:canary@x", "http://x\ty", "http://é.org", "http://x/{token}")),
    *(("WEBHOOK_URL", one) for one in ("example.org", "http//x", "https://x#y")),
    *(("WEBHOOK_SECRET", one) for one in ("canary!", "canary canary", "canaryé", "canary" * 50)),
    *(("HOST", one) for one in ("a b", "http://x", "é")),
    *(("PORT", one) for one in ("-1", "65536", "http", "8080.0", "٣")),
    *(("COORDINATORS", one) for one in ("-5", "0", "5,,0", "١", "9" * 17, "5 x:canary", TOKEN, CANARY)),
    *(("RETENTION_DAYS", one) for one in ("0", "-1", "many", "100000")),
    *(("LOG_LEVEL", one) for one in ("LOUD",)),
    *(("LOG_FORMAT", one) for one in ("xml",)),
    *(("DATABASE_URL", one) for one in ("sqlite:///", "mysql://me:canary@x/y", "x.db", "http://[")),
]


@pytest.mark.parametrize(("name", "written"), WRONG)
def test_a_wrong_setting_is_named_and_not_repeated(name: str, written: str) -> None:
    """The message says which, and how it should look; what was written may be a secret."""
    with pytest.raises(WrongSettings) as caught:
        read_settings({name: written})
    said = "".join(traceback.format_exception(caught.value))
    assert str(caught.value).startswith(f"{name} should ")
    assert "\n" not in str(caught.value)
    assert "canary" not in said


@pytest.mark.parametrize(
    ("written", "named"),
    [("5, @sue_b; 7", "@sue_b"), ("+447700900123", "+447700900123"), ("5 07700900123 x", "07700900123 x"), ("5 1:a", "number 2")],
)
def test_a_coordinator_that_is_no_number_is_named(written: str, named: str) -> None:
    """Whoever wrote a phone number or an @name sees which it is; what may be a secret is only counted."""
    with pytest.raises(WrongSettings) as caught:
        read_settings({"COORDINATORS": written})
    assert str(caught.value).endswith(f"no phone numbers and no @names, with commas between them (wrong: {named}).")


def test_another_server_may_have_other_tokens() -> None:
    """The shape of Telegram's own tokens is asked for only where Telegram's own server is called."""
    assert read_settings({"TELEGRAM_TOKEN": "TEST", "TELEGRAM_API_URL": "http://localhost:1"}).telegram_token
    with pytest.raises(WrongSettings):
        read_settings({"TELEGRAM_TOKEN": "TEST"})


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """One run is enough to learn of every slip, unreadable files included."""
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    wrong = {
        "TELEGRAM_TOKEN": "x y", "TELEGRAM_API_URL": "x", "WEBHOOK_URL": "x", "WEBHOOK_SECRET": "!", "PORT": "x", "COORDINATORS": "x",
        "DATABASE_URL_FILE": str(tmp_path / "none"), "HOST_FILE": str(binary), "DIALOGUES_DIR_FILE": "\0",
    }  # fmt: skip
    with pytest.raises(WrongSettings) as caught:
        read_settings(wrong)
    assert all(name in str(caught.value) for name in wrong)


def test_a_variable_goes_before_a_file(tmp_path: Path) -> None:
    """If both are given, the file is not read."""
    assert read_settings({"PORT": "1", "PORT_FILE": str(tmp_path / "none")}).port == 1


def test_settings_show_no_secret() -> None:
    """Not in a repr or a string; a secret asked for by name is itself."""
    password = "p%40canary"  # noqa: S105  # nobody's
    settings = read_settings({"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_SECRET": "canary", "DATABASE_URL": "sqlite:///canary.db"})
    assert "canary" not in f"{settings} {settings!r} {settings.telegram_token!r} {[settings.webhook_secret]}"
    assert f"{settings.telegram_token}" == TOKEN
    assert settings.secrets == (TOKEN, "canary")
    assert Settings(database_url=Secret(f"postgresql://me:{password}@x/y")).secrets == ("p%40canary", "p@canary")
    assert Settings(database_url=Secret("http://[")).secrets == ()


def test_every_setting_is_documented() -> None:
    """Each has its place in docs/running.md."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in text] == []
