"""What a group is told about the bot, and what its administrators settle: who may start a round, and the language of its people.

The language is the one in which private chats begin that are opened from the group. It is offered only where there are several.
Settings are a record of kind "group" that stays as long as the group; it is found by its lane, because a group's id can change.
Whether somebody may change them is asked of Telegram on each press, by the number of the person: who sees a button may press it.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.model.event import Said
from bot.telegram.delivery import chat_of
from bot.telegram.desk import Desk, answer, parcel
from bot.telegram.html import bold, safe
from bot.telegram.inbound import Arrival, Unreadable, read_update
from bot.telegram.keyboard import Rows, key
from bot.telegram.rounds import ROUND
from bot.telegram.together_running import ANSWERS
from bot.telegram.tokens import Token
from bot.telegram.visits import VISIT, Visits
from bot.turn.post import Record, Turned

AREA = "setup"
ROUNDS = ("everyone", "admins")
LINKS = {"g": VISIT, "r": ROUND, "t": ANSWERS}
"""First letter of a link → the kind of record that it names: a way into the private chat, a round, what was answered together."""
A_DAY = 24 * 3600
LOOKED_AT = 500
"""So many updates that wait are looked through for a notice that a group has moved."""


@dataclass(frozen=True, slots=True)
class SetupTurns:
    """Being let into a group, /setup, and its buttons."""

    desk: Desk

    async def joined(self, arrival: Arrival) -> Turned:
        """One hello in a group; not again within a day, nor where a group has only got another id."""
        record, now = await self.desk.settings(arrival.chat), int(self.desk.clock())
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
        record = await self.desk.settings(arrival.moved_to)
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
        record = await self.desk.settings(arrival.chat)
        text = await self._text(arrival.chat, record)
        return self.desk.says(arrival, text, self._keys(record) if await self._may(arrival) else None)

    async def pressed(self, arrival: Arrival, token: Token) -> Turned:
        """Somebody wants a change. A button that another person pressed, or that was never there, gives no rights."""
        phrase = self.desk.phrase
        what, _, value = token.about.partition(":")
        allowed = {"rounds": ROUNDS, "language": tuple(self._languages)}.get(what, ())
        if value not in allowed:
            return self.desk.toasts(arrival, "unknown_button")
        if not await self.desk.is_admin(arrival.chat, arrival.person):
            return self.desk.toasts(arrival, "setup_admins_only")
        record = await self.desk.settings(arrival.chat)
        changed = record._replace(body={**(record.body or {}), what: value})
        text = await self._text(arrival.chat, changed)
        edit = {"do": "edit", "message": arrival.pressed_on, "text": text, "keys": self._keys(changed)}
        parcels = [*answer(arrival, phrase("changed")), parcel(arrival, edit)]
        return Turned(arrival.seat, arrival.lane, parcels=parcels, records=[changed])

    async def spoken(self, arrival: Arrival) -> str:
        """The language for whoever is here for the first time: of the group whose link they followed, if it has settled on one."""
        words = arrival.event.text.split() if isinstance(arrival.event, Said) and arrival.command == "start" else []
        link = words[1] if len(words) > 1 else ""
        if self._languages and link[:1] in LINKS and (found := await self.desk.post.record(LINKS[link[:1]], link[1:])) is not None:
            settled = ((await self.desk.settings(chat_of(found.lane)[0])).body or {}).get("language")
            if settled in self._languages:
                return str(settled)
        return self.desk.language(arrival.language)

    @property
    def _languages(self) -> dict[str, str]:
        """Those there is a choice of: code → name. One is no choice."""
        languages = self.desk.mind.book.languages
        return languages if len(languages) > 1 else {}

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
        begins = [phrase("setup_language" if language else "setup_language_of_phone", language=language)] if self._languages else []
        lines = [*sees, phrase(f"setup_rounds_{rounds}"), *begins, phrase("setup_who")]
        return "\n\n".join((bold(phrase("setup_title")), *(safe(line) for line in lines)))

    def _now(self, record: Record) -> tuple[str, str]:
        """Who may start a round, and the name of the language ("": whichever each phone speaks)."""
        body: dict[str, Any] = record.body or {}
        rounds = body.get("rounds") if body.get("rounds") in ROUNDS else ROUNDS[0]
        return str(rounds), self._languages.get(str(body.get("language")), "")

    def _keys(self, record: Record) -> Rows:
        rounds, spoken = self._now(record)
        other = next(one for one in ROUNDS if one != rounds)
        rows = [[key(self.desk.phrase(f"button_rounds_{other}"), Token("area", AREA, f"rounds:{other}"))]]
        return rows + [[key(name, Token("area", AREA, f"language:{code}"))] for code, name in self._languages.items() if name != spoken]
