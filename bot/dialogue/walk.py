"""Walks answers through the machines from the start: where does this conversation stand?

Back, Review, a changed answer, resuming after a restart and moving onto an edited dialogue are all this one function.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.dialogue.machine import Cursor, DialogueMachine, Trigger
from bot.model.book import Book
from bot.model.condition import ALWAYS, Facts, Picked
from bot.model.conversation import Answer
from bot.model.dialogue import END, Question, Rule
from bot.model.limits import CALL_DEPTH, STEPS_PER_WALK

CloseTypes = Callable[[Picked], frozenset[str]]
MEMO = 4_096


@dataclass(frozen=True, slots=True)
class Walk:
    """Where walking the answers leads: `asked` were answered on the way, `at` is asked now ("" at the end).

    `frames` is the way back out of called dialogues: (dialogue, question) from the outside in. `rules` are the rules
    this step of the walk took, `passed` the questions it went by without asking; `stuck` is true if the rules ran in a
    circle and the walk was ended.
    """

    asked: tuple[str, ...]
    at: str
    frames: tuple[tuple[str, str], ...]
    picked: Picked
    rules: tuple[Rule, ...] = ()
    passed: tuple[str, ...] = ()
    stuck: bool = False

    @property
    def finished(self) -> bool:
        """True if there is nothing left to ask."""
        return not self.at


def fits(question: Question, answer: Answer, picked: Picked) -> bool:
    """True if the answer can be an answer to this question."""
    if answer.how != "given":
        return question.may_skip
    if question.kind == "text":
        return question.at_least <= len(answer.text) <= question.at_most
    known = open_options(question, picked)
    if not answer.options or any(option not in known for option in answer.options):
        return False
    if question.kind == "one":
        return len(answer.options) == 1
    alone = any(option.alone for option in question.options if option.id in answer.options)
    return question.at_least <= len(answer.options) <= question.at_most and not (alone and len(answer.options) > 1)


def open_options(question: Question, picked: Picked) -> tuple[str, ...]:
    """The ids of the options a question offers, given what was picked before."""
    if question.options_from:
        return picked.get(question.options_from, ())
    return tuple(option.id for option in question.options)


class Walker:
    """Walks conversations of one book. Remembers recent walks, which changes nothing but the time it takes."""

    def __init__(self, book: Book, close_types: CloseTypes) -> None:
        self.book = book
        self.machines = {name: DialogueMachine(dialogue) for name, dialogue in book.dialogues.items()}
        self._close_types = close_types
        self._memo: dict[tuple[str, tuple[Answer, ...]], Walk] = {}
        self._close_memo: dict[frozenset[tuple[str, tuple[str, ...]]], frozenset[str]] = {}

    def close_types(self, picked: Picked) -> frozenset[str]:
        """The types that are close with these answers. Several tie-breaks ask this in a row, so it is remembered."""
        key = frozenset(picked.items())
        known = self._close_memo.get(key)
        if known is None:
            if len(self._close_memo) >= MEMO:
                self._close_memo.clear()
            known = self._close_memo[key] = self._close_types(picked)
        return known

    def walk(self, dialogue: str, answers: tuple[Answer, ...]) -> Walk:
        """The walk of these answers through a dialogue. An unknown dialogue is finished at once."""
        key = (dialogue, answers)
        known = self._memo.get(key)
        if known is not None:
            return known
        before = self._memo.get((dialogue, answers[:-1])) if answers else None
        if before is not None and before.at == answers[-1].question:
            found = self._go_on(before, answers)
        elif dialogue in self.machines:
            found = self._go_on(self._start(dialogue), answers)
        else:
            found = Walk((), "", (), {})
        if len(self._memo) >= MEMO:
            self._memo.clear()
        self._memo[key] = found
        return found

    def forget(self, dialogue: str, answers: tuple[Answer, ...]) -> None:
        """Forgets one remembered walk, so that it can be measured again."""
        self._memo.pop((dialogue, answers), None)

    def settled(self, dialogue: str, picked: Picked) -> Picked:
        """Only those of the picked options that are still asked for; questions without an answer count as skipped."""
        if dialogue not in self.machines:
            return picked
        given = _SkippedOtherwise({name: Answer(name, options) for name, options in picked.items()})
        return self._run(_Course(self, self._start(dialogue), given)).picked

    def question(self, walk: Walk) -> Question | None:
        """The question a walk stands at."""
        return self.find(walk.at) if walk.at else None

    def find(self, question_id: str) -> Question | None:
        """The question with this id, in whichever dialogue it stands."""
        for dialogue in self.book.dialogues.values():
            if question_id in dialogue.by_id:
                return dialogue.by_id[question_id]
        return None

    def _start(self, dialogue: str) -> Walk:
        return Walk((), "", ((dialogue, _first(self.machines[dialogue])),), {})

    def _go_on(self, walk: Walk, answers: tuple[Answer, ...]) -> Walk:
        """Carries a walk on as far as the answers reach."""
        return self._run(_Course(self, walk, {answer.question: answer for answer in answers}))

    @staticmethod
    def _run(course: "_Course") -> Walk:
        for _ in range(STEPS_PER_WALK):
            trigger = course.look()
            if trigger is None:
                return course.ended()
            if trigger != "enter" and not course.move(trigger):
                break
        course.stuck = True
        return course.ended()


class _SkippedOtherwise(dict[str, Answer]):
    """Answers by question; a question without one is skipped, even where a person could not skip it."""

    def get(self, question: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]  # one default is enough
        found = super().get(question, default)
        return Answer(question, how="skipped") if found is None else found


class _Course:
    """One walk under way."""

    __slots__ = ("asked", "at", "facts", "frames", "given", "gone_by", "passed", "picked", "rules", "stuck", "walker")

    def __init__(self, walker: Walker, start: Walk, given: dict[str, Answer]) -> None:
        self.walker = walker
        self.given = given
        self.asked = list(start.asked)
        self.picked = dict(start.picked)
        self.frames = [(walker.machines[name], Cursor(at)) for name, at in start.frames]
        self.facts = Facts(self.picked, walker.close_types)
        self.rules: list[Rule] = []
        self.passed = list(start.passed)
        self.gone_by: set[tuple[str, ...]] = set()
        self.at = ""
        self.stuck = False

    def look(self) -> Trigger | Literal["enter"] | None:
        """Looks at where the cursor stands: what fires next, or None if the walk ends here."""
        if not self.frames:
            return None
        machine, cursor = self.frames[-1]
        question = machine.dialogue.by_id.get(cursor.question)
        if question is None:
            # The end of this dialogue: go on after the question that called it.
            self.frames.pop()
            return "answer" if self.frames else None
        if not is_asked(question, self.facts):
            self.passed.append(question.id)
            return self._go_by("pass")
        if question.kind == "call":
            return self._call(question)
        if question.id in self.asked:
            return self._go_by("answer")
        answer = self.given.get(question.id)
        if answer is None or not (fits(question, answer, self.picked) or self._forced(answer)):
            self.at = question.id
            return None
        self.asked.append(question.id)
        if answer.options and answer.how == "given":
            self.picked[question.id] = answer.options
        return "answer" if answer.how == "given" else "skip"

    def _forced(self, answer: Answer) -> bool:
        return answer.how == "skipped" and isinstance(self.given, _SkippedOtherwise)

    def _go_by(self, trigger: Trigger) -> Trigger | None:
        """Goes by a question that is not asked, or was asked on the way here; a second time at one spot is a circle."""
        spot = tuple(cursor.state for _, cursor in self.frames)
        if spot in self.gone_by:
            self.stuck = True
            return None
        self.gone_by.add(spot)
        return trigger

    def _call(self, question: Question) -> Literal["enter", "answer"]:
        called = self.walker.machines.get(question.calls)
        if called is None or len(self.frames) >= CALL_DEPTH or not called.dialogue.questions:
            return "answer"
        self.frames.append((called, Cursor(called.dialogue.questions[0].id)))
        return "enter"

    def move(self, trigger: Trigger) -> bool:
        """Fires the trigger on the innermost machine."""
        machine, cursor = self.frames[-1]
        moved = machine.fire(trigger, cursor, self.facts)
        if cursor.rule is not None:
            self.rules.append(cursor.rule)
        return moved

    def ended(self) -> Walk:
        left = tuple((machine.dialogue.id, cursor.question) for machine, cursor in self.frames)
        return Walk(tuple(self.asked), self.at, left, self.picked, tuple(self.rules), tuple(self.passed), self.stuck)


def is_asked(question: Question, facts: Facts) -> bool:
    """True if the question is asked at all: its `only if` holds, and borrowed options leave something to choose."""
    if question.options_from and len(facts.picked.get(question.options_from, ())) < 2:
        return False
    return question.only_if is ALWAYS or question.only_if.holds(facts)


def _first(machine: DialogueMachine) -> str:
    questions = machine.dialogue.questions
    return questions[0].id if questions else END
