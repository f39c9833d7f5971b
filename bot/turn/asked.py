"""Quick questions: what one comes to, and its answer as a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.answers.finder import Finder
from bot.dialogue.remarks import Remarks
from bot.dialogue.step import Engine
from bot.model.reply import Button, Card, Section
from bot.model.text import fill
from bot.model.topic import Topic

Kind = Literal["topic", "more", "few", "unknown", "foreign"]

SMALL_TALK = ("hello", "thanks_bot")
"""Topics that answer no question. Where others read along they are passed over, or answered in one line."""
SURE_OF_ENGLISH = 0.7
"""What is less like one of our questions, and looks like another language, is none."""
SURE_OF_A_STATEMENT = 0.5
"""Something that does not look like a question must be this much like one to get an answer."""
MOST_WORDS = 3
"""What follows an answer without a way of asking ("and the school?") has at most so many words that say something."""
_ASKING = re.compile(r"^/(?:ask|what)(?:@\w+)?(?:\s+|$)", re.IGNORECASE)
_QUESTION = re.compile(
    r"\?\s*$|^\s*(?:(?:what|who|how|why|when|where|which)(?:['’]?s)?|can|could|do|does|is|are|should|explain|tell me about)\b",
    re.IGNORECASE,
)


def asked_in(text: str) -> str | None:
    """What stands behind /ask; None if the text begins otherwise."""
    return _ASKING.sub("", text).strip() if _ASKING.match(text) else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a question comes to: an answer, the rest of the last one ("more"), or why there is none. `near` are topics to offer."""

    kind: Kind
    topic: Topic | None = None
    near: tuple[Topic, ...] = ()
    score: float = 0.0


@dataclass(slots=True)
class Asked:
    """Finds quick questions among what people type, and words their answers."""

    engine: Engine
    _finder: Finder | None = None

    @property
    def finder(self) -> Finder:
        """Made when somebody first asks, so that a chat starts at once."""
        if self._finder is None:
            self._finder = Finder(self.engine.book, self.engine.memory)
        return self._finder

    @property
    def remarks(self) -> Remarks:
        return self.engine.reader.remarks

    def asks(self, text: str) -> bool:
        """True if the text looks like a question, maybe behind a few short words ("ok and how do we …")."""
        return _QUESTION.search(text) is not None or _QUESTION.search(self.remarks.led(text)) is not None

    # What a question comes to.

    def heard(self, text: str, last: Topic | None = None) -> Heard:
        """What these words ask for, below the answer to `last`."""
        remarks = self.remarks
        if subject := remarks.about(text):
            return self._about(subject, last)
        if last is not None and remarks.again(text):
            return Heard("more", last, score=1.0)
        found = self.finder.find(text if remarks.kind(text) else remarks.led(text))
        if not found.exact and (remarks.points(text) or remarks.again(text)):
            return self._few(last)
        bare = remarks.bare(text)
        added = bool(remarks.added(text))
        if last is not None and len(bare) <= MOST_WORDS and (added or found.score <= SURE_OF_A_STATEMENT or not self.asks(text)):
            topic = self.finder.about(" ".join(bare), last)
            if topic is not None:
                return Heard("topic", topic, score=1.0 if added or text.rstrip().endswith("?") else SURE_OF_A_STATEMENT)
        if found.topic is not None and found.topic.id in SMALL_TALK and not found.exact and self.asks(text):
            # "How do we say thank you?" is no thanks.
            topic = next((one for one in found.near if one.id not in SMALL_TALK and self.finder.mentions(one, text)), found.topic)
            return Heard("topic", topic, score=found.score)
        if found.topic is None or (found.score < SURE_OF_ENGLISH and self._foreign(text)):
            return self._unknown(text, found.near, found.score)
        return Heard("topic", found.topic, found.near, found.score)

    def _about(self, subject: str, last: Topic | None) -> Heard:
        """Below "how do I reach the police?", "what about the school?" asks how to reach a school."""
        bare = " ".join(self.remarks.bare(subject))
        if not bare:
            return self._few(last)
        if (topic := self.finder.about(bare, last)) is not None:
            return Heard("topic", topic, score=1.0)
        found = self.finder.find(subject)
        return Heard("topic", found.topic, score=1.0) if found.topic is not None else self._unknown(subject, found.near)

    def _few(self, last: Topic | None) -> Heard:
        return Heard("few", last, tuple(self.near(last)) if last is not None else ())

    def _unknown(self, text: str, near: tuple[Topic, ...], score: float = 0.0) -> Heard:
        if self._foreign(text):
            return Heard("foreign")
        return Heard("unknown", near=tuple(one for one in near if one.id not in SMALL_TALK), score=score)

    def _foreign(self, text: str) -> bool:
        return len(self.engine.book.languages) <= 1 and self.remarks.foreign(text, self.finder.known(text))

    # Pages.

    def page(self, heard: Heard, begun: bool = True) -> Card:
        """The page for what a question comes to."""
        about = heard.topic.id if heard.topic is not None else ""
        made = self.topic(about, begun, whole=heard.kind == "more") if heard.kind in ("topic", "more") else None
        return made or (self.unknown(heard.near) if heard.kind == "unknown" else self.short(heard.kind, about, begun))

    def topic(self, topic_id: str, begun: bool = True, whole: bool = False) -> Card | None:
        """The page of one topic; `whole` shows all of it at once."""
        topic = self.finder.topic(topic_id)
        if topic is None:
            return None
        lines = [Section(lines=(self.with_contacts(topic.answer),), listed=False)]
        if topic.more:
            lines.append(Section(lines=(self.with_contacts(topic.more),), listed=False, more=not whole))
        elif whole:
            lines.append(Section(lines=(self.engine.asker.phrase("ask_no_more"),), listed=False))
        name = "more" if whole else "topic"
        return Card(f"{name}:{topic.id}", topic.title, tuple(lines), (*self._buttons(self.near(topic)), self.go_on(begun)))

    def topics(self, theme: str, begun: bool = True) -> Card:
        """All themes, or the topics of one."""
        phrase, themes = self.engine.asker.phrase, self.themes()
        if theme in themes:
            buttons = self._buttons(topic for topic in self.finder.topics if topic.theme == themes[theme])
            return Card(f"topics:{theme}", themes[theme], buttons=(*buttons, self._themes(), self.go_on(begun)))
        buttons = tuple(Button("topics", one, place) for place, one in themes.items())
        return Card("topics", phrase("ask_empty"), buttons=(*buttons, self.go_on(begun)))

    def themes(self) -> dict[str, str]:
        """The titles of all themes. Each is named by its place: its title may be too long for a button to carry."""
        return {str(place): one for place, one in enumerate(dict.fromkeys(topic.theme for topic in self.finder.topics))}

    def short(self, name: str, about: str = "", begun: bool = True) -> Card:
        """A line and where to go from there. `name` is "few", "foreign", "else", "welcome" or "not_understood"."""
        topic = self.finder.topic(about) if about else None
        buttons = self._buttons([topic, *self.near(topic)]) if topic is not None and name == "few" else (self._themes(),)
        phrase = f"ask_{name}_go_on" if begun and name in ("else", "welcome") else f"ask_{name}"
        return Card(name, self.engine.asker.phrase(phrase), buttons=(*buttons, self.go_on(begun)))

    def unknown(self, near: Iterable[Topic]) -> Card:
        """The page that says that we do not know, with what may be meant."""
        phrase, buttons = self.engine.asker.phrase, self._buttons(near)
        return Card("unknown", phrase("ask_unknown"), (Section(lines=(phrase("ask_nearest"),), listed=False),) if buttons else (), buttons)

    def near(self, topic: Topic) -> list[Topic]:
        """What one may look at next."""
        return [found for one in topic.also if (found := self.finder.topic(one)) is not None]

    def go_on(self, begun: bool) -> Button:
        """Back to the questions; for someone who has not seen any, on to the first."""
        return Button("go_on", self.engine.asker.phrase("button_go_on" if begun else "button_find_type"))

    def _themes(self) -> Button:
        return Button("topics", self.engine.asker.phrase("button_themes"))

    @staticmethod
    def _buttons(topics: Iterable[Topic]) -> tuple[Button, ...]:
        return tuple(Button("topic", one.title, one.id) for one in topics)

    def with_contacts(self, text: str) -> str:
        """The text with every `{contact_…}` replaced by the number or address in the contacts file."""
        return fill(text, {f"contact_{one.id}": one.says for one in self.engine.book.contacts})
