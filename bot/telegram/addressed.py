"""Words in a group that are no command: are they for us, and what is left of them without our name?"""

import re
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from bot.telegram.fields import number_in, object_in, text_in, words_in

How = Literal["", "mention", "passing", "reply"]
QUICK = ("ask", "what")
"""Commands that ask a quick question."""
_AROUND = " \t\n,;:.-–—"


class Addressed(NamedTuple):
    """`how` "": they are not for us. `at` is the message whose words they are, if that is not the one that came."""

    how: How
    words: str
    at: int = 0


@lru_cache(maxsize=8)
def _name(username: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@/])@{re.escape(username)}(?!\w)", re.IGNORECASE | re.ASCII)


def without_name(text: str, username: str) -> tuple[str, How]:
    """The text without our name, and where that stood: at one end (they speak to us) or in the midst (they may speak of us)."""
    found = list(_name(username).finditer(text)) if username and "@" in text else []
    if not found:
        return text, ""
    before, after = text[: found[0].start()].strip(_AROUND), text[found[-1].end() :].strip(_AROUND + "?!")
    words = " ".join(_name(username).sub(" ", text).split()).strip(" ,;:-–—")
    return words, "passing" if before and after else "mention"


def addressed(message: dict[str, Any], username: str) -> Addressed:
    """Why the words of a group's message are for us, and which. Our name alone, below what somebody else wrote, means that."""
    text = words_in(message)
    words, how = without_name(text, username)
    replied = object_in(message, "reply_to_message")
    if not how:
        return Addressed("reply" if is_ours(replied, username) else "", text)
    return Addressed(how, words) if words.strip("?!. ") else of_the_one_above(message, username)._replace(how=how)


def of_the_one_above(message: dict[str, Any], username: str) -> Addressed:
    """The words of what somebody else wrote, below which a message stands; none if there are none, or they are ours."""
    replied = object_in(message, "reply_to_message")
    theirs = "" if is_ours(replied, username) else words_in(replied)
    return Addressed("", theirs, number_in(replied, "message_id") if theirs else 0)


def speaks_to_another(message: dict[str, Any], username: str) -> bool:
    """True if the words begin with the name of another member, as Telegram marks it: "@Cat, did you see this?"."""
    first = words_in(message).lstrip()[:1]
    if first == "@":
        return without_name(words_in(message).split()[0], username)[1] == ""
    entities = message.get("entities")
    marked = entities[0] if isinstance(entities, list) and entities else {}
    return isinstance(marked, dict) and marked.get("type") == "text_mention" and marked.get("offset") == 0


def is_ours(replied: dict[str, Any], username: str) -> bool:
    """True if we wrote this. In a topic everything replies to the notice that made it, which counts for nothing."""
    sender = object_in(replied, "from")
    name = text_in(sender, "username")
    return bool(name) and name.lower() == username.lower() and sender.get("is_bot") is True and "forum_topic_created" not in replied
