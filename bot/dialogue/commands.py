"""Typed commands: "go back", "start again", "I don't know". The words for each stand in the phrases file."""

from collections.abc import Mapping, Sequence

from bot.words.plain import words

IN_FREE_TEXT = frozenset({"back", "review", "skip", "unsure", "why", "new", "stop", "help", "keep"})
"""Where people answer in their own words, only these are taken for commands."""
_SHORTEST_WITH_SLIP = 5


class Commands:
    """The commands of a book."""

    __slots__ = ("_exact", "_fillers", "names")

    def __init__(self, commands: Mapping[str, Sequence[str]], fillers: Sequence[str]) -> None:
        self.names = frozenset(commands)
        self._exact = {" ".join(words(phrase)): name for name, phrases in commands.items() for phrase in phrases}
        self._fillers = frozenset(word for phrase in fillers for word in words(phrase))

    def named(self, text: str, free_text: bool) -> str:
        """The command a whole text stands for; "" if it is none."""
        given = words(text)
        if not given or len(given) > 10:
            return ""
        found = self._look_up(" ".join(given)) or self._look_up(" ".join(self._bare(given)))
        return "" if free_text and found not in IN_FREE_TEXT else found

    def _bare(self, given: list[str]) -> list[str]:
        """Without polite words at either end: "can I go back please" is "go back"."""
        start, end = 0, len(given)
        while start < end and given[start] in self._fillers:
            start += 1
        while end > start and given[end - 1] in self._fillers:
            end -= 1
        return given[start:end]

    def _look_up(self, joined: str) -> str:
        found = self._exact.get(joined, "")
        if found or len(joined) < _SHORTEST_WITH_SLIP:
            return found
        from bot.words.typos import slips_between  # only when somebody types: a chat should start at once

        most = 1 if len(joined) < 10 else 2
        for phrase, name in self._exact.items():
            alike = len(phrase) >= _SHORTEST_WITH_SLIP and phrase[0] == joined[0] and phrase.count(" ") == joined.count(" ")
            if alike and slips_between(phrase, joined, most) <= most:
                return name
        return ""
