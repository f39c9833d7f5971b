"""The chat in the terminal, over plain pipes, as a person sees it.

After a wanted change of words: python -m tests.test_terminal, and read the difference.
"""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


def environment(folder: Path) -> dict[str, str]:
    """A clean environment: the database in a folder of its own, the shipped dialogues."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT", "LANG")}
    return kept | {
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
        "DIALOGUES_DIR": str(ROOT / "dialogues"),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


def chat(typed: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """One sitting: what is typed goes in through a pipe, and what is shown comes out."""
    command = [sys.executable, "-m", "bot", "chat", *options]
    return subprocess.run(
        command, input=typed, capture_output=True, encoding="utf-8", env=environment(folder), cwd=folder, timeout=60, check=False
    )


def typed_in(transcript: str) -> str:
    """The lines a transcript says were typed."""
    return "".join(f"{line[2:]}\n" for line in transcript.splitlines() if line.startswith("> "))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_comes_out_as_written(path: Path, tmp_path: Path) -> None:
    """The whole conversation of a person, to the letter."""
    transcript = path.read_text(encoding="utf-8")
    done = chat(typed_in(transcript), tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == transcript


def test_there_are_transcripts_of_several_people() -> None:
    """A decided person, a hesitant one and a silly one."""
    assert len(TRANSCRIPTS) >= 3


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_it_fits_on_80_columns_and_has_no_colours(path: Path) -> None:
    """No line is wider than 80 columns, but for what the person typed, and no escape code is in it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(len(line) <= 80 for line in lines if not line.startswith("> "))
    assert not any("\x1b" in line for line in lines)


def test_it_goes_on_where_one_stopped(tmp_path: Path) -> None:
    """The next sitting welcomes back and asks the next question; --new starts afresh."""
    chat("police\ncleaner streets\nstop\n", tmp_path)
    again = chat("", tmp_path).stdout
    assert "Welcome back" in again
    assert "Do you all want the same thing?" in again
    assert "Who is working with you" in chat("", tmp_path, "--new").stdout


TO_THE_RESULT = "nobody yet\ncleaner streets\nthe council\n"


def test_a_result_one_comes_back_to_is_short_and_whole_on_request(tmp_path: Path) -> None:
    """Title, what it means and the choices; the whole by its number or by name, and it is whole at once where it was not left."""
    for wanted in ("7", "show the whole result", "whole"):
        folder = tmp_path / wanted[0]
        folder.mkdir()
        parts = chat(f"{TO_THE_RESULT}1\nback to the result\n{wanted}\nresult\n", folder).stdout.split("\n> ")
        first, sheet, again, whole, asked = parts[3:8]
        assert "Who to contact" in sheet
        assert "This sounds like a good start" in again
        assert "Why I think so" not in again
        assert "7. Show the whole result" in again
        body = first.split("Not a partnership yet", 1)[1]
        assert whole.split("Not a partnership yet", 1)[1] == body
        assert asked.split("Not a partnership yet", 1)[1].rstrip("> \n") == body.rstrip()
        assert "Show the whole result" not in first + asked


def test_topics_near_a_question_are_named(tmp_path: Path) -> None:
    """Above the question one goes back to there are no numbers to type, so the titles stand there to be asked for."""
    said = chat("/ask how do we bake cakes for the council\n/ask what about us\n/ask how do I reach the council?\n", tmp_path).stdout
    _, near, few, answer = said.split("\n> ")[:4]
    assert "How do I reach the council?" in near
    assert "a few more words" in few
    assert "ward councillor" in answer


def test_a_result_that_has_changed_is_shown_whole(tmp_path: Path) -> None:
    """Coming back to another result is not coming back."""
    said = chat(f"{TO_THE_RESULT}1\nback to the result\nchange an answer\n3\nthe police\n", tmp_path).stdout
    assert "Talking with: Police" in said.rsplit("\n> ", 2)[1]


def test_a_sitting_can_be_written_as_a_test_that_passes(tmp_path: Path) -> None:
    """--repro writes what was typed as a dialogue test; run against the same dialogues, it passes."""
    done = chat('police & "friends"\n\n:#- weird: text\nyes\n/nonsense\nstop\n', tmp_path, "--repro", "repro.yaml")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "dialogues"
    folder.mkdir()
    for source in (ROOT / "dialogues").rglob("*.yaml"):
        if source.parent.name != "tests":
            target = folder / source.relative_to(ROOT / "dialogues")
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(source.read_bytes())
    (folder / "repro.yaml").write_bytes((tmp_path / "repro.yaml").read_bytes())
    command = [sys.executable, "-m", "bot", "test", str(folder)]
    tested = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment(tmp_path), timeout=60, check=False)
    assert tested.returncode == 0, tested.stdout
    assert "1 scripts played" in tested.stdout


@pytest.mark.parametrize(
    "typed",
    ["\x00\x07\x1b[31m\n", "😀" * 4096 + "\n", "\u202eabc\n", "a" * 100_000 + "\n", "\n\n\n", "no newline at the end"],
    ids=range(6),
)
def test_silly_input_breaks_nothing(tmp_path: Path, typed: str) -> None:
    """Whatever comes through the pipe, the chat ends properly and sends no control codes to the terminal."""
    done = chat(typed, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", done.stdout)


def test_a_real_terminal_gets_colours(tmp_path: Path) -> None:
    """On a terminal the question stands out; a pipe gets plain text (above)."""
    mine, theirs = pty.openpty()
    env = environment(tmp_path) | {"TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"], stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=tmp_path
    ) as process:
        os.close(theirs)
        seen = b""
        os.write(mine, b"stop\n")
        while True:
            try:
                chunk = os.read(mine, 65_536)
            except OSError:  # the other side has closed
                break
            if not chunk:
                break
            seen += chunk
        process.wait(timeout=30)
    os.close(mine)
    assert b"\x1b[1mWho is working with you on this?\x1b[0m" in seen
    assert process.returncode == 0


def test_a_foreign_database_is_refused_in_one_line(tmp_path: Path) -> None:
    """Status 2, one line on stderr that names the file and what to do, and no traceback."""
    (tmp_path / "bot.db").write_bytes(b"this is no database at all" * 100)
    done = chat("", tmp_path)
    assert done.returncode == 2
    assert "bot.db" in done.stderr
    assert "Traceback" not in done.stderr


def main() -> None:
    """Writes every transcript anew from what was typed in it."""
    import tempfile

    for path in TRANSCRIPTS:
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(chat(typed_in(path.read_text(encoding="utf-8")), Path(folder)).stdout, encoding="utf-8")


if __name__ == "__main__":
    main()
