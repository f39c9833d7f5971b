"""What typed texts are understood to mean: commands, numbers, labels, lists."""

import pytest

from bot.model.book import Book
from bot.workbench.advise import Adviser

ALL = "police health education social_care council other_public charity faith neighbourhood business funder community"

PARTNERS = [
    ("the police, two churches and Sue from the council", "police council faith"),
    ("polcie, churhc & a couple of shcools", "police education faith"),
    ("everyone except the police and the church", ALL.replace("police ", "").replace("faith ", "")),
    ("police and health, not the church", "police health"),
    ("POLICE!!! 👮 + NHS", "police health"),
    ("church school", "education"),
    ("school nurse", "health"),
    ("friends of the park", "neighbourhood"),
    ("1, 3 and 8", "police education faith"),
    ("a solicitor and the credit union", "charity business"),
    ("specsavers", "business"),
    ("all of them", ALL),
    ("nobody", "nobody"),
    ("just us", "nobody"),
    ("other public", "other_public"),
    ("police police police", "police"),
]

UNCLEAR = [
    ("partners", "not the police"),
    ("partners", "a museum"),
    ("partners", "PCC"),
    ("partners", "🙂"),
    ("partners", "0"),
    ("partners", "99"),
    ("working", "stuff"),
    ("working", "police"),
    ("span", "every tuesday"),
    ("written", "yes"),
]

ONE = [
    ("span", "3 years ongoing", "open_ended"),
    ("span", "18 months", "open_ended"),
    ("span", "a fortnight", "one_off"),
    ("span", "six months", "up_to_a_year"),
    ("span", "3", "open_ended"),
    ("span", "the last one", "not_sure"),
    ("span", "dunno", "not_sure"),
    ("working", "we meet once a month and swap leaflets", "swap_news"),
    ("working", "the council pays us to run it", "paid_service"),
    ("working", "Nothing yet.", "nothing_yet"),
    ("working", "we used to just chat, now we run the club together", "joint_project"),
    ("could_refuse", "nope", "no"),
    ("shared_goal", "yes", "agreed"),
    ("written", "MoU", "agreement"),
    ("impetus", "local_need", "local_need"),
    ("tie_live", "yes", "live"),
    ("tie_project_problem", "a table", "table"),
]


@pytest.fixture(scope="module")
def adviser(shipped: Book) -> Adviser:
    """Reads typed answers exactly as the chat does."""
    return Adviser(shipped)


@pytest.mark.parametrize(("text", "options"), PARTNERS)
def test_a_list_of_partners_is_understood(adviser: Adviser, text: str, options: str) -> None:
    """Names, several at once, slips, negation, everyone except, numbers, capitals and emoji."""
    assert " ".join(adviser.understand({"partners": text})["partners"].options) == options


@pytest.mark.parametrize(("question", "text", "option"), ONE)
def test_one_answer_is_understood(adviser: Adviser, question: str, text: str, option: str) -> None:
    """Lengths of time, sentences, numbers, ids, yes and no, and not knowing."""
    assert adviser.understand({question: text})[question].options == (option,)


@pytest.mark.parametrize(("question", "text"), UNCLEAR)
def test_what_is_unclear_is_asked_again(adviser: Adviser, question: str, text: str) -> None:
    """No option is taken where a careful person could not tell."""
    assert adviser.understand({question: text})[question].options == ()


def test_a_word_of_two_partners_asks_which(adviser: Adviser) -> None:
    """A museum may be the council's, a charity's or the state's: all are offered."""
    assert set(adviser.understand({"partners": "a museum"})["partners"].maybe) >= {"council", "charity"}


def test_two_things_in_one_sentence_are_both_taken(adviser: Adviser) -> None:
    """Two halves of a sentence that each say something clearly."""
    text = "we keep each other posted with a newsletter, and once a year we organise a carnival together"
    assert adviser.understand({"working": text})["working"].options == ("swap_news", "joint_project")


COMMANDS = [
    ("go back", "back"),
    ("can we go back please", "back"),
    ("strat again", "new"),
    ("Start again!", "new"),
    ("i dont know", "unsure"),
    ("I don’t know", "unsure"),
    ("skip this one", "skip"),
    ("why do you ask?", "why"),
    ("that's all", "done"),
    ("what can you do", "help"),
    ("the back of the hall", ""),
    ("we start in spring", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "command"), COMMANDS)
def test_commands_are_known_however_they_are_typed(adviser: Adviser, text: str, command: str) -> None:
    """Capitals, punctuation, polite words and a slip do not matter; a sentence that only holds the word is none."""
    assert adviser.engine.reader.command(text, free_text=False) == command


@pytest.mark.parametrize("text", ["later", "enough", "data protection", "hello", "done"])
def test_free_text_is_not_taken_for_a_command(adviser: Adviser, text: str) -> None:
    """Where people write in their own words, only the plainest commands count."""
    assert adviser.engine.reader.command(text, free_text=True) == ""
