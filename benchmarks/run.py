"""Speed and memory, measured on this machine now. Machines differ and are noisy: compare the ratios, not the seconds.

Every figure is CPU time, the best of several goes, beside the same machine's time for a fixed piece of plain Python work
(a million small additions). `--short` makes fewer goes; `--json` prints one document.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.app import open_folder  # noqa: E402
from bot.checks import check  # noqa: E402
from bot.loading.files import Folder  # noqa: E402
from bot.loading.load import load_texts  # noqa: E402
from bot.model.conversation import Answer, Conversation, conversation_from_json  # noqa: E402
from bot.model.event import Chose, Pressed, Said, Started  # noqa: E402
from bot.turn.mind import Mind  # noqa: E402

SHIPPED = ROOT / "dialogues"
ANSWERS = (
    Answer("partners", ("police", "charity", "faith")), Answer("goal", text="safer streets"), Answer("shared_goal", ("agreed",)),
    Answer("working", ("joint_project", "swap_news")), Answer("working_mainly", ("joint_project",)), Answer("written", ("notes",)),
    Answer("breadth", ("few_linked",)), Answer("main_theme", ("yes",)), Answer("span", ("open_ended",)), Answer("impetus", ("scheme",)),
    Answer("could_refuse", ("yes",)), Answer("origin", ("both",)),
)  # fmt: skip


def best(work: Callable[[], object], goes: int) -> float:
    """The least CPU seconds of several goes."""
    found = []
    for _ in range(goes):
        gc.collect()
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return min(found)


def yardstick() -> None:
    """A fixed piece of plain Python work."""
    total = 0
    for number in range(1_000_000):
        total += number & 7


def command(*words: str) -> Callable[[], object]:
    """A command in a process of its own; its time is that of the child."""
    folder = tempfile.mkdtemp()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DIALOGUES_DIR": str(SHIPPED), "DATABASE_URL": f"sqlite:///{folder}/bot.db"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "partnership-bot-pycache")
    return lambda: subprocess.run([sys.executable, "-m", "bot", *words], input=b"", env=env, capture_output=True, check=False, cwd=folder)


def best_of_child(work: Callable[[], object], goes: int) -> float:
    """The least CPU seconds that a child process took."""
    found = []
    for _ in range(goes + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        work()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found[1:])


def long_dialogue(length: int) -> Folder:
    """A dialogue of many questions with conditions and jumps."""
    lines = ["format: 1", "dialogue: long", "title: Long", "questions:"]
    for number in range(length):
        lines += [f"  q{number}:", f"    ask: Question number {number}?", "    choose one: {a: First, b: Second, c: Third}"]
        if number % 5 == 4:
            lines.append(f"    only if: {{q{number - 2}: [a, b]}}")
        if number % 7 == 3 and number + 2 < length:
            lines += ["    next:", f"      - if: {{q{number}: a}}", f"        go: q{number + 2}", f"      - go: q{number + 1}"]
    # A file has a limit; a dialogue this long would be written in several that call one another.
    return Folder("long", {"long/long.yaml": "\n".join(lines).encode()})


def load_and_check(folder: Folder) -> None:
    """Loads a folder from memory and runs all checks."""
    book = load_texts(folder).book
    if book is None:
        raise SystemExit("the long dialogue does not load")
    list(check(book))
    Mind(book)


def many_conversations(count: int) -> float:
    """Bytes per live conversation of twelve answers, each read from its stored form as a server would."""
    stored = json.dumps(Conversation("c", "interview", "r")._replace(answers=ANSWERS).to_json())
    tracemalloc.start()
    kept = [conversation_from_json(json.loads(stored.replace('"c"', f'"c{number}"'))) for number in range(count)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(kept)


def steps(mind: Mind, answers: tuple[Answer, ...]) -> Callable[[], object]:
    """A thousand steps of a conversation with these answers: a tick on, a tick off, and the question again."""
    conversation = mind.react(Conversation("c", "interview", mind.book.revision)._replace(answers=answers), Started(), 1).conversation
    event = Chose("came_first", "gone")

    def work() -> None:
        for _ in range(1000):
            mind.engine.step(conversation, event, 2)

    return work


def answered_steps(mind: Mind) -> Callable[[], object]:
    """A thousand times the step that answers a twelfth question, with a walk that was not remembered."""
    conversation = mind.react(Conversation("c", "interview", mind.book.revision)._replace(answers=ANSWERS[:-1]), Started(), 1).conversation
    event = Chose("origin", "both")
    walker = mind.engine.walker

    def work() -> None:
        for _ in range(1000):
            walker.forget(conversation.dialogue, ANSWERS)
            mind.engine.step(conversation, event, 2)

    return work


def questions(mind: Mind) -> Callable[[], object]:
    """A hundred quick questions."""
    asked = (
        "what is an MoU?",
        "multi agency vs inter agency",
        "how do i get hold of the school",
        "who won the cup final",
        "do volunteers need a dbs",
    )

    def work() -> None:
        for _ in range(20):
            for one in asked:
                mind.asked.finder.find(one)

    return work


def typed(mind: Mind) -> Callable[[], object]:
    """A hundred typed sentences understood."""
    conversation = Conversation("c", "interview", mind.book.revision)._replace(answers=ANSWERS[:3])

    def work() -> None:
        for number in range(100):
            mind.react(conversation, Said(f"we run the summer fair together with {number} helpers"), 1)

    return work


def measured(short: bool) -> dict[str, tuple[float, str, str]]:
    """Name → (figure, unit, what is asked of it)."""
    goes = 3 if short else 7
    book = open_folder(SHIPPED).book
    if book is None:
        raise SystemExit("the shipped dialogues do not load")
    mind = Mind(book)
    mind.react(Conversation("c", "interview"), Said("what is an MoU?"), 1)
    mind.react(Conversation("c", "interview")._replace(answers=ANSWERS[:3]), Said("we run it together"), 1)
    mind.react(Conversation("c", "interview")._replace(answers=ANSWERS), Pressed("review"), 1)
    return {
        "chat until its first question": (best_of_child(command("chat"), goes), "s", "under 0.5"),
        "check of the shipped folder": (best_of_child(command("check"), goes), "s", "under 0.5"),
        "1,000 questions: load and check": (best(lambda: load_and_check(long_dialogue(1_000)), goes), "s", "under 1"),
        "10,000 questions: load and check": (
            best(lambda: load_and_check(long_dialogue(10_000)), 1 if short else 2),
            "s",
            "about ten times that",
        ),
        "one step at 12 answers, walk remembered": (best(steps(mind, ANSWERS), goes) * 1e3, "µs", "under 50"),
        "one answer at 12 answers, walk new": (best(answered_steps(mind), goes) * 1e3, "µs", "under 50"),
        "one live conversation": (many_conversations(1_000 if short else 10_000), "bytes", "under 2,048"),
        "one quick answer": (best(questions(mind), goes) * 10, "ms", "under 1"),
        "one typed sentence understood": (best(typed(mind), goes) * 10, "ms", ""),
    }


def main() -> None:
    """Prints the figures."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--short", action="store_true")
    given.add_argument("--json", action="store_true")
    wanted = given.parse_args()
    unit = best(yardstick, 5)
    found = measured(wanted.short)
    if wanted.json:
        print(
            json.dumps(
                {name: {"figure": figure, "unit": unit_, "asked": asked} for name, (figure, unit_, asked) in found.items()}, indent=2
            )
        )
        return
    seconds = {"s": 1.0, "µs": 1e-6, "ms": 1e-3}
    print(f"yardstick: a million additions take {unit * 1e3:.1f} ms of CPU here\n")
    print(f"{'what':<42} {'figure':>12}  {'in yardsticks':>13}  asked")
    for name, (figure, unit_, asked) in found.items():
        ratio = f"{figure * seconds[unit_] / unit:13.4f}" if unit_ in seconds else " " * 13
        print(f"{name:<42} {figure:>8.3f} {unit_:<5} {ratio}  {asked}")


if __name__ == "__main__":
    main()
