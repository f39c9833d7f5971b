"""Together mode: a group answers the questions in the group, by votes on one board; whoever started it moves on.

The conversation is one like any other, held by the group's own seat; the votes on the question at hand are a record beside
it, stored in the same transaction. When the last question is answered, both go; only the answers stay, for those who want
to read on in private.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.model.conversation import Conversation
from bot.model.event import Chose, Event, Pressed, Said, Started
from bot.model.reply import Ask
from bot.telegram import together_board as boards
from bot.telegram.arrival import Arrival
from bot.telegram.desk import Desk, answer
from bot.telegram.html import safe
from bot.telegram.rounds import RoundTurns, who
from bot.telegram.together_board import AREA
from bot.telegram.together_running import ANSWERS, TOGETHER, Running, at, running_in, running_of, seat_of
from bot.telegram.tokens import Token
from bot.turn.post import Parcel, Record, Turned
from bot.turn.together_pages import in_short
from bot.turn.votes import Together, digest

MOVES = ("keep", "skip", "back")
TYPED = ("skip", "back", "stop")
"""What the leader may also type below a question that is answered in words."""

__all__ = ["AREA", "TogetherTurns"]


@dataclass(frozen=True, slots=True)
class TogetherTurns:
    """What comes of `/together`, of the buttons of its board, and of a reply to it."""

    desk: Desk
    rounds: RoundTurns

    # The command.

    async def turned(self, arrival: Arrival) -> Turned:
        """`/together`: begins, or shows at the bottom what goes on already."""
        desk, lane, now = self.desk, arrival.lane, int(self.desk.clock())
        leader = who(arrival.person) if arrival.person else ""
        running = await running_in(self.desk, lane)
        if running is not None and not running.together.stopped:
            return await self._shown_again(arrival, running)
        if ":c" in arrival.seat and not arrival.anonymous:
            return desk.says(arrival, safe(desk.phrase("together_channel")))
        if not await self.rounds.may_start(arrival):
            return desk.says(arrival, safe(desk.phrase("together_admins")))
        if running is not None:
            return await self._shown_again(arrival, replace(running, together=running.together.led_by(leader)))
        conversation = desk.mind.react(desk.blank(), Started(), now).conversation
        found = await desk.post.records(TOGETHER, lane)
        record = found[-1] if found else Record(TOGETHER, lane, None, lane)
        together = Together(conversation.id, desk.new_id(), now, posted=lane).led_by(leader)
        return self._stored(arrival, at(desk, Running(record, together, 0, conversation)), conversation)

    async def _shown_again(self, arrival: Arrival, running: Running) -> Turned:
        """The board at the bottom, as a new message; the old one loses its buttons."""
        together, lane = running.together, arrival.lane
        old = f"{lane}:b{together.board}"
        card = (await self.desk.post.load("", old))[1].card if together.posted == lane else 0
        if together.posted == lane and not card:
            return self._stored(arrival, running)  # it is on its way
        turned = self._stored(arrival, replace(running, together=together.board_in(lane)))
        retire = [Parcel(old, lane, {"do": "retire", "message": card})] if card else []
        return replace(turned, parcels=[*retire, *turned.parcels])

    # Buttons.

    async def pressed(self, arrival: Arrival, token: Token) -> Turned:
        """A button of a board. What it carries is untrusted: it must fit the question at hand of this very place."""
        running = await running_in(self.desk, arrival.lane)
        what, _, mark = token.about.partition(":")
        if running is None:
            return self._toast(arrival, "together_over")
        if running.question is None:
            return self._ended(arrival, running)
        if what == "vote" and not running.together.stopped and (option := running.option(mark)):
            return self._voted(arrival, running, option)
        if what == "pick" and running.together.tied and (option := running.option(mark)):
            return await self._picked(arrival, running, option)
        here = "" if running.together.stopped else running.question.id
        if mark != digest(running.conversation.id, here):
            return self._toast(arrival, "together_old")
        if what == "explain":
            return self._stored(arrival, replace(running, together=replace(running.together, helped=True)))
        if not await self._may_lead(arrival, running):
            return self._toast(arrival, "together_not_you")
        return self._led(arrival, running, what)

    def _voted(self, arrival: Arrival, running: Running, option: str) -> Turned:
        if running.question is None or running.together.tied:
            return self._toast(arrival, "together_tie_now")
        together, came = running.together.voted(running.question, option, who(arrival.person), self.desk.clock())
        if came == "too_many":
            return self._toast(arrival, "too_many", count=str(running.question.at_most))
        said = self.desk.phrase(f"together_{came}", answer=running.label(option)) if came != "full" else self.desk.phrase("together_full")
        if came in ("again", "full"):
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, said))
        return self._stored(arrival, replace(running, together=together), toast=said)

    async def _picked(self, arrival: Arrival, running: Running, option: str) -> Turned:
        if option not in running.settled().tied:
            return self._toast(arrival, "together_old")
        if not await self._may_lead(arrival, running):
            return self._toast(arrival, "together_not_you")
        picked = (*running.together.picked, option)
        return self._next(arrival, replace(running, together=replace(running.together, picked=picked)))

    async def _may_lead(self, arrival: Arrival, running: Running) -> bool:
        """The starter, an administrator, and after a day of waiting whoever voted. Looked at on each act."""
        if running.together.may_go_on(who(arrival.person), self.desk.clock()):
            return True
        return arrival.anonymous or (bool(arrival.person) and await self.desk.is_admin(arrival.chat, arrival.person))

    def _led(self, arrival: Arrival, running: Running, what: str) -> Turned:
        """Whoever leads has moved on, or back, or stopped."""
        together, now = running.together, int(self.desk.clock())
        if together.stopped:
            going = replace(running, together=together.asked(now))
            return self._moved(arrival, going, Pressed("restart" if what == "restart" else "here"), always=True)
        match what:
            case "next":
                return self._next(arrival, running)
            case "vote_on":
                return self._stored(arrival, replace(running, together=replace(together, tied=False, picked=())))
            case "stop":
                return self._stored(arrival, replace(running, together=replace(together.asked(now), stopped=True)))
            case _ if what in MOVES:
                return self._moved(arrival, running, Pressed(what, running.ask.question))
            case _:
                return self._toast(arrival, "together_old")

    def _next(self, arrival: Arrival, running: Running) -> Turned:
        """The votes become the answer; or whoever leads chooses among options with as many votes."""
        came, question = running.settled(), running.ask.question
        if came.tied:
            return self._stored(arrival, replace(running, together=replace(running.together, tied=True)))
        if not came.options:
            may_skip = any(button.id == "skip" for button in running.ask.buttons)
            return self._toast(arrival, "together_nothing" if may_skip else "together_nothing_must")
        if not running.ask.many:
            return self._moved(arrival, running, Chose(question, came.options[0]))
        ticked = running.conversation._replace(ticked=came.options)
        return self._moved(arrival, replace(running, conversation=ticked), Pressed("done", question))

    # Words.

    async def replied(self, arrival: Arrival) -> Turned | None:
        """A reply to the board by whoever leads, to a question that is answered in words. None: it is something else."""
        text = arrival.event.text if isinstance(arrival.event, Said) and arrival.how == "reply" else ""
        running = await running_in(self.desk, arrival.lane) if text else None
        if running is None or running.question is None or running.question.kind != "text" or running.together.stopped:
            return None
        shown = (await self.desk.post.load("", f"{arrival.lane}:b{running.together.board}"))[1]
        mind = self.desk.mind
        if shown.card != arrival.replied or mind.danger.in_text(text) or not await self._may_lead(arrival, running):
            return None
        if command := mind.engine.reader.command(text, free_text=True):
            return self._led(arrival, running, command) if command in TYPED else None
        outcome = mind.react(running.conversation, Said(text), int(self.desk.clock()))
        if outcome.trace[:1] == ("quick answer",):
            return None
        note = next((one.note for one in reversed(outcome.replies) if isinstance(one, Ask)), "")
        if outcome.conversation.answers == running.conversation.answers:
            return self.desk.says(arrival, safe(note or self.desk.phrase("unclear")))
        return self._moved(arrival, running, Said(text))

    # What it comes to.

    def _moved(self, arrival: Arrival, running: Running, event: Event, always: bool = False) -> Turned:
        """The conversation moves; what cannot be done is said to whoever pressed."""
        now = int(self.desk.clock())
        outcome = self.desk.mind.react(running.conversation, event, now)
        last = outcome.replies[-1] if outcome.replies else None
        if outcome.conversation.answers == running.conversation.answers and not always:
            note = outcome.toast or (last.note if isinstance(last, Ask) else "")
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, note))
        moved = replace(running, conversation=outcome.conversation, together=running.together.asked(now))
        moved = at(self.desk, moved, last.note if isinstance(last, Ask) else "")
        return self._ended(arrival, moved) if moved.question is None else self._stored(arrival, moved, moved.conversation)

    def _ended(self, arrival: Arrival, running: Running) -> Turned:
        """All is answered: one message says what came out; nothing is kept but the answers."""
        desk, lane, name = self.desk, arrival.lane, self.desk.new_id()
        together = running.together if running.together.posted == lane else running.together.board_in(lane)
        result = in_short(desk.mind, running.conversation)
        text = "\n\n".join(text for drawn in desk.cards.draw((result,)) for text in drawn.texts)
        keys = [[{"text": desk.phrase("button_together_more"), "url": desk.link(f"t{name}")}]]
        parcels = [*answer(arrival), boards.over(desk, together), Parcel(lane, lane, {"do": "say", "text": text, "keys": keys})]
        answers: dict[str, Any] = running.conversation.to_json()
        records = [running.record._replace(body=None), Record(ANSWERS, name, answers, lane)]
        return Turned(seat_of(running.record.lane), lane, parcels=parcels, records=records, forget=True)

    def _stored(self, arrival: Arrival, running: Running, conversation: Conversation | None = None, toast: str = "") -> Turned:
        """What changed, and the board that shows it. A group that got another id gets a new board."""
        desk, lane, together = self.desk, arrival.lane, running.together
        together = together if together.posted == lane else together.board_in(lane)
        if together.stopped or running.question is None:
            shown = boards.stopped(desk, together)
        else:
            shown = boards.of_question(desk, together, running.conversation, running.question, running.ask)
        record = running.record._replace(body=together.to_json())
        return Turned(seat_of(lane), lane, conversation, running.version, [*answer(arrival, toast), shown], records=[record])

    def _toast(self, arrival: Arrival, name: str, **values: str) -> Turned:
        return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, self.desk.phrase(name, **values)))

    async def forgotten(self, person: int) -> tuple[list[Record], list[Parcel]]:
        """Everything of a person goes, so their votes on open questions go too, and the boards count one less."""
        records, parcels = [], []
        for record in await self.desk.post.records(TOGETHER):
            running = await running_of(self.desk, record)
            without = running.together.without(who(person)) if running is not None else None
            if running is None or without is None or without == running.together:
                continue
            records.append(record._replace(body=without.to_json()))
            if running.question is not None and not without.stopped and without.votes != running.together.votes:
                parcels.append(boards.of_question(self.desk, without, running.conversation, running.question, running.ask))
        return records, parcels
