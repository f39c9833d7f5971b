"""Named places where a test can make the process die. Armed by tests only; otherwise a call costs a dictionary look-up."""

from collections.abc import Callable

_armed: dict[str, Callable[[], None]] = {}


def failpoint(name: str) -> None:
    """Does nothing, unless a test has armed this place or all places (under the name "*")."""
    if _armed:
        for armed in (_armed.get(name), _armed.get("*")):
            if armed is not None:
                armed()


def arm(name: str, does: Callable[[], None]) -> None:
    """From now on, `does` is called wherever the code passes `name`."""
    _armed[name] = does


def disarm() -> None:
    """No place does anything any more."""
    _armed.clear()
