"""Text as it is compared: small letters, no accents, no emoji, no apostrophes; then words, then stems."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice

_APOSTROPHES = re.compile(r"(?<=\w)['’`´ʼ](?=\w)")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_AMPERSAND = re.compile(r"\s*[&+]\s*")
_TITLE = re.compile(r"\b(rev|revd|dr|mr|mrs|ms|cllr|sgt|insp|st|prof|fr)\.(?=\s)")
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_]){1,4}\b\.?")
_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"[^\W_]+|[,;:.!?\n/()…–—-]+")


def plain(text: str) -> str:
    """The text in small letters, without accents; apostrophes inside words are dropped ("dont"), and dots ("m.o.u."); hyphens part them."""
    bare = text[:MOST].casefold()
    if bare.isascii() and bare.replace(" ", "").isalpha():
        return bare
    if not bare.isascii():
        composed = unicodedata.normalize("NFKD", bare).casefold()
        bare = "".join(letter for letter in composed if not unicodedata.combining(letter))
    bare = _TITLE.sub(r"\1", _DOTTED.sub(lambda found: found[0].replace(".", ""), bare))
    return _AMPERSAND.sub(" and ", _HYPHEN.sub(" ", _APOSTROPHES.sub("", bare)))


MOST = 4_096
"""Longer texts are compared by their beginning."""


MOST_LETTERS, MOST_WORDS = 1_500, 120
"""An answer or a question is no longer than this: of a longer text its beginning is read."""


def beginning(text: str) -> str:
    """As much of a text as is read to understand an answer or a question."""
    text = text[:MOST_LETTERS]
    too_many = next(islice(_WORD.finditer(text), MOST_WORDS, None), None)
    return text if too_many is None else text[: too_many.start()]


def words(text: str) -> list[str]:
    """The words of a text, plain, in order."""
    return _WORD.findall(plain(text))


def parts(text: str) -> list[str]:
    """The words and the punctuation of a text, plain, in order; runs of punctuation stay together."""
    return _PART.findall(plain(text))


def is_word(part: str) -> bool:
    """True for a word, false for punctuation."""
    return part[0].isalnum()


_WITH_NOT = (
    "do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "could", "would", "should", "must", "need", "might",
)  # fmt: skip
_OPENED = {f"{word}nt": f"{word} not" for word in _WITH_NOT} | {
    "cant": "can not", "cannot": "can not", "wont": "will not", "aint": "is not", "havnt": "have not", "dosnt": "does not",
    "doesent": "does not", "didint": "did not", "noone": "no one", "nobodys": "nobody is", "theres": "there is", "thats": "that is",
    "theyre": "they are", "youre": "you are", "weve": "we have", "theyve": "they have", "ive": "i have", "youve": "you have",
    "im": "i am", "gotta": "got to", "gonna": "going to", "tho": "though",
}  # fmt: skip


_SIGNS = {"👍": " yes ", "✅": " yes ", "👎": " no ", "❌": " no "}


def opened(text: str) -> str:
    """The text, plain, with its short forms opened up: "dont", "don't" and "do not" become the same."""
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return " ".join(_OPENED.get(part, part) for part in parts(text))


_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_VOWEL = re.compile(r"[aeiouy]")
# Endings, longest first, with what replaces them. A stem keeps at least three letters and a vowel.
_ENDINGS = (
    ("isations", "is"), ("izations", "is"), ("isation", "is"), ("ization", "is"), ("ational", "ate"),
    ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("ements", ""), ("ations", "ate"), ("ingly", ""),
    ("ement", ""), ("ation", "ate"), ("ities", "ity"), ("iness", "y"), ("ising", "is"), ("izing", "is"), ("ised", "is"), ("ized", "is"),
    ("ises", "is"), ("izes", "is"), ("ments", ""), ("ness", ""), ("ment", ""), ("ings", ""), ("edly", ""), ("ise", "is"), ("ize", "is"),
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ers", ""), ("ors", ""), ("est", ""), ("ful", ""), ("ly", ""), ("ed", ""), ("er", ""),
    ("or", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, so that "plan", "plans" and "planning" compare equal. Not a dictionary: only a likeness."""
    if len(word) <= 3 or word.isdigit() or word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            root = word[: -len(ending)] + instead
            if len(root) >= 3 and _VOWEL.search(root):
                root = _DOUBLED.sub(r"\1", root)
                return root[:-1] if root.endswith("e") and len(root) > 3 else root[:-1] + "y" if root.endswith("i") else root
    return word


def singular(word: str) -> str:
    """A word without the ending of its plural: names of people and places keep all other endings, or "careful" would be a carer."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in order."""
    return [stem(word) for word in words(text)]
