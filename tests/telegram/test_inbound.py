"""What updates mean: whose they are, where, and what happened."""

import json

import pytest

from bot.telegram.inbound import Arrival, Unreadable, read_update
from tests.telegram.updates import BOT, NOTICES, ROWS, SENT, Update


@pytest.mark.parametrize(("update", "meant"), ROWS.values(), ids=ROWS)
def test_an_update_is_understood(update: Update, meant: Arrival | None) -> None:
    """Every kind of update means exactly this, or nothing."""
    assert read_update(json.dumps(update), BOT) == meant


@pytest.mark.parametrize(
    "raw", ["", "{", "nothing", "[1]", "5", "null", '"x"', "[" * 100_000, '{"a":' * 100_000, "9" * 5_000], ids=range(10)
)
def test_what_is_no_update_is_unreadable(raw: str) -> None:
    """Broken JSON, too deep JSON and anything but an object are said to be no update; nothing else is raised."""
    with pytest.raises(Unreadable) as slip:
        read_update(raw, BOT)
    assert len(str(slip.value)) < 60


def test_a_lane_is_where_replies_go() -> None:
    """Everybody in a topic shares its lane and has a seat of their own; in private, the two are the same."""
    for update, _ in ROWS.values():
        arrival = read_update(json.dumps(update), BOT)
        if arrival is not None and not arrival.inline and not arrival.guest and not arrival.moved_to:
            assert arrival.seat == arrival.lane if arrival.private else arrival.seat.startswith(f"{arrival.lane}:")


def test_a_command_is_ours_only_by_name_or_without_one() -> None:
    """A bot whose name is not known yet takes no command that names somebody."""
    for name in ("/start@helper_bot", "/start@"):
        arrival = read_update(json.dumps({"message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": name}}), "")
        assert arrival is not None
        assert arrival.command == ""


def test_nothing_is_both_sent_and_a_notice() -> None:
    """What people send is answered, what Telegram tells is not; no field is in both tables."""
    assert not set(SENT) & set(NOTICES)
