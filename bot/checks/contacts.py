"""Has a person made sure of every phone number?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.place import NOWHERE


def find(book: Book) -> Iterator[Finding]:
    """D341: contacts that nobody has checked yet. One finding for all of them."""
    never = [contact for contact in book.contacts if contact.checked == "never" and contact.place != NOWHERE]
    if never:
        names = ", ".join(contact.id for contact in never)
        message = f'{len(never)} contacts have "checked on: never". Ring each one, or look at its website, and write the day: {names}.'
        yield Finding("D341", "warning", never[0].place, message)
