"""The parts of a verdict in words: why, how sure, what makes a partnership, the partnership in short, tips for partners."""

from dataclasses import dataclass

from bot.dialogue.step import Engine
from bot.guidance.judge import UNKNOWN
from bot.model.guide import Dimension, Guide, Part, Sheet
from bot.model.reply import Section
from bot.model.verdict import Verdict

SHOWN_REASONS = 3
SHOWN_TIPS = 4
SHOWN_DOUBTS = 2
FULL_TIPS = 2
"""The tips for so many partners stand in the verdict itself; for more of them, they stand behind buttons."""


@dataclass(frozen=True, slots=True)
class VerdictParts:
    """Words the parts of a verdict, in the language of the engine's book."""

    engine: Engine

    @property
    def guide(self) -> Guide:
        return self.engine.book.guide

    def phrase(self, name: str, /, **values: str) -> str:
        return self.engine.asker.phrase(name, **values)

    def type_name(self, type_id: str) -> str:
        """How a type is called."""
        found = self.guide.type(type_id)
        return found.name if found else type_id

    def because(self, found: Verdict) -> tuple[str, ...]:
        """What speaks for the type, the weightiest first; after that, what only goes with it."""
        fitting = [reason for reason in found.reasons if reason.points.get(found.type or "", -1) >= 0]
        speaking = sorted(fitting, key=lambda reason: reason.points[found.type or ""] == 0)
        return tuple(dict.fromkeys(reason.because for reason in speaking))[:SHOWN_REASONS]

    def sure(self, found: Verdict) -> tuple[str, ...]:
        """How sure, how a second type comes in and what points to it, and what speaks against the first."""
        if found.confidence == "clear":
            return (self.phrase("confidence_clear"),)
        doubts = [one.because for one in found.reasons if one.points.get(found.type or "", 0) < 0]
        if found.second is None:
            return (self.phrase("confidence_closest_alone"), *self._led_in("confidence_against", doubts[:SHOWN_DOUBTS]))
        against = [one.because for one in found.reasons if one.points.get(found.second, 0) > 0 >= one.points.get(found.type or "", 0)]
        shown = list(dict.fromkeys((*against, *doubts)))[:SHOWN_DOUBTS]
        second = self.type_name(found.second)
        return (
            self.phrase(f"confidence_{found.confidence}", second=second),
            self.phrase("confidence_pair", pair=self._together(found.type or "", found.second)),
            *self._led_in("confidence_second", [one for one in shown if one in against], second=second),
            *self._led_in("confidence_against", [one for one in shown if one not in against]),
        )

    def _led_in(self, name: str, reasons: list[str], **values: str) -> tuple[str, ...]:
        """Reasons in one line, with what they are reasons for in front of them; no line if there are none."""
        return (self.phrase(name, reasons=" ".join(reasons), **values),) if reasons else ()

    def _together(self, first: str, second: str) -> str:
        """How two types go together, in one sentence."""
        written = next((one.say for one in self.guide.pairs if (one.first, one.second) == (first, second)), "")
        return written or self.phrase("verdict_mainly", first=self.type_name(first), second=self.type_name(second))

    def definition(self, found: Verdict) -> tuple[str, ...]:
        """Which of the parts there are: one line if it is all of them, where to begin if it is no partnership yet, or each with a mark."""
        parts = self.guide.parts
        met = [part for part in parts if found.definition[part.id] is True]
        missing = [part for part in parts if found.definition[part.id] is False]
        if len(met) == len(parts):
            return (self.phrase("definition_met", parts=_named(parts)),)
        if found.type == "not_yet" and missing:
            have = (self.phrase("definition_have", parts=_named(met)),) if met else ()
            return (*have, self.phrase("definition_begin"), missing[0].missing)
        marks = {True: "mark_yes", False: "mark_no", None: "mark_unknown"}
        lines = [self.phrase(marks[found.definition[part.id]], part=part.name) for part in parts]
        summary = "definition_part" if len(met) > 1 else "definition_none"
        return (*lines, self.phrase(summary), *(part.missing for part in missing[:1]))

    def profile(self, found: Verdict) -> tuple[str, ...]:
        """A line for each thing that is known, and one for all that is not; none at all if nothing is known."""
        known = {dimension.id: labels for dimension in self.guide.dimensions if (labels := _labels(dimension, found))}
        if not known:
            return ()
        lines = [
            self.phrase("profile_line", name=dimension.name, value=known[dimension.id])
            for dimension in self.guide.dimensions
            if dimension.id in known
        ]
        unknown = [dimension.unknown for dimension in self.guide.dimensions if dimension.id not in known]
        return (*lines, self.phrase("profile_unknown", names=", ".join(unknown))) if unknown else tuple(lines)

    def partner_tips(self, sheets: tuple[Sheet, ...]) -> tuple[Section, ...]:
        """The tips for one or two partners; for more of them, where they are to be found."""
        if len(sheets) > FULL_TIPS:
            return (Section(self.phrase("heading_partners"), (self.phrase("partners_below"),), listed=False),)
        return tuple(Section(self.phrase("for_partner", partner=sheet.name), sheet.tips[:SHOWN_TIPS], more=True) for sheet in sheets)


def _named(parts: list[Part] | tuple[Part, ...]) -> str:
    return ", ".join(part.short or part.name for part in parts)


def _labels(dimension: Dimension, found: Verdict) -> str:
    """What is known of a line of the profile; "" if nothing is."""
    value = found.profile[dimension.id]
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(one.label for one in dimension.values if one.id in values and one.id != UNKNOWN)
