"""The first question on a small phone: few rows, labels that fit side by side, and the old long names still understood."""

import pytest

from bot.model.limits import BUTTON_WIDTH, utf16_length
from bot.telegram.cards import Cards
from bot.turn.mind import Mind
from tests.dialogue.talk import Talk


def test_the_partners_fit_on_one_screen(mind: Mind) -> None:
    """Thirteen kinds in eight rows; ticked ones take no more room."""
    cards = Cards(mind.engine.asker.phrase)
    for talk in (Talk(mind), Talk(mind).tap("education", "charity", "faith", "community")):
        keys = cards.draw(talk.outcome.replies)[-1].keys or []
        options = [row for row in keys if any(key["text"][:1] in "☐✅" for key in row)]
        assert sum(map(len, options)) == 13
        assert len(options) <= 8


def test_the_button_to_each_sheet_shows_every_word(mind: Mind) -> None:
    """No partner's name is cut off."""
    for sheet in mind.book.guide.sheets:
        assert utf16_length(mind.engine.asker.phrase("button_sheet", partner=sheet.name)) <= BUTTON_WIDTH, sheet.name


@pytest.mark.parametrize(
    ("typed", "partner"),
    [
        ("school, college or nursery", "education"),
        ("a nursery", "education"),
        ("charity or voluntary group", "charity"),
        ("a voluntary group", "charity"),
        ("church or faith group", "faith"),
        ("residents or neighbourhood group", "neighbourhood"),
        ("residents", "neighbourhood"),
        ("local people themselves", "community"),
    ],
)
def test_the_longer_names_are_still_understood(mind: Mind, typed: str, partner: str) -> None:
    """People type what they call them."""
    assert Talk(mind).say(typed).answers == {"partners": [partner]}
