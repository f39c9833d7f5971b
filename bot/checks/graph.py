"""The arrows between questions, as the rules draw them, whatever their conditions."""

from bot.model.condition import ALWAYS
from bot.model.dialogue import Dialogue, Question


def targets(dialogue: Dialogue, question: Question) -> tuple[str, ...]:
    """Where a question can lead: by its rules up to the first that always applies, or to the one below if it is not asked."""
    found = []
    if question.only_if != ALWAYS or question.options_from:
        found.append(dialogue.below(question.id))
    for rule in question.rules:
        found.append(rule.to)
        if rule.condition == ALWAYS:
            break
    return tuple(dict.fromkeys(found))


def reached_from(dialogue: Dialogue, start: str) -> set[str]:
    """The questions that can come after this one, and itself."""
    reached, waiting = {start}, [start]
    while waiting:
        question = dialogue.by_id.get(waiting.pop())
        for target in targets(dialogue, question) if question else ():
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
