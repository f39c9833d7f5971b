"""Answers as people type them into the chat, understood by the same code."""

from dataclasses import dataclass, field
from typing import Any

from bot.answers.danger import Danger
from bot.dialogue.step import Engine
from bot.dialogue.understood import NOT_UNDERSTOOD, Understood
from bot.dialogue.walk import fits, open_options
from bot.model.condition import Picked
from bot.model.conversation import Answer
from bot.model.dialogue import Question
from bot.workbench.given import WrongAnswers, kind_of, unknown_question

SKIPPED = Understood(clear=True)
"""Clear, and nothing picked: the person would rather not say, or does not know."""
OTHER_COMMANDS = ("back", "new", "stop", "review", "help")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the meaning of each answer, and whether one of them means that somebody may be in danger."""

    readings: dict[str, Understood]
    danger: bool

    def to_json(self) -> dict[str, Any]:
        """The keys that `--typed` adds: null means unclear, an empty list that the question is left out."""
        found = self.readings
        skipped = [name for name, one in found.items() if one.clear and not one.options]
        document: dict[str, Any] = {
            "understood": {name: list(one.options) if one.options or name in skipped else None for name, one in found.items()},
            "maybe": {name: list(one.maybe) for name, one in found.items() if not one.options and one.maybe},
        }
        if unknown := {name: list(one.unknown) for name, one in found.items() if one.options and one.unknown}:
            document["not_placed"] = unknown
        return {**document, "safeguarding": True} if self.danger else document


@dataclass(slots=True)
class Typed:
    """Reads typed answers for one book."""

    engine: Engine
    questions: dict[str, Question]
    _danger: Danger | None = field(default=None)

    def read(self, mapping: dict[str, Any], where: str = "") -> Read:
        """What typed answers mean, by question. Raises WrongAnswers."""
        texts = self._texts(mapping, where)
        readings: dict[str, Understood] = {}
        picked: dict[str, tuple[str, ...]] = {}
        danger = False
        # In the order of the interview: some questions offer what was picked in an earlier one.
        for name, question in self.questions.items():
            if name not in texts:
                continue
            alarming = self._is_danger(texts[name])
            danger = danger or alarming
            if question.kind == "text":
                continue
            # As in the chat, a message that means danger is not taken for an answer.
            found = NOT_UNDERSTOOD if alarming else self._read(question, texts[name], picked)
            readings[name] = found
            if found.options:
                picked[name] = found.options
        return Read(readings, danger)

    def _is_danger(self, text: str) -> bool:
        if self._danger is None:
            self._danger = Danger(self.engine.book, self.engine.memory)
        return self._danger.in_text(text)

    def _texts(self, mapping: dict[str, Any], where: str) -> dict[str, str]:
        slips: list[str] = []
        texts: dict[str, str] = {}
        for name, value in mapping.items():
            items = value if isinstance(value, list) else [value]
            wrong = [one for one in items if not isinstance(one, str | int | float | None)]
            if name not in self.questions:
                slips.append(f"{where}{unknown_question(str(name), self.questions)}")
            elif wrong:
                slips.append(f'{where}"{name}": with --typed every answer is a text, as people say it; found {kind_of(wrong[0])}.')
            elif value is not None:
                texts[name] = ", ".join(_in_words(one) for one in items if one is not None)
        if slips:
            raise WrongAnswers(slips)
        return texts

    def _read(self, question: Question, text: str, picked: Picked) -> Understood:
        ids = open_options(question, picked) or tuple(option.id for option in question.options)
        options = tuple(option for one in ids if (option := self.engine.asker.option(question, one)) is not None)
        unsure = tuple(option.id for option in options if option.unsure)
        command = self.engine.reader.command(text, free_text=False)
        if command in OTHER_COMMANDS:
            return NOT_UNDERSTOOD
        found = NOT_UNDERSTOOD if command in ("skip", "unsure") else self.engine.reader.read(question, options, text, ids)
        if command == "skip" or (not unsure and "unsure" in (command, found.how)):
            return SKIPPED if question.may_skip else NOT_UNDERSTOOD
        if "unsure" in (command, found.how):
            return Understood(unsure, clear=True, how="unsure")
        if not found.clear and question.kind == "one":
            return Understood(maybe=found.options or found.maybe, unknown=found.unknown)
        if found.options and not fits(question, Answer(question.id, found.options), picked):
            return Understood(maybe=found.options, unknown=found.unknown)
        return found


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
