"""Can every type be reached, has every partner a sheet, and does it count in the profile?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.condition import Facts, questions_in
from bot.model.dialogue import Question
from bot.model.finding import Finding
from bot.model.guide import Dimension
from bot.model.place import Place


def find(book: Book) -> Iterator[Finding]:
    """D220: no reasons at all. D331: a type that no reason speaks for. D332: a partner without a sheet. D333: one without a sector."""
    if book.guide.types and not book.guide.reasons:
        judges = any(dialogue.verdict for dialogue in book.dialogues.values())
        message = "There is no file with reasons, so no type is ever the result. Did you delete or rename reasons.yaml?"
        yield Finding("D220", "error" if judges else "warning", Place(book.folder), message)
        return
    yield from _silent(book)
    questions = {question.id: question for dialogue in book.dialogues.values() for question in dialogue.questions}
    partners = [questions[name] for name in book.guide.partner_questions if name in questions]
    yield from _without_sheet(book, partners)
    for dimension in book.guide.dimensions:
        yield from _without_value(dimension, partners)


def _silent(book: Book) -> Iterator[Finding]:
    speaking = {type_id for reason in book.guide.reasons for type_id, points in reason.points.items() if points > 0}
    for one in book.guide.types:
        if one.id not in speaking:
            message = f'Nothing speaks for the type "{one.id}", so it is never the result. Give it points in a reason.'
            yield Finding("D331", "warning", one.place, message, width=len(one.id))


def _without_sheet(book: Book, partners: list[Question]) -> Iterator[Finding]:
    with_sheet = {option for sheet in book.guide.sheets for option in sheet.options}
    options = {option.id: option for question in reversed(partners) for option in question.options if not option.alone}
    for option in options.values() if book.guide.sheets else ():
        if option.id not in with_sheet:
            message = f'There is no sheet for the partner "{option.id}", so people get no tips for it. Add one in sheets/.'
            yield Finding("D332", "warning", option.place, message, width=len(option.id))


def _without_value(dimension: Dimension, partners: list[Question]) -> Iterator[Finding]:
    """Partners that count for no value of a line of the profile which is about partners and nothing else."""
    asked = {name for value in dimension.values for name in questions_in(value.condition)}
    for question in partners if dimension.several else ():
        for option in question.options if asked == {question.id} else ():
            facts = Facts({question.id: (option.id,)})
            conditions = (dimension.fits_none, *(value.condition for value in dimension.values))
            if not option.alone and not option.unsure and not any(one.holds(facts) for one in conditions):
                message = (
                    f'The partner "{option.id}" counts for none of "{dimension.name}". Add it to the "if" of the one that fits, or to '
                )
                yield Finding("D333", "warning", dimension.place, message + '"fits none".', width=len(dimension.id))
