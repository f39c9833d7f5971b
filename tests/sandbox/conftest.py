"""A world with one bot and one person, and the library's own client talking to it over HTTP."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram

from bot.sandbox.accounts import BotAccount
from bot.sandbox.person import Person
from bot.sandbox.server import serving
from bot.sandbox.world import World


@pytest.fixture
def world() -> World:
    """A world that holds one bot."""
    made = World()
    made.bot("Helper", username="helper_bot")
    return made


@pytest.fixture
def helper(world: World) -> BotAccount:
    """The bot."""
    return next(iter(world.bots.values()))


@pytest.fixture
def ann(world: World, helper: BotAccount) -> Person:
    """A person who never wrote to the bot."""
    return world.person("Ann", bot=helper)


@pytest_asyncio.fixture(loop_scope="function")
async def url(world: World) -> AsyncIterator[str]:
    """The world, served."""
    async with serving(world) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="function")
async def client(url: str, helper: BotAccount) -> AsyncIterator[telegram.Bot]:
    """The library's client with its own transport."""
    async with telegram.Bot(helper.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as made:
        yield made
