"""A play: people and a bot that may die at one place, is started again on what is on the disk, and goes on until all is done."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat
from bot.sandbox.clock import Clock
from bot.sandbox.group import Group
from bot.sandbox.person import Person
from bot.sandbox.pressing import buttons_of
from bot.sandbox.world import World
from bot.turn.failpoint import disarm, watch
from bot.turn.mind import Mind
from tests.crash.process import Process
from tests.telegram.gathering import almost

MOST_STEPS = 60_000
A_LULL = 300
"""After so many steps in which nothing happened, somebody waits for time to pass."""

_HELD = "SELECT seat, body FROM held JOIN conversation ON conversation.id = held.conversation ORDER BY held_at"
_LEFT = {
    "seen": "SELECT count(*) FROM seen",
    "waiting": "SELECT count(*) FROM inbox WHERE parked_at IS NULL",
    "parked": "SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL",
    "unsent": "SELECT count(*) FROM outbox",
}

Line = tuple[str, str, str, str]
Scene = Callable[["Play"], Awaitable[None]]


class Recorded(World):
    """A world that keeps all updates it ever queued."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.queued: list[tuple[int, str]] = []

    def queue(self, bot: BotAccount, kind: str, body: dict[str, Any], order: int) -> None:
        before = bot.queue.next_id
        super().queue(bot, kind, body, order)
        if bot.queue.next_id != before:
            self.queued.append((before, json_of(bot.queue.waiting[before].to_json())))


def json_of(plain: Any) -> str:
    """Short for what the intake stores."""
    return json.dumps(plain)


@dataclass(slots=True)
class Ending:
    """How a play ended: what happened in each chat, what it shows, what each person was answered, what is stored."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    shows: dict[str, list[Line]] = field(default_factory=dict)
    toasts: dict[str, list[str]] = field(default_factory=dict)
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


class Play:
    """The stage of one schedule."""

    def __init__(self, mind: Mind, template: Path, folder: Path, dies_at: tuple[int, ...] = (), threaded: bool = False) -> None:
        self.mind, self.folder, self.threaded = mind, folder, threaded
        self.world = Recorded()
        self.account = self.world.bot("Helper", username="helper_bot")
        self.coordinator = self.person("Cora")
        self.deaths = list(dies_at)
        self.passed: list[list[str]] = []
        self.open: list[set[str]] = []
        """For each death the lanes in which something had been sent that was not ticked off."""
        self.groups: list[Group] = []
        self._ids = map(str, count(1))
        self._lives = count(1)
        self._path = folder / "0.db"
        shutil.copy(template, self._path)
        self.process = self._begin()

    def _begin(self) -> Process:
        dies_at = self.deaths.pop(0) if self.deaths else 0
        process = Process(
            self.world,
            self.account.token,
            self.mind,
            self._path,
            self._ids.__next__,
            dies_at,
            threaded=self.threaded,
            coordinators=frozenset({self.coordinator.id}),
        )
        watch(process.life.passes)
        self.passed.append(process.life.passed)
        return process

    async def _begin_again(self) -> None:
        """The new process finds the files as they were when the old one died: also what stood in the log only."""
        old, self._path = self._path, self.folder / f"{next(self._lives)}.db"
        _copy_files(old, self._path)
        life = self.process.life
        await self.process.end()
        database = sqlite3.connect(self._path)
        unsent = {row[0] for row in database.execute("SELECT id FROM outbox")}
        database.close()
        self.open.append({lane for lane, parcel in life.open.items() if not parcel or parcel in unsent})
        self.process = self._begin()

    async def settled(self) -> None:
        """Until everything that people did is worked off, answered and ticked off. A bot that dies meanwhile is started again."""
        quiet, before = 0, 0
        for _ in range(MOST_STEPS):
            if self.process.life.dead:
                await self._begin_again()
            if self.process.service.idle and self.world.settling.settled():
                return
            await asyncio.sleep(0.0005 if self.threaded else 0)
            now = len(self.world.calls) + len(self.process.life.passed)
            quiet, before = (quiet + 1, before) if now == before else (0, now)
            if quiet == A_LULL and not self.threaded:
                quiet = 0
                self.world.clock.advance(1.0)
        raise AssertionError("the bot never got everything done")

    # What people do.

    def person(self, name: str = "Ann") -> Person:
        return self.world.person(name)

    def group(self, title: str, *people: Person, kind: str = "supergroup") -> Group:
        """A group that the bot is in."""
        made = self.world.group(title, *people, kind=kind)
        made.join(self.account)
        self.groups.append(made)
        return made

    async def tap(self, person: Person, *wanted: str) -> None:
        """Presses buttons of the newest message that has them, named by what they carry, and waits for each."""
        for what in wanted:
            self.touch(person, what)
            await self.settled()

    def touch(self, person: Person, what: str) -> None:
        """Presses a button and does not wait."""
        for message in reversed(person.chat.messages.values()):
            for button in buttons_of(message) if not message.deleted else ():
                data = button.get("callback_data", "").split(":")
                named = what in (data[2] if data[0] == "o" else data[1] if len(data) > 1 else "", ":".join(data))
                if named or (button["text"].startswith(what) and "callback_data" in button):
                    press = person.press(message, button["callback_data"])
                    _at_once(press)
                    return
        raise AssertionError(f"no button {what!r}: {_shows(person.chat)[-2:]}")

    async def follow(self, person: Person, group: Group) -> None:
        """Follows the newest link of a group into the private chat."""
        found = [button["url"] for message in group.chat.messages.values() for button in buttons_of(message) if "url" in button]
        await person.open_link(found[-1].partition("?start=")[2])
        await self.settled()

    async def answers_all(self, person: Person) -> None:
        """Behind the scenes, where nobody dies, all questions but the last are answered; then the person skips that one."""
        disarm()
        left = await almost(self.mind, self.process.store, f"chat:{person.id}")
        watch(self.process.life.passes)
        await person.forge(person.last(), f"a:skip:{left}")
        await self.settled()

    async def say(self, person: Person, *texts: str) -> None:
        """Sends texts, and waits for each."""
        for text in texts:
            await person.send(text)
            await self.settled()

    # The end.

    async def ending(self) -> Ending:
        """Looks at everything; then the bot is dropped."""
        await self.process.end()
        disarm()
        end = Ending()
        chats = {f"chat:{chat.id}": chat for chat in [*self.world.private.values(), *self.world.chats.values()]}
        for lane, chat in chats.items():
            end.lines[lane] = lines_of(chat)
            end.shows[lane] = _shows(chat)
        for query in self.world.queries:
            answers = {f"{toast.text}|{toast.alert}|{toast.url}" for toast in query.answers}
            end.toasts.setdefault(f"chat:{query.chat.id}", []).append(" and ".join(sorted(answers)) if answers else "NOT ANSWERED")
        database = sqlite3.connect(self._path)
        for seat, body in database.execute(_HELD):
            kept = json.loads(body)
            end.conversations[seat] = {**kept, "id": "", "touched": 0, **({"round": "some"} if kept.get("round") else {})}
        for name, counts in _LEFT.items():
            end.left[name] = database.execute(counts).fetchone()[0]
        database.close()
        return end


def _at_once(act: Any) -> None:
    """Does what a person does, which never waits."""
    try:
        act.send(None)
    except StopIteration:
        return
    raise AssertionError("a person waited")


def lines_of(chat: Chat) -> list[Line]:
    """What happened in a chat, in order: all but answers to presses, and buttons taken off, which say nothing new."""
    lines: list[Line] = []
    words: dict[int, dict[str, Any]] = {}
    for event in chat.events:
        if event.kind in {"toast", "alert"}:
            continue
        only_keys = event.message is not None and not event.markup and words.get(event.message.id) == event.content
        if event.message is not None and event.content is not None:
            words[event.message.id] = event.content
        if not (event.kind == "edit" and only_keys):
            lines.append((f"{event.kind} {event.who}", _text(event.content or {}), _keys(event.markup), event.note))
    return lines


def _shows(chat: Chat) -> list[Line]:
    return [
        (message.sender.first_name if message.sender else "", _text(message.content), _keys(message.markup), "")
        for message in chat.messages.values()
        if not message.deleted
    ]


def _text(content: dict[str, Any]) -> str:
    if "document" in content:
        return f"file {content['document']['file_name']}: {content.get('caption', '')}"
    text = str(content.get("text", sorted(content)))
    return "/start r" if text.startswith("/start r") else text


def _keys(markup: dict[str, Any] | None) -> str:
    rows = (markup or {}).get("inline_keyboard", [])
    return " / ".join(" | ".join(f"{button['text']}={_fixed(button.get('callback_data', ''))}" for button in row) for row in rows)


def _fixed(data: str) -> str:
    """What a button carries, without a name made by chance: that is another one if the turn had to be taken again."""
    return data.rpartition(":")[0] if data.startswith(("x:round:", "x:together:")) else data


def _copy_files(old: Path, new: Path) -> None:
    """Copies a database with its log. A thread that is just closing may take the log away meanwhile: then once more, without it."""
    for ending in ("-wal", ""):
        Path(f"{new}{ending}").unlink(missing_ok=True)
        was = old.with_name(old.name + ending)
        if ending and not was.exists():
            continue
        try:
            shutil.copy(was, f"{new}{ending}")
        except FileNotFoundError:
            Path(f"{new}{ending}").unlink(missing_ok=True)
            if not ending:
                raise
