"""What `/round` says: who it comes from, and how many are to be waited for."""

from bot.telegram.inbound import Arrival


def for_the_group(arrival: Arrival) -> bool:
    """True for an administrator who writes in the name of the group itself, not of some channel."""
    return arrival.seat.endswith(f":c{arrival.chat}")


def number_behind(arrival: Arrival) -> int | None:
    """The number behind the command; 0 if nothing stands there, None if it is no number that can be meant."""
    word = next(iter(getattr(arrival.event, "text", "").split()[1:]), "")
    if not word:
        return 0
    number = int(word[:9]) if word.isascii() and word.isdigit() else 0
    return number or None
