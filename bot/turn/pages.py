"""The pages that follow from a verdict: the verdict itself, a sheet for a partner, what would change it, more about a type."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.step import Engine
from bot.dialogue.walk import Walk
from bot.guidance.judge import judge
from bot.guidance.tips import fitting_tips
from bot.model.condition import Picked
from bot.model.conversation import TOGETHER_COPY, Conversation
from bot.model.dialogue import Question
from bot.model.guide import Guide, Sheet
from bot.model.reply import Button, Card, Section
from bot.model.text import fill
from bot.model.verdict import Change, Verdict
from bot.turn.verdict_parts import VerdictParts

SHOWN_CHANGES = 6
SHOWN_SHEETS = 3
"""A button for each of so many partners; for more of them, one button leads to a page that lists them."""
SHEET_FIRST = ("who", "how")
"""The parts of a sheet that everybody needs before they write; the opening message follows them."""


@dataclass(slots=True)
class Pages:
    """Makes pages in the words of one book."""

    engine: Engine

    @property
    def parts(self) -> VerdictParts:
        return VerdictParts(self.engine)

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
        profile = self.parts.profile(found)
        title = "verdict_not_yet_title" if found.type == "not_yet" else "verdict_title"
        chosen = self.guide.type(found.type)
        sections = (
            *self._in_a_round(conversation),
            Section(lines=(chosen.means,) if chosen else (), listed=False),
            *self._goal(conversation),
            Section(self.phrase("heading_why"), self.parts.because(found)),
            Section(self.phrase("heading_sure"), self.parts.sure(found), listed=False),
            Section(self.phrase("heading_next_step"), (found.advice.next_step,), listed=False),
            Section(self.phrase("heading_definition"), self.parts.definition(found), listed=False),
            *((Section(self.phrase("heading_profile"), profile, listed=False),) if profile else ()),
            Section(self.phrase("heading_tips"), found.advice.type, more=True),
            *self.parts.partner_tips(self.sheets(walk.picked)),
            Section(lines=(self.phrase("about_this_guide"),), listed=False, more=True),
        )
        buttons = (*self._group_buttons(conversation), *self._verdict_buttons(found, walk.picked))
        return Card("verdict", self.phrase(title, type=self._type_name(found.type)), sections, buttons)

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
        because = " ".join(self.parts.because(found)[:1])
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

    def _verdict_buttons(self, found: Verdict, picked: Picked) -> tuple[Button, ...]:
        named = [one for one in (found.type, found.second) if one]
        about = [Button("about", self.phrase("button_about", type=self._type_name(one)), one) for one in named]
        changes = [Button("changes", self.phrase("button_changes"))]
        tips = [Button("profile_tips", self.phrase("button_profile_tips"))] if found.advice.profile else []
        share = Button("share", self.phrase("button_share"), share=self._in_short(found))
        return (*self._sheet_buttons(self.sheets(picked)), *about, *tips, *changes, share, *self._last_buttons())

    def _sheet_buttons(self, sheets: Sequence[Sheet]) -> tuple[Button, ...]:
        if len(sheets) > SHOWN_SHEETS:
            return (Button("partners", self.phrase("button_partners")),)
        return tuple(Button("sheet", self.phrase("button_sheet", partner=sheet.name), sheet.id) for sheet in sheets)

    def _in_short(self, found: Verdict) -> str:
        """The verdict in two lines, to pass on. Nothing of what a person typed is in it."""
        because = self.parts.because(found)[:1]
        return self.phrase("share_text", type=self._type_name(found.type or ""), because=" ".join(because))

    def _last_buttons(self) -> tuple[Button, ...]:
        return (Button("review", self.phrase("button_change_answer")), Button("restart", self.phrase("button_restart")))

    def _type_name(self, type_id: str) -> str:
        return self.parts.type_name(type_id)

    def _back_to_result(self) -> Button:
        return Button("result", self.phrase("button_result"))

    # The pages behind its buttons.

    def changes(self, conversation: Conversation) -> Card:
        """The smallest changes of one answer that would give another type."""
        found, _ = self.verdict_of(conversation, with_changes=True)
        by_answer: dict[tuple[str, str | None], list[Change]] = {}
        for change in found.changes:
            by_answer.setdefault((change.question, change.before), []).append(change)
        by_answer = _few(by_answer)
        groups = [Section(self._change_heading(*answer), tuple(map(self._change_line, some))) for answer, some in by_answer.items()]
        buttons = [
            Button("change", self.phrase("button_change", question=question.name), name)
            for name in dict.fromkeys(name for name, _ in by_answer)
            if (question := self.engine.walker.find(name))
        ]
        lead = Section(lines=(self.phrase("changes_lead" if groups else "changes_none"),), listed=False)
        return Card("changes", self.phrase("changes_title"), (lead, *groups), (*buttons, self._back_to_result()))

    def _change_heading(self, name: str, before: str | None) -> str:
        """The question, and what was answered to it."""
        question = self.engine.walker.find(name)
        shown = question.name if question else name
        if before is None:
            return self.phrase("change_heading_new", question=shown)
        return self.phrase("change_heading", question=shown, before=self._label(question, before))

    def _change_line(self, change: Change) -> str:
        after = self._label(self.engine.walker.find(change.question), change.after)
        return self.phrase("change_line", after=after, type=self._type_name(change.type))

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
        sections[len(SHEET_FIRST) : len(SHEET_FIRST)] = self._openings(found)
        others = [one for one in self.sheets(self.engine.walk(conversation).picked) if one.id != sheet_id]
        buttons = self._sheet_buttons(others)
        title = self.phrase("sheet_title", partner=found.name)
        return Card(f"sheet:{sheet_id}", title, tuple(sections), (*buttons, self._back_to_result()))

    def _openings(self, sheet: Sheet) -> tuple[Section, ...]:
        """The opening message, and a longer one for an email if there is one."""
        longer = (sheet.longer_opening,) if sheet.longer_opening else ()
        short = Section(self.phrase("sheet_opening"), copy=sheet.opening)
        return (short, Section(self.phrase("sheet_longer_opening"), longer, listed=False, more=True)) if longer else (short,)

    def partners(self, conversation: Conversation) -> Card:
        """The partners, each with a button to the page about talking with them."""
        sheets = self.sheets(self.engine.walk(conversation).picked)
        buttons = [Button("sheet", sheet.name, sheet.id) for sheet in sheets]
        lead = (Section(lines=(self.phrase("partners_pick"),), listed=False),) if sheets else ()
        return Card("partners", self.phrase("heading_partners"), lead, (*buttons, self._back_to_result()))


def _few(by_answer: dict[tuple[str, str | None], list[Change]]) -> dict[tuple[str, str | None], list[Change]]:
    """Some of the changes: the first to each answer, then the second, until there are enough to read."""
    ranked = sorted((rank, place) for place, some in enumerate(by_answer.values()) for rank in range(len(some)))
    counts = Counter(place for _, place in ranked[:SHOWN_CHANGES])
    return {answer: some[: counts[place]] for place, (answer, some) in enumerate(by_answer.items()) if counts[place]}
