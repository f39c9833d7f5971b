"""What coordinators do with questions that had no answer: they hear of them once a day, export them, and clear what they have.

Who may is looked at on each act, by numeric id. Only what has been delivered counts as told or as exported: the message carries a
note, which comes into the inbox when it is ticked off. Whoever cannot be reached is told another day.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.telegram.arrival import Arrival
from bot.telegram.asking import BOX
from bot.telegram.desk import Desk, answer, parcel
from bot.telegram.html import Block, messages, safe
from bot.telegram.keyboard import Rows, key, rows
from bot.telegram.tokens import Token
from bot.turn.box import Question, as_file, listed, question_from_json, round_of
from bot.turn.drafts import NAME, drafts
from bot.turn.post import Parcel, Record, Turned

ASKED = "asked"
"""A kind of record: a question that waits. Its id comes from its words; it has neither lane nor seat."""
TABLE = "questions.csv"
TOLD, FILE = "told", "file"


class Waiting(NamedTuple):
    """A question as it is stored."""

    record: Record
    question: Question

    def changed(self, **more: bool | int) -> Record:
        """The record to store instead."""
        return self.record._replace(body=replace(self.question, **more).to_json())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Questions:
    """The daily look into the box, `/questions`, and its buttons."""

    desk: Desk

    async def waiting(self) -> list[Waiting]:
        """The questions in the box, oldest first."""
        return [Waiting(record, question_from_json(record.body or {})) for record in await self.desk.post.records(ASKED)]

    async def due(self) -> list[tuple[str, str]]:
        """The alarm, by name and lane, if coordinators are to be told something today. Its name is new each day."""
        now = self.desk.clock()
        news = self.desk.coordinators and any(one.question.is_news(now) for one in await self.waiting())
        return [(f"{BOX}:{round_of(now)}", f"chat:{min(self.desk.coordinators)}")] if news else []

    async def came(self, arrival: Arrival) -> Turned:
        """A note that the bot left for itself: it is time to tell, or something has been delivered."""
        _, _, what = arrival.due.partition(":")
        return await (self._delivered(arrival, *what.split(":")) if what else self._told(arrival))

    async def _told(self, arrival: Arrival) -> Turned:
        """The daily message to every coordinator who can be reached. When one of them has it, they count as told."""
        waiting, now = await self.waiting(), self.desk.clock()
        news = [one for one in waiting if one.question.is_news(now)]
        lanes = [lane async for lane in self._reachable()] if news else []
        body = {"do": "say", "text": self._page(waiting, len(news)), "keys": self._keys(), "note": f"{BOX}:{TOLD}:{round_of(now)}"}
        return Turned(arrival.seat, arrival.lane, parcels=[Parcel(lane, lane, body) for lane in lanes])

    async def _delivered(self, arrival: Arrival, what: str, number: str) -> Turned:
        """What stood in the message of that day is told; what went into that export, or into one before it, is in somebody's hands."""
        at, waiting = int(number), await self.waiting()
        if what == TOLD:
            news = [one for one in waiting if not one.question.told and one.question.round < at]
            return Turned(arrival.seat, arrival.lane, records=[one.changed(told=True) for one in news])
        there = [one for one in waiting if not one.question.exported and 0 < one.question.file <= at]
        return Turned(arrival.seat, arrival.lane, records=[one.changed(told=True, exported=True) for one in there])

    async def _reachable(self) -> AsyncIterator[str]:
        for person in sorted(self.desk.coordinators):
            lane = f"chat:{person}"
            if not (await self.desk.post.load("", lane))[1].unreachable:
                yield lane

    async def turned(self, arrival: Arrival) -> Turned:
        """`/questions`, by a coordinator: all that waits."""
        waiting = await self.waiting()
        return self.desk.says(arrival, self._page(waiting), self._keys() if waiting else None)

    def _page(self, waiting: Sequence[Waiting], new: int | None = None) -> str:
        phrase = self.desk.phrase
        if not waiting:
            return safe(phrase("box_none"))
        news = sum(not one.question.told for one in waiting) if new is None else new
        counts = phrase("box_counts", new=str(news), waiting=str(len(waiting)))
        newest = sorted(waiting, key=lambda one: one.question.told)
        shown, more = listed([self._line(one.question) for one in newest])
        blocks = [Block((counts,), phrase("box_title")), Block(tuple(shown), style="list")]
        return messages([*blocks, *([Block((phrase("box_more", count=str(more)),))] if more else [])])[0]

    def _line(self, question: Question) -> str:
        place = self.desk.phrase(f"box_{question.place}")
        return self.desk.phrase("box_line", day=question.day, place=place, question=question.text)

    def _keys(self) -> Rows:
        return rows(key(self.desk.phrase(f"button_box_{what}"), Token("area", BOX, what)) for what in ("export", "done"))

    async def pressed(self, arrival: Arrival, what: str) -> Turned:
        """A button of theirs. Seeing one gives no right."""
        if not arrival.private or arrival.person not in self.desk.coordinators:
            return self.desk.toasts(arrival, "not_allowed")
        return await (self._exported(arrival) if what == "export" else self._cleared(arrival))

    async def _exported(self, arrival: Arrival) -> Turned:
        """All that waits, as a table to read and as a file to write the answers in. Once it is delivered it can be cleared."""
        waiting, phrase = await self.waiting(), self.desk.phrase
        if not waiting:
            return self.desk.toasts(arrival, "box_none")
        number = max(int(self.desk.clock()), *(one.question.file + 1 for one in waiting))
        questions = [one.question for one in waiting]
        places = {place: phrase(f"box_{place}") for place in ("private", "group")}
        table = as_file(questions, (phrase("box_head_day"), phrase("box_head_place"), phrase("box_head_question")), places)
        taken = {topic.id for topic in self.desk.mind.book.topics}
        draft = drafts((one.text for one in questions), taken, phrase("box_draft_note"), phrase("box_draft_theme"))
        bodies = (
            {"do": "file", "file": {"name": NAME, "content": draft}, "caption": phrase("box_draft")},
            {"do": "file", "file": {"name": TABLE, "content": table}, "caption": phrase("box_exported"), "note": f"{BOX}:{FILE}:{number}"},
        )
        records = [one.changed(file=number) for one in waiting if not one.question.file]
        return Turned(arrival.seat, arrival.lane, parcels=[*answer(arrival), *(parcel(arrival, body) for body in bodies)], records=records)

    async def _cleared(self, arrival: Arrival) -> Turned:
        """What was exported is erased; what came after stays."""
        waiting = await self.waiting()
        gone = [one.record._replace(body=None) for one in waiting if one.question.exported]
        if not gone:
            return self.desk.toasts(arrival, "box_export_first" if waiting else "box_none")
        left = [one for one in waiting if not one.question.exported]
        edit = {"do": "edit", "message": arrival.pressed_on, "text": self._page(left), "keys": self._keys() if left else []}
        parcels = [*answer(arrival, self.desk.phrase("box_cleared", count=str(len(gone)))), parcel(arrival, edit)]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=gone)
