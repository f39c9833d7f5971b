"""People and bots come, go, rise and fall silent; bots are told how it is with them."""

from typing import TYPE_CHECKING

from bot.sandbox.accounts import User
from bot.sandbox.chats import Chat, Membership
from bot.sandbox.posting import service

if TYPE_CHECKING:
    from bot.sandbox.world import World


def moved(world: "World", chat: Chat, by: User, who: User, new: Membership, *, notice: bool = True) -> None:
    """Changes how somebody is in a chat: `my_chat_member` to the bot it is, `chat_member` to others, and a notice to all."""
    old = chat.members.get(who.id) or Membership(who, "left")
    chat.members[who.id] = new
    tell_members(world, chat, by, old, new)
    if chat.type == "channel" or not notice or old.present == new.present:
        return
    if new.present:
        service(world, chat, {"new_chat_members": [who.to_json()]}, sender=by)
    else:
        _notice_of_leaving(world, chat, by, who)


def _notice_of_leaving(world: "World", chat: Chat, by: User, who: User) -> None:
    """The notice that somebody is gone also reaches the bot that is gone."""
    before = chat.members[who.id]
    chat.members[who.id] = Membership(who)
    service(world, chat, {"left_chat_member": who.to_json()}, sender=by)
    chat.members[who.id] = before


def tell_members(world: "World", chat: Chat, by: User, old: Membership, new: Membership) -> None:
    """Queues the update about a change of membership."""
    body = {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": int(world.clock()),
        "old_chat_member": old.to_json(),
        "new_chat_member": new.to_json(),
    }
    for bot in world.bots.values():
        if bot.id == new.user.id or chat.bot is bot:
            world.queue(bot, "my_chat_member", body, chat.id + (5 << 33))
        elif chat.is_admin(bot.id):
            world.queue(bot, "chat_member", body, new.user.id + (6 << 33))
    world.changes.touch()
