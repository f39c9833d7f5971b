"""Broken files of every kind. Each earns exactly the findings written in `broken/expected.txt`, quickly, and never a traceback.

After a wanted change of words: python -m tests.loading.test_broken, and read the difference.
"""

import resource
from contextlib import chdir
from pathlib import Path

import pytest

from bot.app import open_folder
from bot.model.finding import Finding
from bot.model.place import Place
from bot.workbench.showing import as_text
from tests.books import loaded

FOLDER = Path(__file__).parent / "broken"
GOLDEN = FOLDER / "expected.txt"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
# Every broken file stands in a folder with this sound one, which it may refer to.
TYPES = """\
format: 1
types:
  first:
    name: The first
    means: It comes first.
"""
BASE = """\
format: 1
dialogue: base
title: The base
start: yes
questions:
  basis:
    ask: What is it based on?
    choose one:
      fact: A fact
      guess: A guess
"""


def found_in(name: str, folder: Path) -> list[str]:
    """The errors and warnings of one broken file, as they are printed."""
    (folder / "dialogues").mkdir()
    (folder / "dialogues" / f"{name}.yaml").write_bytes((FOLDER / f"{name}.yaml").read_bytes())
    (folder / "dialogues" / "types.yaml").write_text(TYPES, encoding="utf-8")
    (folder / "dialogues" / "base.yaml").write_text(BASE, encoding="utf-8")
    with chdir(folder):
        found = open_folder(Path("dialogues")).findings
    return [str(one) for one in found if not one.message.startswith("There is no file with reasons")]


def expected() -> dict[str, list[str]]:
    """The golden file: an indented finding belongs to the name above it."""
    found: dict[str, list[str]] = {}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[next(reversed(found))].append(line.strip())
        elif line:
            found[line] = []
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_file_earns_exactly_these_findings(name: str, tmp_path: Path) -> None:
    """The finding names file, line and column, says what is wrong and what was probably meant; nothing follows from it."""
    found = found_in(name, tmp_path)
    assert found, "a broken file must earn a finding"
    assert found == expected()[name]


def test_the_golden_file_knows_every_file() -> None:
    """No broken file is left without its finding, and no finding without its file."""
    assert sorted(expected()) == NAMES
    assert len(NAMES) >= 60


def test_a_file_with_far_too_much_is_refused_before_it_is_parsed() -> None:
    """A million list entries are counted, not built."""
    found = loaded(big="format: 1\nanswers: [" + "x," * 400_000 + "]")
    assert [(one.code, one.place.file) for one in found.findings] == [("D012", "dialogues/big.yaml")]


def test_a_file_with_another_ending_is_named(tmp_path: Path) -> None:
    """A sheet that an editor saved as faith.yaml.txt is not silently left out; notes and hidden files are."""
    for name, text in {"base.yaml": BASE, "faith.yaml.txt": "", "letter.docx": "", "README.md": "", ".kept": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = [(one.code, one.severity, one.place.file.split("/")[-1]) for one in open_folder(tmp_path).findings]
    assert found == [("D007", "warning", "faith.yaml.txt"), ("D007", "warning", "letter.docx")]


def test_errors_come_first_and_what_is_to_do_anyway_comes_last() -> None:
    """A person sees what must be mended before what may wait, whatever file it stands in."""
    those = [("D341", "warning"), ("D401", "warning"), ("D103", "error")]
    shown = as_text(Finding(code, severity, Place("a.yaml"), "Look.") for code, severity in those)  # type: ignore[arg-type]  # both severities
    assert [line.split()[1] for line in shown.splitlines()] == ["D103", "D401", "D341"]


@pytest.mark.parametrize("name", ["many_brackets", "alias_bomb", "huge_number", "long_list", "long_scalar_1mb", "too_deep"])
def test_a_bomb_takes_little_memory(name: str, tmp_path: Path) -> None:
    """A file made to hang or fill a reader is refused within 32 MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found_in(name, tmp_path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024


def main() -> None:
    """Writes what is found now, for a person to read."""
    import tempfile

    lines = []
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            lines += [name, *(f"  {one}" for one in found_in(name, Path(folder))), ""]
    GOLDEN.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
