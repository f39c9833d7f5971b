"""The shape of every kind of file a coordinator writes, as classes that read it. Their JSON Schema goes to editors.

A file says what it holds by its head key: `dialogue:`, `sheet:`, `answers:` and so on.
"""

from bot.loading.shapes.answers import AnswersFile, ContactsFile, MoreWaysFile, NotOursFile, SafeguardingFile
from bot.loading.shapes.base import Shape
from bot.loading.shapes.dialogue import DialogueFile, PhrasesFile, SayingsFile, WordsFile
from bot.loading.shapes.guidance import DefinitionFile, ProfileFile, ReasonsFile, SheetFile, TypesFile
from bot.loading.shapes.tests import TestsFile

SHAPES: dict[str, type[Shape]] = {
    "dialogue": DialogueFile,
    "sayings": SayingsFile,
    "types": TypesFile,
    "reasons": ReasonsFile,
    "profile": ProfileFile,
    "definition": DefinitionFile,
    "sheet": SheetFile,
    "answers": AnswersFile,
    "more ways to ask": MoreWaysFile,
    "not ours": NotOursFile,
    "phrases": PhrasesFile,
    "contacts": ContactsFile,
    "safeguarding": SafeguardingFile,
    "synonyms": WordsFile,
    "tests": TestsFile,
}
"""Head key → shape of the file."""

__all__ = ["SHAPES", "Shape"]
