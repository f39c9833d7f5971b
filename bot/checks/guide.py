"""Can every type be reached, and has every partner a sheet?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding


def find(book: Book) -> Iterator[Finding]:
    """D331: a type that no reason speaks for. D332: a partner without a sheet."""
    speaking = {type_id for reason in book.guide.reasons for type_id, points in reason.points.items() if points > 0}
    for one in book.guide.types:
        if one.id not in speaking:
            message = f'Nothing speaks for the type "{one.id}", so it is never the result. Give it points in a reason.'
            yield Finding("D331", "warning", one.place, message, width=len(one.id))
    with_sheet = {option for sheet in book.guide.sheets for option in sheet.options}
    questions = {question.id: question for dialogue in book.dialogues.values() for question in dialogue.questions}
    if not book.guide.sheets:
        return
    told = set[str]()
    for name in book.guide.partner_questions:
        for option in questions[name].options if name in questions else ():
            if option.id not in with_sheet and not option.alone and option.id not in told:
                told.add(option.id)
                message = f'There is no sheet for the partner "{option.id}", so people get no tips for it. Add one in sheets/.'
                yield Finding("D332", "warning", option.place, message, width=len(option.id))
