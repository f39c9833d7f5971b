"""Records in memory."""

from collections.abc import Sequence

from bot.storage.texts import body_of, moved, to_text
from bot.turn.ports import Stale
from bot.turn.post import KEPT_KINDS, Record


class Records:
    """Kind and id → the record with its stored text and when it was changed, the oldest first."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], tuple[Record, str, float]] = {}

    def get(self, kind: str, id_: str) -> Record | None:
        """One record."""
        row = self._rows.get((kind, id_))
        return row[0]._replace(body=body_of(row[1])) if row else None

    def all_of(self, kind: str, lane: str) -> list[Record]:
        """All of a kind, or those of a lane."""
        rows = [row for row in self._rows.values() if row[0].kind == kind and lane in ("", row[0].lane)]
        return [one._replace(body=body_of(text)) for one, text, _ in rows]

    def check(self, changed: Sequence[Record]) -> None:
        """Raises Stale if one of them has another version by now."""
        for one in changed:
            row = self._rows.get((one.kind, one.id))
            if (row[0].version if row else 0) != one.version or (one.body is None and row is None):
                raise Stale(f"{one.kind} {one.id}")

    def put(self, changed: Sequence[Record], now: float) -> None:
        """Stores what was checked."""
        for one in changed:
            if one.body is None:
                del self._rows[one.kind, one.id]
            else:
                self._rows[one.kind, one.id] = (one._replace(version=one.version + 1), to_text(one.body), now)

    def forget(self, seat: str) -> None:
        """Erases those of a seat."""
        self._rows = {key: row for key, row in self._rows.items() if row[0].seat != seat}

    def move(self, old: str, new: str) -> None:
        """Re-keys lanes and seats."""
        for key, (one, text, touched) in self._rows.items():
            self._rows[key] = (one._replace(lane=moved(one.lane, old, new), seat=moved(one.seat, old, new)), text, touched)

    def purge(self, before: float) -> None:
        """Erases those last changed before, but for the kinds that are kept."""
        self._rows = {key: row for key, row in self._rows.items() if row[2] >= before or row[0].kind in KEPT_KINDS}
