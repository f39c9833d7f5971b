"""What is said together of what waits in a lane of a group."""

from typing import Any

from bot.telegram.joining import MOST_ROWS, PATIENCE, TOGETHER, together
from bot.turn.post import Outgoing

LANE = "chat:-5"


def says(number: int, text: str, made_at: float = 0.0, **more: Any) -> Outgoing:
    """An answer that may share a message."""
    body = {"do": "say", "text": text, "reply": number, "joined": {"text": text, "keys": [[{"text": text, "url": "x"}]]}, **more}
    return Outgoing(number, LANE, LANE, body, made_at=made_at)


def alone(number: int, text: str, lane: str = LANE, **more: Any) -> Outgoing:
    """A message that is never part of another."""
    return Outgoing(number, lane, LANE, {"do": "say", "text": text, **more})


def board(number: int) -> Outgoing:
    """A state of a board."""
    return Outgoing(number, f"{LANE}:bround", LANE, {"do": "board", "text": str(number), "keys": []})


def test_of_a_board_only_the_last_state_is_sent() -> None:
    """Nobody needs to see the counts in between."""
    queue = [board(1), board(2), board(3)]
    sent, done = together(queue, 0.0)
    assert (sent.id, sent.body["text"], done) == (1, "3", queue)


def test_two_answers_that_just_came_go_one_by_one() -> None:
    """Each as a reply to who asked: the second has not to wait for long."""
    first = says(1, "a", 10.0)
    assert together([first, says(2, "b", 10.0)], 12.0) == (first, [first])


def test_answers_that_waited_or_are_many_go_together() -> None:
    """Every answer is in it, the last who asked is replied to, and what is said twice is said once."""
    for queue, now in (
        ([says(1, "a"), says(2, "b")], PATIENCE + 1),
        ([says(1, "a"), says(2, "b"), says(3, "a")], 0.0),
    ):
        sent, done = together(queue, now)
        assert (sent.id, sent.body["text"], sent.body["reply"], done) == (1, "a\n\nb", queue[-1].id, queue)
        assert [row[0]["text"] for row in sent.body["keys"]] == ["a", "b"]


def test_what_is_said_word_for_word_again_is_said_once() -> None:
    """Without waiting for more; to whoever asked last; whether or not it could be part of another message."""
    for queue in ([says(1, "a"), says(2, "a")], [alone(1, "set up", reply=11), alone(2, "set up", reply=12)]):
        sent, done = together(queue, 0.0)
        assert (sent.id, sent.body["text"], sent.body["reply"], done) == (1, queue[0].body["text"], queue[-1].body["reply"], queue)


def test_buttons_that_read_the_same_stand_once() -> None:
    """Everybody's way into the private chat has an address of its own, and is the same way."""
    queue = [
        says(number, str(number), joined={"text": str(number), "keys": [[{"text": "In private", "url": number}]]}) for number in range(3)
    ]
    sent, done = together(queue, 0.0)
    assert sent.body["keys"] == [[{"text": "In private", "url": 0}]]
    assert done == queue


def test_messages_that_reply_to_nobody_are_all_said() -> None:
    """Two people who tell the group of the same result are two."""
    queue = [alone(1, "One of you …"), alone(2, "One of you …")]
    assert together(queue, 100.0) == (queue[0], [queue[0]])


def test_in_a_private_chat_nothing_is_put_together() -> None:
    """There everything a person does has its own answer."""
    queue = [alone(number, "I do not know that", "chat:5", reply=number) for number in (1, 2)]
    assert together(queue, 100.0) == (queue[0], [queue[0]])


def test_what_is_too_long_for_one_message_makes_two() -> None:
    """Nothing is cut off and nothing is lost."""
    long = "x" * (TOGETHER // 2)
    queue = [says(number, f"{number}{long}") for number in range(5)]
    lengths = []
    while queue:
        sent, done = together(queue, 100.0)
        lengths.append(len(sent.body["text"]))
        del queue[: len(done)]
    assert max(lengths) < 4096
    assert len(lengths) == 5
    many = [says(number, str(number)) for number in range(25)]
    assert together(many, 0.0)[1] == many[:MOST_ROWS]


def test_what_stands_alone_is_not_joined() -> None:
    """A hello or the result of a round is never pulled into somebody's answers."""
    first, other, last = says(1, "a"), alone(2, "hello"), says(3, "b")
    assert together([first, other, last], 100.0)[1] == [first]
    assert together([other, last, says(4, "c")], 100.0) == (other, [other])


def test_what_several_hear_may_say_how_many_they_are() -> None:
    """Of questions without an answer there is one line, with their number; one of them alone is told as it is."""
    several = [says(number, "no", joined={"text": "No.", "keys": [], "many": "No, {count} times."}) for number in range(3)]
    sent, _ = together([*several, says(4, "a")], 0.0)
    assert sent.body["text"] == "No, 3 times.\n\na"
    sent, _ = together([several[0], says(4, "a"), says(5, "b")], 0.0)
    assert sent.body["text"] == "No.\n\na\n\nb"
