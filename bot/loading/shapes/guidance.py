"""The shape of guidance: types, reasons, profile, definition, sheets."""

from typing import Annotated

from pydantic import Field

from bot.loading.shapes.base import FileShape, Id, Ids, If, Lines, Shape, Text, Whole, YesNo


class TypeShape(Shape):
    """One type of partnership."""

    name: Text
    means: Text = Field(description="What it is, in a sentence or two.")
    examples: Lines = Field([], description="What it can look like.")
    looks_like: Lines = Field([], description="What looks like it but is something else, and what.")
    first_steps: Lines = Field([], description="What to do first.")
    tips: Lines = Field([], description="How to talk with one another in this type.")
    next_step: Text | None = Field(None, description="The one next step, if no rule gives a better one.")
    more: Lines = Field([], description="More to know, for those who ask.")


class TypesFile(FileShape):
    """The types, in the order they are preferred when points are equal."""

    types: dict[Id, TypeShape]


class ReasonShape(Shape):
    """Points for types while a condition holds, and why."""

    if_: If = Field(description="The answers this rests on.")
    points: dict[Id, Annotated[str, Field(pattern=r"^[+-]?\d{1,2}$")]] = Field(description="Type → points for (3) or against (-3).")
    because: Text = Field(description="The reason in words, beside its points so that they cannot drift apart.")


class PairShape(Shape):
    """How to say "mainly this, with some of that"."""

    types: Ids = Field(min_length=2, max_length=2)
    say: Text


class NextStepShape(Shape):
    """One next step."""

    if_: If = None
    types: Ids = Field([], description="Only for these types.")
    say: Text


class ReasonsFile(FileShape):
    """How answers become a type."""

    reasons: list[ReasonShape]
    needs: Ids = Field(description="Questions without which there is no verdict.")
    needs_unless: If = Field(None, description="When this holds, there is a verdict all the same.")
    partner_questions: Ids = Field(description="The questions whose options have sheets.")
    clear_lead: Whole = Field(3, description="A lead of this many points is clear.")
    mix_lead: Whole = Field(1, description="With a lead of this many or less, two types are close.")
    second_at_least: Whole = Field(2, description="A runner-up needs this many points to be named.")
    pairs: list[PairShape] = []
    next_steps: list[NextStepShape] = []


class ValueShape(Shape):
    """One value of a dimension."""

    label: Text
    if_: If
    tips: Lines = []


class DimensionShape(Shape):
    """One line of the profile."""

    name: Text
    unknown: Text = Field(description="What is shown when it is not known.")
    several: YesNo = Field(False, description="yes: more than one value can hold.")
    values: dict[Id, ValueShape]


class ProfileFile(FileShape):
    """The profile: what a partnership is like, apart from its type."""

    profile: dict[Id, DimensionShape]


class PartShape(Shape):
    """One part of the definition."""

    name: Text
    yes_if: If
    no_if: If = None
    missing: Text = Field(description="What to do when this part is missing.")


class DefinitionFile(FileShape):
    """The four parts of the definition of partnership working."""

    definition: dict[Id, PartShape]


class SheetFile(FileShape):
    """How to talk with one kind of partner."""

    sheet: Id
    name: Text
    for_: Ids = Field(description="The options of the partner questions it is for.")
    tips: Lines = Field(description="The three to five most useful things, shown with the verdict.")
    who: Lines = Field(description="Who to contact.")
    how: Lines = Field(description="How to talk with them.")
    how_often: Lines
    cares_about: Lines
    opening: Text = Field(description="An opening message to copy, without names.")
    avoid: Lines
    in_writing: Lines
    private: Lines = Field(description="What to keep private.")
    safe: Lines = Field(description="Keeping people safe.")
