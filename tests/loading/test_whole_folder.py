"""Slips that only show in a whole folder: the shipped one, with one thing changed or taken away."""

from pathlib import Path

import pytest

from bot.checks import check
from bot.loading.files import Folder
from bot.loading.load import load_texts
from bot.loading.report import Report

SHIPPED = Path(__file__).parent.parent.parent / "dialogues"
TEXTS = {path.relative_to(SHIPPED).as_posix(): path.read_text(encoding="utf-8") for path in SHIPPED.rglob("*.yaml")}


def found_with(changed: dict[str, str | None]) -> list[tuple[str, str]]:
    """Where and what `check` finds when these files hold something else, or are gone (None); the reminder to check contacts apart."""
    texts = {name: text for name, text in (TEXTS | changed).items() if text is not None}
    report = Report()
    loaded = load_texts(Folder("d", {f"d/{name}": text.encode() for name, text in texts.items()}), report)
    for one in check(loaded.book) if loaded.book else ():
        report.take(one)
    return [(str(one.place), f"{one.code} {one.severity} {one.message}") for one in report.findings if one.code != "D341"]


GONE = {
    "answers/meetings.yaml": 'D207 error There are no quick answers "',
    "answers/contact.yaml": 'D207 error There are no quick answers "',
    "answers/not-ours.yaml": "D220 error There is no file with questions that are not ours",
    "contacts.yaml": "D220 error There is no file with contacts",
    "definition.yaml": "D220 error There is no file with the parts of the definition",
    "interview.yaml": "D214 error There is no file with questions",
    "profile.yaml": "D220 error There is no file with the lines of the profile",
    "reasons.yaml": "D220 error There is no file with reasons",
    "sheets/faith.yaml": 'D332 warning There is no sheet for the partner "faith"',
    "types.yaml": "D220 error There is no file with types of partnership",
}


@pytest.mark.parametrize(("file", "says"), GONE.items(), ids=GONE)
def test_a_file_that_is_gone_is_one_finding(file: str, says: str) -> None:
    """However many places need what stood in it."""
    found = found_with({file: None})
    assert len(found) == 1, found
    assert found[0][1].startswith(says)


def test_answers_that_are_gone_are_named() -> None:
    """Whoever deleted a file of answers reads which are missing, and is offered none that it cannot be."""
    ((_, says),) = found_with({"answers/money.yaml": None})
    assert '"funding"' in says
    assert "more places" in says
    assert "Did you mean" not in says


def test_one_misspelt_answer_is_still_one_misspelt_answer() -> None:
    """A single id that is wrong is shown where it stands, with what was probably meant."""
    meetings = TEXTS["answers/meetings.yaml"].replace("also: [how_often_meet, minutes,", "also: [how_often_meat, minutes,")
    ((place, says),) = found_with({"answers/meetings.yaml": meetings})
    assert place.startswith("d/answers/meetings.yaml:")
    assert says == 'D207 error "how_often_meat" is not a quick answer. Did you mean "how_often_meet"?'


@pytest.mark.parametrize("hole", ["{contact polise}", "{ Contact_Polise }", "{contact-polise}"])
def test_a_hole_that_is_written_wrongly_is_taken_for_the_nearest_contact(hole: str) -> None:
    """A space, a capital and a slip at once: the person is told which number was most likely meant."""
    old = "Send a short agenda two days before"
    ((_, says),) = found_with({"answers/meetings.yaml": TEXTS["answers/meetings.yaml"].replace(old, f"Ring {hole}. {old}")})
    assert says == "D218 error No spaces and no capitals inside { }. Did you mean {contact_police}?"


def with_a_florist(profile: str) -> dict[str, str | None]:
    """The shipped files with one more kind of partner, and this profile."""
    interview = TEXTS["interview.yaml"].replace("      funder:\n", "      florist: Florist\n      funder:\n", 1)
    sheet = TEXTS["sheets/business.yaml"].replace("for: [business]", "for: [business, florist]")
    return {"interview.yaml": interview, "profile.yaml": profile, "sheets/business.yaml": sheet}


def test_a_kind_of_partner_counts_for_a_sector_or_is_said_to_count_for_none() -> None:
    """A new kind of partner that nobody put under `sectors` is named; with `fits none` somebody has thought about it."""
    profile = TEXTS["profile.yaml"]
    ((place, says),) = found_with(with_a_florist(profile))
    line = profile.split("\n").index("  sectors:") + 1
    assert place == f"d/profile.yaml:{line}:3"
    assert says.startswith('D333 warning The partner "florist" counts for none of "Who takes part".')
    assert found_with(with_a_florist(profile.replace("{partners: funder}", "{partners: [funder, florist]}"))) == []
    assert found_with(with_a_florist(profile.replace("{partners: business}", "{partners: [business, florist]}"))) == []
    (wrong,) = found_with({"profile.yaml": profile.replace("{partners: funder}", "{partners: fundre}")})
    assert wrong[1] == 'D202 error "fundre" is not an option of "partners". Did you mean "funder"?'


@pytest.mark.parametrize("word", ["the", "Partners", "partnership"])
def test_a_word_that_is_everywhere_points_nowhere(word: str) -> None:
    """A word of nearly every question is no help, and is named at the list it stands in."""
    text = TEXTS["answers/bot.yaml"].replace("    words: [", f"    words: [{word}, ", 1)
    line = next(number for number, one in enumerate(text.split("\n"), 1) if f"words: [{word}" in one)
    ((place, says),) = found_with({"answers/bot.yaml": text})
    assert place == f"d/answers/bot.yaml:{line}:5"
    assert says.startswith(f'D316 warning "{word}" is in ')


def test_a_phrasing_under_an_answer_and_a_theme_is_shown_with_both_places() -> None:
    """The person sees the two lines, in whatever files they are, and can take one out."""
    theme = TEXTS["answers/not-ours.yaml"].replace("      when are my bins emptied\n", "      how to run a partnership meeting\n", 1)
    ways = "format: 1\nmore ways to ask: Money\ntopics:\n  funding:\n    - tips for meetings\n"
    tests = "format: 1\ntests: Mine\nquestions:\n  meetings: [Tips for meetings?]\n"
    first, second, third = found_with({"answers/not-ours.yaml": theme, "mine.yaml": ways, "tests/mine.yaml": tests})
    meetings = TEXTS["answers/meetings.yaml"].split("\n").index("      - how to run a partnership meeting") + 1
    bins = theme.split("\n").index("      how to run a partnership meeting") + 1
    where = f'stands under "household", and also under "meetings" in d/answers/meetings.yaml, line {meetings}. Only one of them can'
    assert first[0] == f"d/answers/not-ours.yaml:{bins}:7"
    assert where in first[1]
    assert second[0] in ("d/mine.yaml:5:7", f"d/answers/meetings.yaml:{meetings + 1}:9")
    assert third[1].startswith('D314 warning "Tips for meetings?" also stands under "meetings" in d/answers/meetings.yaml, line')
