"""A group, its people and a coordinator, for questions that nobody has an answer for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.chats import Message
from bot.telegram.questions import ASKED
from bot.turn.box import DAY, TOLD_AT
from bot.turn.mind import Mind
from tests.telegram.gathering import NAMES, Gathering, sooner
from tests.telegram.stage import stage

SEND, EXPORT, DONE = "Send to our coordinator", "Export", "Done, clear them"
UNKNOWN = "How often should we repaint the goalposts?"
OTHER = "Where do I get a licence for a bonfire on the moon?"
COORDINATOR = "Gus"


@asynccontextmanager
async def box(mind: Mind, folder: Path, *, coordinators: int = 1, opened: bool = True, **settings: object) -> AsyncIterator[Gathering]:
    """A group of three; Gus is a coordinator, who has opened the private chat. If there are two of them, so is Flo, who has not."""
    for _ in mind.warm_up():
        pass
    async with sooner(), stage(mind, folder) as made:
        persons = {name: made.person(name) for name in NAMES}
        made.coordinators = frozenset(persons[name].id for name in (COORDINATOR, "Flo")[:coordinators])
        await made.stop()
        await made.start()
        group = made.world.group("Hill Street Partners", *(persons[name] for name in NAMES[:3]), **settings)  # type: ignore[arg-type]
        group.join(made.account)
        gathered = Gathering(made, group, persons)
        if coordinators and opened:
            await persons[COORDINATOR].open_link()
        await gathered.settled()
        yield gathered


def unknown(made: Gathering, name: str = "") -> Message:
    """The newest "I do not know", or what it became when it was sent, in the group, or in somebody's private chat."""
    chat = made.people[name].chat if name else made.group.chat
    return next(one for one in reversed(chat.messages.values()) if one.text.startswith(("I do not know that", "I have sent your question")))


async def press(made: Gathering, name: str, label: str, message: Message) -> str:
    """A press in private; what popped up."""
    pressed = await made.people[name].press(message, label)
    await made.settled()
    return pressed.toast.text if pressed.toast is not None else ""


async def send(made: Gathering, name: str, text: str) -> None:
    """Asks in private, and sends the question."""
    await made.types(name, f"/ask {text}")
    assert "Sent, without your name." in await press(made, name, SEND, unknown(made, name))


async def texts(made: Gathering) -> list[str]:
    """The questions that are kept."""
    return [str((one.body or {})["text"]) for one in await made.records(ASKED)]


def to_morning(made: Gathering) -> float:
    """Seconds to the next time of day at which coordinators are told."""
    return DAY - (made.stage.world.clock() - TOLD_AT) % DAY


def newest(made: Gathering, name: str = COORDINATOR) -> Message:
    """The last message in somebody's private chat."""
    return list(made.people[name].chat.messages.values())[-1]
