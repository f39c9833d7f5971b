"""`init`: a copy of the shipped dialogues to edit."""

import shutil
from pathlib import Path

from bot.shipped import shipped_dialogues


class NotEmpty(Exception):
    """The folder has something in it, which is never overwritten."""


def copy_dialogues(target: Path) -> int:
    """Copies the shipped dialogues into a folder that is new or empty; gives the number of files. Raises NotEmpty, OSError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmpty(f"{target} is there already and is not empty. Name a new folder, or empty this one first.")
    shutil.copytree(shipped_dialogues(), target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return sum(1 for path in target.rglob("*") if path.is_file())
