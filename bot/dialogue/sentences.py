"""Reads which option a typed sentence describes, by its likeness to example sentences; when in doubt it says so.

A wrong understanding is far worse than asking again, so an option is taken only where it leads clearly.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.dialogue.understood import Understood
from bot.model.book import Words
from bot.model.dialogue import Option, Sayings
from bot.words.durations import days_in
from bot.words.likeness import Likeness, Ranked
from bot.words.phrases import PhraseBook
from bot.words.plain import is_word, parts, stem, words

OTHER = "?"
"""The group of sentences that mean no option clearly."""
CLEAR_SHARE = 0.58
CLEAR_LEAD = 0.3
MAYBE_SHARE = 0.15
OVERRULES = 0.85
"""A sentence this likely counts more than the yes or no it begins with."""
NEGATED_WORDS = 3
FEWEST_WORDS = 3
CUTS = ("and", "but", "plus", "also")
_ENDS_NOT = ("but", "just", "only")


class SentenceReader:
    """Reads sentences about the options of one question."""

    __slots__ = ("_alike", "_cues", "_exact", "_likeness", "_order", "_says", "_speller", "_unsure", "_yes_no")

    def __init__(self, options: Sequence[Option], sayings: Sayings | None, common: Words) -> None:
        self._order = [option.id for option in options]
        self._cues = PhraseBook((phrase, cue) for cue in ("not", "used_to", "now") for phrase in common.groups.get(cue, ()))
        self._alike = PhraseBook((phrase, name) for name, listed in common.alike.items() for phrase in listed)
        self._yes_no = PhraseBook((phrase, cue) for cue in ("yes", "no") for phrase in common.groups.get(cue, ()))
        self._says = {cue: _only(option.id for option in options if words(option.label)[:1] == [cue]) for cue in ("yes", "no")}
        self._unsure = {option.id for option in options if option.unsure}
        examples: dict[str, list[str]] = {}
        for option in options:
            mine = list(sayings.sentences.get(option.id, ())) if sayings else []
            examples[option.id] = [*mine, option.label, *([option.help] if option.help else []), *option.words]
        if sayings and sayings.other:
            examples[OTHER] = list(sayings.other)
        self._exact = {" ".join(words(text)): option for option, texts in examples.items() for text in texts}
        from bot.words.typos import Speller  # only when somebody types: a chat should start at once

        self._speller: Speller | None = None
        self._likeness = Likeness(examples, self._features)
        known = {word for texts in examples.values() for text in texts for word in words(text)}
        known |= {word for listed in common.alike.values() for phrase in listed for word in words(phrase)}
        self._speller = Speller(known | set(common.fillers))

    def read(self, text: str, least: float = CLEAR_SHARE) -> Understood:
        """The option the sentence describes with at least this likelihood, or the likeliest ones."""
        exact = self._exact.get(" ".join(words(text)))
        if exact and exact != OTHER:
            return Understood((exact,), clear=True)
        ranked = self._likeness.rank(self.today(text))
        options = [one for one in ranked if one.group != OTHER]
        begins = self._begins_with(text)
        if begins and self._yes_no.whole(text):
            return Understood((begins,), clear=True)
        best = ranked[0].group if self._is_clear(ranked, least) and (ranked[0].share >= OVERRULES or self._says_enough(text)) else ""
        if best and (not begins or begins == best or ranked[0].share >= OVERRULES):
            return Understood((best,), clear=True)
        maybe = {one.group for one in options[:3] if one.share >= MAYBE_SHARE} | ({begins, best} - {""})
        if begins and maybe <= {begins, *self._unsure}:
            return Understood((begins,), clear=True)
        return Understood(maybe=tuple(sorted(maybe, key=self._order.index)))

    def _begins_with(self, text: str) -> str:
        """The option that says yes, or the one that says no, if the text begins like it; "" otherwise."""
        for hit in self._yes_no.find(parts(text))[:1]:
            return self._says.get(hit.values[0], "") if hit.start == 0 else ""
        return ""

    def _says_enough(self, text: str) -> bool:
        """True if the text has enough in it to be understood: a word that plays a part, or several that were seen before."""
        found = self._features(text)
        single = [one for one in found if " " not in one and "&" not in one]
        return any(one.lstrip("!").startswith("=") for one in single) or sum(map(self._likeness.knows, single)) >= FEWEST_WORDS

    @staticmethod
    def _is_clear(ranked: Sequence[Ranked], least: float) -> bool:
        if not ranked or ranked[0].group == OTHER:
            return False
        lead = ranked[0].share - (ranked[1].share if len(ranked) > 1 else 0.0)
        return ranked[0].share >= least and lead >= CLEAR_LEAD

    def clauses(self, text: str) -> list[str]:
        """The parts of a text that may each say something of its own, cut at "and", "but", "plus", "also" and stops; [] if there is one."""
        found: list[list[str]] = [[]]
        for part in parts(self.today(text)):
            if part in CUTS or (not is_word(part) and part != "-"):
                found.append([])
            else:
                found[-1].append(part)
        # "Not just swapping news, we set actions": what is said not to be so is no answer.
        long_enough = [" ".join(one) for one in found if len(one) >= FEWEST_WORDS and not self._denies(one)]
        return long_enough if len(long_enough) > 1 else []

    def _after_denial(self, tokens: list[str]) -> list[str]:
        """What comes after a denial: "not a contract, just emails" is about emails."""
        if not self._denies(tokens):
            return tokens
        cuts = [at for at, token in enumerate(tokens) if token in _ENDS_NOT or not is_word(token)]
        return tokens[cuts[0] + 1 :] if cuts and len(tokens) - cuts[0] > 1 else tokens

    def _denies(self, clause: list[str]) -> bool:
        return any("not" in hit.values for hit in self._cues.find(clause[:1]))

    def today(self, text: str) -> str:
        """The part of a text that is about today: "we used to just chat, now we run the club" is about the club."""
        tokens = self._after_denial(parts(text))
        cues = {hit.start: hit for hit in self._cues.find(tokens)}
        past = [hit.start for hit in cues.values() if "used_to" in hit.values]
        now = [hit.end for hit in cues.values() if "now" in hit.values]
        if not past or not now:
            return " ".join(tokens)
        left = tokens[now[-1] :] if now[-1] > past[0] else tokens[: past[0]]
        return " ".join(left or tokens)

    def _features(self, text: str) -> list[str]:
        """Stems and pairs of neighbours, and the parts they play; what is said not to be so ("not a contract") counts as its opposite."""
        marked = [(self._speller.meant(word) if self._speller else word, negated) for word, negated in self._marked(text)]
        stemmed = [("!" if negated else "") + stem(word) for word, negated in marked]
        return stemmed + [f"{one} {other}" for one, other in pairwise(["<", *stemmed, ">"])] + self._parts_played(marked)

    def _parts_played(self, marked: list[tuple[str, bool]]) -> list[str]:
        """The groups of words that are alike (a fair and a carnival are both events), and which of them meet in one sentence."""
        hits = self._alike.find([word for word, _ in marked])
        played = {("!=" if marked[hit.start][1] else "=") + name for hit in hits for name in hit.values}
        played |= {f"={_how_long(days)}" for days in days_in([word for word, _ in marked])}
        ordered = sorted(played)
        return ordered + [f"{one}&{other}" for at, one in enumerate(ordered) for other in ordered[at + 1 :]]

    def _marked(self, text: str) -> Iterator[tuple[str, bool]]:
        """The words, each with whether it stands right behind a "not"."""
        tokens = parts(text)
        starts = {hit.start for hit in self._cues.find(tokens) if "not" in hit.values}
        left = 0
        for at, token in enumerate(tokens):
            if not is_word(token) or token in _ENDS_NOT:
                left = 0
            if is_word(token):
                yield token, left > 0
            left = NEGATED_WORDS if at in starts else max(0, left - 1)


def _only(ids: Iterable[str]) -> str:
    """The one id there is, or "" if there are several or none."""
    found = list(ids)
    return found[0] if len(found) == 1 else ""


def _how_long(days: float) -> str:
    """A length of time as one of four parts that it can play in a sentence."""
    return "days" if days <= 21 else "months" if days < 365 else "a_year" if days == 365 else "years"
