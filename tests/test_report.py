"""What `test` says at its end, and where it points."""

import pytest

from bot.workbench import trial
from bot.workbench.report import report
from tests.books import book_of
from tests.test_ask import ANSWERS, DIALOGUE, NOT_OURS

TESTS = """\
format: 1
tests: Ours
questions:
  biscuits: [who brings the biscuits, which biscuits are cheapest]
  none: [buy a sofa, who puts the chairs out at a meeting]
typed answers:
  tea:
    yes: [yes please]
    no: [yes]
"""
GOALS = {
    "met": ("questions: {right at least: 50}", "Within the goals; 3 mistakes, listed above."),
    "none": ("", "No goals are set; 3 mistakes, listed above."),
    "of our questions": (
        "questions: {right at least: 51}",
        "Goal for questions\n    only 50.0 % of our questions get the right answer at the first place; the goal is at least 51 %.",
    ),
    "of those that are not ours": (
        "none: {right at least: 51}",
        "Goal for none\n    only 50.0 % of the questions that are not ours are refused; the goal is at least 51 %.",
    ),
    "of typed answers": (
        "tea: {wrong at most: 49}",
        "Goal for tea\n    50.0 % of the typed answers are taken wrongly; the goal is at most 49 %.",
    ),
    "of what nobody tests": ("danger: {right at least: 9}", "Goal for danger\n    there is nothing to measure it on."),
}


@pytest.mark.parametrize(("goal", "end"), GOALS.values(), ids=GOALS)
def test_the_report_ends_with_what_counts(goal: str, end: str) -> None:
    """What fell short stands last, at the line of the goal; mistakes within the goals are no failure, and are not called passed."""
    tests = f"{TESTS}goals:\n  {goal}\n" if goal else TESTS
    book = book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=NOT_OURS, ours=tests)
    said = report(trial.Tester(book).run(), book)
    assert said.endswith(end if end.endswith("above.") else f"\n\nNot as expected (1):\n  dialogues/ours.yaml:11:3  {end}")
    assert "dialogues/ours.yaml:4:39  “which biscuits are cheapest” belongs to biscuits; was refused" in said
    assert "dialogues/ours.yaml:5:22  “who puts the chairs out at a meeting” is not ours; was answered with chairs" in said


def test_all_is_well_only_if_all_is_right() -> None:
    """Without a mistake, all tests passed."""
    tests = "format: 1\ntests: Ours\nquestions:\n  biscuits: [who brings the biscuits]\n"
    book = book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=NOT_OURS, ours=tests)
    assert report(trial.Tester(book).run(), book).endswith("\n\nAll tests passed.")
