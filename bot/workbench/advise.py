"""`advise`: answers in, verdict out, for scripts. The answers are ids, or text as a person would type it into the chat."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.dialogue.step import Engine
from bot.dialogue.understood import Understood
from bot.dialogue.walk import fits, open_options
from bot.guidance.judge import judge
from bot.guidance.score import close_types
from bot.loading.report import did_you_mean
from bot.model.book import Book
from bot.model.condition import Picked
from bot.model.conversation import Answer
from bot.model.dialogue import Question
from bot.model.verdict import Verdict
from bot.workbench.given import WrongAnswers, picked_from, questions_of


@dataclass(slots=True)
class Adviser:
    """Judges answers by one book."""

    book: Book
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = Engine(self.book, partial(close_types, self.book.guide))

    def verdict(self, picked: Picked) -> Verdict:
        """The verdict of picked options. Answers that the interview would not ask for count too: they were given."""
        settle = self.engine.settled(self.book.start)
        settled = settle(picked)
        questions = tuple(question for name, question in questions_of(self.book).items() if name in picked)
        # What would change is only worked out along the way of the interview if the answers lie on that way.
        return judge(self.book.guide, picked, questions, settle if settled == picked else dict)

    def advise(self, mapping: dict[str, Any], typed: bool = False, where: str = "") -> dict[str, Any]:
        """One document of `advise --json`. Raises WrongAnswers."""
        if not typed:
            return self.verdict(picked_from(self.book, mapping, where)).to_json()
        readings = self.understand(mapping, where)
        picked = {name: found.options for name, found in readings.items() if found.options}
        document = self.verdict(picked).to_json()
        document["understood"] = {name: list(found.options) or None for name, found in readings.items()}
        document["maybe"] = {name: list(found.maybe) for name, found in readings.items() if not found.options and found.maybe}
        if unknown := {name: list(found.unknown) for name, found in readings.items() if found.options and found.unknown}:
            document["not_placed"] = unknown
        return document

    def understand(self, mapping: dict[str, Any], where: str = "") -> dict[str, Understood]:
        """What typed answers mean, by question. Free text is not read; it has no options. Raises WrongAnswers."""
        questions = questions_of(self.book)
        slips = [f'{where}"{name}" is not a question.{did_you_mean(str(name), questions)}' for name in mapping if name not in questions]
        if slips:
            raise WrongAnswers(slips)
        readings: dict[str, Understood] = {}
        picked: dict[str, tuple[str, ...]] = {}
        # In the order of the interview: some questions offer what was picked in an earlier one.
        for name, question in questions.items():
            if mapping.get(name) is None or question.kind == "text":
                continue
            found = self._read(question, _as_typed(mapping[name]), picked)
            readings[name] = found
            if found.options:
                picked[name] = found.options
        return readings

    def _read(self, question: Question, text: str, picked: Picked) -> Understood:
        ids = open_options(question, picked) or tuple(option.id for option in question.options)
        options = tuple(option for one in ids if (option := self.engine.asker.option(question, one)) is not None)
        unsure = tuple(option.id for option in options if option.unsure)
        command = self.engine.reader.command(text, free_text=False)
        if command == "unsure":
            return Understood(unsure, clear=bool(unsure), how="unsure")
        if command in ("skip", "back", "new", "stop", "review", "help"):
            return Understood()
        found = self.engine.reader.read(question, options, text, ids)
        if not found.clear and question.kind == "one":
            return Understood(maybe=found.options or found.maybe, unknown=found.unknown)
        if found.options and not fits(question, Answer(question.id, found.options), picked):
            return Understood(maybe=found.options, unknown=found.unknown)
        return found


def _as_typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
