"""A person who talks with a mind: every turn goes through the stored form, so nothing unstored can matter."""

import json
from dataclasses import dataclass, field

from bot.dialogue.outcome import Outcome
from bot.model.conversation import Conversation, conversation_from_json
from bot.model.event import Chose, Event, Pressed, Said, Started
from bot.model.reply import Ask, Card
from bot.turn.mind import Mind
from bot.workbench.scripts import words_of


def stored(conversation: Conversation) -> Conversation:
    """The conversation after a round trip through its stored form, which must be equal."""
    back = conversation_from_json(json.loads(json.dumps(conversation.to_json())))
    assert back == conversation
    return back


@dataclass
class Talk:
    """One conversation."""

    mind: Mind
    conversation: Conversation = field(init=False)
    outcome: Outcome = field(init=False)
    now: int = 1_000_000

    def __post_init__(self) -> None:
        self.conversation = Conversation("c", self.mind.book.start)
        self.do(Started())

    def do(self, event: Event) -> "Talk":
        """One event."""
        self.outcome = self.mind.react(stored(self.conversation), event, self.now)
        self.conversation = self.outcome.conversation
        self.now += 10
        return self

    def say(self, *texts: str) -> "Talk":
        """Typed lines."""
        for text in texts:
            self.do(Said(text))
        return self

    def tap(self, *options: str) -> "Talk":
        """Taps on options of the question at hand; a tick box needs Done afterwards."""
        for option in options:
            self.do(Chose(self.question, option))
        return self

    def press(self, button: str, about: str = "") -> "Talk":
        """A button that is no option."""
        return self.do(Pressed(button, about))

    @property
    def ask(self) -> Ask:
        """The question shown last."""
        return next(reply for reply in reversed(self.outcome.replies) if isinstance(reply, Ask))

    @property
    def question(self) -> str:
        """The id of the question shown last; "" if a page is shown instead."""
        last = self.outcome.replies[-1]
        return last.question if isinstance(last, Ask) else ""

    @property
    def card(self) -> Card:
        """The page shown last."""
        return next(reply for reply in reversed(self.outcome.replies) if isinstance(reply, Card))

    @property
    def ticked(self) -> list[str]:
        """The options shown with a tick."""
        return [choice.id for choice in self.ask.choices if choice.ticked]

    @property
    def heard(self) -> str:
        """Everything said in the last turn."""
        return words_of(self.outcome.replies)

    @property
    def answers(self) -> dict[str, object]:
        """The answers that count, by question: options, text, or "skipped"/"unsure"."""
        return {
            answer.question: (answer.text or list(answer.options)) if answer.how == "given" else answer.how
            for answer in self.conversation.answers
        }
