"""The pages that follow from a verdict: the verdict itself, a sheet for a partner, what would change it, more about a type."""

from dataclasses import dataclass

from bot.dialogue.step import Engine
from bot.dialogue.walk import Walk
from bot.guidance.judge import UNKNOWN, judge
from bot.guidance.tips import fitting_tips
from bot.model.condition import Picked
from bot.model.conversation import TOGETHER_COPY, Conversation
from bot.model.dialogue import Question
from bot.model.guide import Guide, Sheet
from bot.model.reply import Button, Card, Section
from bot.model.text import fill
from bot.model.verdict import Change, Verdict

SHOWN_REASONS = 4
SHOWN_CHANGES = 6
SHOWN_TIPS = 4
SHOWN_DOUBTS = 2
SHEET_FIRST = ("who", "how")
"""The parts of a sheet that everybody needs before they write; the opening message follows them."""


@dataclass(slots=True)
class Pages:
    """Makes pages in the words of one book."""

    engine: Engine

    @property
    def guide(self) -> Guide:
        return self.engine.book.guide

    def phrase(self, name: str, /, **values: str) -> str:
        return self.engine.asker.phrase(name, **values)

    def verdict_of(self, conversation: Conversation, with_changes: bool = False) -> tuple[Verdict, Walk]:
        """The verdict of the answers that count. What would change it takes far longer to find out, so only on request."""
        walk = self.engine.walk(conversation)
        if not with_changes:
            return judge(self.guide, walk.picked), walk
        questions = tuple(q for name in walk.asked if (q := self.engine.walker.find(name)) is not None)
        # Answers that do not count now may count again after a change: they are kept, and ticked when they are asked for.
        given = {answer.question: answer.options for answer in conversation.answers if answer.how == "given" and answer.options}
        return judge(self.guide, {**given, **walk.picked}, questions, self.engine.settled(conversation.dialogue)), walk

    def sheets(self, picked: Picked) -> tuple[Sheet, ...]:
        """The sheets of the partners picked, in the order of the question."""
        partners = [option for question in self.guide.partner_questions for option in picked.get(question, ())]
        return tuple(dict.fromkeys(sheet for option in partners for sheet in self.guide.sheets if option in sheet.options))

    # The verdict.

    def verdict(self, conversation: Conversation) -> Card:
        """The card that ends the interview."""
        found, walk = self.verdict_of(conversation)
        if found.type is None:
            return self._insufficient(conversation, found, walk)
        type_name = self._type_name(found.type)
        title = "verdict_not_yet_title" if found.type == "not_yet" else "verdict_title"
        chosen = self.guide.type(found.type)
        sections = (
            *self._in_a_round(conversation),
            Section(lines=(chosen.means,) if chosen else (), listed=False),
            *self._goal(conversation),
            Section(self.phrase("heading_why"), self._because(found)),
            Section(self.phrase("heading_sure"), self._sure(found), listed=False),
            Section(self.phrase("heading_definition"), self._definition(found), listed=False),
            *self._profile_section(found),
            Section(self.phrase("heading_tips"), found.advice.type, more=True),
            *self._partner_tips(walk.picked),
            Section(self.phrase("heading_next_step"), (found.advice.next_step,), listed=False),
            Section(lines=(self.phrase("about_this_guide"),), listed=False, more=True),
        )
        buttons = (*self._group_buttons(conversation), *self._verdict_buttons(found, walk.picked))
        return Card("verdict", self.phrase(title, type=type_name), sections, buttons)

    def _in_a_round(self, conversation: Conversation) -> tuple[Section, ...]:
        name = conversation.round
        return (Section(lines=(self.phrase("round_thanks"),), listed=False),) if name and name != TOGETHER_COPY else ()

    def _group_buttons(self, conversation: Conversation) -> tuple[Button, ...]:
        """The ways back: to one's own project from that of a round, with the result to the group one came from."""
        if conversation.round:
            return (Button("home", self.phrase("button_home")),)
        return (Button("tell", self.phrase("button_tell")),) if conversation.visit else ()

    def tell(self, conversation: Conversation) -> Card | None:
        """Asks whether the group may be told, and shows exactly what it would be told."""
        text = self.told(conversation)
        if not conversation.visit or not text:
            return None
        buttons = (Button("tell", self.phrase("button_tell_yes"), "yes"), Button("result", self.phrase("button_tell_no")))
        return Card("tell", self.phrase("tell_sure"), (Section(lines=(text,), listed=False),), buttons)

    def told(self, conversation: Conversation) -> str:
        """What a group is told of the result: type and one reason. Nothing of what the person typed. "" if there is no type."""
        found, _ = self.verdict_of(conversation)
        because = " ".join(self._because(found)[:1])
        return self.phrase("tell_text", type=self._type_name(found.type), because=because) if found.type else ""

    def _insufficient(self, conversation: Conversation, found: Verdict, walk: Walk) -> Card:
        asked = [question.name for name in found.needed if (question := self.engine.walker.find(name))]
        lines = (self.phrase("cannot_tell", questions=", ".join(f'"{name}"' for name in asked)),)
        change = [
            Button("change", self.phrase("button_change", question=question.name), name)
            for name in found.needed
            if name in walk.asked and (question := self.engine.walker.find(name))
        ]
        home = self._group_buttons(conversation) if conversation.round else ()
        buttons = (*change, *home, *self._last_buttons())
        step = (Section(self.phrase("heading_next_step"), (found.advice.next_step,), listed=False),) if found.advice.next_step else ()
        return Card("verdict", self.phrase("cannot_tell_title"), (Section(lines=lines, listed=False), *step), buttons)

    def _goal(self, conversation: Conversation) -> tuple[Section, ...]:
        texts = [self.engine.asker.answer_in_words(answer) for answer in conversation.answers if answer.text]
        return (Section(self.phrase("heading_goal"), tuple(texts), listed=False),) if texts else ()

    def _because(self, found: Verdict) -> tuple[str, ...]:
        speaking = [reason.because for reason in found.reasons if reason.points.get(found.type or "", 0) > 0]
        return tuple(dict.fromkeys(speaking))[:SHOWN_REASONS]

    def _sure(self, found: Verdict) -> tuple[str, ...]:
        if found.confidence == "clear":
            return (self.phrase("confidence_clear"),)
        doubts = [one.because for one in found.reasons if one.points.get(found.type or "", 0) < 0]
        if found.second is None:
            return (self.phrase("confidence_closest_alone"), *doubts[:SHOWN_DOUBTS])
        pair = next((one.say for one in self.guide.pairs if (one.first, one.second) == (found.type, found.second)), "")
        names = {"first": self._type_name(found.type or ""), "second": self._type_name(found.second)}
        against = [one.because for one in found.reasons if one.points.get(found.second, 0) > 0 >= one.points.get(found.type or "", 0)]
        said = self.phrase(f"confidence_{found.confidence}", second=names["second"])
        return (said, pair or self.phrase("verdict_mainly", **names), *dict.fromkeys((*against, *doubts)[:SHOWN_DOUBTS]))

    def _definition(self, found: Verdict) -> tuple[str, ...]:
        marks = {True: "mark_yes", False: "mark_no", None: "mark_unknown"}
        lines = [self.phrase(marks[found.definition[part.id]], part=part.name) for part in self.guide.parts]
        met = sum(value is True for value in found.definition.values())
        summary = "definition_met" if met == len(lines) else "definition_part" if met > 1 else "definition_none"
        missing = [part.missing for part in self.guide.parts if found.definition[part.id] is False and found.type != "not_yet"]
        return (*lines, self.phrase(summary), *missing[:1])

    def _profile_section(self, found: Verdict) -> tuple[Section, ...]:
        """The profile, unless nothing of it is known."""
        known = any(value not in ((), UNKNOWN) for value in found.profile.values())
        return (Section(self.phrase("heading_profile"), self._profile(found), listed=False),) if known else ()

    def _profile(self, found: Verdict) -> tuple[str, ...]:
        lines = []
        for dimension in self.guide.dimensions:
            value = found.profile[dimension.id]
            values = value if isinstance(value, tuple) else (value,)
            labels = [one.label for one in dimension.values if one.id in values] or [dimension.unknown]
            lines.append(self.phrase("profile_line", name=dimension.name, value=", ".join(labels)))
        return tuple(lines)

    def _partner_tips(self, picked: Picked) -> tuple[Section, ...]:
        sheets = self.sheets(picked)
        return tuple(Section(self.phrase("for_partner", partner=sheet.name), sheet.tips[:SHOWN_TIPS], more=True) for sheet in sheets)

    def _verdict_buttons(self, found: Verdict, picked: Picked) -> tuple[Button, ...]:
        sheets = [Button("sheet", self.phrase("button_sheet", partner=sheet.name), sheet.id) for sheet in self.sheets(picked)]
        named = [one for one in (found.type, found.second) if one]
        about = [Button("about", self.phrase("button_about", type=self._type_name(one)), one) for one in named]
        changes = [Button("changes", self.phrase("button_changes"))]
        tips = [Button("profile_tips", self.phrase("button_profile_tips"))] if found.advice.profile else []
        share = Button("share", self.phrase("button_share"), share=self._in_short(found))
        return (*sheets, *about, *tips, *changes, share, *self._last_buttons())

    def _in_short(self, found: Verdict) -> str:
        """The verdict in two lines, to pass on. Nothing of what a person typed is in it."""
        because = self._because(found)[:1]
        return self.phrase("share_text", type=self._type_name(found.type or ""), because=" ".join(because))

    def _last_buttons(self) -> tuple[Button, ...]:
        return (Button("review", self.phrase("button_change_answer")), Button("restart", self.phrase("button_restart")))

    def _type_name(self, type_id: str) -> str:
        found = self.guide.type(type_id)
        return found.name if found else type_id

    def _back_to_result(self) -> Button:
        return Button("result", self.phrase("button_result"))

    # The pages behind its buttons.

    def changes(self, conversation: Conversation) -> Card:
        """The smallest changes of one answer that would give another type."""
        found, _ = self.verdict_of(conversation, with_changes=True)
        lines = tuple(self._change_line(change) for change in found.changes[:SHOWN_CHANGES])
        buttons = [
            Button("change", self.phrase("button_change", question=question.name), name)
            for name in dict.fromkeys(change.question for change in found.changes[:SHOWN_CHANGES])
            if (question := self.engine.walker.find(name))
        ]
        sections = (Section(lines=lines or (self.phrase("changes_none"),), listed=bool(lines)),)
        return Card("changes", self.phrase("changes_title"), sections, (*buttons, self._back_to_result()))

    def _change_line(self, change: Change) -> str:
        question = self.engine.walker.find(change.question)
        values = {
            "question": question.name if question else change.question,
            "after": self._label(question, change.after),
            "type": self._type_name(change.type or ""),
        }
        if change.before is None:
            return self.phrase("change_line_new", **values)
        return self.phrase("change_line", before=self._label(question, change.before), **values)

    def _label(self, question: Question | None, option: str) -> str:
        return self.engine.asker.labels(question, (option,)) if question else option

    def about(self, type_id: str) -> Card | None:
        """More about a type: what it can look like, what looks like it but is not, the first steps."""
        found = self.guide.type(type_id)
        if found is None:
            return None
        sections = (
            Section(lines=(found.means,), listed=False),
            Section(self.phrase("heading_examples"), found.examples),
            Section(self.phrase("heading_looks_like"), found.looks_like),
            Section(self.phrase("heading_first_steps"), found.first_steps),
            Section(self.phrase("heading_tips"), found.tips),
            Section(self.phrase("heading_more"), found.more),
        )
        shown = tuple(section for section in sections if section.lines)
        return Card(f"about:{type_id}", self.phrase("about_title", type=found.name), shown, (self._back_to_result(),))

    def share(self, conversation: Conversation) -> Card:
        """The verdict in short, to copy and pass on."""
        found, _ = self.verdict_of(conversation)
        return Card("share", self.phrase("share_title"), (Section(copy=self._in_short(found)),), (self._back_to_result(),))

    def profile_tips(self, conversation: Conversation) -> Card:
        """The few tips that fit the profile, each below the line of the profile it is about."""
        by_line: dict[str, list[str]] = {}
        for dimension, value, say in fitting_tips(self.guide, self.engine.walk(conversation).picked):
            by_line.setdefault(f"{dimension.name}: {value.label}", []).append(say)
        sections = tuple(Section(line, tuple(tips)) for line, tips in by_line.items())
        return Card("profile_tips", self.phrase("profile_tips_title"), sections, (self._back_to_result(),))

    def sheet(self, conversation: Conversation, sheet_id: str) -> Card | None:
        """How to talk with one kind of partner, with an opening message to copy."""
        found = self.guide.sheet(sheet_id)
        if found is None:
            return None
        numbers = {f"contact_{one.id}": one.says for one in self.engine.book.contacts}
        sections = [
            Section(self.phrase(f"sheet_{name}"), tuple(fill(line, numbers) for line in lines), more=name not in SHEET_FIRST)
            for name, lines in found.sections()
        ]
        sections.insert(len(SHEET_FIRST), Section(self.phrase("sheet_opening"), copy=found.opening))
        others = [one for one in self.sheets(self.engine.walk(conversation).picked) if one.id != sheet_id]
        buttons = [Button("sheet", self.phrase("button_sheet", partner=one.name), one.id) for one in others]
        title = self.phrase("sheet_title", partner=found.name)
        return Card(f"sheet:{sheet_id}", title, tuple(sections), (*buttons, self._back_to_result()))
