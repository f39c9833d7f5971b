"""`advise`: answers in, verdict out, for scripts. The answers are ids, or text as a person would type it into the chat."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.dialogue.step import Engine
from bot.dialogue.understood import Understood
from bot.guidance.judge import judge
from bot.guidance.score import close_types
from bot.model.book import Book
from bot.model.condition import Picked, questions_in
from bot.model.dialogue import Question
from bot.model.verdict import Verdict
from bot.turn.memory import MEMORY
from bot.workbench.given import mapping_of, picked_from, questions_of
from bot.workbench.typed import Typed


@dataclass(slots=True)
class Adviser:
    """Judges answers by one book."""

    book: Book
    engine: Engine = field(init=False)
    typed: Typed = field(init=False)
    questions: dict[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        self.engine = Engine(self.book, partial(close_types, self.book.guide), MEMORY)
        self.questions = questions_of(self.book)
        self.typed = Typed(self.engine, self.questions)

    def verdict(self, picked: Picked) -> Verdict:
        """The verdict of picked options."""
        questions = tuple(question for name, question in self.questions.items() if name in picked)
        return judge(self.book.guide, picked, questions, self.counted)

    def counted(self, picked: Picked) -> Picked:
        """The answers that count: those on the way of the interview, in its order.

        An answer also counts if the question that leads to it was not answered: nothing says it would not be asked.
        """
        settled = self.engine.settled(self.book.start)(picked)
        open_still = {name for name in picked if any(one not in picked for one in questions_in(self.questions[name].only_if))}
        return {name: picked[name] for name in self.questions if name in settled or name in open_still}

    def advise(self, entry: Any, typed: bool = False, where: str = "") -> dict[str, Any]:
        """One document of `advise --json`. Raises WrongAnswers."""
        mapping = mapping_of(entry, where)
        if not typed:
            return self._document(picked_from(self.book, mapping, where))
        read = self.typed.read(mapping, where)
        picked = {name: found.options for name, found in read.readings.items() if found.options}
        return {**self._document(picked), **read.to_json()}

    def understand(self, mapping: dict[str, Any], where: str = "") -> dict[str, Understood]:
        """What typed answers mean, by question. Free text is not read; it has no options. Raises WrongAnswers."""
        return self.typed.read(mapping, where).readings

    def _document(self, picked: Picked) -> dict[str, Any]:
        document = self.verdict(picked).to_json()
        counted = self.counted(picked)
        ignored = [name for name in self.questions if name in picked and name not in counted]
        return {**document, "ignored": ignored} if ignored else document
