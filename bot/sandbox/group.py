"""Groups, supergroups, forums and channels, and people in them."""

from typing import TYPE_CHECKING, Any

from bot.sandbox import contents
from bot.sandbox.accounts import BotAccount, User, channel_bot, group_anonymous_bot, telegram_itself
from bot.sandbox.chats import RIGHTS, TOPIC_COLOR, Chat, Membership, Message, Topic
from bot.sandbox.methods.chatting import origin_of
from bot.sandbox.methods.sending import thread_of_reply
from bot.sandbox.moves import moved, tell_members
from bot.sandbox.person import Person
from bot.sandbox.posting import changed, new_message, post, service
from bot.sandbox.pressing import Impossible

if TYPE_CHECKING:
    from bot.sandbox.world import World

ALL_RIGHTS = frozenset(RIGHTS) | {"can_pin_messages", "can_manage_topics", "can_post_messages", "can_edit_messages"}


class Member(Person):
    """A person in a group. Writes, presses and sees there."""

    def __init__(self, person: Person, group: "Group") -> None:
        super().__init__(person.world, person.user, person.bot, group.chat)
        self.group = group
        self.alone = person
        self.speaks_for: Chat | None = None

    async def open_link(self, payload: str = "") -> Message:
        """Opens the link, which leads out of the group into the private chat with the bot."""
        return await self.alone.open_link(payload)

    async def leave(self) -> None:
        moved(self.world, self.chat, self.user, self.user, Membership(self.user, "left"))

    async def promote(
        self, who: "Person | BotAccount | None" = None, *, rights: frozenset[str] = ALL_RIGHTS, anonymous: bool = False
    ) -> None:
        """Makes somebody, or oneself, an administrator; an anonymous one writes as the group."""
        user = who.user if who is not None else self.user
        new = Membership(user, "administrator", anonymous, rights)
        moved(self.world, self.chat, self.user, user, new, notice=False)

    async def demote(self, who: "Person | BotAccount") -> None:
        moved(self.world, self.chat, self.user, who.user, Membership(who.user), notice=False)

    async def silence(self, who: "Person | BotAccount") -> None:
        """Lets somebody only read."""
        moved(self.world, self.chat, self.user, who.user, Membership(who.user, "restricted", may_send=False), notice=False)

    async def add(self, who: "Person | BotAccount") -> None:
        """Adds somebody, or a bot, to the group."""
        self.group.join(who, by=self.user)

    async def kick(self, who: "Person | BotAccount") -> None:
        """Throws somebody, or a bot, out for good."""
        moved(self.world, self.chat, self.user, who.user, Membership(who.user, "kicked"))

    def speak_for(self, channel: "Group | None") -> None:
        """Writes from now on as a channel, or again as oneself."""
        self.speaks_for = channel.chat if channel is not None else None

    def _check_may_write(self) -> None:
        mine = self.chat.member(self.id)
        if mine is None or self.chat.moved_to is not None:
            raise Impossible(f"{self.name} is not in {self.chat.title}" if mine is None else f"{self.chat.title} became a supergroup")
        if not mine.may_send or not (self.chat.may_send or self.chat.is_admin(self.id)) or self.chat.type == "channel":
            raise Impossible(f"{self.name} may not write in {self.chat.title}")

    def _as_sender(self) -> dict[str, Any]:
        mine = self.chat.members.get(self.id)
        if self.speaks_for is not None:
            return {"sender": channel_bot(), "sender_chat": self.speaks_for}
        if mine is not None and mine.anonymous:
            return {"sender": group_anonymous_bot(), "sender_chat": self.chat}
        return {"sender": self.user}

    def _on_thread(self, more: dict[str, Any], replied: Message | None, topic: int) -> None:
        if topic and self.chat.is_forum:
            more |= {"thread": topic, "in_topic": True}
        elif replied is not None:
            thread, in_topic = thread_of_reply(replied)
            more |= {"thread": thread, "in_topic": in_topic}


class Group:
    """A chat of several. Made by `World.group`; the first of its people owns it."""

    def __init__(self, world: "World", chat: Chat, people: tuple[Person, ...]) -> None:
        self.world = world
        self.chat = chat
        self.talked_about_in: Chat | None = None
        for at, person in enumerate(people):
            chat.members[person.id] = Membership(person.user, "member" if at else "creator")
        self._members = {person.id: Member(person, self) for person in people}

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def owner(self) -> User:
        return next(found.user for found in self.chat.members.values() if found.status == "creator")

    def member(self, person: Person) -> Member:
        """A person as one of the group: the same object each time."""
        if person.id not in self._members:
            self._members[person.id] = Member(person, self)
        return self._members[person.id]

    def join(self, who: "Person | BotAccount", *, by: User | None = None) -> None:
        """Lets somebody, or a bot, in. Bots of a channel are administrators."""
        channel = self.chat.type == "channel" and isinstance(who, BotAccount)
        new = Membership(who.user, "administrator", rights=ALL_RIGHTS) if channel else Membership(who.user)
        moved(self.world, self.chat, by or self.owner, who.user, new)

    def topic(self, name: str) -> int:
        """Makes a topic; answers its id."""
        made = {"name": name, "icon_color": TOPIC_COLOR}
        message = service(self.world, self.chat, {"forum_topic_created": made}, sender=self.owner, in_topic=True)
        message.thread = message.id
        self.chat.topics[message.id] = Topic(message.id, name)
        return message.id

    def forbid_sending(self) -> None:
        """Only administrators may write from now on."""
        self.chat.may_send = False

    async def post(self, text: str) -> Message:
        """Posts in a channel, in its name."""
        self.world.settling.begin()
        posted = post(self.world, new_message(self.world, self.chat, contents.text(text), sender_chat=self.chat))
        if self.talked_about_in is not None:
            extra = {"is_automatic_forward": True, "forward_origin": origin_of(posted)}
            who = {"sender": telegram_itself(), "sender_chat": self.chat}
            post(self.world, new_message(self.world, self.talked_about_in, posted.content, extra=extra, **who))
        return posted

    async def edit(self, post_: Message, text: str) -> None:
        """Changes a post of the channel."""
        self.world.settling.begin()
        post_.content = contents.text(text)
        changed(self.world, post_)

    def link(self, channel: "Group") -> None:
        """Makes this the group in which a channel's posts are talked about: they are forwarded into it by themselves."""
        channel.talked_about_in = self.chat

    async def upgrade(self, *, joins_first: bool = False) -> "Group":
        """Turns a basic group into a supergroup with a new id. Both chats say so; the old one takes no more messages.

        Its bots are also told that they are in the new chat, as if they had been let in (that they left the old one they are not):
        with `joins_first` before the chats say so. Telegram promises no order of the two.
        """
        new = self.world.group(self.chat.title)
        new.chat.members = dict(self.chat.members)
        for member in self._members.values():
            new.member(member)
        if joins_first:
            self._bots_join(new)
        service(self.world, self.chat, {"migrate_to_chat_id": new.id}, sender=self.owner)
        self.chat.moved_to = new.chat
        service(self.world, new.chat, {"migrate_from_chat_id": self.id}, sender=group_anonymous_bot(), sender_chat=new.chat)
        if not joins_first:
            self._bots_join(new)
        return new

    def _bots_join(self, new: "Group") -> None:
        for found in new.chat.members.values():
            if found.user.is_bot and found.present:
                tell_members(self.world, new.chat, self.owner, Membership(found.user, "left"), found)
