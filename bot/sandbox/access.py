"""Finds the chat a bot means, and refuses what it may not do there, in Telegram's words."""

from typing import TYPE_CHECKING

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.params import Params, as_integer

if TYPE_CHECKING:
    from bot.sandbox.world import World


def chat_of(world: "World", bot: BotAccount, params: Params, name: str = "chat_id", *, write: bool = True) -> Chat:
    """The chat a parameter names, if the bot may read there, and with `write` also write."""
    value = params.text(name).strip()
    if not value:
        raise bad_request("chat_id is empty" if name == "chat_id" else f'parameter "{name}" is required')
    if value.startswith("@"):
        chat = world.named.get(value[1:].lower())
    elif (chat_id := as_integer(value)) > 0:
        return _private(world, bot, chat_id, write=write)
    else:
        chat = world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    _check_membership(bot, chat, write=write)
    return chat


def _private(world: "World", bot: BotAccount, user_id: int, *, write: bool) -> Chat:
    user = world.users.get(user_id)
    if user is None:
        raise bad_request("chat not found")
    if user.is_bot:
        raise forbidden("bot can't send messages to bots")
    chat = world.private.get((bot.id, user_id))
    if chat is None or not chat.opened:
        together = any(group.member(bot.id) and group.member(user_id) for group in world.chats.values())
        raise forbidden("bot can't initiate conversation with a user") if together else bad_request("chat not found")
    if user.deactivated and write:
        raise forbidden("user is deactivated")
    if chat.blocked and write:
        raise forbidden("bot was blocked by the user")
    return chat


def _check_membership(bot: BotAccount, chat: Chat, *, write: bool) -> None:
    found = chat.members.get(bot.id)
    if chat.moved_to is not None and write:
        where = {"migrate_to_chat_id": chat.moved_to.id}
        raise bad_request("group chat was upgraded to a supergroup chat", where)
    if found is not None and found.present:
        return
    if found is None and not chat.username:
        raise bad_request("chat not found")
    if chat.type == "group" and not write:
        return
    if found is not None and found.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if write or not chat.username:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def check_may_send(bot: BotAccount, chat: Chat, what: str) -> None:
    """Refuses to send where the bot lacks the right to."""
    if chat.private:
        return
    if chat.type == "channel":
        if not chat.is_admin(bot.id, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    found = chat.members[bot.id]
    if not found.may_send or not (chat.may_send or chat.is_admin(bot.id)):
        raise bad_request(f"not enough rights to send {what} to the chat")


def check_admin(bot: BotAccount, chat: Chat, right: str, refusal: str) -> None:
    """Refuses what only an administrator with a certain right may do in a group."""
    if not chat.private and not chat.is_admin(bot.id, right):
        raise bad_request(refusal)


def thread_of(chat: Chat, thread_id: int) -> tuple[int, bool]:
    """The topic or thread a message goes to, and whether it is a topic. The General topic must not be named."""
    if thread_id <= 0:
        return 0, False
    if chat.is_forum:
        topic = chat.topics.get(thread_id)
        if topic is None:
            raise _no_thread()
        if topic.closed:
            raise bad_request("TOPIC_CLOSED")
        return thread_id, True
    if chat.type != "supergroup" or thread_id not in chat.messages:
        raise _no_thread()
    return thread_id, False


def _no_thread() -> ApiError:
    return bad_request("message thread not found")
