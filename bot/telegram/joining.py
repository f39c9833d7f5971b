"""What waits in one lane of a group and can be said together.

Of several states of a board only the last is worth showing. What is said word for word again is said once. Answers that have
waited, or are many, become one message, in which every answer stands below its own title. It replies to whoever asked last.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from bot.telegram.pace import group_of
from bot.turn.post import Outgoing

PATIENCE = 5.0
"""An answer that has waited for longer is sent together with those behind it."""
MANY = 3
"""So many answers that wait are sent together at once: one by one, the last would wait too long."""
TOGETHER = 3_500
"""What is sent together is no longer than this."""
MOST_ROWS = 10


def together(waiting: Iterable[Outgoing], now: float) -> tuple[Outgoing, list[Outgoing]]:
    """What to send of what waits in a lane, and the parcels that are done with it, the first of the lane among them."""
    queue = list(waiting)
    head = queue[0]
    if head.body.get("do") == "board":
        return _as_the_last(takewhile(lambda one: one.body.get("do") == "board", queue))
    if not group_of(head.lane):
        return head, [head]
    if "joined" not in head.body:
        return _as_the_last(takewhile(lambda one: one is head or _alike(head, one), queue))
    run = list(takewhile(lambda one: "joined" in one.body, queue))
    again = len({one.body["joined"]["text"] for one in run}) == 1
    if len(run) < 2 or not (again or len(run) >= MANY or now - head.made_at > PATIENCE):
        return head, [head]
    return _joined(run)


def _as_the_last(parcels: Iterable[Outgoing]) -> tuple[Outgoing, list[Outgoing]]:
    done = list(parcels)
    return done[0]._replace(body=done[-1].body), done


def _alike(one: Outgoing, other: Outgoing) -> bool:
    """True if both reply with the same words and buttons, each to somebody."""
    if not one.body.get("reply") or not other.body.get("reply"):
        return False
    return {**one.body, "reply": 0} == {**other.body, "reply": 0}


def _joined(run: Sequence[Outgoing]) -> tuple[Outgoing, list[Outgoing]]:
    """As many of them as one message holds."""
    texts: dict[str, None] = {}
    keys: dict[str, list[Any]] = {}
    taken = 0
    for one in run:
        joined = one.body["joined"]
        more = {**texts, joined["text"]: None}
        rows = {**keys, **{_label(row): row for row in joined["keys"] if _label(row) not in keys}}
        if taken and (len("\n\n".join(more)) > TOGETHER or len(rows) > MOST_ROWS):
            break
        texts, keys, taken = more, rows, taken + 1
    if taken == 1:
        return run[0], [run[0]]
    said = _counted([one.body["joined"] for one in run[:taken]], texts)
    body = {**run[taken - 1].body, "text": "\n\n".join(said), "keys": list(keys.values())}
    return run[0]._replace(body=body), list(run[:taken])


def _counted(parts: Sequence[dict[str, Any]], texts: Iterable[str]) -> list[str]:
    """The texts; one that is said to several says to how many, where it can."""
    count = Counter(part["text"] for part in parts)
    many = {part["text"]: part["many"] for part in parts if part.get("many")}
    return [many[text].replace("{count}", str(count[text])) if count[text] > 1 and text in many else text for text in texts]


def _label(row: Sequence[dict[str, Any]]) -> str:
    """Rows that read the same lead to the same place."""
    return json.dumps([button["text"] for button in row])
