"""Records in memory."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.storage.texts import body_of, completed, moved, to_text
from bot.turn.ports import Stale
from bot.turn.post import KEPT_KINDS, Record


class _Row(NamedTuple):
    record: Record
    text: str
    made: float
    touched: float


class Records:
    """Kind and id → the record with its stored text, and when it was made and changed."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], _Row] = {}

    def get(self, kind: str, id_: str) -> Record | None:
        """One record."""
        row = self._rows.get((kind, id_))
        return row.record._replace(body=body_of(row.text)) if row else None

    def all_of(self, kind: str, lane: str) -> list[Record]:
        """All of a kind, or those of a lane, the oldest first."""
        rows = [row for row in self._rows.values() if row.record.kind == kind and lane in ("", row.record.lane)]
        rows.sort(key=lambda row: (row.made, row.record.id))
        return [row.record._replace(body=body_of(row.text)) for row in rows]

    def lanes(self) -> set[str]:
        """The lanes that there is a record of."""
        return {row.record.lane for row in self._rows.values()} - {""}

    def check(self, changed: Sequence[Record]) -> None:
        """Raises Stale if one of them has another version by now."""
        versions = {key: row.record.version for key, row in self._rows.items()}
        for one in changed:
            version = versions.get((one.kind, one.id), 0)
            if version != one.version or (one.body is None and not version):
                raise Stale(f"{one.kind} {one.id}")
            versions[one.kind, one.id] = 0 if one.body is None else version + 1

    def put(self, changed: Sequence[Record], now: float) -> None:
        """Stores what was checked."""
        for one in changed:
            key = one.kind, one.id
            if one.body is None:
                del self._rows[key]
            else:
                made = self._rows[key].made if key in self._rows else now
                self._rows[key] = _Row(one._replace(version=one.version + 1), to_text(one.body), made, now)

    def forget(self, theirs: Callable[[str], bool]) -> None:
        """Erases those of seats that are theirs."""
        self._rows = {key: row for key, row in self._rows.items() if not theirs(row.record.seat)}

    def move(self, old: str, new: str) -> None:
        """Re-keys lanes and seats, and ids that are lanes, unless the new id is another's already: settings are then put together."""
        for (kind, id_), row in list(self._rows.items()):
            one, target = row.record, moved(id_, old, new)
            there = self._rows.get((kind, target)) if target != id_ else None
            if there is not None and kind in KEPT_KINDS:
                del self._rows[kind, id_]
                text = completed(there.text, row.text)
                self._rows[kind, target] = there._replace(record=there.record._replace(version=there.record.version + 1), text=text)
                continue
            new_id = id_ if there is not None else target
            record = one._replace(id=new_id, lane=moved(one.lane, old, new), seat=moved(one.seat, old, new))
            if record != one:
                del self._rows[kind, id_]
                self._rows[kind, new_id] = row._replace(record=record._replace(version=one.version + 1))

    def purge(self, before: float) -> None:
        """Erases those last changed before, but for the kinds that are kept."""
        self._rows = {key: row for key, row in self._rows.items() if row.touched >= before or row.record.kind in KEPT_KINDS}
