"""Does a condition, or a borrowed choice, rest on a question that cannot have been asked yet, or not in that way?"""

from collections.abc import Iterator

from bot.checks.graph import targets
from bot.model.book import Book
from bot.model.condition import questions_in
from bot.model.dialogue import Dialogue, Question
from bot.model.finding import Finding


def find(book: Book) -> Iterator[Finding]:
    """D304: a condition over a question that always comes later, so that it can never hold. D305: nothing was ticked there."""
    for dialogue in book.dialogues.values():
        named = {name: place for place, name in enumerate(_asked_about(dialogue), 1)}
        before = _before(dialogue, named)
        for question in dialogue.questions:
            if question.options_from and not _ticked(book, question.options_from):
                message = (
                    f'"choose from" of "{question.id}" needs a question where people tick several, and "{question.options_from}" is none.'
                )
                yield Finding("D305", "error", question.place, message, width=len(question.id))
            asks = [(question.id, name, "only if") for name in questions_in(question.only_if)]
            asks += [(question.id, name, "next") for rule in question.rules for name in questions_in(rule.condition)]
            if question.options_from:
                asks.append((question.id, question.options_from, "choose from"))
            for here, name, key in dict.fromkeys(asks):
                earlier = before[here] >> named.get(name, 0) & 1 or name not in dialogue.by_id or (key == "next" and name == here)
                if not earlier:
                    message = f'"{key}" of "{here}" asks about "{name}", but "{name}" is never asked before it.'
                    yield Finding("D304", "warning", question.place, message, width=len(here))


def _ticked(book: Book, question_id: str) -> bool:
    """True if it is a choose-many question."""
    return any(one.by_id[question_id].kind == "many" for one in book.dialogues.values() if question_id in one.by_id)


def _before(dialogue: Dialogue, named: dict[str, int]) -> dict[str, int]:
    """Question → the named questions that can come before it, as the bits of a number: sets would take minutes for long dialogues.

    Rules only lead onwards in a sound dialogue, so one pass in file order finds nearly all; circles are reported elsewhere.
    """
    before = dict.fromkeys(dialogue.by_id, 0)
    for _ in range(2):
        for question in dialogue.questions:
            carried = before[question.id] | (1 << named[question.id] if question.id in named else 0)
            for target in targets(dialogue, question):
                if target in before:
                    before[target] |= carried
    return before


def _asked_about(dialogue: Dialogue) -> set[str]:
    """The questions some condition asks about: only these need to be carried along."""
    return {name for question in dialogue.questions for name in _names(question)}


def _names(question: Question) -> list[str]:
    names = [*questions_in(question.only_if), question.options_from]
    return names + [name for rule in question.rules for name in questions_in(rule.condition)]
