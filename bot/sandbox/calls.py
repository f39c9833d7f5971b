"""The record of every call a bot made: what a test looks into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

WRITING = ("send", "edit", "delete", "answer", "forward", "copy", "pin", "unpin", "create", "leave")


@dataclass(slots=True)
class Call:
    """One call: when, by whom, what for, and what came of it. `status` 0: it is still being carried out.

    `result` is what Telegram answered; when the answer broke on its way, `broken` says how, and `carried_out` whether the
    call had its effect all the same.
    """

    at: float
    bot: str
    method: str
    params: Mapping[str, Any]
    chat: int | None = None
    status: int = 0
    result: Any = None
    error: str = ""
    broken: str = ""
    carried_out: bool = False

    @property
    def ok(self) -> bool:
        """It was carried out and the bot was told so."""
        return self.status == 200 and not self.broken

    @property
    def writes(self) -> bool:
        """It changes something a person can see."""
        return self.method.startswith(WRITING)


class Calls:
    """All calls, oldest first."""

    def __init__(self) -> None:
        self.made: list[Call] = []

    def __iter__(self) -> Iterator[Call]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)

    def of(self, *methods: str, chat: int | None = None) -> list[Call]:
        """The calls of some methods, and for one chat if it is named."""
        return [call for call in self.made if call.method in methods and chat in {None, call.chat}]

    def writes(self) -> list[Call]:
        """The calls that change something a person can see."""
        return [call for call in self.made if call.writes]

    def clear(self) -> None:
        self.made.clear()
