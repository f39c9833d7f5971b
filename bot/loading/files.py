"""The one reader of the dialogues folder: names and bytes, nothing else."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.loading.report import Report
from bot.model.finding import has_errors
from bot.model.limits import FILE_BYTES, FOLDER_FILES
from bot.model.place import Place

ENDINGS = (".yaml", ".yml")
_NOTES = (".md", ".json")
_MOST_OTHERS = 10


@dataclass(frozen=True, slots=True)
class Folder:
    """The YAML files of a dialogues folder: path, as the coordinator gave it → what it holds, as bytes."""

    shown: str
    texts: dict[str, bytes]

    @property
    def revision(self) -> str:
        """A short hash of every name and byte: the same texts always have the same revision, wherever the folder stands."""
        digest = hashlib.sha256()
        for name, text in sorted((self._inside(name), text) for name, text in self.texts.items()):
            digest.update(f"{name}\0{len(text)}\0".encode())
            digest.update(text)
        return digest.hexdigest()[:12]

    def without(self, below: str) -> "Folder":
        """The same, without the files of the folders of this name in it."""
        return Folder(self.shown, {name: text for name, text in self.texts.items() if below not in self._inside(name).parts[:-1]})

    def _inside(self, name: str) -> PurePosixPath:
        return PurePosixPath(name).relative_to(self.shown)


def read_folder(folder: Path, report: Report) -> Folder:
    """Every `.yaml` file below the folder. What cannot be read, or lies outside through a link, is a finding."""
    shown = folder.as_posix()
    if not folder.is_dir():
        report.error("D001", str(folder), f'There is no folder "{folder}". Make one with: partnership-bot init {folder}')
        return Folder(shown, {})
    root = folder.resolve()
    names = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    if len(names) > FOLDER_FILES:
        report.error("D002", shown, f"There are {len(names)} files here; {FOLDER_FILES} is the most. Is this the right folder?")
        return Folder(shown, {})
    _not_read(folder, report)
    texts: dict[str, bytes] = {}
    for path in names:
        name = path.as_posix()
        if not path.resolve().is_relative_to(root):
            report.error("D003", name, "This is a link to a file outside the folder. Copy the file here instead.")
        else:
            _read(path, name, texts, report)
    if not texts and not has_errors(report.findings):
        report.error("D004", shown, "There are no .yaml files in this folder.")
    return Folder(shown, texts)


def _not_read(folder: Path, report: Report) -> None:
    """D007: a file whose name ends in another way, so that nothing in it is ever said."""
    told = 0
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "_")) for part in inside.parts)
        if hidden or path.suffix.lower() in (*ENDINGS, *_NOTES) or not path.is_file():
            continue
        if (told := told + 1) > _MOST_OTHERS:
            return
        lead, dot, _ = path.name.partition(".yaml")
        mend = f'Call it "{lead}.yaml", or take it away.' if dot else "Take it out of the folder."
        place = Place(path.as_posix())
        report.add("D007", "warning", place, f"The bot does not read this file, because its name does not end in .yaml. {mend}")


def _read(path: Path, name: str, texts: dict[str, bytes], report: Report) -> None:
    try:
        with path.open("rb") as stream:
            content = stream.read(FILE_BYTES + 1)
    except OSError as slip:
        report.error("D005", name, f"The file cannot be read: {slip.strerror or slip}.")
        return
    if len(content) > FILE_BYTES:
        report.error("D006", name, f"The file is larger than {FILE_BYTES // 1024} KB, which is the most. Split it in two.")
        return
    texts[name] = content
