"""A file of answers, YAML or JSON, read into mappings. What cannot be read is said in plain words."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.loading.guard import text_of
from bot.loading.nodes import Map, Seq, tree_or_list
from bot.loading.report import Report
from bot.model.limits import FILE_BYTES
from bot.workbench.given import WrongAnswers

MOST_MAPPINGS = 50_000
EXAMPLE = '{"partners": ["police"], "working": "swap_news"}'


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What stands in a file: `entries` should be mappings; `listed` is true if they stood in a list."""

    entries: list[Any]
    listed: bool


def read_answers(path: Path) -> AnswersFile:
    """What a YAML or JSON file holds. Raises WrongAnswers if it cannot be read."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= FILE_BYTES else b""
    except OSError as slip:
        raise WrongAnswers([f"{path}: cannot be read ({slip.strerror or type(slip).__name__})."]) from None
    if size > FILE_BYTES:
        raise WrongAnswers([f"{path}: the file is larger than {FILE_BYTES // 1024} KB."])
    plain = _from_json(path, content) if path.suffix.lower() == ".json" else _from_yaml(path, content)
    return AnswersFile(plain, True) if isinstance(plain, list) else AnswersFile([plain], False)


class _Repeated(Exception):
    """The same key twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Repeated(key)
        found[key] = value
    return found


def _from_json(path: Path, content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
        if text.strip():
            return json.loads(text, object_pairs_hook=_once)
    except _Repeated as twice:
        raise WrongAnswers([f'{path}: "{twice}" stands here twice. Keep one of the two.']) from None
    except UnicodeDecodeError:
        raise WrongAnswers([f"{path}: the file is not saved as UTF-8. In your editor choose “Save as … UTF-8”."]) from None
    except (ValueError, RecursionError) as slip:
        raise WrongAnswers([f"{path}: this is not JSON: {slip}."]) from None
    raise WrongAnswers([f"{path}: the file is empty. Write answers in it, such as {EXAMPLE}"])


def _from_yaml(path: Path, content: bytes) -> Any:
    report = Report()
    text = text_of(str(path), content, report)
    tree = None if text is None else tree_or_list(str(path), text, report, list_length=MOST_MAPPINGS)
    if tree is None or report.findings:
        raise WrongAnswers(str(one) for one in report.findings)
    return _plain(tree)


def _plain(node: object) -> Any:
    if isinstance(node, Map):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [_plain(value) for value in node]
    return None if node in ("null", "~", "") else str(node)
