"""Questions without an answer: people may send them to the coordinators (what those do with them: `questions.py`).

Nothing is kept before the button is pressed: the text is read from the message that ours replies to. Rights are looked at
on each press, by numeric id.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.model.reply import Button, Card, Reply, Say
from bot.telegram.addressed import without_name
from bot.telegram.arrival import Arrival
from bot.telegram.asking import BOX, Asking
from bot.telegram.desk import Desk, answer, parcel
from bot.telegram.html import safe
from bot.telegram.questions import ASKED, Questions
from bot.telegram.tokens import Token, read_token
from bot.turn.box import MOST_WAITING, Daily, Place, asked, masked, name_of
from bot.turn.post import Parcel, Record, Turned

AREA = BOX
SEND = Button("box", "", "send")
_COMMAND = re.compile(r"^/\w+(?:@\w+)?(?=\s|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class BoxTurns:
    """What comes of the button below an "I don't know"."""

    desk: Desk
    asking: Asking
    questions: Questions = field(init=False)
    daily: Daily = field(default_factory=Daily)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", Questions(self.desk))

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
            case "export" | "done":
                return await self.questions.pressed(arrival, token.about)
            case _:
                return self.desk.toasts(arrival, "unknown_button")

    # Sending.

    async def _sent(self, arrival: Arrival) -> Turned:
        desk = self.desk
        words = _COMMAND.sub("", without_name(arrival.about, desk.username)[0].strip()).strip()
        if not desk.coordinators:
            return self.desk.toasts(arrival, "box_nobody")
        if not any(letter.isalnum() for letter in masked(words)):
            return self.desk.toasts(arrival, "box_lost")
        if not arrival.private and not await self._is_theirs(arrival):
            return self.desk.toasts(arrival, "box_not_yours")
        if desk.mind.danger.in_text(words):
            return self.asking.danger(arrival)
        place: Place = "private" if arrival.private else "group"
        question = asked(words, place, desk.clock())
        name, waiting = name_of(question), await self.questions.waiting()
        known = any(one.record.id == name for one in waiting)
        if not known and len(waiting) >= MOST_WAITING:
            return self.desk.toasts(arrival, "box_full")
        if not known and not self.daily.allows(arrival.seat, arrival.press, desk.clock()):
            return self.desk.toasts(arrival, "box_enough")
        records = [] if known else [Record(ASKED, name, question.to_json())]
        parcels = [*answer(arrival, desk.phrase("box_sent_toast")), parcel(arrival, self._after(arrival, words))]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=records)

    async def _is_theirs(self, arrival: Arrival) -> bool:
        """The person who asked; of a question asked in the name of the group, an administrator."""
        if arrival.about_by:
            return arrival.about_by == arrival.person
        return await self.desk.is_admin(arrival.chat, arrival.person)

    def _after(self, arrival: Arrival, words: str) -> dict[str, object]:
        """The message whose button was pressed says what happened, and can be pressed for this no more."""
        given = self.desk.quick.answer(words)
        if given.kind != "unknown":
            return {"do": "retire", "message": arrival.pressed_on}
        if arrival.private:
            near = self.desk.mind.asked.unknown(given.near).buttons
            said = self._sent_text(bool(near))
            drawn = self.desk.cards.draw((Card("sent", said, buttons=near), Say(said)))[0]
            return {"do": "edit", "message": arrival.pressed_on, "text": drawn.texts[0], "keys": drawn.keys or []}
        keys = self.asking.shown(given).keys
        return {"do": "edit", "message": arrival.pressed_on, "text": safe(self._sent_text(bool(keys))), "keys": keys}

    def _sent_text(self, near: bool) -> str:
        """What became of the question; and, if topics near it stand below, that they may help."""
        return " ".join(self.desk.phrase(name) for name in ("box_sent", *(("box_until",) if near else ())))


def _carries(one: Parcel, data: str) -> bool:
    return any(button.get("callback_data") == data for row in one.body.get("keys") or () for button in row)
