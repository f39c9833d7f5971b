"""Reads a condition as authors write it: a mapping over closed answers. Never code."""

from dataclasses import dataclass, field

from bot.loading.names import Want
from bot.loading.nodes import Map, Seq, place_in, value_place
from bot.loading.report import Report, did_you_mean, listed
from bot.model.condition import ALWAYS, AllOf, AnyOf, Close, Condition, Count, Either, Every, Known, NoneOf, Not, OnlyOf

Path = tuple[str | int, ...]

_ONLY_KEYS = ("any", "all", "none", "only", "at least", "at most", "among", "answered")


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads the conditions of one file. What is wrong with one is a finding, and then it never holds."""

    file: str
    tree: Map
    report: Report
    wants: list[Want] = field(default_factory=list)

    def read(self, path: Path) -> Condition:
        """The condition at this path; one that is not written holds always."""
        node = self._at(path)
        return ALWAYS if node is None else self._mapping(node, path)

    def _at(self, path: Path) -> object:
        node: object = self.tree
        for step in path:
            if isinstance(node, Map):
                node = node.get(str(step))
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def _mapping(self, node: object, path: Path) -> Condition:
        if not isinstance(node, Map) or not node:
            return self._wrong(path, "A condition is written as question: option, such as {working: one_team}.")
        parts = tuple(self._part(key, value, (*path, key)) for key, value in node.items())
        return parts[0] if len(parts) == 1 else Every(parts)

    def _part(self, key: str, value: object, path: Path) -> Condition:
        match key:
            case "any of" | "all of":
                if not isinstance(value, Seq) or not value:
                    return self._wrong(path, f'"{key}" needs a list of conditions below it, each with a dash.')
                parts = tuple(self._mapping(item, (*path, number)) for number, item in enumerate(value))
                return Either(parts) if key == "any of" else Every(parts)
            case "not":
                return Not(self._mapping(value, path))
            case "close":
                return Close(frozenset(self._ids(value, path, "type")))
            case _ if value == "":
                place, width = place_in(self.file, self.tree, path)
                message = f'"{key}" stands here alone. Write several answers in brackets, such as {{span: [one_off, open_ended]}}.'
                self.report.add("D120", "error", place, message, width)
                return NEVER
            case _:
                return self._about(key, value, path)

    def _about(self, question: str, value: object, path: Path) -> Condition:
        self.wants.append(Want("question", question, *place_in(self.file, self.tree, path)))
        if not isinstance(value, Map):
            return AnyOf(question, frozenset(self._ids(value, path, "option", question)))
        unknown = [key for key in value if key not in _ONLY_KEYS]
        if unknown or not value:
            name = unknown[0] if unknown else ""
            hint = did_you_mean(name, _ONLY_KEYS) or f" Here can stand {listed(_ONLY_KEYS)}."
            place, width = place_in(self.file, self.tree, (*path, name) if name else path)
            self.report.add("D120", "error", place, f'"{name}" is not known in a condition.{hint}', width)
            return NEVER
        parts = [self._test(question, key, value[key], (*path, key)) for key in value if key not in ("at least", "at most", "among")]
        if "at least" in value or "at most" in value:
            parts.append(self._count(question, value, path))
        elif "among" in value:
            return self._wrong((*path, "among"), '"among" goes with "at least" or "at most".')
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _test(self, question: str, key: str, value: object, path: Path) -> Condition:
        if key == "answered":
            if value not in ("yes", "no"):
                return self._wrong(path, '"answered" is yes or no.')
            return Known(question, value == "yes")
        options = frozenset(self._ids(value, path, "option", question))
        kinds: dict[str, type[AnyOf | AllOf | NoneOf | OnlyOf]] = {"any": AnyOf, "all": AllOf, "none": NoneOf, "only": OnlyOf}
        return kinds[key](question, options)

    def _count(self, question: str, value: Map, path: Path) -> Condition:
        bounds = []
        for key, otherwise in (("at least", 0), ("at most", 1_000)):
            written = value.get(key, str(otherwise))
            if not isinstance(written, str) or not written.isascii() or not written.isdigit() or len(written) > 4:
                return self._wrong((*path, key), f'"{key}" needs a whole number, such as 3.')
            bounds.append(int(written))
        among = frozenset(self._ids(value["among"], (*path, "among"), "option", question)) if "among" in value else frozenset()
        return Count(question, bounds[0], bounds[1], among)

    def _ids(self, value: object, path: Path, kind: str, within: str = "") -> list[str]:
        ids = value if isinstance(value, Seq) else [value]
        if ids and all(isinstance(one, str) and one for one in ids):
            for number, one in enumerate(ids):
                spot = value_place(self.file, self.tree, (*path, number) if isinstance(value, Seq) else path)
                self.wants.append(Want(kind, str(one), *spot, within))
            return [str(one) for one in ids]
        self._wrong(path, "An option's id is expected here, or a list of them in [square brackets].")
        return []

    def _wrong(self, path: Path, message: str) -> Condition:
        place, width = value_place(self.file, self.tree, path)
        self.report.add("D120", "error", place, message, width)
        return NEVER


NEVER = Not(ALWAYS)
"""The condition that never holds: what a broken one is read as."""
