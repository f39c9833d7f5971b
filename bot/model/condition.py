"""Conditions over closed answers: is, any, all, none, only, at least n. Never over free text, never code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Picked = Mapping[str, tuple[str, ...]]
"""Question id → the options picked. A question that is not answered, or skipped, is not in it."""


def nothing_close(_picked: Picked) -> frozenset[str]:
    """No two types are close: what a book without guidance says."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a condition is asked: the picked options, and which types are close (worked out on demand)."""

    picked: Picked
    close_types: Callable[[Picked], frozenset[str]] = field(default=nothing_close)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the options was picked."""

    question: str
    options: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return not self.options.isdisjoint(facts.picked.get(self.question, ()))


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the options was picked."""

    question: str
    options: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return self.options.issubset(facts.picked.get(self.question, ()))


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The question was answered, and with none of the options."""

    question: str
    options: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        picked = facts.picked.get(self.question)
        return picked is not None and self.options.isdisjoint(picked)


@dataclass(frozen=True, slots=True)
class OnlyOf:
    """The question was answered, and with nothing but some of the options."""

    question: str
    options: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        picked = facts.picked.get(self.question)
        return bool(picked) and self.options.issuperset(picked or ())


@dataclass(frozen=True, slots=True)
class Count:
    """The number of picked options is within bounds, counting only `among` where it is given."""

    question: str
    at_least: int = 0
    at_most: int = 1_000
    among: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        picked = facts.picked.get(self.question)
        if picked is None:
            return False
        counted = len(self.among.intersection(picked)) if self.among else len(picked)
        return self.at_least <= counted <= self.at_most


@dataclass(frozen=True, slots=True)
class Known:
    """The question was answered (or, with `known` false, it was not)."""

    question: str
    known: bool = True

    def holds(self, facts: Facts) -> bool:
        return (self.question in facts.picked) is self.known


@dataclass(frozen=True, slots=True)
class Close:
    """These types are close to one another with the answers so far."""

    types: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return self.types.issubset(facts.close_types(facts.picked))


@dataclass(frozen=True, slots=True)
class Every:
    """All the parts hold; with no parts it always holds."""

    parts: "tuple[Condition, ...]" = ()

    def holds(self, facts: Facts) -> bool:
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts holds."""

    parts: "tuple[Condition, ...]"

    def holds(self, facts: Facts) -> bool:
        return any(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"

    def holds(self, facts: Facts) -> bool:
        return not self.part.holds(facts)


Condition = AnyOf | AllOf | NoneOf | OnlyOf | Count | Known | Close | Every | Either | Not

ALWAYS = Every()
NEVER = Not(ALWAYS)


def questions_in(condition: Condition) -> tuple[str, ...]:
    """The ids of the questions a condition asks about, in the order written."""
    match condition:
        case Every(parts) | Either(parts):
            return tuple(name for part in parts for name in questions_in(part))
        case Not(part):
            return questions_in(part)
        case Close():
            return ()
        case _:
            return (condition.question,)


def options_in(condition: Condition) -> tuple[tuple[str, str], ...]:
    """The (question id, option id) pairs a condition names."""
    match condition:
        case Every(parts) | Either(parts):
            return tuple(pair for part in parts for pair in options_in(part))
        case Not(part):
            return options_in(part)
        case AnyOf(question, options) | AllOf(question, options) | NoneOf(question, options) | OnlyOf(question, options):
            return tuple((question, option) for option in sorted(options))
        case Count(question, among=among):
            return tuple((question, option) for option in sorted(among))
        case _:
            return ()
