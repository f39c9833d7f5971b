"""Quick questions outside of a conversation: in groups, in inline mode, from chats the bot is no member of. Nothing is kept.

How often a topic was given is counted in memory, without who asked: the most asked stand first where nothing was typed yet.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.model.event import Pressed
from bot.model.reply import Card, Reply
from bot.model.text import shortened
from bot.model.topic import Topic
from bot.turn.asked import SMALL_TALK
from bot.turn.mind import Mind

Kind = Literal["danger", "topic", "talk", "unknown", "empty"]

SURELY = 0.8
"""What people say in passing must be this much like one of our questions to be taken for one."""
IN_A_GROUP = 600
MOST_SUGGESTED = 10
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What is said to a quick question: a topic with its words, or only words. `near` are topics to offer."""

    kind: Kind
    text: str = ""
    topic: Topic | None = None
    more: str = ""
    near: tuple[Topic, ...] = ()
    score: float = 0.0

    def cut(self, most: int = IN_A_GROUP) -> str:
        """The text, cut behind a sentence where it is too long."""
        return cut(self.text, most)

    @property
    def has_more(self) -> bool:
        """True if there is more to read in private."""
        return bool(self.more) or len(self.text) > IN_A_GROUP


@dataclass(slots=True)
class Quick:
    """Answers quick questions from the words alone."""

    mind: Mind
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, words: str) -> Given:
        """What to say to these words. Danger comes before everything else."""
        words = words.strip()
        if self.mind.danger.in_text(words):
            return self.danger()
        if not any(letter.isalnum() for letter in words):
            return Given("empty")
        found = self.mind.asked.finder.find(words)
        if found.topic is None:
            return Given("unknown", near=tuple(one for one in found.near if one.id not in SMALL_TALK), score=found.score)
        if found.topic.id in SMALL_TALK:
            return Given("talk", topic=found.topic, score=found.score)
        return self._of(found.topic, found.score)

    def in_passing(self, words: str, to_us: bool) -> Given | None:
        """What to say to words that need not be a question: a reply (`to_us`), or talk that names the bot. None: nothing."""
        given = self.answer(words)
        match given.kind:
            case "danger":
                return given
            case "topic":
                return given if (to_us and self.mind.asked.asks(words)) or given.score >= SURELY else None
            case "unknown":
                return given if to_us and self.mind.asked.asks(words) else None
            case _:
                return None

    def danger(self) -> Given:
        """The safeguarding message for places where others read along."""
        safeguarding = self.mind.book.safeguarding
        return Given("danger", self.mind.asked.with_contacts(safeguarding.short or cut(safeguarding.message, IN_A_GROUP)))

    def suggestions(self, words: str) -> list[Given]:
        """What somebody may be about to ask, the likeliest first. Of dangerous words, only what to do."""
        given = self.answer(words)
        if given.kind == "danger":
            return [given]
        if given.kind == "empty":
            return [self._of(topic) for topic in self.most_asked()]
        found = self.mind.asked.finder.find(words)
        also = [topic for name in (found.topic.also if found.topic else ()) if (topic := self.mind.asked.finder.topic(name))]
        likely = [*([found.topic] if found.topic else ()), *self._begun(words), *found.near, *also]
        return [self._of(topic) for topic in _first(likely)]

    def most_asked(self) -> list[Topic]:
        """The topics that were given most often since the start; then the first of each theme."""
        often = (self.mind.asked.finder.topic(name) for name, _ in self.asked.most_common(MOST_SUGGESTED))
        firsts = {topic.theme: topic for topic in reversed(self.mind.asked.finder.topics)}
        in_order = (firsts[theme] for theme in dict.fromkeys(topic.theme for topic in self.mind.asked.finder.topics))
        return _first([*(topic for topic in often if topic is not None), *in_order])

    def count(self, given: Given) -> None:
        """One more was given."""
        if given.kind == "topic" and given.topic is not None:
            self.asked[given.topic.id] += 1

    def count_pages(self, replies: Iterable[Reply]) -> None:
        """The topics among the replies of a private chat count as well."""
        for one in replies:
            kind, _, topic = one.id.partition(":") if isinstance(one, Card) else ("", "", "")
            if kind == "topic" and topic not in SMALL_TALK:
                self.asked[topic] += 1

    def themes(self) -> list[tuple[str, str]]:
        """Place and title of every theme, as `Pressed("topics", place)` names it."""
        return [(str(place), one) for place, one in enumerate(dict.fromkeys(topic.theme for topic in self.mind.asked.finder.topics))]

    def opened(self, payload: str) -> Pressed | None:
        """The page that a link such as "ask_mou" or "ask_3" opens; None if the link is about something else."""
        start, _, about = payload.partition("_")
        if start != "ask":
            return None
        if self.mind.asked.finder.topic(about) is not None:
            return Pressed("topic", about)
        return Pressed("topics", about if about in dict(self.themes()) else "")

    def _of(self, topic: Topic, score: float = 1.0) -> Given:
        with_contacts = self.mind.asked.with_contacts
        return Given("topic", with_contacts(topic.answer), topic, with_contacts(topic.more), score=score)

    def _begun(self, words: str) -> Iterator[Topic]:
        """Topics in whose title or id every word begins that was typed: somebody is still typing."""
        typed = [word.casefold() for word in _WORD.findall(words)]
        for topic in self.mind.asked.finder.topics if typed else ():
            held = [word.casefold() for word in _WORD.findall(f"{topic.title} {topic.id}")]
            if all(any(word.startswith(one) for word in held) for one in typed):
                yield topic


def cut(text: str, most: int) -> str:
    """The text, cut to at most so many characters: behind a sentence if there is one, else with an ellipsis."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, most + 1) if found.end() <= most]
    return text[: ends[-1]] if ends and ends[-1] > most // 3 else shortened(text[: most + 1], most)


def _first(topics: Iterable[Topic]) -> list[Topic]:
    """The first ten, each once, without small talk."""
    by_id = {topic.id: topic for topic in topics if topic.id not in SMALL_TALK}
    return list(by_id.values())[:MOST_SUGGESTED]
