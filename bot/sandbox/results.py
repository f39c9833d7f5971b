"""Results of inline queries: what a person can choose from, and the message it becomes."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import ApiError, bad_request, not_played
from bot.sandbox.keyboards import check_markup
from bot.sandbox.params import Params, words_of
from bot.sandbox.signatures import check_fields
from bot.sandbox.texts import formatted
from bot.sandbox.units import units


def check_result(result: Any) -> dict[str, Any]:
    """Checks one result. Answers its id, its title and description, and the content and keyboard of its message.

    Articles are played, and no other kind.
    """
    if not isinstance(result, dict):
        raise _unreadable("Inline query result must be an object")
    for name in ("type", "id"):
        if name not in result:
            raise _unreadable(f'Can\'t find field "{name}"')
    if words_of(result, "type") != "article":
        raise not_played(f"inline results of the type {result['type']}")
    check_fields("InlineQueryResultArticle", {name: value for name, value in result.items() if name != "type"})
    if not 1 <= len(words_of(result, "id").encode("utf-8", "surrogatepass")) <= limits.RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not words_of(result, "title"):
        raise _unreadable('Can\'t find field "title"')
    return {
        "id": words_of(result, "id"),
        "title": words_of(result, "title"),
        "description": words_of(result, "description"),
        "content": _content(result.get("input_message_content")),
        "markup": check_markup(result["reply_markup"], only_inline=True) if result.get("reply_markup") else None,
    }


def _content(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _unreadable('Can\'t find field "message_text"')
    if "message_text" not in given:
        raise not_played("inline results that send anything but a text")
    check_fields("InputTextMessageContent", given)
    text = words_of(given, "message_text")
    if not text:
        raise _unreadable("Message text is empty")
    body = formatted(Params(given), text)
    if not body.text:
        raise bad_request("MESSAGE_EMPTY")
    if units(body.text) > limits.TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return {"text": body.text, "entities": body.entities} if body.entities else {"text": body.text}


def _unreadable(why: str) -> ApiError:
    return bad_request(f"Can't parse inline query result: {why}")
