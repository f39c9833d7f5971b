"""The pages of a round: what the group is shown while it goes on, and what came out of it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.dialogue.step import Engine
from bot.guidance.compare import FEWEST, Spread, compare
from bot.guidance.judge import judge
from bot.model.condition import Picked
from bot.model.conversation import Conversation
from bot.model.dialogue import Question
from bot.model.reply import Button, Card, Section
from bot.model.verdict import Verdict
from bot.turn.rounds import AGAIN_AFTER, Result, Round

OVER = ("counted", "missed", "late", "unknown", "full")
"""What becomes of somebody who comes too late: they were counted, or had not finished; or they had not begun, and cannot any more."""


@dataclass(frozen=True, slots=True)
class RoundPages:
    """Makes the pages of rounds in the words of one book. None of them says who answered what."""

    engine: Engine

    def phrase(self, name: str, /, **values: str) -> str:
        return self.engine.asker.phrase(name, **values)

    # What comes of answers.

    def finished(self, conversation: Conversation) -> Picked | None:
        """The closed answers of somebody who has answered every question; None while something is left to ask."""
        walk = self.engine.walk(conversation)
        if not walk.finished or conversation.changing:
            return None
        return {name: options for name, options in walk.picked.items() if options}

    def close(self, round_: Round, now: int) -> Round:
        """The round, closed: with the picture, if enough have answered to show one."""
        picture = compare(self._questions(), tuple(round_.answers.values())) if round_.count >= round_.least else None
        if picture is None:
            return round_.over(None, now)
        picture = picture.without_counts() if round_.early else picture
        found = self._judged(picture.shared)
        return round_.over(Result(now, found.type or "", picture), now)

    def _questions(self) -> list[Question]:
        return [question for dialogue in self.engine.book.dialogues.values() for question in dialogue.questions]

    def _judged(self, shared: Picked) -> Verdict:
        return judge(self.engine.book.guide, self.engine.settled(self.engine.book.start)(shared))

    # Pages.

    def board(self, round_: Round) -> Card:
        """The round while it goes on."""
        early = (self.phrase("round_early", least=str(round_.least)),) if round_.early else ()
        lines = (self.phrase("round_about"), self.phrase("round_private"), *early)
        standing = (self.count(round_), self.phrase("round_until", date=self.date(round_.ends)))
        return Card("round", self.phrase("round_title"), (Section(lines=lines, listed=False), Section(lines=standing, listed=False)))

    def count(self, round_: Round) -> str:
        """How many have answered, of how many."""
        if round_.expected:
            return self.phrase("round_count_of", count=str(round_.count), expected=str(round_.expected))
        name = {0: "round_count_none", 1: "round_count_one"}.get(round_.count, "round_count")
        return self.phrase(name, count=str(round_.count)) if name == "round_count" else self.phrase(name)

    def count_in_private(self, round_: Round) -> str:
        """How many have answered, for one of them who asks."""
        return f"{self.count(round_)} {self.phrase('round_not_who')}" if round_.count else self.count(round_)

    def board_after(self, round_: Round) -> Card:
        """The board of a round that has closed."""
        return Card("round", self.phrase("round_closed_board" if round_.result else "round_closed_few_board"))

    def result(self, round_: Round) -> Card:
        """What came out; or, if too few have answered, that nothing is shown."""
        result = round_.result
        if result is None:
            text = self.phrase("round_too_few_early" if round_.early else "round_too_few", least=str(round_.least))
            return Card("round_result", self.phrase("round_title_few"), (Section(lines=(text,), listed=False),))
        people = self.phrase("round_people", count=str(result.picture.people))
        sections = (
            Section(lines=(people,), listed=False),
            *self._type(result),
            *self._agree(result),
            *self._differ(result),
            Section(self.phrase("heading_next_step"), (self._judged(result.picture.shared).advice.next_step,), listed=False),
            *self._then_and_now(result, None if round_.early else round_.before),
        )
        shown = tuple(one for one in sections if any(one.lines) or one.heading == "")
        return Card("round_result", self.phrase("round_result_title"), shown)

    def last(self, round_: Round) -> Card:
        """What came out of the last round, and from when on a new one makes sense."""
        page = self.result(replace(round_, before=None))
        result = round_.result
        if result is None:
            return page
        when = self.phrase("round_again_from", date=self.date(result.at + AGAIN_AFTER), least=str(result.picture.people + FEWEST))
        return replace(
            page, title=self.phrase("round_last_title", date=self.date(result.at)), sections=(*page.sections, Section(lines=(when,)))
        )

    def over(self, conversation: Conversation, how: str) -> Card:
        """In private, to whoever comes when it is too late: what became of their answers, and where to go from here."""
        own = conversation.has_begun or bool(conversation.answers)
        first = Button("home", self.phrase("button_home")) if own else Button("go_on", self.phrase("button_find_type"))
        text = self.phrase(f"round_over_{how}" if how in OVER else "round_over_late")
        return Card("over", text, buttons=(first, Button("topics", self.phrase("button_ask"))))

    def date(self, moment: float) -> str:
        """A day, as people write it."""
        day = time.gmtime(moment)
        months = [one.strip() for one in self.phrase("months").split(",")]
        return self.phrase("date", day=str(day.tm_mday), month=months[(day.tm_mon - 1) % len(months)], year=str(day.tm_year))

    # Parts of the result.

    def _type(self, result: Result) -> tuple[Section, ...]:
        found = self._judged(result.picture.shared)
        kind = self.engine.book.guide.type(found.type or "")
        if kind is None:
            return (Section(lines=(self.phrase("round_no_type"),), listed=False),)
        name = found.confidence if found.second or found.confidence == "clear" else "closest_alone"
        sure = self.phrase(f"round_{name}", second=self._type_name(found.second)) if found.second else self.phrase(f"round_{name}")
        title = "round_not_yet" if kind.id == "not_yet" else "verdict_title"
        return (Section(self.phrase(title, type=kind.name), (kind.means, sure), listed=False),)

    def _agree(self, result: Result) -> tuple[Section, ...]:
        lines = []
        for question in filter(None, map(self.engine.walker.find, result.picture.agree)):
            answer = self.engine.asker.labels(question, result.picture.shared.get(question.id, ()))
            lines.append(self.phrase("round_agree_line", question=question.name, answer=answer) if answer else question.name)
        if not lines:
            return (Section(lines=(self.phrase("round_agree_none"),), listed=False),)
        return (Section(self.phrase("heading_agree"), tuple(lines)),)

    def _differ(self, result: Result) -> tuple[Section, ...]:
        spreads = [(found, one) for one in result.picture.differ if (found := self.engine.walker.find(one.question))]
        if not spreads:
            return (Section(lines=(self.phrase("round_differ_none"),), listed=False),)
        counted = all(spread.counts for _, spread in spreads)
        lines = (self.phrase("round_differ"), *(() if counted else (self.phrase("round_no_counts"),)))
        head = Section(lines=lines, listed=False)
        return (head, *(self._spread(question, spread) for question, spread in spreads))

    def _spread(self, question: Question, spread: Spread) -> Section:
        counts = [
            self.phrase("round_spread_line", count=str(count), answer=self.engine.asker.labels(question, (option,)))
            for option, count in spread.counts.items()
        ]
        talk = (self.phrase("round_talk", question=question.talk),) if question.talk else ()
        return Section(question.ask, (*counts, *talk), listed=False)

    def _then_and_now(self, result: Result, before: Result | None) -> tuple[Section, ...]:
        if before is None:
            return ()
        then = self.phrase("round_then", date=self.date(before.at), picture=self._in_short(before))
        now = self.phrase("round_now", picture=self._in_short(result))
        return (Section(self.phrase("heading_then_now"), (then, now), listed=False),)

    def _in_short(self, result: Result) -> str:
        nothing = self.phrase("round_nothing")
        return self.phrase(
            "round_in_short",
            type=self._type_name(result.type) or self.phrase("round_type_unclear"),
            agree=", ".join(self._names(result.picture.agree)) or nothing,
            differ=", ".join(self._names(one.question for one in result.picture.differ)) or nothing,
        )

    def _names(self, questions: Iterable[str]) -> list[str]:
        return [found.name for one in questions if (found := self.engine.walker.find(one)) is not None]

    def _type_name(self, type_id: str | None) -> str:
        found = self.engine.book.guide.type(type_id or "")
        return found.name if found else ""
