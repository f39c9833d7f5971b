"""What a step gives back."""

from dataclasses import dataclass

from bot.model.conversation import Conversation
from bot.model.reply import Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new conversation, what to say, and why: `trace` names what happened, in order.

    `card` asks for a page that others make: "verdict", "review", "sheet:police". "" for none.
    `toast` is a word or two for someone who pressed a button.
    """

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    trace: tuple[str, ...] = ()
    card: str = ""
    toast: str = ""
