"""The rooms and their laws: who may import whom. An import that crosses a wall fails here, with the file that does it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "bot"

MAY_IMPORT = {
    "model": set(),
    "words": set(),
    "dialogue": {"model", "words"},
    "guidance": {"model"},
    "answers": {"model", "words"},
    "loading": {"model"},
    "checks": {"model", "dialogue"},
    "turn": {"model", "dialogue", "guidance", "answers"},
    "storage": {"model", "turn"},
    "telegram": {"model", "turn"},
    "sandbox": set(),
    "workbench": {"model", "loading", "checks", "dialogue", "guidance", "answers", "turn"},
    "commands": {"model", "turn", "storage", "telegram", "sandbox", "workbench", "app", "settings", "logs", "terminal", "cli"},
}
"""Room → the rooms it may import besides itself."""

OUTSIDE = {
    "transitions": {"dialogue/machine.py"},
    "yaml": {"loading/nodes.py"},
    "rapidfuzz": {"words/typos.py"},
    "sqlite3": {f"storage/sqlite_{part}.py" for part in ("file", "writer", "conversations", "post", "records", "upkeep")},
}
"""Library → the only files that may import it."""

JOINING = {"__init__.py", "__main__.py", "app.py", "cli.py", "logs.py", "settings.py", "shipped.py", "terminal.py"}
"""The files outside any room, which join the parts."""

FILES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """The full names of everything a file imports, wherever in the file it does."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_file_is_in_a_room(path: Path) -> None:
    """A file stands in a room with a law, or is one of the few that join the parts."""
    assert (path.parts[0] in MAY_IMPORT) if len(path.parts) > 1 else (path.name in JOINING)


@pytest.mark.parametrize("path", [path for path in FILES if len(path.parts) > 1], ids=str)
def test_a_room_keeps_its_law(path: Path) -> None:
    """A file imports only from its own room and from those its law names."""
    room = path.parts[0]
    allowed = MAY_IMPORT[room] | {room}
    if room == "workbench" and path.name == "starting.py":
        allowed |= {"shipped"}  # init copies the shipped dialogues
    used = {name.split(".")[1] for name in imports_of(path) if name.startswith("bot.")}
    assert used <= allowed


@pytest.mark.parametrize(("library", "files"), OUTSIDE.items())
def test_a_library_has_one_importer(library: str, files: set[str]) -> None:
    """What a library is hidden behind stays hidden: only the files named import it."""
    users = {path.as_posix() for path in FILES if any(name.split(".")[0] == library for name in imports_of(path))}
    assert users == files


@pytest.mark.parametrize("library", ["telegram", "aiohttp", "yarl"])
def test_telegram_and_the_web_stay_in_their_rooms(library: str) -> None:
    """Only the telegram room and the sandbox know the library of Telegram and HTTP."""
    users = {path.parts[0] for path in FILES if any(name.split(".")[0] == library for name in imports_of(path))}
    assert users <= {"telegram", "sandbox"}


def test_every_room_says_its_law() -> None:
    """The docstring of a room is its law."""
    for room in MAY_IMPORT:
        doc = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8")))
        assert doc is not None, room
        assert len(doc) > 80, room


def test_files_stay_small() -> None:
    """No file is much over 250 lines: a crowded room is redesigned."""
    long = {str(path): lines for path in FILES if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > 260}
    assert long == {}
