"""The commands a person is offered: of all lists a bot set, the one whose scope and language fit best."""

from collections.abc import Iterator

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.chats import Chat


def commands_for(bot: BotAccount, chat: Chat, user: User) -> list[dict[str, str]]:
    """What the menu shows, in Telegram's order: narrower scopes first, and in each the person's language first."""
    for scope in _scopes(chat, user):
        for language in (user.language_code, ""):
            if (scope, language) in bot.commands:
                return bot.commands[scope, language]
    return []


def _scopes(chat: Chat, user: User) -> Iterator[str]:
    if chat.private:
        yield from (f"chat:{chat.id}", "all_private_chats", "default")
        return
    admin = chat.is_admin(user.id)
    yield f"chat_member:{chat.id}:{user.id}"
    if admin:
        yield f"chat_administrators:{chat.id}"
    yield f"chat:{chat.id}"
    if admin:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")
