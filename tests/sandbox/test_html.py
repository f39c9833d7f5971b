"""Telegram's HTML: what becomes of right markup, and what is said of wrong markup."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.html import parse_html


def kinds(source: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The text, and each entity as type, offset, length and whatever else it has."""
    text, entities = parse_html(source)
    return text, [tuple(entity.values()) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("<strong>x</strong><i>y</i><em>z</em>", "xyz", [("bold", 0, 1), ("italic", 1, 1), ("italic", 2, 1)]),
        ("<u>x</u><ins>y</ins>", "xy", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>x</s><strike>y</strike><del>z</del>", "xyz", [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)]),
        ('<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', "xy", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("italic", 1, 1), ("bold", 0, 2)]),
        ("<B>x</B >", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("🙂<b>é</b>", "🙂é", [("bold", 2, 1)]),
        ("<b>🙂</b>", "🙂", [("bold", 0, 2)]),
        ('<a href="https://example.org/a?b=1&amp;c=2">x</a>', "x", [("text_link", 0, 1, "https://example.org/a?b=1&c=2")]),
        ("<a href='https://example.org'>x</a>", "x", [("text_link", 0, 1, "https://example.org/")]),
        ("<a href=example.org>x</a>", "x", [("text_link", 0, 1, "http://example.org/")]),
        ("<a>example.org</a>", "example.org", [("text_link", 0, 11, "http://example.org/")]),
        ('<a href="nowhere">x</a>', "x", []),
        ('<a href="tg://user?id=7">x</a>', "x", [("text_mention", 0, 1, {"id": 7})]),
        ('<a href="tg://resolve?domain=x">x</a>', "x", [("text_link", 0, 1, "tg://resolve?domain=x")]),
        ("<code>x</code><pre>y</pre>", "xy", [("code", 0, 1), ("pre", 1, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1, "python")]),
        ('<code class="language-python"><pre>x</pre></code>', "x", [("pre", 0, 1, "python")]),
        ('<code class="language-python">x</code>', "x", [("code", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<blockquote expandable="">x</blockquote>', "x", [("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "5368324170671202286")]),
        ("&lt;b&gt; &amp; &quot;x&quot; &#65;&#x42;", '<b> & "x" AB', []),
        ("&lt &nbsp; &copy; & &#0; &#x110000;", "< &nbsp; &copy; & &#0; &#x110000;", []),
        ("&#128578;<b>x</b>", "🙂x", [("bold", 2, 1)]),
        ("a > b", "a > b", []),
    ],
)
def test_right_markup_becomes_text_and_entities(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    """Tags become entities counted in UTF-16 units; four names and any number stand for letters, other names for themselves."""
    assert kinds(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <= b>", 'Unsupported start tag "=" at byte offset 2'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_wrong_markup_is_refused_in_telegrams_words(source: str, refusal: str) -> None:
    """The refusal names the tag and the place in bytes, as Telegram does."""
    with pytest.raises(ApiError) as slip:
        parse_html(source)
    assert slip.value.description == f"Bad Request: can't parse entities: {refusal}"
