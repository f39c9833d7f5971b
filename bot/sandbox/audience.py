"""Which bots hear a message. In groups the privacy mode decides; it is on unless @BotFather was told otherwise.

A bot with privacy mode on hears, in a group: commands for it (`/help@its_name`); commands for nobody in particular
(`/help`), unless another bot was the last to speak there; replies to its messages; messages that mention it; messages
sent through it; and everything Telegram itself reports. Administrators hear everything, as do bots with privacy mode
off. No bot hears another bot.
"""

from collections.abc import Iterable, Iterator

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat, Message
from bot.sandbox.units import part


def listeners(bots: Iterable[BotAccount], message: Message) -> Iterator[BotAccount]:
    """The bots that get an update for a message."""
    chat = message.chat
    if chat.private:
        if chat.bot is not None and message.bot is None:
            yield chat.bot
        return
    for bot in bots:
        if chat.member(bot.id) is not None and hears(bot, message):
            yield bot


def hears(bot: BotAccount, message: Message) -> bool:
    """Whether a bot that is in the chat hears a message."""
    chat = message.chat
    if message.bot is bot:
        return False
    if message.service or chat.type == "channel":
        return True
    if message.bot is not None:
        return False
    if bot.can_read_all_group_messages or chat.is_admin(bot.id) or message.via is bot:
        return True
    if message.reply_to is not None and message.reply_to.bot is bot:
        return True
    return _is_addressed(bot, chat, message)


def _is_addressed(bot: BotAccount, chat: Chat, message: Message) -> bool:
    me = f"@{bot.username}".lower()
    for entity in message.entities:
        words = part(message.text, entity).lower()
        if entity["type"] == "mention" and words == me:
            return True
        if entity["type"] == "bot_command":
            if words.endswith(me):
                return True
            if "@" not in words and chat.last_speaking_bot in {0, bot.id}:
                return True
    return False
