"""The guidance of the shipped book, tried on every combination of the answers that decide."""

import itertools
from collections.abc import Iterator
from functools import partial

import pytest

from bot.dialogue.walk import Walker
from bot.guidance.judge import judge
from bot.guidance.score import close_types, score
from bot.model.book import Book
from bot.model.condition import Facts, Picked, questions_in
from bot.model.conversation import Answer
from bot.model.dialogue import Question
from bot.workbench.given import questions_of

PARTNERS: list[tuple[str, ...]] = [
    ("nobody",),
    ("faith",),
    ("police", "charity"),
    ("police", "health", "council", "charity"),
    ("business",),
    ("funder",),
    ("community",),
]


def choices(question: Question) -> list[tuple[str, ...]]:
    """Every way to answer a closed question, and not answering it."""
    ids = [option.id for option in question.options]
    if question.kind == "one":
        return [(), *((one,) for one in ids)]
    alone = {option.id for option in question.options if option.alone}
    pairs = itertools.combinations([one for one in ids if one not in alone], 2)
    return [*((one,) for one in ids), *pairs]


def deciding(book: Book) -> Iterator[Picked]:
    """Every combination of the answers that reasons ask about, along the way of the interview; tie-breaks apart."""
    questions = questions_of(book)
    for partners in PARTNERS:
        for working in choices(questions["working"]):
            mainly: list[tuple[str, ...]] = [(), *((one,) for one in working)] if len(working) == 2 else [()]
            teams = choices(questions["team_jobs"]) if "one_team" in working else [()]
            for main, team, written in itertools.product(mainly, teams, choices(questions["written"])):
                paper = {"working": working, "written": written}
                asked = questions["contract_terms"].only_if.holds(Facts(paper))
                for terms in choices(questions["contract_terms"]) if asked else [()]:
                    named = {"partners": partners, "working_mainly": main, "team_jobs": team, "contract_terms": terms, **paper}
                    yield {name: options for name, options in named.items() if options}


def test_every_combination_ends_with_a_verdict_or_says_what_is_needed(shipped: Book) -> None:
    """No combination of closed answers ends without a type or an honest "not enough yet"."""
    guide, seen = shipped.guide, set()
    for picked in deciding(shipped):
        verdict = judge(guide, picked)
        seen.add(verdict.type)
        if verdict.type is None:
            assert verdict.confidence == "insufficient"
            assert verdict.needed
        else:
            assert verdict.reasons
            assert verdict.advice.type
            assert verdict.advice.next_step
            assert verdict.points[verdict.type] == max(verdict.points.values())
    assert seen - {None} == {one.id for one in guide.types}, "every type is reachable"


def test_every_verdict_names_a_reason_for_its_type(shipped: Book) -> None:
    """What speaks for the type is always said, so that nobody gets a bare label."""
    for picked in deciding(shipped):
        verdict = judge(shipped.guide, picked)
        if verdict.type:
            assert any(reason.points.get(verdict.type, 0) > 0 for reason in verdict.reasons), picked


def test_every_pair_of_types_that_can_be_close_can_be_named(shipped: Book) -> None:
    """Where two types are named, there are words for "mainly this, with some of that"."""
    pairs = {(pair.first, pair.second) for pair in shipped.guide.pairs}
    for picked in deciding(shipped):
        verdict = judge(shipped.guide, picked)
        if verdict.second:
            assert (verdict.type, verdict.second) in pairs


def test_only_answers_that_were_given_are_known(shipped: Book) -> None:
    """With nothing but partners and working, every other line of the profile and of the definition is unknown, never guessed."""
    verdict = judge(shipped.guide, {"partners": ("police",), "working": ("joint_project",)})
    assert verdict.profile == {
        "focus": "unknown", "sectors": ("statutory",), "time_span": "unknown", "impetus": "unknown", "compulsory": "unknown", "origin": "unknown",
    }  # fmt: skip
    assert verdict.definition["common_goal"] is None


@pytest.mark.parametrize("missing", ["partners", "working"])
def test_without_the_least_there_is_no_verdict(shipped: Book, missing: str) -> None:
    """Partners and what is done together are needed; the one that is missing is named."""
    picked = {"partners": ("police",), "working": ("joint_project",), "written": ("notes",)}
    del picked[missing]
    verdict = judge(shipped.guide, picked)
    assert (verdict.type, verdict.confidence, verdict.needed) == (None, "insufficient", (missing,))


def test_every_option_of_every_question_can_be_picked(shipped: Book) -> None:
    """Each question of the interview is asked on some way through it, and each of its options can be answered there."""
    walker = Walker(shipped, partial(close_types, shipped.guide))
    wanted = {(q.id, option.id) for q in questions_of(shipped).values() for option in q.options}
    wanted |= {("working_mainly", option.id) for option in questions_of(shipped)["working"].options if not option.alone}
    for partners, working in itertools.product(PARTNERS, choices(questions_of(shipped)["working"])):
        for written, terms, team in itertools.product(choices(questions_of(shipped)["written"])[1:], ("yes", "no"), ("yes", "not_sure")):
            fixed = {"partners": partners, "working": working, "written": written, "contract_terms": (terms,), "team_jobs": (team,)}
            for main in ((), *((one,) for one in working)):
                _take_off(walker, shipped, {**fixed, "working_mainly": main}, wanted)
            if not wanted:
                return
    assert wanted == set()


def _take_off(walker: Walker, book: Book, fixed: dict[str, tuple[str, ...]], wanted: set[tuple[str, str]]) -> None:
    """Walks one way through the interview, preferring options that were not seen yet, and takes off what can be answered there.

    What is fixed to nothing is skipped: which of two is most of it, for that leaves it to the tie-breaks.
    """
    answers: tuple[Answer, ...] = ()
    while (walk := walker.walk(book.start, answers)).at:
        question = walker.question(walk)
        assert question is not None
        offered = walk.picked.get(question.options_from, ()) if question.options_from else tuple(option.id for option in question.options)
        seen_here = {(question.id, one) for one in offered}
        new = [one for _, one in sorted(seen_here & wanted)]
        wanted -= seen_here
        if question.kind == "text":
            answers = (*answers, Answer(question.id, text="words"))
        elif fixed.get(question.id) == ():
            answers = (*answers, Answer(question.id, how="skipped"))
        else:
            first = new[0] if new else offered[0]
            answers = (*answers, Answer(question.id, fixed.get(question.id) or (first,)))


def test_reasons_only_ask_about_what_is_asked(shipped: Book) -> None:
    """Every reason rests on a question of the interview that comes before the end."""
    asked = set(questions_of(shipped))
    assert all(set(questions_in(reason.condition)) <= asked for reason in shipped.guide.reasons)


def test_a_tie_break_settles_a_close_call(shipped: Book) -> None:
    """When two types are close, the tie-break that belongs to them is asked, and its answer makes the lead clear."""
    walker = Walker(shipped, partial(close_types, shipped.guide))
    ties = {question.id for question in questions_of(shipped).values() if question.id.startswith("tie_")}
    asked: set[str] = set()
    for picked in deciding(shipped):
        if not close_types(shipped.guide, picked) or picked["partners"] == ("nobody",):
            continue
        walk = _to_the_end(walker, shipped, picked)
        if walk in ties and walk not in asked:
            asked.add(walk)
            question = questions_of(shipped)[walk]
            leads = [score(shipped.guide, {**picked, walk: (option.id,)}).lead for option in question.options]
            assert max(leads) >= shipped.guide.clear_lead, (walk, picked)
    assert asked == ties


def _to_the_end(walker: Walker, book: Book, picked: Picked) -> str:
    """The question where the interview stands once these answers are given and the rest is skipped."""
    answers: tuple[Answer, ...] = ()
    while (walk := walker.walk(book.start, answers)).at and not walk.at.startswith("tie_"):
        question = walker.question(walk)
        assert question is not None
        if walk.at in picked:
            answers = (*answers, Answer(walk.at, picked[walk.at]))
        elif question.may_skip:
            answers = (*answers, Answer(walk.at, how="skipped"))
        else:
            return ""
    return walk.at
