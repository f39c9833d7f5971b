"""Quick questions outside of a conversation: in groups, in inline mode, from chats the bot is no member of. Nothing is kept.

How often a topic was given is counted in memory, without who asked: the most asked stand first where nothing was typed yet.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.model.event import Pressed
from bot.model.text import shortened
from bot.model.topic import Topic
from bot.turn.asked import asks
from bot.turn.mind import Mind

Kind = Literal["danger", "topic", "talk", "unknown", "empty"]

SMALL_TALK = ("hello", "thanks_bot")
"""Topics that answer no question. Where others read along they are passed over, or answered in one line."""
SURELY = 0.8
"""What people say in passing must be this much like one of our questions to be taken for one."""
IN_A_GROUP = 600
MOST_SUGGESTED = 10
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What is said to a quick question: a topic with its words, or only words. `near` are topics to offer."""

    kind: Kind
    text: str = ""
    topic: Topic | None = None
    more: str = ""
    near: tuple[Topic, ...] = ()
    score: float = 0.0

    def cut(text: str, most: int) -> str:
    """The text, cut to at most so many characters: behind a sentence if there is one, else with an ellipsis."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, most + 1) if found.end() <= most]
    return text[: ends[-1]] if ends and ends[-1] > most // 3 else shortened(text[: most + 1], most)


def _first(topics: Iterable[Topic]) -> list[Topic]:
    """The first ten, each once, without small talk."""
    by_id = {topic.id: topic for topic in topics if topic.id not in SMALL_TALK}
    return list(by_id.values())[:MOST_SUGGESTED]
