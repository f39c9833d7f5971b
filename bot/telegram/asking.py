"""Quick questions where others read along: one short answer, as a reply; what is longer, by a button to the private chat.

Danger comes first and waits for nobody. What is said to the bot in passing, or as a reply to it, is answered only if it is
surely a question: a "thanks" gets no answer, and nobody is told that the bot did not understand them talking to each other.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.model.event import Said
from bot.model.text import shortened
from bot.model.topic import Topic
from bot.telegram.addressed import QUICK
from bot.telegram.desk import Desk, joinable
from bot.telegram.html import bold, safe
from bot.telegram.inbound import Arrival
from bot.telegram.keyboard import Rows, key, rows
from bot.telegram.tokens import Token
from bot.telegram.visits import Visits
from bot.turn.post import Turned
from bot.turn.quick import Given

IN_PASSING = ("passing", "reply")
BOX = "box"
"""The area of buttons about questions without an answer."""
NO_ANSWERS = ("unknown", "few", "foreign", "empty", "board")
REMEMBERED = 2_000
"""So many messages are known to have been answered, in memory only: a change to one of those is left alone."""
LABEL = 60


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
    _answered: dict[str, None] = field(default_factory=dict)
    _unstored: dict[str, Given] = field(default_factory=dict)
    """What was answered in turns that are not stored yet. If one has to be taken again, nothing has been said."""

    async def turned(self, arrival: Arrival) -> Turned | None:
        """The one message for a question; None if it was none."""
        given = self._given(arrival)
        if given is None:
            return None
        self._unstored[_key(arrival)] = given
        if given.kind == "danger":
            return self.danger(arrival)
        shown = self._topics() if given.kind == "empty" and arrival.command in QUICK else self.shown(given)
        lost = given.kind in ("unknown", "board") and not shown.keys
        private, records = await Visits(self.desk).button(arrival.lane) if lost else (shown.keys, [])
        offered = self._box() if given.kind == "unknown" else []
        part = shown.joined or {"text": shown.text}
        said = joinable(
            self.desk.says(arrival, shown.text, [*private, *offered]), part["text"], part.get("keys", private), part.get("many", "")
        )
        return replace(said, records=records)

    def would_answer(self, arrival: Arrival) -> bool:
        """False for talk that is meant for the bot, or names it, and asks nothing."""
        sure = arrival.how not in IN_PASSING and not arrival.edited
        return sure or self._given(arrival) is not None

    def _given(self, arrival: Arrival) -> Given | None:
        words, quick = self._words(arrival), self.desk.quick
        if arrival.edited and _key(arrival) in self._answered:
            return None
        match arrival.how:
            case "passing":
                return quick.in_passing(words)
            case "reply":
                return quick.in_reply(words, arrival.below, arrival.aside)
            case _:
                return quick.answer(words, arrival.below)

    def stored(self, arrival: Arrival) -> None:
        """The turn is stored: from now on its question has an answer."""
        given = self._unstored.pop(_key(arrival), None)
        if given is None:
            return
        self.desk.quick.count(given)
        if given.kind not in NO_ANSWERS:
            self._answered[_key(arrival)] = None
        for known in (self._answered, self._unstored):
            while len(known) > REMEMBERED:
                del known[next(iter(known))]

    def _box(self) -> Rows:
        """The button that sends a question without an answer to the coordinators; none where there are none."""
        return [[key(self.desk.phrase("button_box"), Token("area", BOX, "send"))]] if self.desk.coordinators else []

    def _words(self, arrival: Arrival) -> str:
        words = arrival.event.text if isinstance(arrival.event, Said) else ""
        return words.partition(" ")[2] if arrival.command in QUICK else words

    def danger(self, arrival: Arrival) -> Turned:
        """As a reply, without a word of what was written. In a group in a lane of its own, so that it waits for no other answer."""
        keys = [[{"text": self.desk.phrase("button_private"), "url": self.desk.link("ask_safeguarding")}]]
        said = self.desk.says(arrival, safe(self.desk.quick.danger().text), None if arrival.private else keys)
        if arrival.private:
            return said
        *before, last = said.parcels
        urgent = last._replace(lane=f"{arrival.lane}:burgent", body={**last.body, "urgent": True})
        return replace(said, parcels=[*before, urgent])

    def shown(self, given: Given) -> Shown:
        """An answer for eyes that did not all ask for it."""
        phrase, topic = self.desk.phrase, given.topic
        if given.kind == "danger":
            return Shown(safe(given.text), [])
        if given.kind == "topic" and topic is not None:
            text = f"{bold(topic.title)}\n{safe(given.cut())}"
            keys = [[self._link(phrase("more_in_private"), topic)]] if given.has_more else []
            return Shown(text, keys, {"text": text, "keys": [[self._more_about(topic)]] if keys else []})
        if given.kind == "more" and topic is not None:
            return self._again(given, topic)
        if given.kind == "unknown":
            keys = rows(self._link(one.title, one) for one in given.near)
            lines = [phrase("ask_unknown"), *([phrase("ask_nearest")] if keys else [])]
            return Shown(safe(" ".join(lines)), keys, {"text": safe(phrase("group_unknown")), "many": safe(phrase("group_unknown_many"))})
        if given.kind in ("few", "foreign", "board"):
            return self._no_answer(given)
        if given.kind == "talk" and topic is not None and topic.id != "hello":
            return Shown(safe(given.text or self.desk.mind.asked.with_contacts(topic.answer)), [])
        return Shown(safe(phrase("group_how")), [])

    def _again(self, given: Given, topic: Topic) -> Shown:
        """An answer once more, with the rest of it; if there is no rest, with what one may look at next."""
        text = f"{bold(topic.title)}\n{safe(given.whole)}"
        if given.has_more:
            return Shown(
                text, [[self._link(self.desk.phrase("more_in_private"), topic)]], {"text": text, "keys": [[self._more_about(topic)]]}
            )
        near = self.desk.mind.asked.near(topic)
        return Shown(f"{text}\n\n{safe(self.desk.phrase('ask_no_more'))}", rows(self._link(one.title, one) for one in near), {"text": text})

    def _no_answer(self, given: Given) -> Shown:
        """A line and where to go from there; of a board, into private (the button comes with the way back)."""
        phrase = self.desk.phrase
        if given.kind == "board":
            return Shown(safe(phrase("group_board")), [])
        near = (*((given.topic,) if given.topic else ()), *given.near)
        themes = {"text": phrase("button_themes"), "url": self.desk.link("ask")}
        return Shown(safe(phrase(f"ask_{given.kind}")), rows(self._link(one.title, one) for one in near) or [[themes]])

    def _more_about(self, topic: Topic) -> dict[str, Any]:
        """Below several answers at once: it must not look like a question to ask."""
        return self._link(shortened(self.desk.phrase("more_about", topic=topic.title), LABEL), topic)

    def _topics(self) -> Shown:
        """The themes; each opens in private, so that nobody else has to read on."""
        keys = rows({"text": title, "url": self.desk.link(f"ask_{place}")} for place, title in self.desk.mind.asked.themes().items())
        return Shown(safe(self.desk.phrase("group_topics")), keys)

    def _link(self, label: str, topic: Topic) -> dict[str, Any]:
        return {"text": label, "url": self.desk.link(f"ask_{topic.id}")}


def _key(arrival: Arrival) -> str:
    return f"{arrival.chat}:{arrival.message}"
