"""`ask`: a quick question in, its answer out, for scripts; and why it is this one."""

from dataclasses import dataclass, field
from typing import Any

from bot.answers.danger import SAFEGUARDING, Danger
from bot.answers.finder import SURE, Finder
from bot.model.book import Book
from bot.model.memory import Memory
from bot.model.text import fill
from bot.turn.memory import MEMORY

SHOWN_NEAREST = 3


@dataclass(slots=True)
class Asking:
    """Answers quick questions from one book."""

    book: Book
    memory: Memory = MEMORY
    finder: Finder = field(init=False)
    danger: Danger = field(init=False)

    def __post_init__(self) -> None:
        self.finder = Finder(self.book, self.memory)
        self.danger = Danger(self.book, self.memory)

    def topic_of(self, question: str) -> str:
        """The id of the topic that answers a question; "" if none does. Danger comes before everything."""
        if self.danger.in_text(question):
            return SAFEGUARDING
        topic = self.finder.find(question).topic
        return topic.id if topic else ""

    def ask(self, question: str, why: bool = False) -> dict[str, Any]:
        """One document of `ask --json`."""
        document = self._answered(question)
        return {**document, "why": self._why(question, document)} if why else document

    def _answered(self, question: str) -> dict[str, Any]:
        if self.danger.in_text(question):
            message = self._with_contacts(self.book.safeguarding.message)
            return {"question": question, "topic": SAFEGUARDING, "answer": message, "also": [], "score": 1.0}
        found = self.finder.find(question)
        near = [topic.id for topic in found.near]
        if found.topic is None:
            return {"question": question, "topic": None, "answer": None, "also": near, "score": found.score}
        topic = found.topic
        document = {
            "question": question,
            "topic": topic.id,
            "answer": self._with_contacts(topic.answer),
            "also": list(topic.also) or near,
            "score": found.score,
        }
        return {**document, "parent": topic.parent} if topic.parent else document

    def _why(self, question: str, document: dict[str, Any]) -> dict[str, Any]:
        """What the answer rests on: how near topics and themes are (1 is most), and words that stand in no phrasing."""
        weighed = self.finder.weighed(question)
        near = {name: [_near(pair) for pair in getattr(weighed, name)[:SHOWN_NEAREST]] for name in ("topics", "themes")}
        ours = bool(weighed.topics) and (not weighed.themes or weighed.topics[0] >= weighed.themes[0])
        return {
            "danger": document["topic"] == SAFEGUARDING,
            "same": weighed.same or None,
            **near,
            "theme_won": not ours and bool(weighed.themes),
            "never_seen": weighed.unseen,
            "sure_from": SURE,
        }

    def _with_contacts(self, text: str) -> str:
        return fill(text, {f"contact_{one.id}": one.says for one in self.book.contacts})


def _near(pair: tuple[float, str]) -> dict[str, Any]:
    votes, name = pair
    return {"id": name, "nearness": round(votes, 2)}
