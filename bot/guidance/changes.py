"""What would change this? The single options that, had another been picked in their place, give another type."""

from collections.abc import Callable, Iterator

from bot.guidance.score import missing, score
from bot.model.condition import Picked, questions_in
from bot.model.dialogue import Question
from bot.model.guide import Guide
from bot.model.verdict import Change

Settle = Callable[[Picked], Picked]
"""Keeps only the answers that count, as the interview would: a changed answer can make others fall away, or count again."""


def changes(guide: Guide, given: Picked, questions: tuple[Question, ...], settle: Settle) -> tuple[Change, ...]:
    """For every question that bears on the type: to each other type, the first option that leads there.

    The answer space is finite, so every swap is tried, and judged as the changed answers would be. `given` are all
    answers, also those that do not count now. The result is in the order of the questions.
    """
    now = type_of(guide, settle(given))
    bearing = {question for reason in guide.reasons if any(reason.points.values()) for question in questions_in(reason.condition)}
    found: dict[tuple[str, str], Change] = {}
    for question in questions:
        if question.id not in bearing or question.kind not in ("one", "many"):
            continue
        for before, after in _swaps(question, given):
            tried = (type_of(guide, settle(changed)) for changed in _changed(question, given, before, after, questions))
            new = next(tried)
            if new not in ("", now) and (question.id, new) not in found and all(again == new for again in tried):
                found[question.id, new] = Change(question.id, before, after, new)
    return tuple(found.values())


def type_of(guide: Guide, picked: Picked) -> str:
    """The type of these answers; "" if they are not enough."""
    return "" if missing(guide, picked) else score(guide, picked).best


def _swaps(question: Question, given: Picked) -> Iterator[tuple[str | None, str]]:
    """Every option that could stand in the place of one that was picked."""
    present = given.get(question.id, ())
    offered = given.get(question.options_from, ()) if question.options_from else tuple(option.id for option in question.options)
    alone = {option.id for option in question.options if option.alone}
    for before in present or (None,):
        yield from ((before, after) for after in offered if after not in present and (len(present) < 2 or after not in alone))


def _changed(question: Question, given: Picked, before: str | None, after: str, questions: tuple[Question, ...]) -> Iterator[Picked]:
    """The answers after the swap; of several options, once with the others kept and once with the new one alone.

    Only what is true either way is worth saying. Where a later question borrows the options (which of the two is most
    of it?), the new option takes the old one's place there too.
    """
    present = given.get(question.id, ())
    swapped = tuple(after if one == before else one for one in present) or (after,)
    borrowers = [one.id for one in questions if one.options_from == question.id and one.id in given]
    yield {**given, question.id: swapped, **{one: tuple(after if old == before else old for old in given[one]) for one in borrowers}}
    if len(present) > 1:
        yield {**{name: options for name, options in given.items() if name not in borrowers}, question.id: (after,)}
