"""Which tips fit a profile: a handful, from the lines in their order, never more than two about one line."""

from bot.model.condition import Facts, Picked
from bot.model.guide import Dimension, Guide, Tip, Value

MOST = 5
"""More tips than this nobody follows."""
MOST_FOR_ONE_LINE = 2

Fitting = tuple[Dimension, Value, str]


def fitting_tips(guide: Guide, picked: Picked, most: int = MOST) -> tuple[Fitting, ...]:
    """The tips to give, in the order of the profile.

    Every line that is known has its first fitting tip before any has a second. Within a line the tips stand in the
    order written; where several values hold at once, each has its first tip before any has its second.
    """
    facts = Facts(picked)
    by_line = [_of_line(dimension, facts)[:MOST_FOR_ONE_LINE] for dimension in guide.dimensions]
    ranked = [(rank, place) for place, tips in enumerate(by_line) for rank in range(len(tips))]
    chosen = set(sorted(ranked)[:most])
    return tuple(tips[rank] for place, tips in enumerate(by_line) for rank in range(len(tips)) if (rank, place) in chosen)


def _of_line(dimension: Dimension, facts: Facts) -> list[Fitting]:
    holding = [value for value in dimension.values if value.condition.holds(facts)]
    found: list[tuple[int, Fitting]] = []
    for value in holding if dimension.several else holding[:1]:
        fitting: list[Tip] = [tip for tip in value.tips if tip.condition.holds(facts)]
        found += [(rank, (dimension, value, tip.say)) for rank, tip in enumerate(fitting)]
    return [tip for _, tip in sorted(found, key=lambda one: one[0])]
