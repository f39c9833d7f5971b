"""A round and answering together in one place: both may go on, and whoever begins the second is told of the first."""

from dataclasses import replace

from bot.telegram.arrival import Arrival
from bot.telegram.desk import Desk, parcel
from bot.telegram.html import safe
from bot.telegram.rounds import ROUND
from bot.telegram.together_running import TOGETHER, running_in
from bot.turn.post import Turned
from bot.turn.rounds import round_from_json


async def told_of_the_other(desk: Desk, arrival: Arrival, turned: Turned) -> Turned:
    """The turn; with one line more, if it begins one of the two while the other is open here."""
    begun = next((one.kind for one in turned.records if one.kind in (ROUND, TOGETHER) and not one.version), "")
    is_open = {ROUND: _together_goes_on, TOGETHER: _round_is_open}.get(begun)
    if is_open is None or not await is_open(desk, arrival.lane):
        return turned
    return replace(turned, parcels=[*turned.parcels, parcel(arrival, {"do": "say", "text": safe(desk.phrase("both_open"))})])


async def _together_goes_on(desk: Desk, lane: str) -> bool:
    running = await running_in(desk, lane)
    return running is not None and not running.together.stopped


async def _round_is_open(desk: Desk, lane: str) -> bool:
    now = desk.clock()
    return any(round_from_json(one.id, one.body or {}).is_open(now) for one in await desk.post.records(ROUND, lane))
