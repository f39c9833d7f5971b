"""Texts as Telegram shows them: what is seen is what was meant, in messages that fit, cut where nothing is parted."""

import random
import re

import pytest

from bot.model.limits import MESSAGE_LENGTH
from bot.sandbox.html import parse_html
from bot.telegram.html import Block, Style, bold, messages, safe, sendable

LETTERS = (
    "abc xyz\n\t.,", "<>&\"'", "<b></b><pre>&lt;&amp;&#65;", "\0\x07\x1b\r\x7f\x0b\x85", "é\u0301ñ\u0308", "אבגשלום العربية", "\u202e\u202d\u2066\u200f",
    "😀🎉🙂", "👩\u200d👩\u200d👧\u200d👦", "👍🏽🏿", "🇬🇧🇫🇷🇵🇱", "1\ufe0f\u20e3", "🏴\U000e0067\U000e0062\U000e007f", "\ud83d\ude00\udfff", "{goal} %s \\u0041 ${x}", "漢字ひらがな",
)  # fmt: skip
STYLES: tuple[Style, ...] = ("plain", "folded", "quote", "code")
FAMILY, FLAG, THUMB, KEYCAP, ACCENTS = "👩\u200d👩\u200d👧\u200d👦", "🇬🇧", "👍🏽", "1\ufe0f\u20e3", "e" + "\u0301" * 5
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def shown(html: str) -> str:
    """The text that Telegram reads out of the markup; it is as long as a message may be, and no character of it is half one."""
    text, _ = parse_html(html)
    assert len(text.encode("utf-16-le")) // 2 <= MESSAGE_LENGTH
    return text


def any_text(dice: random.Random, most: int) -> str:
    """A text of every kind of letter."""
    return "".join("".join(dice.choices(dice.choice(LETTERS), k=dice.randrange(1, 12))) for _ in range(dice.randrange(most)))


def unspaced(text: str) -> str:
    """The text without white space, of which a cut may take or leave some."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("seed", range(10))
def test_a_text_is_shown_literally(seed: int) -> None:
    """Ten thousand texts with markup, control characters, every direction and half characters: what is seen is what was written."""
    dice = random.Random(seed)
    for _ in range(1_000):
        text = any_text(dice, 12)
        assert shown(safe(text)) == sendable(text)
        assert shown(bold(text)) == sendable(text)
        style = dice.choice(STYLES)
        told = messages([Block((text,), style=style)])
        assert [shown(one) for one in told] == ([sendable(text)] if text.strip() else [])


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_when_a_text_is_cut(seed: int) -> None:
    """Long texts of every kind, in blocks of every style: each message fits, and together they say it all, in order."""
    dice = random.Random(seed)
    for _ in range(25):
        blocks = [
            Block((any_text(dice, 800), any_text(dice, 800)), any_text(dice, 40), dice.choice(("plain", "quote", "code"))) for _ in range(3)
        ]
        whole = "".join(block.heading + "".join(block.lines) for block in blocks)
        assert unspaced("".join(map(shown, messages(blocks)))) == unspaced(sendable(whole))


@pytest.mark.parametrize("seed", range(3))
def test_sendable_changes_only_what_cannot_be_sent(seed: int) -> None:
    """It can be encoded, has no control characters but line ends, stays the same when done twice, and keeps good text."""
    dice = random.Random(seed)
    for _ in range(1_000):
        text = any_text(dice, 12)
        done = sendable(text)
        done.encode()
        assert not re.search("[\0-\x09\x0b-\x1f\x7f\ud800-\udfff]", done)
        assert sendable(done) == done
        good = re.sub("[\0-\x09\x0b-\x1f\x7f\ud800-\udfff]", "", text)
        assert sendable(good) == good


@pytest.mark.parametrize("sign", [FAMILY, FLAG, THUMB, KEYCAP, ACCENTS, SCOTLAND, "😀"])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "abcdefg"])
def test_no_sign_is_parted(sign: str, before: str) -> None:
    """Families, flags, skin tones, keycaps, accents and emoji stay whole, wherever the cut falls."""
    told = [shown(one) for one in messages([Block((before + sign * 3_000,))])]
    assert len(told) > 1
    assert set("".join(told).removeprefix(before).replace("\n", "").split(sign)) == {""}
    pieces = [piece for one in told for piece in one.split("\n")]
    assert all(not piece.removeprefix(before).replace(sign, "") for piece in pieces)


def test_4096_emoji_are_two_messages_or_three() -> None:
    """As many emoji as a text may have letters are twice as long as a message may be."""
    told = [shown(one) for one in messages([Block(("😀" * 4096,))])]
    assert 2 <= len(told) <= 4
    assert unspaced("".join(told)) == "😀" * 4096


def test_more_accents_than_a_sign_has_are_cut_all_the_same() -> None:
    """Ten thousand accents on one letter cannot hold up the others."""
    told = [shown(one) for one in messages([Block(("e" + "\u0301" * 10_000,))])]
    assert unspaced("".join(told)) == "e" + "\u0301" * 10_000


@pytest.mark.parametrize(("text", "first"), [("word " * 1_200, "word"), ("line of words\n" * 500, "line of words")])
def test_a_cut_falls_between_words_and_rather_between_lines(text: str, first: str) -> None:
    """No word is parted if there is a space near, and no line if there is the end of one."""
    told = [shown(one) for one in messages([Block((text,))])]
    assert len(told) > 1
    assert all(one.startswith(first) and one.rstrip().endswith(first) for one in told)


@pytest.mark.parametrize("lengths", [(5_000, 0), (5_000, 5_000), (2_000, 2_600), (1_300, 4_000), (4_000, 10), (10, 4_095), (0, 4_096)])
def test_a_heading_of_any_length_fits(lengths: tuple[int, int]) -> None:
    """Headings that are as long as a message, above lines that are as well."""
    heading, line = lengths
    told = [shown(one) for one in messages([Block(("x" * line,), "H" * heading)])]
    assert unspaced("".join(told)) == "H" * heading + "x" * line


@pytest.mark.parametrize(
    "blocks", [[], [Block()], [Block(("",))], [Block((" ", "\n"), " ")], [Block(), Block(("",), "", "code")]], ids=range(5)
)
def test_nothing_to_see_is_no_message(blocks: list[Block]) -> None:
    """Telegram refuses a message without words, so none is made."""
    assert messages(blocks) == []


def test_blocks_stand_apart_and_blank_ones_leave_no_gap() -> None:
    """An empty line between blocks, whether or not something blank was between them."""
    assert messages([Block(("a",)), Block(), Block(("b", "c"), "H", "list")]) == ["a\n\n<b>H</b>\n• b\n• c"]
    assert messages([Block(("a", "b"), style="folded")]) == ["<blockquote expandable>• a\n• b</blockquote>"]
