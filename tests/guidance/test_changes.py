"""A promise is kept: each line of "what would change this?" comes true when the answers are changed so and judged again."""

import random
from typing import Any

import pytest

from bot.dialogue.step import Engine
from bot.guidance.judge import judge
from bot.model.book import Book
from bot.model.conversation import Answer, Conversation
from bot.model.event import Pressed
from bot.turn.mind import Mind
from bot.turn.pages import Pages
from bot.workbench.advise import Adviser
from bot.workbench.given import picked_from, questions_of

Answers = dict[str, Any]


@pytest.fixture(scope="module")
def adviser(shipped: Book) -> Adviser:
    """The shipped book's adviser."""
    return Adviser(shipped)


def any_answers(book: Book, dice: random.Random) -> Answers:
    """Answers as a script might send them: some missing, and some to questions the interview would not ask."""
    found: Answers = {}
    for name, question in questions_of(book).items():
        ids = [option.id for option in question.options]
        if question.kind == "text" or name == "hoped_partners" or (name not in ("partners", "working") and dice.random() < 0.3):
            continue
        if question.options_from:
            picked = found[question.options_from]
            if len(picked) > 1:
                found[name] = dice.choice(picked)
        elif question.kind == "one":
            found[name] = dice.choice(ids)
        else:
            alone = [option.id for option in question.options if option.alone]
            several = dice.sample([one for one in ids if one not in alone], dice.choice([1, 1, 2, 2]))
            found[name] = several if dice.random() < 0.95 else alone
    return found


def changed(answers: Answers, change: dict[str, Any], alone: bool = False) -> Answers:
    """The answers with one option in the place of another, as docs/advise.md tells it; or with the new option alone."""
    after = dict(answers)
    name, before, new = change["question"], change["from"], change["to"]
    if not isinstance(answers[name], list):
        return {**after, name: new}
    after[name] = [new] if alone else [new if one == before else one for one in answers[name]]
    if name == "working" and "working_mainly" in after:
        if len(after[name]) < 2:
            del after["working_mainly"]
        elif after["working_mainly"] == before:
            after["working_mainly"] = new
    return after


def type_of(adviser: Adviser, answers: Answers) -> str | None:
    """The type that advise gives, without working out what would change it, which takes longest."""
    return judge(adviser.book.guide, adviser.counted(picked_from(adviser.book, answers))).type


@pytest.mark.parametrize("seed", range(4))
def test_every_promised_change_comes_true(adviser: Adviser, seed: int) -> None:
    """Over many sets of answers, each change that is listed gives exactly that type when it is made and advise is run again."""
    dice = random.Random(seed)
    promised = 0
    for _ in range(30):
        answers = any_answers(adviser.book, dice)
        found = adviser.advise(answers)
        assert found["type"] == type_of(adviser, answers)
        for change in found["what_would_change"]:
            promised += 1
            assert change["type"] != found["type"]
            for alone in (False, True):
                assert type_of(adviser, changed(answers, change, alone)) == change["type"], (answers, change, alone)
    assert promised > 80


def test_a_change_names_one_option_on_each_side(adviser: Adviser) -> None:
    """`from` and `to` are single ids, also where several were picked, so that a script can put one in the place of the other."""
    dice = random.Random(7)
    for _ in range(20):
        answers = any_answers(adviser.book, dice)
        for change in adviser.advise(answers)["what_would_change"]:
            assert isinstance(change["from"], str)
            assert isinstance(change["to"], str)
            assert change["from"] in answers[change["question"]]


def test_an_answer_left_aside_can_count_again_after_a_change(adviser: Adviser) -> None:
    """The forecast knows that "all in the team do the same" will count once one team is picked."""
    answers = {"partners": ["faith", "charity"], "working": ["swap_news"], "team_jobs": "no", "written": "notes"}
    found = adviser.advise(answers)
    assert found["ignored"] == ["team_jobs"]
    assert "multi_disciplinary" not in [change["type"] for change in found["what_would_change"]]


def test_the_page_in_the_chat_promises_what_then_happens(shipped: Book, mind: Mind) -> None:
    """Each change the chat shows gives that type on the card once that answer is changed."""
    given = {
        "partners": ("police", "charity"), "shared_goal": ("agreed",), "working": ("one_team",), "team_jobs": ("yes",), "written": ("notes",),
        "breadth": ("one_thing",), "span": ("one_off",), "impetus": ("local_need",), "origin": ("planned",),
    }  # fmt: skip
    engine: Engine = mind.engine
    skipped = tuple(Answer(name, how="skipped") for name in ("goal", "contract_terms"))
    conversation = Conversation(
        "a", dialogue=shipped.start, answers=(*(Answer(name, options) for name, options in given.items()), *skipped)
    )
    pages: Pages = mind.pages
    found, _ = pages.verdict_of(conversation, with_changes=True)
    assert {change.type for change in found.changes if change.question == "working"} >= {"networking", "multi_agency", "inter_agency"}
    for change in found.changes:
        answers = tuple(
            Answer(change.question, (change.after,)) if one.question == change.question else one for one in conversation.answers
        )
        after = conversation._replace(answers=answers)
        if engine.walk(after).finished:
            assert pages.verdict_of(after)[0].type == change.type
    assert mind.react(conversation, Pressed("changes")).replies
