"""Moving about in a conversation: start, back, review, change, keep, skip, stop, go on, start again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialogue.asking import Asker, before_of
from bot.dialogue.outcome import Outcome
from bot.dialogue.settle import names, put_aside
from bot.dialogue.walk import Walk, Walker, fits
from bot.model.condition import ALWAYS
from bot.model.conversation import Answer, Conversation, How, fresh, with_answer, without_answer
from bot.model.dialogue import Question
from bot.model.event import Started
from bot.model.reply import Button, Card, Reply, Say, Section

REVIEW = "review"
VERDICT = "verdict"


@dataclass(slots=True)
class Moving:
    """Everything a person can do that is not answering the question at hand."""

    walker: Walker
    asker: Asker

    def walk(self, conversation: Conversation) -> Walk:
        return self.walker.walk(conversation.dialogue, conversation.answers)

    def question(self, conversation: Conversation) -> Question | None:
        """The question at hand, or None when there is nothing left to ask."""
        return self.walker.find(conversation.changing or self.walk(conversation).at)

    @property
    def simple(self) -> dict[str, Callable[[Conversation], Outcome]]:
        """Button → the move it makes, for those that need to know nothing else."""
        return {
            "back": self.back,
            "review": self.review,
            "go_on": self.go_on,
            "here": self.still_here,
            "new": self.restart,
            "restart": self.restart,
            "stop": self.stop,
        }

    # Where the conversation stands.

    def here(self, conversation: Conversation, note: str = "", did: str = "", helped: bool = False, toast: str = "") -> Outcome:
        """Shows where the conversation stands: the question at hand, or what comes after the last one."""
        walk = self.walk(conversation)
        if walk.finished and not conversation.changing:
            return self._finished(conversation, note, did, toast)
        ask = self.asker.ask(conversation, walk, note, helped)
        return Outcome(conversation, (ask,), (did, f"ask {ask.question}") if did else (f"ask {ask.question}",), toast=toast)

    def _finished(self, conversation: Conversation, note: str, did: str, toast: str) -> Outcome:
        dialogue = self.walker.book.dialogues.get(conversation.dialogue)
        replies: tuple[Reply, ...] = (Say(note),) if note else ()
        trace = (did, "finished") if did else ("finished",)
        if dialogue is not None and dialogue.verdict:
            return Outcome(conversation._replace(card=VERDICT), replies, trace, card=VERDICT, toast=toast)
        closing = dialogue.closing if dialogue is not None and dialogue.closing else self.asker.phrase("finished")
        buttons = tuple(Button(name, self.asker.phrase(f"button_{name}")) for name in (REVIEW, "restart"))
        return Outcome(conversation, (*replies, Card("finished", closing, buttons=buttons)), trace, toast=toast)

    def start(self, conversation: Conversation, event: Started) -> Outcome:
        """A greeting and the first question; for someone who is half way, a welcome back and where they are."""
        book = self.walker.book
        if not conversation.answers and event.dialogue in book.dialogues:
            conversation = conversation._replace(dialogue=event.dialogue)
        if not conversation.answers:
            dialogue = book.dialogues.get(conversation.dialogue)
            outcome = self.here(self._at(fresh(conversation), event.question), did="start")
            about: tuple[Reply, ...] = (Say(dialogue.about),) if dialogue is not None and dialogue.about else ()
            return replace(outcome, replies=about + outcome.replies)
        conversation = self._at(conversation._replace(stopped=False, card=""), event.question)
        finished = self.walk(conversation).finished and not conversation.changing
        welcome = self.asker.phrase("welcome_back_done" if finished else "welcome_back")
        outcome = self.here(conversation, did="return")
        return replace(outcome, replies=(Say(welcome), *outcome.replies))

    def linked(self, payload: str) -> Started:
        """What a link asks for: "dialogue" or "dialogue_question". Both may be unknown."""
        named = [one for one in self.walker.book.dialogues if payload == one or payload.startswith(f"{one}_")]
        dialogue = max(named, key=len, default=payload)
        return Started(dialogue, payload[len(dialogue) + 1 :])

    def names_a_dialogue(self, payload: str) -> bool:
        """True if a link asks for a dialogue that there is."""
        return self.linked(payload).dialogue in self.walker.book.dialogues

    def _at(self, conversation: Conversation, question_id: str) -> Conversation:
        """The conversation at a question that a link names, if it can be asked out of turn."""
        dialogue = self.walker.book.dialogues.get(conversation.dialogue)
        question = dialogue.by_id.get(question_id) if dialogue is not None else None
        if question is None or question.kind == "call" or question.options_from:
            return conversation
        walk = self.walk(conversation)
        passed_by = question.id in walk.passed or (question.only_if is not ALWAYS and question.id not in walk.asked)
        return conversation if passed_by else fresh(conversation)._replace(changing=question_id)

    def restart(self, conversation: Conversation) -> Outcome:
        """Begins again. Until the first new answer, Back brings the old answers back."""
        old = conversation.answers or conversation.undo
        empty = fresh(conversation)._replace(answers=(), earlier=(), undo=old, stopped=False)
        return self.here(empty, self.asker.phrase("restarted_undo" if old else "restarted"), "restart")

    def stop(self, conversation: Conversation) -> Outcome:
        """Stops for now; the answers stay."""
        stopped = conversation._replace(stopped=True, card="")
        button = Button("go_on", self.asker.phrase("button_go_on"))
        again = Button("restart", self.asker.phrase("button_restart"))
        return Outcome(stopped, (Card("stopped", self.asker.phrase("stopped"), buttons=(button, again)),), ("stop",))

    def remarked(self, conversation: Conversation, polite: bool) -> Outcome:
        """They said thanks, or only "ok" where their own words are asked for: no answer. Whoever has stopped stays so."""
        note = self.asker.phrase("you_are_welcome" if polite else "say_in_words")
        if not conversation.stopped:
            return self.here(conversation, note, "remark")
        outcome = self.stop(conversation)
        return replace(outcome, replies=(Say(note), *outcome.replies), trace=("remark", *outcome.trace))

    def still_here(self, conversation: Conversation) -> Outcome:
        """Shows what is shown already: the page that is open, or where the conversation stands. Nothing changes."""
        if conversation.card == REVIEW:
            return self.review(conversation)
        if conversation.card:
            return Outcome(conversation, (), ("here",), card=conversation.card)
        return self.here(conversation, did="here")

    def sent(self, conversation: Conversation, what: str) -> Outcome:
        """Something came that is not a text to answer: said kindly, and where the conversation is."""
        name = f"sent_{what}"
        return self.here(conversation, self.asker.phrase(name if name in self.walker.book.phrases else "text_only"), "sent")

    def go_on(self, conversation: Conversation) -> Outcome:
        """Goes on where it was, whatever page was open."""
        return self.here(conversation._replace(stopped=False, card=""), did="go on")

    # Answers.

    def record(self, conversation: Conversation, answer: Answer, note: str = "") -> Outcome:
        """Takes an answer, and goes on. Later answers stay where they still fit; the person hears of those that do not."""
        changing = bool(conversation.changing)
        earlier = without_answer(conversation.earlier, answer.question)
        taken = fresh(conversation)._replace(answers=with_answer(conversation.answers, answer), earlier=earlier, undo=())
        settled, lost = put_aside(self.walker, taken)
        notes = [note] if note else []
        if changing:
            notes.append(self.asker.phrase("changed"))
        if lost:
            notes.append(self.asker.phrase("set_aside", questions=names(self.walker, [one.question for one in lost])))
        return self.here(settled, " ".join(notes), f"answer {answer.question}")

    def leave_out(self, conversation: Conversation, how: How) -> Outcome:
        """Skips the question at hand, or notes that the person does not know."""
        question = self.question(conversation)
        if question is None:
            return self.here(conversation, did="nothing to skip")
        unsure = next((option.id for option in question.options if option.unsure), "")
        if how == "unsure" and unsure:
            return self.record(conversation, Answer(question.id, (unsure,)))
        if not question.may_skip:
            phrase = "unsure_help" if how == "unsure" else "cannot_skip"
            return self.here(conversation, self.asker.phrase(phrase), "must answer", helped=True)
        return self.record(conversation, Answer(question.id, how=how))

    def keep(self, conversation: Conversation) -> Outcome:
        """Keeps the earlier answer to the question at hand."""
        question = self.question(conversation)
        before = before_of(conversation, question.id) if question else None
        if question is None or before is None or not fits(question, before, self.walk(conversation).picked):
            return self.here(conversation, did="nothing to keep")
        return self.record(conversation, before)

    def back(self, conversation: Conversation) -> Outcome:
        """Takes back exactly one answer: the one given last. It stays ticked."""
        if conversation.card == REVIEW:
            return self.go_on(conversation)
        if conversation.changing:
            return self.here(conversation._replace(changing="", ticked=None, offered=()), self.asker.phrase("not_changed"), "not changed")
        walk = self.walk(conversation)
        if not walk.asked and conversation.undo:
            restored = fresh(conversation)._replace(answers=conversation.undo, undo=(), stopped=False)
            return self.here(restored, self.asker.phrase("restored"), "restored")
        if not walk.asked:
            return self.here(fresh(conversation)._replace(stopped=False), self.asker.phrase("back_first"), "first")
        # The last in time; an answer waiting behind a question that is not asked yet is not the one people mean.
        last = next((answer.question for answer in reversed(conversation.answers) if answer.question in walk.asked), walk.asked[-1])
        taken = conversation.answer_to(last)
        answers = without_answer(conversation.answers, last)
        earlier = with_answer(conversation.earlier, taken) if taken else conversation.earlier
        return self.here(fresh(conversation)._replace(answers=answers, earlier=earlier), did=f"back {last}")

    def change(self, conversation: Conversation, question_id: str) -> Outcome:
        """Asks an earlier question again. The other answers stay."""
        walk = self.walk(conversation)
        question = self.walker.find(question_id)
        if question is None or question_id not in walk.asked:
            return self.here(conversation._replace(card=""), self.asker.phrase("old_button"), "not answered yet")
        changing = fresh(conversation)._replace(changing=question_id)
        return self.here(changing, self.asker.phrase("changing", question=question.name), f"change {question_id}")

    # Pages.

    def review(self, conversation: Conversation) -> Outcome:
        """All answers so far, each with a button to change it."""
        walk = self.walk(conversation)
        if not walk.asked:
            return self.here(conversation, self.asker.phrase("nothing_to_review"), "nothing to review")
        lines, buttons = [], []
        for question_id in walk.asked:
            question, answer = self.walker.find(question_id), conversation.answer_to(question_id)
            if question and answer:
                said = self.asker.answer_in_words(answer)
                lines.append(self.asker.phrase("review_line", question=question.name, answer=said))
                buttons.append(Button("change", self.asker.phrase("button_change", question=question.name), question_id))
        buttons.append(Button("go_on", self.asker.phrase("button_go_on")))
        sections = (Section(lines=tuple(lines)), Section(lines=(self.asker.phrase("review_help"),)))
        card = Card(REVIEW, self.asker.phrase("review_title"), sections, tuple(buttons))
        return Outcome(conversation._replace(card=REVIEW), (card,), (REVIEW,))

    def why(self, conversation: Conversation) -> Outcome:
        """Why the question at hand is asked, and its options with their explanations."""
        question = self.question(conversation)
        if question is None:
            return self.here(conversation)
        return self.here(conversation, question.why, f"why {question.id}", helped=True)
