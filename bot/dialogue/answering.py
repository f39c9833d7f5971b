"""Answers to the question at hand, tapped or typed."""

from dataclasses import dataclass

from bot.dialogue.asking import Asker, before_of
from bot.dialogue.correcting import Correcting
from bot.dialogue.moving import REVIEW, VERDICT, Moving
from bot.dialogue.outcome import Outcome
from bot.dialogue.reading import Reader
from bot.dialogue.understood import Understood
from bot.dialogue.walk import Walker, open_options
from bot.model.conversation import Answer, Conversation
from bot.model.dialogue import Question
from bot.model.event import Chose, Pressed, Started
from bot.model.limits import TYPED_LENGTH
from bot.model.text import shortened
from bot.words.plain import words

MISSES_BEFORE_HELP = 2
"""After this many texts that were not understood, the choices are shown another way."""
SHOWN_WORDS = 60

PAGES = (
    *("sheet", "partners", "changes", "about", "profile_tips", "share", "tell"),
    *("privacy", "forget", "export", "language", "topics", "topic", "ask"),
    *("more", "few", "foreign", "else", "welcome", "not_understood", "over"),
)
"""Buttons that ask for a page made elsewhere."""


@dataclass(slots=True)
class Answering:
    """Takes what a person tapped or typed."""

    walker: Walker
    asker: Asker
    reader: Reader
    moving: Moving

    def said(self, conversation: Conversation, text: str) -> Outcome:
        """A typed text: a command, an answer, or something that was not understood."""
        question = self.moving.question(conversation)
        text = text.replace("\0", "")
        if not text.strip():
            return self.moving.here(conversation, self.asker.phrase("empty"), "empty")
        if text.startswith("/"):
            return self._command(conversation, text)
        command = self.reader.command(text, free_text=question is not None and question.kind == "text")
        if command:
            return self.pressed(conversation, Pressed(command))
        kind = self.reader.remarks.kind(text)
        polite = kind == "thanks" or (kind == "nod" and (question is None or conversation.stopped))
        if conversation.stopped and not polite:
            return self.moving.go_on(conversation)
        if polite or (kind and question is not None and question.kind == "text"):
            return self.moving.remarked(conversation, polite)
        if conversation.card == REVIEW and (about := self._reviewed(conversation, text)):
            return self.moving.change(conversation, about)
        if corrected := Correcting(self.walker, self.moving, self.reader).read(conversation, text):
            conversation, text = corrected
            question = self.moving.question(conversation)
        if question is None:
            return self.moving.here(conversation, self.asker.phrase("unclear"), "unclear")
        if question.kind == "text":
            return self._written(conversation, question, text)
        return self._typed(conversation, question, text)

    def _command(self, conversation: Conversation, text: str) -> Outcome:
        first, _, rest = text[1:].partition(" ")
        name = first.partition("@")[0].lower().replace("-", "_")
        if name == "start":
            return self.moving.start(conversation, self.moving.linked(rest.strip()))
        if name in self.reader.commands:
            return self.pressed(conversation, Pressed(name, rest.strip()))
        shown = shortened(f"/{name}", SHOWN_WORDS)
        return self.moving.here(conversation, self.asker.phrase("unknown_command", command=shown), "unknown command")

    def _reviewed(self, conversation: Conversation, text: str) -> str:
        """The question of the review that a number or a name points to."""
        asked = self.moving.walk(conversation).asked
        named = [question.name if (question := self.walker.find(one)) else one for one in asked]
        chosen = self.reader.pick(text, named)
        return asked[chosen] if chosen is not None else ""

    def _written(self, conversation: Conversation, question: Question, text: str) -> Outcome:
        text = text.strip()
        length = len(text)
        if length > min(question.at_most, TYPED_LENGTH):
            note = self.asker.phrase("too_long", length=str(length), most=str(min(question.at_most, TYPED_LENGTH)))
            return self.moving.here(conversation, note, "too long")
        if length < question.at_least:
            note = self.asker.phrase("too_short", length=str(length), least=str(question.at_least))
            return self.moving.here(conversation, note, "too short")
        return self.moving.record(conversation, Answer(question.id, text=text))

    def _typed(self, conversation: Conversation, question: Question, text: str) -> Outcome:
        picked = self.moving.walk(conversation).picked
        ids = open_options(question, picked)
        shown = conversation.offered or ids
        options = tuple(option for one in ids if (option := self.asker.option(question, one)) is not None)
        if len(conversation.offered) == 1 and self._agrees(text):
            return self.moving.record(conversation, Answer(question.id, shown), self._understood(question, shown))
        found = self.reader.read(question, options, text, shown)
        if found.how == "unsure":
            return self.moving.leave_out(conversation, "unsure")
        if question.kind == "many":
            return self._typed_many(conversation, question, found)
        if found.clear and len(found.options) == 1:
            answer = Answer(question.id, found.options)
            return self.moving.record(conversation, answer, self._understood(question, found.options))
        return self._unclear(conversation, question, found, found.options or found.maybe)

    def _agrees(self, text: str) -> bool:
        """A plain "yes", to "Do you mean this?"."""
        given = words(text)
        return any(given == words(phrase) for phrase in self.walker.book.words.groups.get("yes", ()))

    def _typed_many(self, conversation: Conversation, question: Question, found: Understood) -> Outcome:
        """Several at once. What was understood before and waits for the rest counts too."""
        waiting = conversation.ticked or ()
        together = tuple(dict.fromkeys((*waiting, *found.options)))
        if any(option.alone for option in question.options if option.id in found.options):
            together = found.options
        if found.clear and found.options:
            if len(together) > question.at_most:
                together = found.options
            problem = self._problem(question, together)
            if problem:
                return self.moving.here(conversation._replace(ticked=together[: question.at_most]), problem, "out of bounds")
            return self.moving.record(conversation, Answer(question.id, together), self._understood(question, together))
        kept = conversation._replace(ticked=together or None)
        return self._unclear(kept, question, found, found.maybe)

    def _problem(self, question: Question, options: tuple[str, ...]) -> str:
        if len(options) > question.at_most:
            return self.asker.phrase("too_many", count=str(question.at_most))
        return self.asker.phrase("too_few", count=str(question.at_least)) if len(options) < question.at_least else ""

    def _understood(self, question: Question, options: tuple[str, ...]) -> str:
        return self.asker.phrase("understood", answer=self.asker.labels(question, options))

    def _unclear(self, conversation: Conversation, question: Question, found: Understood, maybe: tuple[str, ...]) -> Outcome:
        """Says what was understood, asks only for the rest, and after two misses shows the choices another way."""
        misses = conversation.misses + 1
        notes = []
        if conversation.ticked:
            notes.append(self.asker.phrase("understood_so_far", answer=self.asker.labels(question, conversation.ticked)))
        if found.unknown:
            unknown = "”, “".join(shortened(one, SHOWN_WORDS) for one in found.unknown[:3])
            notes.append(self.asker.phrase("not_sure_about", words=unknown))
        if len(maybe) > 1 or (maybe and misses == 1):
            notes.append(self.asker.phrase("which_one", options=self.asker.either(question, maybe)))
        elif misses >= MISSES_BEFORE_HELP:
            notes.append(self.asker.phrase("unclear_again"))
        elif not notes:
            notes.append(question.unclear or self.asker.phrase("unclear"))
        offered = maybe if question.kind == "one" and misses < MISSES_BEFORE_HELP else ()
        missed = conversation._replace(misses=misses, offered=offered)
        return self.moving.here(missed, " ".join(notes), f"unclear {question.id}", helped=misses >= MISSES_BEFORE_HELP)

    # Taps.

    def chose(self, conversation: Conversation, event: Chose) -> Outcome:
        """A tap on an option. An option of another question is an old button: said kindly, and nothing changes."""
        question_id, option_id = event.question, event.option
        conversation = conversation._replace(stopped=False)
        question = self.moving.question(conversation)
        picked = self.moving.walk(conversation).picked
        if question is None or question.id != question_id or option_id not in open_options(question, picked):
            return self.moving.here(conversation._replace(card=""), self.asker.phrase("old_button"), "old button")
        option = self.asker.option(question, option_id)
        if question.kind == "one" or option is None:
            return self.moving.record(conversation, Answer(question_id, (option_id,)))
        ticked = self._ticked(conversation, question)
        if event.tick is not None and event.tick == (option_id in ticked):
            return self.moving.here(conversation._replace(card=""), did="ticked already")
        if option_id in ticked:
            ticked = tuple(one for one in ticked if one != option_id)
        elif option.alone:
            ticked = (option_id,)
        else:
            ticked = (*(one for one in ticked if not self._is_alone(question, one)), option_id)
        if len(ticked) > question.at_most:
            note = self.asker.phrase("too_many", count=str(question.at_most))
            return self.moving.here(conversation, note, "too many", toast=note)
        return self.moving.here(conversation._replace(ticked=ticked, card=""), did=f"tick {option_id}")

    def _ticked(self, conversation: Conversation, question: Question) -> tuple[str, ...]:
        if conversation.ticked is not None:
            return conversation.ticked
        before = before_of(conversation, question.id)
        return before.options if before else ()

    def _is_alone(self, question: Question, option_id: str) -> bool:
        option = self.asker.option(question, option_id)
        return option is not None and option.alone

    def _done(self, conversation: Conversation) -> Outcome:
        question = self.moving.question(conversation)
        if question is None or question.kind != "many":
            return self.moving.here(conversation, did="nothing to finish")
        open_now = open_options(question, self.moving.walk(conversation).picked)
        ticked = tuple(one for one in self._ticked(conversation, question) if one in open_now)
        problem = self._problem(question, ticked)
        if problem:
            return self.moving.here(conversation, problem, "out of bounds", toast=problem)
        return self.moving.record(conversation, Answer(question.id, ticked))

    def pressed(self, conversation: Conversation, event: Pressed) -> Outcome:
        """A button or a command."""
        moving = self.moving
        match event.button:
            case "start":
                return moving.start(conversation, Started())
            case "change":
                return moving.change(conversation, event.about)
            case "back" | "review" | "go_on" | "here" | "new" | "restart" | "stop":
                return moving.simple[event.button](conversation)
            case "help":
                return moving.here(conversation._replace(stopped=False), self.asker.phrase("help"), "help")
            case "why":
                return moving.why(conversation)
            case "result" | "verdict":
                return moving.here(conversation._replace(card=""), did="result")
            case button if button in PAGES:
                page = f"{button}:{event.about}" if event.about else button
                return Outcome(conversation._replace(card=page), (), (page,), card=page)
            case _:
                return self._about_the_question(conversation, event)

    def _about_the_question(self, conversation: Conversation, event: Pressed) -> Outcome:
        """Buttons that belong to one question; pressed later, they are old."""
        question = self.moving.question(conversation)
        conversation = conversation._replace(stopped=False)
        if event.about and (question is None or question.id != event.about):
            return self.moving.here(conversation._replace(card=""), self.asker.phrase("old_button"), "old button")
        match event.button:
            case "skip":
                return self.moving.leave_out(conversation, "skipped")
            case "unsure":
                return self.moving.leave_out(conversation, "unsure")
            case "keep":
                return self.moving.keep(conversation)
            case "done":
                return self._done(conversation)
            case "all":
                return self.moving.here(conversation._replace(offered=()), did="all choices", helped=True)
            case _:
                note = self.asker.phrase("unknown_button")
                return self.moving.here(conversation, note, "unknown button", toast=note)


__all__ = ["PAGES", "VERDICT", "Answering"]
