"""Updates gone wrong: what a bug, a new version of Telegram or an attacker might send, made from the ones that are right."""

import json
import random
from copy import deepcopy
from typing import Any

from tests.telegram.updates import ROWS

SAMPLES = [update for update, _ in ROWS.values()]
DEEP = 900


def strange(dice: random.Random) -> Any:
    """A value that nobody expects here."""
    match dice.randrange(12):
        case 0:
            return None
        case 1:
            return dice.choice((True, False))
        case 2:
            return dice.choice((0, -1, 1, 1 << 31, 1 << 52, -(1 << 52), (1 << 63) - 1, 1 << 63, -(1 << 63), 1 << 64, 10**300))
        case 3:
            return dice.choice((0.5, -0.0, 1e308, float("inf"), float("nan")))
        case 4:
            return dice.choice(
                ("", "\0", "\ud83d", "\u202e", "x" * 5000, "😀" * 4096, "/start", "/forget", "/stats@Helper_Bot", "7", "private", "group")
            )
        case 5:
            return "".join(map(chr, (dice.choice((dice.randrange(128), dice.randrange(0x110000))) for _ in range(dice.randrange(40)))))
        case 6:
            return []
        case 7:
            return {}
        case 8:
            return [strange(dice) for _ in range(dice.randrange(4))]
        case 9:
            return {dice.choice(("id", "type", "text", "chat", "from", "date", "x")): strange(dice) for _ in range(dice.randrange(4))}
        case 10:
            return nested(dice.choice((3, 60, DEEP)))
        case _:
            return deepcopy(dice.choice(SAMPLES))


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    made: Any = []
    for _ in range(depth):
        made = [made]
    return made


def places(plain: Any) -> list[tuple[Any, Any]]:
    """Every place of some JSON: what holds it, and under which key."""
    keys = plain.keys() if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else ()
    return [place for key in keys for place in ((plain, key), *(places(plain[key]) if not _is_deep(plain[key]) else ()))]


def _is_deep(plain: Any) -> bool:
    return isinstance(plain, list) and len(plain) == 1 and isinstance(plain[0], list)


def mutated(dice: random.Random) -> str:
    """The JSON of a sample update in which one to four things are not as they should be."""
    update = deepcopy(dice.choice(SAMPLES))
    for _ in range(dice.randint(1, 4)):
        holder, key = dice.choice(places(update) or [({"update": update}, "update")])
        value = holder[key]
        match dice.randrange(7):
            case 0 | 1:
                holder[key] = strange(dice)
            case 2 if isinstance(holder, dict):
                del holder[key]
            case 3:
                holder[key] = [value, value]
            case 4:
                holder[key] = str(value)[:100]
            case 5 if isinstance(holder, dict):
                holder[dice.choice(("text", "chat", "from", "via_bot", "sender_chat", "migrate_to_chat_id", "data", "photo"))] = strange(
                    dice
                )
            case _:
                holder[key] = {"id": value} if not isinstance(value, dict) else dice.choice(list(value.values()) or [0])
    raw = json.dumps(update, ensure_ascii=dice.random() < 0.8)
    match dice.randrange(20):
        case 0:
            return raw[: dice.randrange(len(raw))]
        case 1:
            at = dice.randrange(len(raw))
            return raw[:at] + dice.choice('{}[],:"\\\0 9') + raw[at + 1 :]
        case 2:
            return raw.replace("7", "9" * dice.choice((20, 5000)), 1)
        case _:
            return raw
