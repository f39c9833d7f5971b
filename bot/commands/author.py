"""Tools for coordinators: look for slips, run the tests, draw, begin a folder."""

import argparse
import os
from pathlib import Path

from bot.commands.common import Leave, book_of, opened
from bot.model.finding import has_errors


def check(given: argparse.Namespace) -> int:
    """Look for slips in the dialogues."""
    from bot.workbench.showing import as_github, as_json, as_text, summary

    found = opened(given.folder)
    if given.json:
        print(as_json(found.findings))
    elif given.github:
        print(as_github(found.findings, Path(os.environ.get("GITHUB_WORKSPACE") or ".")))
    else:
        if found.findings:
            print(as_text(found.findings))
        print(summary(found.findings, str(found.folder)))
    return 1 if has_errors(found.findings) else 0


def test(given: argparse.Namespace) -> int:
    """Run the tests of the dialogues, and measure how well people are understood."""
    from bot.workbench.report import report
    from bot.workbench.trial import Tester

    book = book_of(opened(given.folder))
    trial = Tester(book).run()
    print(report(trial, book, given.full))
    return 0 if trial.passed else 1


def graph(given: argparse.Namespace) -> int:
    """Draw the dialogues as a picture (Mermaid text)."""
    from bot.workbench.graph import mermaid

    print(mermaid(book_of(opened(given.folder))))
    return 0


def init(given: argparse.Namespace) -> int:
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
