"""Several people's answers about one project: what they share, where they agree, and where they differ most.

Counts only: nothing here says who answered what.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model.condition import Picked
from bot.model.dialogue import Question

FEWEST = 3
"""Below this many people nothing is shown: with two, each would know what the other said."""

SHARED_BY = 2
"""What only one person said is not shared by anybody."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the answers to one question spread: option → how many picked it (or nothing). `apart` is 0 for all alike, up to 1.

    `people` are those who answered it; of fewer than `FEWEST` there is no spread to show.
    """

    question: str
    counts: dict[str, int]
    people: int
    apart: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What several people see together. `shared` are the answers most of them gave; a question without one is not in it."""

    people: int
    shared: Picked
    agree: tuple[str, ...] = ()
    differ: tuple[Spread, ...] = ()

    def without_counts(self) -> "Picture":
        """The picture that says where people differ, and not how many of them."""
        return replace(self, differ=tuple(Spread(one.question, {}, 0, 0.0) for one in self.differ))


def compare(questions: Sequence[Question], people: Sequence[Picked], most: int = 2) -> Picture | None:
    """The picture of everyone's answers, or None if they are too few. `differ` has at most `most` questions, the widest first.

    Only questions that ask to be talked about are compared; who the partners are looks different from every chair.
    """
    if len(people) < FEWEST:
        return None
    shared = {question.id: found for question in questions if (found := _shared(question, people))}
    spreads = [spread for question in questions if question.talk and (spread := _spread(question, people)) is not None]
    agree = tuple(one.question for one in spreads if one.apart == 0)
    apart = sorted((one for one in spreads if one.apart > 0), key=lambda one: -one.apart)
    return Picture(len(people), shared, agree, tuple(apart[:most]))


def _answered(question: Question, people: Iterable[Picked]) -> list[tuple[str, ...]]:
    """What was picked, by those who picked something that says something."""
    unsure = {option.id for option in question.options if option.unsure}
    given = (one.get(question.id, ()) for one in people)
    return [picked for picked in given if picked and not unsure.issuperset(picked)]


def _shared(question: Question, people: Sequence[Picked]) -> tuple[str, ...]:
    """The answer most people gave, at least two of them; on a tie, none.

    Of several options those that half of them picked. Who the partners are looks different from every chair: there two are enough.
    """
    given = _answered(question, people)
    counts = Counter(option for picked in given for option in picked)
    if not counts:
        return ()
    if question.kind == "many":
        needed = max(SHARED_BY, len(given) / 2) if question.talk else SHARED_BY
        alone = {option.id for option in question.options if option.alone}
        found = [option for option, count in counts.most_common() if count >= needed]
        found = [option for option in found if option not in alone] or found[:1]
        return tuple(found[: question.at_most or len(found)])
    (best, most), *others = counts.most_common(2)
    return () if most < SHARED_BY or (others and others[0][1] == most) else (best,)


def _spread(question: Question, people: Sequence[Picked]) -> Spread | None:
    given = _answered(question, people)
    if len(given) < FEWEST:
        return None
    counts = Counter(option for picked in given for option in picked)
    if question.kind == "many":
        apart = 1 - sum(count * count for count in counts.values()) / (len(given) * sum(counts.values()))
    else:
        apart = 1 - max(counts.values()) / len(given)
    return Spread(question.id, dict(counts.most_common()), len(given), apart)
