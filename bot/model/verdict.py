"""The verdict: which type fits, why, how sure, and what follows from it."""

from dataclasses import dataclass
from typing import Any, Literal

Confidence = Literal["clear", "closest", "mix", "insufficient"]


@dataclass(frozen=True, slots=True)
class Given:
    """A reason that holds: the answers it rests on, the points it gave each type, and the words for it."""

    question: str
    answers: tuple[str, ...]
    because: str
    points: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """As in the contract: `answer` is one option. Where the reason rests on several, all of them stand in `answers`."""
        document: dict[str, Any] = {"question": self.question, "answer": self.answers[0] if self.answers else None}
        more = {"answers": list(self.answers)} if len(self.answers) > 1 else {}
        return {**document, "because": self.because, "points": dict(self.points), **more}


@dataclass(frozen=True, slots=True)
class Change:
    """One option in the place of another: then the type would be another. `before` is None if nothing was answered."""

    question: str
    before: str | None
    after: str
    type: str

    def to_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {"question": self.question, "from": self.before, "to": self.after, "type": self.type}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do: by type, by profile, for exactly the partners picked, and one next step."""

    type: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    stakeholders: dict[str, tuple[str, ...]] | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer to "what kind of partnership are we in?". `type` is None only when `needed` is not empty."""

    type: str | None
    second: str | None
    confidence: Confidence
    points: dict[str, int]
    reasons: tuple[Given, ...]
    definition: dict[str, bool | None]
    profile: dict[str, str | tuple[str, ...]]
    needed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    advice: Advice = Advice()

    def to_json(self) -> dict[str, Any]:
        """The document of `advise --json`, in the shape of the contract."""
        document: dict[str, Any] = {
            "type": self.type,
            "second": self.second,
            "confidence": self.confidence,
            "reasons": [reason.to_json() for reason in self.reasons],
            "definition": dict(self.definition),
            "profile": {name: list(value) if isinstance(value, tuple) else value for name, value in self.profile.items()},
            "what_would_change": [change.to_json() for change in self.changes],
            "advice": {
                "type": list(self.advice.type),
                "profile": list(self.advice.profile),
                "stakeholders": {name: list(lines) for name, lines in (self.advice.stakeholders or {}).items()},
                "next_step": self.advice.next_step,
            },
        }
        if self.needed:
            document["needed"] = list(self.needed)
        return document
