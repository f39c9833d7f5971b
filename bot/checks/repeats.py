"""Can a person tell the choices apart? Can the bot tell the sayings apart?"""

import re
from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.place import NOWHERE, Place
from bot.model.topic import Theme, Topic

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
            yield Finding("D312", "warning", place, message, seek=text)
    phrasings: dict[str, tuple[str, Place]] = {}
    owners: list[Topic | Theme] = [*book.topics, *book.not_ours]
    for owner in owners:
        for text, place in owner.placed():
            one, first = phrasings.setdefault(alike(text), (owner.id, place))
            if one != owner.id:
                message = f'"{text}" stands under "{owner.id}", and also under "{one}" in {_spot(first)}.'
                yield Finding("D313", "warning", place, f"{message} Only one of them can answer it; take one out.", width=len(text))
    yield from _copied(book, phrasings)


def _twice(entries: list[tuple[str, str, Place]]) -> Iterator[tuple[str, str, str, Place]]:
    """(text, first owner, second owner, place of the second) for each text that has two owners."""
    first: dict[str, str] = {}
    for text, owner, place in entries:
        key = alike(text)
        if first.setdefault(key, owner) != owner:
            yield text, first[key], owner, place


def alike(text: str) -> str:
    """The same for texts that differ only in capitals and in what stands between the words."""
    return " ".join(_WORD.findall(text.casefold())) or text


def _copied(book: Book, phrasings: dict[str, tuple[str, Place]]) -> Iterator[Finding]:
    for file in book.tests:
        for one in file.questions:
            owner, place = phrasings.get(alike(one.text), ("", NOWHERE))
            if owner:
                message = f'"{one.text}" also stands under "{owner}" in {_spot(place)}, so this test proves nothing.'
                yield Finding("D314", "warning", one.place, f"{message} Word one of them otherwise.", width=len(one.text))


def _spot(place: Place) -> str:
    return f"{place.file}, line {place.line}"
