"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat, createForumTopic."""

from typing import Any

from bot.sandbox import access, limits
from bot.sandbox.chats import ADMINS, Chat, Membership, Topic
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context
from bot.sandbox.moves import moved
from bot.sandbox.posting import service
from bot.sandbox.units import units

COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
GIFTS = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), True)


def get_chat(call: Context) -> dict[str, Any]:
    """A chat with all that a bot may know of it."""
    chat = call.chat(write=False)
    body = {**chat.to_json(), "accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if not chat.private:
        body["permissions"] = {"can_send_messages": chat.may_send}
    if chat.username or (chat.person is not None and chat.person.username):
        body["active_usernames"] = [chat.username or (chat.person.username if chat.person else "")]
    if chat.pinned:
        body["pinned_message"] = chat.messages[chat.pinned[-1]].to_json(reply=False)
    return body


def get_chat_member(call: Context) -> dict[str, Any]:
    """How somebody is in a chat."""
    chat = call.chat(write=False)
    user = call.world.users.get(call.params.integer("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified" if not call.params.integer("user_id") else "user not found")
    if chat.private:
        return Membership(user).to_json()
    found = chat.members.get(user.id)
    if found is None and chat.type == "channel" and not chat.is_admin(call.bot.id):
        raise bad_request("member list is inaccessible")
    return (found or Membership(user, "left")).to_json()


def get_chat_administrators(call: Context) -> list[dict[str, Any]]:
    """Who runs a group; other bots are left out."""
    chat = _no_private(call, "there are no administrators in the private chat")
    me = call.bot.id
    admins = (found for found in chat.members.values() if found.status in ADMINS)
    return [found.to_json() for found in admins if not found.user.is_bot or found.user.id == me]


def get_chat_member_count(call: Context) -> int:
    """How many are in a chat, bots among them."""
    chat = call.chat(write=False)
    return 2 if chat.private else sum(found.present for found in chat.members.values())


def leave_chat(call: Context) -> bool:
    """The bot goes by itself."""
    chat = _no_private(call, "chat member status can't be changed in private chats")
    moved(call.world, chat, call.bot.user, call.bot.user, Membership(call.bot.user, "left"))
    return True


def _no_private(call: Context, refusal: str) -> Chat:
    chat = call.chat(write=False)
    if chat.private:
        raise bad_request(refusal)
    return chat


def create_forum_topic(call: Context) -> dict[str, Any]:
    """A new topic of a forum; the notice that says so is its first message."""
    chat = call.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    access.check_admin(call.bot, chat, "can_manage_topics", "not enough rights to create a topic")
    name = call.params.text("name").strip()
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if units(name) > limits.TOPIC_NAME:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    color = call.params.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    made = {"name": name, "icon_color": color}
    message = service(call.world, chat, {"forum_topic_created": made}, sender=call.bot.user, bot=call.bot, in_topic=True)
    message.thread = message.id
    chat.topics[message.id] = Topic(message.id, name, color)
    return {"message_thread_id": message.id, **made}


PLAYED = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "createForumTopic": create_forum_topic,
}
