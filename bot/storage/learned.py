"""What was learned, in files of this computer's cache folder, so that it is learned once. Any may be missing, damaged or deleted."""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from bot.model.memory import Plain

FOLDER = "partnership-bot"
MOST = 45
"""So many files are kept, the newest: those of about three revisions of the dialogues."""
HEADER = "partnership-bot learned 1"
_ENDING = ".json"


class LearnedFiles:
    """A memory in a folder. `made_by` are the files of the program that decide what is learned: another version learns anew."""

    def __init__(self, folder: Path, made_by: Iterable[Path] = ()) -> None:
        self.folder = folder
        self._made_by = tuple(made_by)

    @cached_property
    def _version(self) -> str:
        """A short hash of the program and of the machine. Raises OSError if the program cannot be read."""
        said = hashlib.blake2b(f"{HEADER} {sys.version} {sys.byteorder}".encode(), digest_size=12)
        for path in self._made_by:
            said.update(path.name.encode() + b"\0" + path.read_bytes())
        return said.hexdigest()

    def _path(self, name: str) -> Path:
        kind = name.partition("-")[0]
        return self.folder / f"{kind}-{hashlib.blake2b(f'{name} {self._version}'.encode(), digest_size=12).hexdigest()}{_ENDING}"

    def _header(self, name: str, body: bytes) -> bytes:
        """The first line of a file: what is in it, and a checksum."""
        said = {"is": HEADER, "name": name, "version": self._version, "sum": hashlib.blake2b(body, digest_size=12).hexdigest()}
        return json.dumps(said).encode()

    def recall(self, name: str) -> Plain | None:
        """What is in the file; None if there is none, or if it is not exactly what was written."""
        try:
            header, _, body = self._path(name).read_bytes().partition(b"\n")
            plain = json.loads(body) if header == self._header(name, body) else None
        except (OSError, ValueError, RecursionError):
            return None
        return plain if isinstance(plain, dict) else None

    def remember(self, name: str, plain: Plain) -> None:
        """Writes the file, whole or not at all; never mind if it cannot be written."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            body = json.dumps(plain, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
            self._write(self._path(name), self._header(name, body) + b"\n" + body)
            self._tidy()

    def _write(self, path: Path, content: bytes) -> None:
        handle, written = tempfile.mkstemp(prefix="writing-", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(written).replace(path)
        except OSError:
            Path(written).unlink(missing_ok=True)
            raise

    def _tidy(self) -> None:
        """Deletes what is too many: the oldest, and what was left behind half-written."""
        mine = [path for path in self.folder.iterdir() if path.suffix == _ENDING or path.name.startswith("writing-")]
        newest = sorted(((path.stat().st_mtime, path) for path in mine), reverse=True)
        for _, path in newest[MOST:]:
            path.unlink(missing_ok=True)


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """The folder for what may be deleted at any time, as this computer has it; None if there is no home."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if (given := environment.get(name, "")) and Path(given).is_absolute():
            return Path(given) / FOLDER
    try:
        return Path.home() / ".cache" / FOLDER
    except RuntimeError:
        return None
