"""A chat in a terminal with a bot that runs against the sandbox: typed lines are sent, numbers press buttons."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TextIO, TypeVar

from bot.sandbox.chats import Message
from bot.sandbox.person import Person
from bot.sandbox.pressing import Impossible, buttons_of
from bot.sandbox.seen import Seen
from bot.sandbox.transcript import transcript

T = TypeVar("T")
PATIENCE = 10.0
QUIET = 0.2
"""Seconds without news after which the bot, which is another process, is taken to be done."""
HELP = """\
What you type is sent. A number presses a button. Other things to try:
  :photo  :voice  :sticker  :place  :contact  :poll  :dice  :file   send one of these
  :edit WORDS    change your last message        :forward   send your last message again, as forwarded
  :block  :unblock                               :old N     press button N of the card before the newest
  :person NAME   go on as somebody else          :help      this list          :quit      end"""


class Console:
    """One sitting. `read` gives the next typed line, or None at the end."""

    def __init__(self, person: Person, target: TextIO) -> None:
        self.person = person
        self._people = {person.name: person}
        self._target = target
        self._own: Message | None = None

    async def talk(self, read: Callable[[], Awaitable[str | None]]) -> None:
        """Talks until the person quits or the input ends."""
        self._print(HELP, "")
        await self._do(self.person.command("start"))
        while True:
            self._target.write(f"{self.person.name}> ")
            self._target.flush()
            line = await read()
            if line is None or line.strip() == ":quit":
                self._print("")
                return
            if line.strip():
                await self._line(line.strip())

    async def _line(self, line: str) -> None:
        try:
            if line.isdecimal() and self._button(int(line)) is not None:
                await self._press(self._card(0), int(line))
            elif line.startswith(":"):
                await self._special(*line[1:].partition(" ")[::2])
            else:
                self._own = await self._do(self.person.send(line))
        except (Impossible, LookupError, ValueError) as slip:
            self._print(f"({slip})", "")

    async def _special(self, name: str, words: str) -> None:
        person = self.person
        acts: dict[str, Callable[[], Awaitable[object]]] = {
            "photo": person.send_photo, "voice": person.send_voice, "sticker": person.send_sticker, "place": person.send_location,
            "contact": person.send_contact, "poll": person.send_poll, "dice": person.send_dice, "file": person.send_document,
            "block": person.block, "unblock": person.unblock,
        }  # fmt: skip
        match name:
            case "edit" if self._own is not None:
                await self._do(person.edit(self._own, words))
            case "forward" if self._own is not None:
                await self._do(person.forward(self._own))
            case "old":
                await self._press(self._card(1), int(words))
            case "person":
                self.person = self._people.get(words) or self._people.setdefault(words, person.world.person(words))
                await self._do(self.person.command("start"))
            case _ if name in acts:
                await self._do(acts[name]())
            case _:
                self._print(HELP, "")

    def _card(self, back: int) -> Seen:
        cards = [one for one in self.person.sees() if one.labels and not one.own]
        if len(cards) <= back:
            raise Impossible("there is no such card")
        return cards[-1 - back]

    def _button(self, number: int) -> str | None:
        cards = [one for one in self.person.sees() if one.labels and not one.own]
        return cards[-1].labels[number - 1] if cards and 0 < number <= len(cards[-1].labels) else None

    async def _press(self, card: Seen, number: int) -> None:
        if not 0 < number <= len(card.labels):
            raise Impossible(f"there is no button {number}")
        label = card.labels[number - 1]
        button = buttons_of(self.person.message(card))[number - 1]
        self._print(f"  [{label}]")
        if "url" in button:
            self._print(f"(opens {button['url']})", "")
            return
        if "copy_text" in button:
            self._print(f"(copied: {button['copy_text']['text']})", "")
            return
        press = await self._do(self.person.press(card, label))
        if press.toast is not None and press.toast.text:
            self._print(f"({press.toast.text})", "")

    async def _do(self, act: Awaitable[T]) -> T:
        """Does something, waits until the bot is done, and shows what it said."""
        since = len(self.person.chat.events)
        result = await act
        try:
            await self.person.world.settling.until_settled(writes=1, timeout=PATIENCE)
            await self._quiet()
        except TimeoutError:
            self._print("(no answer)", "")
        said = transcript(self.person.chat, since=since).splitlines()
        self._show(said)
        return result

    async def _quiet(self) -> None:
        calls = self.person.world.calls
        while True:
            before = len(calls)
            try:
                async with asyncio.timeout(QUIET):
                    await self.person.world.changes.until(lambda seen=before: len(calls) > seen)  # type: ignore[misc]  # bound now
            except TimeoutError:
                return

    def _show(self, lines: list[str]) -> None:
        """What happened, without what was just typed; the buttons of the newest card with their numbers."""
        name = self.person.name
        bot = [line for line in lines if not line.startswith((f"{name}:", f"{name} "))]
        newest = self._card(0) if any(one.labels for one in self.person.sees() if not one.own) else None
        shown = [line for line in bot if not line.startswith("    [")]
        self._print(*shown)
        if newest is not None:
            self._print(*(f"  {number:2}. {label}" for number, label in enumerate(newest.labels, 1)))
        self._print("")

    def _print(self, *lines: str) -> None:
        for line in lines:
            self._target.write(line + "\n")
        self._target.flush()


async def typed_line(source: TextIO = sys.stdin) -> str | None:
    """The next line somebody types, without keeping the rest of the program waiting; None at the end."""
    line = await asyncio.get_running_loop().run_in_executor(None, source.readline)
    return line.rstrip("\n") if line else None
