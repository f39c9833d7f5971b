"""A group that answers in a sentence: who suggests one, who says which it is, and what is never taken for one."""

from pathlib import Path

import pytest

from bot.turn.mind import Mind
from tests.telegram.answering import BACK, NEXT, SKIP, asked, board, boards, conversation, data_of, kept, labels, press, reply, together
from tests.telegram.gathering import Gathering

pytestmark = pytest.mark.asyncio

CHATTER = (
    "Bob what do you think?",
    "Cat, can you live with that?",
    "ok",
    "thanks",
    "lol",
    "👍",
    "yes",
    "no",
    "great idea",
    "haha",
    "hello",
    "…",
    "nice one",
)
QUESTIONS = ("shall we say less litter?", "what?", "what is a goal?", "how about less litter?", "what do you think", "really?? 😀")


async def to_the_goal(made: Gathering, leader: str) -> None:
    """They are asked what they want to make better."""
    await press(made, leader, "Police", NEXT)
    assert await asked(made) == "goal"


async def answers(made: Gathering) -> list[str]:
    """What has been answered so far."""
    return [one.text or "+".join(one.options) or one.how for one in (await conversation(made)).answers]


async def test_a_sentence_of_whoever_leads_is_asked_about_first(mind: Mind, tmp_path: Path) -> None:
    """The board shows it; it counts when they press Yes."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Bob", "Safer streets for all of us")
        assert await answers(made) == ["police"]
        assert "Goal: “Safer streets for all of us”\nIs that right?" in board(made).text
        assert labels(made)[:2] == ["Yes", "Write it again"]
        await press(made, "Bob", "Yes")
        assert await answers(made) == ["police", "Safer streets for all of us"]
        assert await asked(made) == "shared_goal"


@pytest.mark.parametrize("text", CHATTER)
async def test_talk_is_not_taken_for_the_goal_and_gets_no_answer(text: str, mind: Mind, tmp_path: Path) -> None:
    """Not even of whoever leads: they thank one another here."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        before = [one.text for one in made.messages()]
        for name in ("Bob", "Cat"):
            await reply(made, name, text)
        assert [one.text for one in made.messages()] == before
        assert await asked(made) == "goal"


@pytest.mark.parametrize("text", QUESTIONS)
async def test_a_question_is_not_taken_for_the_goal_and_hears_why(text: str, mind: Mind, tmp_path: Path) -> None:
    """With an example of what would be taken."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Bob", text)
        assert "That is a question, so I have not put it down." in made.said()
        assert "fewer fights outside the shops" in made.said()
        assert await answers(made) == ["police"]
        running = await kept(made)
        assert running is not None
        assert running.suggestions == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I dont know", "press Skip"), ("not sure", "press Skip"), ("can you explain this", "I only repeat your words"), ("why", "I only repeat your words"),
        ("litter", "a few more words"),
    ],
)  # fmt: skip
async def test_whoever_is_stuck_gets_an_answer(text: str, said: str, mind: Mind, tmp_path: Path) -> None:
    """Whoever does not know, wants to know why, or writes too little."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Bob", text)
        assert said in made.said()
        assert await answers(made) == ["police"]


async def test_anybody_can_suggest_and_whoever_leads_picks(mind: Mind, tmp_path: Path) -> None:
    """Cat and Dan suggest; only Bob takes one of them."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Cat", "Less litter in the park")
        assert "Goal: “Less litter in the park”" in board(made).text
        assert "Only whoever leads" in await press(made, "Cat", "Yes")
        await reply(made, "Dan", "A bench at every bus stop")
        assert labels(made)[:3] == ["Take 1", "Take 2", "Write it again"]
        assert "1. “Less litter in the park”\n2. “A bench at every bus stop”" in board(made).text
        assert "Only whoever leads" in await press(made, "Dan", "Take 2")
        await press(made, "Bob", "Take 2")
        assert await answers(made) == ["police", "A bench at every bus stop"]


async def test_a_person_has_one_suggestion_and_the_last_three_are_shown(mind: Mind, tmp_path: Path) -> None:
    """Who writes again has changed their mind; the oldest makes room."""
    async with together(mind, tmp_path, 5, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        for name, text in (
            ("Cat", "Less litter"),
            ("Dan", "More trees"),
            ("Cat", "Less noise"),
            ("Eve", "Safer roads"),
            ("Ann", "Warm homes"),
        ):
            await reply(made, name, text)
        running = await kept(made)
        assert running is not None
        assert [one.text for one in running.suggestions] == ["Less noise", "Safer roads", "Warm homes"]
        assert not any(str(person.id) in str(running.to_json()) for person in made.people.values())


async def test_write_it_again_drops_what_was_suggested(mind: Mind, tmp_path: Path) -> None:
    """Only what whoever leads has seen: a button of before a new suggestion drops nothing, and takes nothing else."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Cat", "Less litter")
        drop = data_of(board(made), "Write it again")
        await reply(made, "Dan", "More trees")
        late = await made.member("Bob").forge(board(made), drop)
        await made.settled()
        assert late.toast is not None
        assert "it has changed" in late.toast.text
        take = data_of(board(made), "Take 1")
        await press(made, "Bob", "Write it again")
        assert "Talk about it here" in board(made).text
        late = await made.member("Bob").forge(board(made), take)
        await made.settled()
        assert late.toast is not None
        assert "it has changed" in late.toast.text
        assert await answers(made) == ["police"]


@pytest.mark.parametrize(("word", "then"), [("yes", "shared_goal"), ("👍", "shared_goal"), ("no", "goal")])
async def test_whoever_leads_may_type_yes_or_no_to_one_suggestion(word: str, then: str, mind: Mind, tmp_path: Path) -> None:
    """The same from somebody else is talk."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Cat", "Less litter")
        await reply(made, "Cat", word)
        assert "Less litter" in board(made).text
        await reply(made, "Bob", word)
        assert await asked(made) == then
        assert ("Less litter" in board(made).text) == (then != "goal")


async def test_a_suggestion_brings_a_board_far_above_to_the_bottom(mind: Mind, tmp_path: Path) -> None:
    """Or nobody would see it change."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Cat", "Less litter")
        old = board(made)
        for _ in range(7):
            await made.writes("Cat", "well, let me think")
        await made.member("Dan").send("More trees", reply_to=old)
        await made.settled()
        assert made.messages()[-1].id == board(made).id != old.id
        assert "2. “More trees”" in board(made).text
        assert len(boards(made)) == 1


async def test_danger_in_a_reply_is_answered_and_not_kept(mind: Mind, tmp_path: Path) -> None:
    """The short safety message, and the question stays open."""
    async with together(mind, tmp_path) as made:
        await to_the_goal(made, "Ann")
        await reply(made, "Ann", "one of the children told me that her uncle hits her")
        assert "999" in made.said()
        assert "uncle" not in made.transcript().replace("told me that her uncle hits her", "")
        assert await asked(made) == "goal"


async def test_a_quick_question_in_a_reply_is_answered(mind: Mind, tmp_path: Path) -> None:
    """And a typed "skip" is the button, for whoever leads."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Bob", "what is an MoU?")
        assert await asked(made) == "goal"
        assert len([one for one in made.messages() if "MoU" in one.text]) == 1
        await reply(made, "Cat", "skip")
        assert "Only whoever leads" in made.said()
        await reply(made, "Bob", "skip")
        assert await asked(made) == "shared_goal"


async def test_nobody_changes_by_a_word_what_was_voted_for(mind: Mind, tmp_path: Path) -> None:
    """In private "No, I meant the council" changes the answer before."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Bob", "no sorry, I meant the council")
        assert await answers(made) == ["police"]


async def test_going_back_to_the_sentence_shows_it(mind: Mind, tmp_path: Path) -> None:
    """It can be kept, or another one suggested."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Cat", "Less litter")
        await press(made, "Bob", "Yes", BACK)
        assert "Before, you said: Less litter." in board(made).text
        await reply(made, "Cat", "More trees")
        assert labels(made)[:4] == ["Yes", "Write it again", "Keep it", SKIP]
        await press(made, "Bob", "Yes")
        assert await answers(made) == ["police", "More trees"]


async def test_who_is_forgotten_has_suggested_nothing(mind: Mind, tmp_path: Path) -> None:
    """Their sentence goes from the board."""
    async with together(mind, tmp_path, starter="Bob") as made:
        await to_the_goal(made, "Bob")
        await reply(made, "Cat", "Less litter")
        await made.types("Cat", "/start")
        await made.types("Cat", "/forget")
        await made.taps("Cat", "Yes, erase it")
        assert "litter" not in board(made).text
        assert "litter" not in str([one.body for one in await made.records("together")])
