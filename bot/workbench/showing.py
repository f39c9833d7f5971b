"""Findings as people, scripts and GitHub read them."""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.model.finding import Finding

LIVE = "Texts go live when the bot is started again."


def as_text(findings: Iterable[Finding]) -> str:
    """Each finding with its line and a caret below the spot."""
    return "\n".join(_shown(one) for one in sorted(findings, key=_urgency))


def _urgency(finding: Finding) -> int:
    """Errors first, then warnings; what is to do anyway, and no slip, comes last."""
    return 2 if finding.code == "D341" else 1 if finding.severity == "warning" else 0


def _shown(finding: Finding) -> str:
    lines = [str(finding)]
    if finding.source.strip() and finding.code != "D341":
        column = min(finding.place.column, len(finding.source) + 1)
        width = max(1, min(finding.width, len(finding.source) - column + 1))
        lead = "".join(letter if letter == "\t" else " " for letter in finding.source[: column - 1])
        lines += [f"    {finding.source}", f"    {lead}{'^' * width}"]
    return "\n".join(lines)


def summary(findings: Iterable[Finding], folder: str) -> str:
    """How many errors and warnings there are, and what that means for the bot."""
    listed = list(findings)
    errors = sum(one.severity == "error" for one in listed)
    warnings = len(listed) - errors
    if not listed:
        return f"{folder}: all is well.\n{LIVE}"
    counted = [f"{number} {word}{'s' if number != 1 else ''}" for number, word in ((errors, "error"), (warnings, "warning")) if number]
    after = "The bot does not start while there is an error." if errors else f"A warning stops nothing.\n{LIVE}"
    return f"{folder}: {' and '.join(counted)}. {after}"


def as_json(findings: Iterable[Finding]) -> str:
    """One JSON list, with file, line, column, code, severity, message, source and width of each finding."""
    return json.dumps([one.to_json() for one in findings], ensure_ascii=False, indent=2)


def as_github(findings: Iterable[Finding], checkout: Path) -> str:
    """One workflow command a line, so that findings stand beside the lines of a pull request. Paths start at the checkout."""
    root = checkout.resolve()
    return "\n".join(_github(one, root) for one in findings)


def _github(finding: Finding, root: Path) -> str:
    path = Path(finding.place.file).resolve()
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else finding.place.file
    message = finding.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    where = f"file={file},line={finding.place.line},col={finding.place.column},title={finding.code}"
    return f"::{finding.severity} {where}::{message}"
