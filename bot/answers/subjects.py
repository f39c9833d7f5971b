"""Which topics a few words name, when they are nothing but a subject: "police", "the school", "minutes?"."""

from collections.abc import Iterable, Sequence

from bot.model.book import Book
from bot.model.topic import Topic
from bot.words.plain import stem, words

SMALL = ("small", "pointing", "what_about")
"""Lists in the words file that name no subject."""


class Subjects:
    """Knows the subjects of all topics, by the stems of their words."""

    __slots__ = ("_beside", "_by_first", "_small")

    def __init__(self, book: Book) -> None:
        groups = book.words.groups
        self._small = frozenset(stem(word) for name in SMALL for phrase in groups.get(name, ()) for word in words(phrase))
        self._beside = frozenset(stem(word) for word in groups.get("beside_subject", ()))
        self._by_first: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        for topic in book.topics:
            for phrase in topic.words:
                key = tuple(one for word in words(phrase) if (one := stem(word)) not in self._small)
                self._by_first.setdefault(key[0] if key else "", {}).setdefault(topic.id, []).append(key)
        self._by_first.pop("", None)

    def named(self, stems: Sequence[str]) -> frozenset[str]:
        """The topics of which these stems name a subject, and nothing besides but small words."""
        left = [one for one in stems if one not in self._small]
        return frozenset(topic for one in left for topic in self._by_first.get(one, ()) if self._is_made_of(left, topic))

    def _is_made_of(self, stems: Sequence[str], topic: str) -> bool:
        if not stems:
            return True
        phrases = self._by_first.get(stems[0], {}).get(topic, ())
        if any(tuple(stems[: len(one)]) == one and self._is_made_of(stems[len(one) :], topic) for one in phrases):
            return True
        return stems[0] in self._beside and self._is_made_of(stems[1:], topic)


def asked_like(topic: Topic, subject: str) -> Iterable[str]:
    """The ways to ask for a topic, with another subject in the place of its own: "how do I reach the {school}"."""
    own = sorted((words(phrase) for phrase in topic.words), key=len, reverse=True)
    for text in (topic.title, *topic.asked):
        said = words(text)
        places = [(at, len(one)) for one in own for at in range(len(said)) if one and said[at : at + len(one)] == one]
        if places and len({at for at, _ in places}) == 1:
            at, length = places[0]
            yield " ".join((*said[:at], subject, *said[at + length :]))
