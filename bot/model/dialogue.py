"""A dialogue as its author wrote it: questions in order, their options, and the rules for what comes next."""

from dataclasses import dataclass, field
from typing import Literal

from bot.model.condition import ALWAYS, Condition
from bot.model.place import NOWHERE, Place

END = "end"
"""Where a rule goes that finishes the dialogue."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question. Buttons and stored answers carry `id`; people read `label`."""

    id: str
    label: str
    help: str = ""
    words: tuple[str, ...] = ()
    alone: bool = False
    unsure: bool = False
    was: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Rule:
    """Where to go next if the condition holds. Rules are tried in the order written; the first that holds wins."""

    to: str
    condition: Condition = ALWAYS
    place: Place = NOWHERE


Kind = Literal["one", "many", "text", "call"]


@dataclass(frozen=True, slots=True)
class Question:
    """One step of a dialogue: something asked, or (kind `call`) another dialogue run in its place.

    `options_from` names an earlier question whose picked options are the choices here. `talk` is what a group may
    talk about if its people answer differently.
    `rules` always ends with a rule that always holds; the loader adds the fall-through.
    """

    id: str
    kind: Kind
    ask: str = ""
    short: str = ""
    hint: str = ""
    why: str = ""
    talk: str = ""
    unclear: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""
    at_least: int = 1
    at_most: int = 0
    may_skip: bool = True
    only_if: Condition = ALWAYS
    rules: tuple[Rule, ...] = ()
    calls: str = ""
    was: str = ""
    place: Place = NOWHERE

    def option(self, option_id: str) -> Option | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def name(self) -> str:
        """What the question is called in lists and summaries."""
        return self.short or self.ask


@dataclass(frozen=True, slots=True)
class Sayings:
    """What people type when they mean an option: words that mean it wherever they stand, and whole sentences.

    `questions` are those it is for (they share their options); `other` is typed by people who mean none of them clearly,
    and `says_nothing` are phrases that sound like an answer and are none.
    `yes_means` and `no_means` are the options of a plain yes and no; `opposites` says what an option means behind a "not";
    `together` what two options mean when both are said; `lengths` the options by length of time, each with the most days.
    """

    questions: tuple[str, ...]
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sentences: dict[str, tuple[str, ...]] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    says_nothing: tuple[str, ...] = ()
    yes_means: str = ""
    no_means: str = ""
    opposites: dict[str, str] = field(default_factory=dict)
    together: dict[frozenset[str], str] = field(default_factory=dict)
    lengths: tuple[tuple[str, float], ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation a coordinator wrote. It starts at its first question; `verdict` says whether guidance follows."""

    id: str
    title: str
    questions: tuple[Question, ...]
    about: str = ""
    closing: str = ""
    verdict: bool = False
    place: Place = NOWHERE
    by_id: dict[str, Question] = field(init=False, repr=False, compare=False)
    _below: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = [question.id for question in self.questions]
        object.__setattr__(self, "by_id", {question.id: question for question in self.questions})
        object.__setattr__(self, "_below", dict(zip(ids, [*ids[1:], END], strict=True)))

    def below(self, question_id: str) -> str:
        """The id of the question that stands below this one, or "end"."""
        return self._below[question_id]
