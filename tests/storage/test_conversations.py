"""One contract for any store, kept by all of them: conversations."""

import asyncio

import pytest

from bot.model.conversation import Answer
from bot.turn.ports import Stale
from bot.turn.post import Post
from tests.storage.samples import SOME

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def test_what_is_saved_comes_back_equal(post: Post) -> None:
    """A conversation comes back as it was, with its version."""
    assert await post.current("a") is None
    assert await post.save("a", SOME, 0) == 1
    kept = await post.current("a")
    assert kept is not None
    assert (kept.conversation, kept.version) == (SOME, 1)


@pytest.mark.parametrize(
    "text", ["\x00nul", "\ud800 half a letter", "👩‍👩‍👧‍👦" * 500, "\u2028\r\n\x1b[31m", "'); DROP TABLE held; --"], ids=ascii
)
async def test_any_text_comes_back_equal(post: Post, text: str) -> None:
    """Whatever a person types is stored, even what is not quite a text."""
    await post.save("a", SOME._replace(answers=(Answer("goal", text=text),)), 0)
    kept = await post.current("a")
    assert kept is not None
    assert kept.conversation.answers == (Answer("goal", text=text),)


async def test_an_outdated_save_is_refused(post: Post) -> None:
    """Of two who loaded the same version, the second to save is told so, and changes nothing."""
    await post.save("a", SOME, 0)
    await post.save("a", SOME._replace(turn=1), 1)
    with pytest.raises(Stale):
        await post.save("a", SOME._replace(turn=9), 1)
    with pytest.raises(Stale):
        await post.save("a", SOME._replace(turn=9), 0)
    kept = await post.current("a")
    assert kept is not None
    assert kept.conversation.turn == 1


async def test_a_seat_is_in_the_conversation_it_saved_last(post: Post) -> None:
    """A person may have several conversations; the one saved last is current, also when it is an older one."""
    await post.save("a", SOME, 0)
    await post.save("a", SOME._replace(id="two"), 0)
    kept = await post.current("a")
    assert kept is not None
    assert kept.conversation.id == "two"
    await post.save("a", SOME, 1)
    kept = await post.current("a")
    assert kept is not None
    assert (kept.conversation.id, kept.version) == ("one", 2)


async def test_forgetting_erases_all_of_a_seat_and_nothing_of_others(post: Post) -> None:
    """Forget takes every conversation of the seat, except one that another seat shares."""
    await post.save("a", SOME, 0)
    await post.save("a", SOME._replace(id="shared"), 0)
    await post.save("b", SOME._replace(id="shared", turn=1), 1)
    assert await post.forget("a") == 1
    assert await post.current("a") is None
    assert await post.current("b") is not None
    assert await post.forget("nobody") == 0


async def test_of_many_at_once_exactly_one_wins(post: Post) -> None:
    """Twenty savers of one version: one succeeds, nineteen are told that they came late."""
    await post.save("a", SOME, 0)
    results = await asyncio.gather(*(post.save("a", SOME._replace(turn=one), 1) for one in range(20)), return_exceptions=True)
    assert sum(result == 2 for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 19
