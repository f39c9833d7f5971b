"""The whole bot in a process of its own, over HTTP, ended again and again while people talk with it: by force, and as asked."""

import asyncio
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteStore
from bot.turn.mind import Mind
from tests.crash.crowd import PATIENCE, Bot, Talker, crowd
from tests.crash.model import once, said, without_time
from tests.crash.play import lines_of

pytestmark = [pytest.mark.asyncio(loop_scope="function"), pytest.mark.timeout(150)]


async def _all_done(folder: Path, bot: Bot, talkers: list[Talker], tasks: list[asyncio.Task[None]]) -> None:
    """Everybody is answered, and nothing waits, not even for being ticked off."""
    for talker in talkers:
        talker.going = False
    await asyncio.gather(*tasks)
    await bot.world.settled(timeout=PATIENCE)
    database = sqlite3.connect(f"file:{folder}/bot.db?mode=ro", uri=True)
    async with asyncio.timeout(PATIENCE):
        while database.execute("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox)").fetchone()[0]:
            await asyncio.sleep(0.01)
    database.close()


async def _verdict(folder: Path, bot: Bot, talkers: list[Talker]) -> int:
    """Checks everybody's conversation and chat against the model; returns how many messages came twice."""
    model, repeats = talkers[0].model, 0
    await model.take(bot.world.queued)
    store = SqliteStore(folder / "bot.db")
    figures = await store.figures()
    assert (figures["waiting"], figures["parked"], figures["unsent"]) == (0, 0, 0)
    for talker in talkers:
        kept = await store.current(talker.lane)
        assert kept is not None
        assert without_time(kept.conversation.to_json()) == model.conversations[talker.lane]
        texts = said(lines_of(talker.person.chat))
        assert once(texts) == once(model.texts[talker.lane])
        repeats += max(0, (len(texts) - len(once(texts))) - (len(model.texts[talker.lane]) - len(once(model.texts[talker.lane]))))
    await store.close()
    assert all(query.answers for query in bot.world.queries)
    return repeats


async def test_fifty_kills_lose_nothing(played: Mind, tmp_path: Path) -> None:
    """SIGKILL at random moments, fifty times, while four people talk; in the end all is as if nothing had happened."""
    chance, kills, begun = random.Random(50), 50, time.monotonic()
    async with crowd(tmp_path, played, people=4, seed=1, pause=0.05) as (bot, talkers):
        await bot.start()
        tasks = [asyncio.create_task(talker.talk()) for talker in talkers]
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.01, 0.25))
            bot.signal(signal.SIGKILL)
            assert await bot.ended() == -signal.SIGKILL
            await bot.start()
        await _all_done(tmp_path, bot, talkers, tasks)
        bot.signal(signal.SIGTERM)
        assert await bot.ended() == 0
        repeats = await _verdict(tmp_path, bot, talkers)
    updates = len(bot.world.queued)
    print(f"{kills} kills, {updates} updates, {repeats} repeats, {time.monotonic() - begun:.1f} s")
    assert updates >= 3 * kills
    assert repeats <= kills * len(talkers)


async def test_it_stops_when_asked_and_goes_on_later(played: Mind, tmp_path: Path) -> None:
    """SIGTERM under load, twenty times, sometimes several in a row: it ends well within five seconds, with nothing lost or repeated."""
    chance, slowest, begun = random.Random(20), 0.0, time.monotonic()
    async with crowd(tmp_path, played, people=4, seed=2, pause=0.01) as (bot, talkers):
        await bot.start()
        tasks = [asyncio.create_task(talker.talk()) for talker in talkers]
        for number in range(20):
            await asyncio.sleep(chance.uniform(0.05, 0.25))
            asked = time.monotonic()
            bot.signal(signal.SIGTERM)
            for _ in range(number % 3 * 4):
                await asyncio.sleep(chance.uniform(0.0, 0.02))
                try:
                    bot.signal(signal.SIGTERM)
                except ProcessLookupError:
                    break
            assert await bot.ended() == 0
            slowest = max(slowest, time.monotonic() - asked)
            await bot.start()
        await _all_done(tmp_path, bot, talkers, tasks)
        bot.signal(signal.SIGTERM)
        assert await bot.ended() == 0
        repeats = await _verdict(tmp_path, bot, talkers)
    print(f"20 stops, {len(bot.world.queued)} updates, {repeats} repeats, slowest {slowest:.2f} s, {time.monotonic() - begun:.1f} s in all")
    assert slowest < 5.0
    assert repeats == 0
