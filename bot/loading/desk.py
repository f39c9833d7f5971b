"""What a translator has on its desk: one file that fits its shape, where things stand in it, and the lists it fills."""

from dataclasses import dataclass, field

from bot.loading.conditions import ConditionReader
from bot.loading.names import Want
from bot.loading.nodes import Seq, place_in, value_place
from bot.loading.report import Report
from bot.loading.shaping import Shaped
from bot.model.condition import Condition
from bot.model.place import Place

INDENT = 2
Step = str | int


@dataclass(slots=True)
class Desk:
    """One file being translated."""

    shaped: Shaped
    report: Report
    wants: list[Want]
    reader: ConditionReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = ConditionReader(self.shaped.file, self.shaped.tree, self.report, self.wants)

    def place(self, *path: Step) -> Place:
        """Where the thing at this path stands."""
        return place_in(self.shaped.file, self.shaped.tree, path)[0]

    def spots(self, *path: Step) -> tuple[tuple[int, int], ...]:
        """Line and column of each item of the list at this path, or of the one text there."""
        node: object = self.shaped.tree
        for step in path:
            node = node[step]  # type: ignore[index]  # the path was read from this tree
        if isinstance(node, Seq):
            return tuple(node.items_at)
        place = value_place(self.shaped.file, self.shaped.tree, path)[0]
        lines = str(node).splitlines() if "\n" in str(node) else []
        if lines:  # they begin on the line below their |, further in than its key
            inside = place_in(self.shaped.file, self.shaped.tree, path)[0].column + INDENT
            return tuple((place.line + number, inside) for number, line in enumerate(lines, 1) if line.strip())
        return ((place.line, place.column),)

    def condition(self, *path: Step) -> Condition:
        """The condition written at this path."""
        return self.reader.read(path)

    def want(self, kind: str, id_: str, *path: Step, within: str = "", said: str = "") -> None:
        """Notes that this id is used at this path and must be there."""
        place, width = value_place(self.shaped.file, self.shaped.tree, path)
        self.wants.append(Want(kind, id_, place, width, within, said))

    def want_key(self, kind: str, id_: str, *path: Step, within: str = "") -> None:
        """Like `want`, for an id that is itself a key."""
        place, width = place_in(self.shaped.file, self.shaped.tree, path)
        self.wants.append(Want(kind, id_, place, width, within))

    def error(self, code: str, message: str, *path: Step) -> None:
        """A finding at the thing at this path; none where a part is missing already, for it would only be a consequence."""
        if any(broken and path[: len(broken)] == broken for broken in self.shaped.broken):
            return
        place, width = place_in(self.shaped.file, self.shaped.tree, path)
        self.report.add(code, "error", place, message, width)
