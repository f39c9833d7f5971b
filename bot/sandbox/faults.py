"""Things that go wrong on purpose: scripted faults, and answers that never arrive whole."""

from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.clock import Clock
from bot.sandbox.errors import UNAUTHORIZED, too_many

ANY = "any"
HTML = b"<html>\r\n<head><title>%d %s</title></head>\r\n<body>\r\n<center><h1>%d %s</h1></center>\r\n</body>\r\n</html>\r\n"
PHRASES = {500: b"Internal Server Error", 502: b"Bad Gateway", 503: b"Service Unavailable", 504: b"Gateway Time-out"}
GARBAGE = b'{"ok":true,"result":{"message_id":'


class Kind(StrEnum):
    """What goes wrong. `…_AFTER`: the call was carried out, only its answer is lost."""

    ERROR = "error"
    ERROR_AFTER = "error_after"
    RESET = "reset"
    RESET_AFTER = "reset_after"
    TRUNCATED = "truncated"
    GARBAGE = "garbage"
    SLOW = "slow"
    SLOW_AFTER = "slow_after"
    FLOOD = "flood"
    UNAUTHORIZED = "unauthorized"
    AGAIN = "again"


BEFORE = frozenset({Kind.ERROR, Kind.RESET, Kind.FLOOD, Kind.UNAUTHORIZED})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that befalls the next `times` calls that fit, after `spare` of them went well.

    `method`: the name of a method, "webhook" for deliveries, or any. `chat`: only calls for this chat. `seconds`: how
    long a slow answer takes, or a flood wait lasts. `status`: of an error; its body is HTML, as a proxy's is. A flood
    closes the chat of the call (with `whole_bot`, everything) for that long. `AGAIN`: what `getUpdates` confirms comes
    again, and a webhook gets its update twice. `TRUNCATED` and `GARBAGE` happen after the call was carried out. A slow
    answer waits for the clock of the world; a caller that goes away while it does has had its call carried out if it was
    `SLOW_AFTER`, and not if it was `SLOW`.
    """

    kind: Kind
    method: str = ANY
    times: int = 1
    spare: int = 0
    chat: int | None = None
    seconds: float = 0.0
    status: int = 502
    whole_bot: bool = False


class Broken(Exception):
    """There is no JSON answer: the connection was cut (`body` is None), cut short, or the body is not Telegram's.

    In process `World.call` raises it; over HTTP the server does what it says.
    """

    def __init__(self, kind: Kind, status: int = 200, body: bytes | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.status = status
        self.body = body


class Faults:
    """The faults that are still to come, and the chats that are closed by a flood wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scripted: list[_Scripted] = []
        self._closed: dict[tuple[int, int | None], float] = {}

    def add(self, *faults: Fault) -> None:
        """Scripts faults. They are looked through in the order they were added."""
        self._scripted += [_Scripted(fault, fault.times, fault.spare) for fault in faults]

    def clear(self) -> None:
        """Everything is well again."""
        self._scripted.clear()
        self._closed.clear()

    @property
    def quiet(self) -> bool:
        """Nothing is scripted and nothing closed: calls need not ask."""
        return not self._scripted and not self._closed

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that befalls this call; it counts as happened."""
        again = method in {"getUpdates", "webhook"}
        for scripted in self._scripted:
            fault = scripted.fault
            if fault.method not in {ANY, method} or (fault.chat is not None and fault.chat != chat):
                continue
            if (fault.kind is Kind.AGAIN and not again) or (method == "webhook" and fault.method != "webhook"):
                continue
            if scripted.spare:
                scripted.spare -= 1
                continue
            scripted.left -= 1
            if not scripted.left:
                self._scripted.remove(scripted)
            return fault
        return None

    def close(self, bot: int, chat: int | None, seconds: float) -> None:
        """Closes a chat, or with None the whole bot, for so long."""
        self._closed[bot, chat] = self._clock() + seconds

    def check_closed(self, bot: int, chat: int | None) -> None:
        """Refuses a call while its chat or the bot is closed, with the seconds left."""
        for key in ((bot, None), (bot, chat)):
            until = self._closed.get(key, 0.0)
            if until > (now := self._clock()):
                raise too_many(max(1, -int(-(until - now) // 1)))
            self._closed.pop(key, None)

    def strike(self, fault: Fault, bot: int, chat: int | None) -> None:
        """Raises what a fault does before, or instead of, carrying out a call."""
        if fault.kind is Kind.FLOOD:
            self.close(bot, None if fault.whole_bot else chat, fault.seconds)
            self.check_closed(bot, chat)
        if fault.kind is Kind.UNAUTHORIZED:
            raise UNAUTHORIZED
        raise broken(fault, b"")


@dataclass(slots=True)
class _Scripted:
    fault: Fault
    left: int
    spare: int


def broken(fault: Fault, answer: bytes) -> Broken:
    """How the answer breaks."""
    match fault.kind:
        case Kind.ERROR | Kind.ERROR_AFTER:
            phrase = PHRASES.get(fault.status, b"Error")
            return Broken(fault.kind, fault.status, HTML % (fault.status, phrase, fault.status, phrase))
        case Kind.TRUNCATED:
            return Broken(fault.kind, 200, answer[: len(answer) // 2])
        case Kind.GARBAGE:
            return Broken(fault.kind, 200, GARBAGE)
        case _:
            return Broken(fault.kind)
