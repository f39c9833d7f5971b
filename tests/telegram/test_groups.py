"""Groups as everybody in them sees them, over real HTTP, word for word: questions in a topic, a search while typing, a guest.

After a wanted change of words: python -m tests.telegram.test_groups, and read the difference.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.sandbox.transcript import transcript
from bot.telegram import sender
from bot.turn.mind import Mind
from tests.telegram.hall import hall

GROUPS = Path(__file__).parent / "groups"
Script = Callable[[Mind, Path], Awaitable[str]]


async def six_questions_in_a_topic(mind: Mind, folder: Path) -> str:
    """Four people plan a fair; six questions, each asked in another way, between talk that is not for the bot."""
    async with hall(mind, folder, topics=("Summer fair",)) as here:
        fair = next(iter(here.topics))
        await here.talk(("Ann", "Right, who is doing the fair this year?"), ("Bo", "/ask what is an MoU?"), topic=fair)
        await here.talk(("Cem", "Ha, I never knew"), ("Dee", "Me neither. Cake on Saturday?"), topic=fair)
        await here.talk(("Cem", "/what terms of reference"), ("Ann", "I will bring scones"), topic=fair)
        await here.talk(("Dee", "@helper_bot how do we get hold of the school?"), ("Bo", "My sister teaches there"), topic=fair)
        last = here.bot_said()[-1]
        here.stage.world.clock.advance(20)
        await here.says("Ann", "and how do I reach the police?", reply_to=last, topic=fair)
        last = here.bot_said()[-1]
        here.stage.world.clock.advance(20)
        await here.says("Ann", "thanks a lot", reply_to=last, topic=fair)
        here.stage.world.clock.advance(20)
        asked = await here.says("Cem", "Do volunteers need a DBS check?", topic=fair)
        here.stage.world.clock.advance(20)
        await here.says("Bo", "@Helper_Bot", reply_to=asked, topic=fair)
        await here.talk(("Bo", "/ask who won the football?"), ("Dee", "lol"), topic=fair)
        return here.written()


async def five_at_once(mind: Mind, folder: Path) -> str:
    """Five ask in the same second: one answer, and then one message with the others."""
    async with hall(mind, folder) as here:
        await here.passes(20)
        texts = ("/ask what is an MoU?", "/ask what is an SLA?", "/ask zzz qqq", "/ask what is an MoU", "/ask do we need minutes?")
        for name, text in zip(("Ann", "Bo", "Cem", "Dee", "Ann"), texts, strict=True):
            await here.member(name).send(text)
            await here.rest()
        await here.settled()
        return here.written()


async def a_search_while_typing(mind: Mind, folder: Path) -> str:
    """Ann types in a chat with neighbours, letter by letter, and chooses; then something that sounds like danger."""
    async with hall(mind, folder, bot=False) as here:
        ann, lines = here.member("Ann"), []
        for words in ("", "m", "mul", "multi ag", "how do we talk to the council", "qqqq", "someone is hitting my son"):
            found = await ann.inline(words)
            results = await found.results()
            lines.append(f"Ann types: @helper_bot {words}".rstrip())
            lines += [f"    {one['title']}\n        {one['description']}" for one in results]
            lines.append(f"    [{found.query.more['button']['text']}]")
            if words in ("multi ag", "someone is hitting my son"):
                await found.choose(0)
        await here.rest()
        return "\n".join([*lines, "", transcript(here.group.chat)])


async def a_guest(mind: Mind, folder: Path) -> str:
    """A group that never let the bot in asks it four things: it says one thing each time, and nothing else."""
    async with hall(mind, folder, bot=False) as here:
        await here.talk(("Ann", "Bo says we need an MoU"), ("Bo", "@helper_bot what is an MoU?"), ("Cem", "Nice!"))
        await here.talk(("Dee", "@helper_bot"), ("Dee", "@helper_bot my neighbour hits his wife"), ("Dee", "@helper_bot qqq zzz?"))
        return here.written()


SCRIPTS: tuple[Script, ...] = (six_questions_in_a_topic, five_at_once, a_search_while_typing, a_guest)


def path_of(script: Script) -> Path:
    """Where the transcript of a script stands."""
    return GROUPS / f"{script.__name__}.txt"


@pytest.mark.asyncio
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
async def test_a_group_sees_what_is_written(script: Script, mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole chat, to the letter."""
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.002)
    assert await script(mind, tmp_path) == path_of(script).read_text(encoding="utf-8")


def main() -> None:
    """Writes every transcript anew."""
    import sys
    import tempfile

    from bot.app import open_folder
    from tests.conftest import SHIPPED

    book = open_folder(SHIPPED).book
    assert book is not None
    mind = Mind(book)
    sender.LOOK_EVERY = 0.002
    GROUPS.mkdir(exist_ok=True)
    for script in SCRIPTS:
        if not sys.argv[1:] or script.__name__ in sys.argv[1:]:
            with tempfile.TemporaryDirectory() as folder:
                path_of(script).write_text(asyncio.run(script(mind, Path(folder))), encoding="utf-8")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
