"""What a group answers together just now: the conversation, the votes beside it, and the question they are at."""

import hashlib
from dataclasses import dataclass, replace

from bot.model.conversation import TOGETHER_COPY, Conversation, conversation_from_json
from bot.model.dialogue import Question
from bot.model.event import Pressed
from bot.model.reply import Ask
from bot.telegram.desk import Desk
from bot.turn.post import Record
from bot.turn.votes import Settled, Together, digest, settled, together_from_json

ANSWERS = "together_answers"
"""A kind of record: the answers that a group has given, to read on in private."""
COPY = TOGETHER_COPY
TOGETHER = "together"
"""A kind of record: what goes on in a lane, named by the lane."""
NOTHING = Ask("", "")


@dataclass(frozen=True, slots=True)
class Running:
    """What goes on in a lane: as it is stored, and the question it stands at (None: there is nothing left to ask)."""

    record: Record
    together: Together
    version: int
    conversation: Conversation
    question: Question | None = None
    ask: Ask = NOTHING

    @property
    def may_skip(self) -> bool:
        """True if the question can be left out."""
        return any(button.id == "skip" for button in self.ask.buttons)

    def option(self, mark: str) -> str:
        """The option of the question at hand that a button stands for; "" if it is one of another question."""
        name = self.conversation.id
        return next((one.id for one in self.ask.choices if digest(name, self.ask.question, one.id) == mark), "")

    def label(self, option: str) -> str:
        """An option as people read it."""
        return next((one.label for one in self.ask.choices if one.id == option), option)

    def settled(self) -> Settled:
        """What the votes come to; votes for what is no option any more count for nothing."""
        if self.question is None:
            return Settled()
        counts = {one.id: count for one in self.ask.choices if (count := self.together.counts[one.id])}
        return settled(self.question, counts, self.together.voters, self.together.picked)


async def running_in(desk: Desk, lane: str) -> Running | None:
    """What goes on in this lane; None if nothing does."""
    found = await desk.post.records(TOGETHER, lane)
    return await running_of(desk, found[-1]) if found else None


async def moved_from(desk: Desk, lane: str) -> Running | None:
    """What went on in this lane until its group got another id, and goes on there; None if nothing did."""
    for record in await desk.post.records(TOGETHER):
        body = record.body or {}
        if record.lane != lane and lane in (body.get("posted"), body.get("before")):
            return await running_of(desk, record)
    return None


async def running_of(desk: Desk, record: Record) -> Running | None:
    """What goes on, by its record. The dialogues may have changed since: every answer that still fits is kept."""
    together = together_from_json(record.body or {})
    kept, _ = await desk.post.load(seat_of(record.lane), record.lane)
    if kept is None or kept.conversation.id != together.conversation:
        return None
    here = desk.mind.react(kept.conversation, Pressed("here"), int(desk.clock()))
    return at(desk, Running(record, together, kept.version, here.conversation))


def at(desk: Desk, running: Running, note: str = "") -> Running:
    """With the question that the conversation stands at."""
    engine, conversation = desk.mind.engine, running.conversation
    question = engine.moving.question(conversation)
    ask = engine.asker.ask(conversation, engine.walk(conversation), note) if question else NOTHING
    return replace(running, question=question, ask=ask)


async def copy_of(desk: Desk, name: str, person: int) -> Conversation | None:
    """A person's copy of what a group answered; None if that is not kept any more. The same person gets the same copy."""
    record = await desk.post.record(ANSWERS, name) if name else None
    if record is None or record.body is None:
        return None
    own = hashlib.blake2b(f"{name}:{person}".encode(), digest_size=16).hexdigest()
    return conversation_from_json(record.body)._replace(id=own, round=COPY, card="", touched=int(desk.clock()))


def seat_of(lane: str) -> str:
    """Where a group's own conversation is held."""
    return f"{lane}:together"
