"""Shows the question a conversation stands at: choices with their ticks, buttons, progress."""

from dataclasses import dataclass, field

from bot.dialogue.walk import Walk, Walker, open_options
from bot.model.book import Book
from bot.model.condition import Condition, Every, NoneOf, Picked
from bot.model.conversation import Answer, Conversation
from bot.model.dialogue import END, Dialogue, Option, Question
from bot.model.reply import Ask, Button, Choice
from bot.model.text import fill, shortened

SHOWN_ANSWER = 200
"""At most this many letters of a person's own words are repeated back."""


@dataclass(slots=True)
class Asker:
    """Makes questions visible, in the words of one book."""

    walker: Walker
    _plain: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    _left: dict[str, int] = field(default_factory=dict)
    _rows: dict[tuple[object, ...], tuple[Button, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for dialogue in self.book.dialogues.values():
            self._left |= _questions_left(dialogue)

    @property
    def book(self) -> Book:
        return self.walker.book

    def phrase(self, name: str, /, **values: str) -> str:
        """One of the bot's own phrases."""
        return fill(self.book.phrases.get(name, name), values)

    def ask(self, conversation: Conversation, walk: Walk, note: str = "", helped: bool = False) -> Ask:
        """The question at hand: the one being changed, or the one the walk stands at. There must be one."""
        question = self.walker.find(conversation.changing or walk.at)
        if question is None:
            return Ask("", note)
        before = before_of(conversation, question.id)
        notes = [note] if note else []
        if before is not None and conversation.ticked is None and not conversation.offered:
            notes += filter(None, (self._earlier(question, before, bool(conversation.changing)),))
        number = len(walk.asked) + 1
        if conversation.changing and conversation.changing in walk.asked:
            number = walk.asked.index(conversation.changing) + 1
        total = max(number, number + self._left.get(question.id, 0))
        return Ask(
            question=question.id,
            text=question.ask,
            hint=question.hint,
            note=" ".join(notes),
            choices=self._choices(conversation, question, walk.picked, before),
            buttons=self._buttons(conversation, question, walk, before),
            many=question.kind == "many",
            helped=helped,
            number=number,
            total=total,
            progress=self.phrase("progress", number=str(number), total=str(total)),
        )

    def _earlier(self, question: Question, before: Answer, changing: bool) -> str:
        """What a person finds here of what they said before. Whoever chose to change an answer knows, and sees the tick."""
        if question.kind == "text" and before.text:
            return self.phrase("earlier_text", answer=shortened(before.text, SHOWN_ANSWER))
        return self.phrase("earlier_ticked") if before.options and not changing else ""

    def _choices(self, conversation: Conversation, question: Question, picked: Picked, before: Answer | None) -> tuple[Choice, ...]:
        ticked = conversation.ticked if conversation.ticked is not None else before.options if before else ()
        if not ticked and not question.options_from and not conversation.offered:
            if question.id not in self._plain:
                self._plain[question.id] = tuple(Choice(one.id, one.label, one.help) for one in question.options)
            return self._plain[question.id]
        shown = conversation.offered or open_options(question, picked)
        options = [option for one in shown if (option := self.option(question, one)) is not None]
        return tuple(Choice(one.id, one.label, one.help, one.id in ticked) for one in options)

    def option(self, question: Question, option_id: str) -> Option | None:
        """An option of this question: its own, or one of the question it borrows them from."""
        source = self.walker.find(question.options_from) if question.options_from else question
        return (source or question).option(option_id)

    def _buttons(self, conversation: Conversation, question: Question, walk: Walk, before: Answer | None) -> tuple[Button, ...]:
        wanted = {
            "done": question.kind == "many" and not conversation.offered,
            "all": bool(conversation.offered),
            "keep": before is not None and before.known and conversation.ticked is None,
            "back": bool(walk.asked or conversation.changing or conversation.undo),
            "skip": question.may_skip and not conversation.changing,
            "unsure": question.may_skip and question.kind != "text" and not any(one.unsure for one in question.options),
            "why": bool(question.why),
            "review": bool(walk.asked) and not conversation.changing,
        }
        labels = {"all": "all_choices"}
        key = (question.id, *wanted.values())
        known = self._rows.get(key)
        if known is None:
            shown = [(name, labels.get(name, name)) for name, is_shown in wanted.items() if is_shown]
            known = tuple(Button(name, self.phrase(f"button_{label}"), question.id) for name, label in shown)
            self._rows[key] = known
        return known

    def answer_in_words(self, answer: Answer) -> str:
        """An answer as people read it: the labels of its options, their own words, or that it was skipped."""
        if answer.how != "given":
            return self.phrase("skipped" if answer.how == "skipped" else "unsure")
        if answer.text:
            return shortened(answer.text, SHOWN_ANSWER)
        question = self.walker.find(answer.question)
        return self.labels(question, answer.options) if question else ", ".join(answer.options)

    def so_far(self, conversation: Conversation, most: int) -> str:
        """The last answers on one line, each with what it answers, in at most about `most` characters. "" if there are none."""
        shown: list[str] = []
        for answer in reversed(conversation.answers):
            question = self.walker.find(answer.question)
            if question is None or not self._says_something(question, answer):
                continue
            words = self.phrase("review_line", question=question.name, answer=shortened(self.answer_in_words(answer), most // 2))
            if shown and sum(map(len, shown)) + len(words) > most:
                break
            shown.insert(0, words)
        return self.phrase("so_far", answers=" · ".join(shown)) if shown else ""

    @staticmethod
    def _says_something(question: Question, answer: Answer) -> bool:
        """False for what was skipped or is not known."""
        return answer.known and not any((option := question.option(one)) is not None and option.unsure for one in answer.options)

    def _labels(self, question: Question, options: tuple[str, ...]) -> list[str]:
        return [option.label if (option := self.option(question, one)) else one for one in options]

    def labels(self, question: Question, options: tuple[str, ...]) -> str:
        """The labels of options with a sign between them: in a label there may be commas, an "and" and an "or"."""
        return f" {self.phrase('and')} ".join(self._labels(question, options))

    def either(self, question: Question, options: tuple[str, ...]) -> str:
        """The labels of options to choose from, in quotes: “this”, “that” or “the other”."""
        found = [f"“{label}”" for label in self._labels(question, options)]
        return " ".join((", ".join(found[:-1]), self.phrase("or"), found[-1])) if len(found) > 1 else "".join(found)


def before_of(conversation: Conversation, question: str) -> Answer | None:
    """What was answered to this question before, if it is being changed or was taken back."""
    if conversation.changing == question:
        return conversation.answer_to(question)
    return conversation.earlier_answer_to(question)


def _questions_left(dialogue: Dialogue) -> dict[str, int]:
    """Question id → about how many questions follow it, if no rule turns off the way and no extra one is asked."""
    count: dict[str, int] = {END: 0}
    left: dict[str, int] = {}
    for question in reversed(dialogue.questions):
        left[question.id] = count.get(question.rules[-1].to if question.rules else END, 0)
        usually = question.kind != "call" and not question.options_from and _usually_holds(question.only_if)
        count[question.id] = 1 + left[question.id] if usually else count.get(dialogue.below(question.id), 0)
    return left


def _usually_holds(condition: Condition) -> bool:
    """A guess for the progress: what asks that something was not picked holds more often than not."""
    return isinstance(condition, NoneOf) or (isinstance(condition, Every) and all(map(_usually_holds, condition.parts)))
