"""From a group into the private chat, and back with the result, if the person says yes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.model.conversation import Conversation
from bot.model.reply import Card, Reply
from bot.telegram.arrival import Arrival
from bot.telegram.delivery import chat_of
from bot.telegram.desk import Desk
from bot.telegram.html import safe
from bot.turn.post import Parcel, Record

VISIT = "visit"
FRESH = 30 * 24 * 3600
"""A link that is older is stored anew, so that it is not erased while people still use it."""
ID_LENGTH = 16
TOLD = "told"
"""A kind of record, of a person's seat: when they last told a group. Its id comes from the numbers of both."""
A_DAY = 24 * 3600


class Told(NamedTuple):
    """What the person is told, and what comes of it. `again`: they may try it again later."""

    said: str
    parcels: tuple[Parcel, ...] = ()
    records: tuple[Record, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Visits:
    """Links whose payload leads back to the group; what they carry says nothing by itself."""

    desk: Desk

    async def button(self, lane: str) -> tuple[list[list[dict[str, Any]]], list[Record]]:
        """The button to the private chat, and what is to be stored for the way back."""
        now = int(self.desk.clock())
        found = await self.desk.post.records(VISIT, lane)
        visit = found[-1] if found else Record(VISIT, self.desk.new_id()[:ID_LENGTH], None, lane)
        stale = now - (visit.body or {}).get("at", 0) > FRESH
        keys = [[{"text": self.desk.phrase("button_private"), "url": self.desk.link(f"g{visit.id}")}]]
        return keys, [visit._replace(body={"at": now})] if stale else []

    async def known(self, payload: str) -> str:
        """The id of the visit that a link's payload names; "" if it names none."""
        found = await self.desk.post.record(VISIT, payload[1:]) if payload[:1] == "g" else None
        return found.id if found is not None else ""

    async def title(self, conversation: Conversation) -> str:
        """The name of the group that the person came from, asked of Telegram when it is to be shown; it is not kept."""
        visit = await self.desk.post.record(VISIT, conversation.visit) if conversation.visit else None
        return await self.desk.sight.title(chat_of(visit.lane)[0]) if visit is not None else ""

    def named(self, replies: Sequence[Reply], title: str) -> tuple[Reply, ...]:
        """The replies; whoever is asked whether a group may be told reads which one."""
        asks = self.desk.phrase("tell_sure_in", group=title) if title else ""
        return tuple(replace(one, title=asks) if asks and isinstance(one, Card) and one.id == "tell" else one for one in replies)

    async def told(self, arrival: Arrival, conversation: Conversation) -> Told:
        """The one message for the group, if the person is in it, has not posted there within a day, and the bot may write there."""
        text, phrase = self.desk.mind.pages.told(conversation), self.desk.phrase
        visit = await self.desk.post.record(VISIT, conversation.visit)
        if visit is None or not text or not await self._can_write(visit.lane):
            return Told(phrase("tell_gone"))
        chat, now = chat_of(visit.lane)[0], int(self.desk.clock())
        here = await self.desk.sight.has(chat, arrival.person)
        if here is False:
            return Told(phrase("tell_left"))
        name = hashlib.blake2b(f"{chat}:{arrival.person}".encode(), digest_size=16).hexdigest()
        mark = await self.desk.post.record(TOLD, name) or Record(TOLD, name, {}, seat=arrival.seat)
        again = (mark.body or {}).get("at", -A_DAY) + A_DAY
        if now < again:
            return Told(phrase("tell_later", date=self.desk.mind.rounds.date(again)), again=True)
        if here is None and mark.version:
            return Told(phrase("tell_unsure"))
        keys = [[{"text": phrase("button_private"), "url": self.desk.link(f"g{visit.id}")}]]
        said = {"text": safe(text), "keys": keys}
        body = {"do": "say", **said, "joined": said, "topic_gone": safe(phrase("topic_gone"))}
        return Told(phrase("tell_done"), (Parcel(visit.lane, visit.lane, body),), (mark._replace(body={"at": now}),))

    async def _can_write(self, lane: str) -> bool:
        """As Telegram says now; if it does not say, by what came of it the last time."""
        if (may := await self.desk.sight.may_write(chat_of(lane)[0])) is not None:
            return may
        lanes = {lane, f"chat:{chat_of(lane)[0]}"}
        return not any([(await self.desk.post.load("", one))[1].unreachable for one in lanes])
