"""The shape of dialogues, of what people type for an option, of the bot's own phrases, and of word lists."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.loading.shapes.base import FileShape, Id, Ids, If, Lines, Shape, Text, Whole, YesNo, short_form


class OptionShape(Shape):
    """One choice of a question."""

    label: Text = Field(description="What stands on the button.")
    help: Text | None = Field(None, description="One line that helps people see whether this is theirs.")
    words: Lines = Field([], description="Other words people type for it.")
    alone: YesNo = Field(False, description="yes: it cannot be ticked together with others.")
    unsure: YesNo = Field(False, description='yes: this is the "not sure" option.')
    was: Id | None = Field(None, description="The id this option had before it was renamed.")


def _rules(value: Any) -> Any:
    return [{"go": value}] if isinstance(value, str) else value


class RuleShape(Shape):
    """One rule for what comes next."""

    if_: If = Field(None, description="When this rule applies; without it, always.")
    go: Id = Field(description='The id of the question to go to, or "end".')


class QuestionShape(Shape):
    """One question. It has exactly one of: choose one, choose many, choose from, write, call."""

    ask: Text | None = Field(None, description="The question, as people read it.")
    short: Text | None = Field(None, description="Its name in lists, one to three words.")
    hint: Text | None = Field(None, description="A line below the question.")
    why: Text | None = Field(None, description="Why we ask: shown when someone wants to know.")
    unclear: Text | None = Field(None, description="Said when an answer was not understood.")
    choose_one: dict[Id, Annotated[OptionShape, short_form("label")]] | None = Field(None, description="The options; one is picked.")
    choose_many: dict[Id, Annotated[OptionShape, short_form("label")]] | None = Field(
        None, description="The options; several may be ticked."
    )
    choose_from: Id | None = Field(None, description="An earlier choose-many question; what was ticked there is the choice here.")
    write: YesNo = Field(False, description="yes: people answer in their own words, which are only repeated back.")
    call: Id | None = Field(None, description="Run this other dialogue here, then go on.")
    at_least: Whole | None = Field(None, description="How many must be ticked, or letters written.")
    at_most: Whole | None = Field(None, description="How many may be ticked, or letters written.")
    may_skip: YesNo = Field(True, description="no: there must be an answer.")
    only_if: If = Field(None, description="Ask only when this holds.")
    next: Annotated[list[RuleShape] | None, BeforeValidator(_rules)] = Field(
        None, description="Where to go next; without it, the question below."
    )
    was: Id | None = Field(None, description="The id this question had before it was renamed.")


class DialogueFile(FileShape):
    """A conversation: its questions from top to bottom."""

    dialogue: Id = Field(description="The id of this dialogue.")
    title: Text = Field(description="Its name, as people read it.")
    about: Text | None = Field(None, description="What people read before the first question.")
    closing: Text | None = Field(None, description="What people read after the last question.")
    start: YesNo = Field(False, description="yes: /start begins with this dialogue. Exactly one has it.")
    verdict: YesNo = Field(False, description="yes: after the last question comes the type of partnership.")
    questions: dict[Id, QuestionShape] = Field(min_length=1)


class SayingsFile(FileShape):
    """What people type when they mean an option: the more real words and sentences, the better the bot understands."""

    sayings: Id = Field(description="The id of the question.")
    also_for: Ids = Field([], description="Other questions with the same options.")
    words: dict[Id, Lines] = Field({}, description="Option id → names and words that mean it, wherever they stand in a sentence.")
    sentences: dict[Id, Lines] = Field({}, description="Option id → sentences people type when they mean it.")
    other: Lines = Field([], description="Sentences that mean none of the options clearly; the bot asks again.")


class PhrasesFile(FileShape):
    """What the bot says that belongs to no question, and the words people type for its commands."""

    phrases: dict[Id, Text]
    commands: dict[Id, Lines] = Field({}, description="Command → words people type for it.")


class WordsFile(FileShape):
    """Words that mean the same everywhere."""

    synonyms: dict[Id, Lines] = Field(description="A chief word → words and phrases that mean the same.")
    alike: dict[Id, Lines] = Field({}, description="A name → words that play the same part in a sentence, such as fair and carnival.")
    fillers: Lines = Field([], description="Words that say nothing.")
