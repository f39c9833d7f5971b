"""The sheets: each says whom to ask, how, what they care about and what to keep to oneself, and has a message short enough to copy."""

import re
from dataclasses import replace

import pytest

from bot.checks.sizes import find
from bot.model.book import Book
from bot.model.limits import COPY_LENGTH, utf16_length
from bot.turn.mind import Mind
from tests.dialogue.talk import Talk

# What is known about talking with each of them: whom to ask, how, when, what to mind. In small letters.
SAID = {
    "police": "neighbourhood officer|postcode|72 hours|beat meeting|community safety partnership|how can we tackle|two dates|mailbox|{contact_police}|rumours",
    "health": "practice manager|social prescribing link worker|30,000 to 50,000|public health team|one page|ten minutes|winter|months|secure email|lists",
    "education": "ring the office|trust|copy to the office|half a term|exams|attendance|teacher time|designated safeguarding lead|photos|risk assessment",
    "social_care": "front door|early help|team manager|good referral|assessment, care plan|thresholds|lawful reason|lado|one phone number",
    "council": "ward councillor|officers|parish or town|february or march|elections|visit|freedom of information|in private|party politics|aim",
    "faith": "community work|festivals|open to all|faith covenant|interfaith|prayer times|kitchen|insurance|one leader|safeguarding officer",
    "neighbourhood": "evening or at the weekend|doorsteps|not online|you said, we did|within a month|childcare|speak for|loud voices|house numbers",
    "charity": "volunteering manager|cvs|systems|costs|credit|name and logo|ncvo|insurance|trustees|bid",
    "business": "quiet|manager|head office|business improvement district|price|money, goods, time|logo|values|fundraising rules|who can say yes",
    "funder": "before you apply|twice|one page|delay|who leads|own words for outcomes|vat|who did what|money alone",
    "community": "can change|ladder of participation|travel, childcare|benefits|plain words|week before|two or more|support|painful|what changed",
    "other_public": "community safety|probation|job centre|two dates|by law|takes? weeks|offence|checks",
}  # fmt: skip
EVERYWHERE = (
    *("what you want", "helps|how it fits", "by when", "contact for each side|one contact on your side", "what was agreed", "thank"),
    *("results?|what it changed|what changed", "keep going", "chats?", "{contact_emergency}"),
)


def words_of(mind: Mind, sheet_id: str) -> str:
    """All words of a sheet, in small letters."""
    sheet = mind.book.guide.sheet(sheet_id)
    assert sheet is not None
    lines = (*sheet.tips, *(line for _, some in sheet.sections() for line in some), sheet.opening, sheet.longer_opening)
    return " ".join(" ".join(lines).casefold().split())


@pytest.mark.parametrize("sheet_id", SAID)
def test_nothing_is_missing_from_a_sheet(mind: Mind, sheet_id: str) -> None:
    """Every point that helps with this partner, and what holds for all of them."""
    text = words_of(mind, sheet_id)
    assert [one for one in (*SAID[sheet_id].split("|"), *EVERYWHERE) if not re.search(one, text)] == []


def test_there_is_a_sheet_for_every_partner(mind: Mind) -> None:
    """Each kind of partner of the question has one, with every part filled."""
    assert {sheet.id for sheet in mind.book.guide.sheets} == set(SAID)
    assert all(lines for sheet in mind.book.guide.sheets for _, lines in sheet.sections())


def test_every_opening_can_be_copied_and_is_complete(mind: Mind) -> None:
    """Who we are, what we see, one question, two days, thanks; short enough for the button, and with room for the names to fill in."""
    for sheet in mind.book.guide.sheets:
        assert utf16_length(sheet.opening) <= COPY_LENGTH, sheet.id
        for part in ("we are [our group]", "[our area]", "[day] or [day]", "?", "hank"):
            assert part in sheet.opening, (sheet.id, part)
        assert re.search(r"\[(the need|the problem|problem|what, where, how often)\]", sheet.opening), sheet.id
        assert sheet.opening.count("[day]") == 2
        assert utf16_length(sheet.longer_opening) > COPY_LENGTH


def test_the_longer_message_stands_folded_below_the_short_one(mind: Mind) -> None:
    """The short one is copied; the longer one is there for who wants it, and not shown where there is none."""
    sections = Talk(mind).press("sheet", "police").card.sections
    copied = next(place for place, section in enumerate(sections) if section.copy)
    assert sections[copied + 1].more
    assert sections[copied + 1].lines == (getattr(mind.book.guide.sheet("police"), "longer_opening"),)  # noqa: B009


def test_an_opening_that_is_too_long_to_copy_is_told_of(shipped: Book) -> None:
    """A warning with the number of letters, and what to do; one letter less and there is none."""
    sheet = shipped.guide.sheets[0]
    for length, codes in ((COPY_LENGTH, []), (COPY_LENGTH + 1, ["D405"])):
        changed = replace(shipped, guide=replace(shipped.guide, sheets=(replace(sheet, opening="a" * length),)))
        found = list(find(changed))
        assert [one.code for one in found] == codes
        assert all(str(length) in one.message and "longer opening" in one.message for one in found)
