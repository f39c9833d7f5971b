"""Conversations in memory, and who holds them."""

from bot.model.conversation import Conversation
from bot.storage.texts import merged, moved
from bot.turn.ports import Stale


class Held:
    """Seat → its conversations, the current one last, each with the lane it was last held in."""

    def __init__(self) -> None:
        self._bodies: dict[str, tuple[int, int, str]] = {}  # version, touched, text
        self._seats: dict[str, dict[str, str]] = {}

    def current(self, seat: str) -> tuple[int, str] | None:
        """Version and text of the conversation that the seat is in."""
        held = self._seats.get(seat)
        if not held:
            return None
        version, _, body = self._bodies[next(reversed(held))]
        return version, body

    def all_of(self, seat: str) -> list[tuple[int, str]]:
        """Version and text of every conversation of the seat, the current one last."""
        return [(version, body) for version, _, body in (self._bodies[one] for one in self._seats.get(seat, {}))]

    def by_id(self, id_: str) -> tuple[int, str] | None:
        """Version and text of a conversation."""
        row = self._bodies.get(id_)
        return (row[0], row[2]) if row else None

    def save(self, seat: str, lane: str, conversation: Conversation, body: str, expected: int) -> int:
        """Compare and set; the conversation is then the seat's current one."""
        version = self._bodies.get(conversation.id, (0, 0, ""))[0]
        if version != expected:
            raise Stale(conversation.id)
        self._bodies[conversation.id] = (version + 1, conversation.touched, body)
        held = self._seats.setdefault(seat, {})
        held[conversation.id] = lane or held.pop(conversation.id, "")
        held[conversation.id] = held.pop(conversation.id)
        return version + 1

    def empty(self, conversation: Conversation, body: str) -> None:
        """Stores it in place of what is kept under its id, if anything is."""
        if row := self._bodies.get(conversation.id):
            self._bodies[conversation.id] = (row[0] + 1, conversation.touched, body)

    def forget(self, seat: str) -> int:
        """Erases what nobody else holds."""
        return self._erase(set(self._seats.pop(seat, {})) - {one for held in self._seats.values() for one in held})

    def purge(self, before: float) -> int:
        """Erases what was last touched before."""
        return self._erase({id_ for id_, (_, touched, _) in self._bodies.items() if touched < before})

    def move(self, old: str, new: str) -> None:
        """Re-keys seats and lanes. Who has loaded a conversation of such a seat before is too late to store it."""
        taken = {seat: self._seats.pop(seat) for seat in list(self._seats) if moved(seat, old, new) != seat}
        for one in {conversation for theirs in taken.values() for conversation in theirs}:
            version, touched, body = self._bodies[one]
            self._bodies[one] = version + 1, touched, body
        for seat, theirs in taken.items():
            target = moved(seat, old, new)
            mine = self._seats.pop(target, {})
            self._seats[target] = {one: (theirs | mine)[one] for one in merged(self._touched(mine), self._touched(theirs))}
        self._seats = {seat: {one: moved(lane, old, new) for one, lane in held.items()} for seat, held in self._seats.items()}

    def lanes(self) -> set[str]:
        """All lanes that a conversation is in."""
        return {lane for held in self._seats.values() for lane in held.values()}

    def lanes_of(self, seat: str) -> set[str]:
        """The lanes that a seat holds a conversation in."""
        return set(self._seats.get(seat, {}).values())

    def count(self) -> int:
        """How many conversations there are."""
        return len(self._bodies)

    def _touched(self, held: dict[str, str]) -> list[tuple[str, int]]:
        return [(one, self._bodies[one][1]) for one in held]

    def _erase(self, gone: set[str]) -> int:
        for one in gone:
            del self._bodies[one]
        self._seats = {seat: {one: lane for one, lane in held.items() if one not in gone} for seat, held in self._seats.items()}
        return len(gone)
