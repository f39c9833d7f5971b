"""What Telegram says of the bot in a group, and of who is there: asked when somebody wants to know, or is about to do something."""

import logging
from dataclasses import dataclass
from typing import Any

from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.alone import ask
from bot.telegram.bot_client import Call

log = logging.getLogger(__name__)

_NOT_THERE = ("chat not found", "user not found", "user_not_participant", "participant_id_invalid")
_RUNS_IT = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Sight:
    """`me` is the bot's id, `everywhere` true if its privacy mode is off. Every answer is None if Telegram does not say."""

    call: Call | None = None
    me: int = 0
    everywhere: bool = False

    async def is_admin(self, chat: int) -> bool | None:
        """True if the bot is an administrator there, and so gets every message."""
        found = await self._member(chat, self.me)
        return None if found is None else found.get("status") == ChatMemberStatus.ADMINISTRATOR

    async def has(self, chat: int, person: int) -> bool | None:
        """True if somebody is in the group."""
        found = await self._member(chat, person)
        if found is None:
            return None
        inside = (*_RUNS_IT, ChatMemberStatus.MEMBER)
        return found.get("status") in inside or (found.get("status") == ChatMemberStatus.RESTRICTED and found.get("is_member") is True)

    async def may_write(self, chat: int) -> bool | None:
        """True if the bot is in the group and may write there."""
        found = await self._member(chat, self.me)
        if found is None or found.get("status") in _RUNS_IT:
            return None if found is None else True
        if found.get("status") == ChatMemberStatus.RESTRICTED:
            return found.get("is_member") is True and found.get("can_send_messages") is True
        if found.get("status") != ChatMemberStatus.MEMBER:
            return False
        group = await self._asked("getChat", {"chat_id": chat})
        allowed = group.get("permissions") if group is not None else None
        return not isinstance(allowed, dict) or allowed.get("can_send_messages") is not False

    async def title(self, chat: int) -> str:
        """What the group is called; "" if Telegram does not say."""
        found = await self._asked("getChat", {"chat_id": chat})
        return str(found.get("title", "")) if found is not None else ""

    async def _member(self, chat: int, person: int) -> dict[str, Any] | None:
        """How somebody is in a group: no status if they, or the bot, are not there."""
        return await self._asked("getChatMember", {"chat_id": chat, "user_id": person})

    async def _asked(self, method: str, params: dict[str, Any]) -> dict[str, Any] | None:
        if self.call is None:
            return None
        try:
            found = await ask(self.call, method, params)
        except TelegramError as slip:
            gone = isinstance(slip, Forbidden) or (isinstance(slip, BadRequest) and any(one in str(slip).lower() for one in _NOT_THERE))
            log.info("Telegram does not say who is in a group", extra={"why": str(slip), "gone": gone})
            return {} if gone else None
        return found if isinstance(found, dict) else None
