"""The pace of a group, what is urgent in it, and who waits when Telegram says so."""

from bot.telegram.pace import ALL_CHATS_WINDOW, BETWEEN, URGENT_BETWEEN, Pace, Told, group_of, place_of
from bot.turn.post import Outgoing

GROUP, LANE, TOPIC = -5, "chat:-5", "chat:-5:t7"


def begun_before(now: list[float]) -> Pace:
    """The pace of a bot that has been at work for a while."""
    now[0] -= 60.0
    pace = Pace(lambda: now[0])
    now[0] += 60.0
    return pace


def test_only_groups_have_a_pace() -> None:
    """Topics and boards are of their group; private chats, presses and queries from elsewhere are free."""
    assert [group_of(one) for one in ("chat:-5", "chat:-5:t7", "chat:-5:t7:bround")] == [-5, -5, -5]
    assert [group_of(one) for one in ("chat:5", "press:5", "inline:-5", "guest:5")] == [0, 0, 0, 0]


def test_three_seconds_and_twenty_a_minute() -> None:
    """Each group by itself."""
    now = [1000.0]
    pace = begun_before(now)
    moments = []
    for _ in range(45):
        now[0] = max(now[0], pace.next(GROUP))
        pace.took(LANE)
        moments.append(now[0])
    assert moments[:3] == [1000.0, 1003.0, 1006.0]
    assert moments[19:22] == [1057.0, 1060.0, 1063.0]
    assert pace.next(-6) <= now[0]


def test_a_quicker_clock_cannot_pass_twenty() -> None:
    """Whatever could not wait counts too, so what follows waits until the minute has room again."""
    now = [1000.0]
    pace = Pace(lambda: now[0])
    for _ in range(20):
        pace.took(LANE)
    assert pace.next(GROUP) == 1060.0


def test_after_a_start_nobody_knows_what_was_sent_just_before() -> None:
    """So every group waits as if something had been."""
    now = [1000.0]
    pace = Pace(lambda: now[0])
    assert pace.next(GROUP) == 1000.0 + BETWEEN
    now[0] += BETWEEN
    assert pace.next(GROUP) <= now[0]
    assert pace.next_urgent(LANE) <= now[0]


def test_a_clock_that_is_put_back_makes_nobody_wait_for_ever() -> None:
    """What seems to lie in the future is no reason to wait longer than ever."""
    now = [10_000.0]
    pace = Pace(lambda: now[0])
    for _ in range(20):
        pace.took(LANE)
    now[0] = 1000.0
    assert pace.next(GROUP) == 1000.0 + BETWEEN
    now[0] += BETWEEN
    assert pace.next(GROUP) <= now[0]
    pace.took(f"{LANE}:burgent", urgent=True)
    now[0] = 500.0
    assert pace.next_urgent(f"{LANE}:burgent") == 0.0


def test_what_is_urgent_goes_at_once_and_again_a_while_later() -> None:
    """It takes its place in the pace; said again in the same topic it waits, in another it keeps the pace."""
    now = [1000.0]
    pace = begun_before(now)
    pace.took(LANE)
    here, there = f"{LANE}:burgent", f"{TOPIC}:burgent"
    assert pace.next_urgent(here) <= now[0]
    pace.took(here, urgent=True)
    now[0] += 1.0
    assert pace.next(GROUP) == 1000.0 + BETWEEN
    assert pace.next_urgent(here) == 1000.0 + URGENT_BETWEEN
    assert pace.next_urgent(there) == 1000.0 + BETWEEN
    now[0] += URGENT_BETWEEN
    assert pace.next_urgent(here) <= now[0]


def test_a_group_that_is_told_to_wait_is_one_chat_with_all_its_topics() -> None:
    """Whatever lanes of it were told, only it waits, and all of it."""
    now = [1000.0]
    told = Told(lambda: now[0])
    parcels = [Outgoing(1, lane, "chat:-5:u7", {}) for lane in (LANE, TOPIC, f"{TOPIC}:bround", "press:77")]
    assert {place_of(one) for one in parcels} == {LANE}
    for one in parcels:
        told.wait(place_of(one), 30.0)
        now[0] += 1.0
    assert told.until(LANE) == 1033.0
    assert told.until("chat:42") <= now[0]
    assert told.until() <= now[0]


def test_two_chats_that_are_told_within_seconds_mean_everybody() -> None:
    """And two that are told at different times do not; a shorter wait takes nothing from a longer one."""
    now = [1000.0]
    told = Told(lambda: now[0])
    told.wait("chat:1", 30.0)
    now[0] += ALL_CHATS_WINDOW
    told.wait("chat:2", 5.0)
    assert told.until("chat:3") <= now[0]
    assert told.wait("chat:1", 2.0) == 1030.0
    assert told.until("chat:3") == told.until() == 1012.0


def test_nobody_waits_for_a_clock_that_was_put_back() -> None:
    """Who was told to wait in a time that is yet to come, was told by a wrong clock: one chat, or the whole bot."""
    now = [1000.0]
    told = Told(lambda: now[0])
    told.wait("chat:1", 60.0)
    told.wait("chat:2", 60.0)
    assert told.until("chat:1") == told.until() == 1060.0
    now[0] = 500.0
    assert told.until("chat:1") == told.until() == 0.0
    assert told.wait("chat:1", 5.0) == 505.0
