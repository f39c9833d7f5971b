"""One step of a conversation: (conversation, event, now) in, (conversation, things to say) out. Total: nothing raises."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.dialogue.answering import Answering
from bot.dialogue.asking import Asker
from bot.dialogue.moving import Moving
from bot.dialogue.outcome import Outcome
from bot.dialogue.reading import Reader
from bot.dialogue.settle import settle
from bot.dialogue.walk import Walk, Walker
from bot.model.book import Book
from bot.model.condition import Picked, nothing_close
from bot.model.conversation import Conversation
from bot.model.event import Chose, Event, Pressed, Said, Sent, Started
from bot.model.memory import NO_MEMORY, Memory
from bot.model.reply import Reply, Say

LONG_AWAY = 12 * 3600
"""After this many seconds a person is welcomed back and told where they are."""


@dataclass(slots=True)
class Engine:
    """Plays the conversations of one book. `close_types` comes from guidance: which types are close so far."""

    book: Book
    close_types: Callable[[Picked], frozenset[str]] = nothing_close
    memory: Memory = NO_MEMORY
    walker: Walker = field(init=False)
    asker: Asker = field(init=False)
    reader: Reader = field(init=False)
    answering: Answering = field(init=False)
    moving: Moving = field(init=False)

    def __post_init__(self) -> None:
        self.walker = Walker(self.book, self.close_types)
        self.asker = Asker(self.walker)
        self.reader = Reader(self.book, self.memory)
        self.moving = Moving(self.walker, self.asker)
        self.answering = Answering(self.walker, self.asker, self.reader, self.moving)

    def walk(self, conversation: Conversation) -> Walk:
        """Where the conversation stands."""
        return self.walker.walk(conversation.dialogue, conversation.answers)

    def settled(self, dialogue: str) -> Callable[[Picked], Picked]:
        """How to drop picked options that a dialogue would not ask for, once another one has changed."""
        return lambda picked: self.walker.settled(dialogue, picked)

    def step(self, conversation: Conversation, event: Event, now: int = 0) -> Outcome:
        """What happens when `event` meets `conversation` at `now` (seconds since 1970, UTC). Never raises."""
        conversation, news = settle(self.walker, self.asker, conversation)
        away = now - conversation.touched > LONG_AWAY and bool(conversation.touched)
        outcome = self._step(conversation._replace(turn=conversation.turn + 1, touched=max(now, conversation.touched)), event)
        if away and outcome.trace[:1] != ("return",):
            news = [self.asker.phrase("welcome_back"), *news]
        if news:
            said: tuple[Reply, ...] = tuple(Say(text) for text in news)
            outcome = replace(outcome, replies=said + outcome.replies)
        return outcome

    def _step(self, conversation: Conversation, event: Event) -> Outcome:
        match event:
            case Started():
                return self.moving.start(conversation, event)
            case Said(text):
                return self.answering.said(conversation, text)
            case Chose():
                return self.answering.chose(conversation, event)
            case Pressed():
                return self.answering.pressed(conversation, event)
            case Sent():
                return self.moving.sent(conversation, event.what)
            case _:
                assert_never(event)
