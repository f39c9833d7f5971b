"""Where things that were learned are kept, so that they are learned once. What is answered never depends on it, only how soon."""

from typing import Any, Protocol

Plain = dict[str, Any]
"""Something learned, as JSON can hold it."""


class Memory(Protocol):
    """Keeps what was learned. A name says what it is and what it was learned from: other texts have another name."""

    def recall(self, name: str) -> Plain | None:
        """What was remembered under this name; None if nothing was, or if it cannot be read."""
        ...

    def remember(self, name: str, plain: Plain) -> None:
        """Keeps it, if it can. Never raises."""
        ...


class NoMemory:
    """Keeps nothing."""

    __slots__ = ()

    def recall(self, name: str) -> Plain | None:  # noqa: ARG002
        return None

    def remember(self, name: str, plain: Plain) -> None:
        pass


NO_MEMORY = NoMemory()
