"""Thanks, nods, "what?" and other small things that people type are no answers, and are told from what only looks like them."""

import pytest

from bot.turn.mind import Mind
from tests.dialogue.talk import Talk

NODS = [
    "no",
    "yes",
    "thanks",
    "ok",
    "lol",
    "hm",
    "👍",
    "😀😀",
    "Ok thanks!",
    "thank you very much love",
    "haha",
    "cool, thanks for the help",
    "hello",
]


@pytest.mark.parametrize("text", NODS)
def test_a_nod_is_nobodys_goal(mind: Mind, text: str) -> None:
    """Where people answer in their own words, thanks and nods are answered kindly, and the question stays."""
    talk = Talk(mind).say("the police and a church", text)
    assert talk.question == "goal"
    assert "goal" not in talk.answers
    assert ("welcome" if "thank" in text.lower() else "Question 2") in talk.heard


@pytest.mark.parametrize(
    "text", ["no more litter", "thanks to the council we have a new park, keep it clean", "ok lighting", "👍 clean streets"]
)
def test_a_goal_that_begins_like_a_nod_is_a_goal(mind: Mind, text: str) -> None:
    """Only a text of nothing else is a nod."""
    assert Talk(mind).say("the police and a church", text).answers["goal"] == text


@pytest.mark.parametrize("text", ["thanks", "ok thanks", "cheers love"])
def test_thanks_at_a_list_are_thanks(mind: Mind, text: str) -> None:
    """Nobody is asked which kinds of partner "ok thanks" are."""
    talk = Talk(mind).say(text)
    assert talk.ask.note == "You are welcome."
    assert not talk.answers


@pytest.mark.parametrize(("text", "answer"), [("yes thanks", ["agreed"]), ("no, thank you", ["separate"])])
def test_a_polite_yes_or_no_is_an_answer(mind: Mind, text: str, answer: list[str]) -> None:
    """At a question that takes a yes or a no, the thanks beside it change nothing."""
    assert Talk(mind).say("the police", "cleaner streets", text).answers["shared_goal"] == answer


def test_thanks_after_a_stop_begin_nothing(mind: Mind) -> None:
    """Somebody stops, and says thank you: the questions do not come again by themselves."""
    talk = Talk(mind).say("the police", "stop", "ok thanks bye")
    assert talk.card.id == "stopped"
    assert talk.say("go on").question == "goal"


@pytest.mark.parametrize("text", ["how?", "why not?", "what?", "?", "who"])
def test_a_question_of_one_word_is_about_the_question_before_one(mind: Mind, text: str) -> None:
    """It is explained, and nothing is taken for an answer, or for one of a hundred topics by chance."""
    talk = Talk(mind).say("the police", text)
    assert talk.question == "goal"
    assert talk.ask.note
    assert len(talk.outcome.replies) == 1


ENGLISH = ["wot r u 4", "howw doo wee reech polise", "plz hlp wiv da fundin", "hw cn we gt ppl 2 cm", "who is Jak Kowalski?", "xyzzy plugh foo",
           "wat iz a mmoo of undrstandng", "our hai karate club, est 1990", "Sian's café at Porth", "in Polish please", "zorgle"]  # fmt: skip
OTHER = ["co to jest partnerstwo?", "gdzie jest policja", "¿cómo contacto con la escuela?", "ce este un parteneriat", "comment contacter la mairie",
         "was ist eine Partnerschaft", "partnership kya hai", "ما هي الشراكة", "什么是多机构合作", "Що таке партнерство?", "o que é uma parceria"]  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_slips_is_english(mind: Mind, text: str) -> None:
    """However it is spelled."""
    assert not mind.asked.remarks.foreign(text, mind.asked.finder.known(text))


@pytest.mark.parametrize("text", OTHER)
def test_another_language_is_seen(mind: Mind, text: str) -> None:
    """By its letters, or by small words that English does not have."""
    assert mind.asked.remarks.foreign(text, mind.asked.finder.known(text))


@pytest.mark.parametrize(
    ("text", "agrees"),
    [("yes", True), ("Yep, that is right", True), ("👍", True), ("ok yes", True), ("no", False), ("nope 👎", False), ("yes and no", None), ("ok", None), ("less litter", None)],
)  # fmt: skip
def test_a_plain_yes_or_no_is_told_apart(mind: Mind, text: str, agrees: bool | None) -> None:
    """Whoever nods has not said which."""
    assert mind.asked.remarks.agrees(text) is agrees


BACK = ["what?", "how about less litter?", "really?!", "what is a goal", "which one 🤔?", "what do you all think"]
SAID = ["what we all want is less litter", "do more for young people", "Can-do spirit on our estate", "less litter"]


@pytest.mark.parametrize(("text", "asks"), [*((one, True) for one in BACK), *((one, False) for one in SAID)])
def test_who_asks_back_says_nothing_yet(mind: Mind, text: str, asks: bool) -> None:
    """With a question mark, or with a few words that begin like a question."""
    assert mind.asked.remarks.asks_back(text) is asks


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("I agree with Bob", True),
        ("same as Bob", True),
        ("that's a good one Bob", True),
        ("sorry I'm late, what are we doing", True),
        ("@Cat nice, go for that one", True),
        ("I'd go with the second", True),
        ("second one", True),
        ("can't hear you all lol", True),
        ("so my mum is poorly and I must go", True),
        ("less litter in the park", False),
        ("the first thing is safer streets", False),
        ("shorter waiting times at the surgery", False),
        ("I would like the kids to have somewhere to go", False),
    ],
)
def test_talk_among_people_is_no_sentence_for_the_group(mind: Mind, text: str, talk: bool) -> None:
    """What members say to one another is not put down as what they all want."""
    assert mind.engine.reader.remarks.is_talk(text) == talk


def test_a_row_of_question_marks_is_looked_at_once(mind: Mind) -> None:
    """However many there are: what a text ends with is looked for at its end."""
    assert not mind.engine.reader.remarks.asks_back("some words and so on " + "?" * 4000 + "x")
    assert mind.engine.reader.remarks.asks_back("some words and so on " + "?" * 4000)
