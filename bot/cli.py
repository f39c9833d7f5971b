"""The commands. Exit status: 0 fine; 1 the input has errors (findings printed); 2 wrong usage or settings (one line on stderr).

The standard library's parser, because a chat should show its first question at once. A command imports what it needs.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from bot.app import Opened, open_chosen, open_folder, open_store
from bot.model.book import Book
from bot.model.finding import has_errors
from bot.settings import Settings, WrongSettings, read_settings

Arguments = argparse.Namespace
Command = Callable[[Arguments], int]


class Leave(Exception):
    """A command ends early: with this on stderr, and this exit status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def settings() -> Settings:
    """The settings; ends with status 2 if the environment is wrong."""
    try:
        return read_settings()
    except WrongSettings as wrong:
        raise Leave(f"Settings: {wrong}", 2) from None


def opened(folder: Path | None = None, with_tests: bool = True) -> Opened:
    """The folder named, or the one in use, loaded and checked."""
    chosen = open_folder(folder, with_tests=with_tests) if folder is not None else open_chosen(settings(), with_tests)
    if chosen.why:
        print(f"Using {chosen.folder} ({chosen.why}).", file=sys.stderr)
    return chosen


def book_of(chosen: Opened) -> Book:
    """Its book; ends with status 1 and the findings if it has errors."""
    if chosen.book is None:
        from bot.workbench.showing import as_text, summary

        errors = as_text(one for one in chosen.findings if one.severity == "error")
        raise Leave(f"{errors}\n{summary(chosen.findings, str(chosen.folder))}", 1)
    return chosen.book


def chat(given: Arguments) -> int:
    """Talk with the bot here, in the terminal."""
    from bot.storage.sqlite import NotOurDatabase
    from bot.terminal import Terminal
    from bot.turn.mind import Mind

    known = settings()
    book = book_of(opened(with_tests=False))
    try:
        store = open_store(known)
    except (NotOurDatabase, WrongSettings) as wrong:
        raise Leave(str(wrong), 2) from None
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # both are text files here
    gc.freeze()
    gc.enable()
    terminal = Terminal(Mind(book, known.retention_days), store, sys.stdin, sys.stdout, lambda: int(time.time()))
    try:
        terminal.run(fresh=given.new)
    except BrokenPipeError:
        sys.stderr.close()
    if given.repro is not None:
        from bot.workbench.repro import write_repro

        write_repro(given.repro, book, terminal.first, terminal.typed)
        print(f"Wrote {given.repro}.", file=sys.stderr)
    return 0


def advise(given: Arguments) -> int:
    """Say what kind of partnership these answers describe."""
    from bot.workbench.advise import Adviser
    from bot.workbench.given import WrongAnswers, read_answers
    from bot.workbench.telling import told

    adviser = Adviser(book_of(opened(with_tests=False)))
    slips: list[str] = []
    documents: list[dict[str, Any]] = []
    try:
        answers = read_answers(given.file)
    except WrongAnswers as wrong:
        raise Leave("\n".join(wrong.lines), 1) from None
    for number, mapping in enumerate(answers.mappings, 1):
        try:
            documents.append(
                adviser.advise(mapping, given.typed, f"{given.file}, number {number}: " if answers.listed else f"{given.file}: ")
            )
        except WrongAnswers as wrong:
            slips += wrong.lines
    if slips:
        raise Leave("\n".join(slips), 1)
    if given.json:
        print(json.dumps(documents if answers.listed else documents[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(told(document, adviser.book) for document in documents))
    return 0


def ask(given: Arguments) -> int:
    """Answer a quick question."""
    from bot.workbench.asking import Asking
    from bot.workbench.telling import answered

    if (given.words is None) == (given.file is None):
        raise Leave('Give a question in quotes, or --file FILE. Example: partnership-bot ask "what is an MoU?"', 2)
    asking = Asking(book_of(opened(with_tests=False)))
    if given.file is None:
        documents = [asking.ask(given.words)]
    else:
        try:
            lines = given.file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as slip:
            raise Leave(f"{given.file}: cannot be read ({type(slip).__name__}).", 1) from None
        documents = [asking.ask(line) for line in lines if line.strip()]
    if given.json:
        print(json.dumps(documents if given.file else documents[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(answered(document, asking.book) for document in documents))
    return 0


def check(given: Arguments) -> int:
    """Look for slips in the dialogues."""
    from bot.workbench.showing import as_github, as_json, as_text, summary

    found = opened(given.folder)
    if given.json:
        print(as_json(found.findings))
    elif given.github:
        print(as_github(found.findings, str(found.folder)))
    else:
        if found.findings:
            print(as_text(found.findings))
        print(summary(found.findings, str(found.folder)))
    return 1 if has_errors(found.findings) else 0


def test(given: Arguments) -> int:
    """Run the tests of the dialogues, and measure how well people are understood."""
    from bot.workbench.report import report
    from bot.workbench.trial import Tester

    book = book_of(opened(given.folder))
    trial = Tester(book).run()
    print(report(trial, book, given.full))
    return 0 if trial.passed else 1


def graph(given: Arguments) -> int:
    """Draw the dialogues as a picture (Mermaid text)."""
    from bot.workbench.graph import mermaid

    print(mermaid(book_of(opened(given.folder))))
    return 0


def init(given: Arguments) -> int:
    """Copy the shipped dialogues into a new folder, to edit them."""
    from bot.workbench.schemas import write_schemas
    from bot.workbench.starting import NotEmpty, copy_dialogues

    try:
        count = copy_dialogues(given.folder)
        write_schemas(given.folder / "schemas")
    except (NotEmpty, OSError) as slip:
        raise Leave(str(slip), 2) from None
    print(f"{count} files are in {given.folder}. Read {given.folder}/README.md first.")
    print(f"To talk with them: DIALOGUES_DIR={given.folder} partnership-bot chat")
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Leave(f"{self.prog}: {message}. See: {self.prog} --help", 2)


def _parser() -> _Parser:
    parser = _Parser(
        "partnership-bot", description="Helps people see what kind of partnership they are in, and how to talk with everybody in it."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(does: Command) -> argparse.ArgumentParser:
        added = commands.add_parser(does.__name__, help=does.__doc__, description=does.__doc__)
        added.set_defaults(does=does)
        return added

    def with_folder(added: argparse.ArgumentParser, needed: bool = False) -> argparse.ArgumentParser:
        count = None if needed else "?"
        added.add_argument("folder", metavar="DIR", type=Path, nargs=count, help="a dialogues folder; without it, the one in use")
        return added

    talk = command(chat)
    talk.add_argument("--new", action="store_true", help="start a new conversation instead of going on with the last")
    talk.add_argument("--repro", metavar="FILE", type=Path, help="write what was typed into FILE, as a test")
    judged = command(advise)
    judged.add_argument("file", metavar="FILE", type=Path, help="answers in YAML or JSON: one mapping, or a list of them")
    judged.add_argument("--typed", action="store_true", help="the answers are text as people type it")
    asked = command(ask)
    asked.add_argument("words", metavar="WORDS", nargs="?", help="a quick question, in quotes")
    asked.add_argument("--file", metavar="FILE", type=Path, help="questions, one on each line")
    checked = with_folder(command(check))
    checked.add_argument("--github", action="store_true", help="print findings as GitHub workflow commands")
    tested = with_folder(command(test))
    tested.add_argument("--full", action="store_true", help="show every mistake and every table")
    with_folder(command(graph)).add_argument("--format", choices=["mermaid"], default="mermaid", help="mermaid")
    with_folder(command(init), needed=True)
    for one in (judged, asked, checked):
        one.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    return parser


def run(words: Sequence[str]) -> int:
    """Runs one command line, and gives its exit status."""
    try:
        given = _parser().parse_args(words)
        return int(given.does(given))
    except Leave as leave:
        print(leave, file=sys.stderr)
        return leave.status
    except SystemExit as done:  # --help
        return int(done.code or 0)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def main() -> NoReturn:
    """The command line of this process."""
    # Loading makes many objects and no garbage; looking for some takes a tenth of the time.
    gc.disable()
    sys.exit(run(sys.argv[1:]))
