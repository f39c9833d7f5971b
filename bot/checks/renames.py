"""Does every `was` name an id that is gone?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.dialogue import Option, Question
from bot.model.finding import Finding


def find(book: Book) -> Iterator[Finding]:
    """D306: `was` names an id that is still there, or one that something else had, too. Old answers could not find their way."""
    questions = [question for dialogue in book.dialogues.values() for question in dialogue.questions]
    yield from _still_there("question", questions)
    for question in questions:
        yield from _still_there("option", question.options)


def _still_there(what: str, those: list[Question] | tuple[Option, ...]) -> Iterator[Finding]:
    now, taken = {one.id for one in those}, dict[str, str]()
    for one in those:
        if not one.was:
            continue
        if one.was in now:
            message = f'"was" of "{one.id}" says "{one.was}", but there still is {"an" if what == "option" else "a"} {what} "{one.was}".'
            yield Finding("D306", "error", one.place, f"{message} Take the line away.", width=len(one.id))
        elif one.was in taken:
            message = f'"was" says "{one.was}" for both "{taken[one.was]}" and "{one.id}". Only one of them can get the old answers.'
            yield Finding("D306", "error", one.place, message, width=len(one.id))
        taken.setdefault(one.was, one.id)
