"""Questions from chats the bot is no member of: inline mode, as somebody types, and guest queries. One answer each; nothing is kept."""

from dataclasses import dataclass
from typing import Any

from bot.model.event import Said
from bot.model.text import shortened
from bot.telegram.asking import Asking
from bot.telegram.delivery import NO_PREVIEW
from bot.telegram.desk import Desk
from bot.telegram.html import Block, messages, safe
from bot.telegram.inbound import Arrival
from bot.telegram.keyboard import Rows
from bot.turn.post import Parcel, Turned
from bot.turn.quick import Given

TWO_LINES = 110
KEPT_SECONDS = 300
"""For so long Telegram may give the same results to whoever types the same."""
MOST_ID = 64


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What comes of an inline or a guest query."""

    desk: Desk

    def turned(self, arrival: Arrival) -> Turned:
        """The answer, in a lane that holds nothing else."""
        words = arrival.event.text if isinstance(arrival.event, Said) else ""
        body = self._inline(arrival.inline, words) if arrival.inline else self._guest(arrival, words)
        return Turned(arrival.seat, arrival.lane, parcels=[Parcel(arrival.lane, arrival.seat, body)])

    def _inline(self, query: str, words: str) -> dict[str, Any]:
        results = [self._suggestion(one) for one in self.desk.quick.suggestions(words)]
        button = {"text": self.desk.phrase("inline_button"), "start_parameter": self.desk.mind.book.start}
        return {"do": "inline", "query": query, "results": results, "button": button, "seconds": KEPT_SECONDS}

    def _suggestion(self, given: Given) -> dict[str, Any]:
        """One result: title, two lines, and the whole answer as the message it becomes."""
        about = shortened(given.text, TWO_LINES)
        if given.topic is None:
            return _article("danger", self.desk.phrase("inline_danger"), about, safe(given.text), self._button(given))
        more = [Block((given.more,), style="folded")] if given.more else []
        text = messages([Block((given.text,), given.topic.title), *more])[0]
        return _article(given.topic.id, given.topic.title, about, text, self._button(given))

    def _guest(self, arrival: Arrival, words: str) -> dict[str, Any]:
        given = self.desk.quick.answer(words, arrival.below)
        self.desk.quick.count(given)
        shown = Asking(self.desk).shown(given)
        title = given.topic.title if given.topic else self.desk.phrase("button_private")
        result = _article(given.kind, title, "", shown.text, shown.keys or self._button(given))
        return {"do": "guest", "query": arrival.guest, "result": result}

    def _button(self, given: Given) -> Rows:
        """The way into the private chat, where there is room for more."""
        about = {"danger": "ask_safeguarding", "topic": f"ask_{given.topic.id}" if given.topic else ""}.get(given.kind)
        label = self.desk.phrase("more_in_private" if about else "button_private")
        return [[{"text": label, "url": self.desk.link(about or self.desk.mind.book.start)}]]


def _article(name: str, title: str, about: str, text: str, keys: Rows) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    article: dict[str, Any] = {"type": "article", "id": name[:MOST_ID], "title": title, "input_message_content": content}
    if about:
        article["description"] = about
    if keys:
        article["reply_markup"] = {"inline_keyboard": keys}
    return article
