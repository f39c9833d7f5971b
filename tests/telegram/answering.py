"""A group that answers together, on the stage: the board, who presses what, and the whole interview of the golden transcript."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.model.conversation import Conversation
from bot.sandbox.chats import Message
from bot.sandbox.pressing import Press, buttons_of
from bot.telegram.together_running import TOGETHER, seat_of
from bot.turn.mind import Mind
from bot.turn.votes import Together, together_from_json
from tests.telegram.gathering import Gathering, gathering

NEXT, SKIP, BACK, STOP = "Next", "Skip", "Back", "Stop here"


@asynccontextmanager
async def together(mind: Mind, folder: Path, people: int = 4, starter: str = "Ann", **settings: Any) -> AsyncIterator[Gathering]:
    """A group that has just been asked who its partners are. Ann made the group, so she is an administrator."""
    async with gathering(mind, folder, people, **settings) as made:
        await made.writes(starter, "/together")
        yield made


def boards(made: Gathering) -> list[Message]:
    """Messages of the group that can be voted on, or moved on from."""
    return [one for one in made.messages() if any("x:together" in str(button) for button in buttons_of(one))]


def board(made: Gathering) -> Message:
    """The one that counts."""
    return boards(made)[-1]


def labels(made: Gathering) -> list[str]:
    """The buttons of the board."""
    return [str(button["text"]) for button in buttons_of(board(made))]


def data_of(message: Message, words: str) -> str:
    """What the button with these words carries."""
    return next(str(button["callback_data"]) for button in buttons_of(message) if words in button["text"])


async def press(made: Gathering, name: str, *words: str) -> str:
    """Presses buttons of the board, one after the other; what popped up last."""
    pressed: Press | None = None
    for one in words:
        pressed = await made.presses(name, one, board(made))
    assert pressed is not None
    assert pressed.toast is not None, "a press was not answered"
    return pressed.toast.text


async def at_once(made: Gathering, *who: tuple[str, str]) -> list[Press]:
    """Several presses of the board as it is now, without waiting in between."""
    here = board(made)
    pressed = [await made.member(name).press(here, words) for name, words in who]
    for one in pressed:  # before any time passes
        await one.answered()
    await made.settled()
    return pressed


async def reply(made: Gathering, name: str, text: str) -> None:
    """Replies to the board."""
    await made.member(name).send(text, reply_to=board(made))
    await made.settled()


async def kept(made: Gathering, lane: str = "") -> Together | None:
    """What is stored of what goes on."""
    found = [one for one in await made.records(TOGETHER) if lane in ("", one.lane)]
    return together_from_json(found[-1].body or {}) if found else None


async def conversation(made: Gathering, lane: str = "") -> Conversation:
    """The group's conversation."""
    assert made.stage.store is not None
    current = await made.stage.store.current(seat_of(lane or f"chat:{made.group.id}"))
    assert current is not None
    return current.conversation


async def asked(made: Gathering, lane: str = "") -> str:
    """The question they are at."""
    question = made.mind.engine.moving.question(await conversation(made, lane))
    return question.id if question is not None else ""


async def to_question(made: Gathering, wanted: str) -> None:
    """Ann alone answers until this question is put."""
    while (now := await asked(made)) != wanted:
        label = {"partners": "Police", "working": "Plan and run something together"}.get(now)
        if label:
            await press(made, "Ann", label, NEXT)
        else:
            await press(made, "Ann", SKIP)


async def finish(made: Gathering) -> str:
    """Ann answers what is left alone; the payload of the link below the result."""
    while boards(made):
        now = await asked(made)
        if now == "goal":
            await reply(made, "Ann", "Safer streets")
            await press(made, "Ann", "Yes")
        elif SKIP in labels(made):
            await press(made, "Ann", SKIP)
        else:
            await press(made, "Ann", "Police" if now == "partners" else "Plan and run something together", NEXT)
    return str(buttons_of(made.messages()[-1])[-1]["url"]).partition("start=")[2]


async def whole_interview(mind: Mind, folder: Path) -> str:
    """Four neighbours answer everything in their group; what the group sees, and what one of them reads on in private."""
    async with gathering(mind, folder, 4) as made:
        await made.writes("Ann", "/together")
        await press(made, "Ann", "Police", "Church or faith")
        await press(made, "Bob", "Police")
        await press(made, "Cat", "Police", "School, college")
        await press(made, "Dan", "Church or faith")
        await press(made, "Bob", NEXT)
        await press(made, "Ann", NEXT)
        await made.writes("Cat", "shall we say the fights outside the shops?")
        await reply(made, "Ann", "what do you all think?")
        await reply(made, "Cat", "Fewer fights outside the shops")
        await reply(made, "Bob", "A street where nobody has to be afraid")
        await press(made, "Ann", "Take 1")
        await press(made, "Ann", "Yes, we agreed it together")
        await press(made, "Bob", "Mostly")
        await press(made, "Cat", "Mostly")
        await press(made, "Dan", "Yes, we agreed it together")
        await press(made, "Ann", NEXT, "Mostly")
        await press(made, "Ann", "Plan and run something together")
        await press(made, "Bob", "Plan and run something together", "Explain this")
        await press(made, "Dan", "Swap news and contacts", "Swap news and contacts")
        await press(made, "Ann", NEXT, BACK, "Keep it")
        while any(label == NEXT for label in labels(made)):
            choice = {"written": "Notes", "breadth": "One clear thing", "span": "One event", "impetus": "Local people saw"}.get(
                await asked(made)
            )
            await press(made, "Bob", choice or labels(made)[0])
            await press(made, "Ann", NEXT)
            if not boards(made):
                break
        await made.presses("Dan", "Read more in private", made.messages()[-1])
        first, *_ = made.hears("Dan").split("\n\n")
        return f"{made.transcript()}\n--- Dan, in private ---\n{first}\n"
