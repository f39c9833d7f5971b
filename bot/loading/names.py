"""Second pass: every id that is used somewhere must be there. Names are read first, so order does not matter."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.loading.nodes import Map
from bot.loading.report import Report, did_you_mean, listed
from bot.loading.shapes.kinds import mended_id
from bot.model.place import Place

_CHOOSING = ("choose one", "choose many")
# Kind of id → what is gone when there is none at all, the file it stands in, and the kinds that cannot be there without it.
_WHOLE_FILES = {
    "question": ("questions", "interview.yaml", ("question", "option", "go", "dialogue", "goal")),
    "type": ("types of partnership", "types.yaml", ("type",)),
    "dimension": ("the lines of the profile", "profile.yaml", ("dimension", "value")),
    "part": ("the parts of the definition", "definition.yaml", ("part",)),
}
# Unknown topics that are like no other are told of together from this number on; one is like another from this likeness on.
_SEVERAL, _MOST_LIKE = 3, 0.85
# Kind of id → (code, what it is called).
_KINDS = {
    "question": ("D201", "question"),
    "option": ("D202", "option"),
    "type": ("D203", "type"),
    "go": ("D204", "question"),
    "dialogue": ("D206", "dialogue"),
    "topic": ("D207", "quick answer"),
    "goal": ("D219", "name of a goal"),
    "dimension": ("D208", "dimension of the profile"),
    "value": ("D208", "value"),
    "part": ("D208", "part of the definition"),
}


GOALS = frozenset({"questions", "none", "danger", "harmless"})
"""What a goal can be about, besides the typed answers to a question."""


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
        if "more ways to ask" not in tree:
            self._add("topic", _keys(tree.get("topics")))
        for head, kind in (("types", "type"), ("contacts", "contact"), ("definition", "part")):
            self._add(kind, _keys(tree.get(head)))
        for dimension, values in _entries(tree.get("profile")):
            self._add("dimension", [dimension])
            self._add(f"value of {dimension}", _keys(values.get("values")))
        for question, keys in _entries(tree.get("questions")) if "dialogue" in tree else ():
            self._learn_question(str(tree["dialogue"]), question, keys)

    def _learn_question(self, dialogue: str, question: str, keys: Map) -> None:
        for id_ in (question, mended_id(question)):
            self._learn_answers(id_, keys)
            self._add("question", [id_])
            self._add(f"go in {dialogue}", [id_, "end"])

    def _learn_answers(self, question: str, keys: Map) -> None:
        for choosing in _CHOOSING:
            if choosing in keys:
                self.options.setdefault(question, set()).update(_keys(keys[choosing]))
        if not any(key in keys for key in (*_CHOOSING, "choose from", "write", "call")):
            # Most likely "choose one" is written wrongly: that is one finding, not one for each use of an option.
            for _, options in _entries(keys):
                self.options.setdefault(question, set()).update(_keys(options))
        if isinstance(keys.get("choose from"), str):
            self.borrowed[question] = str(keys["choose from"])
        if "write" in keys:
            self.written.add(question)

    def _add(self, kind: str, ids: Iterable[str]) -> None:
        self.known.setdefault(kind, set()).update(ids)

    def of(self, kind: str) -> set[str]:
        """All ids of a kind."""
        return self.known.get(kind, set()) if kind != "goal" else set(GOALS) | self.known.get("question", set())

    def options_of(self, question: str) -> set[str]:
        """The options of a question, or those it borrows from another."""
        return self.options.get(question) or self.options.get(self.borrowed.get(question, ""), set())


def _keys(node: object) -> list[str]:
    """The ids of a mapping. One that is written wrongly is named once, where it stands, and not wherever it is used rightly."""
    return [one for key in node for one in (key, mended_id(key))] if isinstance(node, Map) else []


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


def check_wants(wants: Iterable[Want], names: Names, report: Report, folder: str) -> None:
    """A finding for every id that is not there. Says nothing while a file could not be read: it may hold the id."""
    if not names.complete:
        return
    missing = _missing_files(wants, names, report, folder)
    gone = _gone_topics(wants, names, report)
    for want in wants:
        if want.kind in missing or (want.kind == "topic" and want.id in gone):
            continue
        if want.kind == "option":
            _check_option(want, names, report)
        else:
            known = names.of(f"{want.kind} of {want.within}" if want.kind == "value" else _scope(want))
            if want.id not in known:
                _report(want, known, report)


def _missing_files(wants: Iterable[Want], names: Names, report: Report, folder: str) -> set[str]:
    """D220: a whole file is gone. The kinds of ids that stood in it; each use of one would only be a consequence."""
    missing = set[str]()
    for kind, (what, file, consequences) in _WHOLE_FILES.items():
        if names.of(kind) or not any(want.kind in consequences for want in wants):
            continue
        missing.update(consequences)
        if kind != "question":  # load.py says so itself: without a dialogue there is nothing to begin with
            report.error("D220", folder, f"There is no file with {what}. Did you delete or rename {file}?")
    return missing


def _gone_topics(wants: Iterable[Want], names: Names, report: Report) -> set[str]:
    """D207, once: several quick answers are not there, and none like them. Most likely a file of them is gone."""
    known = names.of("topic")
    named = [want for want in wants if want.kind == "topic" and want.id not in known]
    gone = [one for one in dict.fromkeys(want.id for want in named) if not difflib.get_close_matches(one, known, n=1, cutoff=_MOST_LIKE)]
    if len(gone) < _SEVERAL:
        return set()
    uses = [want for want in named if want.id in gone]
    message = f"There are no quick answers {listed(gone)}, but they are named here and in {len(uses) - 1} more places."
    hint = " Did you delete or rename a file in answers/, or a quick answer?"
    report.add("D207", "error", uses[0].place, message + hint, uses[0].width)
    return set(gone)


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
    hint = did_you_mean(want.id, sorted(known))
    if want.kind == "option" and not hint and known:
        hint = f" Its options are {listed(sorted(known), 20)}."
    if want.kind == "goal" and not hint:
        hint = f" Write the id of a question, or one of {listed(sorted(GOALS))}."
    report.add(code, "error", want.place, f"{lead} {article} {called}{where}.{hint}", want.width)
