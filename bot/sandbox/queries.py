"""Questions to a bot that are answered by their id: button presses, inline queries, guest queries."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.chats import Chat, Message
from bot.sandbox.clock import Changes, Clock
from bot.sandbox.errors import bad_request

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
LIFE = {"callback": 150.0, "inline": 30.0, "guest": 600.0}


@dataclass(slots=True, eq=False)
class Toast:
    """What a bot answered to a press: a line over the chat, an alert to be closed, a link, or, with no text, nothing to see."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True, eq=False)
class Query:
    """A question that waits for its answer. `answers` holds toasts, or the results of an inline query."""

    id: str
    kind: str
    bot: BotAccount
    user: User
    at: float
    chat: Chat
    message: Message | None = None
    data: str = ""
    answers: list[Any] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


class Queries:
    """All questions of a world."""

    def __init__(self, clock: Clock, changes: Changes, dice: random.Random) -> None:
        self._clock = clock
        self._changes = changes
        self._dice = dice
        self._by_id: dict[str, Query] = {}
        self._unanswered: dict[str, Query] = {}

    def __iter__(self) -> Iterator[Query]:
        return iter(self._by_id.values())

    def ask(self, kind: str, bot: BotAccount, user: User, chat: Chat, **more: Any) -> Query:
        """A new question, of this moment."""
        query = Query(str(self._dice.randrange(10**17, 10**18)), kind, bot, user, self._clock(), chat, **more)
        self._by_id[query.id] = self._unanswered[query.id] = query
        return query

    def find(self, kind: str, bot: BotAccount, query_id: str) -> Query:
        """The question a bot answers, if it still may. Answering a press twice is no error."""
        query = self._by_id.get(query_id)
        if query is None or query.kind != kind or query.bot is not bot or not self.open(query):
            raise bad_request(TOO_OLD)
        return query

    def open(self, query: Query) -> bool:
        """Whether a question may still be answered."""
        return self._clock() - query.at <= LIFE[query.kind]

    def unanswered(self, kind: str) -> list[Query]:
        """The questions of a kind that may still be answered, and were not."""
        return [query for query in self._unanswered.values() if query.kind == kind and self.open(query)]

    def answered(self, query: Query, answer: Any) -> None:
        """Keeps an answer and wakes who waits for it."""
        query.answers.append(answer)
        self._unanswered.pop(query.id, None)
        self._changes.touch()
