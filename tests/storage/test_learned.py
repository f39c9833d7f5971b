"""What is learned is learned once: recalled, it answers exactly as it did; and nothing goes wrong if the files are missing or damaged."""

import json
import multiprocessing
import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.danger import Danger
from bot.answers.finder import Finder
from bot.dialogue.reading import Reader
from bot.model.book import Book
from bot.model.dialogue import Option, Sayings
from bot.model.memory import Memory, Plain
from bot.storage import learned
from bot.storage.learned import LearnedFiles, cache_folder
from bot.turn.memory import ShortMemory
from bot.turn.mind import Mind
from bot.words.lesson import content

NAME = "sentences-0123"
PLAIN: Plain = {"groups": ["a", "b"], "bias": [0.1, -2.5e-17], "words": {"caf\u00e9": 1}}


class Noted(ShortMemory):
    """A memory that notes what was asked of it."""

    def __init__(self, behind: Memory | None = None) -> None:
        super().__init__(behind)
        self.found: list[str] = []
        self.learned: list[str] = []

    def recall(self, name: str) -> Plain | None:
        found = super().recall(name)
        if found is not None:
            self.found.append(name)
        return found

    def remember(self, name: str, plain: Plain) -> None:
        self.learned.append(name)
        super().remember(name, plain)


@pytest.fixture
def small(shipped: Book) -> Book:
    """The shipped book with a tenth of its texts, so that it is learned in a moment."""
    mine = shipped.safeguarding
    return replace(
        shipped,
        topics=tuple(replace(one, asked=one.asked[:3]) for one in shipped.topics[:30]),
        not_ours=tuple(replace(one, asked=one.asked[:6]) for one in shipped.not_ours),
        sayings={
            name: replace(one, sentences={option: texts[:6] for option, texts in one.sentences.items()}, other=one.other[:6])
            for name, one in shipped.sayings.items()
        },
        safeguarding=replace(mine, danger_examples=mine.danger_examples[:60], harmless_examples=mine.harmless_examples[:60]),
    )


def texts_of(book: Book) -> list[str]:
    """Texts such as people type: some that are known, and many that are mixed from them."""
    known = [text for topic in book.topics for text in topic.asked] + list(book.safeguarding.danger_examples)
    known += [text for one in book.sayings.values() for texts in one.sentences.values() for text in texts]
    rng = random.Random(3)
    words = sorted({word for text in known for word in text.split()})
    mixed = [" ".join(rng.choices(words, k=rng.randint(1, 12))) for _ in range(150)]
    return rng.sample(known, 50) + mixed + ["", "?", "xyzzy plugh", "a" * 500]


def said_by(book: Book, memory: Memory) -> list[object]:
    """Everything that is understood with this memory, to the last digit."""
    danger, finder, reader = Danger(book, memory), Finder(book, memory), Reader(book, memory)
    questions = [question for one in book.dialogues.values() for question in one.questions if question.options]
    found: list[object] = []
    for text in texts_of(book):
        stems = text.split()
        found += [danger.in_text(text), danger.share(text), finder.find(text), finder.ranked(stems)]
        found += [reader.read(question, question.options, text, ()) for question in questions]
    return found


def test_what_is_recalled_is_what_was_learned(small: Book, tmp_path: Path) -> None:
    """Danger, quick answers and every question: shares, votes and options are equal to the last bit, and nothing is learned again."""
    first, then = Noted(LearnedFiles(tmp_path)), Noted(LearnedFiles(tmp_path))
    assert said_by(small, first) == said_by(small, then)
    assert first.found == []
    assert sorted(then.found) == sorted(first.learned)
    assert then.learned == []


def test_the_shipped_book_is_recalled_as_it_was_learned(shipped: Book, tmp_path: Path) -> None:
    """The same for danger in the shipped book, which has the most examples."""
    texts = [*shipped.safeguarding.danger_examples[::5], *texts_of(shipped)]
    fresh, again = (Danger(shipped, LearnedFiles(tmp_path)) for _ in range(2))
    assert [fresh.share(text) for text in texts] == [again.share(text) for text in texts]
    assert again.recalled
    assert not fresh.recalled


def test_other_texts_are_learned_anew(small: Book) -> None:
    """One more example, one changed word list, one other option: each has a name of its own; where a text was written does not count."""
    memory = Noted()
    Danger(small, memory).in_text("he has a knife")
    mine = small.safeguarding
    Danger(replace(small, safeguarding=replace(mine, danger_examples=mine.danger_examples[1:])), memory).in_text("he has a knife")
    Danger(replace(small, safeguarding=replace(mine, message="Ring 999.", place=small.topics[0].place)), memory).in_text("he has a knife")
    assert len(set(memory.learned)) == 2
    assert len(memory.found) == 1


def test_content_tells_texts_apart() -> None:
    """Neither the order of a set nor the line something stands in counts; every text and every border between texts does."""
    assert content({"b", "a"}) == content({"a", "b"})
    assert content(["ab", "c"]) != content(["a", "bc"])
    assert content({"a": ("b", "c")}) != content({"a": ("b",), "c": ()})
    one = Sayings(("q",), together={frozenset(("x", "y")): "z"})
    assert content(one) == content(replace(one, place=replace(one.place, line=99)))
    assert content(Option("a", "A")) != content(Option("a", "A", alone=True))


def spoiled(raw: bytes) -> dict[str, bytes]:
    """A file, and what can have become of it."""
    header, _, body = raw.partition(b"\n")
    known = json.loads(header)
    return {
        "empty": b"",
        "half": raw[: len(raw) // 2],
        "no line": header,
        "nonsense": b"\x00\xff\xfe" * 100,
        "a byte changed": raw[:-5] + bytes([raw[-5] ^ 1]) + raw[-4:],
        "another name": json.dumps(known | {"name": "danger-1"}).encode() + b"\n" + body,
        "another version": json.dumps(known | {"version": "0"}).encode() + b"\n" + body,
        "a list": raw.replace(body, b"[1, 2]"),
        "deep": header + b"\n" + b"[" * 200_000,
        "more": raw + b"{}",
        "somebody else's": b'{"hello": "world"}',
    }


@pytest.mark.parametrize("how", [*spoiled(b"{}\n{}")])
def test_a_spoiled_file_is_as_good_as_none(tmp_path: Path, how: str) -> None:
    """Whatever became of a file: it is not used, and the next that is learned takes its place."""
    memory = LearnedFiles(tmp_path)
    memory.remember(NAME, PLAIN)
    (path,) = tmp_path.iterdir()
    path.write_bytes(spoiled(path.read_bytes())[how])
    assert memory.recall(NAME) is None
    memory.remember(NAME, PLAIN)
    assert memory.recall(NAME) == PLAIN


@pytest.mark.parametrize(
    "plain", [{}, {"known": 3}, {"known": "a", "weigher": {"bias": "x"}}, {"known": "a", "weigher": None}], ids=range(4)
)
def test_something_of_another_shape_is_learned_again(small: Book, plain: Plain) -> None:
    """What a memory gives back need not be what danger is read from."""
    memory = Noted()
    Danger(small, memory).in_text("he has a knife")
    (name,) = memory.learned
    memory._kept[name] = plain
    danger = Danger(small, memory)
    assert danger.share("he has a knife") == Danger(small).share("he has a knife")
    assert memory.learned == [name, name]


def test_another_version_of_the_program_learns_anew(tmp_path: Path) -> None:
    """A changed line in the program that learns is another version; one that cannot be read keeps nothing."""
    program = tmp_path / "program.py"
    program.write_text("one = 1\n", encoding="utf-8")
    LearnedFiles(tmp_path / "cache", [program]).remember(NAME, PLAIN)
    assert LearnedFiles(tmp_path / "cache", [program]).recall(NAME) == PLAIN
    program.write_text("one = 2\n", encoding="utf-8")
    assert LearnedFiles(tmp_path / "cache", [program]).recall(NAME) is None
    program.unlink()
    LearnedFiles(tmp_path / "cache", [program]).remember(NAME, PLAIN)
    assert LearnedFiles(tmp_path / "cache", [program]).recall(NAME) is None


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    """A file in its place, or a folder nobody may write to: nothing is kept, and nothing fails."""
    (tmp_path / "file").write_text("here already", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none")):
        memory = LearnedFiles(folder)
        memory.remember(NAME, PLAIN)
        assert memory.recall(NAME) is None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "here already"


def _write_often(folder: Path, number: int) -> None:
    for _ in range(60):
        LearnedFiles(folder).remember(NAME, {"from": number, "long": "x" * 20_000})


def test_several_processes_may_write_at_once(tmp_path: Path) -> None:
    """Whoever reads meanwhile finds the one or the other, whole; in the end there is one file and nothing half-written."""
    memory = LearnedFiles(tmp_path)
    memory.remember(NAME, {"from": 0, "long": "x" * 20_000})
    spawning = multiprocessing.get_context("spawn")
    writers = [spawning.Process(target=_write_often, args=(tmp_path, number)) for number in (1, 2)]
    for one in writers:
        one.start()
    while any(one.is_alive() for one in writers):
        found = memory.recall(NAME)
        assert found is not None
        assert found["from"] in (0, 1, 2)
        assert len(found["long"]) == 20_000
    for one in writers:
        one.join()
        assert one.exitcode == 0
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_only_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder does not grow for ever, and what is not ours stays."""
    monkeypatch.setattr(learned, "MOST", 3)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    memory = LearnedFiles(tmp_path)
    for number in range(6):
        memory.remember(f"sentences-{number}", PLAIN)
    assert len(list(tmp_path.glob("*.json"))) == 3
    assert memory.recall("sentences-5") == PLAIN
    assert (tmp_path / "notes.txt").exists()


def test_the_folder_is_where_the_computer_has_such_things(tmp_path: Path) -> None:
    """XDG_CACHE_HOME, on Windows LOCALAPPDATA, else below the home folder; a relative path counts for nothing, as the standard says."""
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": "/elsewhere"}) == tmp_path / "partnership-bot"
    assert cache_folder({"LOCALAPPDATA": str(tmp_path)}) == tmp_path / "partnership-bot"
    assert cache_folder({"XDG_CACHE_HOME": "relative"}) == Path.home() / ".cache" / "partnership-bot"


def test_learning_pauses_often_and_may_be_cut_short(small: Book) -> None:
    """Warming up goes in many small pieces; a text that is typed between two of them is answered as ever."""
    mind, other = Mind(small, memory=Noted()), Mind(small, memory=Noted())
    pieces = mind.warm_up()
    for _ in range(3):
        next(pieces)
    assert mind.danger.share("he has a knife") == other.danger.share("he has a knife")
    assert sum(1 for _ in pieces) > 100
    assert mind.asked.finder.find("what is an mou") == other.asked.finder.find("what is an mou")


def test_it_all_takes_little_room(small: Book, tmp_path: Path) -> None:
    """Votes are packed: two hundred thousand of them take a megabyte or two."""
    for _ in Mind(small, memory=ShortMemory(LearnedFiles(tmp_path))).warm_up():
        pass
    files = list(tmp_path.iterdir())
    assert 10 <= len(files) <= 20
    assert sum(path.stat().st_size for path in files) < 2_000_000
