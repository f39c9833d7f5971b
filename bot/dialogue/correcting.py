"""Takes back what was just said: "no sorry, I meant the council" and "I forgot the police" are about the question before."""

import re
from dataclasses import dataclass

from bot.dialogue.moving import Moving
from bot.dialogue.reading import Reader
from bot.dialogue.understood import NOT_UNDERSTOOD, Understood
from bot.dialogue.walk import Walker, open_options
from bot.model.conversation import Conversation


@dataclass(slots=True)
class Correcting:
    """Sees that a text is about the answer before, and goes back to that question."""

    walker: Walker
    moving: Moving
    reader: Reader

    def read(self, conversation: Conversation, text: str) -> tuple[Conversation, str] | None:
        """The conversation at the question that a correction is about, and what was meant; None if the text is no correction."""
        for cue in ("correcting", "adding"):
            meant = rest_behind(text, self.reader.book.words.groups.get(cue, ()))
            if meant and not conversation.changing and self.moving.walk(conversation).asked:
                return self._about(conversation, meant, adding=cue == "adding")
        return None

    def _about(self, conversation: Conversation, meant: str, adding: bool) -> tuple[Conversation, str] | None:
        before = self.moving.back(conversation).conversation
        said = [one for one in conversation.answers if one not in before.answers]
        earlier, here = self._understood(before, meant), self._understood(conversation, meant)
        if adding:
            question = self.moving.question(before)
            if not said or question is None or question.kind != "many" or not earlier.clear:
                return None
            return before._replace(ticked=said[0].options), meant
        if earlier.options or not here.clear:
            return before, meant
        return conversation, meant

    def _understood(self, conversation: Conversation, text: str) -> Understood:
        """What the text says as an answer to the question at hand; nothing if that is answered in people's own words."""
        question = self.moving.question(conversation)
        if question is None or question.kind == "text":
            return NOT_UNDERSTOOD
        ids = open_options(question, self.moving.walk(conversation).picked)
        options = tuple(option for one in ids if (option := self.moving.asker.option(question, one)) is not None)
        return self.reader.read(question, options, text, ids)


def rest_behind(text: str, cues: tuple[str, ...]) -> str:
    """What follows a cue that the text begins with; "" if it begins with none, or if nothing follows."""
    for cue in sorted(cues, key=len, reverse=True):
        found = re.match(r"\W*" + r"\W+".join(map(re.escape, cue.split())) + r"\b\W*", text, re.IGNORECASE)
        if found:
            return text[found.end() :].strip()
    return ""
