"""From the shape of sayings to the model's noun: what people type when they mean an option."""

import re
from math import inf

from bot.loading.desk import Desk
from bot.loading.shapes.dialogue import SayingsFile
from bot.model.dialogue import Sayings

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_LENGTH = re.compile(r"(\d{1,3}) (day|week|month|year)s?")
_LONGER = "longer"


def sayings_of(desk: Desk) -> Sayings:
    """What people type for the options of a question, and of the questions that share its options."""
    shape: SayingsFile = desk.shaped.shape
    desk.want("question", shape.sayings, "sayings")
    for number, question in enumerate(shape.also_for):
        desk.want("question", question, "also for", number)
    for key in ("words", "sentences", "opposites", "lengths"):
        for option in getattr(shape, key):
            desk.want_key("option", option, key, option, within=shape.sayings)
    for key, option in (("yes means", shape.yes_means), ("no means", shape.no_means)):
        if option:
            desk.want("option", option, key, within=shape.sayings)
    for one, other in shape.opposites.items():
        desk.want("option", other, "opposites", one, within=shape.sayings)
    return Sayings(
        questions=(shape.sayings, *shape.also_for),
        words={option: tuple(lines) for option, lines in shape.words.items()},
        sentences={option: tuple(lines) for option, lines in shape.sentences.items()},
        other=tuple(shape.other),
        says_nothing=tuple(shape.says_nothing),
        yes_means=shape.yes_means or "",
        no_means=shape.no_means or "",
        opposites=dict(shape.opposites),
        together=_together(desk, shape),
        lengths=_lengths(desk, shape),
        place=desk.place("sayings"),
    )


def _together(desk: Desk, shape: SayingsFile) -> dict[frozenset[str], str]:
    """What two options mean when both are said."""
    found = {}
    for joined, meant in shape.together.items():
        pair = frozenset(one.strip() for one in joined.split("+"))
        if len(pair) != 2:
            desk.error("D215", f'"{joined}" is not two different answers joined with "+", such as "planned + grew".', "together", joined)
            continue
        for one in pair:
            desk.want_key("option", one, "together", joined, within=shape.sayings)
        desk.want("option", meant, "together", joined, within=shape.sayings)
        found[pair] = meant
    return found


def _lengths(desk: Desk, shape: SayingsFile) -> tuple[tuple[str, float], ...]:
    """The options by the longest time each stands for, the shortest first."""
    found = []
    for option, most in shape.lengths.items():
        written = _LENGTH.fullmatch(most)
        if written:
            found.append((option, float(written[1]) * _DAYS[written[2]]))
        elif most == _LONGER:
            found.append((option, inf))
        else:
            message = f'"{most}" is no length of time. Write it like "3 weeks" or "1 year"; for the longest, write "{_LONGER}".'
            desk.error("D215", message, "lengths", option)
    return tuple(sorted(found, key=lambda one: one[1]))
