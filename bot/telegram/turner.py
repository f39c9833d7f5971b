"""One update's turn: what it means for the conversation, and the parcels that come of it, stored together or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.model.conversation import Conversation
from bot.model.event import Chose, Event, Pressed, Said
from bot.model.reply import Ask, Card, Reply
from bot.telegram.cards import Cards, Drawn
from bot.telegram.inbound import Arrival
from bot.telegram.tokens import Token, read_token
from bot.turn.failpoint import failpoint
from bot.turn.mind import Mind
from bot.turn.ports import Kept, Stale
from bot.turn.post import Incoming, Outgoing, Parcel, Post, Shown, Turned

TRIES = 5
SO_FAR = 120
"""The line of answers above a question is about this long at most."""
QUICK = ("ask", "what")
FOR_COORDINATORS = ("dialogues", "stats")


@dataclass(slots=True)
class Turner:
    """Takes turns. `coordinators` are Telegram user ids; rights are looked at on each act."""

    mind: Mind
    post: Post
    username: str
    clock: Callable[[], float]
    new_id: Callable[[], str]
    coordinators: frozenset[int] = frozenset()
    cards: Cards = field(init=False)

    def __post_init__(self) -> None:
        self.cards = Cards(self.phrase, f"https://t.me/{self.username}" if self.username else "")

    def phrase(self, name: str, /, **values: str) -> str:
        return self.mind.engine.asker.phrase(name, **values)

    async def take(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """The parcels that came of an update; everything is stored. Raises Stale if the conversation kept changing under us."""
        if arrival.moved_to:
            await self.post.move_lane(f"chat:{arrival.chat}", f"chat:{arrival.moved_to}")
            return await self._done(incoming, None)
        if arrival.reachable is not None:
            return await self._came_or_went(incoming, arrival)
        if not arrival.private:
            return await self._done(incoming, self._in_group(arrival))
        if arrival.command in FOR_COORDINATORS:
            return await self._done(incoming, await self._for_coordinators(arrival))
        for _ in range(TRIES):
            kept, shown = await self.post.load(arrival.seat, arrival.lane)
            failpoint("turn.loaded")
            turned = self._turned(arrival, kept, shown)
            failpoint("turn.reacted")
            try:
                return await self._done(incoming, turned)
            except Stale:
                continue
        raise Stale(arrival.seat)

    async def sorry(self, arrival: Arrival) -> list[Outgoing]:
        """What to say when a turn failed for good: kindly, and once."""
        say = self._parcel(arrival, {"do": "say", "text": self.phrase("trouble")})
        return await self.post.send([say, *self._answer(arrival, "")], self.clock())

    async def slow_down(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """The first update that is too many is answered with this; the others with nothing."""
        text = self.phrase("slow_down")
        parcels = [*self._answer(arrival, text)] if arrival.press else [self._parcel(arrival, {"do": "say", "text": text})]
        return await self._done(incoming, Turned(arrival.seat, arrival.lane, parcels=parcels))

    async def _done(self, incoming: Incoming, turned: Turned | None) -> list[Outgoing]:
        return await self.post.finish(incoming.id, turned, self.clock())

    async def _came_or_went(self, incoming: Incoming, arrival: Arrival) -> list[Outgoing]:
        """They blocked the bot, so nothing more is sent; or they let it in again, and the next thing they do is answered."""
        if arrival.reachable is False:
            await self.post.unreachable(arrival.lane)
        return await self._done(incoming, Turned(arrival.seat, arrival.lane, reachable=arrival.reachable))

    # Private chats.

    def _turned(self, arrival: Arrival, kept: Kept | None, shown: Shown) -> Turned:
        conversation = kept.conversation if kept else Conversation(self.new_id(), self.mind.engine.book.start)
        event, page = self._event(arrival, conversation, shown)
        outcome = self.mind.react(conversation, event, int(self.clock()))
        so_far = self.mind.engine.asker.so_far(outcome.conversation, SO_FAR)
        drawn = self.cards.draw(outcome.replies, so_far, page if _asks(outcome.replies) else 0)
        parcels = [*self._answer(arrival, outcome.toast), *self._messages(arrival, drawn)]
        forget = outcome.card == "forget:yes"
        return Turned(
            arrival.seat,
            arrival.lane,
            None if forget else outcome.conversation,
            kept.version if kept else 0,
            parcels,
            forget=forget,
            reachable=True if shown.unreachable else None,
        )

    def _event(self, arrival: Arrival, conversation: Conversation, shown: Shown) -> tuple[Event, int]:
        """What happened, and the page of options that is open."""
        if not arrival.press:
            return arrival.event or Pressed("here"), 0
        token = read_token(arrival.data)
        if token is None:
            return Pressed("unknown"), 0
        question = self.mind.engine.moving.question(conversation)
        about = {"option": token.name, "page": token.name, "ask": token.about}.get(token.kind, "")
        if about and (question is None or question.id != about) and _is_newest(arrival, shown):
            # A double tap, or one that came before the next question was drawn: it shows what is shown, and that is all.
            return Pressed("here"), 0
        return _meant(token), token.page

    def _messages(self, arrival: Arrival, drawn: Sequence[Drawn]) -> list[Parcel]:
        parcels = []
        for place, one in enumerate(drawn, 1):
            if one.file is not None:
                body: dict[str, Any] = {"do": "file", "file": {"name": one.file["name"], "content": one.file["content"]}}
                parcels.append(self._parcel(arrival, {**body, "caption": one.file["caption"]}))
                continue
            parcels += [self._parcel(arrival, {"do": "say", "text": text}) for text in one.texts[:-1]]
            if one.texts and place == len(drawn):
                card = {"do": "card", "text": one.texts[-1], "keys": one.keys or [], "after": arrival.message}
                parcels.append(self._parcel(arrival, card))
            elif one.texts:
                say = {"do": "say", "text": one.texts[-1], **({"keys": one.keys} if one.keys else {})}
                parcels.append(self._parcel(arrival, say))
        return parcels

    @staticmethod
    def _parcel(arrival: Arrival, body: dict[str, Any]) -> Parcel:
        return Parcel(arrival.lane, arrival.seat, body)

    @staticmethod
    def _answer(arrival: Arrival, toast: str) -> list[Parcel]:
        """Every press is answered, or the button would go on spinning. Answers overtake messages: they have lanes of their own."""
        if not arrival.press:
            return []
        return [
            Parcel(f"press:{arrival.press}", arrival.seat, {"do": "answer", "press": arrival.press, **({"text": toast} if toast else {})})
        ]

    # Coordinators.

    async def _for_coordinators(self, arrival: Arrival) -> Turned:
        text = self.phrase("not_allowed")
        if arrival.person in self.coordinators:
            text = await (self._stats() if arrival.command == "stats" else self._dialogues())
        return Turned(arrival.seat, arrival.lane, parcels=[self._parcel(arrival, {"do": "say", "text": text})])

    async def _stats(self) -> str:
        figures = {name: str(count) for name, count in (await self.post.figures()).items()}
        return self.phrase("stats", **figures)

    async def _dialogues(self) -> str:
        book = self.mind.book
        questions = sum(len(dialogue.questions) for dialogue in book.dialogues.values())
        return self.phrase("dialogues", revision=book.revision, questions=str(questions), topics=str(len(book.topics)))

    # Groups.

    def _in_group(self, arrival: Arrival) -> Turned | None:
        """In a group: one message for a quick question, a way into the private chat for the rest, and quiet otherwise."""
        if arrival.press:
            return Turned(arrival.seat, arrival.lane, parcels=self._answer(arrival, self.phrase("group_private")))
        if not isinstance(arrival.event, Said) or not arrival.command:
            return None
        private = [[{"text": self.phrase("button_private"), "url": f"{self.cards.link}?start=group"}]]
        text, keys = self.phrase("group_private"), private
        if arrival.command in QUICK:
            blank = Conversation(self.new_id(), self.mind.engine.book.start)
            first = self.mind.react(blank, arrival.event, int(self.clock())).replies[0]
            text, keys = (
                self.cards.draw((first,))[0].texts[0],
                private if isinstance(first, Card) and first.id in ("topics", "unknown") else [],
            )
        body = {"do": "say", "text": text, "keys": keys, "reply": arrival.message}
        return Turned(arrival.seat, arrival.lane, parcels=[self._parcel(arrival, body)])


def _asks(replies: Sequence[Reply]) -> bool:
    return bool(replies) and isinstance(replies[-1], Ask)


def _is_newest(arrival: Arrival, shown: Shown) -> bool:
    """True if the press came from the card that is shown, not from an older one."""
    return not shown.card or arrival.pressed_on >= shown.card


def _meant(token: Token) -> Event:
    match token.kind:
        case "option":
            return Chose(token.name, token.about, token.tick)
        case "page":
            return Pressed("here")
        case _:
            return Pressed(token.name, token.about)
