"""What a group is told about the bot, and what its administrators settle: who may start a round, and the language.

Settings are a record of kind "group" that stays as long as the group; it is found by its lane, because a group's id can change.
Whether somebody may change them is asked of Telegram on each press, by the number of the person: who sees a button may press it.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.telegram.desk import Desk, answer, parcel
from bot.telegram.html import bold, safe
from bot.telegram.inbound import Arrival, Unreadable, read_update
from bot.telegram.keyboard import Rows, key
from bot.telegram.tokens import Token
from bot.telegram.visits import Visits
from bot.turn.post import Record, Turned

AREA = "setup"
ROUNDS = ("everyone", "admins")
A_DAY = 24 * 3600
LOOKED_AT = 500
"""So many updates that wait are looked through for a notice that a group has moved."""


@dataclass(frozen=True, slots=True)
class SetupTurns:
    """Being let into a group, /setup, and its buttons."""

    desk: Desk

    async def joined(self, arrival: Arrival) -> Turned:
        """One hello in a group; not again within a day, nor where a group has only got another id."""
        record, now = await self._settings(arrival.chat), int(self.desk.clock())
        body = record.body or {}
        if now - max(body.get("hello", -A_DAY), body.get("moved", -A_DAY)) < A_DAY or await self._about_to_move(arrival.chat):
            return Turned(arrival.seat, arrival.lane, reachable=True)
        sees = self.desk.phrase("sees_all" if arrival.promoted or self.desk.sight.everywhere else "sees_addressed")
        private, records = await Visits(self.desk).button(arrival.lane)
        said = self.desk.says(arrival, safe(self.desk.phrase("group_hello", sees=sees)), private)
        return replace(said, reachable=True, records=[*records, record._replace(body={**body, "hello": now})])

    async def moved(self, arrival: Arrival) -> Turned:
        """A group has got another id, and everything of it has moved there. Telegram may say of the new chat that we were let in."""
        lane, now = f"chat:{arrival.moved_to}", int(self.desk.clock())
        record = await self._settings(arrival.moved_to)
        body = record.body or {}
        if now - body.get("moved", -A_DAY) < A_DAY:
            return Turned(lane, lane)
        return Turned(lane, lane, records=[record._replace(body={**body, "moved": now})])

    async def _about_to_move(self, chat: int) -> bool:
        """True if a notice waits in the inbox that this is the new id of some group."""
        for one in await self.desk.post.waiting(0, LOOKED_AT):
            if "migrate_" in one.raw:
                with suppress(Unreadable):
                    update = read_update(one.raw, self.desk.username)
                    if update is not None and update.moved_to == chat:
                        return True
        return False

    async def turned(self, arrival: Arrival) -> Turned:
        """What this group's settings let the bot see; for administrators with buttons."""
        record = await self._settings(arrival.chat)
        text = await self._text(arrival.chat, record)
        return self.desk.says(arrival, text, self._keys(record) if await self._may(arrival) else None)

    async def pressed(self, arrival: Arrival, token: Token) -> Turned:
        """Somebody wants a change. A button that another person pressed, or that was never there, gives no rights."""
        phrase = self.desk.phrase
        what, _, value = token.about.partition(":")
        allowed = {"rounds": ROUNDS, "language": tuple(self.desk.mind.book.languages)}.get(what, ())
        if value not in allowed:
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, phrase("unknown_button")))
        if not await self.desk.is_admin(arrival.chat, arrival.person):
            return Turned(arrival.seat, arrival.lane, parcels=answer(arrival, phrase("setup_admins_only")))
        record = await self._settings(arrival.chat)
        changed = record._replace(body={**(record.body or {}), what: value})
        text = await self._text(arrival.chat, changed)
        edit = {"do": "edit", "message": arrival.pressed_on, "text": text, "keys": self._keys(changed)}
        parcels = [*answer(arrival, phrase("changed")), parcel(arrival, edit)]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=[changed])

    async def _settings(self, chat: int) -> Record:
        lane = f"chat:{chat}"
        found = await self.desk.post.records("group", lane)
        return found[-1] if found else Record("group", lane, {}, lane)

    async def _may(self, arrival: Arrival) -> bool:
        """Who writes in the name of the group itself is an administrator; a channel that writes there is not."""
        return arrival.anonymous or (bool(arrival.person) and await self.desk.is_admin(arrival.chat, arrival.person))

    async def _text(self, chat: int, record: Record) -> str:
        phrase = self.desk.phrase
        admin = await self.desk.sight.is_admin(chat)
        sees = [phrase("sees_all" if admin or self.desk.sight.everywhere else "sees_addressed")]
        if admin and not self.desk.sight.everywhere:
            sees.append(phrase("sees_as_admin"))
        if admin is None and not self.desk.sight.everywhere:
            sees = [phrase("sees_unknown")]
        rounds, language = self._now(record)
        lines = [*sees, phrase(f"setup_rounds_{rounds}"), phrase("language_now", language=language), phrase("setup_who")]
        return "\n\n".join((bold(phrase("setup_title")), *(safe(line) for line in lines)))

    def _now(self, record: Record) -> tuple[str, str]:
        """Who may start a round, and the name of the language."""
        body: dict[str, Any] = record.body or {}
        languages = self.desk.mind.book.languages
        rounds = body.get("rounds") if body.get("rounds") in ROUNDS else ROUNDS[0]
        return str(rounds), languages.get(str(body.get("language")), next(iter(languages.values()), ""))

    def _keys(self, record: Record) -> Rows:
        rounds, spoken = self._now(record)
        other = next(one for one in ROUNDS if one != rounds)
        rows = [[key(self.desk.phrase(f"button_rounds_{other}"), Token("area", AREA, f"rounds:{other}"))]]
        languages = self.desk.mind.book.languages.items()
        return rows + [[key(name, Token("area", AREA, f"language:{code}"))] for code, name in languages if name != spoken]
