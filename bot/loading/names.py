"""Second pass: every id that is used somewhere must be there. Names are read first, so order does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.loading.nodes import Map
from bot.loading.report import Report, did_you_mean
from bot.model.place import Place

_CHOOSING = ("choose one", "choose many")
# Kind of id → (code, what it is called).
_KINDS = {
    "question": ("D201", "question"),
    "option": ("D202", "option"),
    "type": ("D203", "type"),
    "go": ("D204", "question"),
    "dialogue": ("D206", "dialogue"),
    "topic": ("D207", "topic"),
    "dimension": ("D208", "dimension of the profile"),
    "value": ("D208", "value"),
    "part": ("D208", "part of the definition"),
}


@dataclass(slots=True)
class Names:
    """Every id there is, read from the trees before anything is judged."""

    known: dict[str, set[str]] = field(default_factory=dict)
    options: dict[str, set[str]] = field(default_factory=dict)
    borrowed: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    complete: bool = True

    def learn(self, tree: Map) -> None:
        """Adds the ids of one file, whatever else may be wrong with it."""
        for head, kind in (("dialogue", "dialogue"), ("sheet", "sheet")):
            if isinstance(tree.get(head), str):
                self._add(kind, [str(tree[head])])
        for head, kind in (("types", "type"), ("topics", "topic"), ("contacts", "contact"), ("definition", "part")):
            self._add(kind, _keys(tree.get(head)))
        for dimension, values in _entries(tree.get("profile")):
            self._add("dimension", [dimension])
            self._add(f"value of {dimension}", _keys(values.get("values")))
        for question, keys in _entries(tree.get("questions")) if "dialogue" in tree else ():
            self._learn_question(str(tree["dialogue"]), question, keys)

    def _learn_question(self, dialogue: str, question: str, keys: Map) -> None:
        self._add("question", [question])
        self._add(f"go in {dialogue}", [question, "end"])
        for choosing in _CHOOSING:
            if choosing in keys:
                self.options.setdefault(question, set()).update(_keys(keys[choosing]))
        if isinstance(keys.get("choose from"), str):
            self.borrowed[question] = str(keys["choose from"])
        if "write" in keys:
            self.written.add(question)

    def _add(self, kind: str, ids: Iterable[str]) -> None:
        self.known.setdefault(kind, set()).update(ids)

    def of(self, kind: str) -> set[str]:
        """All ids of a kind."""
        return self.known.get(kind, set())

    def options_of(self, question: str) -> set[str]:
        """The options of a question, or those it borrows from another."""
        return self.options.get(question) or self.options.get(self.borrowed.get(question, ""), set())


def _keys(node: object) -> list[str]:
    return list(node) if isinstance(node, Map) else []


def _entries(node: object) -> list[tuple[str, Map]]:
    return [(key, value) for key, value in node.items() if isinstance(value, Map)] if isinstance(node, Map) else []


@dataclass(frozen=True, slots=True)
class Want:
    """An id used somewhere. `within` narrows it: the question of an option, the dialogue of a `go`."""

    kind: str
    id: str
    place: Place
    width: int
    within: str = ""
    said: str = ""


def check_wants(wants: Iterable[Want], names: Names, report: Report) -> None:
    """A finding for every id that is not there. Says nothing while a file could not be read: it may hold the id."""
    if not names.complete:
        return
    for want in wants:
        if want.kind == "option":
            _check_option(want, names, report)
        else:
            known = names.of(f"{want.kind} of {want.within}" if want.kind == "value" else _scope(want))
            if want.id not in known:
                _report(want, known, report)


def _scope(want: Want) -> str:
    return f"go in {want.within}" if want.kind == "go" else want.kind


def _check_option(want: Want, names: Names, report: Report) -> None:
    if want.within in names.written:
        message = f'"{want.within}" is answered in people\'s own words, which are only repeated back. A condition cannot ask about it.'
        report.add("D205", "error", want.place, message, want.width)
    elif want.within in names.of("question") and want.id not in names.options_of(want.within):
        _report(want, names.options_of(want.within), report)


def _report(want: Want, known: Iterable[str], report: Report) -> None:
    code, called = _KINDS[want.kind]
    where = f' of "{want.within}"' if want.kind in ("option", "value") else " here" if want.kind == "go" else ""
    lead = f"{want.said}, which is not" if want.said else f'"{want.id}" is not'
    article = "an" if called[0] in "aeiou" else "a"
    report.add(code, "error", want.place, f"{lead} {article} {called}{where}.{did_you_mean(want.id, sorted(known))}", want.width)
