"""Menus and texts about the bot, and what `doctor` says of the switches at @BotFather: over real HTTP."""

import asyncio
from pathlib import Path

import pytest

from bot.cli import run
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.server import serving
from bot.sandbox.world import World
from bot.telegram import service
from bot.turn.mind import Mind
from tests.telegram.stage import Stage, stage
from tests.test_terminal import ROOT

MENUS = 2
"""`setMyCommands` is called for private chats and for groups."""


async def _until_made(play: Stage, calls: int) -> None:
    async with asyncio.timeout(20):
        await play.world.changes.until(lambda: len(play.world.calls.of("setMyCommands")) >= calls)


@pytest.mark.asyncio
async def test_a_menu_that_telegram_did_not_take_is_made_later(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram is in trouble as the bot starts: what failed is made again, what did not is left alone."""
    monkeypatch.setattr(service, "MENUS_AGAIN", 0.0)
    fault = Fault(Kind.ERROR, "setMyCommands", times=1)
    async with stage(mind, tmp_path, faults=(fault,)) as play:
        await _until_made(play, MENUS + 1)
        assert [call.ok for call in play.world.calls.of("setMyCommands")] == [False, True, True]


@pytest.mark.parametrize(("on", "says"), [(True, "people can type its name"), (False, "Inline Mode")], ids=["on", "off"])
@pytest.mark.asyncio
async def test_doctor_says_what_is_switched_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, on: bool, says: str
) -> None:
    """Inline mode, guest queries and privacy mode as @BotFather has them: off is worth knowing, and no fault."""
    world = World()
    bot = world.bot("Helper", username="helper_bot", supports_inline_queries=on, supports_guest_queries=on, can_read_all_group_messages=on)
    monkeypatch.chdir(tmp_path)
    async with serving(world) as url:
        for name, value in {
            "TELEGRAM_TOKEN": bot.token,
            "TELEGRAM_API_URL": url,
            "DIALOGUES_DIR": str(ROOT / "dialogues"),
            "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        }.items():
            monkeypatch.setenv(name, value)
        status = await asyncio.to_thread(run, ("doctor",))
    out = capsys.readouterr().out
    assert (status, says in out) == (0, True), out
    assert [line[:4] for line in out.splitlines() if "Guest queries" in line] == ["ok  " if on else "note"]
    assert f"privacy mode is {'off' if on else 'on'}" in out
