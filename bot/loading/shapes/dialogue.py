"""The shape of dialogues, of what people type for an option, of the bot's own phrases, and of word lists."""

from typing import Any

from bot.loading.shapes.base import IDS, LINES, WORDS, FileShape, ListOf, MapOf, Nested, Shape, may, need
from bot.loading.shapes.kinds import ID, IF, TEXT, WHOLE, WRONG_DASH, YES_NO, Path, Schema, Slip


class OptionShape(Shape):
    """One choice of a question."""

    label: str = need(TEXT, "What stands on the button.")
    help: str | None = may(TEXT, None, "One line that helps people see whether this is theirs.")
    words: list[str] = may(WORDS, [], "Other words people type for it.")
    alone: bool = may(YES_NO, False, "yes: it cannot be ticked together with others.")
    unsure: bool = may(YES_NO, False, 'yes: this is the "not sure" option.')
    was: str | None = may(ID, None, "The id this option had before it was renamed.")


class _Options(MapOf):
    """The options of a question. A key of an option that stands among them is a slip: it would become a button."""

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """The options."""
        if not isinstance(value, dict) or not OptionShape.fields.keys() & value:
            return super().read(value, path, slips)
        above, options = "", dict(value)
        for key in value:
            if key not in OptionShape.fields:
                above = key
                continue
            del options[key]
            further_in = not value.get(above, "-") or isinstance(value.get(above), dict)
            if not value.get(above, "-"):
                del options[above]
            mend = f'Start this line further in, below "{above}".' if further_in else _LONG_FORM.format(above=above, key=key)
            slips.append(Slip("D217", (*path, key), f"This is a line of an answer, and no answer itself. {mend}", at_key=True))
        return super().read(options, path, slips)


_LONG_FORM = 'Write "{above}" with "label:" and put "{key}:" below that.'


class RuleShape(Shape):
    """One rule for what comes next."""

    if_: Any = may(IF, None, "When this rule applies; without it, always.")
    go: str = need(ID, 'The id of the question to go to, or "end".')


class _Rules(ListOf):
    """The rules of a question; a lone id stands for "always go there"."""

    def read(self, value: Any, path: Path, slips: list[Slip]) -> Any:
        """The rules."""
        return super().read([{"go": value}] if isinstance(value, str) and not WRONG_DASH.match(value) else value, path, slips)

    def schema(self) -> Schema:
        """Its JSON Schema."""
        return {"anyOf": [ID.schema(), super().schema()]}


RULES = _Rules(Nested(RuleShape))


class QuestionShape(Shape):
    """One question. It has exactly one of: choose one, choose many, choose from, write, call."""

    ask: str | None = may(TEXT, None, "The question, as people read it.")
    short: str | None = may(TEXT, None, "Its name in lists, one to three words.")
    hint: str | None = may(TEXT, None, "A line below the question.")
    why: str | None = may(TEXT, None, "Why we ask: shown when someone wants to know.")
    talk_about: str | None = may(TEXT, None, "For partner rounds: what a group can talk about if people answer this differently.")
    unclear: str | None = may(TEXT, None, "Said when an answer was not understood.")
    choose_one: dict[str, OptionShape] | None = may(
        _Options(ID, Nested(OptionShape, short="label"), least=1), None, "The options; one is picked."
    )
    choose_many: dict[str, OptionShape] | None = may(
        _Options(ID, Nested(OptionShape, short="label"), least=1), None, "The options; several may be ticked."
    )
    choose_from: str | None = may(ID, None, "An earlier choose-many question; what was ticked there is the choice here.")
    write: bool = may(YES_NO, False, "yes: people answer in their own words, which are only repeated back.")
    call: str | None = may(ID, None, "Run this other dialogue here, then go on.")
    at_least: int | None = may(WHOLE, None, "How many must be ticked, or letters written.")
    at_most: int | None = may(WHOLE, None, "How many may be ticked, or letters written.")
    may_skip: bool = may(YES_NO, True, "no: there must be an answer.")
    only_if: Any = may(IF, None, "Ask only when this holds.")
    next: list[RuleShape] | None = may(RULES, None, "Where to go next; without it, the question below.")
    was: str | None = may(ID, None, "The id this question had before it was renamed.")


class DialogueFile(FileShape):
    """A conversation: its questions from top to bottom."""

    dialogue: str = need(ID, "The id of this dialogue.")
    title: str = need(TEXT, "Its name, as people read it.")
    about: str | None = may(TEXT, None, "What people read before the first question.")
    closing: str | None = may(TEXT, None, "What people read after the last question.")
    start: bool = may(YES_NO, False, "yes: /start begins with this dialogue. Exactly one has it.")
    verdict: bool = may(YES_NO, False, "yes: after the last question comes the type of partnership.")
    questions: dict[str, QuestionShape] = need(MapOf(ID, Nested(QuestionShape), least=1))


class SayingsFile(FileShape):
    """What people type when they mean an option: the more real words and sentences, the better the bot understands."""

    sayings: str = need(ID, "The id of the question.")
    also_for: list[str] = may(IDS, [], "Other questions with the same options.")
    words: dict[str, list[str]] = may(MapOf(ID, WORDS), {}, "Option id → names and words that mean it, wherever they stand in a sentence.")
    sentences: dict[str, list[str]] = may(MapOf(ID, LINES), {}, "Option id → sentences people type when they mean it.")
    other: list[str] = may(LINES, [], "Sentences that mean none of the options clearly; the bot asks again.")
    says_nothing: list[str] = may(LINES, [], "Phrases that sound like an answer and are none; the bot asks again.")
    yes_means: str | None = may(ID, None, 'The option that a plain "yes" means.')
    no_means: str | None = may(ID, None, 'The option that a plain "no" means.')
    opposites: dict[str, str] = may(MapOf(ID, ID), {}, 'Option id → the option that its words mean behind a "not".')
    together: dict[str, str] = may(MapOf(TEXT, ID), {}, "Two option ids, joined with + → the option that is meant when both are said.")
    lengths: dict[str, str] = may(MapOf(ID, TEXT), {}, 'Option id → the longest time it stands for, such as "1 year", or "longer".')


class PhrasesFile(FileShape):
    """What the bot says that belongs to no question, and the words people type for its commands."""

    phrases: dict[str, str] = need(MapOf(ID, TEXT))
    commands: dict[str, list[str]] = may(MapOf(ID, WORDS), {}, "Command → words people type for it.")


class WordsFile(FileShape):
    """Words that mean the same everywhere."""

    synonyms: dict[str, list[str]] = need(MapOf(ID, WORDS), "A chief word → words and phrases that mean the same.")
    alike: dict[str, list[str]] = may(
        MapOf(ID, WORDS), {}, "A name → words that play the same part in a sentence, such as fair and carnival."
    )
    asking: dict[str, list[str]] = may(MapOf(ID, WORDS), {}, "The same for quick questions: a name → words that ask for the same thing.")
    fillers: list[str] = may(WORDS, [], "Words that say nothing.")
    everyday: list[str] = may(WORDS, [], "Words in questions about anything: they are no sign that a question is not ours.")
