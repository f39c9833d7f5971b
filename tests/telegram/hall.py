"""A group on the stage: people who talk, ask and press, time that passes only when it is told to, and what all of them see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.sandbox.chats import Message
from bot.sandbox.group import Group, Member
from bot.sandbox.person import Person
from bot.sandbox.transcript import transcript
from bot.telegram import sender
from bot.turn.mind import Mind
from tests.telegram.stage import Stage, stage

STEP = 0.5
NAMES = ("Ann", "Bo", "Cem", "Dee")


@dataclass(slots=True)
class Hall:
    """One group. `members` go by their first names."""

    stage: Stage
    group: Group
    people: dict[str, Person]
    topics: dict[int, str] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        return self.group.member(self.people[name])

    async def says(self, name: str, text: str, **more: Any) -> Message:
        """Somebody writes, and everything that can be done at once is done."""
        message = await self.member(name).send(text, **more)
        await self.rest()
        return message

    async def talk(self, *lines: tuple[str, str], topic: int = 0, seconds: float = 20.0) -> None:
        """One after the other; between two of them some time passes."""
        for name, text in lines:
            self.stage.world.clock.advance(seconds)
            await self.says(name, text, topic=topic)

    async def rest(self) -> None:
        """Until everything is done that does not wait for its time."""
        service = self.stage.service
        assert service is not None
        assert service._at_work is not None
        dispatcher, sending = service._at_work
        async with asyncio.timeout(60):
            while True:
                await self.stage.world.settling.until_settled(timeout=60)
                if dispatcher.idle and sending.resting:
                    return
                await asyncio.sleep(0.001)

    async def passes(self, seconds: float) -> None:
        """Time passes, a little at a time."""
        end = self.stage.world.clock() + seconds
        while self.stage.world.clock() < end:
            self.stage.world.clock.advance(min(STEP, end - self.stage.world.clock()))
            await asyncio.sleep(sender.LOOK_EVERY * 2)
            await self.rest()

    async def settled(self) -> None:
        """Until nothing waits any more, however long that takes."""
        await self.rest()
        while not (self.stage.service and self.stage.service.idle):
            await self.passes(STEP)

    def bot_said(self, group: Group | None = None) -> list[Message]:
        """What the bot wrote here, the oldest first."""
        return [one for one in (group or self.group).chat.messages.values() if one.bot is not None and not one.deleted]

    def sends(self) -> list[float]:
        """The moments at which something was sent to this group, or edited in it."""
        calls = self.stage.world.calls.made
        return [one.at for one in calls if one.chat == self.group.id and one.method.startswith(("send", "edit"))]

    def written(self) -> str:
        """What everybody saw: in which topic, and to whom somebody replied."""
        lines, place = [], ""
        for event in self.group.chat.events:
            message = event.message
            if message is not None and self.topics and not message.service:
                where = self.topics.get(message.thread, "General")
                lines += [f"--- in {where} ---\n"] if where != place else []
                place = where
            text = transcript(replace(self.group.chat, events=[event]))
            if event.kind == "message" and message is not None and message.reply_to is not None and not message.reply_to.service:
                who = message.reply_to.sender.first_name if message.reply_to.sender else "?"
                text = text.replace(f"{event.who}: ", f"{event.who} (to {who}): ", 1)
            lines.append(text)
        return "".join(lines)


@asynccontextmanager
async def hall(mind: Mind, folder: Path, *, topics: tuple[str, ...] = (), bot: bool = True, **settings: Any) -> AsyncIterator[Hall]:
    """A group of four that has let the bot in. With `topics` it is a forum; `settings` are those of the bot's account."""
    mind.danger.in_text("learn now"), mind.asked.finder.find("learn now")
    async with stage(mind, folder) as made:
        account = made.account
        account.supports_inline_queries = account.supports_guest_queries = True
        for name, value in settings.items():
            setattr(account, name, value)
        if settings:
            await made.stop()
            await made.start()
        people = {name: made.person(name) for name in NAMES}
        group = made.world.group("Hall", *people.values(), is_forum=bool(topics))
        playing = Hall(made, group, people)
        if bot:
            group.join(account)
        for name in topics:
            playing.topics[group.topic(name)] = name
        await playing.settled()
        yield playing
