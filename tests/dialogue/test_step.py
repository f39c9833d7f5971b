"""What a conversation does, event by event, over the shipped interview. Every turn goes through the stored form."""

import pytest

from bot.model.conversation import Conversation
from bot.model.event import Chose, Pressed, Said, Sent, Started
from bot.turn.mind import Mind
from tests.books import book_of
from tests.dialogue.talk import Talk


@pytest.fixture
def talk(mind: Mind) -> Talk:
    """A conversation that has just begun."""
    return Talk(mind)


def half_way(talk: Talk) -> Talk:
    """Partners, goal, same goal, what they do and paper are answered."""
    return talk.say("police and a church", "cleaner streets", "yes we agreed it together", "2", "notes")


def test_it_greets_and_asks_the_first_question(talk: Talk) -> None:
    """The first thing said is what the bot is for, then the first question with its progress."""
    assert "what kind of partnership" in talk.heard
    assert talk.question == "partners"
    assert talk.ask.number == 1
    assert 8 <= talk.ask.total <= 11


def test_answers_lead_to_a_verdict(talk: Talk) -> None:
    """Questions follow one another to the end, and the end is the verdict with a next step."""
    half_way(talk).say("one thing", "one event", "local people saw a need", "planned")
    assert talk.question == ""
    assert talk.card.id == "verdict"
    assert "Inter-agency working" in talk.card.title
    assert any(section.heading == "One next step" for section in talk.card.sections)


def test_ticks_are_put_on_and_off_and_done(talk: Talk) -> None:
    """A tap ticks, another takes the tick away, and Done takes what is ticked."""
    talk.tap("police", "faith", "police", "health")
    assert talk.ticked == ["health", "faith"]
    talk.press("done", "partners")
    assert talk.answers == {"partners": ["faith", "health"]}


def test_an_exclusive_option_stands_alone(talk: Talk) -> None:
    """Nobody yet takes the other ticks away, and another tick takes nobody away."""
    assert talk.tap("police", "nobody").ticked == ["nobody"]
    assert talk.tap("health").ticked == ["health"]


def test_done_without_a_tick_asks_for_one(talk: Talk) -> None:
    """At least one must be picked; the person is told so, and stays where they were."""
    assert "at least 1" in talk.press("done", "partners").heard
    assert talk.question == "partners"


def test_a_third_tick_is_refused_kindly(talk: Talk) -> None:
    """What you do: two at most. The third tap changes nothing and says why."""
    talk.say("police", "goal", "skip").tap("swap_news", "joint_project", "support")
    assert "at most 2" in talk.heard
    assert talk.ticked == ["swap_news", "joint_project"]


def test_back_takes_one_answer_back_and_keeps_it_ticked(talk: Talk) -> None:
    """Back goes one question back; the old answer is ticked there and can be kept."""
    half_way(talk).press("back")
    assert talk.question == "written"
    assert talk.ticked == ["notes"]
    talk.press("keep", "written")
    assert talk.answers["written"] == ["notes"]


def test_back_at_the_first_question_says_so(talk: Talk) -> None:
    """There is nothing before the first question."""
    assert "first question" in talk.press("back").heard


def test_a_changed_answer_keeps_the_later_ones(talk: Talk) -> None:
    """Changing the partners leaves everything else as it was."""
    half_way(talk)
    before = talk.answers
    talk.press("change", "partners").say("the council")
    assert talk.answers == {**before, "partners": ["council"]}
    assert "Changed" in talk.heard


def test_an_answer_that_no_longer_fits_is_put_aside_and_said(talk: Talk) -> None:
    """With two ways of working, which takes most time is asked; with one it is put aside, and the person hears of it."""
    talk.say("police", "goal", "agreed").tap("swap_news", "joint_project").press("done", "working").say("1", "notes")
    assert talk.answers["working_mainly"] == ["swap_news"]
    talk.press("change", "working").say("5")
    assert "working_mainly" not in talk.answers
    assert "Mostly" in talk.heard


def test_review_lists_the_answers_and_a_number_changes_one(talk: Talk) -> None:
    """Review shows every answer; typing its number asks that question again."""
    half_way(talk).say("review")
    assert "Partners: Police + Church or faith" in talk.heard
    assert talk.say("2").question == "goal"


def test_skip_and_not_sure_go_on(talk: Talk) -> None:
    """A question can be skipped, or answered with not sure; where that is a choice, it is taken."""
    half_way(talk).say("skip", "not sure")
    assert talk.answers["breadth"] == "skipped"
    assert talk.answers["span"] == ["not_sure"]


def test_what_must_be_answered_cannot_be_skipped(talk: Talk) -> None:
    """Without partners there is nothing to tell; the person is told why."""
    assert "need an answer" in talk.say("skip").heard
    assert talk.question == "partners"


def test_stop_keeps_everything_and_goes_on_days_later(talk: Talk) -> None:
    """After stop and five days, the next message continues where it was, with a welcome."""
    half_way(talk).say("stop")
    talk.now += 5 * 86_400
    assert "Welcome back" in talk.do(Started()).heard
    assert talk.question == "breadth"


def test_start_again_can_be_undone(talk: Talk) -> None:
    """Start again empties the conversation; back brings the answers back, until there is a new one."""
    before = half_way(talk).answers
    talk.say("start again")
    assert talk.answers == {}
    assert talk.press("back").answers == before
    talk.say("start again", "the school")
    assert talk.press("back").answers == {}


@pytest.mark.parametrize(
    "event",
    [Chose("written", "notes"), Chose("gone", "gone"), Pressed("done", "written"), Pressed("skip", "gone"), Pressed("change", "origin")],
    ids=str,
)
def test_an_old_button_is_said_kindly_and_changes_nothing(talk: Talk, event: Chose | Pressed) -> None:
    """A button of another question leaves the answers alone and shows where one is now."""
    before = talk.answers
    assert "earlier question" in talk.do(event).heard
    assert talk.answers == before
    assert talk.question == "partners"


def test_a_photo_is_answered(talk: Talk) -> None:
    """What is not text gets a kind word and the question again."""
    assert "cannot look at pictures" in talk.do(Sent("photo")).heard
    assert "only read words" in talk.do(Sent("gift")).heard
    assert talk.question == "partners"


@pytest.mark.parametrize(
    "text", ["fun " + "😀" * 4092, "\u202eabc\u202c", "a\x07b\x1b[31m", "<b>&amp;", "{goal} %s", "x\ud83d"], ids=range(6)
)
def test_any_free_text_is_stored_as_it_was(talk: Talk, text: str) -> None:
    """Emoji, right-to-left marks, control characters and markup are kept literally."""
    talk.say("police", text)
    assert talk.answers["goal"] == text.strip()
    assert talk.question == "shared_goal"


def test_a_text_too_long_is_refused_with_its_length(talk: Talk) -> None:
    """Nobody can send more than Telegram allows, but a pipe can; the person hears how long it was."""
    assert "5000 letters" in talk.say("police", "x" * 5000).heard


def test_two_misses_show_the_choices_with_their_explanations(talk: Talk) -> None:
    """After the second text that was not understood, the choices come with explanations."""
    talk.say("police", "goal", "skip", "asdf qwer")
    assert not talk.ask.helped
    assert talk.say("hjkl").ask.helped
    assert talk.question == "working"


def test_what_was_understood_is_kept_and_only_the_rest_is_asked(talk: Talk) -> None:
    """One part of a list is not known: the other is ticked, the unknown words are named, and Done goes on."""
    talk.say("the police and the flurbs")
    assert talk.ticked == ["police"]
    assert "flurbs" in talk.heard
    assert talk.press("done", "partners").answers == {"partners": ["police"]}


def test_danger_comes_first_and_nothing_of_it_is_kept(talk: Talk) -> None:
    """A message about danger gets the safeguarding message, then the question again, and is not stored."""
    talk.say("police", "a child told me her dad hits her")
    assert "999" in talk.heard
    assert "hits" not in str(talk.conversation.to_json())
    assert talk.question == "goal"


def test_a_quick_question_does_not_disturb_the_interview(talk: Talk) -> None:
    """An MoU is explained in the middle of a question, and then the question comes again."""
    half_way(talk)
    before = talk.answers
    assert "memorandum" in talk.say("what is an MoU?").heard
    assert talk.question == "breadth"
    assert talk.answers == before


def test_nobody_yet_leads_to_whom_one_would_like(talk: Talk) -> None:
    """Without partners the bot asks whom one hopes for, and ends with a first step and their sheets."""
    talk.say("nobody yet", "a warm place", "the church and the council")
    assert "Not a partnership yet" in talk.card.title
    assert {button.about for button in talk.card.buttons if button.id == "sheet"} == {"faith", "council"}


def test_every_page_of_the_verdict_leads_back(talk: Talk) -> None:
    """Each button of the verdict shows a page, and each page has a way back to the result."""
    half_way(talk).say("one thing", "one event", "local need", "planned")
    verdict = talk.card
    for button in verdict.buttons:
        if button.id in ("sheet", "about", "changes", "profile_tips"):
            page = talk.do(Pressed(button.id, button.about)).card
            assert page.id != "verdict"
            assert talk.say("back to the result").card.id == "verdict"


TWO = {
    "outer": """\
format: 1
dialogue: outer
title: The outer
start: yes
closing: That was all.
questions:
  first:
    ask: First?
    choose one: {a: A side, b: B side}
  inner_part:
    call: inner
    only if: {first: a}
  last:
    ask: Last?
    write: yes
    only if: {depth: [x, y]}
""",
    "inner": """\
format: 1
dialogue: inner
title: The inner
questions:
  depth:
    ask: How deep?
    choose one: {x: Ex, y: Why, z: Zed}
    next:
      - if: {depth: z}
        go: end
      - go: more
  more:
    ask: More?
    choose one: {one: Yes please, two: No thanks}
""",
}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (["a side", "ex", "yes please", "words"], ["first", "depth", "more", "last"]),
        (["a side", "zed"], ["first", "depth"]),
        (["b side"], ["first"]),
    ],
    ids=["called and returned", "left early", "not called"],
)
def test_a_dialogue_calls_another_and_goes_on(said: list[str], asked: list[str]) -> None:
    """A called dialogue is gone through, its answers count in the calling one, and then the next question follows."""
    talk = Talk(Mind(book_of(**TWO)))
    talk.say(*said)
    assert list(talk.answers) == asked
    assert talk.card.title == "That was all."


def test_a_renamed_question_and_option_strand_nobody() -> None:
    """`was:` carries an answer over to the new ids, and the person is told that the questions changed."""
    old = TWO["outer"].split("  inner_part")[0]
    new = old.replace("first:", "start_side:").replace("{a: A side, b: B side}", "{left: {label: A side, was: a}, b: B side}")
    new = new.replace("ask: First?", "ask: First?\n    was: first")
    talk = Talk(Mind(book_of(outer=old))).say("a side")
    moved = Mind(book_of(outer=new)).react(talk.conversation, Said("review"), talk.now)
    assert moved.conversation.answers[0].question == "start_side"
    assert moved.conversation.answers[0].options == ("left",)


def test_a_removed_option_is_asked_again() -> None:
    """When an edit takes an answered option away, the answer is put aside and the question comes again."""
    old = TWO["outer"].split("  inner_part")[0]
    talk = Talk(Mind(book_of(outer=old))).say("a side")
    after = Mind(book_of(outer=old.replace("a: A side, ", "c: C side, "))).react(talk.conversation, Started(), talk.now)
    assert after.conversation.answers == ()
    assert [one.question for one in after.conversation.earlier] == ["first"]


def test_a_conversation_of_an_unknown_dialogue_does_not_break(mind: Mind) -> None:
    """A dialogue that is gone from the book ends quietly instead of raising."""
    outcome = mind.react(Conversation("c", "gone"), Said("hello"))
    assert outcome.replies
