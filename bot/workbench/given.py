"""Answers given as ids, held against the questions of a book: what does not fit is named, with what was probably meant."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.loading.report import did_you_mean
from bot.model.book import Book
from bot.model.condition import Picked
from bot.model.dialogue import Option, Question

TYPED_HINT = " To write answers as people say them, use --typed."


class WrongAnswers(Exception):
    """The file cannot be used. `lines` say why, one slip each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("; ".join(self.lines))


def kind_of(value: Any) -> str:
    """What something is, for people who do not program."""
    match value:
        case dict():
            return "keys with values below them"
        case list():
            return "a list"
        case None:
            return "nothing"
        case bool() | int() | float():
            return "a number" if not isinstance(value, bool) else "yes or no"
        case _:
            return "a text"


def questions_of(book: Book) -> dict[str, Question]:
    """Every question of the book that is asked, by id."""
    return {question.id: question for dialogue in book.dialogues.values() for question in dialogue.questions if question.kind != "call"}


def mapping_of(value: Any, where: str) -> dict[str, Any]:
    """The value, if it is a mapping. Raises WrongAnswers."""
    if not isinstance(value, dict):
        raise WrongAnswers([f"{where}expected one mapping from question to answer, or a list of such mappings; found {kind_of(value)}."])
    return value


def unknown_question(name: str, questions: dict[str, Question]) -> str:
    """What to say about an id that is no question."""
    return f'"{name}" is not a question.{did_you_mean(_as_id(name), questions)}'


def picked_from(book: Book, mapping: dict[str, Any], where: str = "") -> Picked:
    """The options a mapping of ids picks. Raises WrongAnswers with everything that does not fit, and what was probably meant."""
    questions = questions_of(book)
    slips: list[str] = []
    picked: dict[str, tuple[str, ...]] = {}
    for name, value in mapping.items():
        question = questions.get(str(name))
        if question is None:
            slips.append(unknown_question(str(name), questions))
        elif question.kind == "text":
            if not isinstance(value, str | None):
                slips.append(f'"{name}" is answered in people\'s own words: write one text, not {kind_of(value)}.')
        elif value is not None:
            found = list(_problems(question, value, questions, mapping))
            slips += found
            if not found and (options := _options(value)):
                picked[question.id] = options
    if slips:
        raise WrongAnswers(f"{where}{slip}" for slip in slips)
    return picked


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _options(value: Any) -> tuple[str, ...]:
    """The options named; what is no plain word is left out, for it was reported."""
    words = {True: "yes", False: "no"}
    plain = (one for one in _listed(value) if isinstance(one, str | int | float))
    return tuple(dict.fromkeys(words[one] if isinstance(one, bool) else str(one) for one in plain))


def _problems(question: Question, value: Any, questions: dict[str, Question], mapping: dict[str, Any]) -> Iterator[str]:
    """Everything that is wrong with the answer to one question."""
    items = _listed(value)
    borrowed = questions.get(question.options_from)
    known = {option.id: option for option in (borrowed or question).options}
    unknown = False
    for number, one in enumerate(items, 1):
        here = f' (number {number} of the list of "{question.id}")' if len(items) > 1 else ""
        if not isinstance(one, str | int | float):
            unknown = True
            yield f'"{question.id}" is answered with the id of an option, or a list of ids; found {kind_of(one)}{here}.'
        elif (option := _options(one)[0]) not in known:
            unknown = True
            yield f'"{option}"{here} is not an option of "{question.id}".{_meant(option, known)} It has: {", ".join(known)}.'
    options = _options(value)
    alone = [one for one in options if one in known and known[one].alone]
    most = 1 if question.kind == "one" else question.at_most
    if alone and len(options) > 1:
        yield f'"{alone[0]}" of "{question.id}" cannot be picked together with others.'
    elif len(options) > most:
        yield f'"{question.id}" takes at most {most}, and {len(options)} are given.'
    elif borrowed and not unknown:
        yield from _not_picked_there(question, borrowed, options, mapping.get(borrowed.id))


def _not_picked_there(question: Question, borrowed: Question, options: Sequence[str], there: Any) -> Iterator[str]:
    """A choice that has to be one of those made at an earlier question."""
    if there is not None and not set(options) <= set(_options(there)):
        yield f'"{question.id}" picks {", ".join(options)}, which "{borrowed.id}" does not.'


def _meant(option: str, known: dict[str, Option]) -> str:
    """What was probably meant: an id in other letters, the id of a label, or one that looks alike."""
    like = _as_id(option)
    same = like if like in known else next((one.id for one in known.values() if _as_id(one.label) == like), "")
    if not same:
        return did_you_mean(like, known) + (TYPED_HINT if " " in option.strip() else "")
    return f' Did you mean "{same}"?{TYPED_HINT}'


def _as_id(words: str) -> str:
    """The words in the letters of an id."""
    kept = "".join(letter if letter.isalnum() else " " for letter in words.casefold())
    return "_".join(kept.split())
