"""Turns in a group: one message for a quick question, a way into the private chat for the rest, and quiet otherwise."""

from dataclasses import dataclass

from bot.model.event import Said
from bot.model.reply import Card
from bot.telegram.desk import Desk, answer
from bot.telegram.html import safe
from bot.telegram.inbound import Arrival
from bot.turn.post import Turned

QUICK = ("ask", "what")


@dataclass(frozen=True, slots=True)
class GroupTurns:
    """What comes of an update in a group."""

    desk: Desk

    async def turned(self, arrival: Arrival) -> Turned | None:
        """What to store; None if it is not for us."""
        desk = self.desk
        if arrival.press:
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, desk.phrase("group_private")))
        if not isinstance(arrival.event, Said) or not (arrival.named or self._ours(arrival.command)):
            return None
        private = [[{"text": desk.phrase("button_private"), "url": desk.link("group")}]]
        if arrival.command not in QUICK:
            return desk.says(arrival, safe(desk.phrase("group_private")), private)
        first = desk.mind.react(desk.blank(), arrival.event, int(desk.clock())).replies[0]
        lost = isinstance(first, Card) and first.id in ("topics", "unknown")
        return desk.says(arrival, desk.cards.draw((first,))[0].texts[0], private if lost else None)

    def _ours(self, command: str) -> bool:
        """True if it is one of our commands. Others that name nobody are meant for some other bot of the group."""
        return command in ("start", *QUICK) or command in self.desk.mind.engine.reader.commands
