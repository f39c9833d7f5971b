"""Finds the quick answer to a question: the topic whose phrasings are most like it, or none when the question is not ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from bot.answers.scope import Scope, Seen, Signals, trust
from bot.answers.subjects import Subjects, asked_like
from bot.answers.traits import Traits, gathered
from bot.model.book import Book
from bot.model.memory import NO_MEMORY, Memory
from bot.model.topic import Topic
from bot.words.choosing import Chooser
from bot.words.lesson import Learning, Lesson, content
from bot.words.plain import beginning, words

SURE = 0.5
"""From this trust on an answer is given; below it, the nearest are offered."""
NEAR = 0.25
"""Topics with at least this share of votes are near enough to be offered."""
SHOWN_NEAR = 3
GROUPS_AT_ONCE = 8
"""After so many groups of questions learning pauses."""
_THEME = "!"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: a topic with its likeness (0 to 1), or None; and topics near to the question. `exact`: it is one of our phrasings."""

    topic: Topic | None
    near: tuple[Topic, ...]
    score: float
    exact: bool = False


class Weighed(NamedTuple):
    """What a question was judged by. `topics` and `themes` are (votes, id), the most first; a theme is a group of questions not ours.

    `unseen` are words that stand in no phrasing; `same` is the topic or theme in which the question stands word for word.
    """

    topics: list[tuple[float, str]]
    themes: list[tuple[float, str]]
    unseen: list[str]
    same: str


class _Learned(NamedTuple):
    """What is learned from the questions of a book. `exact` are their stems with the group they stand for."""

    traits: Traits
    scope: Scope
    exact: Mapping[str, str]
    chooser: Chooser

    @classmethod
    def learning(cls, book: Book) -> "Learning[_Learned]":
        """Learned piece by piece."""
        known = yield from gathered(book)
        traits = Traits(book, known)
        yield
        seen = yield from Seen.learning(book)
        scope = Scope(book, seen)
        yield
        exact: dict[str, str] = {}
        examples: dict[str, list[list[str]]] = {}
        for number, (group, texts) in enumerate(_asked(book).items()):
            stems = [traits.stems(text) for text in texts]
            exact |= {" ".join(one): group for one in stems}
            examples[group] = [traits.of(one) for one in stems]
            if number % GROUPS_AT_ONCE == 0:
                yield
        chooser = yield from Chooser.learning(examples)
        return cls(traits, scope, exact, chooser)

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        by_group: dict[str, list[str]] = {}
        for text, group in self.exact.items():
            by_group.setdefault(group, []).append(text)
        exact = {group: "\n".join(texts) for group, texts in by_group.items()}
        return {"known": " ".join(sorted(self.traits.known)), "seen": self.scope.seen, "exact": exact, "chooser": self.chooser.to_plain()}

    @classmethod
    def from_plain(cls, book: Book, plain: Mapping[str, Any]) -> "_Learned":
        """Back from `to_plain`."""
        exact = {text: group for group, texts in plain["exact"].items() for text in texts.split("\n")}
        traits, scope = Traits(book, plain["known"].split(" ")), Scope(book, Seen(*plain["seen"]))
        return cls(traits, scope, exact, Chooser.from_plain(plain["chooser"]))


def _asked(book: Book) -> dict[str, tuple[str, ...]]:
    """Every group with its questions: the topics, and the themes that are not ours."""
    return {topic.id: (topic.title, *topic.all_asked) for topic in book.topics} | {_THEME + one.id: one.asked for one in book.not_ours}


def _name(book: Book) -> str:
    subjects = {topic.id: topic.words for topic in book.topics} | {_THEME + one.id: one.words for one in book.not_ours}
    said = [(one.words, one.sentences) for one in book.sayings.values()]
    return f"finder-{content(_asked(book), subjects, book.words.asking, book.words.everyday, said)}"


class Finder:
    """Knows the quick answers of one book. Learns when first asked, which takes a second or two, unless it was learned before."""

    __slots__ = ("_by_id", "_families", "_lesson", "_subjects", "topics")

    def __init__(self, book: Book, memory: Memory = NO_MEMORY) -> None:
        self.topics = book.topics
        self._by_id = {topic.id: topic for topic in book.topics}
        self._families = {topic.id: topic.parent or topic.id for topic in book.topics}
        self._subjects = Subjects(book)
        learn, load = partial(_Learned.learning, book), partial(_Learned.from_plain, book)
        self._lesson = Lesson(partial(_name, book), learn, _Learned.to_plain, load, memory.recall, memory.remember)

    def learning(self) -> Iterator[None]:
        """Learns piece by piece, so that nobody has to wait when they first ask."""
        return self._lesson.steps()

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id, or None."""
        return self._by_id.get(topic_id)

    def stems(self, text: str) -> list[str]:
        """The stems of the beginning of a text, with slips put right."""
        return self._lesson.get().traits.stems(beginning(text))

    def ranked(self, stems: Sequence[str]) -> tuple[list[tuple[float, str]], float]:
        """(votes, id) of every topic that has some, the most first; and the most votes of a theme that is not ours."""
        traits, scope, _, chooser = self._lesson.get()
        unseen = sum(not chooser.knows(one) and not scope.knows(one) for one in set(stems))
        votes = list(zip(chooser.votes(traits.of(stems), unseen), chooser.groups, strict=True))
        others = [vote for vote, group in votes if group.startswith(_THEME)]
        ranked = sorted((pair for pair in votes if pair[0] > 0 and not pair[1].startswith(_THEME)), key=lambda pair: (-pair[0], pair[1]))
        return ranked, max(others, default=0.0)

    def weighed(self, text: str) -> Weighed:
        """Why a question is answered as it is."""
        traits, scope, exact, chooser = self._lesson.get()
        stems = self.stems(text)
        strange = [one for one in dict.fromkeys(stems) if not chooser.knows(one) and not scope.knows(one)]
        unseen = [word for word in dict.fromkeys(words(beginning(text))) if traits.stems(word) and traits.stems(word)[0] in strange]
        votes = zip(chooser.votes(traits.of(stems), len(strange)), chooser.groups, strict=True)
        themes = sorted(((vote, group[1:]) for vote, group in votes if vote > 0 and group.startswith(_THEME)), reverse=True)
        return Weighed(self.ranked(stems)[0], themes, unseen, exact.get(" ".join(stems), "").removeprefix(_THEME))

    def signals(self, stems: Sequence[str], ranked: list[tuple[float, str]], theme: float) -> Signals:
        """What speaks for and against the first of the ranked topics."""
        best, topic = ranked[0]
        family = self._families[topic]
        second = next((votes for votes, other in ranked[1:] if self._families[other] != family), 0.0)
        return self._lesson.get().scope.signals(stems, best, second, theme)

    def find(self, text: str) -> Found:
        """The best answer, or None with the nearest topics."""
        known = self._lesson.get()
        stems = self.stems(text)
        ranked, theme = self.ranked(stems)
        exact = known.exact.get(" ".join(stems), "")
        near = [self._by_id[topic] for votes, topic in ranked if votes >= NEAR][: SHOWN_NEAR + 1]
        if exact in self._by_id:
            return Found(self._by_id[exact], tuple(one for one in near if one.id != exact)[:SHOWN_NEAR], 1.0, exact=True)
        score = round(trust(self.signals(stems, ranked, theme)), 2) if ranked and not exact else 0.0
        if score < SURE and not exact and (alone := self._named(stems, ranked)) is not None:
            return Found(alone, tuple(one for one in near if one is not alone)[:SHOWN_NEAR], SURE)
        if score < SURE:
            return Found(None, () if exact else tuple(near[:SHOWN_NEAR]), score)
        return Found(self._by_id[ranked[0][1]], tuple(near[1:]), score)

    def about(self, subject: str, last: Topic | None) -> Topic | None:
        """The topic that has this for its subject: if there is one, of the same kind as the one that was answered last."""
        like = next(iter(asked_like(last, subject)), "") if last is not None else ""
        return self._named(self.stems(subject), self.ranked(self.stems(like or subject))[0], last.theme if last is not None else "")

    def is_subject(self, text: str) -> bool:
        """True if the text is nothing but the subject of a topic: "the school"."""
        return bool(self._subjects.named(self.stems(text)))

    def mentions(self, topic: Topic, text: str) -> bool:
        """True if a subject of the topic stands in the text."""
        return any(topic.id in self._subjects.named([one]) for one in self.stems(text))

    def known(self, text: str) -> list[bool]:
        """Of each word, whether it was ever seen, with slips put right."""
        traits, scope, _, chooser = self._lesson.get()
        return [any(scope.knows(one) or chooser.knows(one) for one in traits.stems(word)) for word in words(text)]

    def _named(self, stems: Sequence[str], ranked: Sequence[tuple[float, str]], theme: str = "") -> Topic | None:
        """The topic whose subject is all that these stems name; of several the one of that theme, and with the most votes."""
        named = [self._by_id[one] for one in self._subjects.named(stems)]
        votes = {topic: its for its, topic in ranked}
        return max(named, key=lambda one: (one.theme == theme, votes.get(one.id, 0.0), one.id), default=None)
