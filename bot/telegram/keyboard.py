"""Buttons below a message: laid out by width, so that a small phone shows every word; long lists in pages."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from bot.model.limits import BUTTONS_PER_MESSAGE, COPY_LENGTH, utf16_length
from bot.model.reply import Ask, Button, Choice
from bot.telegram.html import sendable
from bot.telegram.tokens import Token

Key = dict[str, Any]
Rows = list[list[Key]]

SIDE_BY_SIDE = {2: 17, 3: 9}
"""So many buttons go into one row if none of their labels is wider than this."""
MOST_BUTTONS = BUTTONS_PER_MESSAGE - 10
"""A page has no more than these, with room for those that copy a text."""
WAYS_OUT = 2
MOST_ROWS = 12
ROWS_A_PAGE = 8
TICKED, OPEN = "✅ ", "☐ "
BEFORE, AFTER = "◀ ", " ▶"


def key(label: str, token: Token) -> Key:
    """A button that comes back to us."""
    return {"text": sendable(label), "callback_data": token.written()}


def rows(keys: Iterable[Key]) -> Rows:
    """The keys in rows, in their order."""
    laid: Rows = []
    for one in keys:
        if laid and _fits([*laid[-1], one]):
            laid[-1].append(one)
        else:
            laid.append([one])
    return laid


def _fits(row: list[Key]) -> bool:
    widest = SIDE_BY_SIDE.get(len(row))
    return widest is not None and all(utf16_length(one["text"]) <= widest for one in row)


def of_question(ask: Ask, page: int, more: str) -> Rows:
    """The keyboard of a question: its options, then Done and the other buttons. `more` is the label of the page buttons."""
    options = rows(_option(ask, choice, page) for choice in ask.choices)
    pages = 1 if len(options) <= MOST_ROWS else -(-len(options) // ROWS_A_PAGE)
    if page >= pages:
        return of_question(ask, pages - 1, more)
    if pages > 1:
        options = options[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
        before = [key(BEFORE + more, Token("page", ask.question, page=page - 1))] if page else []
        after = [key(more + AFTER, Token("page", ask.question, page=page + 1))] if page < pages - 1 else []
        options.append([*before, *after])
    ticked = any(choice.ticked for choice in ask.choices)
    done = [button for button in ask.buttons if button.id == "done" and ticked]
    others = [button for button in ask.buttons if button.id != "done"]
    return [*options, *([_of_ask(one)] for one in done), *rows(_of_ask(one) for one in others)]


def _option(ask: Ask, choice: Choice, page: int) -> Key:
    label = (TICKED if choice.ticked else OPEN if ask.many else "") + choice.label
    return key(label, Token("option", ask.question, choice.id, not choice.ticked if ask.many else None, page))


def _of_ask(button: Button) -> Key:
    return key(button.label, Token("ask", button.id, button.about))


def of_page(buttons: Sequence[Button], link: str) -> Rows:
    """The keyboard of a page. `link` is the address of the bot, for what is passed on to others.

    Of more buttons than a message can have, the last ones stay, which lead away; a review of very many answers still takes a number.
    """
    if len(buttons) > MOST_BUTTONS:
        buttons = [*buttons[: MOST_BUTTONS - WAYS_OUT], *buttons[-WAYS_OUT:]]
    return rows(_of_page(button, link) for button in buttons)


def _of_page(button: Button, link: str) -> Key:
    if button.share and link:
        return {"text": sendable(button.label), "url": share_address(button.share, link)}
    return key(button.label, Token("button", button.id, button.about))


def share_address(text: str, link: str) -> str:
    """The address that lets a person choose a chat and send this text, with a link to the bot."""
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(sendable(text), safe='')}"


def copy_key(label: str, text: str) -> Key | None:
    """A button that copies the text, or None if the text is too long for that."""
    return {"text": label, "copy_text": {"text": sendable(text)}} if 0 < utf16_length(sendable(text)) <= COPY_LENGTH else None
