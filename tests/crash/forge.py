"""Makes bot processes quickly: it has read and learned the dialogues once, and forks children that run as `partnership-bot run` does.

Reads lines: "run" starts a child and answers its number; "wait" waits for its end and answers its exit status.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import bot.turn.mind
from bot.app import Opened, open_folder
from bot.commands import serve
from bot.logs import set_up_logs
from bot.settings import read_settings
from bot.storage.sqlite import SqliteStore
from bot.telegram.service import Service
from tests.crash.scenes import PlayedMind, light

READY = (set_up_logs, SqliteStore, Service)
"""What a child would else import when it starts."""
DIALOGUES = Path(__file__).parents[2] / "dialogues"


def main() -> None:
    """Serves until there are no more lines."""
    found = open_folder(DIALOGUES, with_tests=False)
    assert found.book is not None
    mind = PlayedMind(light(found.book))
    mind.learn()
    opened = Opened(mind.book, (), DIALOGUES)
    vars(serve)["opened"] = lambda **_: opened
    vars(bot.turn.mind)["Mind"] = lambda *_: mind
    known = read_settings()
    child = 0
    say("ready")
    for line in sys.stdin:
        if line.strip() == "run":
            child = os.fork()
            if not child:
                run(lambda: serve.serve(known))
            say(str(child))
        elif line.strip() == "wait":
            say(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))


def run(work: Callable[[], int]) -> NoReturn:
    """The child's life. What a process does after its last line is left out."""
    status = 70
    try:
        status = work()
    except BaseException as slip:
        say_why(slip)
        raise
    finally:
        sys.stderr.flush()
        os._exit(status)


def say(line: str) -> None:
    """Answers."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def say_why(slip: BaseException) -> None:
    """For the log of a test that fails."""
    sys.stderr.write(f"{type(slip).__name__}: {slip}\n")


if __name__ == "__main__":
    main()
