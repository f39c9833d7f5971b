"""One update's turn: what it means for the conversation, and the parcels that come of it, stored together or not at all."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeGuard
from weakref import WeakValueDictionary

from bot.model.conversation import Conversation
from bot.model.event import Chose, Event, Pressed, Said, Sent
from bot.model.reply import Ask, Reply
from bot.telegram.alone import LookAgain, alone
from bot.telegram.coordinators import FOR_COORDINATORS, CoordinatorTurns
from bot.telegram.desk import Desk, answer, joinable, parcel
from bot.telegram.elsewhere import Elsewhere
from bot.telegram.groups import GroupTurns
from bot.telegram.html import safe
from bot.telegram.inbound import Arrival
from bot.telegram.taking_part import Led, TakingPart
from bot.telegram.tokens import Token, read_token
from bot.turn.failpoint import failpoint
from bot.turn.ports import Kept, Stale
from bot.turn.post import Incoming, Outgoing, Parcel, Shown, Turned

TRIES = 100
"""So many may be first: of all who finish in a round at the same moment, one is stored at a time."""
SO_FAR = 80
"""The line of answers above a question is about this long at most."""


@dataclass(slots=True)
class Turner:
    """Takes turns."""

    desk: Desk
    groups: GroupTurns = field(init=False)
    elsewhere: Elsewhere = field(init=False)
    coordinators: CoordinatorTurns = field(init=False)
    taking_part: TakingPart = field(init=False)
    _presses: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def __post_init__(self) -> None:
        self.groups = GroupTurns(self.desk)
        self.elsewhere = Elsewhere(self.desk)
        self.coordinators = CoordinatorTurns(self.desk, self.groups.box)
        self.taking_part = TakingPart(self.desk, self.groups.rounds, self.groups.together)

    async def take(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """The parcels that came of an update; everything is stored. Raises Stale if something kept changing under us."""
        if arrival.moved_to:
            await self.desk.post.move_lane(f"chat:{arrival.chat}", f"chat:{arrival.moved_to}")
        elif arrival.joined and arrival.in_supergroup:
            await self.desk.joining()
        if arrival.reachable is not None and not arrival.joined:
            return await self._came_or_went(incoming, arrival)
        async with self._in_turn(arrival):
            for _ in range(TRIES):
                try:
                    turned = await self._turned(arrival)
                    failpoint("turn.reacted")
                    parcels = await self._done(incoming, turned)
                except (Stale, LookAgain):
                    continue
                self.groups.asking.stored(arrival)
                return parcels
            raise Stale(arrival.seat)

    def _in_turn(self, arrival: Arrival) -> AbstractAsyncContextManager[Any]:
        """Presses on one board of a group come one after the other: of many at once, each but the first would be too late."""
        if arrival.private or not arrival.press:
            return nullcontext()
        return alone(self._presses.setdefault(arrival.lane, asyncio.Lock()))

    async def _turned(self, arrival: Arrival) -> Turned | None:
        """What is to be stored of an update, by the state of things now."""
        if arrival.inline or arrival.guest:
            return self.elsewhere.turned(arrival)
        if arrival.moved_to:
            return await self.groups.setup.moved(arrival)
        if not arrival.private:
            return await self.groups.turned(arrival)
        if arrival.command in FOR_COORDINATORS:
            return await self.coordinators.turned(arrival)
        if (token := self.groups.box.token(arrival)) is not None:
            return await self.groups.box.pressed(arrival, token)
        kept, shown = await self.desk.post.load(arrival.seat, arrival.lane)
        failpoint("turn.loaded")
        led = await self.taking_part.led(arrival, kept, shown)
        language = "" if led.kept else await self.groups.setup.spoken(arrival)
        return await self.taking_part.counted(arrival, led, self._in_private(arrival, led, shown, language))

    def sorry(self, arrival: Arrival) -> list[Parcel]:
        """What to say when a turn failed for good: kindly, and once."""
        return [parcel(arrival, {"do": "say", "text": safe(self.desk.phrase("trouble"))}), *answer(arrival)]

    # What is too much, or none of our business.

    def is_for_us(self, arrival: Arrival) -> bool:
        """False for what certainly gets no answer: commands of other bots, and the talk of a group."""
        return arrival.private or arrival.is_news or bool(arrival.inline or arrival.guest) or self.groups.is_for_us(arrival)

    def would_answer(self, arrival: Arrival) -> bool:
        """False also for what is said to us in a group and asks nothing."""
        return arrival.private or bool(arrival.inline or arrival.guest) or self.groups.asking.would_answer(arrival)

    def sounds_like_danger(self, arrival: Arrival) -> bool:
        """True for words that come before everything else, however much somebody has asked for."""
        text = arrival.event.text if isinstance(arrival.event, Said | Sent) else ""
        behind = text.partition(" ")[2] if arrival.command else ""
        return any(self.desk.mind.danger.in_text(words) for words in (text, behind) if words)

    async def hush(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """A press that is too many changes nothing; it is answered, or its button would go on spinning."""
        return await self._done(incoming, Turned(arrival.seat, arrival.lane, parcels=answer(arrival)))

    async def slow_down(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """The first update that is too many is answered with this; the others with nothing."""
        text = self.desk.phrase("slow_down")
        if arrival.inline or arrival.guest:
            return await self._done(incoming, None)
        if arrival.press:
            return await self._done(incoming, Turned(arrival.seat, arrival.lane, parcels=answer(arrival, text)))
        said = self.desk.says(arrival, safe(text))
        turned = said if arrival.private else joinable(said, safe(self.desk.phrase("group_slow_down")))
        return await self._done(incoming, turned)

    async def _done(self, incoming: Incoming, turned: Turned | None) -> list[Outgoing]:
        return await self.desk.post.finish(incoming.id, turned, self.desk.clock())

    async def _came_or_went(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """They blocked the bot, so nothing more is sent; or they let it in again, and the next thing they do is answered."""
        if arrival.reachable is False:
            await self.desk.post.unreachable(arrival.lane)
        return await self._done(incoming, Turned(arrival.seat, arrival.lane, reachable=arrival.reachable))

    # Private chats.

    def _in_private(self, arrival: Arrival, led: Led, shown: Shown, language: str) -> Turned:
        """`language` is that of a conversation which begins now."""
        desk, kept = self.desk, led.kept
        conversation = led.conversation(desk)
        conversation = conversation._replace(language=language or conversation.language)
        event, question, page = (led.event, "", 0) if led.event else self._event(arrival, kept, conversation, shown)
        if event is None:
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival))
        outcome = desk.mind.react(conversation, event, int(desk.clock()))
        desk.quick.count_pages(outcome.replies)
        so_far = desk.mind.engine.asker.so_far(outcome.conversation, SO_FAR)
        shown_now = self.taking_part.visits.named(outcome.replies, led.group)
        replies = self.groups.box.offered(arrival, (*led.said, *shown_now))
        drawn = desk.cards.draw(replies, so_far, page if _asked(outcome.replies) == question else 0)
        forget = outcome.card == "forget:yes"
        return Turned(
            arrival.seat,
            arrival.lane,
            None if forget else outcome.conversation,
            kept.version if kept else 0,
            [*answer(arrival, outcome.toast), *self.groups.box.as_reply(arrival, desk.messages(arrival, drawn)), *led.parcels],
            forget=forget,
            reachable=True if shown.unreachable else None,
        )

    def _event(self, arrival: Arrival, kept: Kept | None, conversation: Conversation, shown: Shown) -> tuple[Event | None, str, int]:
        """What happened (None: nothing that changes what is shown); and the question whose options are open, at which page."""
        if not arrival.press:
            opened = self.desk.quick.opened(arrival.event.text.partition(" ")[2]) if _is_link(arrival.event, arrival.command) else None
            return opened or arrival.event or Pressed("here"), "", 0
        token = read_token(arrival.data)
        if token is None:
            return Pressed("unknown"), "", 0
        question = self.desk.mind.engine.moving.question(conversation)
        about = {"option": token.name, "page": token.name, "ask": token.about}.get(token.kind, "")
        if about and (question is None or question.id != about) and _is_newest(arrival, shown):
            # A double tap, or one that came before the next question was drawn. To draw it again would lose the note above it.
            drawn = kept is not None and shown.card and conversation.revision == self.desk.mind.book.revision
            return None if drawn else Pressed("here"), "", 0
        return _meant(token), about, token.page


def _asked(replies: Sequence[Reply]) -> str | None:
    last = replies[-1] if replies else None
    return last.question if isinstance(last, Ask) else None


def _is_newest(arrival: Arrival, shown: Shown) -> bool:
    """True if the press came from the card that is shown, not from an older one."""
    return not shown.card or arrival.pressed_on >= shown.card


def _is_link(event: Event | None, command: str) -> TypeGuard[Said]:
    return isinstance(event, Said) and command == "start"


def _meant(token: Token) -> Event:
    match token.kind:
        case "option":
            return Chose(token.name, token.about, token.tick)
        case "page":
            return Pressed("here")
        case _:
            return Pressed(token.name, token.about)
