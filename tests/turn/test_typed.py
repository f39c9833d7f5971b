"""People who ask on below an answer, and people who were never asked anything: what they type is a question first."""

import pytest

from bot.model.conversation import Conversation
from bot.model.event import Said
from bot.turn.mind import Mind
from tests.dialogue.talk import Talk


def newcomer(mind: Mind, *texts: str) -> Talk:
    """Somebody who has not written before, and types this."""
    talk = Talk(mind)
    talk.conversation = Conversation("c", mind.book.start)
    return talk.say(*texts)


@pytest.fixture
def reader(mind: Mind) -> Talk:
    """Somebody who came from a group by "More in private", and reads how to reach the police."""
    return newcomer(mind).press("topic", "contact_police")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("and the school?", "topic:contact_school"),
        ("and what about the school?", "topic:contact_school"),
        ("what about council", "topic:contact_council"),
        ("the mosque", "topic:contact_church"),
        ("how about our GP", "topic:contact_nhs"),
        ("what about minutes?", "topic:minutes"),
        ("what is an SLA", "topic:sla"),
        ("ok and how do we say thank you", "topic:thank_partners"),
        ("what?", "more:contact_police"),
        ("can you explain that again", "more:contact_police"),
        ("I don't understand", "more:contact_police"),
        ("tell me more", "more:contact_police"),
        ("more please", "more:contact_police"),
        ("what does that mean?", "more:contact_police"),
        ("how", "few"),
        ("why not", "few"),
        ("and then?", "few"),
        ("what about us?", "few"),
        ("thanks", "welcome"),
        ("ok thanks", "welcome"),
        ("👍", "welcome"),
        ("i told the lollipop lady already", "not_understood"),
        ("co to jest partnerstwo", "foreign"),
    ],
)
def test_below_an_answer_people_ask_on(reader: Talk, text: str, page: str) -> None:
    """What they type is never an answer to a question of the interview, which they have not seen."""
    assert reader.say(text).card.id == page
    assert reader.conversation.answers == ()
    assert [button.label for button in reader.card.buttons][-1] == "Find out our type"


def test_asked_on_and_on_the_kind_of_question_stays(reader: Talk) -> None:
    """Also past thanks, and past something that we do not know."""
    for text in ("and the school?", "thanks", "what about the council?", "what about zorgles?", "and a church?"):
        reader.say(text)
    assert reader.card.id == "topic:contact_church"


def test_what_is_not_known_leaves_no_dead_end(reader: Talk) -> None:
    """Below the honest answer stands where to go from there."""
    reader.say("how do we bake a cake?")
    assert [one.id for one in reader.outcome.replies if hasattr(one, "id")] == ["unknown", "else"]
    assert [button.id for button in reader.card.buttons] == ["topics", "go_on"]


def test_the_rest_of_an_answer_is_shown_unfolded(reader: Talk) -> None:
    """And whoever wants still more hears that this was all."""
    reader.say("tell me more")
    assert not any(section.more for section in reader.card.sections)
    reader.press("topic", "minutes").say("more")
    assert "all I can tell you" in reader.heard


def test_from_reading_to_the_questions_and_back(reader: Talk) -> None:
    """The button leads to the first question; from then on it goes on where one was."""
    reader.say("find out our type")
    assert reader.question == "partners"
    reader.say("the police and a church")
    assert reader.answers["partners"] == ["police", "faith"]
    reader.press("topic", "mou")
    assert [button.label for button in reader.card.buttons][-1] == "Go on"


def test_words_below_an_answer_are_no_goal_by_chance(mind: Mind) -> None:
    """The question was there before; but nobody can be sure that this is the answer, so it is asked once more."""
    talk = Talk(mind).say("the police").press("topic", "mou").say("we have one in the drawer")
    assert talk.question == "goal"
    assert "goal" not in talk.answers
    assert "not sure" in talk.ask.note
    assert talk.say("cleaner streets").answers["goal"] == "cleaner streets"


def test_a_clear_answer_below_a_page_counts(mind: Mind) -> None:
    """The list was there before, and this is on it."""
    talk = Talk(mind).say("the police", "cleaner streets").press("topic", "mou").say("mostly")
    assert talk.answers["shared_goal"] == ["mostly"]


@pytest.mark.parametrize("text", ["thanks", "ok", "lol", "Thank you so much!", "👍"])
def test_thanks_out_of_the_blue_are_welcome(mind: Mind, text: str) -> None:
    """Nobody who says thank you gets thirteen kinds of partner to choose from."""
    talk = newcomer(mind, text)
    assert talk.card.id == "welcome"
    assert [button.label for button in talk.card.buttons] == ["All themes", "Find out our type"]


@pytest.mark.parametrize("text", ["the police and a church", "no", "hello", "we want cleaner streets"])
def test_whoever_says_something_first_is_greeted(mind: Mind, text: str) -> None:
    """It is no answer yet: the first question comes with the greeting."""
    talk = newcomer(mind, text)
    assert talk.question == "partners"
    assert "Hello" in talk.heard
    assert talk.conversation.answers == ()


@pytest.mark.parametrize("text", ["skip", "back", "I don't know", "done", "why"])
def test_commands_of_a_question_nobody_has_seen_show_it(reader: Talk, text: str) -> None:
    """They cannot mean it yet."""
    assert reader.say(text).question == "partners"
    assert reader.conversation.answers == ()


@pytest.mark.parametrize("at", ["partners", "goal", "shared_goal"])
def test_what_about_somebody_is_a_question_everywhere(mind: Mind, at: str) -> None:
    """Also in the midst of the interview, as the first thing said there."""
    talk = Talk(mind)
    talk.say(*("the police", "cleaner streets")[: ("partners", "goal", "shared_goal").index(at)])
    before = talk.answers
    talk.say("and what about the school?")
    assert (talk.card.id, talk.question, talk.answers) == ("topic:contact_school", at, before)


def test_a_question_in_the_interview_can_be_followed_up(mind: Mind) -> None:
    """The answer before is remembered until something else is answered; then "and the school" is a partner."""
    talk = Talk(mind).say("how do I reach the police?", "and the school?")
    assert (talk.card.id, talk.question) == ("topic:contact_school", "partners")
    talk.say("tell me more")
    assert talk.card.id == "more:contact_school"
    talk.say("the police", "back")
    assert talk.conversation.topic == ""
    assert talk.say("the school").answers["partners"] == ["education"]


def test_a_subject_alone_is_a_question_where_none_is_asked(mind: Mind) -> None:
    """One word is enough: police, school, money. Where partners are asked for, it is a partner."""
    assert newcomer(mind, "school").card.id == "topic:contact_school"
    assert newcomer(mind, "/ask money").card.id == "topic:funding"
    assert Talk(mind).say("school?").answers["partners"] == ["education"]


def test_thanks_below_the_result_show_it_in_short(mind: Mind) -> None:
    """No page about thanks, and not the whole result again."""
    talk = Talk(mind).say("nobody yet", "cleaner streets", "the council")
    assert talk.card.id == "verdict"
    talk.say("thanks")
    assert [type(one).__name__ for one in talk.outcome.replies] == ["Say", "Card"]
    assert talk.card.sections == ()
    assert talk.say("what?").card.id == "verdict"


def test_old_conversations_are_read_as_before(mind: Mind) -> None:
    """One that was stored before this was kept, at its first question, takes an answer."""
    old = Conversation("c", mind.book.start, turn=1)
    assert mind.react(old, Said("the police")).conversation.answers[0].options == ("police",)


def test_who_has_stopped_may_still_ask(mind: Mind) -> None:
    """Their question is answered, and what they ask on is no answer to a question they were never asked."""
    talk = newcomer(mind).press("topic", "contact_police").say("bye", "how do I reach the council?")
    assert talk.card.id == "topic:contact_council"
    talk.say("and the school?")
    assert (talk.card.id, talk.answers) == ("topic:contact_school", {})


def test_a_question_does_not_take_up_what_was_stopped(mind: Mind) -> None:
    """Who has answered something and stopped gets the answer to a question; anything else goes on where they were."""
    talk = Talk(mind).say("the police", "stop", "what is an MoU?")
    assert talk.card.id == "topic:mou"
    talk = Talk(mind).say("the police", "stop", "cleaner streets")
    assert talk.question == "goal"
