"""A verdict on answers in a file, and quick answers."""

import argparse
import json
import sys
from typing import Any

from bot.commands.common import Leave, book_of, opened, patience_asked

LEARNING = "One moment, I am learning how people ask. This is only done once."


def advise(given: argparse.Namespace) -> int:
    """Say what kind of partnership these answers describe."""
    from bot.workbench.advise import Adviser
    from bot.workbench.answers_file import read_answers
    from bot.workbench.given import WrongAnswers
    from bot.workbench.telling import told

    adviser = Adviser(book_of(opened(with_tests=False)))
    slips: list[str] = []
    documents: list[dict[str, Any]] = []
    try:
        answers = read_answers(given.file)
    except WrongAnswers as wrong:
        raise Leave("\n".join(wrong.lines), 1) from None
    for number, entry in enumerate(answers.entries, 1):
        try:
            where = f"{given.file}, number {number}: " if answers.listed else f"{given.file}: "
            documents.append(adviser.advise(entry, given.typed, where))
        except WrongAnswers as wrong:
            slips += wrong.lines
    if slips:
        raise Leave("\n".join(slips), 1)
    if given.json:
        print(json.dumps(documents if answers.listed else documents[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(told(document, adviser.book) for document in documents))
    return 0


def ask(given: argparse.Namespace) -> int:
    """Answer a quick question."""
    from bot.workbench.asking import Asking
    from bot.workbench.questions_file import CannotRead, read_questions
    from bot.workbench.telling import answered

    if (given.words is None) == (given.file is None):
        raise Leave('Give a question in quotes, or --file FILE. Example: partnership-bot ask "what is an MoU?"', 2)
    asking = Asking(book_of(opened(with_tests=False)))
    if given.file is None:
        with patience_asked(LEARNING, sys.stderr):
            documents = [asking.ask(given.words, given.why)]
    else:
        try:
            questions = read_questions(given.file, asking.book.phrases["box_head_question"])
        except CannotRead as slip:
            raise Leave(str(slip), 1) from None
        with patience_asked(LEARNING, sys.stderr):
            documents = [asking.ask(question, given.why) for question in questions]
    if given.json:
        print(json.dumps(documents if given.file else documents[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(answered(document, asking.book, asked=given.file is not None) for document in documents))
    return 0
