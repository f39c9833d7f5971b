"""Turns in a group: one message for a quick question, a way into the private chat for the rest, and quiet otherwise."""

from dataclasses import dataclass, field, replace

from bot.model.event import Said
from bot.telegram.asking import QUICK, Asking
from bot.telegram.desk import Desk, answer
from bot.telegram.html import safe
from bot.telegram.inbound import Arrival
from bot.telegram.rounds import AREA, RoundTurns
from bot.telegram.setup import AREA as SETUP
from bot.telegram.setup import SetupTurns
from bot.telegram.tokens import read_token
from bot.telegram.visits import Visits
from bot.turn.post import Turned


@dataclass(frozen=True, slots=True)
class GroupTurns:
    """What comes of an update in a group."""

    desk: Desk
    rounds: RoundTurns = field(init=False)
    asking: Asking = field(init=False)
    setup: SetupTurns = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rounds", RoundTurns(self.desk))
        object.__setattr__(self, "asking", Asking(self.desk))
        object.__setattr__(self, "setup", SetupTurns(self.desk))

    async def turned(self, arrival: Arrival) -> Turned | None:
        """What to store; None if it is not for us."""
        desk = self.desk
        if arrival.due:
            return await self.rounds.over(arrival)
        if arrival.joined:
            return await self.setup.joined(arrival)
        token = read_token(arrival.data) if arrival.press else None
        if token is not None and (token.kind, token.name) == ("area", AREA):
            return await self.rounds.pressed(arrival, token)
        if token is not None and (token.kind, token.name) == ("area", SETUP):
            return await self.setup.pressed(arrival, token)
        if arrival.press:
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, desk.phrase("group_private")))
        if not isinstance(arrival.event, Said) or not (arrival.how or arrival.named or self._ours(arrival.command)):
            return None
        if arrival.how or arrival.command in QUICK:
            return await self.asking.turned(arrival)
        if arrival.command == "round":
            return await self.rounds.turned(arrival)
        if arrival.command == "setup":
            return await self.setup.turned(arrival)
        private, records = await Visits(desk).button(arrival.lane)
        text = desk.phrase("group_help" if arrival.command == "help" else "group_private")
        return replace(desk.says(arrival, safe(text), private), records=records)

    def _ours(self, command: str) -> bool:
        """True if it is one of our commands. Others that name nobody are meant for some other bot of the group."""
        return command in ("start", "round", "setup", *QUICK) or command in self.desk.mind.engine.reader.commands
