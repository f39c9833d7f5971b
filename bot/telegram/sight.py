"""What a group lets the bot see: everything, or only what is meant for it. Asked when somebody wants to know."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

log = logging.getLogger(__name__)

Call = Callable[[str, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Sight:
    """`me` is the bot's id, `everywhere` true if its privacy mode is off."""

    call: Call | None = None
    me: int = 0
    everywhere: bool = False

    async def is_admin(self, chat: int) -> bool | None:
        """True if the bot is an administrator there, and so gets every message; None if Telegram does not say."""
        if self.call is None:
            return None
        try:
            found = await self.call("getChatMember", {"chat_id": chat, "user_id": self.me})
        except TelegramError as slip:
            log.info("it is not known what a group lets the bot see", extra={"why": str(slip)})
            return None
        return isinstance(found, dict) and found.get("status") == ChatMemberStatus.ADMINISTRATOR
