"""For operators: is everything in order, and what was set aside?"""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.app import NoBook, book_of, open_chosen, open_store
from bot.commands.common import Leave, settings
from bot.settings import Settings, WrongSettings
from bot.storage.sqlite import SqliteStore

if TYPE_CHECKING:
    from bot.telegram.bot_client import QuietBot

MARKS = {True: "ok  ", False: "BAD ", None: "note"}
SWITCHES = (
    (
        "Groups",
        "can_join_groups",
        "the bot can be added to groups",
        "off. At @BotFather: Bot Settings, Allow Groups",
    ),
    (
        "Group messages",
        "can_read_all_group_messages",
        "privacy mode is off: it gets every message of a group, and answers only what is meant for it",
        "privacy mode is on: in groups it gets only commands, replies to it and its name. That is enough",
    ),
    (
        "Inline mode",
        "supports_inline_queries",
        "people can type its name and a question in any chat",
        "off. To let people type its name and a question in any chat, at @BotFather: Bot Settings, Inline Mode",
    ),
    (
        "Guest queries",
        "supports_guest_queries",
        "groups that never added it can ask it",
        "off. To let groups ask it that never added it, switch guest mode on at @BotFather (docs/groups.md says how)",
    ),
)
"""What `getMe` says of the bot: the name of the line, the field, and what to say if it is on or off."""
Line = tuple[str, bool | None, str]
"""What was looked at, whether it is in order (None: worth knowing), and in words."""


def doctor(given: argparse.Namespace) -> int:
    """Say in plain words whether token, Telegram, database and dialogues are in order."""
    lines = _examine()
    good = all(fine is not False for _, fine, _ in lines)
    if given.json:
        print(json.dumps([{"what": what, "ok": fine, "says": says} for what, fine, says in lines], indent=2, ensure_ascii=False))
    else:
        for what, fine, says in lines:
            print(f"{MARKS[fine]} {what}: {says}")
        print("All is well." if good else "Mend what is marked BAD, then run doctor again.")
    return 0 if good else 1


def _examine() -> list[Line]:
    known = settings()
    lines = [("Settings", True, "every variable that is set can be read"), _dialogues(known), *asyncio.run(_database(known))]
    if not known.telegram_token:
        return [*lines, ("Telegram", False, "TELEGRAM_TOKEN is not set. @BotFather on Telegram gives you one.")]
    return [*lines, *asyncio.run(_telegram(known))]


def _dialogues(known: Settings) -> Line:
    chosen = open_chosen(known)
    try:
        book = book_of(chosen)
    except NoBook as wrong:
        return ("Dialogues", False, f"{wrong} of {chosen.folder}. Run: partnership-bot check")
    notes = sum(one.severity == "warning" for one in chosen.findings)
    return ("Dialogues", True, f"{chosen.folder} ({chosen.why}), revision {book.revision}, {notes} warnings")


async def _database(known: Settings) -> list[Line]:
    try:
        store = open_store(known)
    except Exception as wrong:  # noqa: BLE001  # whatever is wrong with it is what is asked for
        return [("Database", False, str(wrong))]
    figures = await store.figures()
    await store.close()
    lines: list[Line] = [("Database", True, f"{known.database_path}: {figures['conversations']} conversations are kept")]
    if figures["waiting"] or figures["unsent"]:
        lines.append(("Post", None, f"{figures['waiting']} messages wait to be worked off, {figures['unsent']} replies to be sent"))
    if figures["parked"]:
        lines.append(("Post", None, f"{figures['parked']} messages were set aside after errors. See: partnership-bot inbox"))
    return lines


async def _telegram(known: Settings) -> list[Line]:
    from bot.telegram.bot_client import InvalidToken, TelegramError, call, make_bot

    bot = make_bot(known.telegram_token, known.telegram_api_url)
    try:
        me = await call(bot, "getMe", {})
        lines = [("Telegram", True, f"the token is accepted; this is @{me.get('username', '?')}"), *_switches(me)]
        lines += await _coordinators(known, bot)
        hook = await call(bot, "getWebhookInfo", {})
    except InvalidToken:
        return [("Telegram", False, "the token is not accepted. Is TELEGRAM_TOKEN the one that @BotFather gave?")]
    except TelegramError as slip:
        return [("Telegram", False, f"{known.telegram_api_url} cannot be reached: {slip}")]
    finally:
        await bot.shutdown()
    if hook.get("url"):
        lines.append(("Webhook", None, "one is set, so updates cannot be fetched. To fetch them here: partnership-bot run --take-over"))
    else:
        lines.append(("Webhook", True, f"none is set; {hook.get('pending_update_count', 0)} messages wait at Telegram"))
    return lines


def _switches(me: dict[str, Any]) -> list[Line]:
    """What is switched on or off at @BotFather; a server that does not say which is left alone."""
    lines: list[Line] = []
    for what, name, on, off in SWITCHES:
        if name in me:
            fine = True if me[name] or name == "can_read_all_group_messages" else None
            lines.append((what, fine, on if me[name] else off))
    return lines


async def _coordinators(known: Settings, bot: "QuietBot") -> list[Line]:
    """Whether the bot can write to each coordinator: Telegram knows a chat only with people who have pressed Start."""
    from bot.telegram.bot_client import TelegramError, call

    if not known.coordinators:
        return [("Coordinators", None, "COORDINATORS is not set, so nobody is sent the questions that have no answer")]
    missing: list[Line] = []
    for person in sorted(known.coordinators):
        try:
            await call(bot, "getChat", {"chat_id": person})
        except TelegramError as slip:
            says = f"the bot cannot write to {person} yet ({slip}). This person has to open the bot and press Start once"
            missing.append(("Coordinators", None, f"{says}; or the number is wrong"))
    reached = f"{len(known.coordinators) - len(missing)} of {len(known.coordinators)}"
    return [("Coordinators", True, f"{reached} have pressed Start, so the bot can write to them unless they block it"), *missing]


def inbox(given: argparse.Namespace) -> int:
    """Show messages that were set aside after errors; try them again, or give them up."""
    from bot.storage.sqlite import NotOurDatabase

    try:
        store = open_store(settings())
    except (NotOurDatabase, WrongSettings) as wrong:
        raise Leave(str(wrong), 2) from None
    return asyncio.run(_inbox(store, given))


async def _inbox(store: SqliteStore, given: argparse.Namespace) -> int:
    try:
        for number, act, done in ((given.replay, store.replay, "will be tried again"), (given.drop, store.drop, "is given up")):
            if number is not None:
                return await _act(act, number, done, given.json)
        parked = await store.parked()
    finally:
        await store.close()
    if given.json:
        print(json.dumps([{"number": one.id, "update_id": one.update_id, "tries": one.attempts, "error": one.error} for one in parked]))
    elif not parked:
        print("Nothing was set aside.")
    else:
        print("Set aside after errors. What people wrote is not shown.")
        for one in parked:
            print(f"  {one.id}: update {one.update_id}, {one.attempts} tries, {one.error}")
        print("Try one again: partnership-bot inbox --replay NUMBER (while the bot is stopped). Give it up: --drop NUMBER")
    return 0


async def _act(act: Callable[[int], Awaitable[bool]], number: int, done: str, as_json: bool) -> int:
    found = await act(number)
    says = f"{number} {done}." if found else f"Nothing with the number {number} was set aside."
    if as_json:
        print(json.dumps({"number": number, "ok": found, "says": says}, indent=2))
    else:
        print(says, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1
