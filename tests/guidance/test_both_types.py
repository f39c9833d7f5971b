"""Two ways of working, or a contract beside one: both are named, and what takes most of the time comes first."""

import itertools

import pytest

from bot.guidance.judge import judge
from bot.model.book import Book
from bot.model.verdict import Verdict

WAYS = {
    "swap_news": "networking",
    "joint_project": "inter_agency",
    "whole_problem": "multi_agency",
    "one_team": "multi_disciplinary",
    "paid_service": "contracted",
}
PAIRS = list(itertools.permutations(WAYS, 2))
JOB = {"written": "contract", "contract_terms": "yes"}


def verdict(book: Book, working: list[str], mainly: str = "", partners: str = "council charity", **more: str) -> Verdict:
    """The verdict of these answers."""
    picked = {name: (option,) for name, option in more.items()}
    if mainly:
        picked["working_mainly"] = (mainly,)
    return judge(book.guide, {"partners": tuple(partners.split()), "working": tuple(working), **picked})


@pytest.mark.parametrize(("main", "other"), PAIRS)
@pytest.mark.parametrize("written", ["nothing", "notes", "agreement", "contract", "not_sure"])
@pytest.mark.parametrize("partners", ["police", "police charity", "police charity health council", "community"])
def test_what_takes_most_of_the_time_comes_first_and_the_other_second(
    shipped: Book, main: str, other: str, written: str, partners: str
) -> None:
    """Whatever is on paper and whoever takes part: both ticks are answered, the bigger one first, and it is never "clear"."""
    for terms in ("yes", "no", "not_sure"):
        for jobs in ("yes", "not_sure"):
            found = verdict(shipped, [other, main], main, partners, written=written, contract_terms=terms, team_jobs=jobs)
            assert (found.type, found.second) == (WAYS[main], WAYS[other]), (terms, jobs, found.points)
            assert found.confidence in ("closest", "mix")
            assert {main, other} <= {reason.answers[0] for reason in found.reasons if reason.question == "working"}


@pytest.mark.parametrize("main", WAYS)
def test_being_given_something_beside_the_main_work_leaves_it_clear(shipped: Book, main: str) -> None:
    """A hall that is lent does not make a joint project less of one."""
    found = verdict(
        shipped, [main, "support"], main, team_jobs="yes", written="contract", contract_terms="yes" if main == "paid_service" else "no"
    )
    assert (found.type, found.second, found.confidence) == (WAYS[main], None, "clear")


@pytest.mark.parametrize("main", ["support", "consulted"])
@pytest.mark.parametrize("other", ["joint_project", "whole_problem", "swap_news"])
def test_when_one_side_mostly_gives_or_asks_that_shows(shipped: Book, main: str, other: str) -> None:
    """Something is going on, so it is a partnership, but not a clear one."""
    found = verdict(shipped, [other, main], main)
    assert (found.type, found.second) == (WAYS[other], "not_yet")
    assert found.confidence != "clear"
    assert ("working_mainly", (main,)) in [(reason.question, reason.answers) for reason in found.reasons]


@pytest.mark.parametrize("working", ["one_team", "joint_project", "whole_problem", "swap_news"])
def test_a_contract_beside_other_work_does_not_vanish(shipped: Book, working: str) -> None:
    """A multi-disciplinary team organised under a contract: both are said."""
    found = verdict(shipped, [working], team_jobs="yes", **JOB)
    assert (found.type, found.second) == (WAYS[working], "contracted")
    assert any(reason.question == "contract_terms" for reason in found.reasons)


@pytest.mark.parametrize("jobs", ["", "not_sure"])
@pytest.mark.parametrize("partners", ["community", "faith", "health social_care"])
def test_a_team_whose_jobs_are_not_known_is_not_clear(shipped: Book, jobs: str, partners: str) -> None:
    """The reasons do not claim different jobs that nobody told of."""
    found = verdict(shipped, ["one_team"], partners=partners, **({"team_jobs": jobs} if jobs else {}))
    assert (found.type, found.confidence) == ("multi_disciplinary", "closest")
    assert not any("different" in reason.because and reason.points.get("multi_disciplinary", 0) > 0 for reason in found.reasons)


@pytest.mark.parametrize("working", [["one_team"], ["one_team", "paid_service"], ["one_team", "whole_problem"], ["one_team", "consulted"]])
def test_a_team_that_all_does_the_same_is_never_called_multi_disciplinary(shipped: Book, working: list[str]) -> None:
    """Not first and not second: the course text means a range of professional backgrounds."""
    for mainly in working if len(working) > 1 else [""]:
        found = verdict(shipped, working, mainly, team_jobs="no", written="notes")
        assert "multi_disciplinary" not in (found.type, found.second)
    assert verdict(shipped, ["one_team"], team_jobs="no").type == "inter_agency"


@pytest.mark.parametrize(
    "paper",
    [{}, {"written": "nothing"}, {"written": "notes"}, {"written": "not_sure"}, {"written": "agreement"}]
    + [{"written": written, "contract_terms": "no"} for written in ("agreement", "contract")],
)
def test_a_paid_service_without_a_known_contract_is_not_clear(shipped: Book, paper: dict[str, str]) -> None:
    """It is the closest match until a paper sets out what must be done for the money."""
    found = verdict(shipped, ["paid_service"], **paper)
    assert (found.type, found.confidence) == ("contracted", "closest")
    assert verdict(shipped, ["paid_service"], written="agreement", contract_terms="yes").confidence == "clear"


def test_nobody_means_not_yet_whatever_else_is_said(shipped: Book) -> None:
    """Without a partner there is no coordinated response either."""
    found = verdict(shipped, ["joint_project", "one_team"], "joint_project", "nobody", shared_goal="agreed")
    assert found.definition["coordinated_response"] is False
    assert found.definition["across_boundaries"] is False


def test_several_kinds_of_partner_are_told_of_under_partners(shipped: Book) -> None:
    """A reason is filed under the question it is about, with an option as its answer."""
    found = verdict(shipped, ["whole_problem"], partners="police health council").to_json()
    reason = next(one for one in found["reasons"] if one["because"].startswith("Several kinds"))
    assert (reason["question"], reason["answer"], reason["answers"]) == ("partners", "police", ["police", "health", "council"])
    given = verdict(shipped, ["support", "consulted"]).to_json()["reasons"][0]
    assert (given["answer"], given["answers"]) == ("support", ["support", "consulted"])
