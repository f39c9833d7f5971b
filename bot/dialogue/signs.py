"""Finds plain signs of an option in a typed sentence: its own words, a yes or a no, and what is said not to be so.

"We dont have to" holds the words of "we have to" and means the opposite. So a word of an option counts for its opposite
when it stands behind a "not", and a "no" at the start is an answer only when the sentence goes on after it: "no obligation" is none.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.dialogue.vocabulary import Vocabulary
from bot.model.dialogue import Option, Sayings
from bot.words.durations import days_in
from bot.words.phrases import Hit, PhraseBook
from bot.words.plain import is_word, opened, parts, words

REACH = 6
"""A "not" is about the words behind it, this many at most."""
_NOT = "~not"
_NOTHING = "~nothing"
_STOPS = ("but", "because", "so", "just", "only", "though", "although", "cos")
_AGAIN = ("or", "nor", "and")
_TURNS = ("but", "though", "although", "except", "however", "apart")


class Signs(NamedTuple):
    """What was found. `said` are options by their words, `answered` by a yes or a no; `denied` are said not to be so.

    `turns`: behind the yes or no comes a "but". `strong`: more than a single word of an option was found;
    `nothing`: a phrase that sounds like an answer and is none.
    """

    said: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    denied: frozenset[str] = frozenset()
    turns: bool = False
    strong: bool = False
    nothing: bool = False


class SignReader:
    """Finds the signs of the options of one question."""

    __slots__ = ("_lengths", "_means", "_opposites", "_vocabulary", "_words")

    def __init__(self, options: Sequence[Option], sayings: Sayings | None, vocabulary: Vocabulary) -> None:
        mine = sayings or Sayings(())
        known = [(opened(word), option.id) for option in options for word in (*option.words, *mine.words.get(option.id, ()))]
        known += [(opened(phrase), _NOTHING) for phrase in mine.says_nothing]
        self._words = PhraseBook([*known, *((word, _NOT) for word in vocabulary.negations)])
        self._vocabulary = vocabulary
        self._means = {"yes": mine.yes_means or _labelled(options, "yes"), "no": mine.no_means or _labelled(options, "no")}
        self._opposites = mine.opposites
        self._lengths = mine.lengths

    def find(self, text: str) -> Signs:
        """The signs in a text that is opened up."""
        tokens = parts(text)
        answers = self._answered(tokens)
        taken = {at for hit in answers for at in range(hit.start, hit.end)}
        said, denied = dict[str, None](), set[str]()
        polar = list(self._polar(tokens, taken))
        for hit, negated in polar:
            for option in hit.values:
                if option == _NOTHING:
                    continue
                if not negated:
                    said[option] = None
                else:
                    denied.add(option)
                    said |= dict.fromkeys(filter(None, [self._opposites.get(option, "")]))
        lasting = list(self._by_length(tokens))
        said |= dict.fromkeys(lasting)
        answered = dict.fromkeys(meant for hit in answers if (meant := self._means[hit.values[0]]))
        strong = bool(answered or lasting) or any(hit.end - hit.start > 1 for hit, _ in polar) or len(polar) > 1
        turns = any(token in _TURNS for token in tokens[max((hit.end for hit in answers), default=0) :])
        nothing = any(_NOTHING in hit.values for hit, _ in polar)
        return Signs(tuple(said), tuple(answered), frozenset(denied - set(said)), turns, strong, nothing)

    def _answered(self, tokens: list[str]) -> list[Hit]:
        """A yes or a no that begins or ends the text, or stands before a "but"."""
        own = [hit for hit in self._words.find(tokens) if _NOT not in hit.values and hit.end - hit.start > 1]
        owned = {at for hit in own for at in range(hit.start, hit.end)}
        found = []
        for hit in self._vocabulary.answers.find(tokens):
            behind = tokens[hit.end :]
            begins = self._only_around(tokens[: hit.start]) and self._is_answer(hit, tokens[hit.start : hit.end], behind)
            turns = hit.values[0] == "yes" and bool(behind) and behind[0] in _TURNS
            if not owned & set(range(hit.start, hit.end)) and (begins or turns or self._only_around(behind)):
                found.append(hit)
        return found

    def _only_around(self, tokens: list[str]) -> bool:
        return all(not is_word(token) or token in self._vocabulary.around_yes for token in tokens)

    def _is_answer(self, hit: Hit, cue: list[str], behind: list[str]) -> bool:
        """True for the "no" in "no we must"; not for "no targets", which only denies them."""
        if hit.values[0] == "yes" or not behind or not is_word(behind[0]):
            return True
        return cue != ["never"] and (len(cue) > 1 or cue != ["no"] or behind[0] in self._vocabulary.after_no)

    def _polar(self, tokens: list[str], taken: set[int]) -> Iterator[tuple[Hit, bool]]:
        """The words of options, each with whether it is said not to be so."""
        hits = {hit.start: hit for hit in self._words.find(tokens)}
        left, at = 0, 0
        about: tuple[str, ...] = ()  # the option that the "not" is about already
        while at < len(tokens):
            hit = hits.get(at)
            if hit is None or (at in taken and _NOT in hit.values):
                token = tokens[at]
                if not is_word(token) or (token in _STOPS and left < REACH):
                    left = 0
                left, about = max(0, left - 1), () if token in _AGAIN else about
                at += 1
            elif _NOT in hit.values:
                left, about, at = REACH, (), hit.end
            else:
                negated = left > 0 and about in ((), hit.values)
                yield hit, negated
                about, at = hit.values if negated else about, hit.end

    def _by_length(self, tokens: list[str]) -> Iterator[str]:
        """The option that the longest length of time in the text belongs to."""
        days = max(days_in([token for token in tokens if is_word(token)]), default=0.0) if self._lengths else 0.0
        if days:
            yield next((option for option, most in self._lengths if days <= most), self._lengths[-1][0])


def _labelled(options: Iterable[Option], cue: str) -> str:
    """The one option whose label begins with "yes", or with "no"; "" if there is none, or several."""
    found = [option.id for option in options if words(option.label)[:1] == [cue]]
    return found[0] if len(found) == 1 else ""
