"""People correct what they just said, in their own words."""

import pytest

from bot.model.conversation import Conversation
from bot.turn.mind import Mind
from tests.dialogue.talk import Talk


def after(mind: Mind, *texts: str) -> Conversation:
    """The conversation after these typed texts."""
    return Talk(mind).say(*texts).conversation


def given(conversation: Conversation, question: str) -> str:
    """The options of an answer, in one line."""
    answer = conversation.answer_to(question)
    return " ".join(answer.options) or answer.text if answer else ""


@pytest.mark.parametrize("text", ["no sorry I meant the council", "Sorry, I meant: the council!", "scrap that, the council"])
def test_a_correction_is_about_the_question_before(mind: Mind, text: str) -> None:
    """The next question asks for the goal in own words; the correction is not taken for it."""
    conversation = after(mind, "the police", text)
    assert given(conversation, "partners") == "council"
    assert given(conversation, "goal") == ""


def test_what_was_forgotten_comes_to_the_answer_before(mind: Mind) -> None:
    """Somebody remembers one more partner."""
    conversation = after(mind, "the police and a church", "oh I forgot the school")
    assert set(given(conversation, "partners").split()) == {"police", "faith", "education"}


def test_a_correction_that_fits_the_question_at_hand_stays_there(mind: Mind) -> None:
    """Nobody can know which question "I meant" is about, but the options can."""
    conversation = after(mind, "the police", "less litter", "I meant yes, we all agreed")
    assert given(conversation, "goal") == "less litter"
    assert given(conversation, "shared_goal") == "agreed"


def test_a_text_can_be_corrected_too(mind: Mind) -> None:
    """The goal is written again."""
    conversation = after(mind, "the police", "less litter", "sorry I meant less noise")
    assert given(conversation, "goal") == "less noise"


def test_a_correction_of_nothing_is_an_ordinary_text(mind: Mind) -> None:
    """At the first question there is nothing to take back."""
    assert given(after(mind, "I meant the police"), "partners") == "police"
