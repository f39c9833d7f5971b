"""Holds a file's tree against its shape, and says what does not fit in plain words with line and column."""

from typing import Any, NamedTuple

from pydantic import ValidationError

from bot.loading.nodes import Map, Seq, place_in, value_place
from bot.loading.report import Report, did_you_mean, listed
from bot.loading.shapes import SHAPES, Shape

ROUNDS = 12
"""How often what does not fit is taken out before the file is given up; each round goes one level up."""

Path = tuple[str | int, ...]

# pydantic's kind of error → our code. A message None means pydantic carries our own words already.
_CODES: dict[str, tuple[str, str | None]] = {
    "text": ("D104", None),
    "empty": ("D105", None),
    "number": ("D106", None),
    "yes_no": ("D107", None),
    "id": ("D108", None),
    "newer": ("D109", None),
    "list": ("D104", None),
    "dict_type": ("D104", "More keys are expected below this, each on a line of its own, further in."),
    "model_type": ("D104", "More keys are expected below this, each on a line of its own, further in."),
    "list_type": ("D104", "A list is expected here: each item on a line of its own, with a dash."),
    "string_type": ("D104", "A text is expected here, but a list or more keys stand below it."),
    "too_short": ("D105", "There is too little here. Add at least one more."),
    "too_long": ("D105", "There is too much here. Take one away."),
    "string_pattern_mismatch": ("D106", "This is not written as it should be."),
}
_PATTERNS = {
    "points": "Points are a whole number, such as 3 or -2.",
    "checked on": "Write the day as year-month-day, such as 2026-11-23, or never.",
}


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
    shape = SHAPES[kind]
    broken: list[Path] = []
    for _ in range(ROUNDS):
        try:
            return Shaped(file, kind, tree, shape.model_validate(tree), tuple(broken))
        except ValidationError as slip:
            errors = slip.errors(include_url=False)
            if not broken:
                _report_all(file, tree, shape, errors, report)
            paths = [_followed(tree, error["loc"]) for error in errors]
            broken += [path[:-1] for path in paths]
            if not _prune(tree, paths):
                return None
    return None


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


def _report_all(file: str, tree: Map, shape: type[Shape], errors: Any, report: Report) -> None:
    missing_format = "format" not in tree
    for error in errors:
        path: Path = error["loc"]
        kind: str = error["type"]
        if kind == "missing" and path == ("format",) and missing_format:
            report.error("D102", file, 'The file has no format. Write "format: 1" in its first line.')
        elif kind == "missing":
            _report_missing(file, tree, path, report)
        elif kind == "extra_forbidden":
            place, width = place_in(file, tree, path)
            known = _keys_of(shape, path[:-1])
            hint = did_you_mean(str(path[-1]), known) or f" The keys here are {listed(known, 24)}."
            report.add("D103", "error", place, f'"{path[-1]}" is not a key here.{hint}', width)
        else:
            _report_misfit(file, tree, path, error, report)


def _report_missing(file: str, tree: Map, path: Path, report: Report) -> None:
    place, width = place_in(file, tree, path[:-1])
    owner = f'"{path[-2]}"' if len(path) > 1 and isinstance(path[-2], str) else "This"
    report.add("D102", "error", place, f'{owner} needs the key "{path[-1]}".', width)


def _report_misfit(file: str, tree: Map, path: Path, error: Any, report: Report) -> None:
    code, words = _CODES.get(error["type"], ("D110", None))
    named = next((step for step in reversed(path) if isinstance(step, str) and step != "[key]"), "")
    if error["type"] == "string_pattern_mismatch":
        words = next((text for key, text in _PATTERNS.items() if key in path), words)
    is_key = bool(path) and path[-1] == "[key]"
    place, width = (place_in if is_key else value_place)(file, tree, _followed(tree, path))
    about = f'"{named}": ' if named else ""
    report.add(code, "error", place, about + (words or str(error["msg"])), width)


def _followed(tree: Map, path: Path) -> Path:
    """The part of pydantic's path that is there in the file (it adds steps of its own, such as "[key]")."""
    node: object = tree
    real: list[str | int] = []
    for step in path:
        if (isinstance(node, Map) and step in node) or (isinstance(node, Seq) and isinstance(step, int) and step < len(node)):
            node = node[step]  # type: ignore[index]  # the check above pairs str with Map and int with Seq
            real.append(step)
        elif step == "[key]" or not isinstance(node, (Map, Seq)):
            break
    return tuple(real)


def _prune(tree: Map, paths: list[Path]) -> bool:
    """Takes out what does not fit, deepest and last first. False if that would be the whole file."""
    if any(not path for path in paths):
        return False
    for path in sorted(set(paths), key=lambda one: (len(one), [str(step).zfill(6) for step in one]), reverse=True):
        node: Any = tree
        for step in path[:-1]:
            node = _step(node, step)
            if node is None:
                break
        if isinstance(node, Map):
            node.pop(str(path[-1]), None)
        elif isinstance(node, Seq) and isinstance(path[-1], int) and path[-1] < len(node):
            del node[path[-1]]
            del node.items_at[path[-1]]
    return True


def _keys_of(shape: type[Shape], path: Path) -> list[str]:
    """The keys allowed at a path of a shape, found by walking its JSON Schema."""
    schema = shape.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})

    def entered(node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node or "anyOf" in node:
            if "$ref" in node:
                node = definitions[node["$ref"].rsplit("/", 1)[1]]
            else:
                node = next((one for one in node["anyOf"] if one.get("type") != "null"), {})
        return node

    node = schema
    for step in path:
        node = entered(node)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            named = node.get("properties", {}).get(step)
            node = named or node.get("additionalProperties") or next(iter(node.get("patternProperties", {}).values()), {})
        if not isinstance(node, dict):
            return []
    return list(entered(node).get("properties", {}))


def _step(node: Any, step: str | int) -> Any:
    """What stands one step further down, or None."""
    if isinstance(node, Map):
        return node.get(str(step))
    return node[step] if isinstance(node, Seq) and isinstance(step, int) and step < len(node) else None
