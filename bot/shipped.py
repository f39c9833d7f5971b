"""Where the dialogues are: those of the setting, else ./dialogues, else the ones that came with the program."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IN_THE_WHEEL = _HERE / "shipped_dialogues"
_IN_THE_SOURCES = _HERE.parent / "dialogues"


def shipped_dialogues() -> Path:
    """The folder of the dialogues that came with the program."""
    return _IN_THE_WHEEL if _IN_THE_WHEEL.is_dir() else _IN_THE_SOURCES


def chosen_dialogues(setting: Path | None) -> tuple[Path, str]:
    """The folder to use, and in words why it is that one."""
    if setting is not None:
        return setting, "DIALOGUES_DIR"
    here = Path("dialogues")
    if here.is_dir():
        return here, "./dialogues"
    return shipped_dialogues(), "the dialogues that came with the program"
