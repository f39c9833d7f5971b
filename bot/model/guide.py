"""What guidance is made of: types, reasons, the profile, the definition, and a sheet for each kind of partner."""

from dataclasses import dataclass

from bot.model.condition import ALWAYS, NEVER, Condition
from bot.model.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class PartnershipType:
    """One type of partnership, described for a volunteer."""

    id: str
    name: str
    means: str
    examples: tuple[str, ...] = ()
    looks_like: tuple[str, ...] = ()
    first_steps: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    next_step: str = ""
    more: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Reason:
    """Points for and against types while the condition holds, with the words that explain them beside them.

    With `always_named` the types it speaks for are named in the result, first or second, however far ahead another one is.
    """

    condition: Condition
    points: dict[str, int]
    because: str
    always_named: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Pair:
    """How to say that a partnership is mainly one type with some of another."""

    first: str
    second: str
    say: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next; the first whose condition holds is given."""

    say: str
    condition: Condition = ALWAYS
    types: frozenset[str] = frozenset()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Tip:
    """One thing to do, for those it fits."""

    say: str
    condition: Condition = ALWAYS
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dimension of the profile: when it is so, what it is called, what to do about it."""

    id: str
    label: str
    condition: Condition
    tips: tuple[Tip, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Dimension:
    """One line of the profile. With `several` every value that holds is taken, otherwise the first; none: unknown.

    `unknown` names it among the things that are not known. `fits_none` holds for answers that none of the values is meant for.
    """

    id: str
    name: str
    values: tuple[Value, ...]
    unknown: str = ""
    several: bool = False
    fits_none: Condition = NEVER
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the definition of partnership working: when it is met, when it is not; otherwise unknown.

    `short` names it in a few words.
    """

    id: str
    name: str
    yes: Condition
    no: Condition
    missing: str = ""
    short: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Sheet:
    """How to talk with one kind of partner. `options` are the options of the partner questions it belongs to."""

    id: str
    name: str
    options: tuple[str, ...]
    tips: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    how_often: tuple[str, ...] = ()
    cares_about: tuple[str, ...] = ()
    opening: str = ""
    longer_opening: str = ""
    avoid: tuple[str, ...] = ()
    in_writing: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()
    place: Place = NOWHERE

    def sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The lists of the sheet with their names, in the order they are shown."""
        names = ("who", "how", "how_often", "cares_about", "avoid", "in_writing", "private", "safe")
        return tuple((name, getattr(self, name)) for name in names)


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything guidance judges by.

    A lead of `clear_lead` points is clear, for a type with `clear_at_least` points; with a lead of `mix_lead` or less, the two are close.
    `needs` are the questions without which there is no verdict; `needs_unless` excuses them.
    `partner_questions` are the questions whose options have sheets.
    """

    types: tuple[PartnershipType, ...] = ()
    reasons: tuple[Reason, ...] = ()
    pairs: tuple[Pair, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    parts: tuple[Part, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    needs: tuple[str, ...] = ()
    needs_unless: Condition = NEVER
    partner_questions: tuple[str, ...] = ()
    clear_lead: int = 3
    clear_at_least: int = 0
    mix_lead: int = 1
    second_at_least: int = 2

    def type(self, type_id: str) -> PartnershipType | None:
        """The type with this id, or None."""
        return next((one for one in self.types if one.id == type_id), None)

    def sheet(self, sheet_id: str) -> Sheet | None:
        """The sheet with this id, or None."""
        return next((one for one in self.sheets if one.id == sheet_id), None)
