"""Are the bot's own phrases all there, and are the {holes} in texts ones that the bot can fill?"""

import difflib
from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.phrases import COMMANDS, PHRASES
from bot.model.place import Place
from bot.model.text import holes_in

CONTACT = "contact_"


def find(book: Book) -> Iterator[Finding]:
    """D321: a phrase or command nobody uses. D322: one that is missing. D323: a hole that is never filled."""
    if book.phrases and book.phrases_place.file:
        yield from _names("phrase", set(book.phrases), set(PHRASES), book.phrases_place)
        yield from _names("command", set(book.commands), set(COMMANDS), book.phrases_place)
    for name, text in book.phrases.items():
        yield from _holes(text, PHRASES.get(name, holes_in(text)), f'phrase "{name}"', book.phrases_place)
    if not book.contacts and _asks_for_contacts(book):
        yield Finding("D220", "error", Place(book.folder), "There is no file with contacts. Did you delete or rename contacts.yaml?")
    contacts = tuple(f"contact_{contact.id}" for contact in book.contacts)
    for topic in book.topics:
        yield from _holes(f"{topic.answer} {topic.more}", contacts, f'topic "{topic.id}"', topic.place)
    for sheet in book.guide.sheets:
        text = " ".join((sheet.opening, sheet.longer_opening, *sheet.tips, *(line for _, lines in sheet.sections() for line in lines)))
        yield from _holes(text, contacts, f'sheet "{sheet.id}"', sheet.place)
    safeguarding = book.safeguarding
    said = f"{safeguarding.message} {safeguarding.after} {safeguarding.short}"
    yield from _holes(said, contacts, "safeguarding message", safeguarding.place)
    for dialogue in book.dialogues.values():
        for question in dialogue.questions:
            text = " ".join((question.ask, question.hint, question.why, *(f"{one.label} {one.help}" for one in question.options)))
            yield from _holes(text, (), f'question "{question.id}"', question.place)


def _names(what: str, written: set[str], used: set[str], place: Place) -> Iterator[Finding]:
    for name in sorted(written - used):
        near = difflib.get_close_matches(name, sorted(used), n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        yield Finding("D321", "warning", place, f'The bot has no {what} "{name}", so nobody will ever see it.{hint}')
    for name in sorted(used - written):
        yield Finding("D322", "warning", place, f'The {what} "{name}" is missing. The one that came with the program is used.')


def _asks_for_contacts(book: Book) -> bool:
    """True if some text has the hole of a contact."""
    texts = [f"{topic.answer} {topic.more}" for topic in book.topics]
    texts += [f"{sheet.opening} {' '.join(line for _, lines in sheet.sections() for line in lines)}" for sheet in book.guide.sheets]
    texts.append(f"{book.safeguarding.message} {book.safeguarding.after}")
    return any(hole.startswith(CONTACT) for text in texts for hole in holes_in(text))


def _holes(text: str, known: tuple[str, ...], where: str, place: Place) -> Iterator[Finding]:
    for hole in dict.fromkeys(holes_in(text)):
        if hole not in known and (known or not hole.startswith(CONTACT)):
            near = difflib.get_close_matches(hole, known, n=1)
            hint = f" Did you mean {{{near[0]}}}?" if near else ""
            yield Finding("D323", "error", place, f"Nothing can be filled in for {{{hole}}} in {where}.{hint}", seek=f"{{{hole}}}")
