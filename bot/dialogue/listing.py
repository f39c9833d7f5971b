"""Reads a list of options out of a typed sentence: "the police, two churches and Sue from the council, not the school".

Words and labels of the options are looked for as phrases. What could not be placed is named, so that only the rest is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.dialogue.understood import Understood
from bot.model.book import Words
from bot.model.dialogue import Option
from bot.words.phrases import Hit, PhraseBook
from bot.words.plain import is_word, opened, parts, words

_CUES = ("aside", "except", "not", "hoping", "used_to", "everyone", "from", "and")
"""The groups of the words file that this reader knows, the strongest first."""
_ENDS_NOT = ("but", "just", "only")
_ASIDE = "~aside"
_OF = ("of", "from", "for")
_ALL = ("all", "everyone", "everybody", "every")
_REMARKS = ("he", "hes", "she", "shes", "they", "theyre", "it", "its")
_AFTER_ALL = (
    "of",
    "them",
    "those",
    "these",
    "above",
    "please",
    "really",
    "listed",
    "on",
    "the",
    "list",
    "but",
    "here",
    "i",
    "think",
    "thanks",
    "together",
)
"""What may stand behind "all" or "everyone" when it means all options."""


def label_phrases(label: str) -> list[str]:
    """The phrases in a label: "School, college or nursery" is three of them, and the whole."""
    halves = label.replace(" or ", ",").replace("/", ",").replace(" and ", ",").split(",")
    return [label, *(half.strip() for half in halves if len(half.strip()) > 1)]


@dataclass(slots=True)
class _Item:
    """One item of the list: where its words stand, the options named in it, and whether it is left out ("not …")."""

    negated: bool = False
    at: list[int] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


class ListReader:
    """Reads lists of the options of one question."""

    __slots__ = ("_alone", "_book", "_cues", "_fillers", "_ids", "_literally", "_titles")

    def __init__(self, options: Sequence[Option], common: Words, ordinary: frozenset[str] = frozenset(), label_parts: bool = True) -> None:
        """Looks for the labels, or for their parts as well: "School, college or nursery" are three words for one kind."""
        labels = {option.id: label_phrases(option.label) if label_parts else [option.label] for option in options}
        phrases = [(phrase, option.id) for option in options for phrase in (*labels[option.id], *option.words)]
        phrases += [(option.id.replace("_", " "), option.id) for option in options]
        phrases = [
            (opened(phrase), option) for phrase, option in (*phrases, *((aside, _ASIDE) for aside in common.groups.get("aside", ())))
        ]
        cues = [(opened(phrase), cue) for cue in _CUES for phrase in common.groups.get(cue, ())]
        self._book = PhraseBook(phrases, ordinary, names=True)
        self._literally = {tuple(words(phrase)) for phrase, _ in phrases}
        self._cues = PhraseBook(cues)
        self._titles = frozenset(common.groups.get("titles", ()))
        self._fillers = frozenset(common.fillers) | {word for phrase, _ in cues for word in words(phrase)}
        self._ids = [option.id for option in options]
        self._alone = {option.id for option in options if option.alone}

    def read(self, text: str) -> Understood:
        """What the text lists."""
        tokens = parts(opened(text))
        found_hits = {hit.start: hit for hit in self._book.find(tokens) if self._means_it(tokens[: hit.end], hit.start)}
        hits = {start: hit for start, hit in found_hits.items() if _ASIDE not in hit.values}
        cues = self._cues_between(tokens, found_hits)
        linking = {at for start, (kind, end) in cues.items() if kind == "from" for at in range(start, end)}
        taken, refused, maybe, unknown = set[str](), set[str](), dict[str, None](), list[str]()
        items, everyone = self._items(tokens, hits, cues)
        named = self._names(items, linking, tokens)
        for number, item in enumerate(items):
            for values in self._values(item, linking, tokens):
                if len(values) == 1:
                    (refused if item.negated else taken).add(values[0])
                elif not item.negated:
                    maybe.update(dict.fromkeys(values))
                    unknown.append(" ".join(tokens[at] for at in item.at))
            said = [tokens[at] for at in item.at]
            if not item.hits and not item.negated and number not in named and self._says_something(said):
                unknown.append(" ".join(said))
        if everyone:
            taken |= set(self._ids) - self._alone
        found = [one for one in self._ids if one in taken and one not in refused]
        found = [one for one in found if one not in self._alone] or found
        left = tuple(one for one in maybe if one not in found)
        return Understood(tuple(found), bool(found) and not unknown, left, tuple(unknown))

    def _cues_between(self, tokens: list[str], hits: dict[int, Hit]) -> dict[int, tuple[str, int]]:
        """Token → (cue, end) for "not", "except", "from" and the like, where they are no part of an option's phrase."""
        within = {at for hit in hits.values() for at in range(hit.start, hit.end)}
        found = {hit.start: ("aside", hit.end) for hit in hits.values() if _ASIDE in hit.values}
        for cue in self._cues.find(tokens):
            if cue.start not in within:
                found[cue.start] = (next(kind for kind in _CUES if kind in cue.values), cue.end)
        return found

    def _items(self, tokens: list[str], hits: dict[int, Hit], cues: dict[int, tuple[str, int]]) -> tuple[list[_Item], bool]:
        """The items, each left out or not, and whether "everyone" was said."""
        items, everyone, negating, at = [_Item()], False, "", 0
        while at < len(tokens):
            hit = hits.get(at)
            cue, end = cues.get(at, ("", at + 1))
            if hit is not None:
                items[-1].hits.append(hit)
                items[-1].at += range(at, hit.end)
                at = hit.end
                continue
            if cue == "except" and tokens[at] in _ALL:
                everyone = everyone or not negating
            if cue in ("not", "except", "hoping"):
                negating = "except" if "except" in (cue, negating) else "not"
            elif cue == "everyone":
                everyone = everyone or (not negating and self._is_everyone(tokens[end:], cues, end))
            elif tokens[at] in _ENDS_NOT or (not is_word(tokens[at]) and (negating == "not" or "." in tokens[at])):
                negating = ""
            if cue == "used_to":
                items[-1].negated, at = True, end
                continue
            if cue in ("", "from") and is_word(tokens[at]) and tokens[at] not in _ENDS_NOT:
                items[-1].at += range(at, end)
            else:
                items.append(_Item(bool(negating)))
            at = end
        return items, everyone

    def _values(self, item: _Item, linking: set[int], tokens: list[str]) -> list[tuple[str, ...]]:
        """What an item stands for. In "church school" the last word says what it is; so it does in "Sue from the council".

        A phrase that ends in a linking word ("friends of …") takes what follows into itself.
        """
        values: list[tuple[str, ...]] = []
        open_ended = False
        for hit, after in pairwise([*item.hits, None]):
            if hit is None or open_ended:
                open_ended = False
                continue
            open_ended = tokens[hit.end - 1] in _OF
            described = after is not None and not open_ended and (after.start == hit.end or linking & set(range(hit.end, after.start)))
            if not described:
                values.append(hit.values)
        return values

    def _means_it(self, tokens: list[str], start: int) -> bool:
        """False for "Mrs Baker", and for a phrase of common words in another ending: "the local station" is none of the locals."""
        if start and tokens[start - 1] in self._titles:
            return False
        said = tokens[start:]
        return any(word not in self._fillers for word in said) or tuple(said) in self._literally

    def _is_everyone(self, behind: list[str], cues: dict[int, tuple[str, int]], start: int) -> bool:
        """True if "all" stands for itself: "all of them", "all but the police"; not in "all the schools"."""
        for at, token in enumerate(behind, start):
            if not is_word(token) or cues.get(at, ("",))[0] in ("not", "except", "aside"):
                return True
            if token not in _AFTER_ALL:
                return False
        return True

    @staticmethod
    def _names(items: list[_Item], linking: set[int], tokens: list[str]) -> set[int]:
        """The items that only name people of the next one: "Sue, Dave and Karen from the council"."""
        named: set[int] = set()
        leads_on = False
        for number, item in reversed(list(enumerate(items))):
            if item.hits:
                leads_on = bool(linking & set(item.at)) and min(linking & set(item.at)) < item.hits[0].start
            elif leads_on and len(item.at) <= 2 and not {tokens[at] for at in item.at} & {"the", "a", "an", "our", "some"}:
                named.add(number)
            else:
                leads_on = leads_on and not item.at
        return named

    def _says_something(self, said: list[str]) -> bool:
        """False for common words, and for a remark ("he is called Dave")."""
        if said and said[0] in _REMARKS:
            return False
        return any(word not in self._fillers and not word.isdigit() for word in said)
