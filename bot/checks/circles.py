"""Do rules lead back to a question that was already passed?"""

from collections.abc import Iterator

from bot.checks.graph import targets
from bot.model.book import Book
from bot.model.dialogue import Dialogue
from bot.model.finding import Finding


def find(book: Book) -> Iterator[Finding]:
    """D302: a circle of rules. An answered question is not asked again, so a circle could only run round and round."""
    for dialogue in book.dialogues.values():
        circle = _circle(dialogue)
        if circle:
            way = " to ".join(f'"{one}"' for one in (*circle, circle[0]))
            if len(circle) == 1:
                way = f'"{circle[0]}" to itself'
            message = f"These questions go round in a circle: {way}. Let one of them go on to a later question or to end."
            yield Finding("D302", "error", dialogue.by_id[circle[-1]].place, message, width=len(circle[-1]))


def _circle(dialogue: Dialogue) -> list[str]:
    """The first circle there is, in order; empty if there is none. Without recursion: dialogues can be long."""
    done: set[str] = set()
    for first in dialogue.by_id:
        path, on_path = [first], {first}
        ways = [iter(targets(dialogue, dialogue.by_id[first]))] if first not in done else []
        while ways:
            target = next(ways[-1], None)
            if target is None:
                ways.pop()
                left = path.pop()
                on_path.discard(left)
                done.add(left)
            elif target in on_path:
                return path[path.index(target) :]
            elif target not in done and target in dialogue.by_id:
                path.append(target)
                on_path.add(target)
                ways.append(iter(targets(dialogue, dialogue.by_id[target])))
    return []
