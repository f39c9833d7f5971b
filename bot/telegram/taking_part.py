"""The private side of groups: coming from one by a link, answering in a round, going back to one's own project, telling the group."""

import json
from dataclasses import dataclass, field, replace
from string import hexdigits

from bot.model.conversation import Conversation
from bot.model.event import Event, Pressed, Said, Started
from bot.model.reply import Button, Card, Reply
from bot.telegram import rounds
from bot.telegram.desk import Desk
from bot.telegram.inbound import Arrival
from bot.telegram.rounds import RoundTurns, who
from bot.telegram.together import TogetherTurns
from bot.telegram.together_running import COPY, copy_of
from bot.telegram.tokens import read_token
from bot.telegram.too_late import CARD, OVER, TooLate
from bot.telegram.visits import Visits
from bot.turn.ports import Kept
from bot.turn.post import Parcel, Record, Shown, Turned

IN_A_GROUP = ("round", "together")
"""Commands that belong into a group."""


@dataclass(frozen=True, slots=True)
class Led:
    """Where an update leads: the conversation it is about, and what is said before its answer.

    `event` None: it is what came. `parcels` and `records` are what comes of the way there. `round` is the round the conversation
    belongs to, if that is open; `over` is one whose time has come, and that is closed on the way. `group` is the name of the group
    that is about to be told, as Telegram says it now.
    """

    kept: Kept | None
    fresh: Conversation | None = None
    event: Event | None = None
    said: tuple[Reply, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    records: tuple[Record, ...] = ()
    round: rounds.Kept | None = None
    over: rounds.Kept | None = None
    group: str = ""

    def conversation(self, desk: Desk) -> Conversation:
        """The conversation to go on with."""
        return self.fresh or (self.kept.conversation if self.kept else desk.blank())


@dataclass(frozen=True, slots=True)
class TakingPart:
    """What groups have to do with a private chat."""

    desk: Desk
    rounds: RoundTurns
    together: TogetherTurns
    visits: Visits = field(init=False)
    too_late: TooLate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "visits", Visits(self.desk))
        object.__setattr__(self, "too_late", TooLate(self.desk))

    async def led(self, arrival: Arrival, kept: Kept | None, shown: Shown) -> Led:
        """Where an update leads. `kept` is the conversation the person is in, `shown` what their chat shows."""
        led = await self._led(arrival, kept)
        if arrival.press and arrival.pressed_on < shown.card and await self._may_be_about_another(arrival):
            if isinstance(led.event, Pressed) and led.event.button == CARD:
                return led
            over = led.conversation(self.desk).card.partition(":")[0] == CARD
            return replace(led, event=Pressed("here" if over else "gone"))
        return led

    async def _may_be_about_another(self, arrival: Arrival) -> bool:
        """A question of an older card, of somebody with several conversations: what it was about is not certain."""
        token = read_token(arrival.data)
        asks = token is not None and token.kind in ("option", "ask")
        return asks and len(await self.desk.post.held(arrival.seat)) > 1

    async def _led(self, arrival: Arrival, kept: Kept | None) -> Led:
        payload = _payload(arrival)
        if arrival.command in IN_A_GROUP and not self._in_danger(arrival):
            return Led(kept, event=Pressed("here"), said=(Card("round", self.desk.phrase(f"{arrival.command}_in_private")),))
        if payload and self.desk.mind.engine.moving.names_a_dialogue(payload):
            return Led(await self._own(arrival, kept))
        if payload:
            if visit := await self.visits.known(payload):
                own = await self._own(arrival, kept)
                came = (own.conversation if own else self.desk.blank())._replace(visit=visit)
                return Led(own, came, Started())
            if payload[0] == "r" and (led := await self._into(arrival, kept, payload[1:])) is not None:
                return led
            if payload[0] == "t" and set(payload[1:]) <= set(hexdigits):
                return await self._copied(arrival, kept, payload[1:])
        conversation = kept.conversation if kept else None
        event = self._event(arrival, conversation)
        if kept is not None and kept.conversation.round:
            return await self._in_a_round(arrival, kept, event)
        if event == Pressed("tell", "yes") and kept is not None and kept.conversation.card == "tell":
            return await self._tell(arrival, kept)
        if how := self.too_late.still_there(arrival, kept, event):
            return Led(kept, event=Pressed(CARD, how), said=self.too_late.answers(event or arrival.event))
        if event == Pressed("home"):
            return Led(kept, event=_home(kept))
        asks = kept is not None and (event == Pressed("tell") or kept.conversation.card == "tell")
        return Led(kept, group=await self.visits.title(kept.conversation) if kept is not None and asks else "")

    async def counted(self, arrival: Arrival, led: Led, turned: Turned) -> Turned:
        """The turn, with what it means for rounds: an answer that counts, or a part that is to be forgotten."""
        if turned.forget:
            return await self._forgotten(arrival, turned)
        kept, conversation = led.round, turned.conversation
        if conversation is not None and conversation.card == "export":
            turned = await self._everything(arrival, turned, conversation)
        turned = replace(turned, records=[*turned.records, *led.records])
        if led.over is not None:
            return _both(turned, await self.rounds.closed(led.over, int(self.desk.clock())))
        if kept is None or conversation is None or led.records:
            return turned
        picked = self.desk.mind.rounds.finished(conversation)
        if picked is None or kept.round.answers.get(conversation.id) == picked:
            return turned
        return _both(turned, await self.rounds.refreshed(kept, kept.round.answered(conversation.id, picked)))

    # Where it leads.

    def _event(self, arrival: Arrival, conversation: Conversation | None) -> Event | None:
        token = read_token(arrival.data) if arrival.press else None
        if token is not None:
            return Pressed(token.name, token.about) if token.kind == "button" else None
        if conversation is None or not isinstance(arrival.event, Said):
            return None
        return self.desk.mind.meant(conversation, arrival.event)

    def _in_danger(self, arrival: Arrival) -> bool:
        """What sounds like danger is answered before everything else."""
        return isinstance(arrival.event, Said) and self.desk.mind.danger.in_text(arrival.event.text)

    async def _own(self, arrival: Arrival, kept: Kept | None) -> Kept | None:
        """The conversation about the person's own project."""
        if kept is None or not kept.conversation.round:
            return kept
        held = await self.desk.post.held(arrival.seat)
        return next((one for one in reversed(held) if not one.conversation.round), None)

    async def _into(self, arrival: Arrival, kept: Kept | None, name: str) -> Led | None:
        """By its link into a round: the person's own part in it, new or as it was left."""
        own = await self._own(arrival, kept)
        found = await self.rounds.kept(name)
        if found is None or not found.round.is_open(self.desk.clock()):
            how = self.too_late.became(arrival, kept, found.round if found is not None else None)
            over = found if found is not None and not found.round.closed else None
            return Led(own, event=Pressed(CARD, how), over=over)
        part = found.round.part(who(arrival.person))
        if found.round.full and part not in found.round.parts:
            return Led(own, event=Pressed(CARD, "full"))
        begun = found.round.with_part(part)
        records = (found.changed(begun),) if begun != found.round else ()
        mine = await self.desk.post.conversation(part)
        phrase, title = self.desk.phrase, found.round.title
        text = phrase("round_welcome", group=title) if title else phrase("round_welcome_nameless")
        if mine is not None and mine.conversation.answers:
            text = phrase("round_welcome_again")
        has_own = own is not None and bool(own.conversation.answers)
        buttons = (Button("home", phrase("button_home")),) if has_own else ()
        fresh = Conversation(part, self.desk.mind.book.start, round=name) if mine is None else None
        event = Started() if mine is None and own is None else Pressed("go_on")
        return Led(mine, fresh, event, (Card("round", text, buttons=buttons),), records=records, round=found)

    async def _copied(self, arrival: Arrival, kept: Kept | None, name: str) -> Led:
        """By the link below what a group answered together: the same answers, as a copy of the person's own."""
        own = await self._own(arrival, kept)
        copy = await copy_of(self.desk, name, arrival.person)
        if copy is None:
            return Led(own, event=_home(own), said=(Card("round", self.desk.phrase("together_gone")),))
        mine = await self.desk.post.conversation(copy.id)
        return Led(mine, None if mine else copy, Pressed("result"), (Card("round", self.desk.phrase("together_copy")),))

    async def _in_a_round(self, arrival: Arrival, kept: Kept, event: Event | None) -> Led:
        """The person is in a round. When it has closed, their own project is there again; until then they may go on."""
        home = event == Pressed("home")
        if kept.conversation.round == COPY and not home:
            return Led(kept)
        found = await self.rounds.kept(kept.conversation.round)
        if found is not None and not found.round.closed and not home:
            if isinstance(event, Said) and self.desk.mind.engine.reader.remarks.how_many(event.text):
                count = Card("round", self.desk.mind.rounds.count_in_private(found.round))
                return Led(kept, event=Pressed("here"), said=(count,), round=found)
            return Led(kept, round=found)
        own = await self._own(arrival, kept)
        if home:
            return Led(own, event=_home(own))
        return self._over(arrival, own, OVER.get(kept.conversation.round, "late"), event)

    def _over(self, arrival: Arrival, own: Kept | None, how: str, event: Event | None) -> Led:
        """What they did in a round that is over is answered, if it can be; then they are told so, once."""
        if self.too_late.asks_for_more(arrival, event, own):
            return Led(own, said=(self.too_late.line(how),))
        return Led(own, event=Pressed(CARD, how), said=self.too_late.answers(event or arrival.event))

    async def _tell(self, arrival: Arrival, kept: Kept) -> Led:
        """They said yes: the group is told, once, if they may."""
        told = await self.visits.told(arrival, kept.conversation)
        visit = kept.conversation.visit if told.again else ""
        conversation = kept.conversation._replace(visit=visit, card="")
        return Led(kept, conversation, Pressed("result"), (Card("told", told.said),), told.parcels, told.records)

    async def _everything(self, arrival: Arrival, turned: Turned, current: Conversation) -> Turned:
        """The file of all that is kept of a person, with their own project and their parts in rounds."""
        others = [one.conversation for one in await self.desk.post.held(arrival.seat) if one.conversation.id != current.id]
        if not others:
            return turned
        content = json.dumps([one.to_json() for one in (current, *others)], indent=2, ensure_ascii=False)
        parcels = [
            one._replace(body={**one.body, "file": {**one.body["file"], "content": content}}) if one.body["do"] == "file" else one
            for one in turned.parcels
        ]
        return replace(turned, parcels=parcels)

    # What it means for rounds.

    async def _forgotten(self, arrival: Arrival, turned: Turned) -> Turned:
        """Everything of a person goes, so their part in a round that is open goes too, and the board counts one less."""
        for kept in await self.rounds.all_open():
            without = kept.round.without(who(arrival.person))
            if without != kept.round:
                turned = _both(turned, await self.rounds.refreshed(kept, without))
        changed, boards = await self.together.forgotten(arrival.person)
        return replace(turned, records=[*turned.records, *changed], parcels=[*turned.parcels, *boards])


def _both(turned: Turned, more: Turned) -> Turned:
    """The turn of a person, with what comes of it for a round."""
    records, parcels = [*turned.records, *more.records], [*turned.parcels, *more.parcels]
    return replace(turned, records=records, parcels=parcels, emptied=[*turned.emptied, *more.emptied])


def _home(own: Kept | None) -> Event:
    """Where their own project stands is shown; who has none is greeted, and asked for one."""
    if own is None:
        return Started()
    return Pressed("go_on" if own.conversation.card.partition(":")[0] == CARD else "here")


def _payload(arrival: Arrival) -> str:
    """What stands behind /start."""
    text = arrival.event.text if isinstance(arrival.event, Said) and arrival.command == "start" else ""
    return text.partition(" ")[2].strip()
