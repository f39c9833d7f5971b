"""Quick questions in a conversation: is this one, and what is the answer?"""

import re
from dataclasses import dataclass

from bot.answers.finder import Finder, Found
from bot.dialogue.step import Engine
from bot.model.conversation import Conversation
from bot.model.reply import Button, Card, Reply, Section
from bot.model.text import fill
from bot.model.topic import Topic

SURE_OF_A_STATEMENT = 0.5
"""Something that does not look like a question must be this much like one to get an answer."""
_ASKING = re.compile(r"^/(?:ask|what)(?:@\w+)?(?:\s+|$)", re.IGNORECASE)
_QUESTION = re.compile(
    r"\?\s*$|^\s*(?:(?:what|who|how|why|when|where|which)(?:['’]?s)?|can|could|do|does|is|are|should|explain|tell me about)\b",
    re.IGNORECASE,
)
SURELY = 0.95
"""Where people answer in their own words, a question must be this much like one of ours to be taken for one."""
_WISH = re.compile(
    r"^\s*(?:how (?:can|could|do|should|would|might|to)|(?:where |who |what )?(?:can|could)|is there)\b(?! (?:i|you)\b)", re.IGNORECASE
)
"""Begins like a question, and says what people want to make better: "How can we make the streets safer?"."""


def asks(text: str) -> bool:
    """True if the text looks like a question."""
    return _QUESTION.search(text) is not None


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

    def answer(self, conversation: Conversation, text: str) -> tuple[Reply, ...] | None:
        """The answer to a quick question; None if the text is not one here (an answer to the question at hand, say)."""
        if _ASKING.match(text):
            words = _ASKING.sub("", text).strip()
            return (self.topics(""),) if not words else (self._reply(self.finder.find(words)),)
        question = self.engine.moving.question(conversation)
        if question is not None and not _QUESTION.search(text):
            return None
        free = question is not None and question.kind == "text"
        if free and _WISH.search(text):
            return None
        if text.startswith("/") or self.engine.reader.command(text, free_text=False):
            return None
        found = self.finder.find(text)
        asks = _QUESTION.search(text) is not None
        if (found.topic is None and (question is not None or not asks)) or (free and found.score < SURELY):
            return None
        if not asks and found.score < SURE_OF_A_STATEMENT:
            return None
        return (self._reply(found),)

    def _reply(self, found: Found) -> Card:
        phrase = self.engine.asker.phrase
        if found.topic is not None:
            page = self.topic(found.topic.id)
            if page is not None:
                return page
        buttons = tuple(Button("topic", one.title, one.id) for one in found.near)
        near = (Section(lines=(phrase("ask_nearest"),), listed=False),) if buttons else ()
        return Card("unknown", phrase("ask_unknown"), near, buttons)

    def topic(self, topic_id: str) -> Card | None:
        """The page of one topic."""
        topic = self.finder.topic(topic_id)
        if topic is None:
            return None
        lines = [Section(lines=(self.with_contacts(topic.answer),), listed=False)]
        if topic.more:
            lines.append(Section(lines=(self.with_contacts(topic.more),), listed=False, more=True))
        buttons = tuple(Button("topic", one.title, one.id) for one in self._near(topic))
        return Card(f"topic:{topic.id}", topic.title, tuple(lines), (*buttons, self._go_on()))

    def topics(self, theme: str) -> Card:
        """All themes, or the topics of one."""
        phrase = self.engine.asker.phrase
        # A theme is named by its place, because its title may be too long for a button to carry.
        themes = {str(place): one for place, one in enumerate(dict.fromkeys(topic.theme for topic in self.finder.topics))}
        if theme in themes:
            buttons = tuple(Button("topic", topic.title, topic.id) for topic in self.finder.topics if topic.theme == themes[theme])
            all_themes = Button("topics", phrase("button_themes"))
            return Card(f"topics:{theme}", themes[theme], buttons=(*buttons, all_themes, self._go_on()))
        buttons = tuple(Button("topics", one, place) for place, one in themes.items())
        return Card("topics", phrase("ask_empty"), buttons=(*buttons, self._go_on()))

    def _near(self, topic: Topic) -> list[Topic]:
        return [found for one in topic.also if (found := self.finder.topic(one)) is not None]

    def _go_on(self) -> Button:
        return Button("go_on", self.engine.asker.phrase("button_go_on"))

    def with_contacts(self, text: str) -> str:
        """The text with every `{contact_…}` replaced by the number or address in the contacts file."""
        return fill(text, {f"contact_{one.id}": one.says for one in self.engine.book.contacts})
