"""The documents are true: examples load, commands and codes that are named exist."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.app import open_folder
from bot.cli import WHERE
from bot.loading.files import Folder
from bot.loading.load import load_texts

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "dialogues" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
CODES = sorted(set(re.findall(r'"(D\d{3})"', "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py")))))
# These have one place in the folder, so an example of one replaces the shipped file.
SINGLE = {"reasons": "reasons.yaml", "sayings": "sayings/{}.yaml", "sheet": "sheets/{}.yaml"}


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_guide_loads(example: str) -> None:
    """What a coordinator copies out of dialogues/README.md has no slips."""
    texts = {"dialogues/example.yaml": example.encode()}
    if "# together with the example above" in example:
        texts["dialogues/above.yaml"] = EXAMPLES[EXAMPLES.index(example) - 1].encode()
    if "# in a dialogue file" not in example:
        shipped = {f"dialogues/{path.relative_to(ROOT / 'dialogues')}": path.read_bytes() for path in (ROOT / "dialogues").rglob("*.yaml")}
        for head, file in SINGLE.items():
            if found := re.search(rf"\n{head}: ?(\w*)", example):
                del shipped[f"dialogues/{file.format(found[1])}"]
        texts |= shipped
    assert [str(one) for one in load_texts(Folder("dialogues", texts)).findings] == []


def test_the_guide_has_an_example_for_every_change() -> None:
    """The four changes every coordinator makes, and more, each with an example."""
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    """A finding's code stands in docs/findings.md with what to do."""
    assert f"| {code} |" in (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")


def test_no_code_is_explained_that_is_never_given() -> None:
    """docs/findings.md lists no code that the program does not have."""
    listed = set(re.findall(r"\| (D\d{3}) \|", (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")))
    assert listed == set(CODES)


def test_the_readme_names_every_command() -> None:
    """Each command of the program is in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(WHERE) >= 11
    assert [name for name in WHERE if f"| `{name}" not in readme] == []


def test_every_dependency_is_pinned_with_a_hash() -> None:
    """The lock files hold what pyproject.toml asks for, each with a hash, and name no place to fetch it from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    for one in wanted:
        name = re.split(r"[<>=]", one)[0]
        assert re.search(rf"^{re.escape(name)}==\S+ .*\\\n    --hash=sha256:", locked, re.MULTILINE | re.IGNORECASE), name
    assert "://" not in locked


def test_the_shipped_dialogues_have_no_errors() -> None:
    """What ships has no errors, and no warning but the reminder to check phone numbers."""
    findings = open_folder(ROOT / "dialogues").findings
    assert [one.code for one in findings] == ["D341"]
