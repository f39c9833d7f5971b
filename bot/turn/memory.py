"""The memory of a running process: two books with the same texts learn them once."""

from bot.model.memory import Memory, Plain

MOST = 64


class ShortMemory:
    """Remembers while the process runs, the newest only; `behind` it may stand a memory that lasts."""

    __slots__ = ("_kept", "behind")

    def __init__(self, behind: Memory | None = None) -> None:
        self._kept: dict[str, Plain] = {}
        self.behind = behind

    def recall(self, name: str) -> Plain | None:
        found = self._kept.get(name)
        return self.behind.recall(name) if found is None and self.behind is not None else found

    def remember(self, name: str, plain: Plain) -> None:
        self._kept[name] = plain
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        if self.behind is not None:
            self.behind.remember(name, plain)


MEMORY = ShortMemory()
"""What is used where no other memory is given."""
