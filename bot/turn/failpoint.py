"""Named places where a test can make the process die. Armed by tests only; otherwise a call costs a dictionary look-up."""

from collections.abc import Callable

_armed: dict[str, Callable[[str], None]] = {}
_ALL = "*"


def failpoint(name: str) -> None:
    """Does nothing, unless a test has armed this place or watches all of them."""
    if _armed:
        for armed in (_armed.get(name), _armed.get(_ALL)):
            if armed is not None:
                armed(name)


def arm(name: str, does: Callable[[], None]) -> None:
    """From now on, `does` is called wherever the code passes `name`."""
    _armed[name] = lambda _: does()


def watch(sees: Callable[[str], None]) -> None:
    """From now on, `sees` is called with the name of every place that the code passes."""
    _armed[_ALL] = sees


def disarm() -> None:
    """No place does anything any more."""
    _armed.clear()
