"""Keyboards: laid out by width, long ones in pages, ticks that say what a tap makes of them."""

import pytest

from bot.model.limits import BUTTONS_PER_MESSAGE, COPY_LENGTH
from bot.model.reply import Ask, Button, Choice
from bot.telegram.keyboard import MOST_ROWS, ROWS_A_PAGE, Rows, copy_key, of_page, of_question, rows, share_address
from bot.telegram.tokens import Token, read_token

WIDE = "A label that takes a row of its own"


def question(
    count: int, *, label: str = WIDE, many: bool = True, ticked: tuple[int, ...] = (), buttons: tuple[str, ...] = ("done", "back", "skip")
) -> Ask:
    """A question with so many options."""
    choices = tuple(Choice(f"o{place}", f"{label} {place}", ticked=place in ticked) for place in range(count))
    return Ask("q", "?", choices=choices, many=many, buttons=tuple(Button(one, one.title(), "q") for one in buttons))


def tokens(keys: Rows) -> list[Token]:
    """What the buttons carry, row by row."""
    found = [read_token(one["callback_data"]) for row in keys for one in row]
    assert None not in found
    return [one for one in found if one]


def labels(keys: Rows) -> list[list[str]]:
    """What the buttons say."""
    return [[one["text"] for one in row] for row in keys]


@pytest.mark.parametrize(
    ("widths", "laid"),
    [
        ([], []),
        ([5], [1]),
        ([5, 5, 5], [3]),
        ([5, 5, 5, 5], [3, 1]),
        ([9, 9, 9], [3]),
        ([9, 9, 10], [2, 1]),
        ([17, 17], [2]),
        ([17, 18], [1, 1]),
        ([10, 10, 10, 10], [2, 2]),
        ([5, 30, 5, 5], [1, 1, 2]),
        ([40, 40], [1, 1]),
        ([17, 5, 5], [2, 1]),
        ([5, 5, 17], [2, 1]),
    ],
    ids=str,
)
def test_narrow_buttons_share_a_row(widths: list[int], laid: list[int]) -> None:
    """Two to a row, or three, if a small phone shows every word of each; always in their order."""
    keys = [{"text": "x" * width, "callback_data": str(place)} for place, width in enumerate(widths)]
    made = rows(keys)
    assert [len(row) for row in made] == laid
    assert [one for row in made for one in row] == keys


def test_emoji_are_as_wide_as_they_are() -> None:
    """An emoji takes the room of two letters."""
    assert [len(row) for row in rows([{"text": "😀" * 9}, {"text": "x"}])] == [1, 1]


@pytest.mark.parametrize("label", ["Yes", WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("count", [1, 2, MOST_ROWS, MOST_ROWS + 1, 16, 17, 50, 300])
def test_every_option_is_reached_over_the_pages(count: int, label: str) -> None:
    """From the first page forward to the last, each option is seen once, in order; and every page leads back."""
    ask, seen = question(count, label=label), list[str]()
    for page in range(count):
        keys = of_question(ask, page, "More")
        found = tokens(keys)
        seen += [one.about for one in found if one.kind == "option"]
        assert all(one.page == page for one in found if one.kind == "option")
        assert len(keys) <= MOST_ROWS + 3
        assert sum(map(len, keys)) <= BUTTONS_PER_MESSAGE
        turns = {one.page for one in found if one.kind == "page"}
        assert turns <= {page - 1, page + 1}
        assert (page - 1 in turns) == (page > 0)
        if page + 1 not in turns:
            break
    assert seen == [choice.id for choice in ask.choices]


def test_a_page_that_is_not_there_is_the_last() -> None:
    """A forged or outdated page shows options all the same."""
    ask = question(MOST_ROWS + 1)
    assert of_question(ask, 999, "More") == of_question(ask, 1, "More")
    assert labels(of_question(ask, 0, "More"))[ROWS_A_PAGE] == ["More ▶"]
    assert labels(of_question(ask, 1, "More"))[MOST_ROWS + 1 - ROWS_A_PAGE] == ["◀ More"]


def test_a_tap_says_what_it_is_to_make_of_the_tick() -> None:
    """An open box carries "on", a ticked one "off", and both the page they stand on: a double tap cannot turn it back."""
    keys = of_question(question(20, ticked=(9,)), 1, "More")
    ticked = [one["text"] for row in keys for one in row if one["text"].startswith("✅ ")]
    assert ticked == [f"✅ {WIDE} 9"]
    assert [(one.about, one.tick, one.page) for one in tokens(keys)[:2]] == [("o8", True, 1), ("o9", False, 1)]


def test_choosing_one_has_no_boxes() -> None:
    """The answer given before is marked, and a tap on any option picks it."""
    keys = of_question(question(3, many=False, ticked=(1,)), 0, "More")
    assert labels(keys)[:3] == [[f"{WIDE} 0"], [f"✅ {WIDE} 1"], [f"{WIDE} 2"]]
    assert {one.tick for one in tokens(keys)} == {None}


@pytest.mark.parametrize(("ticked", "shown"), [((), False), ((0,), True), ((19,), True)])
def test_done_is_there_once_something_is_ticked(ticked: tuple[int, ...], shown: bool) -> None:
    """In a row of its own, on whichever page the tick is; the other buttons are always there."""
    keys = labels(of_question(question(20, ticked=ticked), 0, "More"))
    assert (["Done"] in keys) == shown
    assert keys[-1] == ["Back", "Skip"]


def test_the_address_of_what_is_shared() -> None:
    """Telegram's own page for choosing a chat, with the text and the bot; nothing in either can break out of its place."""
    made = share_address("A & B? <b>\n100% #1", "https://t.me/helper_bot")
    assert made == "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fhelper_bot&text=A%20%26%20B%3F%20%3Cb%3E%0A100%25%20%231"
    button = Button("share", "Share", share="text")
    assert of_page([button], "https://t.me/helper_bot")[0][0]["url"].startswith("https://t.me/share/url?")
    assert of_page([button], "") == [[{"text": "Share", "callback_data": "b:share"}]]


@pytest.mark.parametrize("count", [1, 90, 91, 300])
def test_a_page_never_has_more_buttons_than_telegram_takes(count: int) -> None:
    """Of very many, the last stay, because they lead away."""
    buttons = [Button("change", f"{WIDE} {place}", f"q{place}") for place in range(count)] + [Button("go_on", "Go on")]
    keys = of_page(buttons, "")
    assert sum(map(len, keys)) <= BUTTONS_PER_MESSAGE
    assert tokens(keys)[-1] == Token("button", "go_on")
    assert tokens(keys)[0] == Token("button", "change", "q0")


@pytest.mark.parametrize(
    ("text", "made"), [("", False), ("x", True), ("x" * COPY_LENGTH, True), ("x" * (COPY_LENGTH + 1), False), ("😀" * 129, False)]
)
def test_what_is_too_long_to_copy_has_no_button(text: str, made: bool) -> None:
    """Telegram copies 256 letters at most."""
    assert (copy_key("Copy", text) == {"text": "Copy", "copy_text": {"text": text}}) == made


def test_labels_that_cannot_be_sent_are_mended() -> None:
    """A half character or a control character in a label does not stop the message."""
    assert labels(of_page([Button("x", "a\ud83d\x07b")], "")) == [["a\ufffd b"]]
