"""From a group into the private chat, and back with the result, if the person says yes."""

from dataclasses import dataclass
from typing import Any

from bot.model.conversation import Conversation
from bot.telegram.desk import Desk
from bot.telegram.html import safe
from bot.turn.post import Parcel, Record

VISIT = "visit"
FRESH = 30 * 24 * 3600
"""A link that is older is stored anew, so that it is not erased while people still use it."""
ID_LENGTH = 16


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

    async def told(self, conversation: Conversation) -> list[Parcel]:
        """The one message for the group; none if nothing can be sent there any more."""
        text = self.desk.mind.pages.told(conversation)
        visit = await self.desk.post.record(VISIT, conversation.visit)
        if visit is None or not text:
            return []
        lane = visit.lane
        for one in (lane, ":".join(lane.split(":")[:2])):
            if (await self.desk.post.load("", one))[1].unreachable:
                return []
        keys = [[{"text": self.desk.phrase("button_private"), "url": self.desk.link(f"g{visit.id}")}]]
        return [Parcel(lane, lane, {"do": "say", "text": safe(text), "keys": keys})]
