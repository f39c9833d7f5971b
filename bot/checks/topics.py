"""Do quick answers go together, and do their words and titles tell them apart?"""

import re
from collections import Counter
from collections.abc import Iterator

from bot.checks.repeats import alike
from bot.model.book import Book
from bot.model.finding import Finding
from bot.model.place import Place
from bot.model.topic import Topic

_WORD = re.compile(r"\w+")
ENOUGH_TOPICS = 8
"""With fewer quick answers, nobody can tell what is common."""
COMMON_SHARE, TELLING = 0.015, 2
"""A word that is in so many questions of other answers has to be this many times more frequent in those of its own."""


def find(book: Book) -> Iterator[Finding]:
    """D220: no questions that are not ours. D311: two with one title. D315: `parent` and `also`. D316: a word that tells nothing."""
    none = any(not one.topics for file in book.tests for one in file.questions)
    if book.topics and not book.not_ours and (none or len(book.topics) >= ENOUGH_TOPICS):
        message = "There is no file with questions that are not ours, so the bot answers them, too. Did you delete or rename not-ours.yaml?"
        yield Finding("D220", "error" if none else "warning", Place(book.folder), message)
    yield from _titles(book)
    by_id = {topic.id: topic for topic in book.topics}
    for topic in book.topics:
        yield from _relations(topic, by_id)
    yield from _common_words(book)


def _titles(book: Book) -> Iterator[Finding]:
    first: dict[str, Topic] = {}
    for topic in book.topics:
        one = first.setdefault(alike(topic.title), topic)
        if one is not topic:
            where = f"{one.place.file}, line {one.place.line}"
            message = f'"{topic.id}" has the same title as "{one.id}" ({where}). Nobody can tell them apart; change one.'
            yield Finding("D311", "error", topic.place, message, width=len(topic.id), seek="title:")


def _relations(topic: Topic, by_id: dict[str, Topic]) -> Iterator[Finding]:
    if topic.id in topic.also:
        message = f'"also" of "{topic.id}" names itself. Take it out: an answer is not offered below itself.'
        yield Finding("D315", "warning", topic.place, message, width=len(topic.id), seek="also:")
    above = by_id.get(topic.parent)
    if above is topic:
        message = f'"parent" of "{topic.id}" is itself. Name the more general answer, or take the line away.'
        yield Finding("D315", "warning", topic.place, message, width=len(topic.id), seek="parent:")
    elif above is not None and above.parent and above.parent != above.id:
        message = f'"parent" of "{topic.id}" is "{above.id}", which has a parent of its own, "{above.parent}". Only one step counts: '
        yield Finding("D315", "warning", topic.place, message + f'name "{above.parent}", or take one away.', seek="parent:")


def _common_words(book: Book) -> Iterator[Finding]:
    if len(book.topics) < ENOUGH_TOPICS:
        return
    # The ways to ask beside the answers are enough to tell, and this is done at every start.
    used = {topic.id: Counter(word for text in topic.asked for word in set(_WORD.findall(text.casefold()))) for topic in book.topics}
    everywhere = Counter[str]()
    for counted in used.values():
        everywhere.update(counted)
    texts = sum(len(topic.asked) for topic in book.topics)
    for topic in book.topics:
        size = len(topic.asked)
        for phrase in topic.words:
            here = used[topic.id][phrase.casefold()]
            others = everywhere[phrase.casefold()] - here
            share = others / max(1, texts - size)
            if share >= COMMON_SHARE and here < TELLING * share * size:
                message = (
                    f'"{phrase}" is in {others} questions of other quick answers and in {here} of this one, so it does not point here.'
                )
                yield Finding("D316", "warning", topic.place, f"{message} Take it out.", width=len(topic.id), seek="words:")
