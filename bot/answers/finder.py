"""Finds the quick answer to a question: the entry whose phrasings are most like it, or none when nothing is near enough."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from bot.model.book import Book
from bot.model.topic import Topic
from bot.words.phrases import PhraseBook
from bot.words.plain import stem, words
from bot.words.typos import Speller

SURE = 0.38
"""From this likeness on an answer is given; below it, the nearest are offered."""
NEAR = 0.18
SHOWN_NEAR = 3
_PHRASING_SHARE = 0.55
_UNKNOWN_WEIGHT = 1.3


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: a topic with its likeness (0 to 1), or None; and topics near to the question."""

    topic: Topic | None
    near: tuple[Topic, ...]
    score: float


class Finder:
    """Knows the quick answers of one book."""

    __slots__ = ("_by_id", "_concepts", "_fillers", "_idf", "_phrasings", "_postings", "_speller", "_topic_postings", "topics")

    def __init__(self, book: Book) -> None:
        self.topics = book.topics
        self._by_id = {topic.id: topic for topic in book.topics}
        named = [(word, f"@{option}") for one in book.sayings.values() for option, listed in one.words.items() for word in listed]
        same = [(word, f"={name}") for name, listed in book.words.asking.items() for word in listed]
        self._concepts = PhraseBook([*named, *same])
        self._fillers = frozenset(book.words.fillers)
        texts = [(topic, (topic.title, *topic.asked)) for topic in book.topics]
        known = {word for _, asked in texts for text in asked for word in words(text)}
        known |= {word for topic in book.topics for one in topic.words for word in words(one)}
        self._speller = Speller(known)
        self._index(texts)

    def _index(self, texts: list[tuple[Topic, tuple[str, ...]]]) -> None:
        counted = [(number, Counter(self.features(text))) for number, (_, asked) in enumerate(texts) for text in asked]
        by_topic = [Counter[str]() for _ in texts]
        for number, counts in counted:
            by_topic[number].update(counts.keys())
        for number, (topic, _) in enumerate(texts):
            for word in topic.words:
                by_topic[number].update(dict.fromkeys(self.features(word), 4))
        spread = Counter(feature for counts in by_topic for feature in counts)
        self._idf = {feature: math.log(1 + len(texts) / seen) for feature, seen in spread.items()}
        self._phrasings: list[tuple[int, float]] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        for place, (number, counts) in enumerate(counted):
            self._phrasings.append((number, sum(self._idf[one] ** 2 for one in counts)))
            for feature in counts:
                self._postings[feature].append(place)
        self._topic_postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(by_topic):
            for feature, seen in counts.items():
                self._topic_postings[feature].append((number, seen / (seen + 1.5)))

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id, or None."""
        return self._by_id.get(topic_id)

    def features(self, text: str) -> list[str]:
        """What a question is compared by: stems without fillers, pairs of neighbours, and whom or what it is about."""
        given = words(text)
        meant = [self._speller.meant(word) if hasattr(self, "_speller") else word for word in given]
        stemmed = [stem(word) for word in meant]
        content = [one for one, word in zip(stemmed, meant, strict=True) if word not in self._fillers]
        pairs = [f"{one} {other}" for one, other in pairwise(stemmed)]
        concepts = [value for hit in self._concepts.find(given) for value in hit.values]
        return list(dict.fromkeys(content + pairs + concepts))

    def ranked(self, text: str) -> list[tuple[float, int]]:
        """(likeness, place in `topics`) of every topic with something in common, the most alike first."""
        given = self.features(text)
        if not given:
            return []
        weights = {one: self._idf.get(one, 0.0) for one in given}
        single = [one for one in given if " " not in one]
        unknown = sum(_UNKNOWN_WEIGHT for one in single if one not in self._idf and not one.startswith(("@", "=")))
        whole = sum(weight * weight for weight in weights.values()) + unknown
        dots: dict[int, float] = defaultdict(float)
        covers: dict[int, float] = defaultdict(float)
        for feature, weight in weights.items():
            for place in self._postings.get(feature, ()):
                dots[place] += weight * weight
            for number, share in self._topic_postings.get(feature, ()):
                covers[number] += share * weight
        best: dict[int, float] = defaultdict(float)
        for place, dot in dots.items():
            number, length = self._phrasings[place]
            best[number] = max(best[number], dot / math.sqrt(whole * length or 1.0))
        total = sum(weights.values()) + unknown or 1.0
        scores = [
            (_PHRASING_SHARE * best[number] + (1 - _PHRASING_SHARE) * min(1.0, cover / total), number) for number, cover in covers.items()
        ]
        return sorted(scores, key=lambda one: (-one[0], one[1]))

    def find(self, text: str) -> Found:
        """The best answer, or None with the nearest topics."""
        ranked = self.ranked(text)
        if not ranked:
            return Found(None, (), 0.0)
        score, best = ranked[0]
        near = [self.topics[number] for likeness, number in ranked[:SHOWN_NEAR] if likeness >= NEAR]
        if score < SURE:
            return Found(None, tuple(near), round(score, 2))
        return Found(self.topics[best], tuple(near[1:]), round(score, 2))
