"""Who there is: users, and bots with what they have set up."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import Webhook

SERVICE = 777_000
ANONYMOUS_ADMIN = 1_087_968_824
CHANNEL_SENDER = 136_817_688


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot, as others see them."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deactivated: bool = False
    json: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As in `from`. The same object each time: nobody writes into it."""
        if not self.json:
            self.json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
            for name in ("last_name", "username", "language_code"):
                if value := getattr(self, name):
                    self.json[name] = value
        return self.json


def group_anonymous_bot() -> User:
    """Who group administrators that stay anonymous write as."""
    return User(ANONYMOUS_ADMIN, "Group", username="GroupAnonymousBot", is_bot=True)


def channel_bot() -> User:
    """Who people write as that speak for a channel."""
    return User(CHANNEL_SENDER, "Channel", username="Channel_Bot", is_bot=True)


def telegram_itself() -> User:
    """Who forwards a channel's posts into the group where they are talked about."""
    return User(SERVICE, "Telegram")


@dataclass(slots=True, eq=False)
class Polls:
    """How a bot polls: the poll that waits now, and the last one."""

    waiting: "asyncio.Future[str] | None" = None
    offset: int = -1
    at: float = 0.0
    next_conflict: float = 0.0


@dataclass(slots=True, eq=False)
class BotAccount:
    """A bot: its token, what @BotFather was told about it, what it told Telegram, and its updates."""

    user: User
    token: str
    queue: UpdateQueue
    webhook: Webhook
    polls: Polls = field(default_factory=Polls)
    can_read_all_group_messages: bool = False
    can_join_groups: bool = True
    supports_inline_queries: bool = False
    supports_guest_queries: bool = False
    inline_feedback: bool = False
    revoked: bool = False
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    menus: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def username(self) -> str:
        return self.user.username

    def to_json(self) -> dict[str, Any]:
        """As `getMe` tells it."""
        return {
            **self.user.to_json(),
            "can_join_groups": self.can_join_groups,
            "can_read_all_group_messages": self.can_read_all_group_messages,
            "supports_inline_queries": self.supports_inline_queries,
            "supports_guest_queries": self.supports_guest_queries,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
