"""The shape of guidance: types, reasons, profile, definition, sheets."""

from typing import Any

from bot.loading.shapes.base import IDS, LINES, FileShape, ListOf, MapOf, Nested, Shape, may, need
from bot.loading.shapes.kinds import ID, IF, POINTS, TEXT, WHOLE, YES_NO


class TypeShape(Shape):
    """One type of partnership."""

    name: str = need(TEXT)
    means: str = need(TEXT, "What it is, in a sentence or two.")
    examples: list[str] = may(LINES, [], "What it can look like.")
    looks_like: list[str] = may(LINES, [], "What looks like it but is something else, and what.")
    first_steps: list[str] = may(LINES, [], "What to do first.")
    tips: list[str] = may(LINES, [], "How to talk with one another in this type.")
    next_step: str | None = may(TEXT, None, "The one next step, if no rule gives a better one.")
    more: list[str] = may(LINES, [], "More to know, for those who ask.")


class TypesFile(FileShape):
    """The types, in the order they are preferred when points are equal."""

    types: dict[str, TypeShape] = need(MapOf(ID, Nested(TypeShape)))


class ReasonShape(Shape):
    """Points for types while a condition holds, and why."""

    if_: Any = need(IF, "The answers this rests on.")
    points: dict[str, int] = need(MapOf(ID, POINTS), "Type → points for (3) or against (-3).")
    because: str = need(TEXT, "The reason in words, beside its points so that they cannot drift apart.")
    always_named: bool = may(YES_NO, False, "yes: the types it speaks for are named in the result, first or second.")


class PairShape(Shape):
    """How to say "mainly this, with some of that"."""

    types: list[str] = need(ListOf(ID, lone=True, least=2, most=2))
    say: str = need(TEXT)


class NextStepShape(Shape):
    """One next step."""

    if_: Any = may(IF)
    types: list[str] = may(IDS, [], "Only for these types.")
    say: str = need(TEXT)


class ReasonsFile(FileShape):
    """How answers become a type."""

    reasons: list[ReasonShape] = need(ListOf(Nested(ReasonShape)))
    needs: list[str] = need(IDS, "Questions without which there is no verdict.")
    needs_unless: Any = may(IF, None, "When this holds, there is a verdict all the same.")
    partner_questions: list[str] = need(IDS, "The questions whose options have sheets.")
    clear_lead: int = may(WHOLE, 3, "A lead of this many points is clear.")
    clear_at_least: int = may(WHOLE, 0, "A type with fewer points than this is never clear.")
    mix_lead: int = may(WHOLE, 1, "With a lead of this many or less, two types are close.")
    second_at_least: int = may(WHOLE, 2, "A runner-up needs this many points to be named.")
    pairs: list[PairShape] = may(ListOf(Nested(PairShape)), [])
    next_steps: list[NextStepShape] = may(ListOf(Nested(NextStepShape)), [])


class TipShape(Shape):
    """One tip: a text, or a text with a condition."""

    if_: Any = may(IF, None, "The answers it fits. Without it, it always fits.")
    say: str = need(TEXT)


class ValueShape(Shape):
    """One value of a dimension."""

    label: str = need(TEXT)
    if_: Any = need(IF)
    tips: list[TipShape] = may(ListOf(Nested(TipShape, short="say"), lone=True), [], "The most fitting first; one or two are given.")


class DimensionShape(Shape):
    """One line of the profile."""

    name: str = need(TEXT)
    unknown: str = need(TEXT, "What it is called in the line of things that are not known.")
    several: bool = may(YES_NO, False, "yes: more than one value can hold.")
    fits_none: Any = may(IF, None, "Answers that none of the values is meant for, so that `check` does not ask about them.")
    values: dict[str, ValueShape] = need(MapOf(ID, Nested(ValueShape)))


class ProfileFile(FileShape):
    """The profile: what a partnership is like, apart from its type."""

    profile: dict[str, DimensionShape] = need(MapOf(ID, Nested(DimensionShape)))


class PartShape(Shape):
    """One part of the definition."""

    name: str = need(TEXT)
    yes_if: Any = need(IF)
    no_if: Any = may(IF)
    missing: str = need(TEXT, "What to do when this part is missing.")
    short: str | None = may(TEXT, None, "The part in a few words, for a line that names several.")


class DefinitionFile(FileShape):
    """The four parts of the definition of partnership working."""

    definition: dict[str, PartShape] = need(MapOf(ID, Nested(PartShape)))


class SheetFile(FileShape):
    """How to talk with one kind of partner."""

    sheet: str = need(ID)
    name: str = need(TEXT)
    for_: list[str] = need(IDS, "The options of the partner questions it is for.")
    tips: list[str] = need(LINES, "The three to five most useful things, shown with the verdict.")
    who: list[str] = need(LINES, "Who to contact.")
    how: list[str] = need(LINES, "How to talk with them.")
    how_often: list[str] = need(LINES)
    cares_about: list[str] = need(LINES)
    opening: str = need(TEXT, "An opening message to copy, without names. Short: a button that copies takes 256 letters.")
    longer_opening: str | None = may(TEXT, None, "A longer opening message, for an email or a letter.")
    avoid: list[str] = need(LINES)
    in_writing: list[str] = need(LINES)
    private: list[str] = need(LINES, "What to keep private.")
    safe: list[str] = need(LINES, "Keeping people safe.")
