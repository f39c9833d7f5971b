"""Questions without an answer: people may send them to the coordinators, who hear of them once a day and can export them.

Nothing is kept before the button is pressed: the text is read from the message that ours replies to. Rights are looked at
on each press, by numeric id.
"""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.model.reply import Button, Card, Reply, Say, Section
from bot.telegram.addressed import without_name
from bot.telegram.arrival import Arrival
from bot.telegram.asking import BOX, Asking
from bot.telegram.desk import Desk, answer, parcel
from bot.telegram.html import Block, messages, safe
from bot.telegram.keyboard import Rows, key, rows
from bot.telegram.tokens import Token, read_token
from bot.turn.box import MOST_WAITING, Place, Question, as_file, asked, listed, name_of, question_from_json, round_of
from bot.turn.post import Parcel, Record, Turned

ASKED = "asked"
"""A kind of record: a question that waits. Its id comes from its words; it has neither lane nor seat."""
AREA = BOX
MOST_A_DAY = 10
SEND = Button("box", "", "send")
_COMMAND = re.compile(r"^/\w+(?:@\w+)?(?=\s|$)", re.ASCII)


class Waiting(NamedTuple):
    """A question as it is stored."""

    record: Record
    question: Question

    def seen(self, exported: bool = False) -> Record:
        """The record to store instead: coordinators have been told of it, or even have it in a file."""
        new = replace(self.question, told=True, exported=exported or self.question.exported)
        return self.record._replace(body=new.to_json())


@dataclass(frozen=True, slots=True)
class BoxTurns:
    """What comes of the button, of the daily look into the box, and of what coordinators do with it."""

    desk: Desk
    asking: Asking
    _given: dict[str, int] = field(default_factory=dict)
    """Day and person → questions sent, in memory only: nobody fills the box for all others."""

    # In private the button stands below the page that says "I don't know".

    def offered(self, arrival: Arrival, replies: Sequence[Reply]) -> tuple[Reply, ...]:
        """The replies, with the button below an "I don't know"."""
        if not self.desk.coordinators or arrival.press:
            return tuple(replies)
        button = replace(SEND, label=self.desk.phrase("button_box"))
        first = (
            replace(one, buttons=(*one.buttons, button)) if isinstance(one, Card) and one.id == "unknown" else one for one in replies[:-1]
        )
        return (*first, *replies[-1:])

    def as_reply(self, arrival: Arrival, parcels: Sequence[Parcel]) -> list[Parcel]:
        """The parcels; what has the button replies to the question, where the text can be read if it is pressed."""
        data = Token("button", SEND.id, SEND.about).written()
        return [one._replace(body={**one.body, "reply": arrival.message}) if _carries(one, data) else one for one in parcels]

    def token(self, arrival: Arrival) -> Token | None:
        """The button of ours that was pressed."""
        token = read_token(arrival.data) if arrival.press else None
        return token if token is not None and token.kind in ("area", "button") and token.name == AREA else None

    async def pressed(self, arrival: Arrival, token: Token) -> Turned:
        """A button: whose it is, and what they may do, is looked at now."""
        match token.about:
            case "send":
                return await self._sent(arrival)
            case "export" | "done" if arrival.private and arrival.person in self.desk.coordinators:
                return await (self._exported(arrival) if token.about == "export" else self._cleared(arrival))
            case "export" | "done":
                return self._toast(arrival, "not_allowed")
            case _:
                return self._toast(arrival, "unknown_button")

    # Sending.

    async def _sent(self, arrival: Arrival) -> Turned:
        desk = self.desk
        words = _COMMAND.sub("", without_name(arrival.about, desk.username)[0].strip()).strip()
        if not desk.coordinators:
            return self._toast(arrival, "box_nobody")
        if not any(letter.isalnum() for letter in words):
            return self._toast(arrival, "box_lost")
        if not arrival.private and not await self._is_theirs(arrival):
            return self._toast(arrival, "box_not_yours")
        if desk.mind.danger.in_text(words):
            return desk.says(arrival, safe(desk.quick.danger().text))
        place: Place = "private" if arrival.private else "group"
        question = asked(words, place, desk.clock())
        name, waiting = name_of(question), await self.waiting()
        known = any(one.record.id == name for one in waiting)
        if not known and len(waiting) >= MOST_WAITING:
            return self._toast(arrival, "box_full")
        if not known and not self._may_send(arrival):
            return self._toast(arrival, "box_enough")
        records = [] if known else [Record(ASKED, name, question.to_json())]
        parcels = [*answer(arrival, desk.phrase("box_sent_toast")), parcel(arrival, self._after(arrival, words))]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=records)

    def _may_send(self, arrival: Arrival) -> bool:
        """Takes one of the questions that a person may send in a day."""
        day = int(self.desk.clock() // 86_400)
        if self._given.get("day") != day:
            self._given.clear()
            self._given["day"] = day
        sent = self._given.get(arrival.seat, 0)
        self._given[arrival.seat] = sent + 1
        return sent < MOST_A_DAY

    async def _is_theirs(self, arrival: Arrival) -> bool:
        """The person who asked; of a question asked in the name of the group, an administrator."""
        if arrival.about_by:
            return arrival.about_by == arrival.person
        return await self.desk.is_admin(arrival.chat, arrival.person)

    def _after(self, arrival: Arrival, words: str) -> dict[str, object]:
        """The message whose button was pressed says what happened, and can be pressed for this no more."""
        given, said = self.desk.quick.answer(words), self.desk.phrase("box_sent")
        if given.kind != "unknown":
            return {"do": "retire", "message": arrival.pressed_on}
        if arrival.private:
            page = next(iter(self.desk.mind.asked.answer(self.desk.blank(), f"/ask {words}") or ()))
            shown = replace(page, sections=(*page.sections, Section(lines=(said,)))) if isinstance(page, Card) else page
            drawn = self.desk.cards.draw((shown, Say(said)))[0]
            return {"do": "edit", "message": arrival.pressed_on, "text": drawn.texts[0], "keys": drawn.keys or []}
        shown_there = self.asking.shown(given)
        return {"do": "edit", "message": arrival.pressed_on, "text": f"{shown_there.text}\n\n{safe(said)}", "keys": shown_there.keys}

    # What coordinators see.

    async def waiting(self) -> list[Waiting]:
        """The questions in the box, oldest first."""
        return [Waiting(record, question_from_json(record.body or {})) for record in await self.desk.post.records(ASKED)]

    async def due(self) -> list[tuple[str, str]]:
        """The alarm, by name and lane, if coordinators are to be told something today. Its name is new each day."""
        now = self.desk.clock()
        news = self.desk.coordinators and any(one.question.is_news(now) for one in await self.waiting())
        return [(f"{BOX}:{round_of(now)}", f"chat:{min(self.desk.coordinators)}")] if news else []

    async def told(self, arrival: Arrival) -> Turned:
        """The daily message to every coordinator who can be reached. What they are told of, they are told once."""
        waiting, now = await self.waiting(), self.desk.clock()
        news = [one for one in waiting if one.question.is_news(now)]
        lanes = [lane async for lane in self._reachable()] if news else []
        if not lanes:
            return Turned(arrival.seat, arrival.lane)
        text = self._page(waiting, len(news))
        parcels = [Parcel(lane, lane, {"do": "say", "text": text, "keys": self._keys()}) for lane in lanes]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=[one.seen() for one in news])

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
        return rows(key(self.desk.phrase(f"button_box_{what}"), Token("area", AREA, what)) for what in ("export", "done"))

    async def _exported(self, arrival: Arrival) -> Turned:
        """A file with all that waits. From then on it can be cleared."""
        waiting, phrase = await self.waiting(), self.desk.phrase
        if not waiting:
            return self._toast(arrival, "box_none")
        places = {place: phrase(f"box_{place}") for place in ("private", "group")}
        heads = (phrase("box_head_day"), phrase("box_head_place"), phrase("box_head_question"))
        content = as_file((one.question for one in waiting), heads, places)
        body = {"do": "file", "file": {"name": "questions.csv", "content": content}, "caption": phrase("box_exported")}
        records = [one.seen(exported=True) for one in waiting if not one.question.exported]
        return Turned(arrival.seat, arrival.lane, parcels=[*answer(arrival), parcel(arrival, body)], records=records)

    async def _cleared(self, arrival: Arrival) -> Turned:
        """What was exported is erased; what came after stays."""
        waiting = await self.waiting()
        gone = [one.record._replace(body=None) for one in waiting if one.question.exported]
        if not gone:
            return self._toast(arrival, "box_export_first" if waiting else "box_none")
        left = [one for one in waiting if not one.question.exported]
        edit = {"do": "edit", "message": arrival.pressed_on, "text": self._page(left), "keys": self._keys() if left else []}
        parcels = [*answer(arrival, self.desk.phrase("box_cleared", count=str(len(gone)))), parcel(arrival, edit)]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=gone)

    def _toast(self, arrival: Arrival, name: str) -> Turned:
        return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, self.desk.phrase(name)))


def _carries(one: Parcel, data: str) -> bool:
    return any(button.get("callback_data") == data for row in one.body.get("keys") or () for button in row)
