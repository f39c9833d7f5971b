"""The command line. The standard library's parser, because a chat should show its first question at once."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from bot.commands.common import Leave

WHERE = {
    "chat": ("talk", "Talk with the bot here, in the terminal."),
    "run": ("serve", "Run the bot on Telegram, until it is told to stop."),
    "sandbox": ("try_out", "Try the bot without Telegram: a server like Telegram's on this machine, and a chat with the real bot."),
    "advise": ("judge", "Say what kind of partnership these answers describe."),
    "ask": ("judge", "Answer a quick question."),
    "check": ("author", "Look for slips in the dialogues."),
    "test": ("author", "Run the tests of the dialogues, and measure how well people are understood."),
    "graph": ("author", "Draw the dialogues as a picture (Mermaid text)."),
    "init": ("author", "Copy the shipped dialogues into a new folder, to edit them."),
    "doctor": ("look_after", "Say in plain words whether token, Telegram, database and dialogues are in order."),
    "inbox": ("look_after", "Show messages that were set aside after errors; try them again, or give them up."),
}
"""Command → the module in `bot/commands` that does it, and what it is for."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Leave(f"{self.prog}: {message}. See: {self.prog} --help", 2)


def _parser() -> _Parser:
    parser = _Parser(
        "partnership-bot", description="Helps people see what kind of partnership they are in, and how to talk with everybody in it."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = {name: commands.add_parser(name, help=about, description=about) for name, (_, about) in WHERE.items()}
    for name, one in made.items():
        one.set_defaults(command=name)
    for name in ("check", "test", "graph", "chat"):
        made[name].add_argument("folder", metavar="DIR", type=Path, nargs="?", help="a dialogues folder; without it, the one in use")
    made["init"].add_argument("folder", metavar="DIR", type=Path, help="the new folder")
    for name in ("advise", "ask", "check", "doctor", "inbox"):
        made[name].add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    _details(made)
    return parser


def _details(made: Mapping[str, argparse.ArgumentParser]) -> None:
    made["chat"].add_argument("--new", action="store_true", help="start a new conversation instead of going on with the last")
    made["chat"].add_argument("--repro", metavar="FILE", type=Path, help="write what was typed into FILE, as a test")
    made["run"].add_argument("--take-over", action="store_true", help="remove a webhook that is set, and fetch updates instead")
    made["sandbox"].add_argument("--port", type=int, default=0, help="the port of the server (without it, a free one)")
    made["sandbox"].add_argument("--serve", action="store_true", help="no chat in this terminal: only the server and the bot")
    made["advise"].add_argument("file", metavar="FILE", type=Path, help="answers in YAML or JSON: one mapping, or a list of them")
    made["advise"].add_argument("--typed", action="store_true", help="the answers are text as people type it")
    made["ask"].add_argument("words", metavar="WORDS", nargs="?", help="a quick question, in quotes")
    made["ask"].add_argument("--file", metavar="FILE", type=Path, help="questions, one on each line, or the table that /questions exports")
    made["ask"].add_argument("--why", action="store_true", help="say what each answer rests on")
    made["check"].add_argument("--github", action="store_true", help="print findings as GitHub workflow commands")
    made["test"].add_argument("--full", action="store_true", help="show every mistake and every table")
    made["graph"].add_argument("--format", choices=["mermaid"], default="mermaid", help="mermaid")
    either = made["inbox"].add_mutually_exclusive_group()
    either.add_argument("--replay", metavar="NUMBER", type=int, help="try this one again")
    either.add_argument("--drop", metavar="NUMBER", type=int, help="give this one up, and erase its text")


def run(words: Sequence[str]) -> int:
    """Runs one command line, and gives its exit status."""
    try:
        given = _parser().parse_args(words)
        module = import_module(f"bot.commands.{WHERE[given.command][0]}")
        does: Callable[[argparse.Namespace], int] = getattr(module, given.command)
        return int(does(given))
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
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = run(sys.argv[1:])
        print(end="", flush=True)
    except BrokenPipeError:  # whoever reads has had enough, as in `partnership-bot graph | head`
        status = _unheard(0)
    except OSError as slip:
        if slip.filename is not None:
            raise
        print(f"What is to be printed cannot be written: {slip.strerror or slip}.", file=sys.stderr)
        status = _unheard(2)
    sys.exit(status)


def _unheard(status: int) -> int:
    """Gives the status, after what is left to print went nowhere: the end of the process would try once more to print it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status
