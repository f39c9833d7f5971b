"""The shape of tests that coordinators write."""

from pydantic import Field

from bot.loading.shapes.base import FileShape, Id, Ids, Lines, Shape, Text, Typed, Whole


class ExpectShape(Shape):
    """What a case expects. What is left out is not looked at."""

    type: Text | None = None
    second: Text | None = None
    confidence: Text | None = None
    because_of: Ids = Field([], description="Questions that must be among the reasons.")
    asked: Ids = Field([], description="Exactly these questions are asked, in this order.")
    profile: dict[Id, Lines] = {}
    definition: dict[Id, Text] = {}


class CaseShape(Shape):
    """One partnership: its answers, in any order, and what should come of them."""

    name: Text
    source: Text | None = Field(None, description="Where the judgement comes from.")
    answers: dict[Id, Lines] = Field({}, description="Question → option ids.")
    typed: dict[Id, Text] = Field({}, description="Question → what a person types.")
    expect: ExpectShape


class GoalShape(Shape):
    """How good is good enough, in percent."""

    understood_at_least: Whole = 0
    wrong_at_most: Whole = 100


class LineShape(Shape):
    """One line of a script."""

    says: Typed | None = Field(None, description="What the person types; it may be empty.")
    hears: Lines = []


class ScriptShape(Shape):
    """A conversation from the start."""

    name: Text
    dialogue: Id | None = None
    script: list[LineShape]


class TestsFile(FileShape):
    """Tests: run them with `partnership-bot test`."""

    __test__ = False

    tests: Text = Field(description="What these tests are about.")
    cases: list[CaseShape] = []
    typed_answers: dict[Id, dict[Text, Lines]] = Field(
        {}, description='Question → option ids (joined with +, or "unclear") → what people type.'
    )
    goals: dict[Id, GoalShape] = Field({}, description='Question (or "questions") → how good is good enough.')
    questions: dict[Text, Lines] = Field({}, description='Topic (or "none") → quick questions.')
    scripts: list[ScriptShape] = []
