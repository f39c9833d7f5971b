"""Has a person made sure of every phone number?"""

from collections.abc import Iterator

from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.place import NOWHERE


def find(book: Book) -> Iterator[Finding]:
    """D341: contacts that nobody has checked yet. One finding for all of them."""
    never = [contact for contact in book.contacts if contact.checked == "never" and contact.place != NOWHERE]
    if never:
        message = f'Still to do: ring {len(never)} contacts, or look at their websites, and write the day in place of "never".'
        yield Finding("D341", "warning", never[0].place, message)
