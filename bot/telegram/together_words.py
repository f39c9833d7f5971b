"""Questions that a group answers in a sentence: anybody suggests one by a reply to the board, whoever leads says which it is.

Where people talk, most replies are no answer. A question, a "thanks" or a thumb is never taken for one.
"""

from dataclasses import dataclass, replace

from bot.model.event import Said
from bot.model.reply import Ask
from bot.telegram.arrival import Arrival
from bot.telegram.desk import Desk
from bot.telegram.html import safe
from bot.telegram.rounds import who
from bot.telegram.together_board import suggestion_mark
from bot.telegram.together_moves import TogetherMoves
from bot.telegram.together_running import Running, running_in
from bot.turn.post import Turned
from bot.turn.quick import SURELY

TYPED = ("skip", "back", "stop", "keep")
"""What whoever leads may also type below such a question."""
LEAST_WORDS = 2
FAR_BELOW = 6
"""So many messages below the board, nobody sees it change: then it comes to the bottom."""


@dataclass(frozen=True, slots=True)
class TogetherWords:
    """What comes of a reply to the board, and of the buttons below what was suggested."""

    desk: Desk
    moves: TogetherMoves

    async def replied(self, arrival: Arrival) -> Turned | None:
        """A reply to the board, at a question that is answered in a sentence. None: it is something else."""
        text = arrival.event.text if isinstance(arrival.event, Said) and arrival.how == "reply" else ""
        running = await running_in(self.desk, arrival.lane) if text else None
        if running is None or running.question is None or running.question.kind != "text" or running.together.stopped:
            return None
        shown = (await self.desk.post.load("", f"{arrival.lane}:b{running.together.board}"))[1]
        nobody = ":c" in arrival.seat and not arrival.anonymous
        if shown.card != arrival.replied or nobody or self.desk.mind.danger.in_text(text):
            return None
        if command := self.desk.mind.engine.reader.command(text, free_text=True):
            return await self._asked_for(arrival, running, command)
        return await self._said(arrival, running, text, arrival.message - shown.card > FAR_BELOW)

    async def _asked_for(self, arrival: Arrival, running: Running, command: str) -> Turned | None:
        """They typed what a button says, or that they do not know."""
        if command in TYPED:
            may = await self.moves.may_lead(arrival, running)
            return self.moves.led(arrival, running, command) if may else self.moves.not_you(arrival, running)
        question = running.question
        if command == "why" and question is not None:
            return self.desk.says(arrival, safe(" ".join(filter(None, (question.hint, question.why)))))
        if command == "unsure" and question is not None:
            return self.desk.says(arrival, safe(self.desk.phrase("together_unsure") if running.may_skip else question.hint))
        return None

    async def _said(self, arrival: Arrival, running: Running, text: str, far: bool) -> Turned | None:
        """A sentence is suggested; what is none is answered, or left alone."""
        mind = self.desk.mind
        remarks = mind.engine.reader.remarks
        if (yes := remarks.agrees(text)) is not None:
            return await self._agreed(arrival, running, yes)
        given = self.desk.quick.answer(text)
        if remarks.kind(text) or remarks.named(text) or remarks.is_talk(text) or given.kind == "talk":
            return Turned(arrival.seat, arrival.lane)  # they talk with one another
        if remarks.asks_back(text):
            ours = given.kind == "topic" and given.score >= SURELY
            return None if ours else self._hint(arrival, running, "together_question")
        if len(text.split()) < LEAST_WORDS:
            return self._hint(arrival, running, "together_word") if await self.moves.may_lead(arrival, running) else None
        outcome = mind.react(running.conversation, Said(text), int(self.desk.clock()))
        if outcome.conversation.answers == running.conversation.answers:
            note = next((one.note for one in reversed(outcome.replies) if isinstance(one, Ask)), "")
            return self.desk.says(arrival, safe(note or self.desk.phrase("unclear")))
        taken = outcome.conversation.answer_to(running.ask.question)
        if taken is None or taken.text != text.strip():
            return None  # "No, I meant the council": what the group has voted for, nobody changes by a word
        suggested = running.together.suggested(taken.text, who(arrival.person) if arrival.person else "")
        now_there = replace(running, together=suggested)
        return await self.moves.shown_again(arrival, now_there) if far else self.moves.stored(arrival, now_there)

    def _hint(self, arrival: Arrival, running: Running, name: str) -> Turned:
        """Why it was not taken, and what would be."""
        hint = running.question.hint if running.question is not None else ""
        return self.desk.says(arrival, safe(self.desk.phrase(name, hint=hint)))

    async def _agreed(self, arrival: Arrival, running: Running, yes: bool) -> Turned | None:
        """A typed yes or no of whoever leads, to the one sentence that was suggested. Those of others are talk."""
        waiting = running.together.suggestions
        if len(waiting) != 1 or not await self.moves.may_lead(arrival, running):
            return None
        return self._taken(arrival, running, waiting[0].text) if yes else self._dropped(arrival, running)

    # Buttons.

    async def pressed(self, arrival: Arrival, running: Running, what: str, mark: str) -> Turned:
        """One of the suggestions is taken, or all are dropped. The button must be about what is suggested now."""
        suggestions = running.together.suggestions
        meant = next((one for one in suggestions if mark == suggestion_mark(running, one.text)), None)
        if not suggestions or (what == "take" and meant is None) or (what == "drop" and mark != suggestion_mark(running)):
            return self.desk.toasts(arrival, "together_old")
        if not await self.moves.may_lead(arrival, running):
            return self.moves.not_you(arrival, running)
        return self._taken(arrival, running, meant.text) if what == "take" and meant is not None else self._dropped(arrival, running)

    def _taken(self, arrival: Arrival, running: Running, text: str) -> Turned:
        return self.moves.moved(arrival, running, Said(text))

    def _dropped(self, arrival: Arrival, running: Running) -> Turned:
        return self.moves.stored(arrival, replace(running, together=replace(running.together, suggestions=())))
