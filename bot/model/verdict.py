"""The verdict: which type fits, why, how sure, and what follows from it."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Confidence = Literal["clear", "closest", "mix", "insufficient"]


@dataclass(frozen=True, slots=True)
class Given:
    """A reason that holds: the answer it rests on, the points it gave each type, and the words for it."""

    question: str
    answer: str
    because: str
    points: dict[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest change: had this one answer been another, the type would be another. None means "not answered"."""

    question: str
    before: str | tuple[str, ...] | None
    after: str | tuple[str, ...]
    type: str | None


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
            "reasons": [asdict(reason) for reason in self.reasons],
            "definition": dict(self.definition),
            "profile": {name: list(value) if isinstance(value, tuple) else value for name, value in self.profile.items()},
            "what_would_change": [_change_to_json(change) for change in self.changes],
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


def _change_to_json(change: Change) -> dict[str, Any]:
    def plain(value: str | tuple[str, ...] | None) -> str | list[str] | None:
        return list(value) if isinstance(value, tuple) else value

    return {"question": change.question, "from": plain(change.before), "to": plain(change.after), "type": change.type}
