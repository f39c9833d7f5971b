"""Turns in a group: one message for a quick question, a way into the private chat for the rest, and quiet otherwise."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.model.event import Said
from bot.telegram.addressed import QUICK
from bot.telegram.asking import Asking
from bot.telegram.box import AREA as BOX
from bot.telegram.box import BoxTurns
from bot.telegram.desk import Desk, joinable
from bot.telegram.html import safe
from bot.telegram.inbound import Arrival
from bot.telegram.rounds import AREA as ROUND
from bot.telegram.rounds import RoundTurns
from bot.telegram.setup import AREA as SETUP
from bot.telegram.setup import SetupTurns
from bot.telegram.side_by_side import told_of_the_other
from bot.telegram.together import AREA as TOGETHER
from bot.telegram.together import TogetherTurns
from bot.telegram.tokens import read_token
from bot.telegram.visits import Visits
from bot.turn.post import Turned
from bot.turn.quick import DOING


@dataclass(frozen=True, slots=True)
class GroupTurns:
    """What comes of an update in a group."""

    desk: Desk
    rounds: RoundTurns = field(init=False)
    asking: Asking = field(init=False)
    setup: SetupTurns = field(init=False)
    together: TogetherTurns = field(init=False)
    box: BoxTurns = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rounds", RoundTurns(self.desk))
        object.__setattr__(self, "asking", Asking(self.desk))
        object.__setattr__(self, "setup", SetupTurns(self.desk))
        object.__setattr__(self, "together", TogetherTurns(self.desk, self.rounds))
        object.__setattr__(self, "box", BoxTurns(self.desk, self.asking))

    async def turned(self, arrival: Arrival) -> Turned | None:
        """What to store; None if it is not for us."""
        desk = self.desk
        if arrival.due:
            return await (self.box.questions.came(arrival) if arrival.due.partition(":")[0] == BOX else self.rounds.over(arrival))
        if arrival.joined:
            return await self.setup.joined(arrival)
        if arrival.press:
            return await self._pressed(arrival)
        if not isinstance(arrival.event, Said) or not self.is_for_us(arrival):
            return None
        if not arrival.edited and (answered := await self.together.replied(arrival)) is not None:
            return answered
        if arrival.how or arrival.command in QUICK or desk.mind.danger.in_text(arrival.event.text):
            return await self.asking.turned(arrival)
        if arrival.command in self._starting:
            return await told_of_the_other(desk, arrival, await self._starting[arrival.command](arrival))
        if arrival.command == "stop" and (stopped := await self.together.stop(arrival)) is not None:
            return stopped
        if arrival.command in DOING:
            keys = [[{"text": desk.phrase(f"button_do_{arrival.command}"), "url": desk.link(f"do_{arrival.command}")}]]
            return joinable(desk.says(arrival, safe(desk.phrase("group_private")), keys))
        private, records = await Visits(desk).button(arrival.lane)
        text = desk.phrase("group_help" if arrival.command == "help" else "group_private")
        return replace(joinable(desk.says(arrival, safe(text), private)), records=records)

    async def _pressed(self, arrival: Arrival) -> Turned:
        """A button of a round, of the settings, of what is answered together, of a question; any other belongs into the private chat."""
        token = read_token(arrival.data)
        areas = {ROUND: self.rounds.pressed, SETUP: self.setup.pressed, TOGETHER: self.together.pressed, BOX: self.box.pressed}
        if token is not None and token.kind == "area" and token.name in areas:
            return await told_of_the_other(self.desk, arrival, await areas[token.name](arrival, token))
        return self.desk.toasts(arrival, "group_private")

    @property
    def _starting(self) -> dict[str, Callable[[Arrival], Awaitable[Turned]]]:
        """Commands that begin something in the group."""
        return {"round": self.rounds.turned, "together": self.together.turned, "setup": self.setup.turned}

    def is_for_us(self, arrival: Arrival) -> bool:
        """False for the talk of others, and for commands that name nobody and are none of ours: some other bot of the group has them."""
        if arrival.due or arrival.joined or arrival.press:
            return True
        return isinstance(arrival.event, Said) and (bool(arrival.how) or arrival.named or self._ours(arrival.command))

    def _ours(self, command: str) -> bool:
        return command in ("start", *self._starting, *QUICK) or command in self.desk.mind.engine.reader.commands
