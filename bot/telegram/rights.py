"""What Telegram says of somebody's rights in a group. Asked on each act: rights come and go."""

import logging

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.telegram.alone import ask
from bot.telegram.bot_client import Call

log = logging.getLogger(__name__)


async def is_admin(call: Call, chat: int, person: int) -> bool:
    """True if the person is an administrator of the group; false also if Telegram does not say."""
    try:
        found = await ask(call, "getChatMember", {"chat_id": chat, "user_id": person})
    except TelegramError as slip:
        log.info("it is not known who is an administrator", extra={"why": str(slip)})
        return False
    return isinstance(found, dict) and found.get("status") in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
