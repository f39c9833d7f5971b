"""Holds a file's tree against its shape, and says what does not fit in plain words with line and column."""

from contextlib import suppress
from typing import Any, NamedTuple

from bot.loading.nodes import Map, Seq, place_in, value_place
from bot.loading.report import Report, did_you_mean, listed
from bot.loading.shapes import SHAPES
from bot.loading.shapes.base import FURTHER_IN, Nested
from bot.loading.shapes.kinds import DROPPED, Misfit, Path, Slip


class Shaped(NamedTuple):
    """A file that fits its shape. `broken` are the paths of mappings that lost a part that did not fit; it is in the report."""

    file: str
    kind: str
    tree: Map
    shape: Any
    broken: tuple[Path, ...] = ()


def shaped(file: str, tree: Map, report: Report) -> Shaped | None:
    """The file's tree as its shape; None when nothing of it can be used."""
    kind = _kind_of(file, tree, report)
    if kind is None:
        return None
    slips: list[Slip] = []
    shape: object = None
    with suppress(Misfit):
        shape = Nested(SHAPES[kind]).read(tree, (), slips)
    broken = tuple(_followed(tree, slip.path)[:-1] for slip in slips)
    slips = _as_one(slips)
    for slip in slips:
        if slip.code != DROPPED:
            _report(file, tree, slip, report)
    _drop(tree, [slip.path for slip in slips if slip.code == DROPPED])
    return None if shape is None else Shaped(file, kind, tree, shape, broken)


def _as_one(slips: list[Slip]) -> list[Slip]:
    """A key that stands too far left is one slip: what it is missing from says nothing of its own, and the key says where it belongs."""
    missing = [slip.path for slip in slips if slip.code == "D102"]
    found, told = [], set[Path]()
    for slip in slips:
        outer = slip.path[:-1]
        inner = [path for path in missing if path[-1] == slip.path[-1] and len(path) > len(outer) + 1 and path[: len(outer)] == outer]
        if slip.code == "D103" and inner:
            told.add(inner[-1])
            slip = slip._replace(message=slip.message or FURTHER_IN.format(above=inner[-1][-2]))  # noqa: PLW2901
        found.append(slip)
    return [slip for slip in found if slip.code != "D102" or slip.path not in told]


def _drop(tree: Map, paths: list[Path]) -> None:
    """Takes the items that were left out of the tree as well, the last first, so that places are counted alike."""
    for path in reversed(paths):
        node: Any = tree
        for step in path[:-1]:
            node = node[step]
        last = path[-1]
        if isinstance(node, Seq) and isinstance(last, int):
            del node[last]
            del node.items_at[last]


def _kind_of(file: str, tree: Map, report: Report) -> str | None:
    kinds = [key for key in tree if key in SHAPES]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        place, width = place_in(file, tree, (kinds[1],))
        message = f'A file holds one kind of thing, but this one has both "{kinds[0]}" and "{kinds[1]}". Make two files.'
        report.add("D101", "error", place, message, width)
        return None
    near = next((hint for key in tree if key != "format" and (hint := did_you_mean(key, SHAPES))), "")
    message = f"The file does not say what it holds. It needs one of the keys {listed(SHAPES, 20)}.{near}"
    report.add("D101", "error", place_in(file, tree, ())[0], message)
    return None


def _report(file: str, tree: Map, slip: Slip, report: Report) -> None:
    """One finding for one slip."""
    path = slip.path
    if slip.code == "D102" and path == ("format",):
        report.error("D102", file, 'The file has no format. Write "format: 1" in its first line.')
    elif slip.code == "D102":
        place, width = place_in(file, tree, path[:-1])
        owner = f'"{path[-2]}"' if len(path) > 1 and isinstance(path[-2], str) else "This"
        report.add("D102", "error", place, f'{owner} needs the key "{path[-1]}".', width)
    elif slip.code == "D103":
        place, width = place_in(file, tree, path)
        report.add("D103", "error", place, f'"{path[-1]}" is not a key here.{_instead(slip)}', width)
    else:
        named = next((step for step in reversed(path) if isinstance(step, str)), "")
        place, width = (place_in if slip.at_key else value_place)(file, tree, _followed(tree, path))
        report.add(slip.code, "error", place, (f'"{named}": ' if named else "") + slip.message, width)


def _instead(slip: Slip) -> str:
    """What should stand in the place of a key that does not belong there."""
    if slip.message:
        return f" {slip.message}"
    if len(slip.known) == 1:
        return f' Did you mean "{slip.known[0]}"?'
    return did_you_mean(str(slip.path[-1]), slip.known) or f" The keys here are {listed(slip.known, 24)}."


def _followed(tree: Map, path: Path) -> Path:
    """The part of a path that is there in the file: a short form or a missing key has no step of its own."""
    node: object = tree
    real: list[str | int] = []
    for step in path:
        if (isinstance(node, Map) and step in node) or (isinstance(node, Seq) and isinstance(step, int) and step < len(node)):
            node = node[step]  # type: ignore[index]  # the check above pairs str with Map and int with Seq
            real.append(step)
        else:
            break
    return tuple(real)
