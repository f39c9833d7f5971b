"""Together mode: a group answers the questions in the group, by votes on one board; one person leads and moves on.

The conversation is one like any other, held by the group's own seat; the votes on the question at hand are a record beside
it, stored in the same transaction. When the last question is answered, both go; only the answers stay, for those who want
to read on in private.
"""

from dataclasses import dataclass, field, replace

from bot.model.event import Started
from bot.telegram import together_board as boards
from bot.telegram.arrival import Arrival
from bot.telegram.desk import Desk, answer
from bot.telegram.html import safe
from bot.telegram.rounds import RoundTurns, who
from bot.telegram.together_board import AREA
from bot.telegram.together_moves import TogetherMoves
from bot.telegram.together_running import TOGETHER, Running, at, moved_from, running_in, running_of
from bot.telegram.together_words import TogetherWords
from bot.telegram.tokens import Token
from bot.turn.post import Parcel, Record, Turned
from bot.turn.votes import Together, digest

FOLDS = {"explain": True, "fold": False}

__all__ = ["AREA", "TogetherTurns"]


@dataclass(frozen=True, slots=True)
class TogetherTurns:
    """What comes of `/together`, of the buttons of its board, and of a reply to it."""

    desk: Desk
    rounds: RoundTurns
    moves: TogetherMoves = field(init=False)
    words: TogetherWords = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "moves", TogetherMoves(self.desk))
        object.__setattr__(self, "words", TogetherWords(self.desk, self.moves))

    # Commands.

    async def turned(self, arrival: Arrival) -> Turned:
        """`/together`: begins, or shows at the bottom what goes on already."""
        desk, lane, now = self.desk, arrival.lane, int(self.desk.clock())
        leader = who(arrival.person) if arrival.person else ""
        running = await running_in(desk, lane)
        if running is not None and not running.together.stopped:
            return await self.moves.shown_again(arrival, running)
        if ":c" in arrival.seat and not arrival.anonymous:
            return desk.says(arrival, safe(desk.phrase("together_channel")))
        if not await self.rounds.may_start(arrival):
            return desk.says(arrival, safe(desk.phrase("together_admins")))
        if running is not None:
            led = running.together.led_by(leader, arrival.message)
            return await self.moves.shown_again(arrival, replace(running, together=led))
        conversation = desk.mind.react(desk.blank(), Started(), now).conversation
        found = await desk.post.records(TOGETHER, lane)
        record = found[-1] if found else Record(TOGETHER, lane, None, lane)
        together = Together(conversation.id, desk.new_id(), now, posted=lane).led_by(leader, arrival.message)
        return self.moves.stored(arrival, at(desk, Running(record, together, 0, conversation)), conversation)

    async def stop(self, arrival: Arrival) -> Turned | None:
        """`/stop`, typed in the group. None: there is nothing to stop."""
        running = await running_in(self.desk, arrival.lane)
        if running is None or running.together.stopped:
            return None
        if not await self.moves.may_lead(arrival, running):
            return self.desk.says(arrival, safe(self.desk.phrase("together_stop_not_you")))
        stopped = running.together.asked(int(self.desk.clock()))
        return await self.moves.shown_again(arrival, replace(running, together=replace(stopped, stopped=True)))

    async def replied(self, arrival: Arrival) -> Turned | None:
        """A reply to the board; None if it is not meant for it."""
        return await self.words.replied(arrival)

    # Buttons.

    async def pressed(self, arrival: Arrival, token: Token) -> Turned:
        """A button of a board. What it carries is untrusted: it must fit the question at hand of this very place."""
        running = await running_in(self.desk, arrival.lane)
        what, _, mark = token.about.partition(":")
        if running is None:
            return await self._elsewhere(arrival)
        if running.question is None:
            return self.moves.ended(arrival, running)
        if what == "vote" and not running.together.stopped and (option := running.option(mark)):
            return self._voted(arrival, running, option)
        if what == "pick" and running.together.tied and (option := running.option(mark)):
            return await self._picked(arrival, running, option)
        if what in ("take", "drop") and not running.together.stopped:
            return await self.words.pressed(arrival, running, what, mark)
        here = "" if running.together.stopped else running.question.id
        if mark != digest(running.conversation.id, here):
            return self.desk.toasts(arrival, "together_old")
        if what in FOLDS:
            return self.moves.stored(arrival, replace(running, together=replace(running.together, helped=FOLDS[what])))
        if not await self.moves.may_lead(arrival, running):
            return self.moves.not_you(arrival, running)
        return self.moves.led(arrival, running, what)

    async def _elsewhere(self, arrival: Arrival) -> Turned:
        """Nothing goes on here. Perhaps the group has got another id, and nobody has seen the board there yet."""
        running = await moved_from(self.desk, arrival.lane)
        if running is None:
            return self.desk.toasts(arrival, "together_over")
        if running.together.posted == running.record.lane:
            return self.desk.toasts(arrival, "together_moved")
        return self.moves.stored(arrival, running, toast=self.desk.phrase("together_moved_now"))

    def _voted(self, arrival: Arrival, running: Running, option: str) -> Turned:
        if running.question is None or running.together.tied:
            return self.desk.toasts(arrival, "together_tie_now")
        together, came = running.together.voted(running.question, option, who(arrival.person), self.desk.clock())
        if came == "too_many":
            return self.desk.toasts(arrival, "too_many", count=str(running.question.at_most))
        said = self.desk.phrase(f"together_{came}", answer=running.label(option)) if came != "full" else self.desk.phrase("together_full")
        if came in ("again", "full"):
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, said))
        return self.moves.stored(arrival, replace(running, together=together), toast=said)

    async def _picked(self, arrival: Arrival, running: Running, option: str) -> Turned:
        if option not in running.settled().tied:
            return self.desk.toasts(arrival, "together_old")
        if not await self.moves.may_lead(arrival, running):
            return self.moves.not_you(arrival, running)
        picked = (*running.together.picked, option)
        return self.moves.next(arrival, replace(running, together=replace(running.together, picked=picked)))

    async def forgotten(self, person: int) -> tuple[list[Record], list[Parcel]]:
        """Everything of a person goes, so their votes on open questions go too, and the boards count one less."""
        records, parcels = [], []
        for record in await self.desk.post.records(TOGETHER):
            running = await running_of(self.desk, record)
            without = running.together.without(who(person)) if running is not None else None
            if running is None or without is None or without == running.together:
                continue
            records.append(record._replace(body=without.to_json()))
            shown = (without.votes, without.suggestions) != (running.together.votes, running.together.suggestions)
            if running.question is not None and not without.stopped and shown:
                parcels.append(boards.of(self.desk, replace(running, together=without)))
        return records, parcels
