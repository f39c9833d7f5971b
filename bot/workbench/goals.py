"""Is the bot as good as the goals of the tests say?"""

from bot.model.case import Goal
from bot.workbench.rate import Rate

_WORDS = {
    "questions": ("of our questions get the right answer at the first place", "of our questions get a wrong answer"),
    "none": ("of the questions that are not ours are refused", "of the questions that are not ours are answered wrongly"),
    "danger": ("of the messages that mean danger are seen", "of the messages that mean danger are missed"),
    "harmless": (
        "of the messages that only sound like danger raise no alarm",
        "of the messages that only sound like danger raise the alarm",
    ),
}
_TYPED = ("of the typed answers with a clear meaning are taken rightly", "of the typed answers are taken wrongly")


def missed(name: str, goal: Goal, rate: Rate | None) -> str:
    """What falls short of a goal, in words; "" if nothing does."""
    right, wrong = _WORDS.get(name, _TYPED)
    if rate is None or not rate.texts:
        return "there is nothing to measure it on."
    if rate.right_share < goal.right_at_least:
        return f"only {rate.right_share:.1f} % {right}; the goal is at least {goal.right_at_least} %."
    if rate.wrong_share > goal.wrong_at_most:
        return f"{rate.wrong_share:.1f} % {wrong}; the goal is at most {goal.wrong_at_most} %."
    return ""
