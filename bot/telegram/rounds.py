"""Rounds in a group: the board, its buttons, who may do what, and the message that says what came out of it."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.model.conversation import ROUND_MISSED, ROUND_OVER, Conversation
from bot.telegram.desk import Desk, answer, board
from bot.telegram.html import safe
from bot.telegram.inbound import Arrival
from bot.telegram.keyboard import key
from bot.telegram.round_command import for_the_group, number_behind
from bot.telegram.tokens import Token
from bot.turn.post import Parcel, Record, Turned
from bot.turn.rounds import AGAIN_AFTER, MOST_PEOPLE, Round, round_from_json, started

ROUND, LATEST = "round", "latest"
"""Kinds of records: a round; and which round is the latest of a lane, so that two people cannot start one at once."""
AREA = "round"


class Kept(NamedTuple):
    """A round as it is stored."""

    record: Record
    round: Round

    def changed(self, new: Round) -> Record:
        """The record to store instead."""
        return self.record._replace(body=new.to_json())


@dataclass(frozen=True, slots=True)
class RoundTurns:
    """What comes of `/round`, and of the buttons of a board."""

    desk: Desk

    async def turned(self, arrival: Arrival) -> Turned:
        """`/round`: the board of the round that is open, what came out of the last one, or a new round."""
        now = int(self.desk.clock())
        if ":c" in arrival.seat and not for_the_group(arrival):
            return self.desk.says(arrival, safe(self.desk.phrase("round_channel")))
        expected = number_behind(arrival)
        if expected is None:
            return self.desk.says(arrival, safe(self.desk.phrase("round_number")))
        latest, kept = await self._latest(arrival.lane)
        if kept is not None and kept.round.is_due(now):
            return await self.closed(kept, now)
        if kept is not None and kept.round.is_open(now):
            runs_it = kept.round.started_by(who(arrival.person)) or for_the_group(arrival)
            return await (self._waiting_for(arrival, kept, expected) if expected and runs_it else self._shown_again(arrival, kept))
        if kept is not None and kept.round.result is not None and now < kept.round.result.at + AGAIN_AFTER:
            return self._last(arrival, kept.round, expected)
        return await self._start(arrival, latest, kept, expected)

    async def pressed(self, arrival: Arrival, token: Token) -> Turned:
        """A button of a board. What it carries is untrusted: the round must be one of this very place."""
        what, _, rest = token.about.partition(":")
        name, _, number = rest.partition(":")
        kept = await self.kept(name)
        if kept is None or kept.record.lane != arrival.lane:
            return self.desk.toasts(arrival, "round_not_here")
        if what == "again":
            return await self._again(arrival, kept, number)
        return await self._show(arrival, kept) if what == "show" else self.desk.toasts(arrival, "round_not_here")

    async def over(self, arrival: Arrival) -> Turned:
        """The time of a round may have come: it is closed, if it still is to be."""
        kept, now = await self.kept(arrival.due), int(self.desk.clock())
        if kept is None or not kept.round.is_due(now):
            return Turned(arrival.seat, arrival.lane)
        return await self.closed(kept, now)

    async def due(self) -> list[Record]:
        """The rounds whose time has come."""
        now = self.desk.clock()
        return [one.record for one in await self.all_open() if one.round.is_due(now)]

    async def all_open(self) -> list[Kept]:
        """The rounds of all groups that have not been closed."""
        return [kept for record in await self.desk.post.records(ROUND) if not (kept := _kept(record)).round.closed]

    async def kept(self, name: str) -> Kept | None:
        """The round with this id."""
        record = await self.desk.post.record(ROUND, name) if name else None
        return _kept(record) if record is not None else None

    # What it comes to.

    async def refreshed(self, kept: Kept, new: Round) -> Turned:
        """What to store after somebody answered or went: the count on the board, or the end of the round."""
        lane, now = kept.record.lane, int(self.desk.clock())
        if new.complete or new.is_due(now):
            return await self.closed(kept, now, new)
        placed = self._placed(new, lane)
        boards = [self._board(placed, lane)] if placed != new or new.count != kept.round.count else []
        return Turned(lane, lane, records=[kept.changed(placed)], parcels=boards)

    async def closed(self, kept: Kept, now: int, round_: Round | None = None) -> Turned:
        """The round closes: the board says so, the group gets one message, and every part of it is emptied.

        Of a part only stays that there was one, and whether it counted, so that whoever comes back to it can be told.
        """
        lane, pages, last = kept.record.lane, self.desk.mind.rounds, round_ or kept.round
        new = self._placed(pages.close(last, now), lane)
        more = {"text": self.desk.phrase("button_together_more"), "url": self.desk.link(f"ask_{new.result.type if new.result else ''}")}
        keys = {"keys": [[more]]} if new.result else {}
        result = {"do": "say", "text": self.desk.text(pages.result(new)), **keys, "topic_gone": safe(self.desk.phrase("topic_gone"))}
        left = {part: ROUND_OVER if part in last.answers else ROUND_MISSED for part in last.parts}
        parts = [Conversation(part, self.desk.mind.book.start, touched=now, round=mark) for part, mark in left.items()]
        # Stored anew as it is: which round is the latest is known as long as the round is.
        marks = [one for one in await self.desk.post.records(LATEST, lane) if (one.body or {}).get("round") == new.id]
        parcels = [self._board(new, lane), Parcel(lane, lane, result)]
        return Turned(lane, lane, records=[kept.changed(new), *marks], parcels=parcels, emptied=parts)

    def _placed(self, round_: Round, lane: str) -> Round:
        """A group that got another id gets a new board: the message of the old chat cannot be reached from the new one."""
        return round_ if round_.posted == lane else round_.board_in(lane)

    def _board(self, round_: Round, lane: str, reply: int = 0) -> Parcel:
        """The board. A new one replies to `/round`: so each press comes with the number of the starter, and none is kept."""
        pages, phrase = self.desk.mind.rounds, self.desk.phrase
        if round_.closed:
            return board(lane, round_.board, self.desk.text(pages.board_after(round_)), [])
        keys = [
            [{"text": phrase("button_round_answer"), "url": self.desk.link(f"r{round_.id}")}],
            [key(phrase("button_round_show"), Token("area", AREA, f"show:{round_.id}"))],
        ]
        return board(lane, round_.board, self.desk.text(pages.board(round_)), keys, reply)

    # Commands.

    async def _latest(self, lane: str) -> tuple[Record | None, Kept | None]:
        found = await self.desk.post.records(LATEST, lane)
        latest = found[-1] if found else None
        return latest, await self.kept(str((latest.body or {}).get("round", ""))) if latest else None

    async def _start(self, arrival: Arrival, latest: Record | None, before: Kept | None, expected: int) -> Turned:
        phrase, new = self.desk.phrase, self._new(arrival, before, expected)
        if (cannot := self._cannot_wait_for(arrival, new, expected)) is not None:
            return cannot
        if not await self.may_start(arrival):
            return self.desk.says(arrival, safe(phrase("round_admins")), toast=phrase("round_admins"))
        lane = arrival.lane
        mark = Record(LATEST, latest.id if latest else lane, {"round": new.id}, lane, version=latest.version if latest else 0)
        records = [Record(ROUND, new.id, new.to_json(), lane), mark]
        return Turned(arrival.seat, lane, records=records, parcels=[*answer(arrival), self._board(new, lane, arrival.message)])

    def _cannot_wait_for(self, arrival: Arrival, round_: Round, expected: int) -> Turned | None:
        """What to say if so many cannot be waited for; None if they can."""
        if 0 < expected < round_.least:
            return self.desk.says(arrival, safe(self.desk.phrase("round_at_least", least=str(round_.least))))
        if expected > MOST_PEOPLE:
            return self.desk.says(arrival, safe(self.desk.phrase("round_at_most", most=str(MOST_PEOPLE))))
        return None

    async def _waiting_for(self, arrival: Arrival, kept: Kept, expected: int) -> Turned:
        """Whoever started the round says, or changes, how many are to answer. If they have, it closes."""
        if (cannot := self._cannot_wait_for(arrival, kept.round, expected)) is not None:
            return cannot
        new = replace(kept.round, expected=expected)
        turned = await self.refreshed(kept, new)
        if new.complete:
            return turned
        said = self.desk.says(arrival, safe(self.desk.phrase("round_waiting_for", count=str(expected))))
        return replace(said, records=turned.records, parcels=[*said.parcels, *(turned.parcels or [self._board(new, kept.record.lane)])])

    def _new(self, arrival: Arrival, before: Kept | None, expected: int) -> Round:
        """A new round. The last picture is that of the round before, or, if nothing came out of that, the one it began with."""
        new_id, now = self.desk.new_id, int(self.desk.clock())
        picture = (before.round.result or before.round.before) if before is not None else None
        starter = who(arrival.person) if arrival.person else ""
        return started(new_id(), new_id(), now, arrival.lane, starter, title=arrival.title, expected=expected, before=picture)

    async def may_start(self, arrival: Arrival) -> bool:
        """May they start something here? The administrators of the group settle that."""
        rule = ((await self.desk.settings(arrival.chat)).body or {}).get("rounds")
        return rule != "admins" or for_the_group(arrival) or await self.desk.is_admin(arrival.chat, arrival.person)

    async def _shown_again(self, arrival: Arrival, kept: Kept) -> Turned:
        """The board at the bottom, as a new message; the old one loses its buttons."""
        lane, round_ = arrival.lane, kept.round
        retired = await self.desk.retired(lane, round_.posted, round_.board)
        new = round_ if retired is None else round_.board_in(lane)
        parcels = [*answer(arrival), *(retired or []), self._board(new, lane)]
        return Turned(arrival.seat, lane, records=[kept.changed(new)], parcels=parcels)

    def _last(self, arrival: Arrival, round_: Round, expected: int) -> Turned:
        about = f"again:{round_.id}:{expected}" if expected else f"again:{round_.id}"
        keys = [[key(self.desk.phrase("button_round_again"), Token("area", AREA, about))]]
        return self.desk.says(arrival, self.desk.text(self.desk.mind.rounds.last(round_)), keys)

    # Buttons.

    async def _again(self, arrival: Arrival, kept: Kept, number: str) -> Turned:
        latest, newest = await self._latest(arrival.lane)
        if newest is not None and newest.round.is_due(self.desk.clock()):
            return await self._closed_by(arrival, newest)
        if newest is not None and not newest.round.closed:
            return self.desk.toasts(arrival, "round_open_already")
        if not kept.round.closed:
            return self.desk.toasts(arrival, "round_not_here")
        expected = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        return await self._start(arrival, latest, newest, expected)

    async def _show(self, arrival: Arrival, kept: Kept) -> Turned:
        now = self.desk.clock()
        may = kept.round.may_show(who(arrival.person), now)
        if may in ("later", "others") and await self._may_all_the_same(arrival, kept, may):
            may = "yes" if kept.round.count >= kept.round.least else "few"
        if may == "yes" or kept.round.is_due(now):
            return await self._closed_by(arrival, kept)
        few = {"count": str(kept.round.count), "least": str(kept.round.least)} if may == "few" else {}
        others = "round_others" if kept.round.starter_first(now) else "round_others_now"
        name = {"closed": "round_shown_already", "few": "round_few", "later": "round_later", "others": others}[may]
        return self.desk.toasts(arrival, name, **few)

    async def _may_all_the_same(self, arrival: Arrival, kept: Kept, may: str) -> bool:
        """An administrator may; and who has answered, if whoever started it has left. Telegram is asked at the press."""
        if await self.desk.is_admin(arrival.chat, arrival.person):
            return True
        starter = arrival.about_by if kept.round.started_by(who(arrival.about_by)) else 0
        return may == "later" and bool(starter) and await self.desk.sight.has(arrival.chat, starter) is False

    async def _closed_by(self, arrival: Arrival, kept: Kept) -> Turned:
        """The round closes because somebody pressed a button."""
        turned = await self.closed(kept, int(self.desk.clock()))
        return replace(turned, parcels=[*answer(arrival, self.desk.phrase("round_shown_now")), *turned.parcels])


def who(person: int) -> str:
    """A person, as rounds know them."""
    return f"u{person}"


def _kept(record: Record) -> Kept:
    body: dict[str, Any] = record.body or {}
    return Kept(record, round_from_json(record.id, body))
