"""What buttons carry: ids in 64 bytes, and nothing that comes back is believed."""

import random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.limits import CALLBACK_BYTES, ID_LENGTH
from bot.telegram.tokens import Kind, Token, read_token

IDS = st.builds("{}{}".format, st.sampled_from("abopx"), st.text("az09_", max_size=ID_LENGTH - 1))
PAGES = st.integers(0, 999)
ANY_TOKEN = st.one_of(
    st.builds(Token, st.just("option"), IDS, IDS, st.sampled_from([None, True, False]), PAGES),
    st.builds(Token, st.just("page"), IDS, page=PAGES),
    st.builds(Token, st.just("ask"), IDS, IDS),
    st.builds(Token, st.sampled_from(["button", "area"]), IDS, st.one_of(st.just(""), IDS, st.builds("{}:{}".format, IDS, st.just("yes")))),
)


@settings(max_examples=300, deadline=None)
@given(ANY_TOKEN)
def test_a_token_comes_back_as_it_was(token: Token) -> None:
    """Every kind, with ids as long as the loader allows, fits into a button and is read again as the same."""
    data = token.written()
    assert 1 <= len(data.encode()) <= CALLBACK_BYTES
    assert read_token(data) == token


def test_the_longest_ids_fit() -> None:
    """Question and option of the greatest length, on the last page there can be, take the 64 bytes and no more."""
    longest = "q" * ID_LENGTH
    for tick in (None, True, False):
        assert len(Token("option", longest, longest, tick, 999).written()) == CALLBACK_BYTES


def test_what_does_not_fit_is_not_sent() -> None:
    """A token beyond 64 bytes says so at once, before Telegram does."""
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        Token("option", "q" * 40, "o" * 40).written()


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "o",
        "o:",
        "o::",
        "o:q",
        "o:q:x",
        "o:q:x:",
        "o:q::.",
        "o:q:x:*",
        "o:q:x:.:1",
        "p:q",
        "p:q:1:2",
        "p::1",
        "a:done",
        "a:x:y:z",
        "y:x",
        "oo:q:x:.",
        "O:q:x:.",
    ],
)
def test_what_no_button_carries_is_nothing(data: str) -> None:
    """Half a token, too much of one, and a kind that there is not."""
    assert read_token(data) is None


@pytest.mark.parametrize("number", ["-1", "1000", "99999999999999999999", "²", "١", "1e3", " 1", "x", ""])
def test_a_page_that_is_no_number_is_the_first(number: str) -> None:
    """Forged pages do no harm."""
    token = read_token(f"p:goal:{number}")
    assert token is not None
    assert token.page == 0


@pytest.mark.parametrize("seed", range(4))
def test_forged_data_is_harmless(seed: int) -> None:
    """Random and half-right data give nothing, or a token of plain strings that would be read the same again."""
    dice = random.Random(seed)
    letters = "oapb:.+-_0129xyz \0\n\u202e😀\ud83d"
    for _ in range(2_500):
        data = dice.choice(("", "o:", "p:", "a:", "b:")) + "".join(dice.choices(letters, k=dice.randrange(70)))
        token = read_token(data)
        if token is not None:
            assert token.kind in get_args(Kind)
            assert token.name
            assert 0 <= token.page < 1000
            assert token.kind == "option" or token.tick is None
