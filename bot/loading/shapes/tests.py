"""The shape of tests that coordinators write."""

from bot.loading.shapes.base import IDS, LINES, FileShape, ListOf, MapOf, Nested, Shape, may, need
from bot.loading.shapes.kinds import ID, TEXT, TYPED, WHOLE


class ExpectShape(Shape):
    """What a case expects. What is left out is not looked at."""

    type: str | None = may(TEXT)
    second: str | None = may(TEXT)
    confidence: str | None = may(TEXT)
    because_of: list[str] = may(IDS, [], "Questions that must be among the reasons.")
    asked: list[str] = may(IDS, [], "Exactly these questions are asked, in this order.")
    profile: dict[str, list[str]] = may(MapOf(ID, LINES), {})
    definition: dict[str, str] = may(MapOf(ID, TEXT), {})


class CaseShape(Shape):
    """One partnership: its answers, in any order, and what should come of them."""

    name: str = need(TEXT)
    source: str | None = may(TEXT, None, "Where the judgement comes from.")
    answers: dict[str, list[str]] = may(MapOf(ID, LINES), {}, "Question → option ids.")
    typed: dict[str, str] = may(MapOf(ID, TEXT), {}, "Question → what a person types.")
    expect: ExpectShape = need(Nested(ExpectShape))


class GoalShape(Shape):
    """How good is good enough, in percent."""

    right_at_least: int = may(WHOLE, 0, "For `none`, right means refused; for `danger`, seen; for `harmless`, no alarm.")
    wrong_at_most: int = may(WHOLE, 100)


class AlarmsShape(Shape):
    """What must raise the safeguarding message, and what must not."""

    danger: list[str] = may(LINES, [])
    harmless: list[str] = may(LINES, [])


class LineShape(Shape):
    """One line of a script."""

    says: str | None = may(TYPED, None, "What the person types; it may be empty.")
    hears: list[str] = may(LINES, [])


class ScriptShape(Shape):
    """A conversation from the start."""

    name: str = need(TEXT)
    dialogue: str | None = may(ID)
    script: list[LineShape] = need(ListOf(Nested(LineShape)))


class TestsFile(FileShape):
    """Tests: run them with `partnership-bot test`."""

    __test__ = False

    tests: str = need(TEXT, "What these tests are about.")
    cases: list[CaseShape] = may(ListOf(Nested(CaseShape)), [])
    typed_answers: dict[str, dict[str, list[str]]] = may(
        MapOf(ID, MapOf(TEXT, LINES)), {}, 'Question → option ids (joined with +, or "unclear") → what people type.'
    )
    goals: dict[str, GoalShape] = may(MapOf(ID, Nested(GoalShape)), {}, 'Question (or "questions") → how good is good enough.')
    questions: dict[str, list[str]] = may(MapOf(TEXT, LINES), {}, 'Topic (or "none", or "one or other") → quick questions.')
    alarms: AlarmsShape = may(Nested(AlarmsShape), None, "Messages that mean danger, and messages that only sound like it.")
    scripts: list[ScriptShape] = may(ListOf(Nested(ScriptShape)), [])
