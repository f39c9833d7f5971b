"""Quick questions outside of a conversation: in groups, in inline mode, from chats the bot is no member of. Nothing is kept.

How often a topic was given is counted in memory, without who asked: the most asked stand first where nothing was typed yet.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.model.event import Pressed
from bot.model.reply import Card, Reply
from bot.model.text import shortened
from bot.model.topic import Topic
from bot.turn.asked import SMALL_TALK
from bot.turn.mind import Mind

Kind = Literal["danger", "topic", "more", "talk", "few", "foreign", "unknown", "empty", "board"]

SURELY = 0.8
"""What people say in passing must be this much like one of our questions to be taken for one."""
IN_A_GROUP = 600
MOST_SUGGESTED = 10
DOING = ("forget", "privacy", "export", "language", "review", "stop")
"""What people ask of the bot for themselves, and a link can do for them in private."""
BOARDS = (
    *("round_title", "round_closed_board", "round_closed_few_board", "round_result_title", "round_title_few", "round_last_title"),
    *("together_title", "together_stopped", "together_done", "verdict_title", "verdict_not_yet_title", "cannot_tell_title", "tell_text"),
)
"""Phrases that messages about what a group finds out together begin with."""
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
    def whole(self) -> str:
        """The text with the rest of the answer, as far as there is room."""
        return cut(f"{self.text}\n\n{self.more}".rstrip(), IN_A_GROUP)

    @property
    def has_more(self) -> bool:
        """True if there is more to read in private."""
        return bool(self.more) or len(self.text) > IN_A_GROUP


@dataclass(slots=True)
class Quick:
    """Answers quick questions from the words alone."""

    mind: Mind
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, words: str, below: str = "") -> Given:
        """What to say to these words, which may stand below a message of ours. Danger comes before everything else."""
        words = words.strip()
        if self.mind.danger.in_text(words):
            return self.danger()
        if not any(letter.isalnum() for letter in words):
            return Given("empty")
        heard = self.mind.asked.heard(words, self._answered_in(below))
        topic = heard.topic
        if heard.kind in ("topic", "more") and topic is not None and topic.id not in SMALL_TALK:
            return replace(self._of(topic, heard.score), kind=heard.kind, near=heard.near)
        return Given("talk" if heard.kind == "topic" else heard.kind, topic=topic, near=heard.near, score=heard.score)

    def in_passing(self, words: str) -> Given | None:
        """What to say to talk that names the bot in its midst: an answer if it is surely a question. None: nothing."""
        given = self.answer(words)
        sure = given.kind == "topic" and given.score >= SURELY and self.mind.asked.asks(words)
        return given if sure or given.kind == "danger" else None

    def in_reply(self, words: str, below: str, aside: bool = False) -> Given | None:
        """What to say to a reply to us, where people also talk with each other. None: nothing. `aside`: it names another member."""
        given, asked, remarks = self.answer(words, below), self.mind.asked, self.mind.asked.remarks
        if given.kind == "danger":
            return given
        name = remarks.named(words)
        if aside or remarks.kind(words) or (name and asked.finder.find(name).topic is None):
            return None
        if remarks.is_plan(words) and given.score < SURELY:
            return None
        if not (asked.asks(words) or remarks.about(words) or remarks.again(words)):
            return given if given.kind == "topic" and given.score >= SURELY else None
        return Given("board") if given.kind in ("few", "unknown") and self._is_board(below) else _if_worth_it(given)

    def _answered_in(self, below: str) -> Topic | None:
        """The topic that a message of ours answered, as its title says; of several the last."""
        lines = [line.strip() for line in below.splitlines()]
        return max((one for one in self.mind.book.topics if one.title in lines), key=lambda one: lines.index(one.title), default=None)

    def _is_board(self, below: str) -> bool:
        """True for a message about what a group finds out together. It is known by its title, up to what is filled in there."""
        titles = (self.mind.engine.asker.phrase(name).partition("{")[0] for name in BOARDS)
        return any(below.startswith(title) for title in titles if title)

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
        also = self.mind.asked.near(given.topic) if given.topic else []
        likely = [*([given.topic] if given.topic else ()), *self._begun(words), *given.near, *also]
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

    def opened(self, payload: str) -> Pressed | None:
        """What a link such as "ask_mou", "ask_3" or "do_forget" opens; None if it is about something else. It erases nothing by itself."""
        start, _, about = payload.partition("_")
        if start == "do" and about in DOING and not self.mind.engine.moving.names_a_dialogue(payload):
            return Pressed(about)
        if start != "ask":
            return None
        if self.mind.asked.finder.topic(about) is not None:
            return Pressed("topic", about)
        return Pressed("topics", about if about in self.mind.asked.themes() else "")

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


def _if_worth_it(given: Given) -> Given | None:
    """Small talk below a message of ours needs no answer."""
    return None if given.kind in ("talk", "empty") else given


def _first(topics: Iterable[Topic]) -> list[Topic]:
    """The first ten, each once, without small talk."""
    by_id = {topic.id: topic for topic in topics if topic.id not in SMALL_TALK}
    return list(by_id.values())[:MOST_SUGGESTED]
