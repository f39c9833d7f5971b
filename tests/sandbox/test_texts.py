"""Texts as a message keeps them: tidied, with the entities Telegram finds, all counted in UTF-16 units."""

from typing import Any

import pytest

from bot.sandbox.texts import tidy


def found(text: str, *entities: tuple[str, int, int]) -> tuple[str, list[tuple[Any, ...]]]:
    """The text as it is kept, and its entities as type, offset and length."""
    body = tidy(text, [{"type": kind, "offset": offset, "length": length} for kind, offset, length in entities])
    return body.text, [(entity["type"], entity["offset"], entity["length"]) for entity in body.entities]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("/start@helper_bot now", [("bot_command", 0, 17)]),
        ("try /help, or /new.", [("bot_command", 4, 5), ("bot_command", 14, 4)]),
        ("and/or", []),
        ("1/2 /a/b", []),
        ("🙂 /help", [("bot_command", 3, 5)]),
        ("ask @helper_bot", [("mention", 4, 11)]),
        ("@abc", []),
        ("sam@example.org", [("email", 0, 15)]),
        ("see https://example.org/a?b=c.", [("url", 4, 25)]),
        ("see example.org, please", [("url", 4, 11)]),
        ("e.g. this", []),
        ("#help #1 a#b", [("hashtag", 0, 5)]),
        ("plain words. And more.", []),
    ],
)
def test_what_is_found(text: str, entities: list[tuple[Any, ...]]) -> None:
    """Commands, mentions, addresses, links and hashtags, and nothing that only resembles them."""
    assert found(text) == (text, entities)


def test_nothing_is_found_in_code_and_links() -> None:
    """What is inside code, or is a link already, is left alone; bold text is not."""
    assert found("/help", ("code", 0, 5)) == ("/help", [("code", 0, 5)])
    assert found("/help", ("bold", 0, 5)) == ("/help", [("bold", 0, 5), ("bot_command", 0, 5)])


def test_spaces_at_the_ends_go() -> None:
    """Entities move along and shrink; one of spaces only is gone. Spaces inside an entity at the beginning stay."""
    assert found("  one two \n", ("bold", 6, 4), ("italic", 9, 2)) == ("one two", [("bold", 4, 3)])
    assert found(" one", ("bold", 0, 4)) == (" one", [("bold", 0, 4)])


def test_carriage_returns_go() -> None:
    """A line ends in a line feed, and what was bold stays bold."""
    assert found("a\r\nb\r\n🙂c", ("bold", 6, 3), ("italic", 0, 4)) == ("a\nb\n🙂c", [("italic", 0, 3), ("bold", 4, 3)])


def test_a_hundred_entities_are_kept() -> None:
    """More are dropped without a word."""
    assert len(found("/a " * 150)[1]) == 100
