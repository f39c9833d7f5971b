"""Joins the parts: a folder becomes a book ready to talk, an environment becomes a store."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from bot.checks import check
from bot.loading.files import read_folder
from bot.loading.load import load_texts
from bot.loading.report import Report
from bot.model.book import Book
from bot.model.finding import Finding, has_errors, in_order
from bot.model.place import NOWHERE
from bot.model.topic import Safeguarding
from bot.settings import Settings
from bot.shipped import chosen_dialogues, shipped_dialogues
from bot.storage.learned import LearnedFiles, cache_folder
from bot.storage.sqlite import SqliteStore
from bot.turn.memory import MEMORY


class NoBook(Exception):
    """The dialogues have errors. `findings` says which."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{sum(one.severity == 'error' for one in findings)} errors in the dialogues")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder that was read: its book, or None if there are errors; all findings; and in words why it was this folder."""

    book: Book | None
    findings: tuple[Finding, ...]
    folder: Path
    why: str = ""


def open_folder(folder: Path, why: str = "", with_tests: bool = True) -> Opened:
    """Loads and checks a folder. What a small folder leaves out (phrases, word lists, safeguarding) comes from the shipped one.

    Whoever only talks needs none of what stands in its folder `tests/`.
    """
    report = Report()
    texts = read_folder(folder, report)
    if not with_tests:
        texts = texts.without("tests")
    loaded = load_texts(texts, report)
    if loaded.book is None:
        return Opened(None, loaded.findings, folder, why)
    book = with_shipped(loaded.book, folder)
    for one in check(book):
        report.take(one)
    findings = in_order(report.findings)
    return Opened(None if has_errors(findings) else book, findings, folder, why)


def with_shipped(book: Book, folder: Path) -> Book:
    """The book with the phrases, commands, word lists and safeguarding it lacks, taken from the shipped dialogues."""
    lacks = not book.phrases or not book.words.groups or book.safeguarding == Safeguarding()
    source = shipped_dialogues()
    if not lacks or folder.resolve() == source.resolve():
        return book
    shipped = load_texts(read_folder(source, Report())).book
    if shipped is None:
        return book
    own = {contact.id for contact in book.contacts}
    # What is borrowed stands in no file of this folder, so no check sends a coordinator looking for it.
    borrowed = [replace(one, place=NOWHERE) for one in shipped.contacts if one.id not in own]
    return replace(
        book,
        phrases=shipped.phrases | book.phrases,
        commands=shipped.commands | book.commands,
        words=book.words if book.words.groups else shipped.words,
        contacts=(*book.contacts, *borrowed),
        safeguarding=shipped.safeguarding if book.safeguarding == Safeguarding() else book.safeguarding,
    )


def open_chosen(settings: Settings, with_tests: bool = True) -> Opened:
    """The folder of the setting, else ./dialogues, else the shipped one."""
    return open_folder(*chosen_dialogues(settings.dialogues_dir), with_tests=with_tests)


def book_of(opened: Opened) -> Book:
    """The book. Raises NoBook if the folder has errors."""
    if opened.book is None:
        raise NoBook(opened.findings)
    return opened.book


def open_store(settings: Settings) -> SqliteStore:
    """The store of the setting. Raises NotOurDatabase or WrongSettings."""
    return SqliteStore(settings.database_path)


def learn_once() -> None:
    """From now on what is learned is kept in files, and found there by the next process."""
    folder = cache_folder(os.environ)
    if folder is not None:
        learning = Path(__file__).parent
        rooms = (learning / room for room in ("words", "answers", "dialogue"))
        MEMORY.behind = LearnedFiles(folder, (path for room in rooms for path in sorted(room.glob("*.py"))))
