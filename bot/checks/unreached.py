"""Is there a question that no way leads to?"""

from collections.abc import Iterator

from bot.checks.graph import reached_from
from bot.model.book import Book
from bot.model.finding import Finding


def find(book: Book) -> Iterator[Finding]:
    """D301: a question that is never asked, because every rule goes round it."""
    for dialogue in book.dialogues.values():
        reached = reached_from(dialogue, dialogue.questions[0].id) if dialogue.questions else set()
        for question in dialogue.questions:
            if question.id not in reached:
                message = f'Question "{question.id}" is never asked: no other question goes to it. Change a "next", or take it out.'
                yield Finding("D301", "warning", question.place, message, width=len(question.id))
