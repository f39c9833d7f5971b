"""What people type that answers no question: thanks, a nod, "tell me more", "and the school?". Read by lists in the words file."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from bot.words.beginnings import Beginnings, said
from bot.words.plain import words

Kind = Literal["", "thanks", "nod", "yes_no"]

MOST_WORDS = 10
"""Whoever types more says something."""
LEAST_FOREIGN, MOST_ENGLISH = 2, 2
"""A text in another language has at least so many words that are none of ours, and at most so many that are."""
FEW = 5
"""A text without a question mark asks back if it has so few words and begins like a question."""
END = 40
"""So many letters at the end show whether a text ends with a question mark, however many marks it is made of."""
_ASKED = re.compile(r"\?\W*$")
LATIN = 0x250
LATIN_TOO = range(0x1E00, 0x1F00)
"""Letters below the first, and in the second, are those of English and its neighbours."""


class Remarks:
    """Reads remarks with the words of one book."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._reactions = Beginnings(groups, "beside_thanks", "nods", "yes", "no", "thanks")
        self._again = Beginnings(groups, "beside_again", "again")
        self._how_many = Beginnings(groups, "beside_how_many", "how_many")
        self._lead_in = Beginnings(groups, "lead_in")
        self._what_about = Beginnings(groups, "what_about")
        self._and_what = Beginnings(groups, "and_what")
        self._between_us = Beginnings(groups, "between_us")
        self._no_sentence = Beginnings(groups, "no_sentence")
        self._asks_back = Beginnings(groups, "asks_back")
        self._to_somebody = Beginnings(groups, "to_somebody")
        self._days = frozenset(word for phrase in groups.get("days", ()) for word in said(phrase) if " " not in phrase)
        self._pointing = frozenset(
            word for name in ("small", "pointing", "asks_back") for one in groups.get(name, ()) for word in said(one)
        )
        self._foreign = frozenset(word for phrase in groups.get("other_languages", ()) for word in words(phrase))
        self._around = frozenset(word for name in ("lead_in", "beside_again") for one in groups.get(name, ()) for word in said(one))

    def kind(self, text: str) -> Kind:
        """What a whole text of thanks and nods is; "" if it says or asks something. Pictures alone are a nod."""
        given = words(text)
        if not given:
            return "nod" if text.strip() and "?" not in text else ""
        found = self._reactions.all_of(given) if len(given) <= MOST_WORDS else None
        if not found or found == {"beside_thanks"}:
            return ""
        if found & {"yes", "no"}:
            return "yes_no"
        return "thanks" if "thanks" in found else "nod"

    def says_nothing(self, text: str) -> bool:
        """True for "thanks", "what?", "and then?": though a label may hold the same words, it is not what they mean."""
        return self.kind(text) in ("thanks", "nod") or (not self.kind(text) and (self.again(text) or self.points(text)))

    def agrees(self, text: str) -> bool | None:
        """True for a plain yes, False for a plain no, None for anything else."""
        found = self._reactions.all_of(said(text)) or set()
        return None if ("yes" in found) == ("no" in found) else "yes" in found

    def asks_back(self, text: str) -> bool:
        """True for a question; without its mark only for a few words, or "what we all want is …" would be one."""
        given = said(text)
        return _ASKED.search(text[-END:]) is not None or (len(given) <= FEW and bool(self._asks_back.first(given)[0]))

    def is_talk(self, text: str) -> bool:
        """True for what people say to one another where a sentence is looked for: "I agree with Bob", "@Cat nice", "the second one"."""
        return text.lstrip().startswith("@") or bool(self._no_sentence.first(said(self.led(text)))[0])

    def again(self, text: str) -> bool:
        """True if somebody wants to hear the last answer again, in other words, or the rest of it."""
        given = said(text)
        if not given:
            return "?" in text
        found = self._again.all_of(given) if len(given) <= MOST_WORDS else None
        return found is not None and "again" in found

    def how_many(self, text: str) -> bool:
        """True if somebody asks how many have answered. Only in a round is that what it means."""
        given = said(text)
        return len(given) <= MOST_WORDS and "how_many" in (self._how_many.all_of(given) or ())

    def points(self, text: str) -> bool:
        """True if the text has nothing but words that point at something: "why not", "and then?"."""
        return all(word in self._pointing for word in said(text))

    def bare(self, text: str) -> list[str]:
        """The words of a text without those that only point at something."""
        return [word for word in said(text) if word not in self._pointing]

    def led(self, text: str) -> str:
        """The text without short words before the real question, as it was typed: "ok and how do we …" becomes "how do we …"."""
        parts = text.split()
        left = self._lead_in.behind(parts_said := [" ".join(said(part)) for part in parts])
        return " ".join(parts[len(parts_said) - len(left) :]) if any(left) else text

    def about(self, text: str) -> str:
        """What "what about …" asks about; "" if the text does not begin so."""
        given = said(self.led(text))
        length, _ = self._what_about.first(given)
        return " ".join(given[length:]) if length else ""

    def added(self, text: str) -> str:
        """What "and the school?" adds to the question before; "" if the text does not begin so."""
        given = said(text)
        length, _ = self._and_what.first(given)
        return " ".join(given[length:]) if length else ""

    def is_plan(self, text: str) -> bool:
        """True if it sounds like something people settle among themselves: "shall we meet on Tuesday?"."""
        given = said(self.led(text))
        return bool(self._between_us.first(given)[0]) or not self._days.isdisjoint(given)

    def named(self, text: str) -> str:
        """The name that a text begins with, if it then speaks to that person: "Cat, can you do this?". "": it begins with none."""
        first, _, rest = text.strip().partition(" ")
        name = " ".join(said(first))
        if not name or " " in name or name in self._pointing or name in self._around or first[0] in "/@":
            return ""
        called = first[-1] in ",:" and first[0].isupper()
        return name if called or self._to_somebody.first(said(rest))[0] else ""

    def foreign(self, text: str, known: Sequence[bool]) -> bool:
        """True if this is surely not English. `known` says of each word whether it is one of ours, with slips put right."""
        letters = [letter for letter in text if letter.isalpha()]
        if 2 * sum(ord(letter) >= LATIN and ord(letter) not in LATIN_TOO for letter in letters) > len(letters):
            return True
        given = words(text)
        signs = [word in self._foreign for word in given]
        unseen = sum(not sign and not one for sign, one in zip(signs, known, strict=True))
        english = sum(not sign and one for sign, one in zip(signs, known, strict=True))
        may_be = english <= MOST_ENGLISH and sum(word in self._pointing for word in given) <= 1
        return any(signs) and may_be and sum(signs) + unseen >= max(LEAST_FOREIGN, english)
