"""Faults on order: what the bot sees of them, and whether its call was carried out."""

import asyncio
import logging
from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.sandbox.faults import Broken, Fault, Kind
from bot.sandbox.person import Person
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")

KINDS: list[tuple[Fault, bool]] = [
    (Fault(Kind.ERROR, status=500), False),
    (Fault(Kind.ERROR, status=502), False),
    (Fault(Kind.ERROR_AFTER, status=500), True),
    (Fault(Kind.RESET), False),
    (Fault(Kind.RESET_AFTER), True),
    (Fault(Kind.TRUNCATED), True),
    (Fault(Kind.GARBAGE), True),
]


@pytest.mark.parametrize(("fault", "carried_out"), KINDS, ids=lambda value: getattr(value, "kind", str(value)))
async def test_a_call_that_breaks(world: World, client: telegram.Bot, ann: Person, fault: Fault, carried_out: bool) -> None:
    """Over HTTP the client meets a real failure; the message is in the chat only if the fault came after it. The next call is fine."""
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    await ann.send("Hello")
    world.faults.add(fault)
    with pytest.raises((NetworkError, TelegramError)) as slip:
        await client.send_message(ann.id, "one")
    assert not isinstance(slip.value, BadRequest)
    assert [one.text for one in ann.sees()] == ["Hello", "one"][: 1 + carried_out]
    assert world.calls.of("sendMessage")[-1].broken
    await client.send_message(ann.id, "two")
    assert ann.last().text == "two"


@pytest.mark.parametrize(("fault", "carried_out"), KINDS, ids=lambda value: getattr(value, "kind", str(value)))
async def test_in_process_it_breaks_too(world: World, ann: Person, fault: Fault, carried_out: bool) -> None:
    """Without HTTP the call raises, and says what would have come."""
    await ann.send("Hello")
    world.faults.add(fault)
    with pytest.raises(Broken) as slip:
        await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "one"})
    assert (slip.value.body is None) is (fault.kind in {Kind.RESET, Kind.RESET_AFTER})
    assert len(ann.sees()) == 1 + carried_out


async def test_a_flood_wait_closes_the_chat(world: World, client: telegram.Bot, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it lasts every call for that chat is refused with the seconds left; other chats are open."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    ben = world.person("Ben")
    await ann.send("Hello")
    await ben.send("Hello")
    world.faults.add(Fault(Kind.FLOOD, seconds=10))
    for seconds, left in ((0, 10), (3.5, 7)):
        world.clock.advance(seconds)
        with pytest.raises(RetryAfter) as slip:
            await client.send_message(ann.id, "one")
        assert slip.value.retry_after == timedelta(seconds=left)
    await client.send_message(ben.id, "one")
    await client.get_me()
    world.clock.advance(6.5)
    await client.send_message(ann.id, "one")


async def test_a_flood_wait_may_close_everything(world: World, ann: Person) -> None:
    """With `whole_bot` even polling is refused."""
    await ann.send("Hello")
    world.faults.add(Fault(Kind.FLOOD, seconds=5, whole_bot=True))
    for method in ("getMe", "getUpdates"):
        status, body = await world.call(ann.bot.token, method)
        assert (status, body["description"]) == (429, "Too Many Requests: retry after 5")
        assert body["parameters"] == {"retry_after": 5}


async def test_faults_choose_their_calls(world: World, ann: Person) -> None:
    """A fault may be for one method, for one chat, for several calls, and spare the first ones."""
    ben = world.person("Ben")
    await ann.send("Hello")
    await ben.send("Hello")
    world.faults.add(Fault(Kind.ERROR, "sendMessage", times=2, spare=1, chat=ann.id))
    outcomes = []
    for person in (ann, ben, ann, ben, ann, ann):
        try:
            outcomes.append((await world.call(ann.bot.token, "sendMessage", {"chat_id": person.id, "text": "x"}))[0])
        except Broken as slip:
            outcomes.append(slip.status)
    assert outcomes == [200, 200, 502, 200, 502, 200]


async def test_a_slow_answer(world: World, ann: Person) -> None:
    """It comes when the clock of the world says so."""
    world.faults.add(Fault(Kind.SLOW, seconds=30))
    calling = asyncio.create_task(world.call(ann.bot.token, "getMe"))
    await asyncio.sleep(0)
    assert not calling.done()
    world.clock.advance(30)
    assert (await calling)[0] == 200


@pytest.mark.parametrize(("kind", "carried_out"), [(Kind.SLOW, False), (Kind.SLOW_AFTER, True)])
async def test_a_caller_that_goes_away(world: World, url: str, ann: Person, kind: Kind, carried_out: bool) -> None:
    """A client that no longer waits for a slow answer may have had its message sent, or not."""
    await ann.send("Hello")
    world.faults.add(Fault(kind, seconds=30))
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.05)) as session:
        with pytest.raises(TimeoutError):
            await session.post(f"{url}/bot{ann.bot.token}/sendMessage", json={"chat_id": ann.id, "text": "one"})
    await ann.waits_until(lambda: world.calls.made[-1].status == 499)
    assert [one.text for one in ann.sees()] == ["Hello", "one"][: 1 + carried_out]


async def test_a_revoked_token(world: World, client: telegram.Bot, ann: Person) -> None:
    """Once, if a fault says so; for good, if the bot's token is revoked."""
    world.faults.add(Fault(Kind.UNAUTHORIZED))
    with pytest.raises(InvalidToken):
        await client.get_me()
    await client.get_me()
    ann.bot.revoked = True
    assert await world.call(ann.bot.token, "getMe") == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


async def test_updates_may_come_again(world: World, ann: Person) -> None:
    """What was confirmed comes once more, as when the confirmation is lost."""
    await ann.send("one")
    world.faults.add(Fault(Kind.AGAIN, "getUpdates", spare=1))
    seen = []
    for offset in (0, 100_000_002, 100_000_002):
        _, body = await world.call(ann.bot.token, "getUpdates", {"offset": offset})
        seen.append(len(body["result"]))
    assert seen == [1, 1, 0]


async def test_telegrams_own_limits(world: World, ann: Person) -> None:
    """When they are on: a burst of five in a chat, then one a second; 20 a minute in a group."""
    world.rates.on = True
    await ann.send("Hello")

    async def send(chat: int) -> int:
        return (await world.call(ann.bot.token, "sendMessage", {"chat_id": chat, "text": "x"}))[0]

    assert [await send(ann.id) for _ in range(6)] == [200] * 5 + [429]
    world.clock.advance(5)
    assert await send(ann.id) == 200
    hall = world.group("Hall", ann)
    hall.join(ann.bot)
    outcomes = []
    for _ in range(21):
        world.clock.advance(0.1)
        outcomes.append(await send(hall.id))
    assert outcomes == [200] * 20 + [429]


async def test_a_raw_client_sees_the_proxys_page(world: World, url: str, ann: Person) -> None:
    """An error has a body of HTML, with the status of the proxy."""
    world.faults.add(Fault(Kind.ERROR, status=502), Fault(Kind.TRUNCATED), Fault(Kind.RESET))
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/bot{ann.bot.token}/getMe") as answer:
            assert (answer.status, answer.content_type) == (502, "text/html")
            assert "Bad Gateway" in await answer.text()
        with pytest.raises(aiohttp.ClientError):
            async with session.get(f"{url}/bot{ann.bot.token}/getMe") as answer:
                await answer.read()
        with pytest.raises(aiohttp.ClientError):
            await session.post(f"{url}/bot{ann.bot.token}/getMe")
