"""Something that is learned from many texts: recalled if it was learned before, else learned in pieces, and then remembered."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Plain = dict[str, Any]
Learning = Generator[None, None, T]
"""Learns, and pauses every hundredth of a second or so, that others may have their turn."""
UNFIT = (KeyError, TypeError, ValueError, IndexError, AttributeError)
"""What becomes of reading something that is not what it should be."""


class Lesson(Generic[T]):
    """Learned when it is first needed. `name` says what it is and what it is learned from."""

    __slots__ = ("_known", "_learn", "_load", "_name", "_plain", "_recall", "_remember", "_steps", "_to_keep", "recalled")

    def __init__(
        self,
        name: Callable[[], str],
        learn: Callable[[], Learning[T]],
        plain: Callable[[T], Plain],
        load: Callable[[Plain], T],
        recall: Callable[[str], Plain | None],
        remember: Callable[[str, Plain], None],
    ) -> None:
        self._name, self._learn, self._plain, self._load = name, learn, plain, load
        self._recall, self._remember = recall, remember
        self._known: list[T] = []
        self._steps: Learning[T] | None = None
        self._to_keep = False
        self.recalled = False

    def get(self) -> T:
        """What was learned; what is left to be learned is learned now."""
        while not self._known:
            self._step()
        if self._to_keep:
            self._keep()
        return self._known[0]

    def steps(self) -> Iterator[None]:
        """Learns piece by piece; `get` may come between two pieces."""
        while not self._known:
            self._step()
            yield
        if self._to_keep:
            self._keep()
            yield

    def _keep(self) -> None:
        self._to_keep = False
        self._remember(self._name(), self._plain(self._known[0]))

    def _step(self) -> None:
        if self._steps is None:
            found = self._recall(self._name())
            if found is not None:
                try:
                    self._known.append(self._load(found))
                except UNFIT:
                    found = None
            self.recalled = found is not None
            self._steps = self._learn()
            return
        try:
            next(self._steps)
        except StopIteration as done:
            self._known.append(done.value)
            self._to_keep = True


def finished(learning: Learning[T]) -> T:
    """What comes of learning without a pause."""
    while True:
        try:
            next(learning)
        except StopIteration as done:
            found: T = done.value
            return found


def content(*given: object) -> str:
    """A short hash of texts and of things that hold texts: the same content has the same one, wherever it was written."""
    said = hashlib.blake2b(digest_size=12)
    _add(said.update, given)
    return said.hexdigest()


def _add(write: Callable[[bytes], None], one: object) -> None:
    match one:
        case str():
            _all(write, "'", [one])
        case Mapping():
            _all(write, "{", [part for pair in one.items() for part in pair])
        case Set():
            _all(write, "<", sorted(one))
        case tuple() | list():
            _all(write, "(", one)
        case _ if is_dataclass(one):
            _all(write, "[", [getattr(one, field.name) for field in fields(one) if field.name != "place"])
        case _:
            write(f"={one!r};".encode())


def _all(write: Callable[[bytes], None], mark: str, listed: Sequence[object]) -> None:
    texts = [one for one in listed if isinstance(one, str)]
    alike = len(texts) == len(listed)
    write(f"{mark}{len(listed)}{'t' if alike else 'm'}".encode())
    if alike:
        write("".join(f"{len(text)}:{text}" for text in texts).encode(errors="surrogatepass"))
        return
    for one in listed:
        _add(write, one)
