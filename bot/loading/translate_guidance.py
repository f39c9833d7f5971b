"""From the shape of types, reasons, profile, definition and sheets to the model's nouns."""

from bot.loading.desk import Desk
from bot.loading.shapes.guidance import DefinitionFile, ProfileFile, ReasonsFile, SheetFile, TipShape, TypesFile
from bot.model.condition import ALWAYS, NEVER, Not
from bot.model.guide import Dimension, NextStep, Pair, Part, PartnershipType, Reason, Sheet, Tip, Value


def types_of(desk: Desk) -> tuple[PartnershipType, ...]:
    """The types, in the order written."""
    shape: TypesFile = desk.shaped.shape
    return tuple(
        PartnershipType(
            id=type_id,
            name=one.name,
            means=one.means,
            examples=tuple(one.examples),
            looks_like=tuple(one.looks_like),
            first_steps=tuple(one.first_steps),
            tips=tuple(one.tips),
            next_step=one.next_step or "",
            more=tuple(one.more),
            place=desk.place("types", type_id),
        )
        for type_id, one in shape.types.items()
    )


def reasons_of(desk: Desk) -> dict[str, object]:
    """The parts of a guide that a reasons file holds, by the names of `Guide`'s fields."""
    shape: ReasonsFile = desk.shaped.shape
    for name in ("needs", "partner questions"):
        for number, question in enumerate(getattr(shape, name.replace(" ", "_"))):
            desk.want("question", question, name, number)
    if shape.mix_lead >= shape.clear_lead:
        desk.error("D212", '"mix lead" must be smaller than "clear lead".', "mix lead")
    return {
        "reasons": tuple(_reason(desk, number) for number in range(len(shape.reasons))),
        "pairs": tuple(_pair(desk, number) for number in range(len(shape.pairs))),
        "next_steps": tuple(_next_step(desk, number) for number in range(len(shape.next_steps))),
        "needs": tuple(shape.needs),
        "needs_unless": desk.condition("needs unless") if shape.needs_unless is not None else Not(ALWAYS),
        "partner_questions": tuple(shape.partner_questions),
        "clear_lead": shape.clear_lead,
        "clear_at_least": shape.clear_at_least,
        "mix_lead": shape.mix_lead,
        "second_at_least": shape.second_at_least,
    }


def _reason(desk: Desk, number: int) -> Reason:
    shape = desk.shaped.shape.reasons[number]
    path = ("reasons", number)
    for type_id in shape.points:
        desk.want_key("type", type_id, *path, "points", type_id)
    points = {type_id: int(value) for type_id, value in shape.points.items()}
    if shape.always_named and max(points.values(), default=0) <= 0:
        desk.error("D216", '"always named" needs a type with points above 0 in this reason.', *path, "always named")
    return Reason(desk.condition(*path, "if"), points, shape.because, shape.always_named, desk.place(*path))


def _pair(desk: Desk, number: int) -> Pair:
    shape = desk.shaped.shape.pairs[number]
    for spot, type_id in enumerate(shape.types):
        desk.want("type", type_id, "pairs", number, "types", spot)
    return Pair(shape.types[0], shape.types[1], shape.say, desk.place("pairs", number))


def _next_step(desk: Desk, number: int) -> NextStep:
    shape = desk.shaped.shape.next_steps[number]
    path = ("next steps", number)
    for type_id in shape.types:
        desk.want("type", type_id, *path, "types")
    condition = desk.condition(*path, "if")
    return NextStep(shape.say, condition, frozenset(shape.types), desk.place(*path))


def dimensions_of(desk: Desk) -> tuple[Dimension, ...]:
    """The dimensions of the profile, in the order written."""
    shape: ProfileFile = desk.shaped.shape
    return tuple(
        Dimension(
            id=dimension_id,
            name=one.name,
            values=tuple(
                Value(
                    value_id,
                    value.label,
                    desk.condition("profile", dimension_id, "values", value_id, "if"),
                    _tips(desk, value.tips, "profile", dimension_id, "values", value_id, "tips"),
                    desk.place("profile", dimension_id, "values", value_id),
                )
                for value_id, value in one.values.items()
            ),
            unknown=one.unknown,
            several=one.several,
            fits_none=desk.condition("profile", dimension_id, "fits none") if one.fits_none is not None else NEVER,
            place=desk.place("profile", dimension_id),
        )
        for dimension_id, one in shape.profile.items()
    )


def _tips(desk: Desk, shapes: list[TipShape], *path: str) -> tuple[Tip, ...]:
    """The tips of a value. A tip that is a plain text has no condition, and a single tip no number."""
    found = []
    for number, one in enumerate(shapes):
        condition = desk.condition(*path, number, "if") if one.if_ is not None else ALWAYS
        found.append(Tip(one.say, condition, desk.place(*path, number)))
    return tuple(found)


def parts_of(desk: Desk) -> tuple[Part, ...]:
    """The parts of the definition, in the order written."""
    shape: DefinitionFile = desk.shaped.shape
    return tuple(
        Part(
            id=part_id,
            name=one.name,
            yes=desk.condition("definition", part_id, "yes if"),
            no=desk.condition("definition", part_id, "no if") if one.no_if is not None else Not(ALWAYS),
            missing=one.missing,
            short=one.short or "",
            place=desk.place("definition", part_id),
        )
        for part_id, one in shape.definition.items()
    )


def sheet_of(desk: Desk) -> Sheet:
    """The sheet of a file."""
    shape: SheetFile = desk.shaped.shape
    return Sheet(
        id=shape.sheet,
        name=shape.name,
        options=tuple(shape.for_),
        tips=tuple(shape.tips),
        who=tuple(shape.who),
        how=tuple(shape.how),
        how_often=tuple(shape.how_often),
        cares_about=tuple(shape.cares_about),
        opening=shape.opening,
        longer_opening=shape.longer_opening or "",
        avoid=tuple(shape.avoid),
        in_writing=tuple(shape.in_writing),
        private=tuple(shape.private),
        safe=tuple(shape.safe),
        place=desk.place("sheet"),
    )
