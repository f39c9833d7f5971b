"""A person who plays a script on the stage: one act after the other, each answered before the next, all of it written down.

Where several acts come without waiting, only what stands at the end is written down: how many edits lead there is left open.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from bot.model.conversation import Conversation
from bot.sandbox.chats import Message
from bot.sandbox.person import Person
from bot.sandbox.posting import Happening
from bot.sandbox.pressing import Press, buttons_of
from bot.sandbox.transcript import _buttons, _lines
from tests.telegram.stage import Stage

LINKS = "b:topic"
"""Buttons that lead to more of what was asked may stay below a message that is no longer the last."""
PATIENCE = 30.0
"""Seconds within which an answer must come on a busy machine."""
BY_PERSON = {"press", "block", "unblock"}


@dataclass(slots=True)
class Play:
    """One person, one chat. `notes` are lines of the transcript that say what happened outside of it."""

    stage: Stage
    person: Person
    presses: list[Press] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _texts: dict[int, str] = field(default_factory=dict)
    _since: int = 0

    # What people do.

    async def says(self, *texts: str) -> None:
        """Types, and waits for each answer."""
        for text in texts:
            await self.person.send(text)
            await self.settled()

    async def sends(self, act: Awaitable[Any]) -> None:
        """Anything else than a text: a sticker, a photo."""
        await act
        await self.settled()

    async def taps(self, *labels: str) -> None:
        """Presses buttons of the newest card, and waits after each."""
        for label in labels:
            await self.tap(label)
            await self.settled()

    async def taps_fast(self, *labels: str) -> None:
        """Presses buttons of the card that is there now, without waiting in between."""
        card = self.card()
        for label in labels:
            await self.tap(label, card)
        await self.settled(at_once=True)

    async def tap(self, label: str, card: Message | None = None) -> None:
        """Presses one button, and waits for nothing."""
        self.presses.append(await self.person.press(card or self.card(), label))

    def happens(self, what: str) -> None:
        """Notes what happens outside of the chat."""
        self._write()
        self._written.append(f"--- {what} ---\n")

    # What the chat looks like.

    @property
    def chat_messages(self) -> list[Message]:
        return [one for one in self.person.chat.messages.values() if not one.deleted]

    def card(self) -> Message:
        """The newest message that has buttons."""
        return next(one for one in reversed(self.chat_messages) if buttons_of(one))

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest card."""
        return [button["text"] for button in buttons_of(self.card())]

    async def conversation(self) -> Conversation:
        """What is stored of the person."""
        assert self.stage.store is not None
        kept = await self.stage.store.current(f"chat:{self.person.chat.id}")
        assert kept is not None
        return kept.conversation

    async def answered(self) -> dict[str, tuple[str, ...]]:
        """The options that are stored, by question."""
        return {one.question: one.options for one in (await self.conversation()).answers}

    async def stands_at(self, question: str, ticked: tuple[str, ...] | None = None) -> None:
        """Looks whether this question is asked, here and in what is stored, with exactly these ticks."""
        kept = await self.conversation()
        now = self.stage.mind.engine.moving.question(kept)
        assert now is not None
        assert now.id == question
        assert kept.ticked == ticked
        assert now.ask in self.card().text

    # Between two acts.

    async def settled(self, at_once: bool = False) -> None:
        """Waits until all is answered, writes it down, and looks whether the chat is in order."""
        await self.stage.settled(PATIENCE)
        self._write(at_once)
        self._in_order()

    def _write(self, at_once: bool = False) -> None:
        """Acts first, then what was answered to presses, then messages: presses and messages overtake one another on their way."""
        fresh: list[Happening] = self.person.chat.events[self._since :]
        self._since += len(fresh)
        acts = [one for one in fresh if one.kind in BY_PERSON or (one.message is not None and one.message.bot is None)]
        toasts = [one for one in fresh if one.kind in {"toast", "alert"}]
        said = [one for one in fresh if one not in acts and one not in toasts]
        if at_once:
            last = {one.message.id: one for one in said if one.message is not None}
            said = [last[number] for number in sorted(last)]
            toasts = []
        if lines := [line for one in (*acts, *toasts, *said) for line in self._lines(one)]:
            self._written.append("\n".join(lines) + "\n")

    def _lines(self, one: Happening) -> list[str]:
        """The lines of a transcript; of a message whose words stay, only its first line and its new buttons."""
        if one.message is None or one.content is None:
            return _lines(one)
        before, now = self._texts.get(one.message.id), str(one.content.get("text", ""))
        self._texts[one.message.id] = now
        if one.kind != "edit" or now != before:
            return _lines(one)
        first = f"“{now.splitlines()[0]}”"
        return (
            [f"{one.who} (changes the buttons of {first})", *_buttons(one)] if one.markup else [f"{one.who} (no more buttons at {first})"]
        )

    def _in_order(self) -> None:
        """Every press is answered, and only the newest card has buttons (but for links to more of what was asked)."""
        assert not self.stage.world.queries.unanswered("callback")
        if self.person.chat.blocked:
            return
        messages = self.chat_messages
        with_buttons = [one for one in messages if any(not _is_link(button) for button in buttons_of(one))]
        assert len(with_buttons) == 1, [one.text[:60] for one in with_buttons]
        assert with_buttons[0].id == messages[-1].id, "the card with the buttons is not at the bottom"

    def written(self) -> str:
        """The whole transcript."""
        self._write()
        return "\n".join(self._written)


def _is_link(button: dict[str, Any]) -> bool:
    return str(button.get("callback_data", "")).startswith(LINKS)
