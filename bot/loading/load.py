"""A dialogues folder in, a book or findings out. All or nothing."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.loading.desk import Desk
from bot.loading.files import Folder, read_folder
from bot.loading.guard import text_of
from bot.loading.holes import check_holes
from bot.loading.names import Names, Want, check_wants
from bot.loading.nodes import tree_of
from bot.loading.report import Report
from bot.loading.shaping import Shaped, shaped
from bot.loading.translate_answers import contacts_of, more_ways_of, safeguarding_of, tests_of, themes_of, topics_of
from bot.loading.translate_dialogue import dialogue_of, phrases_of, words_of
from bot.loading.translate_guidance import dimensions_of, parts_of, reasons_of, sheet_of, types_of
from bot.loading.translate_sayings import sayings_of
from bot.model.book import Book
from bot.model.finding import Finding, has_errors
from bot.model.guide import Guide
from bot.model.place import Place
from bot.model.topic import Asked, Topic


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: a book (None when there is an error), and all findings, warnings among them."""

    book: Book | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Gathered:
    """What the files have given so far."""

    dialogues: dict[str, Any] = field(default_factory=dict)
    guide: dict[str, Any] = field(default_factory=lambda: {"sheets": ()})
    rest: dict[str, Any] = field(
        default_factory=lambda: {"topics": (), "not_ours": (), "sayings": {}, "tests": (), "phrases": {}, "commands": {}}
    )
    start: list[tuple[str, Place]] = field(default_factory=list)
    more_ways: list[tuple[str, Asked]] = field(default_factory=list)
    firsts: dict[tuple[str, str], Place] = field(default_factory=dict)


def load(folder: Path) -> Loaded:
    """Loads a dialogues folder. Never raises for what is in it."""
    report = Report()
    return load_texts(read_folder(folder, report), report)


def load_texts(folder: Folder, report: Report | None = None) -> Loaded:
    """Loads a folder that has been read already, from memory."""
    report = report or Report()
    names, wants, gathered = Names(complete=not has_errors(report.findings)), list[Want](), _Gathered()
    for file in _shaped_files(folder, names, report):
        desk = Desk(file, report, wants)
        _no_repeats(desk, gathered, report)
        _gather(desk, gathered)
    check_wants(wants, names, report, folder.shown)
    _check_start(folder, gathered, names, report)
    findings = report.findings
    if has_errors(findings):
        return Loaded(None, findings)
    guide = Guide(**gathered.guide)
    gathered.rest["topics"] = tuple(_with_more_ways(topic, gathered.more_ways) for topic in gathered.rest["topics"])
    book = Book(folder.revision, gathered.dialogues, guide, start=gathered.start[0][0], folder=folder.shown, **gathered.rest)
    return Loaded(book, findings)


def _shaped_files(folder: Folder, names: Names, report: Report) -> list[Shaped]:
    trees = []
    for file, content in sorted(folder.texts.items()):
        text = text_of(file, content, report)
        tree = None if text is None else tree_of(file, text, report)
        if tree is None:
            names.complete = False
        else:
            names.learn(tree)
            trees.append((file, tree, text or ""))
    files = []
    for file, tree, text in trees:
        check_holes(file, tree, text, names.of("contact"), report)
        fits = shaped(file, tree, report)
        if fits is None:
            names.complete = False
        else:
            files.append(fits)
    return files


def _no_repeats(desk: Desk, gathered: _Gathered, report: Report) -> None:
    """An id stands once in the whole folder: answers are kept by question id, sheets and topics are found by theirs."""
    for kind, id_, path in _ids_of(desk):
        place = desk.place(*path)
        first = gathered.firsts.setdefault((kind, id_), place)
        if first != place:
            message = f'The {kind} "{id_}" is also in {first.file}, line {first.line}. Give one of them another id.'
            report.add("D209", "error", place, message, len(id_))


def _ids_of(desk: Desk) -> list[tuple[str, str, tuple[str, ...]]]:
    shape, kind = desk.shaped.shape, desk.shaped.kind
    match kind:
        case "dialogue":
            return [("dialogue", shape.dialogue, ("dialogue",))] + [("question", one, ("questions", one)) for one in shape.questions]
        case "sheet":
            return [("sheet", shape.sheet, ("sheet",))]
        case "sayings":
            return [("list of sayings for", shape.sayings, ("sayings",))]
        case "answers":
            return [("topic", one, ("topics", one)) for one in shape.topics]
        case "more ways to ask":
            return []
        case "not ours":
            return [("theme", one, ("themes", one)) for one in shape.themes]
        case "tests":
            return []
        case _:
            return [("list of", kind, (kind,))]


def _with_more_ways(topic: Topic, more_ways: list[tuple[str, Asked]]) -> Topic:
    more = tuple(asked for name, asked in more_ways if name == topic.id)
    return replace(topic, more_asked=more) if more else topic


def _gather(desk: Desk, to: _Gathered) -> None:
    """Puts what a file holds where it belongs. One arm for each kind of file."""
    match desk.shaped.kind:
        case "types" | "profile" | "definition" | "reasons" | "sheet" as kind:
            _gather_guide(kind, desk, to.guide)
        case "dialogue":
            dialogue = dialogue_of(desk)
            to.dialogues[dialogue.id] = dialogue
            if desk.shaped.shape.start:
                to.start.append((dialogue.id, desk.place("start")))
        case "sayings":
            sayings = sayings_of(desk)
            to.rest["sayings"] |= dict.fromkeys(sayings.questions, sayings)
        case "answers" | "more ways to ask" | "not ours" as kind:
            _gather_answers(kind, desk, to)
        case "phrases":
            to.rest["phrases"], to.rest["commands"] = phrases_of(desk)
            to.rest["phrases_place"] = desk.place("phrases")
        case "contacts":
            to.rest["contacts"] = contacts_of(desk)
        case "safeguarding":
            to.rest["safeguarding"] = safeguarding_of(desk)
        case "synonyms":
            to.rest["words"] = words_of(desk)
        case "tests":
            to.rest["tests"] += (tests_of(desk),)


def _gather_answers(kind: str, desk: Desk, to: _Gathered) -> None:
    match kind:
        case "answers":
            to.rest["topics"] += topics_of(desk)
        case "more ways to ask":
            to.more_ways += more_ways_of(desk)
        case "not ours":
            to.rest["not_ours"] += themes_of(desk)


def _gather_guide(kind: str, desk: Desk, guide: dict[str, Any]) -> None:
    match kind:
        case "types":
            guide["types"] = types_of(desk)
        case "reasons":
            guide |= reasons_of(desk)
        case "profile":
            guide["dimensions"] = dimensions_of(desk)
        case "definition":
            guide["parts"] = parts_of(desk)
        case "sheet":
            guide["sheets"] += (sheet_of(desk),)


def _check_start(folder: Folder, gathered: _Gathered, names: Names, report: Report) -> None:
    if len(gathered.start) > 1:
        (first, where), (second, place) = gathered.start[:2]
        message = f'Both "{first}" ({where.file}) and "{second}" say "start: yes". Only one dialogue can be the start.'
        report.add("D214", "error", place, message, 5)
    elif not gathered.start and len(gathered.dialogues) == 1:
        only = next(iter(gathered.dialogues.values()))
        gathered.start.append((only.id, only.place))
    elif not gathered.start and names.complete:
        if gathered.dialogues:
            report.error("D214", folder.shown, 'No dialogue says "start: yes". One of them must be the one that /start begins with.')
        elif not has_errors(report.findings):
            report.error("D214", folder.shown, "There is no file with questions. Did you delete or rename interview.yaml?")
