"""One state machine per dialogue. The only importer of `transitions`.

Rule 1: a machine is built from a dialogue that has passed loading; `transitions` itself checks nothing.
Rule 2: callbacks are our own functions. A text from YAML is never handed over as one: the library would import it.
Rule 3: nothing is registered as a model. A turn fires a trigger on a cursor and throws the cursor away.

States are question ids with a prefix, so that none clashes with the library's own names; triggers are `TRIGGERS`.
"""

import logging
from functools import partial
from typing import Any, Literal

from transitions import EventData, Machine, MachineError

from bot.model.condition import Facts
from bot.model.dialogue import END, Dialogue, Rule

logging.getLogger("transitions").setLevel(logging.WARNING)

Trigger = Literal["answer", "skip", "pass"]
TRIGGERS: tuple[Trigger, ...] = ("answer", "skip", "pass")
"""answer: there is one, or the dialogue it called has ended. skip: the person left it out. pass: it is not asked at all.

After an answer or a skip the rules decide; a question that is not asked is passed by, to the one below it.
"""

_PREFIX = "q:"


class Cursor:
    """Where a walk stands in one machine; `rule` is the last rule taken. Lives for one walk."""

    __slots__ = ("rule", "state")

    def __init__(self, question: str) -> None:
        self.state = _PREFIX + question
        self.rule: Rule | None = None

    @property
    def question(self) -> str:
        """The id of the question the cursor stands at, or "end"."""
        return self.state.removeprefix(_PREFIX)


class DialogueMachine:
    """The machine of one dialogue."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue
        states = [_PREFIX + question.id for question in dialogue.questions] + [_PREFIX + END]
        self._machine = Machine(model=None, states=states, initial=None, auto_transitions=False, send_event=True)
        for question in dialogue.questions:
            self._machine.add_transition("pass", _PREFIX + question.id, _PREFIX + dialogue.below(question.id))
            for rule in question.rules:
                for trigger in ("answer", "skip"):
                    self._machine.add_transition(
                        trigger,
                        _PREFIX + question.id,
                        _PREFIX + rule.to,
                        conditions=partial(_holds, rule),
                        after=partial(_took, rule),
                    )
        self._events: dict[str, Any] = self._machine.events

    def fire(self, trigger: Trigger, cursor: Cursor, facts: Facts) -> bool:
        """Moves the cursor along the first rule that holds. False if none does, or the cursor is lost."""
        try:
            cursor.rule = None
            return bool(self._events[trigger].trigger(cursor, facts=facts))
        except (MachineError, ValueError, KeyError):
            # A cursor at a question this machine does not have: the caller asked without looking. The walk ends there.
            return False

    def arrows(self) -> tuple[tuple[str, str, Rule], ...]:
        """(from, to, rule) for every transition of the machine, read back from the library: pictures are drawn of these."""
        found = []
        for source, transitions in self._events["answer"].transitions.items() if self._events else ():
            for one in transitions:
                rule = one.conditions[0].func.args[0]
                found.append((source.removeprefix(_PREFIX), one.dest.removeprefix(_PREFIX), rule))
        return tuple(found)


def _holds(rule: Rule, event: EventData) -> bool:
    return rule.condition.holds(event.kwargs["facts"])


def _took(rule: Rule, event: EventData) -> None:
    cursor: Any = event.model
    cursor.rule = rule
