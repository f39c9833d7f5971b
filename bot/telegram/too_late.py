"""Somebody does something in a round that is over: what they ask is answered, then one card says where they may go from here.

No question is put to them unasked, and nothing that they do there answers one of their own project.
"""

from dataclasses import dataclass

from bot.model.conversation import ROUND_MISSED, ROUND_OVER
from bot.model.event import Event, Pressed, Said, Sent
from bot.model.reply import Card, Reply, Say
from bot.telegram.desk import Desk
from bot.telegram.inbound import Arrival
from bot.telegram.rounds import who
from bot.turn.ports import Kept
from bot.turn.rounds import Round

CARD = "over"
OVER = {ROUND_OVER: "counted", ROUND_MISSED: "missed"}
"""What is left of a part → what became of it."""
AS_IT_CAME = ("forget", "privacy", "export", "language", "help")
"""Buttons and commands that mean the same whichever conversation they stand in."""
BEGINS = ("start", "new", "restart")
ASKS = ("ask", "what", "topics")
ANSWERS = ("topic", "more", "topics", "few", "foreign", "unknown", "safeguarding", "after", "sheet", "about")
"""Pages that need no project to be true."""
OF_A_RESULT = ("sheet", "partners", "about", "changes", "profile_tips", "share", "result", "verdict", "review", "change")
"""Buttons of a result, which has gone with the round."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """Whoever comes too late for a round."""

    desk: Desk

    def became(self, arrival: Arrival, kept: Kept | None, round_: Round | None) -> str:
        """What became of the answers of somebody who opens the link of a round that is over. Once it has closed, only their part knows."""
        if round_ is None:
            return "unknown"
        part = "" if round_.closed else round_.part(who(arrival.person))
        if part in round_.parts:
            return "counted" if part in round_.answers else "missed"
        return OVER.get(kept.conversation.round, "late") if kept is not None else "late"

    def line(self, how: str) -> Card:
        """The same as the card, above something else."""
        return Card("round", self.desk.phrase(f"round_over_{how}"))

    def answers(self, event: Event | None) -> tuple[Reply, ...]:
        """What comes of what they asked, as for somebody who has no project here; nothing if it was no question."""
        if not isinstance(event, Said | Sent | Pressed):
            return ()
        replies = self.desk.mind.react(self.desk.blank(), event).replies
        given = tuple(one for one in replies if isinstance(one, Card) and one.id.partition(":")[0] in ANSWERS)
        thanked = any(isinstance(one, Card) and one.id == "welcome" for one in replies)
        return (Say(self.desk.phrase("you_are_welcome")),) if thanked else given

    def asks_for_more(self, arrival: Arrival, event: Event | None, own: Kept | None) -> bool:
        """True for what is done as in any private chat: commands, and whatever is about what is kept of them."""
        if isinstance(event, Pressed):
            return event.button in (*AS_IT_CAME, *BEGINS)
        command, text = self._command(arrival, event)
        if not command or command in ASKS or self.desk.mind.danger.in_text(text):
            return False
        if command == "start" and not arrival.command:
            return False  # they only say hello
        return command in (*AS_IT_CAME, *BEGINS) or (bool(arrival.command) and own is not None)

    def _command(self, arrival: Arrival, event: Event | None) -> tuple[str, str]:
        """The command that somebody typed, with or without a slash ("": none), and all they typed."""
        said = event if isinstance(event, Said) else arrival.event
        text = said.text if isinstance(said, Said) else ""
        return arrival.command or self.desk.mind.engine.reader.command(text, free_text=False) or "", text

    def still_there(self, arrival: Arrival, kept: Kept | None, event: Event | None) -> str:
        """What became of their answers, if they want to see them or the result, which have gone, with the card that says so open."""
        kind, _, how = kept.conversation.card.partition(":") if kept is not None else ("", "", "")
        asked = event.button if isinstance(event, Pressed) else self._command(arrival, event)[0]
        gone = asked in OF_A_RESULT or (bool(arrival.press) and not isinstance(event, Pressed))
        return how if kind == CARD and gone else ""
