"""Rounds when things go wrong: forged buttons, people who left, a silenced bot, two at the same moment, a restart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.pressing import buttons_of
from bot.turn import failpoint
from bot.turn.mind import Mind
from bot.turn.post import Record, Turned
from tests.telegram.gathering import DAY, NAMES, Gathering, gathering

pytestmark = pytest.mark.asyncio

SHOW = "Show the result"


@asynccontextmanager
async def a_round(mind: Mind, folder: Path, people: int = 5, **settings: Any) -> AsyncIterator[Gathering]:
    """A group in which Ann has started a round, and Ann, Bob and Cat have answered."""
    async with gathering(mind, folder, people, **settings) as made:
        await made.writes("Ann", "/round")
        for name in NAMES[:3]:
            await made.takes_part(name)
        yield made


async def settings_of(made: Gathering, **body: str) -> None:
    """The group's settings, as its administrators left them."""
    assert made.stage.store is not None
    lane = f"chat:{made.group.id}"
    await made.stage.store.receive([(-77, "{}")], 0.0)
    (waiting,) = await made.stage.store.waiting(0, 9)
    found = await made.records("group")
    record = found[0] if found else Record("group", lane, {}, lane)
    await made.stage.store.finish(waiting.id, Turned("", lane, records=[record._replace(body={**(record.body or {}), **body})]), 0.0)


async def toast(made: Gathering, name: str, data: str) -> str:
    """What a press says that no button of the board gives."""
    press = await made.member(name).forge(made.board(), data)
    await made.settled()
    assert press.toast is not None
    return press.toast.text


async def test_who_is_not_in_the_round_cannot_show_it(mind: Mind, tmp_path: Path) -> None:
    """Neither at once nor later; who took part can a day after the start, if the starter does not."""
    async with a_round(mind, tmp_path) as made:
        for name, says in (("Dan", "so can anyone who has answered"), ("Bob", "a day after the start")):
            press = await made.presses(name, SHOW)
            assert press.toast is not None
            assert says in press.toast.text
        await made.later(DAY + 1)
        assert "Anyone who has answered can show" in await toast(made, "Dan", buttons_of(made.board())[1]["callback_data"])
        await made.presses("Bob", SHOW)
        assert "What you see together" in made.said()


async def test_a_round_whose_starter_left_ends_well(mind: Mind, tmp_path: Path) -> None:
    """A day after it began, anyone who took part shows the result."""
    async with a_round(mind, tmp_path) as made:
        await made.member("Ann").leave()
        await made.later(DAY + 1)
        await made.presses("Cat", SHOW)
        assert "3 of you have answered" in made.said()


@pytest.mark.parametrize(
    "data", ["x:round:show:nonsense", "x:round:show:", "x:round:", "x:round:again:{id}", "x:round:rm:{id}", "x:round:again:{id}:x"]
)
async def test_a_forged_button_is_answered_kindly_and_does_nothing(mind: Mind, tmp_path: Path, data: str) -> None:
    """Whatever it carries."""
    async with gathering(mind, tmp_path, 2) as made:
        await made.writes("Ann", "/round")
        (before,) = await made.records()
        said = await toast(made, "Bob", data.format(id=before.id)) if "again" not in data else ""
        if "again" in data:
            await made.member("Bob").forge(made.board(), data.format(id=before.id))
            await made.settled()
        assert "do not know that round" in said or "again" in data
        assert len(await made.records()) == 1
        assert not (await made.records())[0].body["closed"]  # type: ignore[index]


async def test_the_round_of_another_group_cannot_be_shown(mind: Mind, tmp_path: Path) -> None:
    """A button that names it, pressed elsewhere, is not known there."""
    async with a_round(mind, tmp_path) as made:
        (there,) = await made.records()
        home, made.group = made.group, made.stage.world.group("Others", *made.people.values())
        made.group.join(made.stage.account)
        await made.writes("Ann", "/round")
        assert "do not know that round" in await toast(made, "Ann", f"x:round:show:{there.id}")
        assert "What you see" not in made.transcript()
        made.group = home
        assert "3 of you have" in made.board().text


@pytest.mark.parametrize("payload", ["r", "rnonsense", "r-_-", "r" + "0" * 63, "group", "gnonsense"])
async def test_a_forged_link_leads_somewhere_kind(mind: Mind, tmp_path: Path, payload: str) -> None:
    """The person is told, or just greeted, and can begin a project of their own."""
    async with gathering(mind, tmp_path, 1) as made:
        await made.people["Ann"].open_link(payload)
        await made.settled()
        assert "do not know that round" in made.hears("Ann") or "Who is working with you" in made.last("Ann").text
        assert ("do not know that round" in made.hears("Ann")) == payload.startswith("r")
        assert not (await made.conversation("Ann")).round


async def test_a_round_asked_for_in_private_belongs_into_a_group(mind: Mind, tmp_path: Path) -> None:
    """That is said, and the person's own conversation is where it was."""
    async with gathering(mind, tmp_path, 1) as made:
        await made.types("Ann", "/round")
        assert "in your group" in made.hears("Ann")
        assert "Who is working with you" in made.last("Ann").text


async def test_a_link_to_a_dialogue_leads_out_of_the_round(mind: Mind, tmp_path: Path) -> None:
    """It is about the person's own project; what is answered there counts for no round."""
    async with a_round(mind, tmp_path) as made:
        await made.opens("Dan")
        await made.people["Dan"].open_link("interview")
        await made.settled()
        assert not (await made.conversation("Dan")).round
        await made.answers("Dan")
        assert "3 of you have" in made.board().text


async def test_an_old_card_of_ones_own_project_answers_nothing_in_the_round(mind: Mind, tmp_path: Path) -> None:
    """Both ask the same questions, so a press below an older message could be about either."""
    async with gathering(mind, tmp_path, 2) as made:
        await made.people["Bob"].open_link()
        await made.settled()
        await made.people["Bob"].forge(made.card("Bob"), "o:partners:council:+")
        await made.settled()
        old = made.card("Bob")
        await made.writes("Ann", "/round")
        await made.opens("Bob")
        for data in ("o:partners:police:+", "a:done:partners"):
            await made.people["Bob"].forge(old, data)
            await made.settled()
        conversation = await made.conversation("Bob")
        assert (bool(conversation.round), conversation.ticked, conversation.answers) == (True, None, ())
        await made.people["Bob"].forge(made.card("Bob"), "o:partners:police:+")
        await made.settled()
        assert (await made.conversation("Bob")).ticked == ("police",)


DANGER = "a child told me her dad hits her"


async def test_danger_comes_before_rounds(mind: Mind, tmp_path: Path) -> None:
    """Also behind /round, in a group and in private, and when the round of the conversation is over."""
    async with a_round(mind, tmp_path) as made:
        await made.types("Dan", f"/round {DANGER}")
        assert "999" in made.hears("Dan")
        await made.presses("Ann", SHOW)
        await made.types("Bob", DANGER)
        assert "999" in made.hears("Bob")
        await made.writes("Cat", f"/round {DANGER}")
        assert "999" in made.said()


async def test_a_silenced_bot_loses_nothing(mind: Mind, tmp_path: Path) -> None:
    """People go on answering; nothing is tried over and over; when the bot may write again, the board comes with the next /round."""
    async with a_round(mind, tmp_path) as made:
        await made.member("Ann").silence(made.stage.account)
        await made.settled()
        before = len(made.stage.world.calls.made)
        await made.takes_part("Dan")
        tried = [one for one in made.stage.world.calls.made[before:] if one.chat == made.group.id]
        assert len(tried) <= 2
        await made.member("Ann").demote(made.stage.account)
        await made.settled()
        await made.writes("Ann", "/round")
        assert "4 of you have" in made.board().text
        await made.presses("Ann", SHOW)
        assert "What you see together" in made.said()


async def test_a_bot_that_was_removed_finds_the_round_again(mind: Mind, tmp_path: Path) -> None:
    """Meanwhile nothing is tried over and over, and those who answer are counted."""
    async with a_round(mind, tmp_path) as made:
        await made.member("Ann").kick(made.stage.account)
        await made.settled()
        before = len(made.stage.world.calls.made)
        await made.people["Dan"].open_link(f"r{(await made.records())[0].id}")
        await made.settled()
        await made.answers("Dan")
        assert len([one for one in made.stage.world.calls.made[before:] if one.chat == made.group.id]) <= 2
        await made.member("Ann").add(made.stage.account)
        await made.settled()
        await made.writes("Ann", "/round")
        assert "4 of you have" in made.board().text


async def test_those_who_finish_at_the_same_moment_are_all_counted(mind: Mind, tmp_path: Path) -> None:
    """Each part is stored with the round as it was a moment before, or tried again."""
    async with gathering(mind, tmp_path, len(NAMES)) as made:
        await made.writes("Ann", "/round")
        for name in NAMES:
            await made.opens(name)
            await made.almost(name)
        steps = [(name, await made.next_press(name)) for name in NAMES]
        await asyncio.gather(*(made.people[name].forge(made.card(name), step or "") for name, step in steps))
        await made.settled()
        assert f"{len(NAMES)} of you have" in made.board().text
        parked = await made.stage.store.parked()  # type: ignore[union-attr]
        assert parked == []


async def test_two_who_start_at_the_same_moment_start_one_round(mind: Mind, tmp_path: Path) -> None:
    """The second gets the board of the first."""
    async with gathering(mind, tmp_path, 2) as made:
        await asyncio.gather(made.member("Ann").send("/round"), made.member("Bob").send("/round"))
        await made.settled()
        assert len(await made.records()) == 1


async def test_who_is_forgotten_is_counted_no_more(mind: Mind, tmp_path: Path) -> None:
    """Their part is gone at once, and the board counts one less."""
    async with a_round(mind, tmp_path) as made:
        part = (await made.conversation("Bob")).id
        await made.types("Bob", "/forget")
        await made.taps("Bob", "Yes, erase it")
        assert "2 of you have" in made.board().text
        (kept,) = await made.records()
        assert part not in str(kept.body)
        assert await made.stage.store.conversation(part) is None  # type: ignore[union-attr]


async def test_a_double_press_shows_the_result_once(mind: Mind, tmp_path: Path) -> None:
    """The second press is told that it is there."""
    async with a_round(mind, tmp_path) as made:
        board = made.board()
        presses = await asyncio.gather(*(made.member("Ann").press(board, SHOW) for _ in range(2)))
        await made.settled()
        assert made.transcript().count("What you see together") == 1
        assert {one.toast.text[:4] for one in presses if one.toast} == {"Here", "The "}


async def test_who_answers_twice_counts_once(mind: Mind, tmp_path: Path) -> None:
    """The link is opened again, and some answers are given again."""
    async with a_round(mind, tmp_path) as made:
        await made.opens("Bob")
        await made.types("Bob", "/new")
        await made.answers("Bob", written="nothing")
        assert "3 of you have" in made.board().text


async def test_a_restart_in_the_middle_changes_nothing(mind: Mind, tmp_path: Path) -> None:
    """The board is found again and edited, the count is right."""
    async with gathering(mind, tmp_path) as made:
        await made.writes("Ann", "/round")
        board = made.board().id
        await made.takes_part("Ann")
        await made.opens("Bob")
        await made.later(60.0)
        await made.answers("Bob")
        assert (made.board().id, "2 of you have" in made.board().text) == (board, True)


@pytest.mark.parametrize(
    "place",
    [
        "turn.reacted",
        "finish.begin",
        "records.after_one",
        "save.begin",
        "finish.after_conversation",
        "finish.after_outbox",
        "finish.after_done",
    ],
)
async def test_a_slip_in_the_midst_of_the_last_answer_counts_it_once(mind: Mind, tmp_path: Path, place: str) -> None:
    """Part, count, board and result are stored together or not at all, and then the turn is taken again."""
    slips = [RuntimeError()]

    def slip() -> None:
        if slips:
            raise slips.pop()

    async with gathering(mind, tmp_path, 3) as made:
        await made.writes("Ann", "/round 3")
        await made.takes_part("Ann")
        await made.takes_part("Bob")
        await made.opens("Cat")
        await made.almost("Cat")
        failpoint.arm(place, slip)
        try:
            await made.people["Cat"].forge(made.card("Cat"), await made.next_press("Cat") or "")
            await made.settled()
        finally:
            failpoint.disarm()
        assert not slips
        await made.until("What you see together")
        assert made.transcript().count("What you see together") == 1
        (closed,) = await made.records()
        assert closed.body is not None
        assert closed.body["result"]["people"] == 3


async def test_two_topics_have_a_round_each(mind: Mind, tmp_path: Path) -> None:
    """What is answered in one is not counted in the other."""
    async with gathering(mind, tmp_path, 3, is_forum=True) as made:
        boards = []
        for title in ("Park", "Hall"):
            topic = made.group.topic(title)
            await made.writes("Ann", "/round", topic)
            boards.append(made.board())
            assert made.board().thread == topic
        await made.takes_part("Bob", boards[0])
        await made.takes_part("Bob", boards[1])
        await made.takes_part("Cat", boards[1])
        assert [board.text.count("2 of you have") for board in boards] == [0, 1]
        assert "1 of you has" in boards[0].text


async def test_what_is_old_is_erased_and_its_links_lead_somewhere_kind(mind: Mind, tmp_path: Path) -> None:
    """As old as conversations may get."""
    async with a_round(mind, tmp_path) as made:
        board = made.board()
        url = buttons_of(board)[0]["url"]
        await made.presses("Ann", SHOW)
        await made.later(200 * DAY)
        async with asyncio.timeout(10):
            while await made.records() or await made.records("latest"):
                await asyncio.sleep(0.02)
        await made.people["Bob"].open_link(url.partition("start=")[2])
        await made.settled()
        assert "do not know that round" in made.hears("Bob")
        await made.writes("Bob", "/round")
        assert "Nobody has answered yet" in made.board().text


async def test_only_admins_start_one_where_the_group_wants_it_so(mind: Mind, tmp_path: Path) -> None:
    """Everybody may look at one that is open."""
    async with gathering(mind, tmp_path, 3) as made:
        await settings_of(made, rounds="admins")
        await made.writes("Bob", "/round")
        assert "only admins" in made.said()
        await made.writes("Ann", "/round")
        assert "Nobody has answered yet" in made.board().text
        await made.writes("Bob", "/round")
        assert "Nobody has answered yet" in made.said()


async def test_an_anonymous_admin_starts_one_and_a_channel_does_not(mind: Mind, tmp_path: Path) -> None:
    """As nobody knows who started it, anyone who took part may show the result."""
    async with gathering(mind, tmp_path, 4) as made:
        await settings_of(made, rounds="admins")
        channel = made.stage.world.group("News", made.people["Bob"], kind="channel")
        made.member("Bob").speak_for(channel)
        await made.writes("Bob", "/round")
        assert "channel cannot" in made.said()
        made.member("Bob").speak_for(None)
        await made.member("Ann").promote(anonymous=True)
        await made.writes("Ann", "/round")
        for name in ("Bob", "Cat", "Dan"):
            await made.takes_part(name)
        await made.presses("Cat", SHOW)
        assert "What you see together" in made.said()


async def test_a_board_that_was_deleted_comes_back(mind: Mind, tmp_path: Path) -> None:
    """With the next answer."""
    async with a_round(mind, tmp_path) as made:
        made.board().deleted = True
        await made.people["Dan"].open_link(f"r{(await made.records())[0].id}")
        await made.settled()
        await made.answers("Dan")
        assert "4 of you have" in made.board().text
