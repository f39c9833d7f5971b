"""A conversation is its answers, in order, by question id. Where it stands is found by walking them."""

import sys
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

CONVERSATION_FORMAT = 1
OLDEST_READABLE_FORMAT = 1

TOGETHER_COPY = "together"
"""Stands in place of a round in a person's own copy of what a group answered together."""

ROUND_OVER = "over"
"""Stands in place of a round in what is left of a person's part when the round has closed: nothing but that there was one."""

ROUND_MISSED = "missed"
"""The same, of a part that was begun and not complete, so that it did not count."""

How = Literal["given", "skipped", "unsure"]


class Answer(NamedTuple):
    """What a person answered to one question: options, or text, or nothing because they skipped it or did not know.

    A named tuple, because walks are remembered by their answers and tuples are hashed in C.
    """

    question: str
    options: tuple[str, ...] = ()
    text: str = ""
    how: How = "given"

    @property
    def known(self) -> bool:
        """True if the answer says something; a skipped question says nothing."""
        return self.how == "given"


class Conversation(NamedTuple):
    """Everything kept of one conversation. A named tuple, because every turn makes several and they are made fastest.

    `answers` count. `earlier` are kept aside: taken back, or no longer asked for; they come back as ticks.
    `ticked` is the unfinished choice of the question at hand, `offered` the options a typed answer may have meant.
    `changing` is the earlier question being answered again. `card` says what is shown after the last question.
    `undo` are the answers from before a start-again, until the first new answer.
    `touched` is when it last moved, in whole seconds since 1970 (UTC).
    `round` names the round of partners that it answers for ("": it is about a project of the person's own; `TOGETHER_COPY`: it
    is a copy of what a group answered together; `ROUND_OVER`, `ROUND_MISSED`: the round has closed and the answers are erased), `visit` the
    group that the person came from and may tell the result.
    `begun` is true once a question was put to the person, as long as nothing else shows that; `topic` is the quick answer they
    read last, so that "and the school?" can be understood.
    """

    id: str
    dialogue: str
    revision: str = ""
    language: str = "en"
    answers: tuple[Answer, ...] = ()
    earlier: tuple[Answer, ...] = ()
    undo: tuple[Answer, ...] = ()
    ticked: tuple[str, ...] | None = None
    offered: tuple[str, ...] = ()
    changing: str = ""
    card: str = ""
    misses: int = 0
    stopped: bool = False
    turn: int = 0
    touched: int = 0
    round: str = ""
    visit: str = ""
    begun: bool = False
    topic: str = ""

    @property
    def has_begun(self) -> bool:
        """True if a question was put to the person. What they type before is no answer to it."""
        kept = self.answers or self.earlier or self.undo or self.ticked
        return self.begun or bool(kept) or (self.turn > 0 and not self.card)

    def answer_to(self, question: str) -> Answer | None:
        """The answer that counts for this question, or None."""
        return next((answer for answer in self.answers if answer.question == question), None)

    def earlier_answer_to(self, question: str) -> Answer | None:
        """An answer given before and kept aside, or None."""
        return next((answer for answer in self.earlier if answer.question == question), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data that `from_json` reads back to an equal conversation; what is empty is left out."""
        plain: dict[str, Any] = {"format": CONVERSATION_FORMAT, "id": self.id, "dialogue": self.dialogue}
        for name in ("answers", "earlier", "undo"):
            if listed := getattr(self, name):
                plain[name] = [_answer_to_json(answer) for answer in listed]
        if self.ticked is not None:
            plain["ticked"] = list(self.ticked)
        if self.offered:
            plain["offered"] = list(self.offered)
        for name in ("revision", "changing", "card", "misses", "stopped", "turn", "touched", "round", "visit", "begun", "topic"):
            if value := getattr(self, name):
                plain[name] = value
        if self.language != "en":
            plain["language"] = self.language
        return plain


def conversation_from_json(plain: Mapping[str, Any]) -> Conversation:
    """A conversation from its stored form.

    Raises ValueError if the form is newer than this program, or is not a conversation at all.
    """
    found = plain.get("format")
    if not isinstance(found, int) or found < OLDEST_READABLE_FORMAT:
        raise ValueError("this is not a stored conversation")
    if found > CONVERSATION_FORMAT:
        raise ValueError(f"the conversation was stored by a newer version (format {found}, this one reads {CONVERSATION_FORMAT})")
    try:
        ticked = plain.get("ticked")
        return Conversation(
            id=str(plain["id"]),
            dialogue=sys.intern(str(plain["dialogue"])),
            revision=sys.intern(str(plain.get("revision", ""))),
            language=sys.intern(str(plain.get("language", "en"))),
            answers=tuple(_answer_from_json(one) for one in plain.get("answers", ())),
            earlier=tuple(_answer_from_json(one) for one in plain.get("earlier", ())),
            undo=tuple(_answer_from_json(one) for one in plain.get("undo", ())),
            ticked=None if ticked is None else _ids(ticked),
            offered=_ids(plain.get("offered", ())),
            changing=sys.intern(str(plain.get("changing", ""))),
            card=sys.intern(str(plain.get("card", ""))),
            misses=int(plain.get("misses", 0)),
            stopped=bool(plain.get("stopped", False)),
            turn=int(plain.get("turn", 0)),
            touched=int(plain.get("touched", 0)),
            round=str(plain.get("round", "")),
            visit=str(plain.get("visit", "")),
            begun=bool(plain.get("begun", False)),
            topic=sys.intern(str(plain.get("topic", ""))),
        )
    except (KeyError, TypeError, AttributeError) as slip:
        raise ValueError(f"this is not a stored conversation: {slip!r}") from slip


def _ids(listed: Any) -> tuple[str, ...]:
    # Ids repeat in every conversation; interned, ten thousand conversations share one copy.
    return tuple(sys.intern(str(one)) for one in listed)


def _answer_to_json(answer: Answer) -> list[Any]:
    """Short, because a conversation is written on every turn: [question, value] with value a list, a text or None."""
    if answer.how != "given":
        return [answer.question, None if answer.how == "skipped" else False]
    return [answer.question, answer.text] if answer.text else [answer.question, list(answer.options)]


def _answer_from_json(plain: Any) -> Answer:
    question, value = plain
    name = sys.intern(str(question))
    if value is None or value is False:
        return Answer(name, how="skipped" if value is None else "unsure")
    if isinstance(value, str):
        return Answer(name, text=value)
    return Answer(name, _ids(value))


def with_answer(answers: tuple[Answer, ...], answer: Answer) -> tuple[Answer, ...]:
    """The answers with this one in the place of an older answer to the same question, or at the end."""
    if all(old.question != answer.question for old in answers):
        return (*answers, answer)
    return tuple(answer if old.question == answer.question else old for old in answers)


def without_answer(answers: tuple[Answer, ...], question: str) -> tuple[Answer, ...]:
    """The answers without the one to this question."""
    return tuple(answer for answer in answers if answer.question != question)


def fresh(conversation: Conversation) -> Conversation:
    """The same conversation with nothing half done: no ticks, no guesses, no misses, nothing being changed."""
    return conversation._replace(ticked=None, offered=(), changing="", card="", misses=0, stopped=False)
