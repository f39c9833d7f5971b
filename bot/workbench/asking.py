"""`ask`: a quick question in, its answer out, for scripts."""

from dataclasses import dataclass, field
from typing import Any

from bot.answers.danger import SAFEGUARDING, Danger
from bot.answers.finder import Finder
from bot.model.book import Book
from bot.model.memory import Memory
from bot.model.text import fill
from bot.turn.memory import MEMORY


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

    def ask(self, question: str) -> dict[str, Any]:
        """One document of `ask --json`."""
        if self.danger.in_text(question):
            message = self._with_contacts(self.book.safeguarding.message)
            return {"question": question, "topic": SAFEGUARDING, "answer": message, "also": [], "score": 1.0}
        found = self.finder.find(question)
        near = [topic.id for topic in found.near]
        if found.topic is None:
            return {"question": question, "topic": None, "answer": None, "also": near, "score": found.score}
        topic = found.topic
        also = list(dict.fromkeys([*topic.also, *near]))
        document = {
            "question": question,
            "topic": topic.id,
            "answer": self._with_contacts(topic.answer),
            "also": also,
            "score": found.score,
        }
        return {**document, "parent": topic.parent} if topic.parent else document

    def _with_contacts(self, text: str) -> str:
        return fill(text, {f"contact_{one.id}": one.says for one in self.book.contacts})
