"""Keeps conversations in memory, as JSON text, so that every turn goes through the stored form."""

import json

from bot.model.conversation import Conversation, conversation_from_json
from bot.turn.ports import Kept, Stale


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        self._bodies: dict[str, tuple[int, str]] = {}
        self._seats: dict[str, list[str]] = {}

    async def current(self, seat: str) -> Kept | None:
        """See `Store.current`."""
        held = self._seats.get(seat)
        if not held:
            return None
        version, body = self._bodies[held[-1]]
        return Kept(conversation_from_json(json.loads(body)), version)

    async def save(self, seat: str, conversation: Conversation, expected: int) -> int:
        """See `Store.save`."""
        version, _ = self._bodies.get(conversation.id, (0, ""))
        if version != expected:
            raise Stale(conversation.id)
        self._bodies[conversation.id] = (version + 1, json.dumps(conversation.to_json(), ensure_ascii=False))
        held = self._seats.setdefault(seat, [])
        if conversation.id in held:
            held.remove(conversation.id)
        held.append(conversation.id)
        return version + 1

    async def forget(self, seat: str) -> int:
        """See `Store.forget`."""
        held = self._seats.pop(seat, [])
        shared = {one for others in self._seats.values() for one in others}
        gone = [one for one in held if one not in shared]
        for one in gone:
            del self._bodies[one]
        return len(gone)

    async def close(self) -> None:
        """Nothing to let go of."""
