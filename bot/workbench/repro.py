"""Writes what was typed in a chat as a test, so that a slip somebody met can be shown and never comes back."""

from collections.abc import Sequence
from pathlib import Path

from bot.dialogue.outcome import Outcome
from bot.model.book import Book
from bot.model.reply import Ask, Card, Say


def write_repro(path: Path, book: Book, first: Outcome | None, typed: Sequence[tuple[str, Outcome]]) -> None:
    """Writes a test file with one script: each typed line, and how the bot's reply began. Raises OSError.

    The script plays in a new conversation; `first` is what was shown before the first line was typed.
    """
    lines = [
        "# What was typed in a chat, and what the bot said. Run it with: partnership-bot test",
        "format: 1",
        "tests: From a chat",
        "scripts:",
        "  - name: From a chat",
        f"    dialogue: {book.start}",
        "    script:",
    ]
    if first is not None:
        lines += [f"      - hears: {quoted(heard)}" for heard in _heard(first)]
    for text, outcome in typed:
        lines.append(f"      - says: {quoted(text)}")
        heard = _heard(outcome)
        if heard:
            lines.append("        hears:")
            lines += [f"          - {quoted(one)}" for one in heard]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _heard(outcome: Outcome) -> list[str]:
    """What the reply is known by: its notes, and the question or the title of the page."""
    found: list[str] = []
    for reply in outcome.replies:
        match reply:
            case Say(text):
                found.append(text)
            case Ask():
                found += [reply.note, reply.text]
            case Card():
                found.append(reply.title)
    return [" ".join(one.split()) for one in found if one.strip()]


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes; letters that YAML does not allow as they are become escapes."""
    kept = "".join(_escaped(letter) for letter in text)
    return f'"{kept}"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
