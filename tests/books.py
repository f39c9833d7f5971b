"""Small books, written as text in the tests."""

from bot.loading.files import Folder
from bot.loading.load import Loaded, load_texts
from bot.model.book import Book


def loaded(**files: str) -> Loaded:
    """A folder held in memory: file name without ending → text."""
    return load_texts(Folder("dialogues", {f"dialogues/{name}.yaml": text.encode() for name, text in files.items()}))


def book_of(**files: str) -> Book:
    """The book of a folder held in memory, which must be sound."""
    found = loaded(**files)
    assert found.book is not None, [str(one) for one in found.findings]
    return found.book
