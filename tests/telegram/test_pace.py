"""The pace of a group, and what is said together."""

from typing import Any

from bot.telegram.pace import MOST_ROWS, PATIENCE, TOGETHER, Pace, group_of, together
from bot.turn.post import Outgoing

LANE = "chat:-5"


def says(number: int, text: str, made_at: float = 0.0, **more: Any) -> Outgoing:
    """An answer that may share a message."""
    body = {"do": "say", "text": text, "reply": number, "joined": {"text": text, "keys": [[{"text": text, "url": "x"}]]}, **more}
    return Outgoing(number, LANE, LANE, body, made_at=made_at)


def board(number: int) -> Outgoing:
    """A state of a board."""
    return Outgoing(number, f"{LANE}:bround", LANE, {"do": "board", "text": str(number), "keys": []})


def test_only_groups_have_a_pace() -> None:
    """Topics and boards are of their group; private chats, presses and queries from elsewhere are free."""
    assert [group_of(one) for one in ("chat:-5", "chat:-5:t7", "chat:-5:t7:bround")] == [-5, -5, -5]
    assert [group_of(one) for one in ("chat:5", "press:5", "inline:-5", "guest:5")] == [0, 0, 0, 0]


def test_three_seconds_and_twenty_a_minute() -> None:
    """Each group by itself; a clock that is put back makes nobody wait for ever."""
    now = [1000.0]
    pace = Pace(lambda: now[0])
    moments = []
    for _ in range(45):
        now[0] = max(now[0], pace.next(-5))
        pace.took(-5)
        moments.append(now[0])
    assert moments[:3] == [1000.0, 1003.0, 1006.0]
    assert moments[19:22] == [1057.0, 1060.0, 1063.0]
    assert pace.next(-6) <= now[0]


def test_a_quicker_clock_cannot_pass_twenty() -> None:
    """Whatever could not wait counts too, so what follows waits until the minute has room again."""
    now = [1000.0]
    pace = Pace(lambda: now[0])
    for _ in range(20):
        pace.took(-5)
    assert pace.next(-5) == 1060.0


def test_of_a_board_only_the_last_state_is_sent() -> None:
    """Nobody needs to see the counts in between."""
    sent, done = together([board(1), board(2), board(3)], 0.0)
    assert (sent.id, sent.body["text"], done) == (1, "3", 3)


def test_two_answers_that_just_came_go_one_by_one() -> None:
    """Each as a reply to who asked: the second has not to wait for long."""
    first = says(1, "a", 10.0)
    assert together([first, says(2, "b", 10.0)], 12.0) == (first, 1)


def test_answers_that_waited_or_are_many_go_together() -> None:
    """Every answer is in it, the last who asked is replied to, and what is said twice is said once."""
    for queue, now in (
        ([says(1, "a"), says(2, "b")], PATIENCE + 1),
        ([says(1, "a"), says(2, "b"), says(3, "a")], 0.0),
    ):
        sent, done = together(queue, now)
        assert (sent.id, sent.body["text"], sent.body["reply"], done) == (1, "a\n\nb", queue[-1].id, len(queue))
        assert [row[0]["text"] for row in sent.body["keys"]] == ["a", "b"]


def test_what_is_too_long_for_one_message_makes_two() -> None:
    """Nothing is cut off and nothing is lost."""
    long = "x" * (TOGETHER // 2)
    queue = [says(number, f"{number}{long}") for number in range(5)]
    lengths = []
    while queue:
        sent, done = together(queue, 100.0)
        lengths.append(len(sent.body["text"]))
        del queue[:done]
    assert max(lengths) < 4096
    assert len(lengths) == 5
    many = [says(number, str(number)) for number in range(25)]
    assert together(many, 0.0)[1] == MOST_ROWS


def test_what_stands_alone_is_not_joined() -> None:
    """A board, a hello or the result of a round is never pulled into somebody's answers."""
    alone = Outgoing(2, LANE, LANE, {"do": "say", "text": "hello"})
    assert together([says(1, "a"), alone, says(3, "b")], 100.0)[1] == 1
    assert together([alone, says(3, "b"), says(4, "c")], 100.0) == (alone, 1)
