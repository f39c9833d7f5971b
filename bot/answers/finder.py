"""Finds the quick answer to a question: the topic whose phrasings are most like it, or none when the question is not ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.scope import Scope, Signals, trust
from bot.answers.traits import Traits
from bot.model.book import Book
from bot.model.topic import Topic
from bot.words.choosing import Chooser

SURE = 0.5
"""From this trust on an answer is given; below it, the nearest are offered."""
NEAR = 0.25
"""Topics with at least this share of votes are near enough to be offered."""
SHOWN_NEAR = 3
_THEME = "!"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: a topic with its likeness (0 to 1), or None; and topics near to the question."""

    topic: Topic | None
    near: tuple[Topic, ...]
    score: float


class Finder:
    """Knows the quick answers of one book. Learns them when it is made, which takes a few tenths of a second."""

    __slots__ = ("_by_id", "_chooser", "_exact", "_families", "_scope", "_traits", "topics")

    def __init__(self, book: Book) -> None:
        self.topics = book.topics
        self._by_id = {topic.id: topic for topic in book.topics}
        self._traits, self._scope = Traits(book), Scope(book)
        asked = {topic.id: (topic.title, *topic.asked) for topic in book.topics}
        asked |= {_THEME + theme.id: theme.asked for theme in book.not_ours}
        stems = {group: [tuple(self._traits.stems(text)) for text in texts] for group, texts in asked.items()}
        self._exact = {one: group for group, listed in stems.items() for one in listed}
        self._chooser = Chooser({group: [self._traits.of(one) for one in listed] for group, listed in stems.items()})
        self._families = {topic.id: topic.parent or topic.id for topic in book.topics}

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id, or None."""
        return self._by_id.get(topic_id)

    def ranked(self, stems: Sequence[str]) -> tuple[list[tuple[float, str]], float]:
        """(votes, id) of every topic that has some, the most first; and the most votes of a theme that is not ours."""
        traits = self._traits.of(stems)
        unseen = sum(not self._chooser.knows(one) and not self._scope.knows(one) for one in set(stems))
        votes = list(zip(self._chooser.votes(traits, unseen), self._chooser.groups, strict=True))
        others = [vote for vote, group in votes if group.startswith(_THEME)]
        ranked = sorted((pair for pair in votes if pair[0] > 0 and not pair[1].startswith(_THEME)), key=lambda pair: (-pair[0], pair[1]))
        return ranked, max(others, default=0.0)

    def signals(self, stems: Sequence[str], ranked: list[tuple[float, str]], theme: float) -> Signals:
        """What speaks for and against the first of the ranked topics."""
        best, topic = ranked[0]
        family = self._families[topic]
        second = next((votes for votes, other in ranked[1:] if self._families[other] != family), 0.0)
        return self._scope.signals(stems, best, second, theme)

    def find(self, text: str) -> Found:
        """The best answer, or None with the nearest topics."""
        stems = tuple(self._traits.stems(text))
        ranked, theme = self.ranked(stems)
        exact = self._exact.get(stems, "")
        near = [self._by_id[topic] for votes, topic in ranked if votes >= NEAR][: SHOWN_NEAR + 1]
        if exact in self._by_id:
            return Found(self._by_id[exact], tuple(one for one in near if one.id != exact)[:SHOWN_NEAR], 1.0)
        if not ranked or exact:
            return Found(None, () if exact else tuple(near[:SHOWN_NEAR]), 0.0)
        score = round(trust(self.signals(stems, ranked, theme)), 2)
        if score < SURE:
            return Found(None, tuple(near[:SHOWN_NEAR]), score)
        return Found(self._by_id[ranked[0][1]], tuple(near[1:]), score)
