"""One thing after the other goes wrong between the bot and Telegram, over real HTTP; people notice as little as can be."""

import asyncio
from itertools import permutations
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.person import Person
from bot.storage.sqlite import SqliteStore
from bot.telegram import patience, sender
from bot.telegram.service import CannotRun
from bot.turn.mind import Mind
from bot.turn.post import TRIES, Parcel
from tests.crash.model import squeezed
from tests.crash.scenes import BOOM
from tests.telegram.stage import Stage, stage

LONG = "lengthy " * 1000

pytestmark = [pytest.mark.asyncio(loop_scope="function"), pytest.mark.usefixtures("_little_waiting")]


@pytest.fixture
def _little_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other quickly, and a clock that was put forward is seen soon."""
    monkeypatch.setattr(patience, "LONGEST_WAIT", 0.0)
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.01)


async def _begun(on: Stage, name: str = "Ann") -> Person:
    person = on.person(name)
    await person.command("start")
    await on.settled()
    return person


async def _turns(on: Stage, person: Person) -> int:
    assert on.store is not None
    kept = await on.store.current(f"chat:{person.id}")
    return kept.conversation.turn if kept else 0


async def _post(on: Stage, person: Person, *bodies: dict[str, object]) -> None:
    """Puts parcels into the outbox as a turn does, and waits until they are gone."""
    assert on.store is not None
    assert on.service is not None
    assert on.service._at_work is not None
    lane = f"chat:{person.id}"
    on.service._at_work[1].put(await on.store.send([Parcel(lane, lane, dict(body)) for body in bodies], on.world.clock()))
    await on.settled()


async def test_what_is_delivered_again_is_taken_once(played: Mind, tmp_path: Path) -> None:
    """Telegram gives the same updates six times over."""
    async with stage(played, tmp_path) as on:
        on.world.faults.add(Fault(Kind.AGAIN, "getUpdates", times=6))
        ann = await _begun(on)
        await ann.send("police")
        await on.settled()
        assert await _turns(on, ann) == 2
        assert len([one for one in ann.sees() if not one.own]) == 3


async def test_another_poller_is_outlasted(played: Mind, tmp_path: Path) -> None:
    """Somebody else fetches the updates too: the bot says so, keeps trying, and goes on when they stop."""
    async with stage(played, tmp_path) as on:
        for _ in range(3):
            other = asyncio.create_task(on.world.call(on.account.token, "getUpdates", {"timeout": 50}))
            await other  # the bot's next poll ends it
            assert other.result()[0] == 409
        assert any(call.status == 409 for call in on.world.calls.of("getUpdates"))
        ann = await _begun(on)
        assert await _turns(on, ann) == 1


@pytest.mark.parametrize("order", list(permutations(("press", "text", "edit"))))
async def test_any_order_of_a_text_and_a_press_will_do(played: Mind, tmp_path: Path, order: tuple[str, ...]) -> None:
    """They come by different ways, so either may be first: all are answered, and the chat ends with one card."""
    async with stage(played, tmp_path) as on:
        ann = await _begun(on)
        card, mine = ann.last(), ann.sees()[0]
        for act in order:
            if act == "press":
                press = await ann.press(card, "o:partners:police:+")
            elif act == "text":
                await ann.send("the council")
            else:
                await ann.edit(mine, "/help")
        await on.settled()
        await press.answered()
        assert await _turns(on, ann) in {3, 4}
        assert [bool(one.rows) for one in ann.sees() if not one.own].count(True) == 1


async def test_two_chats_told_to_wait_mean_everybody(played: Mind, tmp_path: Path) -> None:
    """One chat that is told to wait waits alone; a second one within seconds means the whole bot."""
    async with stage(played, tmp_path) as on:
        people = [on.person(name) for name in ("Ann", "Ben", "Cat")]
        on.world.faults.add(*(Fault(Kind.FLOOD, "sendMessage", chat=one.id, seconds=20) for one in people[:2]))
        for one in people[:2]:
            await one.command("start")
        await on.world.changes.until(lambda: sum(call.status == 429 for call in on.world.calls) == 2)
        await people[2].command("start")
        while on.world.pending(on.account):
            await asyncio.sleep(0)
        assert not [call for call in on.world.calls.of("sendMessage") if call.status == 200]
        on.world.clock.advance(20.0)
        await on.settled()
        assert all(len(one.sees()) == 3 for one in people)
        assert sum(call.status == 429 for call in on.world.calls) == 2


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
async def test_whatever_answers_instead_of_telegram_is_outlasted(played: Mind, tmp_path: Path, method: str) -> None:
    """500, 502 with a page, no JSON, half of it, a cut connection: tried again until it is well."""
    async with stage(played, tmp_path) as on:
        for kind in (Kind.ERROR, Kind.RESET, Kind.GARBAGE, Kind.TRUNCATED, Kind.RESET_AFTER, Kind.ERROR_AFTER):
            on.world.faults.add(Fault(kind, method, status=500 if kind is Kind.ERROR else 502))
        ann = await _begun(on)
        await ann.send("police")
        await on.settled()
        assert await _turns(on, ann) == 2
        assert "What do you want" in ann.last().text


async def test_who_is_gone_is_left_alone(played: Mind, tmp_path: Path) -> None:
    """A deleted account: one refusal, then nothing more is tried; who comes back is answered."""
    async with stage(played, tmp_path) as on:
        ann = await _begun(on)
        for text in ("police", "safer streets", "Mostly"):
            await ann.send(text)
        ann.user.deactivated = True
        await on.settled()
        refused = [call for call in on.world.calls if call.status == 403]
        assert len(refused) <= 3
        assert on.store is not None
        assert (await on.store.figures())["unsent"] == 0
        ann.user.deactivated = False
        await ann.command("review")
        await on.settled()
        assert "Your answers" in ann.last().text


async def test_what_telegram_will_not_have_is_said_in_simpler_words(played: Mind, tmp_path: Path) -> None:
    """Broken marks, too long, a card that is gone, a press that is too old: never in the way of what comes behind."""
    async with stage(played, tmp_path) as on:
        ann = await _begun(on)
        await _post(
            on,
            ann,
            {"do": "say", "text": "<b>bold"},
            {"do": "say", "text": LONG},
            {"do": "answer", "press": "123"},
            {"do": "say", "text": "last"},
        )
        texts = [one.text for one in ann.sees() if not one.own][2:]
        assert texts[0] == "bold"
        assert len(texts) == 4
        assert squeezed("".join(texts[1:-1])) == squeezed(LONG)
        assert texts[-1] == "last"
        card = next(one for one in reversed(ann.sees()) if one.rows)
        await ann.send("police")
        await on.settled()
        newest = ann.last()
        ann.message(newest).deleted = True
        await ann.forge(newest, "a:skip:goal")
        await on.settled()
        assert ann.last().rows
        assert ann.last().id > newest.id > card.id


async def test_a_message_for_a_group_that_moved_arrives(played: Mind, tmp_path: Path) -> None:
    """The group became a supergroup and the bot hears of it by a refusal: what waits goes to the new one, in order."""
    async with stage(played, tmp_path) as on:
        ann = await _begun(on)
        group = on.world.group("Friends", ann, kind="group")
        group.join(on.account)
        new = await group.upgrade()
        on.account.queue.waiting.clear()
        assert on.store is not None
        assert on.service is not None
        assert on.service._at_work is not None
        lane = f"chat:{group.id}"
        rows = await on.store.send([Parcel(lane, f"{lane}:u{ann.id}", {"do": "say", "text": text}) for text in "ab"], on.world.clock())
        on.service._at_work[1].put(rows)
        while not on.service.idle:  # a group has its pace
            on.world.clock.advance(1.0)
            await asyncio.sleep(0.01)
        assert "".join(message.text for message in new.chat.messages.values() if message.bot) in {"ab", "a\n\nb"}
        assert (await on.store.figures())["unsent"] == 0


async def test_a_revoked_token_ends_the_bot_in_one_line(played: Mind, tmp_path: Path) -> None:
    """It stops at once and says why; it does not ask again and again."""
    async with stage(played, tmp_path) as on:
        before = len(on.world.calls)
        on.account.revoked = True
        on.world.clock.advance(3.0)
        with pytest.raises(CannotRun, match="does not accept the token"):
            await on._task  # type: ignore[misc]
        assert len(on.world.calls) - before <= 3
        assert isinstance(on.store, SqliteStore)
        await on.store.close()
        on.service = None


async def test_a_turn_that_always_fails_is_parked_and_apologised_for_once(played: Mind, tmp_path: Path) -> None:
    """Three tries, one apology; what the person says after it is answered, and the update can be looked at."""
    async with stage(played, tmp_path) as on:
        ann = await _begun(on)
        for text in ("police", BOOM, "safer streets"):
            await ann.send(text)
        await on.settled()
        assert on.store is not None
        (parked,) = await on.store.parked()
        assert (parked.attempts, parked.error) == (TRIES, "ZeroDivisionError")
        sorry = played.engine.asker.phrase("trouble")
        assert [one.text for one in ann.sees()].count(sorry) == 1
        assert await _turns(on, ann) == 3


async def test_after_an_outage_old_presses_are_gone_and_people_go_on(played: Mind, tmp_path: Path) -> None:
    """The bot was away for longer than a press lives: a new press or a text goes on as if nothing had been."""
    async with stage(played, tmp_path) as on:
        ann = await _begun(on)
        await on.stop()
        await ann.press(ann.last(), "o:partners:police:+")
        on.world.clock.advance(200.0)
        await on.start()
        await on.settled()
        press = await ann.press(ann.last(), "o:partners:council:+")
        await press.answered()
        await on.settled()
        await ann.send("the council and the police")
        await on.settled()
        assert "What do you want" in ann.last().text
