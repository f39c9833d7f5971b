"""What holds for every conversation, however odd: thousands of random events over the shipped book and over generated ones."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from bot.dialogue.walk import fits
from bot.model.book import Book
from bot.model.condition import ALWAYS, AllOf, AnyOf, Condition, Count, Known, NoneOf, OnlyOf
from bot.model.conversation import Answer, Conversation
from bot.model.dialogue import END, Dialogue, Kind, Option, Question, Rule
from bot.model.event import Chose, Event, Pressed, Said, Sent, Started
from bot.model.reply import Ask, Card
from bot.turn.mind import Mind
from tests.dialogue.talk import stored

BUTTONS = ("back", "review", "skip", "unsure", "why", "done", "keep", "all", "stop", "go_on", "new", "restart", "help", "result", "change",
           "sheet", "changes", "about", "profile_tips", "privacy", "forget", "export", "language", "topics", "topic", "nonsense", "", "verdict")  # fmt: skip
TEXTS = ("", " ", "yes", "no", "not sure", "police and church", "everyone except the council", "1", "2 and 3", "99", "0", "back", "/back", "/nonsense",
         "/start interview", "/start@bot", "we swap news", "😀" * 4096, "\u202eabc\u0000\x07", "a" * 5000, "nobody", "none", "what is an MoU?", "<b>&", "done",
         "skip", "start again", "stop", "(", "%s {x}", "hier ist nichts", "she is being hit", "…", "/", "'\"\\", "one", "last")  # fmt: skip


def some_event(rng: random.Random, book: Book, shown: Ask | Card | None) -> Event:
    """An event such as people, fast fingers and old buttons make: mostly sensible, often not."""
    questions = [question for dialogue in book.dialogues.values() for question in dialogue.questions]
    roll = rng.random()
    if isinstance(shown, Ask) and shown.choices and roll < 0.45:
        return Chose(shown.question, rng.choice(shown.choices).id)
    if shown is not None and shown.buttons and roll < 0.7:
        button = rng.choice(shown.buttons)
        return Pressed(button.id, button.about)
    if roll < 0.8:
        about = rng.choice([*(question.id for question in questions), "", "gone", "police", "networking", "yes"])
        return Pressed(rng.choice(BUTTONS), about)
    if roll < 0.9:
        return Said(rng.choice(TEXTS))
    if roll < 0.94:
        question = rng.choice(questions)
        return Chose(question.id, rng.choice([*(option.id for option in question.options), "gone"]))
    events: list[Event] = [Started(), Started("gone", "gone"), Started(book.start, "x"), Sent("photo"), Said(rng.choice(TEXTS))]
    return rng.choice(events)


def holds(mind: Mind, before: Conversation, event: Event, after: Conversation, heard: int) -> None:
    """What must hold after every event."""
    walker = mind.engine.walker
    walk = walker.walk(after.dialogue, after.answers)
    assert heard > 0 or isinstance(event, Started), f"{event} was met with silence"
    assert [answer.question for answer in after.answers] == list(dict.fromkeys(answer.question for answer in after.answers))
    # Later answers may wait behind a question that a change brought up; all that count must be on the way once it is answered.
    assert set(walk.asked) <= {answer.question for answer in after.answers}
    assert walk.at or set(walk.asked) == {answer.question for answer in after.answers}, "an answer counts that is not on the way"
    assert not walk.stuck
    lost = {one.question for one in before.answers} - {one.question for one in (*after.answers, *after.earlier, *after.undo)}
    # Only starting again may take answers out of the conversation, and then they can be brought back.
    assert not lost, f"{event} lost the answers to {lost}"


def walks_anew(mind: Mind, conversation: Conversation) -> None:
    """A process that has just started finds the conversation where the old one left it."""
    walker = mind.engine.walker
    walk = walker.walk(conversation.dialogue, conversation.answers)
    again = type(walker)(mind.book, walker.close_types).walk(conversation.dialogue, conversation.answers)
    assert (again.asked, again.at, again.picked) == (walk.asked, walk.at, walk.picked)


def play(mind: Mind, seed: int, length: int) -> None:
    """A random conversation."""
    rng = random.Random(seed)
    conversation = Conversation("c", mind.book.start)
    shown: Ask | Card | None = None
    now = 1_000
    for _ in range(length):
        event = some_event(rng, mind.book, shown)
        now += rng.choice((1, 30, 100_000))
        outcome = mind.react(stored(conversation), event, now)
        same = mind.react(conversation, event, now)
        assert same == outcome, "a conversation that was not stored behaves otherwise"
        holds(mind, conversation, event, outcome.conversation, len(outcome.replies))
        back_undoes_one(mind, conversation, outcome.conversation, now)
        if rng.random() < 0.03:
            walks_anew(mind, outcome.conversation)
        conversation = outcome.conversation
        shown = next((one for one in reversed(outcome.replies) if isinstance(one, Ask | Card)), None)
        if rng.random() < 0.02:
            conversation = Conversation("c", mind.book.start)


def back_undoes_one(mind: Mind, before: Conversation, after: Conversation, now: int) -> None:
    """Where an answer was just added, Back takes exactly it away again, and keeps it ticked."""
    if len(after.answers) != len(before.answers) + 1 or after.answers[:-1] != before.answers or after.changing or after.stopped:
        return
    back = mind.react(stored(after), Pressed("back"), now).conversation
    assert back.answers == before.answers
    assert after.answers[-1] in back.earlier


@pytest.mark.parametrize("seed", range(25))
def test_random_conversations_over_the_shipped_book(mind: Mind, seed: int) -> None:
    """Ten thousand random events raise nothing, lose no answer, and mean the same after a restart."""
    play(mind, seed, 400)


IDS = [f"q{number}" for number in range(7)]
OPTIONS = ["a", "b", "c", "d"]


@st.composite
def conditions(draw: DrawFn, ids: list[str]) -> Condition:
    """A condition over earlier questions, or none."""
    if not ids or draw(st.integers(0, 2)) == 0:
        return ALWAYS
    question = draw(st.sampled_from(ids))
    options = frozenset(draw(st.sets(st.sampled_from(OPTIONS), min_size=1)))
    kind = draw(st.integers(0, 5))
    every: list[Condition] = [
        AnyOf(question, options),
        AllOf(question, options),
        NoneOf(question, options),
        OnlyOf(question, options),
        Count(question, 1, 2),
        Known(question, draw(st.booleans())),
    ]
    return every[kind]


@st.composite
def dialogues(draw: DrawFn, name: str, offset: int, callable_: str) -> Dialogue:
    """A sound dialogue: rules only lead onwards."""
    ids = [f"{name}_{one}" for one in IDS[: draw(st.integers(1, 7))]]
    questions = []
    for number, question_id in enumerate(ids):
        kinds: list[Kind] = ["one", "many", "text", "call"] if callable_ else ["one", "many", "text"]
        kind = draw(st.sampled_from(kinds))
        options = (
            tuple(Option(one, f"Label {one}", alone=one == "d" and kind == "many") for one in OPTIONS) if kind in ("one", "many") else ()
        )
        later = [*ids[number + 1 :], END]
        rules = tuple(Rule(draw(st.sampled_from(later)), draw(conditions(ids[: number + 1]))) for _ in range(draw(st.integers(0, 2))))
        questions.append(
            Question(
                id=question_id,
                kind=kind,
                ask=f"Ask {question_id}",
                options=options,
                at_most=draw(st.integers(1, 4)) if kind == "many" else 100 if kind == "text" else 4,
                may_skip=draw(st.booleans()),
                only_if=draw(conditions(ids[:number])),
                rules=(*rules, Rule(later[0])),
                calls=callable_ if kind == "call" else "",
            )
        )
    return Dialogue(name, f"Dialogue {name}", tuple(questions), verdict=False)


@st.composite
def books(draw: DrawFn, shipped: Book) -> Book:
    """A generated book: two dialogues, one of which may call the other."""
    inner = draw(dialogues("inner", 0, ""))
    outer = draw(dialogues("outer", 1, "inner"))
    return replace(shipped, dialogues={"outer": outer, "inner": inner}, start="outer", sayings={}, revision="generated")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_random_conversations_over_generated_books(shipped: Book, data: st.DataObject, seed: int) -> None:
    """The same holds for books nobody has seen: any mix of kinds, conditions, jumps, skips and calls."""
    play(Mind(data.draw(books(shipped))), seed, 60)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_stepping_equals_walking_in_one_go(shipped: Book, data: st.DataObject, seed: int) -> None:
    """Answering question by question ends where walking all answers from the start ends."""
    mind = Mind(data.draw(books(shipped)))
    rng = random.Random(seed)
    walker = mind.engine.walker
    answers: tuple[Answer, ...] = ()
    for _ in range(40):
        walk = walker.walk("outer", answers)
        question = walker.question(walk)
        if question is None:
            break
        answer = _some_answer(rng, question)
        assert fits(question, answer, walk.picked)
        answers = (*answers, answer)
    else:
        raise AssertionError("the dialogue does not end")
    fresh = type(walker)(mind.book, walker.close_types).walk("outer", answers)
    assert fresh.finished
    assert fresh.asked == tuple(answer.question for answer in answers)


def _some_answer(rng: random.Random, question: Question) -> Answer:
    if question.may_skip and rng.random() < 0.3:
        return Answer(question.id, how="skipped")
    match question.kind:
        case "text":
            return Answer(question.id, text="some words")
        case "one":
            return Answer(question.id, (rng.choice(question.options).id,))
        case _:
            together = [option.id for option in question.options if not option.alone]
            return Answer(question.id, tuple(sorted(rng.sample(together, min(question.at_most, len(together))))))
