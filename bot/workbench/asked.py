"""How well quick questions are answered, and whether danger is seen: counted one text after the other."""

from dataclasses import dataclass, field

from bot.model.book import Book
from bot.model.case import Alarm, AskedQuestion
from bot.workbench.rate import Mistake, Rate


@dataclass(slots=True)
class AskedTrial:
    """What came of the quick questions and of the messages about danger.

    `ours` are questions with an answer, `others` those without one: there, "again" means a rightly refused answer.
    """

    ours: Rate = field(default_factory=Rate)
    others: Rate = field(default_factory=Rate)
    danger: Rate = field(default_factory=Rate)
    harmless: Rate = field(default_factory=Rate)
    mistaken: list[Mistake] = field(default_factory=list)
    alarms_mistaken: list[Mistake] = field(default_factory=list)

    def count(self, asked: AskedQuestion, found: str, book: Book) -> None:
        """Counts one question, and the topic found for it ("": none). A more general or a more special topic is right too."""
        right = _near(found, asked.topics, book) if found and asked.topics else not found and not asked.topics
        _add(self.ours if asked.topics else self.others, right, refused=not found)
        if not right:
            self.mistaken.append(Mistake(str(asked.place), asked.text, " or ".join(asked.topics), found))

    def count_alarm(self, alarm: Alarm, raised: bool) -> None:
        """Counts one message that means danger, or only sounds like it."""
        right = raised == alarm.danger
        _add(self.danger if alarm.danger else self.harmless, right, refused=False)
        if not right:
            means = ("means danger", "was missed") if alarm.danger else ("is no danger", "raised the alarm")
            self.alarms_mistaken.append(Mistake(str(alarm.place), alarm.text, *means))

    def rate_of(self, name: str) -> Rate | None:
        """The rate a goal is about; None if it is not one of these."""
        return {"questions": self.ours, "none": self.others, "danger": self.danger, "harmless": self.harmless}.get(name)

    @property
    def precision(self) -> float:
        """Of all answers given, how many were right, in percent."""
        given = self.ours.right + self.ours.wrong + self.others.wrong
        return 100 * self.ours.right / given if given else 100.0


def _add(rate: Rate, right: bool, refused: bool) -> None:
    if right:
        rate.right += 1
    elif refused:
        rate.again += 1
    else:
        rate.wrong += 1


def _near(found: str, meant: tuple[str, ...], book: Book) -> bool:
    parents = {topic.id: topic.parent for topic in book.topics}
    return found in meant or parents.get(found) in meant or any(parents.get(one) == found for one in meant)
