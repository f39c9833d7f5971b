"""Are the bot's own phrases all there, and are the {holes} in texts ones that the bot can fill?"""

import difflib
from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.phrases import COMMANDS, PHRASES
from bot.model.place import Place
from bot.model.text import holes_in

CONTACT = "contact_"
_NO_CONTACTS = " Numbers are filled in in answers, in the lists of sheets and in the safeguarding message."


def find(book: Book) -> Iterator[Finding]:
    """D321: a phrase or command nobody uses. D322: one that is missing. D323: a hole that is never filled."""
    if book.phrases and book.phrases_place.file:
        yield from _names("phrase", set(book.phrases), set(PHRASES), book.phrases_place)
        yield from _names("command", set(book.commands), set(COMMANDS), book.phrases_place)
    for name, text in book.phrases.items():
        yield from _holes(text, PHRASES.get(name, holes_in(text)), f'phrase "{name}"', book.phrases_place)
    contacts = tuple(f"{CONTACT}{contact.id}" for contact in book.contacts)
    wanted = [hole for text, filled, _, _ in _said(book) if filled for hole in holes_in(text) if hole.startswith(CONTACT)]
    if wanted and not contacts:
        yield Finding("D220", "error", Place(book.folder), "There is no file with contacts. Did you delete or rename contacts.yaml?")
    for text, filled, where, place in _said(book):
        yield from _holes(text, (contacts or tuple(wanted)) if filled else (), where, place)


def _said(book: Book) -> Iterator[tuple[str, bool, str, Place]]:
    """Every text that people read but the phrases: whether contacts are filled in there, what it is, and where it stands."""
    safeguarding = book.safeguarding
    said = f"{safeguarding.message} {safeguarding.after} {safeguarding.short}"
    yield said, True, "the safeguarding message", safeguarding.place
    for topic in book.topics:
        yield f"{topic.answer} {topic.more}", True, f'topic "{topic.id}"', topic.place
        yield f"{topic.title} {topic.theme}", False, f'the title of topic "{topic.id}"', topic.place
    for sheet in book.guide.sheets:
        lines = " ".join(line for _, lines in sheet.sections() for line in lines)
        yield lines, True, f'sheet "{sheet.id}"', sheet.place
        opening = " ".join((sheet.name, sheet.opening, sheet.longer_opening, *sheet.tips))
        yield opening, False, f'the name, tips or opening of sheet "{sheet.id}"', sheet.place
    for dialogue in book.dialogues.values():
        yield f"{dialogue.title} {dialogue.about} {dialogue.closing}", False, f'dialogue "{dialogue.id}"', dialogue.place
        for question in dialogue.questions:
            asked = (question.ask, question.short, question.hint, question.why, question.talk, question.unclear)
            text = " ".join((*asked, *(f"{one.label} {one.help}" for one in question.options)))
            yield text, False, f'question "{question.id}"', question.place
    yield from _judged(book)


def _judged(book: Book) -> Iterator[tuple[str, bool, str, Place]]:
    """The texts of a result."""
    guide = book.guide
    for kind in guide.types:
        lines = (*kind.examples, *kind.looks_like, *kind.first_steps, *kind.tips, *kind.more)
        yield " ".join((kind.name, kind.means, kind.next_step, *lines)), False, f'type "{kind.id}"', kind.place
    told = [(reason.because, reason.place) for reason in guide.reasons]
    told += [(pair.say, pair.place) for pair in guide.pairs] + [(step.say, step.place) for step in guide.next_steps]
    for say, place in told:
        yield say, False, "a reason or a next step", place
    for line in guide.dimensions:
        text = " ".join(f"{value.label} {' '.join(tip.say for tip in value.tips)}" for value in line.values)
        yield f"{line.name} {line.unknown} {text}", False, f'"{line.id}" of the profile', line.place
    for part in guide.parts:
        yield f"{part.name} {part.missing} {part.short}", False, f'"{part.id}" of the definition', part.place


def _names(what: str, written: set[str], used: set[str], place: Place) -> Iterator[Finding]:
    for name in sorted(written - used):
        near = difflib.get_close_matches(name, sorted(used), n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        yield Finding("D321", "warning", place, f'The bot has no {what} "{name}", so nobody will ever see it.{hint}')
    for name in sorted(used - written):
        yield Finding("D322", "warning", place, f'The {what} "{name}" is missing. The one that came with the program is used.')


def _holes(text: str, known: tuple[str, ...], where: str, place: Place) -> Iterator[Finding]:
    for hole in dict.fromkeys(holes_in(text)):
        if hole not in known:
            near = difflib.get_close_matches(hole, known, n=1)
            hint = f" Did you mean {{{near[0]}}}?" if near else "" if known or not hole.startswith(CONTACT) else _NO_CONTACTS
            yield Finding("D323", "error", place, f"Nothing can be filled in for {{{hole}}} in {where}.{hint}", seek=f"{{{hole}}}")
