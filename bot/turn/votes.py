"""Answering together: a group votes on each question of one conversation. What is kept of it, and its rules.

Nobody is kept by name or number: a vote stands under a mark that only the secret of this conversation leads to. When a
question is done, its votes are dropped, and only the answer stays.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from bot.model.dialogue import Question

DAY = 24 * 3600
OTHERS_MAY_GO_ON = DAY
"""If nobody moves on for so long, anyone who voted may."""
DOUBLE_TAP = 1.5
"""A second press on the same option within so many seconds was meant to be one."""
MOST_VOTERS = 500
MOST_SUGGESTIONS = 3
"""Of sentences that people suggest, the last so many are shown."""

Came = Literal["given", "taken", "again", "too_many", "full"]


class Vote(NamedTuple):
    """What one person picked; and which option they pressed last, and when."""

    options: tuple[str, ...]
    last: str = ""
    at: float = 0.0


class Suggestion(NamedTuple):
    """A sentence that somebody suggests as the answer, and the mark of that person ("": nobody can be told from others)."""

    text: str
    by: str = ""


class Settled(NamedTuple):
    """What the votes come to: the options that are the answer, or else those that somebody has to choose among."""

    options: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What is kept beside the conversation that a group answers.

    `conversation` is its id. `starter` is "" if nobody can be told from others, `since` is when the question at hand was put.
    `tied` is true while somebody chooses among options with as many votes, `picked` is what they chose so far. `helped`: the
    options are explained. `stopped`: it waits to be taken up again. `boards` counts the messages that showed it, `posted` is
    the lane of the last one, `before` the one it had before the group got another id. `asked_by` is the message in which
    whoever leads asked for it; the board replies to that, so that all can see who leads. `suggestions` wait for a question that
    is answered in a sentence: the group talks, and whoever leads picks one.
    """

    conversation: str
    secret: str
    since: int
    starter: str = ""
    votes: Mapping[str, Vote] = field(default_factory=dict)
    tied: bool = False
    picked: tuple[str, ...] = ()
    helped: bool = False
    stopped: bool = False
    boards: int = 1
    posted: str = ""
    before: str = ""
    asked_by: int = 0
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def board(self) -> str:
        """The name of the message that shows it."""
        return f"{self.conversation}.{self.boards}"

    @property
    def counts(self) -> Counter[str]:
        """How many picked each option."""
        return Counter(option for vote in self.votes.values() for option in vote.options)

    @property
    def voters(self) -> int:
        """How many have picked something."""
        return sum(bool(vote.options) for vote in self.votes.values())

    def mark(self, who: str) -> str:
        """What a person's vote stands under."""
        return _opaque(self.secret, "vote", who)

    def started_by(self, who: str) -> bool:
        """True for the person who started it."""
        return bool(self.starter) and self.starter == _opaque(self.secret, "starter", who)

    def may_go_on(self, who: str, now: float) -> bool:
        """May this person move on? The starter may; when that has not happened for a day, whoever voted, if anybody did."""
        if self.started_by(who):
            return True
        vote = self.votes.get(self.mark(who))
        return now >= self.since + OTHERS_MAY_GO_ON and (not self.voters or (vote is not None and bool(vote.options)))

    # What happens to it. Each gives a new one.

    def led_by(self, who: str, message: int = 0) -> "Together":
        """This person has taken it up with this message ("": somebody who cannot be told from others)."""
        return replace(self, starter=_opaque(self.secret, "starter", who) if who else "", asked_by=message)

    def voted(self, question: Question, option: str, who: str, now: float) -> tuple["Together", Came]:
        """A press on an option: a vote, or the same vote taken back. A double tap counts once."""
        mark = self.mark(who)
        before = self.votes.get(mark, Vote(()))
        if before.last == option and 0 <= now - before.at < DOUBLE_TAP:
            return self, "again"
        if mark not in self.votes and len(self.votes) >= MOST_VOTERS:
            return self, "full"
        options = _pressed(question, before.options, option)
        if len(options) > question.at_most and question.kind == "many":
            return self, "too_many"
        votes = {**self.votes, mark: Vote(options, option, now)}
        return replace(self, votes=votes), "given" if option in options else "taken"

    def suggested(self, text: str, who: str) -> "Together":
        """A sentence of this person ("": of nobody who can be told from others), in place of what they suggested before."""
        by = self.mark(who) if who else ""
        others = tuple(one for one in self.suggestions if one.text != text and (not by or one.by != by))
        return replace(self, suggestions=(*others, Suggestion(text, by))[-MOST_SUGGESTIONS:])

    def without(self, who: str) -> "Together":
        """Without a trace of this person."""
        mark = self.mark(who)
        votes = {one: vote for one, vote in self.votes.items() if one != mark}
        suggestions = tuple(one for one in self.suggestions if one.by != mark)
        leaderless = replace(self, starter="", asked_by=0) if self.started_by(who) else self
        return replace(leaderless, votes=votes, suggestions=suggestions)

    def asked(self, now: int) -> "Together":
        """A question is put: there are no votes yet."""
        return replace(self, since=now, votes={}, tied=False, picked=(), helped=False, stopped=False, suggestions=())

    def board_in(self, lane: str) -> "Together":
        """With a new message that shows it. In another chat the messages of this one cannot be replied to."""
        if lane == self.posted:
            return replace(self, boards=self.boards + 1)
        return replace(self, boards=self.boards + 1, posted=lane, before=self.posted, asked_by=0)

    def to_json(self) -> dict[str, Any]:
        """Plain data that `together_from_json` reads back."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        plain["picked"] = list(self.picked)
        plain["suggestions"] = [list(one) for one in self.suggestions]
        plain["votes"] = {mark: [list(vote.options), vote.last, vote.at] for mark, vote in self.votes.items()}
        return plain


_PLAIN = ("conversation", "secret", "since", "starter", "tied", "helped", "stopped", "boards", "posted", "before", "asked_by")


def together_from_json(plain: Mapping[str, Any]) -> Together:
    """From its stored form."""
    votes = {mark: Vote(tuple(options), last, at) for mark, (options, last, at) in plain["votes"].items()}
    suggestions = tuple(Suggestion(*one) for one in plain.get("suggestions", ()))
    stored = {name: plain[name] for name in _PLAIN if name in plain}
    return Together(**stored, picked=tuple(plain["picked"]), votes=votes, suggestions=suggestions)


def _pressed(question: Question, before: tuple[str, ...], option: str) -> tuple[str, ...]:
    """What a person picks after a press."""
    if option in before:
        return tuple(one for one in before if one != option)
    alone = _alone(question)
    if question.kind == "one" or option in alone:
        return (option,)
    return (*(one for one in before if one not in alone), option)


def _alone(question: Question) -> set[str]:
    return {option.id for option in question.options if option.alone}


# What votes come to.


def takes_all(question: Question) -> bool:
    """True for a question that limits nothing: "tick everyone who takes part". There each tick is something that somebody knows."""
    return question.kind == "many" and question.at_most >= len(question.options)


def settled(question: Question, counts: Mapping[str, int], voters: int, picked: tuple[str, ...] = ()) -> Settled:
    """What the votes come to. `picked` are options that somebody chose among those with as many votes."""
    counts = {option: count for option, count in counts.items() if count > 0}
    if question.kind == "one":
        return _filled(_top(counts), counts, 1, picked)
    alone = {one: count for one, count in counts.items() if one in _alone(question)}
    others = {one: count for one, count in counts.items() if one not in alone}
    for_alone = sum(alone.values())
    for_others = voters - for_alone if others else 0
    if any(one in alone for one in picked):
        return Settled(picked[-1:])
    if not picked and for_alone > for_others:
        return _filled(_top(alone), alone, 1, ())
    if not picked and alone and for_alone == for_others:
        return Settled((), (*_top(alone), *_top(others)))
    wanted = list(others) if takes_all(question) else [one for one in others if 2 * others[one] >= for_others] or _top(others)
    return _filled(wanted, others, question.at_most, picked)


def _top(counts: Mapping[str, int]) -> list[str]:
    most = max(counts.values(), default=0)
    return [one for one in counts if counts[one] == most]


def _filled(wanted: Collection[str], counts: Mapping[str, int], places: int, picked: tuple[str, ...]) -> Settled:
    """The options with most votes in so many places; those with as many votes for the last places are for somebody to choose."""
    if len(wanted) <= places:
        return Settled(tuple(wanted))
    last = sorted((counts[one] for one in wanted), reverse=True)[places - 1]
    sure = [one for one in wanted if counts[one] > last]
    tied = [one for one in wanted if counts[one] == last and one not in picked]
    chosen = [one for one in picked if one in wanted and one not in sure]
    return Settled((*sure, *chosen)) if len(sure) + len(chosen) >= places else Settled((), tuple(tied))


def digest(conversation: str, question: str, option: str = "") -> str:
    """What a button carries: it fits this question of this conversation only, whatever the length of their ids."""
    return hashlib.blake2b(f"{conversation}\0{question}\0{option}".encode(), digest_size=8).hexdigest()


def _opaque(secret: str, what: str, who: str) -> str:
    return hashlib.blake2b(who.encode(), key=secret.encode()[:64], person=what.encode(), digest_size=16).hexdigest()
