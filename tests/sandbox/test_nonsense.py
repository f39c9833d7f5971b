"""Whatever a bot sends, it is answered: carried out or refused, never met with a fault of the sandbox's own."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.methods import PLAYED
from bot.sandbox.signatures import parameters
from bot.sandbox.world import World

NAMES = ("text", "type", "id", "offset", "length", "inline_keyboard", "keyboard", "callback_data", "url", "message_id", "command",
         "description", "emoji", "chat_id", "user_id", "title", "input_message_content", "message_text", "force_reply")  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from([1001, 1, 2, -5001]), st.text(max_size=6),
    st.sampled_from(["bold", "article", "chat", "emoji", "<b>", "{", "[]", "@helper_bot", "attach://x", "HTML"]),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4), max_leaves=8
)
METHODS = sorted(set(PLAYED) - {"getUpdates", "setWebhook"})


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A method and some of its parameters, with any values; a chat that exists, half of the time."""
    method = draw(st.sampled_from(METHODS))
    params = draw(st.dictionaries(st.sampled_from(sorted(parameters(method)) or ["x"]), VALUES, max_size=5))
    if "chat_id" in parameters(method) and draw(st.booleans()):
        params["chat_id"] = 1001
    return method, params


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(calls(), min_size=1, max_size=6))
def test_nonsense_is_refused(made: list[tuple[str, dict[str, Any]]]) -> None:
    """Any values in any parameters give 200, 400, 403, 413 or 501."""

    async def play() -> None:
        world = World()
        bot = world.bot("Helper")
        await world.person("Ann").command("start")
        for method, params in made:
            status, _ = await world.call(bot.token, method, params)
            assert status in {200, 400, 403, 413, 501}

    asyncio.run(play())
