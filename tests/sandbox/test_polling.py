"""getUpdates: nothing is leased, offsets confirm, polls wait without being woken by a clock."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.accounts import BotAccount
from bot.sandbox.clock import Clock
from bot.sandbox.methods.polling import OTHER_POLLER, WEBHOOK_ACTIVE
from bot.sandbox.person import Person
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")
FIRST = 100_000_001


async def texts(world: World, bot: BotAccount, **params: Any) -> list[str]:
    """What `getUpdates` gives, as the texts of the messages."""
    status, body = await world.call(bot.token, "getUpdates", params)
    assert status == 200
    return [update["message"]["text"] for update in body["result"]]


async def test_what_is_not_confirmed_comes_again(world: World, ann: Person) -> None:
    """Whoever asks gets everything that was not confirmed; a higher offset confirms all before it."""
    for word in ("one", "two", "three"):
        await ann.send(word)
    assert await texts(world, ann.bot) == ["one", "two", "three"]
    assert await texts(world, ann.bot, offset=FIRST) == ["one", "two", "three"]
    assert await texts(world, ann.bot, offset=FIRST + 1) == ["two", "three"]
    assert await texts(world, ann.bot, offset=0) == ["two", "three"]
    assert await texts(world, ann.bot, limit=1) == ["two"]
    assert await texts(world, ann.bot, limit=0) == ["two"]
    assert await texts(world, ann.bot, offset=FIRST + 3) == []
    assert world.pending(ann.bot) == 0


async def test_a_negative_offset_forgets_all_but_the_last(world: World, ann: Person) -> None:
    """Counted from the end, the rest is gone."""
    for word in ("one", "two", "three"):
        await ann.send(word)
    assert await texts(world, ann.bot, offset=-1) == ["three"]
    assert await texts(world, ann.bot) == ["three"]


async def test_an_offset_from_the_future_confirms_nothing(world: World, ann: Person) -> None:
    """Far beyond the last number, an offset is passed over."""
    await ann.send("one")
    assert await texts(world, ann.bot, offset=FIRST + 1000) == ["one"]


async def test_a_poll_wakes_at_once(world: World, ann: Person) -> None:
    """A waiting poll gives the update as it comes; on a frozen clock it would wait for ever."""
    waiting = asyncio.create_task(texts(world, ann.bot, timeout=50))
    await asyncio.sleep(0)
    assert not waiting.done()
    await ann.send("one")
    assert await waiting == ["one"]


async def test_a_poll_ends_when_its_time_is_up(world: World, ann: Person) -> None:
    """The clock of the world says when; not more than 50 seconds are granted."""
    waiting = asyncio.create_task(texts(world, ann.bot, timeout=1000))
    await asyncio.sleep(0)
    world.clock.advance(49)
    await asyncio.sleep(0)
    assert not waiting.done()
    world.clock.advance(1)
    assert await waiting == []


async def test_on_a_real_clock_a_poll_ends_by_itself() -> None:
    """A second is a second."""
    world = World(Clock.real())
    bot = world.bot()
    assert await asyncio.wait_for(texts(world, bot, timeout=1), 5) == []


async def test_of_two_pollers_the_first_is_ended(world: World, ann: Person) -> None:
    """The earlier poll is told of the other one; the later one waits on."""
    first = asyncio.create_task(world.call(ann.bot.token, "getUpdates", {"timeout": 50}))
    await asyncio.sleep(0)
    second = asyncio.create_task(texts(world, ann.bot, timeout=50))
    assert await first == (409, {"ok": False, "error_code": 409, "description": f"Conflict: {OTHER_POLLER}"})
    await ann.send("one")
    assert await second == ["one"]


async def test_with_a_webhook_there_is_no_polling(world: World, ann: Person) -> None:
    """A bot that set a webhook is refused; setting one ends the poll that waits."""
    polling = asyncio.create_task(world.call(ann.bot.token, "getUpdates", {"timeout": 50}))
    await asyncio.sleep(0)
    await world.call(ann.bot.token, "setWebhook", {"url": "http://127.0.0.1:1/"})
    assert (await polling)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert (await world.call(ann.bot.token, "getUpdates"))[1]["description"] == f"Conflict: {WEBHOOK_ACTIVE}"
    await world.call(ann.bot.token, "deleteWebhook")
    assert await texts(world, ann.bot) == []
    await world.sender.close()


@pytest.mark.parametrize(("seconds", "left"), [(29, 3), (31, 2), (149, 2), (151, 1), (86_399, 1), (86_401, 0)])
async def test_updates_grow_old(world: World, seconds: float, left: int) -> None:
    """An inline query waits 30 seconds, a press 150, a message a day."""
    bot = next(iter(world.bots.values()))
    bot.supports_inline_queries = True
    ann = world.person("Ann")
    await ann.send("one")
    await ann.forge(1, "data")
    await ann.inline("words")
    world.clock.advance(seconds)
    assert world.pending(bot) == left


async def test_wanted_kinds_are_remembered(world: World, ann: Person) -> None:
    """`allowed_updates` holds for later polls too; an empty list brings the usual kinds back."""
    await world.call(ann.bot.token, "getUpdates", {"allowed_updates": '["callback_query", "nonsense"]'})
    await ann.send("one")
    assert await texts(world, ann.bot) == []
    await world.call(ann.bot.token, "getUpdates", {"allowed_updates": []})
    await ann.send("two")
    assert await texts(world, ann.bot) == ["two"]


async def test_an_update_shows_what_was_then(world: World, ann: Person) -> None:
    """A message that is edited before the bot fetches it comes as it was, and then as it is."""
    sent = await ann.send("one")
    await ann.edit(sent, "two")
    _, body = await world.call(ann.bot.token, "getUpdates")
    assert [(update.get("message") or update["edited_message"])["text"] for update in body["result"]] == ["one", "two"]


async def test_after_a_quiet_week_numbers_jump(world: World, ann: Person) -> None:
    """If it is asked for, the first update after a week without any has a random number."""
    ann.bot.queue.jumps = True
    await ann.send("one")
    world.clock.advance(7 * 86_400)
    await ann.send("two")
    _, body = await world.call(ann.bot.token, "getUpdates")
    assert [update["message"]["text"] for update in body["result"]] == ["two"]
    assert body["result"][0]["update_id"] != FIRST + 1


async def test_hasty_pollers_are_braked() -> None:
    """With `strict_polling`, the same offset again within half a second gives one update at most."""
    world = World(strict_polling=True)
    bot = world.bot()
    ann = world.person("Ann")
    await ann.send("one")
    await ann.send("two")
    assert await texts(world, bot, offset=1) == ["one", "two"]
    assert await texts(world, bot, offset=1) == ["one"]
    world.clock.advance(0.6)
    assert await texts(world, bot, offset=1) == ["one", "two"]
