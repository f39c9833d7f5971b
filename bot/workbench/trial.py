"""`test`: runs the tests that coordinators wrote, and measures how well typed answers and quick questions are understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.dialogue.walk import Walk
from bot.model.book import Book
from bot.model.case import Case, TestFile
from bot.model.conversation import Answer, with_answer
from bot.model.verdict import Verdict
from bot.workbench.advise import Adviser
from bot.workbench.asked import AskedTrial
from bot.workbench.asking import Asking
from bot.workbench.given import WrongAnswers, picked_from
from bot.workbench.goals import missed
from bot.workbench.rate import NO_ANSWER, Mistake, Rate, count
from bot.workbench.scripts import difference


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that did not come out as expected."""

    where: str
    name: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}  {self.name}\n    {self.says}"


@dataclass(slots=True)
class Trial:
    """What came of running all tests of a book."""

    failures: list[Failure] = field(default_factory=list)
    cases: int = 0
    cases_right: int = 0
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    rates: dict[str, Rate] = field(default_factory=dict)
    mistaken: list[Mistake] = field(default_factory=list)
    options: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    asked: AskedTrial = field(default_factory=AskedTrial)
    scripts: int = 0
    goals: int = 0

    @property
    def passed(self) -> bool:
        """True if nothing failed and every goal was met."""
        return not self.failures

    @property
    def mistakes(self) -> int:
        """How many texts were taken for something else. A goal says how many are too many."""
        return len(self.mistaken) + len(self.asked.mistaken) + len(self.asked.alarms_mistaken)


class Tester:
    """Runs the tests of one book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.adviser = Adviser(book)
        self.asking = Asking(book)

    def run(self) -> Trial:
        """All tests of the book."""
        trial = Trial()
        for file in self.book.tests:
            for case in file.cases:
                self._case(case, trial)
            self._typed(file, trial)
            for one in file.questions:
                trial.asked.count(one, self.asking.topic_of(one.text), self.book)
            for alarm in file.alarms:
                trial.asked.count_alarm(alarm, self.asking.danger.in_text(alarm.text))
            for script in file.scripts:
                trial.scripts += 1
                if says := difference(self.book, script):
                    trial.failures.append(Failure(str(script.place), script.name, says))
        for file in self.book.tests:
            for name, goal in file.goals.items():
                trial.goals += 1
                if says := missed(name, goal, trial.asked.rate_of(name) or trial.rates.get(name)):
                    trial.failures.append(Failure(str(goal.place), f"Goal for {name}", says))
        return trial

    # Cases.

    def _case(self, case: Case, trial: Trial) -> None:
        trial.cases += 1
        try:
            if case.typed:
                readings = self.adviser.understand(dict(case.typed))
                picked: dict[str, tuple[str, ...]] = {name: found.options for name, found in readings.items() if found.options}
                picked |= picked_from(self.book, {name: _listed(given) for name, given in case.answers.items()})
            else:
                picked = dict(picked_from(self.book, {name: _listed(given) for name, given in case.answers.items()}))
        except WrongAnswers as slip:
            trial.failures.append(Failure(str(case.place), case.name, str(slip)))
            return
        verdict = self.adviser.verdict(picked)
        found = verdict.type or "insufficient"
        if case.expected.type:
            trial.types[case.expected.type, found] += 1
        says = next(self._differences(case, verdict, picked), "")
        if says:
            typed = f" Understood: {picked}." if case.typed else ""
            trial.failures.append(Failure(str(case.place), case.name, says + typed))
        else:
            trial.cases_right += 1

    def _differences(self, case: Case, verdict: Verdict, picked: dict[str, tuple[str, ...]]) -> Iterator[str]:
        expected = case.expected
        wanted = {"type": expected.type, "second": expected.second, "confidence": expected.confidence}
        found = {"type": verdict.type or "insufficient", "second": verdict.second or "", "confidence": verdict.confidence}
        for name, value in wanted.items():
            if value and value != found[name]:
                points = ", ".join(f"{one} {number}" for one, number in verdict.points.items() if number)
                yield f'expected {name} "{value}", found "{found[name]}". Points: {points or "none"}.'
        reasons = {reason.question for reason in verdict.reasons}
        for question in expected.because_of:
            if question not in reasons:
                yield f'expected a reason from "{question}"; the reasons come from {", ".join(sorted(reasons)) or "nowhere"}.'
        for name, given in expected.profile.items():
            known = verdict.profile[name]
            if set(_listed(given)) != set(_listed(known)):
                yield f'expected {name} "{given}", found "{known}".'
        said = {True: "yes", False: "no", None: "unknown"}
        for name, value in expected.definition.items():
            if value != said[verdict.definition[name]]:
                yield f'expected "{name}" to be {value}, found {said[verdict.definition[name]]}.'
        if expected.asked:
            asked = self._asked(picked)
            if asked.asked != expected.asked:
                yield f"expected to be asked {', '.join(expected.asked)}; was asked {', '.join(asked.asked)}."

    def _asked(self, picked: dict[str, tuple[str, ...]]) -> Walk:
        """The way of the interview with these answers; everything else is skipped."""
        walker = self.adviser.engine.walker
        answers: tuple[Answer, ...] = ()
        walk = walker.walk(self.book.start, answers)
        while walk.at:
            answer = Answer(walk.at, picked[walk.at]) if walk.at in picked else Answer(walk.at, how="skipped")
            answers = with_answer(answers, answer)
            following = walker.walk(self.book.start, answers)
            if following.at == walk.at:
                break
            walk = following
        return walk

    # Typed answers and quick questions.

    def _typed(self, file: TestFile, trial: Trial) -> None:
        for one in file.typed:
            found = self.adviser.understand({one.question: one.text})[one.question]
            took = tuple(sorted(found.options))
            meant = tuple(sorted(one.options))
            rate = trial.rates.setdefault(one.question, Rate())
            trial.options.setdefault(one.question, Counter())["+".join(meant) or NO_ANSWER, "+".join(took) or NO_ANSWER] += 1
            if count(rate, meant, took, wholly=not found.unknown):
                trial.mistaken.append(Mistake(str(one.place), one.text, " + ".join(meant) or "unclear", " + ".join(took)))


def _listed(value: str | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
