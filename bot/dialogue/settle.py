"""Moves a stored conversation onto the book that is live now: renamed ids follow, what no longer fits is put aside."""

from bot.dialogue.asking import Asker
from bot.dialogue.walk import Walk, Walker
from bot.model.book import Book
from bot.model.conversation import Answer, Conversation
from bot.model.dialogue import Question


def settle(walker: Walker, asker: Asker, conversation: Conversation) -> tuple[Conversation, list[str]]:
    """The conversation on this book's revision, and what to tell the person about it (nothing, if nothing was lost)."""
    book = walker.book
    if conversation.revision == book.revision:
        return conversation, []
    dialogue = conversation.dialogue if conversation.dialogue in book.dialogues else book.start
    first_time = not conversation.revision
    renamed = tuple(_renamed(book, answer) for answer in conversation.answers)
    earlier = tuple(_renamed(book, answer) for answer in conversation.earlier)
    moved = conversation._replace(
        dialogue=dialogue,
        revision=book.revision,
        answers=renamed,
        earlier=earlier,
        ticked=None,
        offered=(),
        changing="",
        card="",
    )
    moved, lost = put_aside(walker, moved)
    if first_time or not conversation.answers:
        return moved, []
    asked_again = [answer.question for answer in lost if walker.find(answer.question) is not None]
    if not asked_again:
        return moved, []
    return moved, [asker.phrase("book_changed"), asker.phrase("book_asks_again", questions=names(walker, asked_again))]


def put_aside(walker: Walker, conversation: Conversation) -> tuple[Conversation, tuple[Answer, ...]]:
    """Only answers that count stay; the others are kept aside, and come back as ticks if they are asked for again."""
    walk = walker.walk(conversation.dialogue, conversation.answers)
    reached = set(walk.asked)
    lost = tuple(one for one in conversation.answers if one.question not in reached and not _may_count(walker, walk, one.question))
    if not lost:
        return conversation, ()
    gone = {answer.question for answer in lost}
    kept = tuple(answer for answer in conversation.answers if answer.question not in gone)
    earlier = tuple(answer for answer in conversation.earlier if answer.question not in gone)
    return conversation._replace(answers=kept, earlier=earlier + lost), lost


def _may_count(walker: Walker, walk: Walk, question: str) -> bool:
    """True for an answer further on, which is not reached only because an earlier question is asked first."""
    return bool(walk.at) and walk.at != question and question not in walk.passed and walker.find(question) is not None


def names(walker: Walker, questions: list[str]) -> str:
    """The short names of questions, as a list in quotes."""
    found = [walker.find(question) for question in questions]
    return ", ".join(f'"{question.name}"' for question in found if question)


def _renamed(book: Book, answer: Answer) -> Answer:
    """The answer under the ids it has now, where a question or an option says what it was."""
    question = _now_called(book, answer.question)
    if question is None:
        return answer
    renames = {option.was: option.id for option in question.options if option.was}
    present = {option.id for option in question.options}
    options = tuple(one if one in present else renames.get(one, one) for one in answer.options)
    return answer._replace(question=question.id, options=options)


def _now_called(book: Book, question_id: str) -> Question | None:
    for dialogue in book.dialogues.values():
        if question_id in dialogue.by_id:
            return dialogue.by_id[question_id]
    for dialogue in book.dialogues.values():
        for question in dialogue.questions:
            if question.was == question_id:
                return question
    return None
