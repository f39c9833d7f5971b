"""The one async recipe of a turn: load the conversation, react, save; when somebody else was first, do it again."""

from collections.abc import Callable

from bot.dialogue.outcome import Outcome
from bot.model.conversation import Conversation
from bot.model.event import Event
from bot.turn.mind import Mind
from bot.turn.ports import Stale, Store

TRIES = 5


async def take_turn(mind: Mind, store: Store, seat: str, event: Event, now: int, new_id: Callable[[], str]) -> Outcome:
    """What comes of an event in a seat; the new conversation is stored before this returns.

    Raises Stale if the store kept changing under us `TRIES` times in a row.
    """
    for _ in range(TRIES):
        kept = await store.current(seat)
        conversation = kept.conversation if kept else Conversation(new_id(), mind.engine.book.start)
        outcome = mind.react(conversation, event, now)
        if outcome.card == "forget:yes":
            await store.forget(seat)
            return outcome
        try:
            await store.save(seat, outcome.conversation, kept.version if kept else 0)
        except Stale:
            continue
        return outcome
    raise Stale(seat)
