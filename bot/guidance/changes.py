"""What would change this? The smallest changes of a single answer that give another type."""

from collections.abc import Callable, Iterator

from bot.guidance.score import missing, score
from bot.model.condition import Picked, questions_in
from bot.model.dialogue import Question
from bot.model.guide import Guide
from bot.model.verdict import Change

Settle = Callable[[Picked], Picked]
Options = tuple[str, ...]


def changes(guide: Guide, picked: Picked, questions: tuple[Question, ...], settle: Settle) -> tuple[Change, ...]:
    """For every question that bears on the type: the smallest change of its answer to each other type there is.

    The answer space is finite, so every single change is tried; one that only swaps or drops an option comes
    before one that adds an option. The result is in the order of the questions.
    """
    now = score(guide, picked).best
    bearing = {question for reason in guide.reasons for question in questions_in(reason.condition)}
    found: dict[tuple[str, str], Change] = {}
    for question in questions:
        if question.id not in bearing or question.kind not in ("one", "many"):
            continue
        for other in _others(question, picked):
            changed = settle({**picked, question.id: other})
            new = score(guide, changed).best
            if new and new != now and not missing(guide, changed) and (question.id, new) not in found:
                found[question.id, new] = _change(question.id, picked.get(question.id), other, new)
    return tuple(found.values())


def _others(question: Question, picked: Picked) -> Iterator[Options]:
    """Other answers to the question, the nearest to the present one first."""
    options = tuple(option.id for option in question.options) or picked.get(question.options_from, ())
    alone = {option.id for option in question.options if option.alone}
    present = picked.get(question.id, ())
    if question.kind == "one" or len(present) <= 1:
        yield from ((option,) for option in options if option not in present)
    if question.kind != "many" or not present:
        return
    for gone in present:
        less = tuple(option for option in present if option != gone)
        if len(less) >= question.at_least:
            yield less
            yield from ((*less, new) for new in options if new not in present and new not in alone and not alone & set(less))
        elif len(present) > 1:
            yield from ((new,) for new in options if new not in present)
    more = (new for new in options if new not in present and new not in alone and not alone & set(present))
    if len(present) < question.at_most:
        yield from ((*present, new) for new in more)


def _change(question: str, before: Options | None, after: Options, type_id: str) -> Change:
    """The change, with answers of one option as that option's id.

    Where only one option of several is swapped, only that option is named: "from a to b" says it shortest.
    """
    if before and len(before) == len(after) > 1:
        gone = [option for option in before if option not in after]
        come = [option for option in after if option not in before]
        if len(gone) == len(come) == 1:
            return Change(question, gone[0], come[0], type_id)
    return Change(question, _plain(before), _plain(after) or after, type_id)


def _plain(options: Options | None) -> str | Options | None:
    return options[0] if options and len(options) == 1 else options
