"""What everybody who takes turns has at hand: the mind, the post, the words, and how replies become parcels."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.model.conversation import Conversation
from bot.model.limits import TOAST_LENGTH
from bot.model.reply import Card
from bot.model.text import shortened
from bot.telegram.cards import Cards, Drawn
from bot.telegram.inbound import Arrival
from bot.telegram.sight import Sight
from bot.turn.mind import Mind
from bot.turn.post import Parcel, Post, Record, Turned
from bot.turn.quick import Quick


async def at_once() -> None:
    """Where nothing is waited for."""


async def nobody_is_admin(_chat: int, _person: int) -> bool:
    """Where nobody can be asked."""
    return False


@dataclass(slots=True)
class Desk:
    """`coordinators` are Telegram user ids; rights are looked at on each act. `username` is the bot's own.

    `is_admin` asks Telegram whether a person is an administrator of a group, `sight` what the bot gets to see there. `joining` waits
    a moment when the bot was let into a supergroup: perhaps that is only the new id of a group it knows, and the notice comes behind.
    """

    mind: Mind
    post: Post
    username: str
    clock: Callable[[], float]
    new_id: Callable[[], str]
    coordinators: frozenset[int] = frozenset()
    is_admin: Callable[[int, int], Awaitable[bool]] = nobody_is_admin
    sight: Sight = field(default_factory=Sight)
    joining: Callable[[], Awaitable[None]] = at_once
    cards: Cards = field(init=False)
    quick: Quick = field(init=False)

    def __post_init__(self) -> None:
        self.quick = Quick(self.mind)
        self.cards = Cards(self.phrase, f"https://t.me/{self.username}" if self.username else "")

    def phrase(self, name: str, /, **values: str) -> str:
        """One of the bot's own phrases."""
        return self.mind.engine.asker.phrase(name, **values)

    def blank(self) -> Conversation:
        """A conversation that has not begun."""
        return Conversation(self.new_id(), self.mind.engine.book.start)

    def language(self, code: str) -> str:
        """The language to begin in: that of the phone, if the dialogues can be read in it."""
        known = self.mind.book.languages
        return next((one for one in (code, code.partition("-")[0]) if one in known), "en")

    def link(self, payload: str) -> str:
        """The address that opens the private chat with this payload."""
        return f"{self.cards.link}?start={payload}"

    def messages(self, arrival: Arrival, drawn: Sequence[Drawn]) -> list[Parcel]:
        """Drawn replies as parcels; the last one is the card of the chat."""
        parcels = []
        for place, one in enumerate(drawn, 1):
            if one.file is not None:
                body: dict[str, Any] = {"do": "file", "file": {"name": one.file["name"], "content": one.file["content"]}}
                parcels.append(parcel(arrival, {**body, "caption": one.file["caption"]}))
                continue
            parcels += [parcel(arrival, {"do": "say", "text": text}) for text in one.texts[:-1]]
            if one.texts and place == len(drawn):
                card = {"do": "card", "text": one.texts[-1], "keys": one.keys or [], "after": arrival.message}
                parcels.append(parcel(arrival, card))
            elif one.texts:
                say = {"do": "say", "text": one.texts[-1], **({"keys": one.keys} if one.keys else {})}
                parcels.append(parcel(arrival, say))
        return parcels

    def says(self, arrival: Arrival, text: str, keys: list[list[dict[str, Any]]] | None = None, toast: str = "") -> Turned:
        """A turn that only says something: in a group as a reply to what was written; and answers the press, if there was one."""
        body: dict[str, Any] = {"do": "say", "text": text}
        if keys:
            body["keys"] = keys
        if not arrival.private and arrival.message:
            body["reply"] = arrival.message
        return Turned(arrival.seat, arrival.lane, parcels=[*answer(arrival, toast), parcel(arrival, body)])

    def toasts(self, arrival: Arrival, name: str, /, **values: str) -> Turned:
        """A turn in which nothing happens but that whoever pressed is told something: one of the bot's phrases."""
        return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, self.phrase(name, **values)))

    def text(self, card: Card) -> str:
        """A card as the text of one message."""
        return "\n\n".join(text for drawn in self.cards.draw((card,)) for text in drawn.texts)

    # What a group has.

    async def settings(self, chat: int) -> Record:
        """What the administrators of a group have settled; empty if nothing. It is found by its lane, because a group's id can change."""
        lane = f"chat:{chat}"
        found = await self.post.records("group", lane)
        return found[-1] if found else Record("group", lane, {}, lane)

    async def retired(self, lane: str, posted: str, name: str) -> list[Parcel] | None:
        """Takes the buttons off a board that is to come anew. None: it is still on its way, so it need not come again.

        `posted` is the lane in which the board was posted last; if that is another one, its message cannot be reached any more.
        """
        old = f"{lane}:b{name}"
        card = (await self.post.load("", old))[1].card if posted == lane else 0
        if posted == lane and not card:
            return None
        return [Parcel(old, lane, {"do": "retire", "message": card})] if card else []


def board(lane: str, name: str, text: str, keys: list[list[dict[str, Any]]], reply: int = 0) -> Parcel:
    """A message of a group that is kept up to date: sent the first time, edited after that. `name` tells boards apart.

    `reply` is the message that it replies to (0: none).
    """
    body: dict[str, Any] = {"do": "board", "text": text, "keys": keys}
    return Parcel(f"{lane}:b{name}", lane, {**body, "reply": reply} if reply else body)


def joinable(said: Turned, text: str = "", keys: list[list[dict[str, Any]]] | None = None, many: str = "") -> Turned:
    """The turn, whose message may be part of one that answers several people at once; there with these words and buttons.

    `many` is said instead of the same words several times, with their number in the place of `{count}`.
    """
    *before, last = said.parcels
    part = {
        "text": text or last.body["text"],
        "keys": last.body.get("keys") or [] if keys is None else keys,
        **({"many": many} if many else {}),
    }
    return replace(said, parcels=[*before, last._replace(body={**last.body, "joined": part})])


def parcel(arrival: Arrival, body: dict[str, Any]) -> Parcel:
    """A parcel for the chat that something came from."""
    return Parcel(arrival.lane, arrival.seat, body)


def answer(arrival: Arrival, toast: str = "") -> list[Parcel]:
    """Every press is answered, or the button would go on spinning. Answers overtake messages: they have lanes of their own."""
    if not arrival.press:
        return []
    said = {"text": shortened(toast, TOAST_LENGTH)} if toast else {}
    return [Parcel(f"press:{arrival.press}", arrival.seat, {"do": "answer", "press": arrival.press, **said})]
