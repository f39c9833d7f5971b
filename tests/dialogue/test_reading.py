"""What typed texts are understood to mean: commands, numbers, labels, lists."""

import random
import string

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
    ("adult social care, thats all", "social_care"),
    ("no one at all", "nobody"),
    ("all the schools in town", "education"),
    ("pc from the local station and our vicar", "police faith"),
    ("the local station and the vicar", "faith"),
    ("Sue, Dave and Karen from the council", "council"),
    ("PCSO Smith + Cllr Jones + Rev. Green", "police council faith"),
    ("the council, the police used to come but not any more", "council"),
    ("nobody yet but hopefully the council", "nobody"),
    ("the W.I. and the N.H.S.", "health charity"),
    ("we haven't found any partners", "nobody"),
    ("the church council", "faith"),
    ("the school council", "education"),
    ("me and the headteacher", "education"),
    ("our PC, he's called Dave", "police"),
    ("everyone but the council", ALL.replace("council ", "")),
    ("the polise, a chirch and a docter", "police health faith"),
    ("the government", "other_public"),
]

UNCLEAR = [
    ("partners", "not the police"),
    ("partners", "a museum"),
    ("partners", "PCC"),
    ("partners", "🙂"),
    ("partners", "0"),
    ("partners", "99"),
    ("partners", "Mrs Baker"),
    ("partners", "friends of mine"),
    ("partners", "loads"),
    ("partners", "careful people with cars in a storm"),
    ("breadth", "it's about people"),
    ("span", "for the kids"),
    ("span", "i am 74 years old"),
    ("span", "every two weeks"),
    ("contract_terms", "it's in the cupboard"),
    ("contract_terms", "£4000"),
    ("contract_terms", "which paper"),
    ("could_refuse", "nobody has ever refused"),
    ("could_refuse", "would we say no? who would say no to that"),
    ("could_refuse", "is it a choice"),
    ("shared_goal", "the same thing as what"),
    ("shared_goal", "we work hard"),
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
    # What stands behind a "not" means the opposite, with an apostrophe or without.
    ("could_refuse", "we dont have to do it", "yes"),
    ("could_refuse", "we don’t have to do it", "yes"),
    ("could_refuse", "no one is forcing us", "yes"),
    ("could_refuse", "it isnt compulsory", "yes"),
    ("could_refuse", "nothing stops us from saying no", "yes"),
    ("could_refuse", "it is not voluntary", "no"),
    ("could_refuse", "we werent given a choice", "no"),
    ("origin", "it didn't just happen, we planned it", "planned"),
    ("origin", "nobody had a plan", "grew"),
    ("shared_goal", "we don't want the same thing", "separate"),
    # A yes or a no, at either end.
    ("could_refuse", "Naturally. We joined of our own accord.", "yes"),
    ("could_refuse", "I suppose so, yes", "yes"),
    ("could_refuse", "i wish, but no", "no"),
    ("could_refuse", "no we have to take part", "no"),
    ("could_refuse", "there's no obligation", "yes"),
    ("could_refuse", "yes and no", "not_sure"),
    ("could_refuse", "👍", "yes"),
    ("contract_terms", "not really, just says how much", "no"),
    ("contract_terms", "we get paid per person so yes", "yes"),
    ("written", "no", "nothing"),
    # Both.
    ("origin", "the first part we planned, the rest came by itself", "both"),
    ("written", "minutes and an MoU", "agreement"),
    ("shared_goal", "yes but not on every detail", "mostly"),
    # Lengths of time.
    ("span", "it should be wrapped up within the year", "up_to_a_year"),
    ("span", "for 8 month only", "up_to_a_year"),
    ("span", "two and a half years", "open_ended"),
    ("span", "more than a year", "open_ended"),
    ("span", "till we drop", "open_ended"),
    ("span", "we do it once and finish", "one_off"),
    ("written", "we have an m.o.u.", "agreement"),
    ("written", "someone takes minutes", "notes"),
    ("breadth", "noise, rubbish and parking", "few_linked"),
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


def test_of_the_longest_text_the_beginning_is_read(adviser: Adviser) -> None:
    """However much follows, and whatever it is, an answer at its start is understood."""
    questions = adviser.questions
    rng = random.Random(1)
    nonsense = " ".join("".join(rng.choices(string.ascii_lowercase, k=rng.randint(1, 12))) for _ in range(800))[:4000]
    for name in ("partners", "working", "written"):
        for text in (nonsense, "a b " * 1000, "hit " * 1000):
            adviser.engine.reader.read(questions[name], questions[name].options, text, ())
    found = adviser.engine.reader.read(questions["partners"], questions["partners"].options, f"the police. {'blah ' * 900}", ())
    assert "police" in found.options
