"""Telegram's own limits on how much a bot sends. Off unless a test turns them on; the figures are those of its FAQ."""

from collections import deque

from bot.sandbox.clock import Clock
from bot.sandbox.errors import too_many

SENDING = ("send", "edit", "forward", "copy")


class Rates:
    """One message a second in a chat with a small burst, 20 a minute in a group, 30 a second over all."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on = False
        self.burst = 5
        self.per_group_minute = 20
        self.per_second = 30
        self._sent: dict[tuple[int, int | None], deque[float]] = {}

    def count(self, bot: int, method: str, chat: int | None) -> None:
        """Counts a message about to be sent. Raises 429 if it is one too many."""
        if not self.on or not method.startswith(SENDING) or method == "sendChatAction" or chat is None:
            return
        now = self._clock()
        rules: list[tuple[int | None, int, float]] = [(None, self.per_second, 1.0)]
        rules.append((chat, self.per_group_minute, 60.0) if chat < 0 else (chat, self.burst, float(self.burst)))
        for place, most, seconds in rules:
            sent = self._sent.setdefault((bot, place), deque())
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                raise too_many(max(1, -int(-(sent[0] + seconds - now) // 1)))
        for place, _, _ in rules:
            self._sent[bot, place].append(now)
