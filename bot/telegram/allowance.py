"""How much one seat may ask for: so much at once, and then so much a second. What is more is not answered."""

from dataclasses import dataclass, field

from bot.telegram.arrival import Arrival

BURST, A_SECOND = 100, 2.0
"""So many updates of one seat at once are answered; then as many a second."""
IN_A_GROUP = 10
"""A message in a group counts as so many: all members share what the bot may say there. Presses do not."""
FOR_NOTHING = 1
"""What comes to nothing (a "thanks" below an answer) counts as so many, wherever it was written."""
DANGERS, DANGERS_A_SECOND = 5, 0.1
"""What sounds like danger is answered beyond all that: a few times, and then once in ten seconds."""
PRESSES, PRESSES_A_SECOND = 200, 10.0
"""Presses that are too many change nothing, but are answered: more than fingers can do."""
QUIET_SECONDS = 10.0
"""After "slow down" was said, it is not said again for so long."""
QUIET_IN_A_GROUP = 60.0


@dataclass(slots=True)
class Bucket:
    """Holds at most `most`, and gets `a_second` back."""

    most: float
    a_second: float
    looked_at: float
    left: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.most

    def takes(self, now: float, cost: float = 1) -> bool:
        """Takes so much; false, with nothing taken, if that is not left."""
        self.left = min(self.most, self.left + max(0.0, now - self.looked_at) * self.a_second)
        self.looked_at = now
        if self.left < cost:
            return False
        self.left -= cost
        return True

    def gets_back(self, cost: float) -> None:
        """It was not needed."""
        self.left = min(self.most, self.left + cost)


@dataclass(slots=True)
class Allowance:
    """What a seat may still ask for. Three things are counted apart: see the figures above."""

    now: float
    asks: Bucket = field(init=False)
    dangers: Bucket = field(init=False)
    presses: Bucket = field(init=False)
    told_at: float = float("-inf")

    def __post_init__(self) -> None:
        self.asks = Bucket(BURST, A_SECOND, self.now)
        self.dangers = Bucket(DANGERS, DANGERS_A_SECOND, self.now)
        self.presses = Bucket(PRESSES, PRESSES_A_SECOND, self.now)

    def pays_for(self, arrival: Arrival, now: float) -> float | None:
        """What it costs, and that has been taken; None if that is not left. What nobody types costs nothing."""
        cost = 0.0 if arrival.is_news else cost_of(arrival)
        return cost if self.asks.takes(now, cost) else None

    def came_to_nothing(self, paid: float) -> None:
        """What was paid for it is given back, but for a little."""
        self.asks.gets_back(max(0.0, paid - FOR_NOTHING))

    def may_be_told(self, arrival: Arrival, now: float) -> bool:
        """True if "slow down" is to be said; it is, now and then."""
        if now - self.told_at <= (QUIET_IN_A_GROUP if in_a_group(arrival) else QUIET_SECONDS):
            return False
        self.told_at = now
        return True


def in_a_group(arrival: Arrival) -> bool:
    """True for what somebody wrote where others read along."""
    return not arrival.private and bool(arrival.message)


def cost_of(arrival: Arrival) -> float:
    """What an update counts as."""
    return float(IN_A_GROUP if in_a_group(arrival) else 1)
