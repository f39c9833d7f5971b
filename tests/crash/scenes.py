"""What people do in the plays. Between two waits everything happens at once."""

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.outcome import Outcome
from bot.model.book import Book
from bot.model.conversation import Conversation
from bot.model.event import Event, Said
from bot.sandbox.faults import Fault, Kind
from bot.turn.mind import Mind
from tests.crash.play import Play, Scene

BOOM = "please fall over"
"""A text that the mind of the plays never gets over."""


TOPICS = ("multi_agency", "mou", "what_is_partnership")


def light(book: Book) -> Book:
    """The book with few quick questions and no example sentences: those are judged elsewhere, and take long to learn."""
    return replace(book, sayings={}, topics=tuple(topic for topic in book.topics if topic.id in TOPICS))


class PlayedMind(Mind):
    """A mind that has learned everything, and that one text is too much for."""

    def warm_up(self) -> Iterator[None]:
        return iter(())

    def learn(self) -> None:
        """Learns everything now."""
        for _ in super().warm_up():
            pass

    def react(self, conversation: Conversation, event: Event, now: int = 0) -> Outcome:
        if isinstance(event, Said) and event.text == BOOM:
            raise ZeroDivisionError
        return super().react(conversation, event, now)


async def taps(play: Play) -> None:
    """Decided answers, by buttons only."""
    ann = play.person()
    await play.say(ann, "/start")
    await play.tap(ann, "police", "council", "done", "skip", "agreed", "joint_project", "done")


async def typed(play: Play) -> None:
    """Answers in one's own words, one of them not understood."""
    ann = play.person()
    await play.say(ann, "/start", "the police and the council", "safer streets", "Mostly", "xyzzy plugh", "joint project")


async def ticks(play: Play) -> None:
    """Ticks, one of them taken back, one double tap, then Done twice."""
    ann = play.person()
    await play.say(ann, "/start")
    await play.tap(ann, "police", "faith", "police")
    play.touch(ann, "business")
    play.touch(ann, "business")
    await play.settled()
    play.touch(ann, "done")
    play.touch(ann, "done")
    await play.settled()


async def back_and_change(play: Play) -> None:
    """Back, the review, another answer to an earlier question."""
    ann = play.person()
    await play.say(ann, "/start", "police", "safer streets", "/back", "cleaner streets", "/review")
    await play.tap(ann, "change")


async def quick_question(play: Play) -> None:
    """A quick question in the middle, and one by command."""
    ann = play.person()
    await play.say(ann, "/start", "police", "safer streets", "what is a multi-agency partnership?", "/ask mou")
    await play.tap(ann, "agreed")


async def danger(play: Play) -> None:
    """Somebody may be in danger, said in the middle of an answer."""
    ann = play.person()
    await play.say(ann, "/start", "police", "a child is being hurt at home", "safer streets")


async def export(play: Play) -> None:
    """All that is kept, as a file."""
    ann = play.person()
    await play.say(ann, "/start", "police", "/export", "/privacy", "/start")


async def forget(play: Play) -> None:
    """Everything is erased in the middle, while a text is on its way."""
    ann = play.person()
    await play.say(ann, "/start", "police")
    await ann.command("forget")
    await ann.send("safer streets")
    await play.settled()
    await play.say(ann, "/forget")
    await play.tap(ann, "b:forget:yes")


async def two_people(play: Play) -> None:
    """Two people at once, each at their own pace."""
    ann, ben = play.person("Ann"), play.person("Ben")
    await ann.command("start")
    await ben.command("start")
    await play.settled()
    play.touch(ann, "police")
    await ben.send("church and council")
    await play.settled()
    play.touch(ann, "done")
    play.touch(ben, "skip")
    await ben.send("/review")
    await play.settled()


async def three_at_once(play: Play) -> None:
    """One person who sends three messages before anything is answered."""
    ann = play.person()
    for text in ("/start", "police", "safer streets"):
        await ann.send(text)
    await play.settled()
    for text in ("Mostly", "/back", "/review"):
        await ann.send(text)
    await play.settled()


async def odd_things(play: Play) -> None:
    """A sticker, an edited message, a document, a place, and a forged button."""
    ann = play.person()
    await play.say(ann, "/start")
    said = await ann.send("police")
    await play.settled()
    await ann.send_sticker()
    await ann.edit(said, "the council")
    await play.settled()
    await ann.send_document()
    await ann.send_location()
    await play.settled()
    await ann.forge(ann.last(), "o:nothing:at_all:+")
    await play.settled()


async def verdict(play: Play) -> None:
    """To the verdict, which takes several messages, and a page behind it."""
    ann = play.person()
    await play.say(ann, "/start", "police", "safer streets")
    await play.say(ann, "/stop", "/start verdict")
    await play.tap(ann, *VERDICT)


async def blocked(play: Play) -> None:
    """The bot is blocked while it answers; then the person comes back."""
    ann = play.person()
    await play.say(ann, "/start", "police")
    await ann.send("safer streets")
    await ann.block()
    await play.settled()
    await ann.unblock()
    await play.settled()
    await play.say(ann, "Mostly")


async def group(play: Play) -> None:
    """A quick question in a group that becomes a supergroup, a press there, and chatter."""
    ann, ben = play.person("Ann"), play.person("Ben")
    made = play.group("Friends", ann, ben, kind="group")
    await play.say(made.member(ann), "/ask what is an mou?", "nice weather")
    new = await made.upgrade()
    play.groups.append(new)
    await play.settled()
    await play.say(new.member(ben), "/ask zzz", "/help")


async def falls_over(play: Play) -> None:
    """A turn that always fails, between two that do not."""
    ann = play.person()
    await play.say(ann, "/start")
    for text in ("police", BOOM, "safer streets"):
        await ann.send(text)
    await play.settled()


async def told_to_wait(play: Play) -> None:
    """Telegram wants a pause, then has a hiccup; the answers come all the same, in order."""
    ann = play.person()
    await play.say(ann, "/start")
    play.world.faults.add(Fault(Kind.FLOOD, "sendMessage", seconds=2), Fault(Kind.ERROR, "answerCallbackQuery"))
    for text in ("police", "safer streets"):
        await ann.send(text)
    await play.settled()
    await play.tap(ann, "agreed")


async def old_card(play: Play) -> None:
    """A button of a card from before, which is not the newest any more."""
    ann = play.person()
    await play.say(ann, "/start")
    await play.tap(ann, "police", "done")
    await play.say(ann, "safer streets")
    await ann.forge(ann.sees()[1], "o:partners:faith:+")
    await play.settled()


async def partner_round(play: Play) -> None:
    """Three answer in private, each for themselves; the group sees the count, then the picture."""
    people = [play.person(name) for name in ("Ann", "Ben", "Cat")]
    made = play.group("Friends", *people)
    await play.say(made.member(people[0]), "/round")
    for one in people:
        await play.follow(one, made)
        await play.answers_all(one)
    await play.tap(made.member(people[0]), "Show the result")


async def together(play: Play) -> None:
    """Votes for one question; one of them is taken back; then the next question, and the end."""
    ann, ben = play.person("Ann"), play.person("Ben")
    made = play.group("Friends", ann, ben)
    await play.say(made.member(ann), "/together")
    await play.tap(made.member(ann), "Police")
    await play.tap(made.member(ben), "Police")
    await play.tap(made.member(ben), "Church")
    play.world.clock.advance(60.0)
    await play.tap(made.member(ben), "Church")
    await play.tap(made.member(ann), "Next", "Stop here")


async def many_questions(play: Play) -> None:
    """Five questions in a group at once: the first is answered alone, the others in one message."""
    people = [play.person(name) for name in ("Ann", "Ben", "Cat", "Dan", "Eve")]
    made = play.group("Friends", *people)
    for one, words in zip(people, ("what is an mou?", "multi-agency", "what is a partnership?", "zzz", "mou"), strict=True):
        await made.member(one).send(f"/ask {words}")
    await play.settled()


async def into_the_box(play: Play) -> None:
    """A question without an answer goes to the coordinators, who export it and are done with it."""
    ann = play.person()
    await play.say(ann, "/ask zzz yyy xxx")
    await play.tap(ann, "Send to our coordinator")
    await play.say(play.coordinator, "/questions")
    await play.tap(play.coordinator, "Export", "Done")


VERDICT = ("agreed",)
SCENES: dict[str, Scene] = {
    one.__name__: one
    for one in (
        taps, typed, ticks, back_and_change, quick_question, danger, export, forget, two_people, three_at_once, odd_things,
        verdict, blocked, group, falls_over, told_to_wait, old_card, partner_round, together, into_the_box, many_questions,
    )
}  # fmt: skip
JOINED = "many_questions"
"""The scene in which several answers are joined in a message. Which of them meet there depends on how many wait."""
