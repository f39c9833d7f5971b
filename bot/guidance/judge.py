"""The verdict of a set of answers."""

from bot.guidance.changes import Settle, changes
from bot.guidance.score import Score, given_reason, missing, score
from bot.guidance.tips import fitting_tips
from bot.model.condition import Facts, Picked
from bot.model.dialogue import Question
from bot.model.guide import Guide
from bot.model.verdict import Advice, Confidence, Given, Verdict

UNKNOWN = "unknown"


def judge(guide: Guide, given: Picked, questions: tuple[Question, ...] = (), settle: Settle = dict) -> Verdict:
    """The verdict: type, runner-up, reasons, definition, profile, what would change it, advice.

    `given` holds what was answered; what is not in it is unknown and never guessed. Only what `settle` keeps of it
    counts. `questions` are those whose answers may be varied for "what would change this?"; without them that list is empty.
    """
    picked = settle(given)
    found = score(guide, picked)
    needed = missing(guide, picked) or (() if found.best else _undecided(guide, picked))
    enough = not needed and bool(found.best)
    confidence, second = _confidence(guide, found) if enough else ("insufficient", None)
    type_id = found.best if enough else None
    return Verdict(
        type=type_id,
        second=second,
        confidence=confidence,
        points=found.points,
        reasons=_reasons(found, picked, type_id, second),
        definition=definition(guide, picked),
        profile=profile(guide, picked),
        needed=needed,
        changes=changes(guide, given, questions, settle) if enough and questions else (),
        advice=advice(guide, picked, type_id),
    )


def _confidence(guide: Guide, found: Score) -> tuple[Confidence, str | None]:
    """How sure, and the second type: one that is named in any case, or one that has enough points and is not far behind."""
    points = found.points[found.best]
    if found.lead >= guide.clear_lead and points >= guide.clear_at_least and not found.also_named:
        return "clear", None
    second = found.also_named or (found.runner_up if found.points.get(found.runner_up, 0) >= guide.second_at_least else "")
    if not second:
        return "closest", None
    return ("mix" if points - found.points[second] <= guide.mix_lead else "closest"), second


def _undecided(guide: Guide, picked: Picked) -> tuple[str, ...]:
    """When no type has any points: the needed questions, whose answers gave nothing to go on."""
    return tuple(question for question in guide.needs if question in picked) or guide.needs


def _reasons(found: Score, picked: Picked, type_id: str | None, second: str | None) -> tuple[Given, ...]:
    """The reasons that speak for or against the types named, and those that must be told of in any case; the weightiest first."""
    named = [one for one in (type_id, second) if one]
    told = [one for one in found.reasons if not named or one.always_named or any(name in one.points for name in named)]

    def weight(points: dict[str, int]) -> int:
        return max((points[one] * 2 - rank for rank, one in enumerate(named) if one in points), default=0)

    return tuple(given_reason(reason, picked) for reason in sorted(told, key=lambda one: -weight(one.points)))


def definition(guide: Guide, picked: Picked) -> dict[str, bool | None]:
    """The parts of the definition: met, not met, or None for not known."""
    facts = Facts(picked)
    return {part.id: True if part.yes.holds(facts) else False if part.no.holds(facts) else None for part in guide.parts}


def profile(guide: Guide, picked: Picked) -> dict[str, str | tuple[str, ...]]:
    """The value of every dimension; "unknown", or no values, where the answers do not say."""
    facts = Facts(picked)
    found: dict[str, str | tuple[str, ...]] = {}
    for dimension in guide.dimensions:
        values = tuple(value.id for value in dimension.values if value.condition.holds(facts))
        found[dimension.id] = values if dimension.several else (values[0] if values else UNKNOWN)
    return found


def advice(guide: Guide, picked: Picked, type_id: str | None) -> Advice:
    """Advice by type, by profile and for exactly the partners picked, and one next step."""
    facts = Facts(picked)
    chosen = guide.type(type_id) if type_id else None
    tips = tuple(dict.fromkeys(say for _, _, say in fitting_tips(guide, picked)))
    partners = [option for question in guide.partner_questions for option in picked.get(question, ())]
    sheets = {option: sheet.tips for option in partners for sheet in guide.sheets if option in sheet.options}
    steps = [step.say for step in guide.next_steps if (not step.types or (type_id or "") in step.types) and step.condition.holds(facts)]
    next_step = steps[0] if steps else (chosen.next_step if chosen else "")
    return Advice(chosen.tips if chosen else (), tips, sheets, next_step)
