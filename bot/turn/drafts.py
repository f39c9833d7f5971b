"""Questions without an answer as a file of quick answers, in which only the answers are left to be written.

Where an answer is to stand there is a hole that nothing fills: as long as one is left, `check` says where, and nothing goes live.
"""

import json
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator
from itertools import count

from bot.model.limits import ID_LENGTH
from bot.model.text import shortened

NAME = "new-answers.yaml"
HERE = "{write_the_answer_here}"
TITLE = 64
"""A title is as long as this at most, or a button does not show all of it."""
WORDS = 5
"""An id is made of so many words of the question."""
ROOM_FOR_A_NUMBER = 6
WIDTH = 100
_WORD = re.compile(r"[a-z0-9]+")


def drafts(questions: Iterable[str], taken: Collection[str], note: str, theme: str) -> str:
    """The file. `taken` are ids that other answers have, `note` says above all what to do, `theme` names the file's answers."""
    lines = [f"# {line}" for line in textwrap.wrap(note, WIDTH)]
    lines += ["format: 1", f"answers: {_quoted(theme)}", "topics:"]
    used = set(taken)
    for question in questions:
        name = next(one for one in _names(question) if one not in used)
        used.add(name)
        lines += [
            "",
            f"  {name}:",
            f"    title: {_quoted(shortened(question, TITLE))}",
            "    asked:",
            f"      - {_quoted(question)}",
            "    answer: >",
            f"      {HERE}",
        ]
    return "\n".join([*lines, ""])


def _names(question: str) -> Iterator[str]:
    name = "_".join(_WORD.findall(question.lower())[:WORDS])
    name = name if name[:1].isalpha() else f"question_{name}"
    name = name[: ID_LENGTH - ROOM_FOR_A_NUMBER].strip("_")
    yield name
    yield from (f"{name}_{number}" for number in count(2))


def _quoted(text: str) -> str:
    """As a text that no mark in it makes anything else of; nor is a hole made of it."""
    return json.dumps(text.replace("{", "(").replace("}", ")"), ensure_ascii=False)
