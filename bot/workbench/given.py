"""Answers from a file, held against the questions of a book: what does not fit is a finding with a suggestion."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.loading.guard import text_of
from bot.loading.nodes import Map, Seq, tree_or_list
from bot.loading.report import Report, did_you_mean
from bot.model.book import Book
from bot.model.condition import Picked
from bot.model.dialogue import Question
from bot.model.limits import FILE_BYTES

MOST_MAPPINGS = 50_000


class WrongAnswers(Exception):
    """The file cannot be used. `lines` say why, one slip each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("; ".join(self.lines))


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """The mappings of a file; `listed` is true if it was a list of them."""

    mappings: list[dict[str, Any]]
    listed: bool


def read_answers(path: Path) -> AnswersFile:
    """The mappings in a YAML or JSON file. Raises WrongAnswers if it cannot be read or holds something else."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= FILE_BYTES else b""
    except OSError as slip:
        raise WrongAnswers([f"{path}: cannot be read ({slip.strerror or type(slip).__name__})."]) from None
    if size > FILE_BYTES:
        raise WrongAnswers([f"{path}: the file is larger than {FILE_BYTES // 1024} KB."])
    plain = _from_json(path, content) if path.suffix.lower() == ".json" else _from_yaml(path, content)
    listed = isinstance(plain, list)
    mappings = plain if isinstance(plain, list) else [plain]
    if not all(isinstance(one, dict) for one in mappings):
        raise WrongAnswers([f"{path}: expected one mapping from question to answer, or a list of such mappings."])
    return AnswersFile(mappings, listed)


def _from_json(path: Path, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as slip:
        raise WrongAnswers([f"{path}: not JSON: {slip}"]) from None


def _from_yaml(path: Path, content: bytes) -> Any:
    report = Report()
    text = text_of(str(path), content, report)
    tree = None if text is None else tree_or_list(str(path), text, report, list_length=MOST_MAPPINGS)
    if tree is None or report.findings:
        raise WrongAnswers(str(one) for one in report.findings)
    return _plain(tree)


def _plain(node: object) -> Any:
    if isinstance(node, Map):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [_plain(value) for value in node]
    return None if node in ("null", "~", "") else str(node)


def questions_of(book: Book) -> dict[str, Question]:
    """Every question of the book that is asked, by id."""
    return {question.id: question for dialogue in book.dialogues.values() for question in dialogue.questions if question.kind != "call"}


def picked_from(book: Book, mapping: dict[str, Any], where: str = "") -> Picked:
    """The options a mapping of ids picks. Raises WrongAnswers with everything that does not fit, and what was probably meant."""
    questions = questions_of(book)
    slips: list[str] = []
    picked: dict[str, tuple[str, ...]] = {}
    for name, value in mapping.items():
        question = questions.get(str(name))
        if question is None:
            slips.append(f'"{name}" is not a question.{did_you_mean(str(name), questions)}')
        elif question.kind == "text" and not isinstance(value, str | None):
            slips.append(f'"{name}" is answered in people\'s own words: write one text, not a list or keys.')
        elif value is not None and question.kind != "text":
            options = _options(value)
            problem = _problem(question, options, questions, mapping)
            if problem:
                slips.append(problem)
            elif options:
                picked[question.id] = options
    if slips:
        raise WrongAnswers(f"{where}{slip}" for slip in slips)
    return picked


def _options(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    words = {True: "yes", False: "no"}
    return tuple(dict.fromkeys(words.get(one, str(one)) if isinstance(one, bool) else str(one) for one in listed))


def _problem(question: Question, options: tuple[str, ...], questions: dict[str, Question], mapping: dict[str, Any]) -> str:
    borrowed = questions.get(question.options_from)
    known = {option.id: option for option in (borrowed or question).options}
    for one in options:
        if one not in known:
            return f'"{one}" is not an option of "{question.id}".{did_you_mean(one, known)} It has: {", ".join(known)}.'
    if borrowed and borrowed.id in mapping and not set(options) <= set(_options(mapping[borrowed.id])):
        return f'"{question.id}" picks {", ".join(options)}, which "{borrowed.id}" does not.'
    alone = [one for one in options if known[one].alone]
    if alone and len(options) > 1:
        return f'"{alone[0]}" of "{question.id}" cannot be picked together with others.'
    most = 1 if question.kind == "one" else question.at_most
    if len(options) > most:
        return f'"{question.id}" takes at most {most}, and {len(options)} are given.'
    return ""
