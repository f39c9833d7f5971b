"""Chats, who is in them, and the messages they hold."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.errors import bad_request

TOPIC_COLOR = 0x6FB9F0
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})
RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
SENDING = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Membership:
    """How somebody is in a chat, or no longer is."""

    user: User
    status: str = "member"
    anonymous: bool = False
    rights: frozenset[str] = frozenset()
    may_send: bool = True

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    def to_json(self) -> dict[str, Any]:
        """As a ChatMember."""
        body: dict[str, Any] = {"user": self.user.to_json(), "status": self.status}
        if self.status == "creator":
            body["is_anonymous"] = self.anonymous
        elif self.status == "administrator":
            body |= {right: right in self.rights for right in RIGHTS}
            body |= dict.fromkeys(self.rights, True)
            body |= {"can_be_edited": False, "is_anonymous": self.anonymous}
        elif self.status == "restricted":
            body |= {"is_member": True, "until_date": 0, **dict.fromkeys(SENDING, self.may_send)}
            body |= dict.fromkeys(("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"), False)
        elif self.status == "kicked":
            body["until_date"] = 0
        return body


@dataclass(slots=True, eq=False)
class Topic:
    """A topic of a forum. Its id is the id of the message that made it."""

    id: int
    name: str
    icon_color: int = TOPIC_COLOR
    closed: bool = False


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat of one person with one bot, a group, a supergroup or a channel."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    is_forum: bool = False
    person: User | None = None
    bot: BotAccount | None = None
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    may_send: bool = True
    moved_to: "Chat | None" = None
    last_speaking_bot: int = 0
    last_id: int = 0
    opened: bool = False
    blocked: bool = False
    events: list[Any] = field(default_factory=list)

    @property
    def private(self) -> bool:
        return self.type == "private"

    @property
    def own_ids(self) -> bool:
        """Supergroups and channels number their own messages."""
        return self.type in {"supergroup", "channel"}

    def to_json(self) -> dict[str, Any]:
        """As in the `chat` of a message."""
        body: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.person is not None:
            person = self.person
            body["first_name"] = person.first_name
            for name in ("last_name", "username"):
                if value := getattr(person, name):
                    body[name] = value
            return body
        body["title"] = self.title
        if self.username:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body

    def member(self, user_id: int) -> Membership | None:
        """The membership of somebody who is here now."""
        found = self.members.get(user_id)
        return found if found is not None and found.present else None

    def is_admin(self, user_id: int, right: str = "") -> bool:
        """Whether somebody is an administrator, with a certain right if one is named."""
        found = self.members.get(user_id)
        if found is None or found.status not in ADMINS:
            return False
        return not right or found.status == "creator" or right in found.rights

    def find(self, message_id: int, what: str) -> "Message":
        """A message that is here; else Telegram's refusal, which names what was looked for."""
        found = self.messages.get(message_id)
        if found is None or found.deleted:
            raise bad_request(f"{what} not found")
        return found


@dataclass(slots=True, eq=False)
class Message:
    """A message. `content` holds what it says: text and entities, a file and its caption, a location, a service notice."""

    chat: Chat
    id: int
    date: int
    content: dict[str, Any]
    sender: User | None = None
    sender_chat: Chat | None = None
    bot: BotAccount | None = None
    thread: int = 0
    in_topic: bool = False
    reply_to: "Message | None" = None
    markup: dict[str, Any] | None = None
    via: BotAccount | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    edited: int = 0
    deleted: bool = False
    inline_id: str = ""
    reactions: dict[int, list[str]] = field(default_factory=dict)
    service: bool = False

    @property
    def text(self) -> str:
        """The words of it: its text, or its caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[dict[str, Any]]:
        return list(self.content.get("entities") or self.content.get("caption_entities") or ())

    def to_json(self, *, reply: bool = True) -> dict[str, Any]:
        """As a Message. What it replies to is shown without what that replied to."""
        body: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        if self.sender is not None:
            body["from"] = self.sender.to_json()
        if self.sender_chat is not None:
            body["sender_chat"] = self.sender_chat.to_json()
        if self.edited:
            body["edit_date"] = self.edited
        if self.thread:
            body["message_thread_id"] = self.thread
        if self.in_topic:
            body["is_topic_message"] = True
        if reply and self.reply_to is not None and not self.reply_to.deleted:
            body["reply_to_message"] = self.reply_to.to_json(reply=False)
        if self.via is not None:
            body["via_bot"] = self.via.user.to_json()
        body |= self.extra
        body |= self.content
        if self.markup is not None and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body
