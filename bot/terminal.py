"""The chat in a terminal, or over plain pipes: replies become lines of at most 80 columns, typed lines become events."""

import asyncio
import os
import textwrap
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TextIO, assert_never

from bot.dialogue.moving import VERDICT
from bot.dialogue.outcome import Outcome
from bot.model.event import Event, Said, Started
from bot.model.reply import Ask, Button, Card, Reply, Say, Section
from bot.turn.mind import Mind
from bot.turn.ports import Store
from bot.turn.take import take_turn

WIDTH = 80
SEAT = "terminal"
LEAVING = ("stop",)
OFFERING = ("unknown", "few")


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours, only where a person looks at a terminal."""

    on: bool = False

    @classmethod
    def for_stream(cls, stream: TextIO) -> "Paint":
        """Colours if the stream is a terminal and nobody asked for none (NO_COLOR)."""
        return cls(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")

    def bold(self, text: str) -> str:
        return f"\033[1m{text}\033[0m" if self.on and text else text

    def faint(self, text: str) -> str:
        return f"\033[2m{text}\033[0m" if self.on and text else text


def visible(text: str) -> str:
    """The text with everything a terminal would obey taken out; line breaks stay."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def wrapped(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> list[str]:
    """The text in lines of at most `width` columns, with an indent for the first line and for the rest."""
    rest = " " * len(first) if rest is None else rest
    lines: list[str] = []
    for paragraph in visible(text).split("\n"):
        lead = rest if lines else first
        lines += textwrap.wrap(paragraph, width, initial_indent=lead, subsequent_indent=rest) or [lead.rstrip()]
    return lines


def shown(reply: Reply, paint: Paint, last: bool = True) -> list[str]:
    """A reply as lines for a terminal. Only the last one's choices are numbered: a typed number means one of those."""
    match reply:
        case Say(text):
            return [*wrapped(text), ""]
        case Ask():
            return _ask(reply, paint)
        case Card():
            return _card(reply, paint) if last else [*_card(_passing(reply), paint), ""]
        case _:
            assert_never(reply)


def _ask(ask: Ask, paint: Paint) -> list[str]:
    lines = [*wrapped(ask.note), ""] if ask.note else []
    lines.append(paint.faint(ask.progress))
    lines += [paint.bold(line) for line in wrapped(ask.text)]
    lines += wrapped(ask.hint) if ask.hint else []
    if ask.choices:
        lines.append("")
    for number, choice in enumerate(ask.choices, 1):
        tick = "[x] " if choice.ticked else "[ ] " if ask.many else ""
        lines += wrapped(tick + choice.label, f"{number:3}. ", " " * 5)
        lines += [paint.faint(line) for line in wrapped(choice.help, " " * 9)] if choice.help else []
    lines.append("")
    buttons = [button.label.lower() for button in ask.buttons if not (button.id == "done" and not any(c.ticked for c in ask.choices))]
    lines += [paint.faint(line) for line in wrapped(" · ".join(buttons), "   or type: ", " " * 13)] if buttons else []
    return lines


def _card(card: Card, paint: Paint) -> list[str]:
    lines: list[str] = []
    if card.sections:
        lines += [paint.bold(line) for line in wrapped(card.title)]
        lines.append(paint.bold("=" * min(WIDTH, max(len(line) for line in lines))))
    else:
        lines += wrapped(card.title)
    numbered = card.id == "review"
    for section in card.sections:
        lines += ["", *_section(section, paint, numbered)]
    lines.append("")
    lines += _buttons(card.buttons, numbered)
    return lines


def _passing(card: Card) -> Card:
    """A page that is not the last has no numbers to type. Of one that offers topics in place of an answer, their titles are shown."""
    offered = tuple(button.label for button in card.buttons if button.id == "topic") if card.id in OFFERING else ()
    return replace(card, sections=(*card.sections, Section(lines=offered, listed=False)) if offered else card.sections, buttons=())


def _section(section: Section, paint: Paint, numbered: bool) -> list[str]:
    lines = [paint.bold(line) for line in wrapped(section.heading)] if section.heading else []
    for number, line in enumerate(section.lines, 1):
        mark = f"{number:3}. " if numbered and len(section.lines) > 1 else "  - " if section.listed and section.heading else "  "
        lines += wrapped(line, mark, " " * len(mark))
    if section.copy:
        lines += wrapped(section.copy, "  | ", "  | ")
    return lines


def _buttons(buttons: Iterable[Button], numbered: bool) -> list[str]:
    if numbered:
        return []
    return [line for number, button in enumerate(buttons, 1) for line in wrapped(button.label, f"{number:3}. ", " " * 5)]


@dataclass(slots=True)
class Again:
    """A verdict that was read before and is come back to: in short, because a terminal scrolls; the whole is one line away."""

    mind: Mind
    read: Card | None = None
    page: str = ""
    folded: Card | None = None

    def shortened(self, outcome: Outcome) -> tuple[Reply, ...]:
        """The replies; a verdict that was shown whole before is only its title, what it means and its buttons."""
        before, self.page, self.folded = self.page, outcome.conversation.card, None
        last = outcome.replies[-1] if outcome.replies else None
        if not isinstance(last, Card) or last.id != VERDICT or not last.sections:
            return outcome.replies
        if last != self.read or before in ("", VERDICT):
            self.read = last
            return outcome.replies
        self.folded = last
        more = Button("whole", self.mind.engine.asker.phrase("button_whole_result"))
        return (*outcome.replies[:-1], replace(last, sections=last.sections[:1], buttons=(*last.buttons, more)))

    def whole(self, line: str) -> Card | None:
        """The whole verdict, if it is shown in short and this line asks for the rest."""
        if self.folded is None:
            return None
        labels = [button.label for button in self.folded.buttons]
        if self.mind.engine.reader.pick(line, [*labels, self.mind.engine.asker.phrase("button_whole_result")]) != len(labels):
            return None
        whole, self.folded = self.folded, None
        return whole


@dataclass(slots=True)
class Terminal:
    """One sitting at a terminal."""

    mind: Mind
    store: Store
    source: TextIO
    target: TextIO
    clock: Callable[[], int]
    first: Outcome | None = None
    typed: list[tuple[str, Outcome]] = field(default_factory=list)
    again: Again = field(init=False)
    _at_work: threading.Lock = field(default_factory=threading.Lock)
    _left: bool = False

    def __post_init__(self) -> None:
        self.again = Again(self.mind)

    def run(self, fresh: bool = False) -> None:
        """Talks until the person stops or the input ends."""
        paint = Paint.for_stream(self.target)
        with asyncio.Runner() as runner:
            try:
                if fresh:
                    runner.run(self._turn(Said("/new")))
                self.first = runner.run(self._turn(Started()))
                self._show(self.first, paint)
                if self.source.isatty():
                    threading.Thread(target=self._learn, daemon=True).start()
                self._talk(runner, paint)
            finally:
                self._left = True
                runner.run(self.store.close())

    def _talk(self, runner: asyncio.Runner, paint: Paint) -> None:
        while (line := self._read()) is not None:
            if (whole := self.again.whole(line)) is not None:
                self._print((whole,), paint)
                continue
            with self._at_work:
                outcome = runner.run(self._turn(Said(line)))
            self.typed.append((line, outcome))
            self._show(outcome, paint)
            if outcome.trace[:1] == LEAVING:
                break

    def _learn(self) -> None:
        """Learns while the person reads, unless it was learned before. A line that is typed meanwhile comes between two pieces."""
        pieces = self.mind.warm_up()
        while not self._left:
            with self._at_work:
                if next(pieces, self) is self or self.mind.danger.recalled:
                    return
            time.sleep(0.001)

    def _read(self) -> str | None:
        """The next typed line; None when there is none. Over a pipe the line is repeated, so that a transcript reads well."""
        self.target.write("> ")
        self.target.flush()
        try:
            line = self.source.readline()
        except KeyboardInterrupt:
            line = ""
        except UnicodeDecodeError:
            line = "\n"
        if not line:
            self.target.write("\n")
            return None
        text = line.rstrip("\n")
        if not self.source.isatty():
            self.target.write(visible(text) + "\n")
        self.target.write("\n")
        return text

    async def _turn(self, event: Event) -> Outcome:
        return await take_turn(self.mind, self.store, SEAT, event, self.clock(), lambda: uuid.uuid4().hex)

    def _show(self, outcome: Outcome, paint: Paint) -> None:
        self._print(self.again.shortened(outcome), paint)

    def _print(self, replies: Sequence[Reply], paint: Paint) -> None:
        for number, reply in enumerate(replies, 1):
            self.target.write("\n".join(shown(reply, paint, number == len(replies))).rstrip("\n") + "\n\n")
        self.target.flush()
