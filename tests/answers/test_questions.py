"""Quick questions: the right answer first, and none for a question that is not ours. Measured on questions that nobody wrote into the answers."""

import pytest

from bot.answers.finder import Finder
from bot.checks import repeats
from bot.model.book import Book
from bot.workbench.asked import AskedTrial
from bot.workbench.asking import Asking
from bot.workbench.report import report
from bot.workbench.trial import Trial
from tests.books import book_of

DIALOGUE = """\
format: 1
dialogue: base
title: The base
questions:
  tea:
    ask: Tea?
    choose one: {yes: Yes, no: No}
"""
ANSWERS = """\
format: 1
answers: Village hall
topics:
  biscuits:
    title: Who brings the biscuits?
    asked: [who brings the biscuits, do we need biscuits at a meeting, are there rules for snacks]
    answer: Take turns.
    words: [biscuit]
  chairs:
    title: Where are the chairs?
    asked: [where do we keep the chairs, who puts the chairs out, how many chairs are there]
    answer: In the cupboard.
    parent: biscuits
"""
NOT_OURS = """\
format: 1
not ours: Other things
themes:
  shopping:
    about: Shopping
    asked: [which biscuits are cheapest, how do i bake biscuits, chairs for sale, buy a sofa]
    words: [bake, cheap, sofa]
"""


@pytest.fixture(scope="module")
def small() -> Book:
    """A book with two quick answers and one theme that is not ours."""
    return book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=NOT_OURS)


@pytest.fixture(scope="module")
def asking(shipped: Book) -> Asking:
    """The quick answers of the shipped book."""
    return Asking(shipped)


@pytest.fixture(scope="module")
def measured(shipped: Book, asking: Asking) -> AskedTrial:
    """All questions and alarms of the shipped tests, asked once."""
    trial = AskedTrial()
    for file in shipped.tests:
        for one in file.questions:
            trial.count(one, asking.topic_of(one.text), shipped)
        for alarm in file.alarms:
            trial.count_alarm(alarm, asking.danger.in_text(alarm.text))
    return trial


def test_there_are_enough_questions(measured: AskedTrial) -> None:
    """The shipped tests ask at least three hundred questions with an answer and a hundred and twenty without; alarms sixty of each kind."""
    assert measured.ours.clear >= 300
    assert measured.others.clear >= 120
    assert min(measured.danger.clear, measured.harmless.clear) >= 60


def test_nine_in_ten_questions_get_their_answer(shipped: Book, asking: Asking) -> None:
    """At least nine in ten questions get the right answer first, and few a wrong one; of those in odd voices, four in five."""
    for odd, right, wrong in ((False, 92, 4), (True, 80, 12)):
        trial = AskedTrial()
        for file in shipped.tests:
            for one in file.questions if file.place.file.endswith("hard.yaml") == odd else ():
                trial.count(one, asking.topic_of(one.text), shipped)
        assert trial.ours.right_share >= right, trial.mistaken
        assert trial.ours.wrong_share <= wrong, trial.mistaken


def test_questions_that_are_not_ours_are_refused(measured: AskedTrial) -> None:
    """A question about council tax, a school place or a dance partner gets no answer: the wrong one would be worse than none."""
    assert measured.others.right_share >= 95, measured.mistaken


def test_danger_is_seen_and_the_work_is_no_danger(measured: AskedTrial) -> None:
    """Nearly every message about danger raises the alarm, and talk that only sounds like it does not."""
    assert measured.danger.right_share >= 95, measured.alarms_mistaken
    assert measured.harmless.wrong_share <= 1, measured.alarms_mistaken


def test_every_way_of_asking_gets_its_own_answer(shipped: Book, asking: Asking) -> None:
    """What a coordinator writes below `asked` is found, word for word."""
    wrong = [(text, topic.id) for topic in shipped.topics for text in topic.asked if asking.finder.find(text).topic != topic]
    assert wrong == []


def test_every_question_that_is_not_ours_is_refused(shipped: Book, asking: Asking) -> None:
    """What a coordinator writes into not-ours.yaml gets no answer, and nothing near it is offered."""
    texts = [text for theme in shipped.not_ours for text in theme.asked]
    found = [asking.finder.find(text) for text in texts]
    assert [one for one in found if one.topic is not None or one.near] == []


def test_the_subject_counts_more_than_the_way_of_asking(small: Book) -> None:
    """A new wording finds its answer; our noun in a question about something else does not."""
    finder = Finder(small)
    found = finder.find("who must bring biscuits to the meeting")
    assert found.topic is not None
    assert found.topic.id == "biscuits"
    assert finder.find("how do i bake cheap biscuits").topic is None


@pytest.mark.parametrize("text", ["", "?", "😀" * 4096, "partner " * 1000, "a" * 4096, "\u202e\x00", "the of and"], ids=range(7))
def test_any_text_can_be_asked(asking: Asking, text: str) -> None:
    """However odd a question, there is an outcome."""
    found = asking.finder.find(text)
    assert 0 <= found.score <= 1


def test_the_same_book_gives_the_same_answers(small: Book) -> None:
    """What is answered does not depend on luck: learned twice, the scores are the same."""
    texts = ["where would the chairs be", "biscuits please", "sofa"]
    assert [Finder(small).find(text) for text in texts] == [Finder(small).find(text) for text in texts]


def test_a_book_without_quick_answers_answers_nothing() -> None:
    """A folder with only a dialogue has no answers, and does not fail."""
    assert Finder(book_of(base=DIALOGUE)).find("where are the chairs").topic is None


def test_a_question_cannot_be_ours_and_not_ours() -> None:
    """The same wording under an answer and under a theme is found (D313), and a test copied from the answers as well (D314)."""
    theme = NOT_OURS.replace("buy a sofa", "who brings the biscuits")
    tests = "format: 1\ntests: Ours\nquestions:\n  chairs: [who puts the chairs out]\n  biscuits or chairs: [what about snacks]\n"
    found = list(repeats.find(book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=theme, ours=tests)))
    assert [one.code for one in found] == ["D313", "D314"]


MORE = """\
format: 1
more ways to ask: Chairs
topics:
  chairs: |
    is there: anything to "sit" on?

    Who brings the biscuits?
"""


def test_more_ways_to_ask_may_stand_in_a_file_of_their_own() -> None:
    """They count like those beside the answer; a phrasing that is under two answers is found where it stands."""
    book = book_of(base=DIALOGUE, hall=ANSWERS, more=MORE)
    chairs = next(one for one in book.topics if one.id == "chairs")
    assert chairs.all_asked[-2:] == ('is there: anything to "sit" on?', "Who brings the biscuits?")
    assert Finder(book).find("is there anything to sit on?").topic == chairs
    (found,) = repeats.find(book)
    assert (found.code, str(found.place)) == ("D313", "dialogues/more.yaml:7:5")


def test_the_report_says_how_good_the_answers_are(small: Book) -> None:
    """The report of `test` gives what was right, refused and wrong, danger and false alarms, and where each mistake stands.

    A child of the right answer is right as well.
    """
    tests = (
        "format: 1\ntests: Ours\nquestions:\n  biscuits: [who puts the chairs out, nobody eats]\n  none: [buy a sofa]\n"
        "alarms:\n  danger: [he has a gun]\n  harmless: [a stab in the dark]\n"
    )
    book = book_of(base=DIALOGUE, hall=ANSWERS, elsewhere=NOT_OURS, ours=tests)
    trial = Trial()
    for one, found in zip(book.tests[0].questions, ["chairs", "", ""], strict=True):
        trial.asked.count(one, found, book)
    for alarm, raised in zip(book.tests[0].alarms, [False, False], strict=True):
        trial.asked.count_alarm(alarm, raised)
    said = report(trial, book)
    for line in (
        "2 of them are ours:\n     50.0 %  right at the first place\n     50.0 %  refused\n      0.0 %  wrong",
        "1 of them are not ours:\n    100.0 %  refused\n      0.0 %  answered wrongly",
        "precision 100.0 %: so many of the answers given were right",
        "recall 50.0 %: so many of our questions",
        "out-of-scope rejection 100.0 %: so many of the questions that are not ours",
        "0.0 %  seen\n    100.0 %  missed",
        "0.0 %  false alarms",
        "dialogues/ours.yaml:4:39  “nobody eats” belongs to biscuits; was refused",
        "dialogues/ours.yaml:7:12  “he has a gun” means danger and was missed",
    ):
        assert line in said
    assert said.endswith("\n\nNo goals are set; 2 mistakes, listed above.")
