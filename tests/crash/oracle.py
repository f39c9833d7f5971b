"""Compares how a play with deaths ended with how it ends when nothing goes wrong."""

from collections.abc import Sequence

from tests.crash.play import Ending, Line


def compare(found: Ending, clean: Ending, open_lanes: Sequence[set[str]]) -> tuple[int, list[str]]:
    """How many messages came twice, and what is wrong: nothing, or the promise is broken.

    `open_lanes`: for each death the lanes in which something had just been sent and was not ticked off: it may come once more.
    """
    wrong = [
        f"{what}: {getattr(found, what)}\n  instead of {getattr(clean, what)}"
        for what in ("conversations", "toasts", "left")
        if getattr(found, what) != getattr(clean, what)
    ]
    repeats = 0
    for lane, lines in clean.lines.items():
        allowed = sum(any(one == lane or one.startswith(f"{lane}:") for one in lanes) for lanes in open_lanes)
        extra = repeated(found.lines[lane], lines)
        if extra is None or extra > allowed:
            wrong.append(f"{lane} (may repeat {allowed}):\n{_side_by_side(found.lines[lane], lines)}")
            continue
        repeats += extra
        if not _same_but_copies(found.shows[lane], clean.shows[lane], extra):
            wrong.append(f"{lane} shows:\n{_side_by_side(found.shows[lane], clean.shows[lane])}")
    return repeats, wrong


def repeated(found: Sequence[Line], clean: Sequence[Line]) -> int | None:
    """How many lines of `clean` come again right after themselves in `found`; None if anything else differs."""
    at = extra = 0
    for line in found:
        if at < len(clean) and line == clean[at]:
            at += 1
        elif at and line == clean[at - 1]:
            extra += 1
        else:
            return None
    return extra if at == len(clean) else None


def _same_but_copies(found: Sequence[Line], clean: Sequence[Line], copies: int) -> bool:
    """The chat shows the same, but for so many messages more."""
    at = 0
    for line in found:
        if at < len(clean) and line == clean[at]:
            at += 1
        else:
            copies -= 1
    return at == len(clean) and copies >= 0 and (not clean or found[-1] == clean[-1])


def _side_by_side(found: Sequence[Line], clean: Sequence[Line]) -> str:
    """The two from where they part."""
    same = next((at for at, (one, other) in enumerate(zip(found, clean, strict=False)) if one != other), min(len(found), len(clean)))
    begin = max(0, same - 1)
    return "\n".join([f"  found {_short(line)}" for line in found[begin:]] + [f"  clean {_short(line)}" for line in clean[begin:]])


def _short(line: Line) -> str:
    return f"{line[0]}: {' '.join(line[1].split())[:90]} [{line[2][:40]}] {line[3]}"
