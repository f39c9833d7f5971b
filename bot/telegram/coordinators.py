"""What only coordinators may see. Rights are looked at on each act, by numeric id; a button or a command gives none."""

from dataclasses import dataclass

from bot.telegram.box import BoxTurns
from bot.telegram.desk import Desk
from bot.telegram.html import safe
from bot.telegram.inbound import Arrival
from bot.turn.post import Turned

FOR_COORDINATORS = ("dialogues", "stats", "questions")


@dataclass(frozen=True, slots=True)
class CoordinatorTurns:
    """The commands of coordinators, in private."""

    desk: Desk
    box: BoxTurns

    async def turned(self, arrival: Arrival) -> Turned:
        """What to say; to everybody else, that it is not for them, and the number by which they could become one."""
        if arrival.person not in self.desk.coordinators:
            number = self.desk.phrase("your_number", number=str(arrival.person))
            return self.desk.says(arrival, safe(f"{self.desk.phrase('not_allowed')} {number}"))
        if arrival.command == "questions":
            return await self.box.questions.turned(arrival)
        return self.desk.says(arrival, safe(await (self._stats() if arrival.command == "stats" else self._dialogues())))

    async def _stats(self) -> str:
        counted = await self.desk.post.figures()
        # The command itself is still being worked off.
        figures = {name: str(count) for name, count in (counted | {"waiting": max(0, counted["waiting"] - 1)}).items()}
        questions = self.desk.phrase("stats_questions", count=str(len(await self.box.questions.waiting())))
        return f"{self.desk.phrase('stats', **figures)}\n{questions}"

    async def _dialogues(self) -> str:
        book = self.desk.mind.book
        questions = sum(len(dialogue.questions) for dialogue in book.dialogues.values())
        return self.desk.phrase("dialogues", revision=book.revision, questions=str(questions), topics=str(len(book.topics)))
