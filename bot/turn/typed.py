"""What somebody means who types in private: a question, what follows one, thanks; or (None) an answer to the question before them.

Below an answer to a quick question, or before anything was asked of them, people ask on: what they type is read as that
first, and never as the answer to a question that they have not seen.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.dialogue.step import Engine
from bot.model.conversation import Conversation
from bot.model.dialogue import Question
from bot.model.event import Event, Pressed
from bot.model.reply import Reply
from bot.model.topic import Topic
from bot.turn.asked import SURE_OF_A_STATEMENT, Asked, Heard, asked_in

READING = ("topic", "topics", "ask", "more", "few", "foreign", "else", "welcome", "not_understood", "over")
"""Pages of somebody who asks, and is not being asked."""
SURELY = 0.95
"""Where people answer in their own words, a question must be this much like one of ours to be taken for one."""
FEW_WORDS = 3
"""A text of more words that only point at something may still be an answer, if it does not end with a question mark."""
OF_A_QUESTION = ("back", "skip", "unsure", "why", "done", "keep", "all")
"""Commands that mean the question before one."""
_WISH = re.compile(
    r"^\s*(?:how (?:can|could|do|should|would|might|to)|(?:where |who |what )?(?:can|could)|is there)\b(?! (?:i|you)\b)", re.IGNORECASE
)
"""Begins like a question, and says what people want to make better: "How can we make the streets safer?"."""


class Meant(NamedTuple):
    """What is said first, and what then happens to the conversation. `noted` is said above the question one goes back to."""

    replies: tuple[Reply, ...]
    event: Event
    noted: str = ""


@dataclass(slots=True)
class Typed:
    """Reads what is typed, by where the conversation is."""

    engine: Engine
    asked: Asked

    def read(self, conversation: Conversation, text: str) -> Meant | None:
        """What a text means besides an answer; None if it may be one, or a command."""
        reading = not conversation.has_begun or conversation.card.partition(":")[0] in READING
        last, remarks = self.last(conversation), self.engine.reader.remarks
        question = self.engine.moving.question(conversation)
        if (words := asked_in(text)) is not None:
            return self._asked(self.asked.heard(words, last) if words else None, reading)
        if text.startswith("/") or not text.strip():
            return None
        if reading and last is not None and remarks.again(text):
            return Meant((), Pressed("more", last.id))
        free = not reading and question is not None and question.kind == "text"
        if command := self.engine.reader.command(text, free_text=free):
            return None if conversation.has_begun or command not in OF_A_QUESTION else Meant((), Pressed("go_on"))
        if conversation.stopped:  # what they ask is answered; anything else goes on where they were
            asks = not conversation.has_begun or self.asked.asks(text)
            return self._reading(conversation, question, text, last) if asks else None
        return self._reading(conversation, question, text, last) if reading else self._before(question, text, last)

    def last(self, conversation: Conversation) -> Topic | None:
        """The quick answer that was read last, if it may still be meant."""
        kind, _, about = conversation.card.partition(":")
        name = conversation.topic or (about if kind in ("topic", "more") else "")
        return self.asked.finder.topic(name) if name else None

    def _asked(self, heard: Heard | None, reading: bool) -> Meant:
        """The answer to a question: as the page that is open while somebody reads, or above the question they are at."""
        topic = heard.topic.id if heard is not None and heard.topic is not None else ""
        if heard is None:
            return Meant((), Pressed("topics")) if reading else Meant((self.asked.topics(""),), Pressed("go_on"))
        if not reading:
            return Meant((self.asked.page(heard),), Pressed("go_on"))
        if heard.kind == "unknown":
            return Meant((self.asked.unknown(heard.near),), Pressed("else"))
        return Meant((), Pressed(heard.kind, topic))

    def _reading(self, conversation: Conversation, question: Question | None, text: str, last: Topic | None) -> Meant | None:
        """Somebody asks on, or says something to what they read."""
        kind = self.engine.reader.remarks.kind(text)
        if kind == "thanks" or (kind == "nod" and not conversation.has_begun):
            return Meant((), Pressed("welcome"))
        if kind:
            return Meant((), Pressed("go_on" if conversation.has_begun else self._to_begin(conversation)))
        heard = self.asked.heard(text, last)
        if self.asked.asks(text) or heard.kind == "more" or (heard.kind == "topic" and heard.score >= SURE_OF_A_STATEMENT):
            return self._asked(heard, reading=True)
        if not conversation.has_begun:
            return Meant((), Pressed("foreign" if heard.kind == "foreign" else self._to_begin(conversation)))
        if question is not None and question.kind == "text":
            return Meant((), Pressed("go_on"), self.engine.asker.phrase("was_that_an_answer"))
        return None

    @staticmethod
    def _to_begin(conversation: Conversation) -> str:
        """Whoever says something, and asks nothing, is greeted; or, if they have read something here, hears how to go on."""
        return "not_understood" if conversation.turn else "start"

    def _before(self, question: Question | None, text: str, last: Topic | None) -> Meant | None:
        """Somebody has a question before them, or a result. Their text is a quick question if it looks like one, and is surely ours."""
        remarks, asks = self.engine.reader.remarks, self.asked.asks(text)
        about = bool(remarks.about(text))
        if remarks.kind(text):
            return None
        if last is not None and remarks.again(text):
            return self._asked(self.asked.heard(text, last), reading=False)
        free = question is not None and question.kind == "text"
        if (question is not None and not asks and not about) or (free and not about and _WISH.search(text)):
            return None
        heard = self.asked.heard(text, last)
        if question is not None and last is None and not about and heard.kind == "few":
            return Meant((), Pressed("why")) if text.rstrip().endswith("?") or len(text.split()) <= FEW_WORDS else None
        if question is not None and last is None and not about and self._is_unsure_answer(text):
            return None
        if not self._is_sure(heard, question, asks, about):
            return None
        return self._asked(heard, reading=False)

    def _is_unsure_answer(self, text: str) -> bool:
        """True for "the school?": nothing but a subject, and asked by nothing but the mark behind it."""
        return not self.asked.asks(text.rstrip("?! ")) and self.asked.finder.is_subject(text)

    def _is_sure(self, heard: Heard, question: Question | None, asks: bool, about: bool) -> bool:
        if heard.kind in ("few", "more"):
            return asks or about
        if heard.kind != "topic":
            return about or (question is None and asks)
        if question is None:
            return asks or heard.score >= SURE_OF_A_STATEMENT
        return about or (heard.score >= SURELY if question.kind == "text" else heard.score > SURE_OF_A_STATEMENT)
