"""Understands what people type: commands, numbers, labels, lists and sentences. Never guesses when it could ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.dialogue.commands import Commands
from bot.dialogue.listing import ListReader
from bot.dialogue.numbers import Numbers, part_of, same
from bot.dialogue.remarks import Remarks
from bot.dialogue.sentences import SentenceReader
from bot.dialogue.understood import Understood
from bot.dialogue.vocabulary import Vocabulary
from bot.model.book import Book
from bot.model.dialogue import Option, Question
from bot.model.memory import NO_MEMORY, Memory
from bot.words.plain import beginning

CLAUSE_SHARE = 0.8
"""Half a sentence says little; it must be this likely to count as an answer of its own."""
Key = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Reader:
    """Reads typed texts with the words of one book. Readers of single questions are made when first needed."""

    book: Book
    memory: Memory = NO_MEMORY
    remarks: Remarks = field(init=False)
    _commands: Commands = field(init=False)
    _numbers: Numbers = field(init=False)
    _lists: dict[Key, ListReader] = field(default_factory=dict)
    _sentences: dict[Key, SentenceReader] = field(default_factory=dict)
    _shared: list[Vocabulary] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.remarks = Remarks(self.book.words.groups)
        polite = (*self.book.words.fillers, "can", "could", "want", "would", "like", "let", "lets", "me")
        self._commands = Commands(self.book.commands, polite)
        self._numbers = Numbers(self.book.words)

    @property
    def commands(self) -> frozenset[str]:
        """The names of the commands, as they are typed after a slash."""
        return self._commands.names

    def warm_up(self) -> Iterator[None]:
        """Learns the sentences of every question, one after the other and piece by piece."""
        for dialogue in self.book.dialogues.values():
            for question in dialogue.questions:
                if question.options and (question.kind != "many" or self._has_sentences(question)):
                    yield from self._sentence_reader(question, question.options).learning()
                    yield
                if question.options:
                    self._vocabulary()
                    yield
                    self.read(question, question.options, "warm up", ())
                    yield

    def command(self, text: str, free_text: bool) -> str:
        """The command a text stands for; "" if it is none."""
        return self._commands.named(text, free_text)

    def pick(self, text: str, labels: Sequence[str]) -> int | None:
        """The place in a list that a typed number or label points to; None if it points to none."""
        places = self._numbers.places(text, len(labels))
        if places and len(places) == 1:
            return places[0]
        exactly = same(labels, text)
        whole = exactly is not None or self.command(text, free_text=False) or self.remarks.says_nothing(text)
        return exactly if whole else part_of(labels, text)

    def read(self, question: Question, options: tuple[Option, ...], text: str, shown: tuple[str, ...]) -> Understood:
        """What a text says as an answer to a question with these options; `shown` are the ids that numbers count."""
        text = beginning(text)
        places = self._numbers.places(text, len(shown))
        if places and (question.kind == "many" or len(places) == 1):
            return Understood(tuple(shown[place] for place in places), clear=True)
        named = same([option.id.replace("_", " ") for option in options], text)
        if named is None:
            named = same([option.label for option in options], text)
        if named is not None:
            return Understood((options[named].id,), clear=True)
        if question.kind == "many" and not self._has_sentences(question):
            return self._list_reader(question, options).read(text)
        return self._sentence(question, options, text)

    def _sentence(self, question: Question, options: tuple[Option, ...], text: str) -> Understood:
        reader = self._sentence_reader(question, options)
        found = reader.read(text)
        if question.kind != "many":
            return found
        listed = self._list_reader(question, options).read(text)
        if listed.clear and len(listed.options) <= question.at_most:
            return listed
        alone = {option.id for option in options if option.alone}
        said = [option for part in reader.clauses(text) for option in reader.read(part, CLAUSE_SHARE).options]
        several = {option for option in said if option not in alone}
        if len(several) < 2:
            return found
        # "We keep in touch, and once a year we put on a fair": two things, each said clearly.
        ordered = tuple(option.id for option in options if option.id in several)
        return Understood(ordered, clear=True) if len(several) <= question.at_most else Understood(maybe=ordered)

    def _has_sentences(self, question: Question) -> bool:
        sayings = self.book.sayings.get(question.id)
        return bool(sayings and sayings.sentences)

    def _list_reader(self, question: Question, options: tuple[Option, ...]) -> ListReader:
        key = (question.id, tuple(option.id for option in options))
        if key not in self._lists:
            sayings = self.book.sayings.get(question.id)
            wordy = [replace(one, words=one.words + sayings.words.get(one.id, ())) for one in options] if sayings else options
            self._lists[key] = ListReader(
                wordy, self.book.words, self._vocabulary().ordinary, label_parts=not self._has_sentences(question)
            )
        return self._lists[key]

    def _sentence_reader(self, question: Question, options: tuple[Option, ...]) -> SentenceReader:
        key = (question.id, tuple(option.id for option in options))
        if key not in self._sentences:
            source = question.options_from or question.id
            sayings = self.book.sayings.get(source)
            self._sentences[key] = SentenceReader(options, sayings, self._vocabulary(), question.kind == "one", self.memory)
        return self._sentences[key]

    def _vocabulary(self) -> Vocabulary:
        if not self._shared:
            self._shared.append(Vocabulary(self.book.words, self.book.sayings.values()))
        return self._shared[0]
