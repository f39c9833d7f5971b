"""Ten people talk with the real bot, over real HTTP; every word of it as a person sees it.

After a wanted change of words: python -m tests.telegram.test_personas, and read the difference.
"""

import asyncio
from collections import deque
from pathlib import Path

import pytest

from bot.turn.mind import Mind
from tests.telegram.people import PEOPLE, Script
from tests.telegram.play import Play
from tests.telegram.stage import stage

PERSONAS = Path(__file__).parent / "personas"


def path_of(script: Script) -> Path:
    """Where the transcript of a person stands."""
    return PERSONAS / f"{script.__name__}.txt"


@pytest.mark.asyncio
@pytest.mark.parametrize("script", PEOPLE, ids=lambda script: script.__name__)
async def test_a_person_sees_what_is_written(script: Script, mind: Mind, tmp_path: Path) -> None:
    """The whole chat, to the letter; on the way every press is answered and only the last message has the buttons."""
    assert await played(mind, script, tmp_path) == path_of(script).read_text(encoding="utf-8")


async def played(mind: Mind, script: Script, folder: Path) -> str:
    """The transcript of a person; everything the bot learns before it can read is learned before."""
    deque(mind.warm_up(), maxlen=0)
    async with stage(mind, folder) as made:
        play = Play(made, made.person())
        await script(play)
        return play.written()


def main() -> None:
    """Writes every transcript anew."""
    import sys
    import tempfile

    from bot.app import open_folder
    from tests.conftest import SHIPPED

    book = open_folder(SHIPPED, with_tests=False).book
    assert book is not None
    mind = Mind(book)
    wanted = sys.argv[1:]
    for script in PEOPLE:
        if not wanted or script.__name__ in wanted:
            with tempfile.TemporaryDirectory() as folder:
                path_of(script).write_text(asyncio.run(played(mind, script, Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
