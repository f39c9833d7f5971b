"""What members of a group write below a message of the bot, or about it: asked on, or said to each other."""

import json
from typing import Any

import pytest

from bot.telegram.inbound import read_update
from bot.turn.mind import Mind
from bot.turn.post import Outgoing, Unavailable
from bot.turn.quick import Quick
from tests.telegram.phone import Message, Phones
from tests.telegram.updates import BOT, in_group, ours

pytestmark = pytest.mark.asyncio
POLICE, MOU, MINUTES = "How do I reach the police?", "What is an MoU?", "Do we need minutes?"
BOARD = "How do you see your partnership?\n\nEach of you answers the same ten short questions."
TOGETHER = "Answering together\n\nQuestion 1 of about 9"


@pytest.fixture
def phones(mind: Mind) -> Phones:
    """Phones of people who have not written yet."""
    return Phones(mind)


async def below(phones: Phones, text: str, said: str = f"{POLICE}\nFind your neighbourhood officer.") -> list[Message]:
    """What comes of a reply to this message of ours."""
    return await phones.send(in_group(text=text, reply_to_message=ours(text=said)))


def labels(body: dict[str, Any]) -> list[str]:
    """The buttons of a message."""
    return [one["text"] for row in body.get("keys", []) for one in row]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("and what about the school?", "How do I reach a school?"),
        ("what about council", "How do I reach the council?"),
        ("and the mosque", "How do I reach a church or faith group?"),
        ("the fire brigade?", "How do I reach the fire service"),
        ("what about minutes?", MINUTES),
        ("ok and how do we say thank you", "How do we thank partners?"),
        ("/ask and the school", "How do I reach a school?"),
        ("what is an MoU", MOU),
    ],
)
async def test_asked_on_below_an_answer(phones: Phones, text: str, title: str) -> None:
    """The answer is of the kind of the one above, for whoever is asked about."""
    (body,) = await below(phones, text)
    assert title in body["text"]


@pytest.mark.parametrize(
    "text", ["what?", "can you explain that again", "I don't understand", "tell me more", "more", "what does that mean?"]
)
async def test_the_answer_comes_again_with_the_rest_of_it(phones: Phones, text: str) -> None:
    """Whoever has not understood gets no three chance topics."""
    (body,) = await below(phones, text)
    assert POLICE in body["text"]
    assert "Offer two dates" in body["text"]
    assert labels(body) == ["More in private"]


async def test_an_answer_that_has_no_rest_says_so(phones: Phones) -> None:
    """With what one may look at next."""
    (body,) = await below(phones, "more please", MINUTES)
    assert "all I can tell you" in body["text"]
    assert "More in private" not in labels(body)
    assert labels(body)


async def test_below_several_answers_the_last_is_meant(phones: Phones) -> None:
    """They stand in one message, each with its title."""
    (body,) = await below(phones, "what?", f"{POLICE}\nFind it.\n\n{MOU}\nA note.")
    assert MOU in body["text"]


@pytest.mark.parametrize("text", ["how", "why", "why not", "and then?", "what about us?", "who?", "how do I do that"])
async def test_a_bare_word_is_no_chance_topic(phones: Phones, text: str) -> None:
    """It is asked for in a few more words, with the topics of the message above."""
    (body,) = await below(phones, text)
    assert "a few more words" in body["text"]
    assert labels(body)[0] == POLICE
    (body,) = await phones.send(in_group(text=f"/ask {text}"))
    assert "a few more words" in body["text"]
    assert labels(body) == ["All themes"]


@pytest.mark.parametrize("said", [BOARD, TOGETHER, "What you see together\n\nMulti-agency working", "Your type: Networking"])
@pytest.mark.parametrize("text", ["what does this mean?", "I don't understand", "how?", "is that the zorgle frob?"])
async def test_below_a_board_there_is_one_line_and_the_way_into_private(phones: Phones, said: str, text: str) -> None:
    """Nobody gets a list of topics below the group's own question or result."""
    (body,) = await below(phones, text, said)
    assert body["text"] == "I can tell you more about this in private. Press the button."
    assert labels(body) == ["Talk with me in private"]


@pytest.mark.parametrize(
    "text",
    [
        "Cat can you do this?",
        "cat could you ask them?",
        "Bob, what do you think?",
        "@Cat_1 did you see this?",
        "shall we meet tuesday?",
        "can we meet on Friday instead?",
        "lets do that",
        "who is bringing the cakes tomorrow?",
        "thanks, very helpful",
        "ok",
        "no",
        "our police officer is lovely",
        "police",
    ],
)
async def test_what_members_say_to_each_other_is_left_alone(phones: Phones, text: str) -> None:
    """Also right below a message of the bot, and also as a question."""
    assert await below(phones, text) == []


@pytest.mark.parametrize(
    "text", ["can you say it in simple words", "Ok can you explain?", "hi bot, what is an MoU?", "helper can you explain"]
)
async def test_what_is_said_to_the_bot_is_answered(phones: Phones, text: str) -> None:
    """Though it begins in the same way."""
    assert len(await below(phones, text)) == 1


@pytest.mark.parametrize("text", ["@Cat_1 my uncle hits me every night", "Cat, he hits me every night, can you come?"])
async def test_danger_is_seen_whoever_it_is_said_to(phones: Phones, text: str) -> None:
    """It comes before everything."""
    (body,) = await below(phones, text)
    assert "999" in body["text"]


@pytest.mark.parametrize(("text", "answered"), [("I asked {} about MoU yesterday, it was good", 0), ("we love what {} says about MoUs", 0),
                                                ("hey {} how do we get the school involved", 1), ("so {} what is an MoU?", 1)])  # fmt: skip
async def test_its_name_in_a_statement_asks_nothing(phones: Phones, text: str, answered: int) -> None:
    """However much the statement is about one of its topics."""
    assert len(await phones.send(in_group(text=text.format(f"@{BOT}")))) == answered


@pytest.mark.parametrize("text", ["co to jest partnerstwo?", "¿cómo contacto con la escuela?", "ما هي الشراكة"])
async def test_another_language_is_told_kindly(phones: Phones, text: str) -> None:
    """One English word is enough; nothing is offered to the coordinators."""
    (body,) = await phones.send(in_group(text=f"/ask {text}"))
    assert "I only speak English so far" in body["text"]
    for word in ("police", "school", "money"):
        assert word in body["text"]
        assert "rather not guess" not in (await phones.send(in_group(text=f"/ask {word}")))[0]["text"]


async def test_ask_alone_answers_the_question_above(phones: Phones) -> None:
    """As the name of the bot alone does there; the answer stands below the question."""
    above = {"message_id": 4, "from": {"id": 8, "is_bot": False, "first_name": "Bob"}, "text": "do we need minutes?"}
    (body,) = await phones.send(in_group(text="/ask", reply_to_message=above))
    assert MINUTES in body["text"]
    assert body["reply"] == 4


def changed(text: str, **fields: Any) -> dict[str, Any]:
    """A message of the group is changed a minute after it was written."""
    return {"update_id": 1, "edited_message": {**in_group(text=text, **fields)["message"], "edit_date": 1_790_000_060}}


@pytest.mark.parametrize("before", ["/ask qqq zzz", "what is an MoU?", "/aks what is an MoU?"])
async def test_a_question_put_right_is_answered(phones: Phones, before: str) -> None:
    """If it had no answer yet; and then once."""
    assert MOU not in str(await phones.send(in_group(text=before)))
    (body,) = await phones.send(changed("/ask what is an MoU?"))
    assert MOU in body["text"]
    assert await phones.send(changed("/ask what is an MoU please?")) == []


async def test_a_question_that_was_answered_stays_answered(phones: Phones) -> None:
    """Whoever changes it afterwards asks again; other messages are another matter."""
    assert await phones.send(in_group(text="/ask what is an MoU?"))
    assert await phones.send(changed("/ask what is an SLA?")) == []
    assert await phones.send(changed("/ask what is an SLA?", message_id=6))


@pytest.mark.parametrize("words", ["/ask what is an MoU?", "/ask he beats me and says he will kill me"])
async def test_what_could_not_be_stored_at_first_is_answered_when_it_can(
    phones: Phones, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """The database is busy as a changed question is answered: nothing was said, so the next try says it; a danger above all."""
    finish = phones.store.finish

    async def busy(*_: Any) -> list[Outgoing]:
        raise Unavailable

    monkeypatch.setattr(phones.store, "finish", busy)
    with pytest.raises(Unavailable):
        await phones.take(json.dumps(changed(words)))
    monkeypatch.setattr(phones.store, "finish", finish)
    (incoming,) = await phones.store.waiting(0, 10)
    arrival = read_update(incoming.raw, BOT)
    assert arrival is not None
    (parcel,) = await phones.turner.take(incoming, arrival)
    assert parcel.body["do"] == "say"
    assert phones.turner.desk.quick.asked.total() == (1 if "MoU" in words else 0)


async def test_small_talk_is_no_question_however_long(mind: Mind) -> None:
    """Thanks with its name get one line."""
    quick = Quick(mind)
    for words in ("Thanks !", "thank you so much", "ok thanks bye"):
        assert quick.answer(words).kind == "talk"


async def test_answers_said_together_have_buttons_that_do_not_look_like_questions(phones: Phones) -> None:
    """Below an answer that was just read, its title on a button would look like asking again."""
    (body,) = await phones.send(in_group(text="/ask what is an MoU?"))
    assert [row[0]["text"] for row in body["joined"]["keys"]] == [f"More: {MOU}"]
