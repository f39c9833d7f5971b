"""What a turn needs from the world: a place that keeps conversations."""

from dataclasses import dataclass
from typing import Protocol

from bot.model.conversation import Conversation


class Stale(Exception):
    """Somebody else saved this conversation first. Load it again and react again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as the store has it. `version` counts its saves, from 1."""

    conversation: Conversation
    version: int


class Store(Protocol):
    """Keeps conversations. A seat is where one is held: a terminal, a chat, a person in a topic; seats are looked up."""

    async def current(self, seat: str) -> Kept | None:
        """The conversation a seat is in now, or None."""
        ...

    async def save(self, seat: str, conversation: Conversation, expected: int) -> int:
        """Stores the conversation, makes it the seat's current one, and returns its new version.

        `expected` is the version it was loaded with (0: it is new). Raises Stale if the store has another one.
        """
        ...

    async def forget(self, seat: str) -> int:
        """Erases everything of a seat that no other seat shares. Returns how many conversations that were.

        With the private chat of a person (`chat:7`) goes what is theirs under the seats they have elsewhere, which end alike (`:u7`).
        """
        ...

    async def close(self) -> None:
        """Finishes what is under way and lets go of the database."""
        ...
