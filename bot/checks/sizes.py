"""Does everything fit on a phone and into a Telegram message?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.dialogue import Question
from bot.model.finding import Finding
from bot.model.guide import Sheet
from bot.model.limits import (
    BUTTON_WIDTH,
    BUTTONS_PER_MESSAGE,
    CALLBACK_BYTES,
    COPY_LENGTH,
    MESSAGE_LENGTH,
    ROOM_FOR_OUR_OWN_WORDS,
    utf16_length,
)
from bot.model.place import Place

ROOM = MESSAGE_LENGTH - ROOM_FOR_OUR_OWN_WORDS


def find(book: Book) -> Iterator[Finding]:
    """D401: a label too wide for a button. D402: a text too long for a message. D403: too many options. D404: ids too long together.

    D405: an opening message too long for the button that copies it.
    """
    for dialogue in book.dialogues.values():
        yield from _long(dialogue.about, f'"about" of "{dialogue.id}"', dialogue.place, "about:")
        yield from _long(dialogue.closing, f'"closing" of "{dialogue.id}"', dialogue.place, "closing:")
        for question in dialogue.questions:
            yield from _question(question)
    for topic in book.topics:
        what = f'The answer of "{topic.id}"' + (' with its "more"' if topic.more else "")
        yield from _long(topic.answer + topic.more, what, topic.place, "answer:" if len(topic.answer) > len(topic.more) else "more:")
        yield from _wide(topic.title, topic.place, 64, "title:")
    for sheet in book.guide.sheets:
        text = sheet.opening + sheet.longer_opening + "\n".join(line for _, lines in sheet.sections() for line in lines)
        yield from _long(text, f'The sheet "{sheet.id}"', sheet.place)
        yield from _not_to_copy(sheet)
    for one in book.guide.types:
        lines = (one.means, *one.examples, *one.looks_like, *one.first_steps, *one.tips, *one.more)
        yield from _long("\n".join(lines), f'The type "{one.id}"', one.place)
    safeguarding = book.safeguarding
    yield from _long(safeguarding.message + safeguarding.after + safeguarding.short, "The safeguarding message", safeguarding.place)


def _question(question: Question) -> Iterator[Finding]:
    shown = [question.ask, question.hint, *(f"{option.label} {option.help}" for option in question.options)]
    yield from _long("\n".join(shown), f'Question "{question.id}" with its options', question.place)
    yield from _long(question.why, f'"why" of "{question.id}"', question.place, "why:")
    for option in question.options:
        yield from _wide(option.label, option.place)
        # Callback data is "action:question:option:turn".
        if len(f"c:{question.id}:{option.id}:000000".encode()) > CALLBACK_BYTES:
            message = f'The ids "{question.id}" and "{option.id}" are too long together for a button. Make one of them shorter.'
            yield Finding("D404", "error", option.place, message, width=len(option.id))
    if len(question.options) > BUTTONS_PER_MESSAGE - 10:
        message = f'"{question.id}" has {len(question.options)} options; {BUTTONS_PER_MESSAGE - 10} is the most that fit below a message.'
        yield Finding("D403", "error", question.place, message, width=len(question.id))


def _wide(label: str, place: Place, most: int = BUTTON_WIDTH, seek: str = "") -> Iterator[Finding]:
    if utf16_length(label) > most:
        message = f'"{label[:60]}" is {utf16_length(label)} letters long; on a phone a button shows about {most}. Make it shorter.'
        yield Finding("D401", "warning", place, message, seek=seek)


def _not_to_copy(sheet: Sheet) -> Iterator[Finding]:
    length = utf16_length(sheet.opening)
    if length > COPY_LENGTH:
        message = (
            f'"opening" of the sheet "{sheet.id}" is {length} letters long, so it has no button that copies it; {COPY_LENGTH} is the most. '
            'Make it shorter, and put more into "longer opening".'
        )
        yield Finding("D405", "warning", sheet.place, message, seek="opening:")


def _long(text: str, what: str, place: Place, seek: str = "") -> Iterator[Finding]:
    """`seek` is the key of the text; without one, the place itself is shown."""
    length = utf16_length(text)
    if length > ROOM:
        message = f"{what} is {length} letters long; {ROOM} is the most that fit in one message."
        yield Finding("D402", "error", place, message, seek=seek)
