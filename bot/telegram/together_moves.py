"""What it comes to when somebody leads: the votes become an answer, the conversation moves, stops, goes on or ends; and its board."""

from dataclasses import dataclass, replace
from typing import Any

from bot.model.conversation import Conversation
from bot.model.event import Chose, Event, Pressed
from bot.model.reply import Ask
from bot.telegram import together_board as boards
from bot.telegram.arrival import Arrival
from bot.telegram.desk import Desk, answer
from bot.telegram.html import safe
from bot.telegram.rounds import who
from bot.telegram.together_running import ANSWERS, Running, at, seat_of
from bot.turn.post import Parcel, Record, Turned
from bot.turn.together_pages import in_short

MOVES = ("keep", "skip", "back")


@dataclass(frozen=True, slots=True)
class TogetherMoves:
    """The steps of whoever leads."""

    desk: Desk

    # Who may.

    async def may_lead(self, arrival: Arrival, running: Running) -> bool:
        """Whoever leads, an administrator, and after a day of waiting whoever voted. Looked at on each act."""
        if arrival.anonymous or running.together.may_go_on(who(arrival.person), self.desk.clock()):
            return True
        return bool(arrival.person) and await self.desk.is_admin(arrival.chat, arrival.person)

    def not_you(self, arrival: Arrival, running: Running) -> Turned:
        """Says who may: to whoever pressed, or as a reply to what was written."""
        text = self.desk.phrase("together_not_you_stopped" if running.together.stopped else "together_not_you")
        if arrival.press:
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, text))
        return self.desk.says(arrival, safe(text))

    # What they do.

    def led(self, arrival: Arrival, running: Running, what: str) -> Turned:
        """Whoever leads has moved on, or back, or stopped."""
        together, now = running.together, int(self.desk.clock())
        if together.stopped:
            going = replace(running, together=together.asked(now))
            return self.moved(arrival, going, Pressed("restart" if what == "restart" else "here"), always=True)
        match what:
            case "next":
                return self.next(arrival, running)
            case "vote_on":
                return self.stored(arrival, replace(running, together=replace(together, tied=False, picked=())))
            case "stop":
                return self.stored(arrival, replace(running, together=replace(together.asked(now), stopped=True)))
            case _ if what in MOVES:
                return self.moved(arrival, running, Pressed(what, running.ask.question))
            case _:
                return self.desk.toasts(arrival, "together_old")

    def next(self, arrival: Arrival, running: Running) -> Turned:
        """The votes become the answer; or whoever leads chooses among options with as many votes."""
        came, question = running.settled(), running.ask.question
        if came.tied:
            return self.stored(arrival, replace(running, together=replace(running.together, tied=True)))
        if not came.options:
            return self.desk.toasts(arrival, "together_nothing" if running.may_skip else "together_nothing_must")
        if not running.ask.many:
            return self.moved(arrival, running, Chose(question, came.options[0]))
        ticked = running.conversation._replace(ticked=came.options)
        return self.moved(arrival, replace(running, conversation=ticked), Pressed("done", question))

    def moved(self, arrival: Arrival, running: Running, event: Event, always: bool = False) -> Turned:
        """The conversation moves; what cannot be done is said to whoever pressed."""
        now = int(self.desk.clock())
        outcome = self.desk.mind.react(running.conversation, event, now)
        last = outcome.replies[-1] if outcome.replies else None
        if outcome.conversation.answers == running.conversation.answers and not always:
            note = outcome.toast or (last.note if isinstance(last, Ask) else "")
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, note))
        moved = replace(running, conversation=outcome.conversation, together=running.together.asked(now))
        moved = at(self.desk, moved, last.note if isinstance(last, Ask) else "")
        return self.ended(arrival, moved) if moved.question is None else self.stored(arrival, moved, moved.conversation)

    def ended(self, arrival: Arrival, running: Running) -> Turned:
        """All is answered: one message says what came out; nothing is kept but the answers."""
        desk, lane, name = self.desk, arrival.lane, self.desk.new_id()
        together = running.together if running.together.posted == lane else running.together.board_in(lane)
        keys = [[{"text": desk.phrase("button_together_more"), "url": desk.link(f"t{name}")}]]
        result = {"do": "say", "text": desk.text(in_short(desk.mind, running.conversation)), "keys": keys}
        parcels = [*answer(arrival), boards.over(desk, together), Parcel(lane, lane, result)]
        answers: dict[str, Any] = running.conversation.to_json()
        records = [running.record._replace(body=None), Record(ANSWERS, name, answers, lane)]
        return Turned(seat_of(running.record.lane), lane, parcels=parcels, records=records, forget=True)

    # The board.

    def stored(self, arrival: Arrival, running: Running, conversation: Conversation | None = None, toast: str = "") -> Turned:
        """What changed, and the board that shows it. A group that got another id gets a new board."""
        together, lane = running.together, running.record.lane
        together = together if together.posted == lane else together.board_in(lane)
        shown = boards.of(self.desk, replace(running, together=together))
        record = running.record._replace(body=together.to_json())
        return Turned(seat_of(lane), lane, conversation, running.version, [*answer(arrival, toast), shown], records=[record])

    async def shown_again(self, arrival: Arrival, running: Running, conversation: Conversation | None = None, toast: str = "") -> Turned:
        """The board at the bottom, as a new message; the old one loses its buttons."""
        together, lane = running.together, running.record.lane
        retired = await self.desk.retired(lane, together.posted, together.board)
        if retired is None:
            return self.stored(arrival, running, conversation, toast)
        turned = self.stored(arrival, replace(running, together=together.board_in(lane)), conversation, toast)
        return replace(turned, parcels=[*retired, *turned.parcels])
