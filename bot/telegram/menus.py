"""What Telegram shows before anybody types: the command menus per kind of chat, and the texts about the bot."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.telegram.bot_client import Call

log = logging.getLogger(__name__)

Phrase = Callable[..., str]

IN_PRIVATE = ("start", "new", "review", "back", "stop", "ask", "help", "language", "privacy", "export", "forget")
IN_GROUPS = ("ask", "what", "round", "together", "setup", "help")
OF_COORDINATORS = ("dialogues", "stats", "questions")


def calls(phrase: Phrase, coordinators: frozenset[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The Bot API calls that make the menus and the texts, in the words of the dialogues."""
    yield "setMyCommands", {"commands": _menu(phrase, IN_PRIVATE), "scope": {"type": "all_private_chats"}}
    yield "setMyCommands", {"commands": _menu(phrase, IN_GROUPS), "scope": {"type": "all_group_chats"}}
    for person in sorted(coordinators):
        yield "setMyCommands", {"commands": _menu(phrase, IN_PRIVATE + OF_COORDINATORS), "scope": {"type": "chat", "chat_id": person}}
    yield "setMyShortDescription", {"short_description": phrase("bot_about")}
    yield "setMyDescription", {"description": phrase("bot_description")}


def _menu(phrase: Phrase, names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"command": name, "description": phrase(f"menu_{name}")} for name in names]


async def set_menus(call: Call, wanted: Iterable[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Makes the menus; gives back what went wrong and may be tried again. They are a help and no more: the bot works without."""
    left = []
    for method, params in wanted:
        try:
            await call(method, params)
        except TelegramError as slip:
            log.warning("a menu or a text about the bot could not be set", extra={"method": method, "why": str(slip)})
            if isinstance(slip, NetworkError | RetryAfter) and not isinstance(slip, BadRequest):
                left.append((method, params))
    return left
