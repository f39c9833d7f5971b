"""The commands. Exit status: 0 fine; 1 the input has errors (findings printed); 2 wrong usage or settings (one line on stderr)."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.app import Opened, open_chosen, open_folder, open_store
from bot.model.book import Book
from bot.model.finding import has_errors
from bot.settings import Settings, WrongSettings, read_settings
from bot.workbench.showing import as_github, as_json, as_text, summary

app = typer.Typer(
    name="partnership-bot",
    help="Helps people work out what kind of partnership they are in, and how to talk with everybody in it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

FolderArgument = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The dialogues folder; without it, the one in use.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def fail(message: str, status: int) -> NoReturn:
    """One line on stderr, and the exit status."""
    print(message, file=sys.stderr)
    raise typer.Exit(status)


def settings() -> Settings:
    """The settings; ends with status 2 if the environment is wrong."""
    try:
        return read_settings()
    except WrongSettings as wrong:
        fail(f"Settings: {wrong}", 2)


def opened(folder: Path | None = None) -> Opened:
    """The folder named, or the one in use, loaded and checked."""
    chosen = open_folder(folder) if folder is not None else open_chosen(settings())
    if chosen.why:
        print(f"Using {chosen.folder} ({chosen.why}).", file=sys.stderr)
    return chosen


def book_of(chosen: Opened) -> Book:
    """Its book; ends with status 1 and the findings if it has errors."""
    if chosen.book is None:
        print(as_text(one for one in chosen.findings if one.severity == "error"), file=sys.stderr)
        fail(summary(chosen.findings, str(chosen.folder)), 1)
    return chosen.book


@app.command()
def chat(
    new: Annotated[bool, typer.Option("--new", help="Start a new conversation instead of going on with the last.")] = False,
    repro: Annotated[Path | None, typer.Option("--repro", metavar="FILE", help="Write what was typed as a test into this file.")] = None,
) -> None:
    """Talk with the bot here, in the terminal."""
    from bot.storage.sqlite import NotOurDatabase
    from bot.terminal import Terminal
    from bot.turn.mind import Mind

    known = settings()
    book = book_of(opened())
    try:
        store = open_store(known)
    except (NotOurDatabase, WrongSettings) as wrong:
        fail(str(wrong), 2)
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a real stream: pytest is not used here
    terminal = Terminal(Mind(book, known.retention_days), store, sys.stdin, sys.stdout, lambda: int(time.time()))
    try:
        terminal.run(fresh=new)
    except BrokenPipeError:
        sys.stderr.close()
    if repro is not None:
        from bot.workbench.repro import write_repro

        write_repro(repro, book, terminal.first, terminal.typed)
        print(f"Wrote {repro}.", file=sys.stderr)


@app.command()
def advise(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Answers in YAML or JSON: one mapping, or a list of them.")],
    typed: Annotated[bool, typer.Option("--typed", help="The answers are text as people type it.")] = False,
    as_document: JsonOption = False,
) -> None:
    """Say what kind of partnership these answers describe."""
    from bot.workbench.advise import Adviser
    from bot.workbench.given import WrongAnswers, read_answers
    from bot.workbench.telling import told

    adviser = Adviser(book_of(opened()))
    slips: list[str] = []
    documents: list[dict[str, Any]] = []
    try:
        given = read_answers(file)
    except WrongAnswers as wrong:
        fail("\n".join(wrong.lines), 1)
    for number, mapping in enumerate(given.mappings, 1):
        try:
            documents.append(adviser.advise(mapping, typed, f"{file}, number {number}: " if given.listed else f"{file}: "))
        except WrongAnswers as wrong:
            slips += wrong.lines
    if slips:
        fail("\n".join(slips), 1)
    if as_document:
        print(json.dumps(documents if given.listed else documents[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(told(document, adviser.book) for document in documents))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(metavar='"words"', help="A quick question.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Questions, one on each line.")] = None,
    as_document: JsonOption = False,
) -> None:
    """Answer a quick question."""
    from bot.workbench.asking import Asking
    from bot.workbench.telling import answered

    if (question is None) == (file is None):
        fail('Give a question in quotes, or --file FILE. Example: partnership-bot ask "what is an MoU?"', 2)
    asking = Asking(book_of(opened()))
    if file is None:
        documents = [asking.ask(question or "")]
    else:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as slip:
            fail(f"{file}: cannot be read ({type(slip).__name__}).", 1)
        documents = [asking.ask(line) for line in lines if line.strip()]
    if as_document:
        print(json.dumps(documents if file else documents[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(answered(document, asking.book) for document in documents))


@app.command()
def check(
    folder: FolderArgument = None,
    as_document: JsonOption = False,
    github: Annotated[bool, typer.Option("--github", help="Print findings as GitHub workflow commands.")] = False,
) -> None:
    """Look for slips in the dialogues."""
    found = opened(folder)
    if as_document:
        print(as_json(found.findings))
    elif github:
        print(as_github(found.findings, str(found.folder)))
    else:
        if found.findings:
            print(as_text(found.findings))
        print(summary(found.findings, str(found.folder)))
    raise typer.Exit(1 if has_errors(found.findings) else 0)


@app.command()
def test(
    folder: FolderArgument = None,
    full: Annotated[bool, typer.Option("--full", help="Show every mistake and every table.")] = False,
) -> None:
    """Run the tests of the dialogues, and measure how well people are understood."""
    from bot.workbench.report import report
    from bot.workbench.trial import Tester

    book = book_of(opened(folder))
    trial = Tester(book).run()
    print(report(trial, book, full))
    raise typer.Exit(0 if trial.passed else 1)


@app.command()
def graph(
    folder: FolderArgument = None,
    form: Annotated[str, typer.Option("--format", help="mermaid.")] = "mermaid",
) -> None:
    """Draw the dialogues as a picture (Mermaid text)."""
    from bot.workbench.graph import mermaid

    if form != "mermaid":
        fail(f'There is no format "{form}" yet. Use --format mermaid.', 2)
    print(mermaid(book_of(opened(folder))))


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]) -> None:
    """Copy the shipped dialogues into a folder, to edit them."""
    from bot.workbench.schemas import write_schemas
    from bot.workbench.starting import NotEmpty, copy_dialogues

    try:
        count = copy_dialogues(folder)
        write_schemas(folder / "schemas")
    except (NotEmpty, OSError) as slip:
        fail(str(slip), 2)
    print(f"{count} files are in {folder}. Read {folder}/README.md first. To use them: DIALOGUES_DIR={folder} partnership-bot chat")


def main() -> None:
    """Runs the command line."""
    app()
