"""Adds up the points of the reasons that hold."""

from dataclasses import dataclass

from bot.model.condition import Condition, Facts, Picked, options_in, questions_in
from bot.model.guide import Guide, Reason
from bot.model.verdict import Given


@dataclass(frozen=True, slots=True)
class Score:
    """Points by type, best first (equal points: in the order of the types file), and the reasons that gave them."""

    points: dict[str, int]
    reasons: tuple[Reason, ...]

    @property
    def best(self) -> str:
        """The type with the most points; "" when no type has any."""
        first = next(iter(self.points), "")
        return first if first and self.points[first] > 0 else ""

    @property
    def runner_up(self) -> str:
        """The type that comes second, or ""."""
        return list(self.points)[1] if len(self.points) > 1 else ""

    @property
    def also_named(self) -> str:
        """The other type that is named in any case, because a reason says so: the one with the most points; "" if there is none."""
        always = {type_id for reason in self.reasons if reason.always_named for type_id, number in reason.points.items() if number > 0}
        return next((one for one, number in self.points.items() if one in always and one != self.best and number > 0), "")

    @property
    def lead(self) -> int:
        """How many points the best is ahead of the runner-up."""
        return self.points[self.best] - self.points[self.runner_up] if self.best and self.runner_up else 1_000


def score(guide: Guide, picked: Picked) -> Score:
    """The score of these answers."""
    facts = Facts(picked)
    holding = tuple(reason for reason in guide.reasons if reason.condition.holds(facts))
    points = {one.id: 0 for one in guide.types}
    for reason in holding:
        for type_id, number in reason.points.items():
            points[type_id] += number
    order = sorted(points, key=lambda type_id: -points[type_id])
    return Score({type_id: points[type_id] for type_id in order}, holding)


def close_types(guide: Guide, picked: Picked) -> frozenset[str]:
    """The types that are close to the best one with these answers; empty when the best stands clear of the rest."""
    if missing(guide, picked):
        return frozenset()
    found = score(guide, picked)
    if not found.best:
        return frozenset()
    reach = max(found.points[found.best] - guide.mix_lead, guide.second_at_least)
    close = frozenset(type_id for type_id, points in found.points.items() if points >= reach)
    return close if len(close) > 1 else frozenset()


def missing(guide: Guide, picked: Picked) -> tuple[str, ...]:
    """The questions that must be answered before there can be a verdict."""
    if guide.needs_unless.holds(Facts(picked)):
        return ()
    return tuple(question for question in guide.needs if question not in picked)


def given_reason(reason: Reason, picked: Picked) -> Given:
    """A reason that holds, with the answers it rests on: those to the first question of its condition that was answered."""
    asked = [question for question in questions_in(reason.condition) if question in picked]
    question = asked[0] if asked else ""
    return Given(question, _answers(reason.condition, question, picked), reason.because, dict(reason.points))


def _answers(condition: Condition, question: str, picked: Picked) -> tuple[str, ...]:
    """The picked options that the condition names; where it only counts or rules out, all of them."""
    named = {option for about, option in options_in(condition) if about == question}
    options = picked.get(question, ())
    return tuple(option for option in options if option in named) or options
