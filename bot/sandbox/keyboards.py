"""Keyboards under messages, checked as Telegram checks them.

Where Telegram drops or moves a button without a word (an empty label, a ninth button in a row, a second action), the
sandbox refuses: for a bot it is a slip.
"""

import re
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.params import Params, words_of
from bot.sandbox.signatures import check_fields
from bot.sandbox.units import units

ACTIONS = (
    "url", "callback_data", "callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip
URL = re.compile(r"(tg://\S+|(https?://)?[^\s/?#.]+(\.[^\s/?#.]+)+([/?#]\S*)?)$", re.IGNORECASE)

Markup = dict[str, Any]


def reply_markup(params: Params, *, only_inline: bool = False, private: bool = True) -> Markup | None:
    """The keyboard of a call, or None."""
    markup = params.json("reply_markup", "reply keyboard markup")
    return None if markup is None else check_markup(markup, only_inline=only_inline, private=private)


def check_markup(markup: Any, *, only_inline: bool = False, private: bool = True) -> Markup | None:
    """Checks a keyboard. One without buttons is none."""
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if "inline_keyboard" in markup:
        check_fields("InlineKeyboardMarkup", markup)
        rows = _rows(markup["inline_keyboard"], "inline_keyboard")
        for row in rows:
            for button in row:
                _check_inline(button, private=private)
        return {"inline_keyboard": rows} if rows else None
    if not markup:
        return None
    if only_inline:
        raise bad_request("Inline keyboard expected")
    return _reply_keyboard(markup, private=private)


def _reply_keyboard(markup: Markup, *, private: bool) -> Markup | None:
    if "keyboard" in markup:
        check_fields("ReplyKeyboardMarkup", markup)
        rows = [
            [{"text": button} if isinstance(button, str) else button for button in row] for row in _rows(markup["keyboard"], "keyboard")
        ]
        for row in rows:
            for button in row:
                _check_reply(button, private=private)
        _check_placeholder(markup)
        return {**markup, "keyboard": rows} if rows else None
    if "remove_keyboard" in markup:
        check_fields("ReplyKeyboardRemove", markup)
        return markup if markup["remove_keyboard"] else None
    if "force_reply" in markup:
        check_fields("ForceReply", markup)
        _check_placeholder(markup)
        return markup if markup["force_reply"] else None
    raise bad_request(f"unknown reply markup with {', '.join(sorted(markup))} (only the sandbox minds)")


def _rows(rows: Any, name: str) -> list[list[Any]]:
    if not isinstance(rows, list | tuple):
        raise bad_request(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list | tuple) for row in rows):
        raise bad_request("Can't parse keyboard: Row must be an Array")
    kept = [list(row) for row in rows if row]
    if sum(map(len, kept)) > limits.BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > limits.ROW for row in kept):
        raise bad_request(f"more than {limits.ROW} buttons in a row (only the sandbox minds)")
    return kept


def _check_inline(button: Any, *, private: bool) -> None:
    if not isinstance(button, dict):
        raise _unreadable("inline keyboard", "InlineKeyboardButton must be an Object")
    check_fields("InlineKeyboardButton", button)
    if "text" not in button:
        raise _unreadable("inline keyboard", 'Can\'t find field "text"')
    if not words_of(button, "text"):
        raise bad_request("Inline keyboard button text must be non-empty")
    given = [name for name in ACTIONS if name in button and button[name] is not None]
    if "url" in given and not button["url"]:
        given.remove("url")
    if "callback_data" in given and not button["callback_data"]:
        given.remove("callback_data")
    if not given:
        raise _unreadable("inline keyboard", "Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise bad_request(f"a button has several actions: {', '.join(given)} (only the sandbox minds)")
    _check_action(given[0], button[given[0]], private=private)


def _check_action(action: str, value: Any, *, private: bool) -> None:
    if action == "callback_data":
        if len(str(value).encode("utf-8", "surrogatepass")) > limits.CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        if not isinstance(value, str) or not URL.match(value):
            raise bad_request(f"Inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    elif action == "copy_text":
        if not isinstance(value, dict) or not 1 <= units(words_of(value, "text")) <= limits.COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action == "web_app":
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        _check_web_app(value, "Inline keyboard button")


def _check_reply(button: Any, *, private: bool) -> None:
    if not isinstance(button, dict):
        raise _unreadable("keyboard", "KeyboardButton must be a String or an Object")
    check_fields("KeyboardButton", button)
    if "text" not in button:
        raise _unreadable("keyboard", 'Can\'t find field "text"')
    if not words_of(button, "text"):
        raise bad_request("Keyboard button text must be non-empty")
    if not private:
        for name, what in (("request_contact", "Phone number"), ("request_location", "Location"), ("request_poll", "Poll")):
            if button.get(name):
                raise bad_request(f"{what} can be requested in private chats only")
        if button.get("web_app"):
            raise bad_request("Web App buttons can be used in private chats only")
    if button.get("web_app"):
        _check_web_app(button["web_app"], "Keyboard button")


def _check_web_app(value: Any, where: str) -> None:
    url = words_of(value, "url") if isinstance(value, dict) else ""
    if not url.startswith("https://"):
        raise bad_request(f"{where} Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_placeholder(markup: Markup) -> None:
    if units(str(markup.get("input_field_placeholder") or "")) > 64:
        raise bad_request("a placeholder has more than 64 letters (only the sandbox minds)")


def _unreadable(where: str, why: str) -> ApiError:
    return bad_request(f"Can't parse {where} button: {why}")
