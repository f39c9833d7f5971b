"""The commands: what they print, and how they end. Run as a person runs them, in a process of their own where it matters."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.cli import run
from tests.test_terminal import ROOT, environment

SHIPPED = str(ROOT / "dialogues")


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every command runs in an empty folder, with the shipped dialogues."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIALOGUES_DIR", SHIPPED)


def out(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """What a command prints on stdout, if it ends as it should."""
    capsys.readouterr()
    ended = run(words)
    printed = capsys.readouterr()
    assert ended == status, printed.err
    return printed.out


def document(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The one JSON document a command prints, with nothing else on stdout."""
    return json.loads(out(capsys, *words, "--json"))


FULL = {
    "partners": ["police", "charity"], "goal": "safer streets", "shared_goal": "agreed", "working": "joint_project", "written": "notes",
    "breadth": "one_thing", "span": "up_to_a_year", "impetus": "local_need", "origin": "planned",
}  # fmt: skip


def test_advise_gives_the_document_of_the_contract(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """All keys of the contract, with the values these answers have."""
    (tmp_path / "a.json").write_text(json.dumps(FULL), encoding="utf-8")
    found = document(capsys, "advise", "a.json")
    assert (found["type"], found["second"], found["confidence"]) == ("inter_agency", None, "clear")
    assert found["definition"] == {"parties": True, "common_goal": True, "coordinated_response": True, "across_boundaries": True}
    assert found["profile"] == {
        "focus": "narrow", "sectors": ["statutory", "voluntary"], "time_span": "short", "impetus": "bottom_up", "compulsory": "no", "origin": "planned",
    }  # fmt: skip
    assert set(found["advice"]) == {"type", "profile", "stakeholders", "next_step"}
    assert set(found["advice"]["stakeholders"]) == {"police", "charity"}
    assert {"question": "working", "from": "joint_project", "to": "whole_problem", "type": "multi_agency"} in found["what_would_change"]
    first = found["reasons"][0]
    assert (first["question"], first["answer"], first["points"]) == ("working", "joint_project", {"inter_agency": 6})
    assert first["because"]


def test_advise_answers_a_list_by_a_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A YAML list of mappings gives a JSON list in the same order; the plain form is readable."""
    (tmp_path / "a.yaml").write_text(
        "- partners: nobody\n- {partners: [police], working: swap_news}\n- working: one_team\n", encoding="utf-8"
    )
    assert [one["type"] for one in document(capsys, "advise", "a.yaml")] == ["not_yet", "networking", None]
    assert "Informal networking (clear)" in out(capsys, "advise", "a.yaml")


def test_advise_says_what_is_needed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Too little to tell: no type, insufficient, and the questions still needed."""
    (tmp_path / "a.yaml").write_text("span: one_off\n", encoding="utf-8")
    found = document(capsys, "advise", "a.yaml")
    assert (found["type"], found["confidence"], found["needed"]) == (None, "insufficient", ["partners", "working"])


def test_advise_understands_typed_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --typed every answer is text; what is unclear is null, with the likeliest under maybe."""
    typed = {
        "partners": "the police and two churches",
        "working": "we run the summer fair together",
        "span": "every tuesday",
        "written": "a museum",
    }
    (tmp_path / "a.json").write_text(json.dumps(typed), encoding="utf-8")
    found = document(capsys, "advise", "a.json", "--typed")
    assert found["understood"]["partners"] == ["police", "faith"]
    assert found["understood"]["working"] == ["joint_project"]
    assert found["understood"]["span"] is None
    assert found["type"] == "inter_agency"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("workng: swap_news", 'Did you mean "working"?'),
        ("working: swap_new", 'Did you mean "swap_news"?'),
        ("partners: [nobody, police]", "cannot be picked together"),
        ("working: [swap_news, joint_project, support]", "at most 2"),
        ("working: [swap_news, support]\nworking_mainly: consulted", 'which "working" does not'),
        ("- a\n- b", "expected one mapping"),
        ("goal: [a, b]", "own words"),
        ("working: &a swap_news", "anchor"),
        ("[" * 100_000, "nested"),
        ("", "empty"),
    ],
    ids=range(10),
)
def test_advise_names_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, says: str) -> None:
    """An unknown id or a broken file: status 1, the reason and a suggestion on stderr, no traceback."""
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run(["advise", "a.yaml"]) == 1
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            '{"working": "Plan and run something together"}',
            'Did you mean "joint_project"? To write answers as people say them, use --typed.',
        ),
        ('{"working": "JOINT_PROJECT"}', 'Did you mean "joint_project"?'),
        ('{"partners": [{"police": true}, "polcie"]}', 'found keys with values below them (number 1 of the list of "partners")'),
        ('{"partners": [{"police": true}, "polcie"]}', 'Did you mean "police"?'),
        ('[{"working": "swap_new"}, "hello"]', 'Did you mean "swap_news"?'),
        ('[{"working": "swap_new"}, "hello"]', "a.json, number 2: expected one mapping"),
        ('{"partners": "police", "partners": "health"}', '"partners" stands here twice'),
        ("", "the file is empty. Write answers in it"),
        ('{"goal": {"a": 1}}', "write one text, not keys"),
    ],
    ids=range(9),
)
def test_advise_names_every_slip_in_json_in_plain_words(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, says: str) -> None:
    """Which entry, which item, what was probably meant; one slip hides no other, and nothing looks like a program."""
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run(["advise", "a.json"]) == 1
    printed = capsys.readouterr()
    assert says in printed.err
    assert not re.search(r"\{'|\['|None|True", printed.err)


def test_advise_sets_aside_what_the_interview_would_not_ask(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Such answers give no points and are named, in the document and in words; without a partner it is not a partnership yet."""
    given = {"partners": "nobody", "working": ["joint_project"], "written": "agreement", "shared_goal": "agreed"}
    (tmp_path / "a.json").write_text(json.dumps(given), encoding="utf-8")
    found = document(capsys, "advise", "a.json")
    assert (found["type"], found["second"], found["confidence"]) == ("not_yet", None, "clear")
    assert found["ignored"] == ["shared_goal", "working", "written"]
    assert found["definition"]["coordinated_response"] is False
    assert "Not counted" in out(capsys, "advise", "a.json")
    team = {"partners": "faith", "working": "swap_news", "team_jobs": "no", "could_refuse": "no"}
    (tmp_path / "b.json").write_text(json.dumps(team), encoding="utf-8")
    other = document(capsys, "advise", "b.json")
    assert other["ignored"] == ["team_jobs"]
    assert other["profile"]["compulsory"] == "yes", "nothing says that this would not be asked"


def test_advise_tells_in_the_words_of_the_questions_what_to_find_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Too little to tell: the questions as they are asked, and a next step."""
    (tmp_path / "a.yaml").write_text("partners: police\n", encoding="utf-8")
    printed = out(capsys, "advise", "a.yaml")
    assert "What do you mostly do together?" in printed
    assert "Next step: Find out what you mostly do together." in printed


def test_advise_understands_what_is_left_out_in_typed_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A skipped question is an empty list, not an unclear one; what cannot be skipped stays unclear; keys are no text."""
    typed = {"partners": "skip", "span": "skip", "shared_goal": "I don't know", "written": "not sure"}
    (tmp_path / "a.json").write_text(json.dumps(typed), encoding="utf-8")
    understood = document(capsys, "advise", "a.json", "--typed")["understood"]
    assert understood == {"partners": None, "span": [], "shared_goal": [], "written": ["not_sure"]}
    (tmp_path / "b.json").write_text('{"partners": {"police": true}}', encoding="utf-8")
    capsys.readouterr()
    assert run(["advise", "b.json", "--typed"]) == 1
    assert "every answer is a text" in capsys.readouterr().err


def test_advise_puts_danger_before_everything(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A typed text that sounds like danger marks the result, is not taken for an answer, and the message comes first."""
    typed = {"partners": "the school", "goal": "a boy told me his dad hits him", "working": "we swap news"}
    (tmp_path / "a.json").write_text(json.dumps(typed), encoding="utf-8")
    assert document(capsys, "advise", "a.json", "--typed")["safeguarding"] is True
    printed = out(capsys, "advise", "a.json", "--typed")
    assert 0 <= printed.index("999") < printed.index("Informal networking")
    (tmp_path / "b.json").write_text(json.dumps({"partners": "the school", "goal": "safer streets"}), encoding="utf-8")
    assert "safeguarding" not in document(capsys, "advise", "b.json", "--typed")


def test_ask_answers_and_admits_what_it_does_not_know(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An answer with its topic, score and neighbours; null where there is none; a list for a file."""
    found = document(capsys, "ask", "what is multi-agency working?")
    assert found["topic"] == "multi_agency"
    assert found["score"] > 0.5
    assert "inter_agency" in [*found["also"], "inter_agency"]
    unknown = document(capsys, "ask", "what is the capital of Peru")
    assert (unknown["topic"], unknown["answer"]) == (None, None)
    assert document(capsys, "ask", "is a one day event a partnership")["parent"] == "one_off_vs_long"
    (tmp_path / "q.txt").write_text("what is an MoU?\n\nmy stepdad hits me\n", encoding="utf-8")
    assert [one["topic"] for one in document(capsys, "ask", "--file", "q.txt")] == ["mou", "safeguarding"]
    assert "memorandum" in out(capsys, "ask", "what is an MoU?")


CONTRACT_TOPICS = """what_is_partnership networking inter_agency multi_agency multi_disciplinary contract mou narrow_broad one_off_vs_long bottom_up
top_down planned_evolved stakeholder_map comms_plan meetings conflict funding exit info_sharing dbs jargon not_legal_advice safeguarding contact_police
contact_nhs contact_school contact_social_care contact_council contact_church contact_neighbourhood_group contact_charity contact_business
contact_residents""".split()  # noqa: SIM905


def test_every_topic_of_the_contract_can_be_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each topic is found by its own title, in one call."""
    from bot.app import open_folder

    book = open_folder(ROOT / "dialogues").book
    assert book is not None
    titles = {topic.id: topic.title for topic in book.topics}
    assert len(titles) >= 60
    (tmp_path / "q.txt").write_text("\n".join(titles[one] for one in CONTRACT_TOPICS), encoding="utf-8")
    assert [one["topic"] for one in document(capsys, "ask", "--file", "q.txt")] == CONTRACT_TOPICS


def test_check_prints_findings_for_people_scripts_and_github(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """File, line, column, code, the line and a caret; JSON; workflow commands. Status 1 with an error, 0 without."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "talk.yaml").write_text(
        "format: 1\ndialogue: talk\ntitle: A\nquestions:\n  a:\n    ask: B?\n    wirte: yes\n", encoding="utf-8"
    )
    printed = out(capsys, "check", "mine", status=1)
    assert 'mine/talk.yaml:7:5  D103 error  "wirte" is not a key here. Did you mean "write"?' in printed
    assert "\n        wirte: yes\n        ^^^^^\n" in printed
    assert "1 error" in printed
    found = json.loads(out(capsys, "check", "mine", "--json", status=1))
    assert (found[0]["file"], found[0]["line"], found[0]["column"], found[0]["code"]) == ("mine/talk.yaml", 7, 5, "D103")
    assert out(capsys, "check", "mine", "--github", status=1).startswith("::error file=mine/talk.yaml,line=7,col=5,title=D103::")
    assert printed.endswith("1 error. The bot does not start while there is an error.\n")
    assert out(capsys, "check", SHIPPED).endswith("1 warning. A warning stops nothing.\nTexts go live when the bot is started again.\n")


def test_a_tiny_folder_is_enough_to_chat(tmp_path: Path) -> None:
    """One file with one question is a bot: phrases, commands and safeguarding come from the shipped dialogues."""
    folder = tmp_path / "dialogues"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "format: 1\ndialogue: a\ntitle: A\nquestions:\n  tea:\n    ask: Tea?\n    choose one: {yes: Yes, no: No}\n", encoding="utf-8"
    )
    env = environment(tmp_path)
    del env["DIALOGUES_DIR"]
    typed = "nope\nshe is being hit\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=env,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "./dialogues" in done.stderr
    assert "That was the last question" in done.stdout
    assert "999" in done.stdout


def test_test_shows_the_first_difference_and_the_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A case that comes out otherwise is named with its line and the points; then the confusion table and the rates."""
    assert run(["init", "mine"]) == 0
    for path in (tmp_path / "mine" / "tests").glob("*.yaml"):
        path.unlink()
    (tmp_path / "mine" / "tests" / "own.yaml").write_text(
        "format: 1\ntests: Own\ncases:\n  - name: Wrong on purpose\n    answers: {partners: police, working: swap_news}\n    expect: {type: contracted}\n"
        "typed answers:\n  span: {open_ended: [five years]}\nquestions:\n  mou: [what is an mou]\n  none: [who won the cup]\n",
        encoding="utf-8",
    )
    printed = out(capsys, "test", "mine", status=1)
    assert "tests/own.yaml:4:" in printed
    assert 'expected type "contracted", found "networking". Points: networking 6' in printed
    assert re.search(r"contracted +1", printed)
    assert re.search(r"span +1 +100\.0 %", printed)
    assert "2 quick questions" in printed
    assert "precision 100.0 %" in printed
    assert "100.0 %  refused" in printed
    assert printed.rstrip().endswith("Points: networking 6."), "the reason stands at the end"


def test_the_shipped_tests_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """At least sixty real cases come out right, and every goal of understanding is met."""
    printed = out(capsys, "test", SHIPPED)
    right, cases = map(int, re.findall(r"(\d+) of (\d+) cases as expected", printed)[0])
    assert right == cases >= 60


def test_graph_draws_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    """Mermaid text with every question, and arrows with their conditions."""
    printed = out(capsys, "graph")
    assert printed.startswith("flowchart TD")
    for name in ("partners", "working_mainly", "tie_live"):
        assert f"interview__{name}" in printed
    assert 'interview__span["' not in printed  # a choose-one is drawn round


def test_init_copies_once_and_never_overwrites(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A copy that checks clean, with schemas that the shipped files fit; a second time is refused with status 2."""
    assert "README.md" in out(capsys, "init", "mine")
    assert (tmp_path / "mine" / "interview.yaml").is_file()
    out(capsys, "check", "mine")
    (tmp_path / "mine" / "interview.yaml").write_text("mine now", encoding="utf-8")
    out(capsys, "init", "mine", status=2)
    assert (tmp_path / "mine" / "interview.yaml").read_text(encoding="utf-8") == "mine now"
    schemas = list((tmp_path / "mine" / "schemas").glob("*.json"))
    assert len(schemas) >= 12
    for path in schemas:
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "words",
    [[], ["nonsense"], ["advise"], ["ask"], ["ask", "a", "--file", "b"], ["graph", "--format", "paint"], ["chat", "--nonsense"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_one_line(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """One line on stderr that says what to do, nothing on stdout."""
    capsys.readouterr()
    assert run(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("RETENTION_DAYS", "soon"), ("DATABASE_URL", "mysql://x"), ("LOG_LEVEL", "LOUD"), ("DATABASE_URL_FILE", "/nowhere")]
)
def test_wrong_settings_end_with_2(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A setting that cannot be right is named in one line, and its value is not repeated."""
    monkeypatch.setenv(name, value)
    capsys.readouterr()
    assert run(["check"]) == 2
    printed = capsys.readouterr().err
    assert name in printed
    assert value not in printed


def test_help_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """--help names every command with one line on what it does."""
    printed = out(capsys, "--help")
    for name in ("chat", "advise", "ask", "check", "test", "graph", "init"):
        assert re.search(rf"^ +{name} +\S", printed, re.MULTILINE)
