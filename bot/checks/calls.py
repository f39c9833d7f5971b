"""Do dialogues call one another in a circle, or too deep?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.dialogue import Question
from bot.model.finding import Finding
from bot.model.limits import CALL_DEPTH


def find(book: Book) -> Iterator[Finding]:
    """D303: a dialogue that calls itself, perhaps by way of others, or calls deeper than can be followed."""
    circles: set[frozenset[str]] = set()
    for dialogue in book.dialogues.values():
        for question in dialogue.questions:
            if question.kind == "call":
                way = _way_back(book, dialogue.id, question)
                # Every dialogue of a circle leads back to itself; the circle is one slip.
                if way and frozenset(way) not in circles:
                    circles.add(frozenset(way))
                    message = f"Dialogue {' calls '.join(way)}: a circle. Take one of the calls out."
                    yield Finding("D303", "error", question.place, message, width=len(question.id))
    if circles:
        return
    for dialogue in book.dialogues.values():
        if _depth(book, dialogue.id, 0) > CALL_DEPTH:
            message = f'Dialogue "{dialogue.id}" calls dialogues more than {CALL_DEPTH} deep. Make the chain shorter.'
            yield Finding("D303", "error", dialogue.place, message, width=len(dialogue.id))


def _calls(book: Book, dialogue: str) -> list[str]:
    found = book.dialogues.get(dialogue)
    return [question.calls for question in found.questions if question.kind == "call"] if found else []


def _way_back(book: Book, home: str, question: Question) -> list[str]:
    """The chain of calls from this question back to its own dialogue, or nothing."""
    waiting: list[list[str]] = [[home, question.calls]]
    seen = {question.calls}
    while waiting:
        way = waiting.pop()
        if way[-1] == home:
            return [f'"{one}"' for one in way]
        for called in _calls(book, way[-1]):
            if called == home or called not in seen:
                seen.add(called)
                waiting.append([*way, called])
    return []


def _depth(book: Book, dialogue: str, depth: int) -> int:
    if depth > CALL_DEPTH:
        return depth
    return max((_depth(book, called, depth + 1) for called in _calls(book, dialogue)), default=depth)
