"""The methods of the Bot API that the sandbox plays: a name → what carries it out."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods import answering, chatting, editing, fetching, groups, polling, profile, removing, sending, webhook
from bot.sandbox.methods.context import Context

__all__ = ["PLAYED", "Context"]

PLAYED: dict[str, Callable[[Context], Any]] = {
    **answering.PLAYED,
    **chatting.PLAYED,
    **editing.PLAYED,
    **fetching.PLAYED,
    **groups.PLAYED,
    **polling.PLAYED,
    **profile.PLAYED,
    **removing.PLAYED,
    **sending.PLAYED,
    **webhook.PLAYED,
}
