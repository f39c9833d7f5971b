"""What a group is told when it has answered the questions together: the verdict in short."""

from dataclasses import replace

from bot.model.conversation import Conversation
from bot.model.event import Pressed
from bot.model.reply import Card
from bot.turn.mind import Mind

SHORT = ("heading_why", "heading_sure", "heading_next_step")
"""The parts of a verdict that stand in the group; the rest is for those who read on in private."""


def in_short(mind: Mind, conversation: Conversation) -> Card:
    """Type, why, how sure, one next step; or what is said at the end of a dialogue that has no verdict. Nothing to press."""
    outcome = mind.react(conversation, Pressed("here"))
    page = next((one for one in reversed(outcome.replies) if isinstance(one, Card)), Card("finished", mind.engine.asker.phrase("finished")))
    headings = {mind.engine.asker.phrase(name) for name in SHORT}
    sections = tuple(one for one in page.sections if one.heading in headings or not (one.heading or one.more))
    return replace(page, sections=sections, buttons=())
