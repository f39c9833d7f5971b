"""The page of the verdict, as a tired person reads it: short, each thing once, what to do near the top, few buttons."""

import pytest

from bot.model.reply import Card
from bot.telegram.cards import Cards
from bot.turn.mind import Mind
from bot.turn.pages import SHOWN_SHEETS
from bot.turn.verdict_parts import FULL_TIPS, SHOWN_REASONS
from tests.dialogue.talk import Talk

PARTNERS = ("police", "health", "education", "social_care", "council", "charity")
MOST_ROWS = 9


def verdict(mind: Mind, partners: tuple[str, ...] = ("police",), **answers: str) -> Talk:
    """A talk that has come to the verdict; what is not answered here is skipped. Several options are joined by "+"."""
    talk = Talk(mind)
    while question := talk.question:
        if question == "partners":
            talk.tap(*partners).press("done")
        elif question in answers and talk.ask.many:
            talk.tap(*answers[question].split("+")).press("done")
        elif question in answers:
            talk.tap(answers[question])
        else:
            talk.press("skip")
    return talk


def lines(card: Card, mind: Mind, heading: str) -> tuple[str, ...]:
    """The lines below a heading; none if the heading is not there."""
    wanted = mind.engine.asker.phrase(heading)
    return next((section.lines for section in card.sections if section.heading == wanted), ())


def test_what_is_not_known_stands_in_one_line(mind: Mind) -> None:
    """The lines of the profile that are known, then one that names the others in words."""
    profile = lines(verdict(mind, working="whole_problem", breadth="one_thing").card, mind, "heading_profile")
    assert profile == (
        "Focus: one theme (narrow)",
        "Who takes part: public services",
        "Not known yet: time span, what started it, whether you could say no, planned or grown",
    )


def test_nothing_known_is_not_said_at_all(mind: Mind) -> None:
    """A person without partners reads no list of what is not known."""
    card = verdict(mind, ("nobody",)).card
    assert not lines(card, mind, "heading_profile")
    assert "not known" not in " ".join(line for section in card.sections for line in section.lines).casefold()


@pytest.mark.parametrize(
    ("could_refuse", "read", "value"),
    [("yes", "Free to say no: yes, you can choose", "no"), ("no", "Free to say no: no, you have to take part", "yes")],
)
def test_free_to_say_no_reads_at_once(mind: Mind, could_refuse: str, read: str, value: str) -> None:
    """The line asks what a person can answer; the document keeps its value for "compulsory"."""
    talk = verdict(mind, working="whole_problem", impetus="law", could_refuse=could_refuse)
    assert read in lines(talk.card, mind, "heading_profile")
    assert mind.pages.verdict_of(talk.conversation)[0].to_json()["profile"]["compulsory"] == value


@pytest.mark.parametrize("working", ["swap_news", "joint_project", "whole_problem", "one_team", "paid_service", "support", "nothing_yet"])
@pytest.mark.parametrize("written", ["nothing", "notes", "agreement"])
def test_there_are_two_or_three_reasons(mind: Mind, working: str, written: str) -> None:
    """Whoever has answered gets more than one line, in the order of their weight, and never too many."""
    card = verdict(mind, working=working, written=written, shared_goal="agreed", team_jobs="yes", contract_terms="yes").card
    assert 2 <= len(lines(card, mind, "heading_why")) <= SHOWN_REASONS


def test_a_reason_without_points_comes_last_and_changes_nothing(mind: Mind) -> None:
    """It only tells what else goes with the type."""
    talk = verdict(mind, working="joint_project", shared_goal="agreed")
    assert lines(talk.card, mind, "heading_why")[-1] == "You share a goal to work towards."
    without = verdict(mind, working="joint_project")
    points = [mind.pages.verdict_of(one.conversation)[0].points for one in (talk, without)]
    assert points[0] == points[1]


def test_the_next_step_follows_how_sure(mind: Mind) -> None:
    """What to do comes before the small print."""
    headings = [section.heading for section in verdict(mind, working="joint_project").card.sections]
    sure, step = (headings.index(mind.engine.asker.phrase(name)) for name in ("heading_sure", "heading_next_step"))
    assert step == sure + 1


def test_all_four_parts_are_one_line(mind: Mind) -> None:
    """Who has them all reads it once."""
    card = verdict(mind, working="joint_project", shared_goal="agreed").card
    assert lines(card, mind, "heading_definition") == (
        "✓ All four parts: two or more parties, a shared goal, a joined-up answer to a need, getting past the walls between services.",
    )


def test_not_yet_says_what_there_is_and_where_to_begin(mind: Mind) -> None:
    """No row of crosses for somebody who has only begun."""
    alone = lines(verdict(mind, ("nobody",)).card, mind, "heading_definition")
    assert alone == ("Every partnership starts small. A good place to begin:", "Find one partner outside your own organisation.")
    some = lines(verdict(mind, working="support", shared_goal="agreed").card, mind, "heading_definition")
    assert some[0] == "You already have this: two or more parties, a shared goal."
    assert not any("✗" in line for line in (*alone, *some))


def test_some_of_the_parts_are_ticked_one_by_one(mind: Mind) -> None:
    """Three of four: each with its mark, and what to do about the one that is missing."""
    ticks = lines(verdict(mind, working="whole_problem", shared_goal="unspoken").card, mind, "heading_definition")
    assert [line[0] for line in ticks[:4]] == ["✓", "✗", "✓", "✓"]
    assert ticks[-1].startswith("Ask each partner")


def test_how_sure_reads_as_one_text(mind: Mind) -> None:
    """The next closest type, the two in one sentence, and every reason says what it is a reason for."""
    card = verdict(mind, working="joint_project+one_team", working_mainly="joint_project", team_jobs="yes").card
    assert lines(card, mind, "heading_sure") == (
        "This is the closest match. The next closest is: Multi-disciplinary working.",
        "You could describe it like this: “A joint project between organisations, carried out by a team with different professions.”",
        "What points to the second one: You work together day to day as one team. The team brings different professions together.",
    )
    alone = verdict(mind, working="paid_service", written="nothing").card
    assert lines(alone, mind, "heading_sure") == (
        "This is the closest match. Your answers do not all point the same way.",
        "What does not quite fit: There is no paper that sets out the service, and a contracted service has its terms in writing.",
    )


@pytest.mark.parametrize("count", range(1, len(PARTNERS) + 1))
def test_tips_for_few_partners_stand_there_and_for_many_behind_buttons(mind: Mind, count: int) -> None:
    """One or two are folded into the verdict; the keyboard stays short however many there are."""
    talk = verdict(mind, PARTNERS[:count], working="whole_problem", breadth="one_thing", span="open_ended")
    card, phrase = talk.card, mind.engine.asker.phrase
    told = [section for section in card.sections if section.heading.startswith(phrase("for_partner", partner=""))]
    assert len(told) == (count if count <= FULL_TIPS else 0)
    assert bool(lines(card, mind, "heading_partners")) == (count > FULL_TIPS)
    buttons = [button.id for button in card.buttons]
    assert buttons.count("sheet") == (count if count <= SHOWN_SHEETS else 0)
    assert ("partners" in buttons) == (count > SHOWN_SHEETS)
    keys = Cards(phrase, "https://t.me/helper_bot").draw([card])[-1].keys
    assert keys is not None
    assert len(keys) <= MOST_ROWS


def test_many_partners_have_a_page_of_their_own(mind: Mind) -> None:
    """One button leads there, each partner is a button, by number or by name, and there are ways back."""
    talk = verdict(mind, PARTNERS, working="whole_problem").press("partners")
    assert talk.card.id == "partners"
    assert [button.about for button in talk.card.buttons[:-1]] == list(PARTNERS)
    assert talk.say("social care").card.id == "sheet:social_care"
    assert [button.id for button in talk.card.buttons] == ["partners", "result"]
    assert talk.press("partners").say("1").card.id == "sheet:police"
    assert talk.press("result").card.id == "verdict"


def test_the_page_of_partners_is_empty_for_nobody(mind: Mind) -> None:
    """An old button, after the partners were taken away: only the way back."""
    card = verdict(mind, ("nobody",)).press("partners").card
    assert [button.id for button in card.buttons] == ["result"]


def test_changes_stand_below_their_question(mind: Mind) -> None:
    """The question and one's answer once, then a short line for each other answer, and a button to give it."""
    talk = verdict(mind, working="one_team", team_jobs="yes", shared_goal="agreed").press("changes")
    by_heading = {section.heading: section.lines for section in talk.card.sections}
    assert "Swap news and contacts → Informal networking" in by_heading["What you do, instead of “Work as one team”"]
    assert by_heading["Trained jobs, instead of “Yes, different trained jobs”"] == (
        "No, we all do the same kind of work → Inter-agency working",
    )
    assert [button.about for button in talk.card.buttons if button.id == "change"] == ["partners", "working", "team_jobs"]
    assert talk.press("change", "working").question == "working"
