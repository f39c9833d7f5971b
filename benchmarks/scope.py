"""Fits the weights in bot/answers/scope.py: when is the best topic for a question the right answer?

    python benchmarks/scope.py

Every fifth of the questions in the dialogues is left out in turn, the rest is learned, and what speaks for the best topic of each question
that was left out is noted with whether it was right. A logistic regression over these gives the weights to copy, if they are better: look
at `partnership-bot test` before and after. To be run after a great change of the questions; a minute.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import replace

from bot.answers.finder import Finder
from bot.answers.scope import Signals, trust
from bot.app import open_chosen
from bot.model.book import Book
from bot.settings import Settings

FOLDS = 5
ROUNDS = 400
STEP = 1.5
KEEP_SMALL = 0.0005
"""Large weights are drawn to 0 by this much of themselves."""

Row = tuple[tuple[float, ...], bool]


def without(book: Book, fold: int) -> tuple[Book, list[tuple[str, str]]]:
    """The book without a fifth of its questions; and those, each with its topic ("": not ours)."""
    out: list[tuple[str, str]] = []

    def kept(asked: tuple[str, ...], topic: str) -> tuple[str, ...]:
        mixed = random.Random(topic or asked[0]).sample(range(len(asked)), len(asked))
        gone = {at for place, at in enumerate(mixed) if place % FOLDS == fold}
        out.extend((asked[at], topic) for at in sorted(gone))
        return tuple(text for at, text in enumerate(asked) if at not in gone)

    topics = tuple(replace(one, asked=kept(one.all_asked, one.id), more_asked=()) for one in book.topics)
    themes = tuple(replace(one, asked=kept(one.asked, "")) for one in book.not_ours)
    return replace(book, topics=topics, not_ours=themes), out


def rows_of(book: Book) -> Iterator[tuple[Signals, bool, bool]]:
    """The signals of every question when it was left out, whether the best topic was right, and whether any is."""
    parents = {topic.id: topic.parent for topic in book.topics}
    for fold in range(FOLDS):
        rest, out = without(book, fold)
        finder = Finder(rest)
        for text, topic in out:
            stems = finder.stems(text)
            ranked, theme = finder.ranked(stems)
            if ranked:
                best = ranked[0][1]
                right = bool(topic) and (topic in (best, parents[best]) or parents[topic] == best)
                yield finder.signals(stems, ranked, theme), right, bool(topic)


def fitted(rows: list[Row]) -> list[float]:
    """The bias and the weights, by gradient descent with momentum over all rows at once."""
    size = len(rows[0][0]) + 1
    weights, speed = [0.0] * size, [0.0] * size
    for number in range(ROUNDS):
        slope = [0.0] * size
        for values, right in rows:
            off = right - 1 / (1 + math.exp(-sum(map(float.__mul__, weights[1:], values), weights[0])))
            slope[0] += off
            for at, value in enumerate(values, 1):
                slope[at] += off * value
        step = STEP / (1 + number / ROUNDS)
        for at in range(size):
            speed[at] = 0.8 * speed[at] + step * (slope[at] / len(rows) - KEEP_SMALL * weights[at])
            weights[at] += speed[at]
    return weights


def main() -> None:
    """Prints the weights now, the new ones, and what each would do."""
    book = open_chosen(Settings(), with_tests=False).book
    assert book is not None
    found = list(rows_of(book))
    rows = [(tuple(map(float, signals)), right) for signals, right, _ in found]
    weights = fitted(rows)
    print(f"_BIAS = {weights[0]:.2f}\n_WEIGHTS = ({', '.join(f'{one:.2f}' for one in weights[1:])})")
    now = [trust(signals) >= 0.5 for signals, _, _ in found]
    then = [weights[0] + sum(map(float.__mul__, weights[1:], values)) >= 0 for values, _ in rows]
    ours = [right for _, right, mine in found if mine]
    print(f"the best topic is right for {sum(ours) / len(ours):.1%} of our questions")
    for name, given in (("now", now), ("new", then)):
        rightly = sum(is_given and right for (_, right, _), is_given in zip(found, given, strict=True)) / len(ours)
        wrongly = sum(is_given and mine and not right for (_, right, mine), is_given in zip(found, given, strict=True)) / len(ours)
        refused = [not is_given for (_, _, mine), is_given in zip(found, given, strict=True) if not mine]
        print(f"{name}: ours answered rightly {rightly:.1%}, wrongly {wrongly:.1%}; others refused {sum(refused) / len(refused):.1%}")


if __name__ == "__main__":
    main()
