"""A finding: one slip of an author, said once, with the place where it can be mended."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from bot.model.place import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One slip. `source` is the line it stands on; `width` how many characters the caret underlines."""

    code: str
    severity: Severity
    place: Place
    message: str
    source: str = ""
    width: int = 1
    seek: str = ""
    """Words to look for from the place on: where they stand is the place that is shown."""

    def __str__(self) -> str:
        return f"{self.place}  {self.code} {self.severity}  {self.message}"

    def to_json(self) -> dict[str, object]:
        """The finding as plain data: file, line, column, code, severity, message, source, width."""
        plain = asdict(self)
        del plain["seek"]
        return {**plain.pop("place"), **plain}


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order a person mends them: by file, then line."""
    return tuple(sorted(set(findings), key=lambda one: (one.place, one.code, one.message)))


def has_errors(findings: Iterable[Finding]) -> bool:
    """True if any of them keeps a book from going live."""
    return any(one.severity == "error" for one in findings)
