"""Where a finding points: the path as the person gave the folder, the line, and the spot in it."""

from pathlib import Path

import pytest

from bot.app import open_folder
from bot.workbench.showing import as_github

SLIP = "format: 1\ndialogue: talk\ntitle: A\nquestions:\n  a:\n    ask: B?\n    wirte: yes\n"
SOUND = SLIP.replace("wirte", "write")


def folder_with(folder: Path, text: str, name: str = "talk.yaml") -> Path:
    """A new folder with one file."""
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("given", ["mine", "./mine", "../here/mine", "{here}/mine"])
def test_a_path_is_shown_as_the_folder_was_given(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names another folder finds its files under the name they wrote, and can open them."""
    folder_with(tmp_path / "here" / "mine", SLIP)
    monkeypatch.chdir(tmp_path / "here")
    folder = Path(given.format(here=tmp_path / "here"))
    (found,) = open_folder(folder).findings
    assert found.place.file == f"{folder}/talk.yaml"
    assert Path(found.place.file).is_file()


@pytest.mark.parametrize("given", ["mine", "../here/mine", "{here}/mine"])
def test_github_gets_paths_from_its_checkout(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the folder was named, and wherever the command was run, the finding stands beside the line of the pull request."""
    folder_with(tmp_path / "here" / "mine", SLIP, "a, b.yaml")
    monkeypatch.chdir(tmp_path / "here")
    findings = open_folder(Path(given.format(here=tmp_path / "here"))).findings
    assert as_github(findings, tmp_path).startswith("::error file=here/mine/a%2C b.yaml,line=7,col=5,title=D103::")
    assert as_github(findings, Path()).startswith("::error file=mine/a%2C b.yaml,line=7,")


def test_the_same_texts_have_one_revision_wherever_they_are(tmp_path: Path) -> None:
    """A folder that was moved or renamed is no new revision."""
    books = [open_folder(folder_with(tmp_path / name, SOUND)).book for name in ("one", "the/other")]
    assert len({book.revision for book in books if book is not None}) == 1


def test_a_folder_below_one_that_is_called_tests_is_read(tmp_path: Path) -> None:
    """Only what stands in the folder's own `tests/` is left out for whoever just talks."""
    folder = folder_with(tmp_path / "tests" / "mine", SOUND)
    folder_with(folder / "tests", SLIP, "broken.yaml")
    assert open_folder(folder, with_tests=False).book is not None
    assert open_folder(folder).book is None
