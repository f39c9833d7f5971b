"""The chat in the terminal."""

import argparse
import gc
import sys
import time

from bot.app import open_store
from bot.commands.common import Leave, book_of, opened, settings
from bot.settings import WrongSettings


def chat(given: argparse.Namespace) -> int:
    """Talk with the bot here, in the terminal."""
    from bot.storage.sqlite import NotOurDatabase
    from bot.terminal import Terminal
    from bot.turn.mind import Mind

    known = settings()
    book = book_of(opened(given.folder, with_tests=False))
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
