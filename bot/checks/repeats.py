"""Can a person tell the choices apart? Can the bot tell the sayings apart?"""

import re
from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.place import Place

_WORD = re.compile(r"\w+")


def find(book: Book) -> Iterator[Finding]:
    """D311: two options with one label. D312: a sentence under two options. D313: a phrasing under two quick answers.

    D314: a test question that stands among the phrasings.
    """
    for dialogue in book.dialogues.values():
        for question in dialogue.questions:
            labels = [(option.label, option.id, option.place) for option in question.options]
            for label, one, other, place in _twice(labels):
                message = f'Options "{one}" and "{other}" of "{question.id}" have the same label "{label}". Nobody can tell them apart.'
                yield Finding("D311", "error", place, message, width=len(other))
    for sayings in dict.fromkeys(id(one) for one in book.sayings.values()):
        found = next(one for one in book.sayings.values() if id(one) == sayings)
        said = [(text, option, found.place) for option, texts in found.sentences.items() for text in texts]
        said += [(text, "other", found.place) for text in found.other]
        for text, one, other, place in _twice(said):
            message = f'"{text}" stands under "{one}" and under "{other}". The bot cannot learn both; take one out.'
            yield Finding("D312", "warning", place, message)
    asked = [(text, topic.id, topic.place) for topic in book.topics for text in topic.asked]
    asked += [(text, topic.id, one.place) for topic in book.topics for one in topic.more_asked for text in one.texts]
    asked += [(text, theme.id, theme.place) for theme in book.not_ours for text in theme.asked]
    for text, one, other, place in _twice(asked):
        message = f'"{text}" stands under "{one}" and under "{other}". Only one of them can answer it; take one out.'
        yield Finding("D313", "warning", place, message, width=len(other))
    yield from _copied(book, {_alike(text) for text, _, _ in asked})


def _twice(entries: list[tuple[str, str, Place]]) -> Iterator[tuple[str, str, str, Place]]:
    """(text, first owner, second owner, place of the second) for each text that has two owners."""
    first: dict[str, str] = {}
    for text, owner, place in entries:
        key = _alike(text)
        if first.setdefault(key, owner) != owner:
            yield text, first[key], owner, place


def _alike(text: str) -> str:
    """The same for texts that differ only in capitals and in what stands between the words."""
    return " ".join(_WORD.findall(text.casefold())) or text


def _copied(book: Book, phrasings: set[str]) -> Iterator[Finding]:
    for file in book.tests:
        for one in file.questions:
            if _alike(one.text) in phrasings:
                message = f'"{one.text}" stands among the ways to ask as well, so this test proves nothing. Word one of them otherwise.'
                yield Finding("D314", "warning", one.place, message)
