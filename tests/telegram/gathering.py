"""A group with the bot in it, on the stage: people who open links, answer the questions, press buttons; all of it over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.model.conversation import ROUND_OVER, Answer, Conversation, with_answer
from bot.sandbox.chats import Message
from bot.sandbox.group import Group, Member
from bot.sandbox.person import Person
from bot.sandbox.pressing import Press, buttons_of
from bot.sandbox.seen import Seen
from bot.sandbox.transcript import transcript
from bot.storage.sqlite import SqliteStore
from bot.telegram import sender
from bot.telegram.pace import BETWEEN
from bot.turn.mind import Mind
from bot.turn.post import Record
from tests.telegram.stage import Stage, stage

DAY = 24 * 3600.0
A_WHILE = 0.2
"""Seconds on the wall after which time is moved on in the world."""
SETTLES = 150
MORE = "Read more in private"
"""Stands below a result, which cannot be answered from."""
NAMES = ("Ann", "Bob", "Cat", "Dan", "Eve", "Flo", "Gus")
PROJECT: dict[str, Any] = {
    "partners": ("police", "faith"),
    "shared_goal": "agreed",
    "working": ("joint_project",),
    "written": "notes",
    "breadth": "one_thing",
    "span": "one_off",
    "impetus": "local_need",
    "origin": "planned",
}


async def almost(mind: Mind, store: SqliteStore, seat: str, wanted: Mapping[str, Any] = PROJECT) -> str:
    """Stores that whoever sits there has answered all questions but the last, and gives that; what is not named was skipped."""
    kept = await store.current(seat)
    assert kept is not None
    before, last = (conversation := kept.conversation), ""
    while (question := mind.engine.moving.question(conversation)) is not None:
        given = wanted.get(question.id)
        options = (given,) if isinstance(given, str) else tuple(given or ())
        answer = Answer(question.id, options) if options else Answer(question.id, how="skipped")
        before, last = conversation, question.id
        conversation = conversation._replace(answers=with_answer(conversation.answers, answer))
    await store.save(seat, before, kept.version)
    return last


@dataclass
class Gathering:
    """One group of people, with the bot."""

    stage: Stage
    group: Group
    people: dict[str, Person] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        return self.group.member(self.people[name])

    @property
    def mind(self) -> Mind:
        return self.stage.mind

    # What the group sees.

    def messages(self) -> list[Message]:
        """What the bot has said in the group, oldest first."""
        return [one for one in self.group.chat.messages.values() if not one.deleted and one.bot is not None and not one.service]

    def board(self) -> Message:
        """The newest message of the group that can be answered from."""
        return next(
            one for one in reversed(self.messages()) if any("url" in button and button["text"] != MORE for button in buttons_of(one))
        )

    def said(self) -> str:
        """The newest message of the bot in the group."""
        return str(self.messages()[-1].text)

    def transcript(self) -> str:
        return transcript(self.group.chat)

    # What people do.

    async def writes(self, name: str, text: str, topic: int = 0) -> None:
        await self.member(name).send(text, topic=topic)
        await self.settled()

    async def presses(self, name: str, label: str, message: Message | None = None) -> Press:
        press = await self.member(name).press(message or self.board(), label)
        await self.settled()
        return press

    async def opens(self, name: str, message: Message | None = None) -> None:
        """Follows the link of the board into the private chat."""
        await self.presses(name, next(one["text"] for one in buttons_of(message or self.board()) if "url" in one), message)

    async def answers(self, name: str, *, slowly: bool = False, **changed: Any) -> None:
        """Answers every question that is asked; what is not named is skipped. Unless `slowly`, only the last is answered by a press."""
        wanted = {**PROJECT, **changed}
        if not slowly:
            await self.almost(name, wanted)
        while (step := await self.next_press(name, wanted)) is not None:
            person, card = self.people[name], self.card(name)
            await (person.press(card, step) if slowly else person.forge(card, step))
            await self.settled()

    async def almost(self, name: str, wanted: Mapping[str, Any] = PROJECT) -> None:
        """All questions but the last have been answered."""
        assert self.stage.store is not None
        await almost(self.mind, self.stage.store, f"chat:{self.people[name].id}", wanted)

    async def next_press(self, name: str, wanted: Mapping[str, Any] = PROJECT) -> str | None:
        """The data of the button that comes next; None when nothing is left to answer."""
        conversation = await self.conversation(name)
        question = self.mind.engine.moving.question(conversation)
        if question is None or conversation.round == ROUND_OVER:
            return None
        answer = wanted.get(question.id)
        if answer is None:
            return f"a:skip:{question.id}"
        if question.kind == "one":
            return f"o:{question.id}:{answer}:."
        left = [option for option in answer if option not in (conversation.ticked or ())]
        return f"o:{question.id}:{left[0]}:+" if left else f"a:done:{question.id}"

    async def takes_part(self, name: str, board: Message | None = None, **changed: Any) -> None:
        """Opens the link of a board, the newest if none is named, and answers all questions."""
        await self.opens(name, board)
        await self.answers(name, **changed)

    async def taps(self, name: str, label: str) -> None:
        """Presses a button of the newest card in private."""
        await self.people[name].press(self.card(name), label)
        await self.settled()

    async def types(self, name: str, text: str) -> None:
        """Types in private."""
        await self.people[name].send(text)
        await self.settled()

    # What they see in private, and what is kept.

    def card(self, name: str) -> Message:
        chat = self.people[name].chat
        return next(one for one in reversed(chat.messages.values()) if not one.deleted and one.bot is not None and buttons_of(one))

    def hears(self, name: str) -> str:
        """What the bot has said in private since this person last did something."""
        return "\n".join(one.text for one in self.people[name].heard())

    def last(self, name: str) -> Seen:
        return self.people[name].last()

    async def conversation(self, name: str) -> Conversation:
        assert self.stage.store is not None
        kept = await self.stage.store.current(f"chat:{self.people[name].id}")
        assert kept is not None
        return kept.conversation

    async def records(self, kind: str = "round") -> list[Record]:
        assert self.stage.store is not None
        return await self.stage.store.records(kind)

    async def settled(self) -> None:
        """Waits until all is answered. A group is written to at a certain pace, so time passes."""
        for _ in range(SETTLES):
            with suppress(TimeoutError):
                await self.stage.settled(A_WHILE)
                self.stage.world.clock.advance(BETWEEN)
                return
            self.stage.world.clock.advance(BETWEEN)
        raise TimeoutError(self.transcript())

    async def until(self, words: str) -> None:
        """Waits until the group sees these words, which nobody in it asked for now."""
        for _ in range(SETTLES):
            await self.settled()
            if words in self.transcript():
                return
            await asyncio.sleep(0.02)
        raise TimeoutError(self.transcript())

    async def later(self, seconds: float) -> None:
        """Time passes, and the bot is started again."""
        await self.stage.stop()
        self.stage.world.clock.advance(seconds)
        await self.stage.start()
        await self.settled()


@asynccontextmanager
async def gathering(mind: Mind, folder: Path, people: int = 5, **settings: Any) -> AsyncIterator[Gathering]:
    """A group of so many people and the bot."""
    for _ in mind.warm_up():
        pass  # or it would be learned while people wait
    async with sooner(), stage(mind, folder) as made:
        persons = {name: made.person(name) for name in NAMES[:people]}
        group = made.world.group("Hill Street Partners", *persons.values(), **settings)
        group.join(made.account)
        gathered = Gathering(made, group, persons)
        await gathered.settled()
        yield gathered


@asynccontextmanager
async def sooner() -> AsyncIterator[None]:
    """Who waits looks at the clock of the world more often."""
    before, sender.LOOK_EVERY = sender.LOOK_EVERY, 0.01
    try:
        yield
    finally:
        sender.LOOK_EVERY = before
