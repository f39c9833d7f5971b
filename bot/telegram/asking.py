"""Quick questions where others read along: one short answer, as a reply; what is longer, by a button to the private chat.

Danger comes first and waits for nobody. What is said to the bot in passing, or as a reply to it, is answered only if it is
surely a question: a "thanks" gets no answer, and nobody is told that the bot did not understand them talking to each other.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.model.event import Said
from bot.model.topic import Topic
from bot.telegram.desk import Desk, joinable
from bot.telegram.html import bold, safe
from bot.telegram.inbound import Arrival
from bot.telegram.keyboard import Rows, key, rows
from bot.telegram.tokens import Token
from bot.telegram.visits import Visits
from bot.turn.post import Parcel, Turned
from bot.turn.quick import Given

QUICK = ("ask", "what")
IN_PASSING = ("passing", "reply")
BOX = "box"
"""The area of buttons about questions without an answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a message: `joined` is its part in one that answers several people at once (None: it stands alone)."""

    text: str
    keys: Rows
    joined: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers quick questions in groups."""

    desk: Desk

    async def turned(self, arrival: Arrival) -> Turned | None:
        """The one message for a question; None if it was none."""
        given = self._given(arrival)
        if given is None:
            return None
        self.desk.quick.count(given)
        if given.kind == "danger":
            return self._danger(arrival, given)
        shown = self._topics() if given.kind == "empty" and arrival.command in QUICK else self.shown(given)
        lost = given.kind == "unknown" and not shown.keys
        private, records = await Visits(self.desk).button(arrival.lane) if lost else (shown.keys, [])
        offered = self._box() if given.kind == "unknown" else []
        part = shown.joined or {"text": shown.text}
        said = joinable(self.desk.says(arrival, shown.text, [*private, *offered]), part["text"], part.get("keys", private))
        return replace(said, records=records)

    def would_answer(self, arrival: Arrival) -> bool:
        """False for talk that is meant for the bot, or names it, and asks nothing."""
        return arrival.how not in IN_PASSING or self._given(arrival) is not None

    def _given(self, arrival: Arrival) -> Given | None:
        words, quick = self._words(arrival), self.desk.quick
        return quick.in_passing(words, arrival.how == "reply") if arrival.how in IN_PASSING else quick.answer(words)

    def _box(self) -> Rows:
        """The button that sends a question without an answer to the coordinators; none where there are none."""
        return [[key(self.desk.phrase("button_box"), Token("area", BOX, "send"))]] if self.desk.coordinators else []

    def _words(self, arrival: Arrival) -> str:
        words = arrival.event.text if isinstance(arrival.event, Said) else ""
        return words.partition(" ")[2] if arrival.command in QUICK else words

    def _danger(self, arrival: Arrival, given: Given) -> Turned:
        """As a reply, without a word of what was written; in a lane of its own, so that it waits for no other answer."""
        keys = [[{"text": self.desk.phrase("button_private"), "url": self.desk.link("ask_safeguarding")}]]
        body = {"do": "say", "text": safe(given.text), "keys": keys, "reply": arrival.message, "urgent": True}
        return Turned(arrival.seat, arrival.lane, parcels=[Parcel(f"{arrival.lane}:burgent", arrival.seat, body)])

    def shown(self, given: Given) -> Shown:
        """An answer for eyes that did not all ask for it."""
        phrase, topic = self.desk.phrase, given.topic
        if given.kind == "danger":
            return Shown(safe(given.text), [])
        if given.kind == "topic" and topic is not None:
            text = f"{bold(topic.title)}\n{safe(given.cut())}"
            keys = [[self._link(phrase("more_in_private"), topic)]] if given.has_more else []
            return Shown(text, keys, {"text": text, "keys": [[self._link(topic.title, topic)]] if keys else []})
        if given.kind == "unknown":
            keys = rows(self._link(one.title, one) for one in given.near)
            lines = [phrase("ask_unknown"), *([phrase("ask_nearest")] if keys else [])]
            return Shown(safe(" ".join(lines)), keys, {"text": safe(phrase("group_unknown"))})
        if given.kind == "talk" and topic is not None and topic.id != "hello":
            return Shown(safe(given.text or self.desk.mind.asked.with_contacts(topic.answer)), [])
        return Shown(safe(phrase("group_how")), [])

    def _topics(self) -> Shown:
        """The themes; each opens in private, so that nobody else has to read on."""
        keys = rows({"text": title, "url": self.desk.link(f"ask_{place}")} for place, title in self.desk.quick.themes())
        return Shown(safe(self.desk.phrase("group_topics")), keys)

    def _link(self, label: str, topic: Topic) -> dict[str, Any]:
        return {"text": label, "url": self.desk.link(f"ask_{topic.id}")}
