"""`doctor` and `inbox`, and how every command ends when what it prints cannot be printed."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import run
from bot.commands import look_after
from bot.sandbox.clock import Clock
from bot.sandbox.server import serving
from bot.sandbox.world import World
from bot.settings import Secret, Settings
from bot.storage.sqlite import SqliteStore
from tests.test_terminal import ROOT, environment


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every command runs in an empty folder, with the shipped dialogues and a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIALOGUES_DIR", str(ROOT / "dialogues"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")


def ended(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """How a command ends, and what is on stdout and on stderr."""
    capsys.readouterr()
    status = run(words)
    return status, *capsys.readouterr()


def set_aside(folder: Path) -> int:
    """One message is set aside after an error; gives its number."""

    async def work() -> int:
        store = SqliteStore(folder / "bot.db")
        await store.receive([(7, "{}")], 1.0)
        (waiting,) = await store.waiting(0, 10)
        await store.park(waiting.id, "", "KeyError", 1.0)
        await store.close()
        return waiting.id

    return asyncio.run(work())


@pytest.mark.parametrize("more", [[], ["--json"]], ids=str)
def test_doctor_ends_with_2_if_settings_are_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    """As every command: one line on stderr, nothing on stdout."""
    monkeypatch.setenv("RETENTION_DAYS", "soon")
    status, out, err = ended(capsys, "doctor", *more)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "RETENTION_DAYS" in err


def test_doctor_finds_what_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that can be read but have no token: status 1, and the rest is looked at all the same."""
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    status, out, _ = ended(capsys, "doctor", "--json")
    assert (status, [(one["what"], one["ok"]) for one in json.loads(out)]) == (
        1,
        [("Settings", True), ("Dialogues", True), ("Database", True), ("Telegram", False)],
    )


@pytest.mark.asyncio
async def test_doctor_says_which_coordinators_cannot_be_written_to() -> None:
    """Somebody who never pressed Start is named, with what to do; that is worth knowing, and no error."""
    world = World(Clock.real())
    account = world.bot("Helper", username="helper_bot")
    ann, bob = world.person("Ann"), world.person("Bob")
    await ann.open_link()
    async with serving(world, 0) as url:
        token = Secret(account.token)
        given = Settings(telegram_token=token, telegram_api_url=url, coordinators=frozenset({ann.id, bob.id}))
        lines = [(fine, says) for what, fine, says in await look_after._telegram(given) if what == "Coordinators"]
        none = [says for what, _, says in await look_after._telegram(replace(given, coordinators=frozenset())) if what == "Coordinators"]
    assert lines[0] == (True, "1 of 2 have pressed Start, so the bot can write to them unless they block it")
    assert [fine for fine, _ in lines[1:]] == [None]
    assert f"cannot write to {bob.id} yet" in lines[1][1]
    assert "press Start once" in lines[1][1]
    assert "COORDINATORS is not set" in none[0]


@pytest.mark.parametrize(("act", "says"), [("--replay", "will be tried again"), ("--drop", "is given up")])
def test_inbox_acts_in_words_or_in_one_document(capsys: pytest.CaptureFixture[str], tmp_path: Path, act: str, says: str) -> None:
    """What was set aside is listed; it is acted on once; a number that is not there is status 1."""
    number = set_aside(tmp_path)
    listed = json.loads(ended(capsys, "inbox", "--json")[1])
    assert [(one["number"], one["update_id"], one["error"]) for one in listed] == [(number, 7, "KeyError")]
    status, out, err = ended(capsys, "inbox", act, str(number), "--json")
    assert (status, json.loads(out), err) == (0, {"number": number, "ok": True, "says": f"{number} {says}."}, "")
    status, out, err = ended(capsys, "inbox", act, str(number), "--json")
    assert (status, json.loads(out)["ok"], err) == (1, False, "")
    status, out, err = ended(capsys, "inbox", act, str(number))
    assert (status, out, len(err.splitlines())) == (1, "", 1)


def test_inbox_does_one_thing_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Both at once is wrong usage."""
    status, out, err = ended(capsys, "inbox", "--replay", "1", "--drop", "1")
    assert (status, out, len(err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("folder", ["/nonexist", "nonexist", "some/where"])
def test_check_names_a_missing_folder_as_given(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    """The advice can be copied, and makes the folder that was meant."""
    status, out, _ = ended(capsys, "check", folder)
    assert (status, out.splitlines()[0]) == (
        1,
        f'{folder}:1:1  D001 error  There is no folder "{folder}". Make one with: partnership-bot init {folder}',
    )


ASK = ["ask", "what is an MoU?"]
NO_ROOM = "What is to be printed cannot be written: No space left on device.\n"


def printing_to(stdout: int, folder: Path, *words: str) -> tuple[int, str]:
    """The status of a command in a process of its own that prints there, and its stderr."""
    command = [sys.executable, "-m", "bot", *words]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment(folder), cwd=folder, timeout=60, check=False)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("words", [ASK, ["graph"], ["--help"]], ids=" ".join)
def test_nobody_reads_on(tmp_path: Path, words: list[str]) -> None:
    """`… | head -1`: whoever reads has had enough, and that is fine, however much there was to print."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        status, err = printing_to(writing, tmp_path, *words)
    finally:
        os.close(writing)
    assert (status, "Error" in err) == (0, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [ASK, ["graph"], ["--help"]], ids=" ".join)
def test_no_room_to_print(tmp_path: Path, words: list[str]) -> None:
    """What cannot be printed is said in one line, with status 2."""
    with Path("/dev/full").open("wb") as full:
        status, err = printing_to(full.fileno(), tmp_path, *words)
    assert (status, err.endswith(NO_ROOM), "Error" in err) == (2, True, False)


def test_what_is_no_text_is_printed_as_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 on the command line: what is printed is UTF-8 all the same."""
    command = [sys.executable.encode(), b"-m", b"bot", b"ask", b"\xff", b"--json"]
    done = subprocess.run(command, capture_output=True, env=environment(tmp_path), cwd=tmp_path, timeout=60, check=False)
    assert (done.returncode, json.loads(done.stdout.decode("utf-8", "strict"))["topic"]) == (0, None), done.stderr
