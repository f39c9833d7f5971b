"""answerCallbackQuery, answerInlineQuery, answerGuestQuery."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context
from bot.sandbox.posting import Happening, happened, new_message, post
from bot.sandbox.queries import Toast
from bot.sandbox.results import check_result
from bot.sandbox.signatures import check_fields
from bot.sandbox.units import units


def answer_callback_query(call: Context) -> bool:
    """Ends the waiting after a press, with a line or an alert if there is a text."""
    query = call.world.queries.find("callback", call.bot, call.params.text("callback_query_id"))
    toast = Toast(call.params.text("text"), call.params.flag("show_alert"), call.params.text("url"))
    if units(toast.text) > limits.TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if toast.url and not toast.url.lower().startswith((f"https://t.me/{call.bot.username}?", f"t.me/{call.bot.username}?")):
        raise bad_request("URL_INVALID")
    call.world.queries.answered(query, toast)
    if toast.text:
        happened(call.world, query.chat, Happening("alert" if toast.alert else "toast", call.bot.user.first_name, note=toast.text))
    return True


def answer_inline_query(call: Context) -> bool:
    """Answers what a person types after the bot's name in any chat."""
    results = call.params.array("results")
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("Too many inline query results specified")
    checked = [check_result(result) for result in results]
    ids = [result["id"] for result in checked]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    button = call.params.mapping("button", "inline query results button")
    if button is not None:
        check_fields("InlineQueryResultsButton", button)
        if ("start_parameter" in button) == ("web_app" in button):
            raise bad_request("Can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field")
    query = call.world.queries.find("inline", call.bot, call.params.text("inline_query_id"))
    query.more["button"] = button
    call.world.queries.answered(query, checked)
    return True


def answer_guest_query(call: Context) -> dict[str, Any]:
    """Speaks once in a chat the bot is no member of, because somebody there asked it to."""
    result = call.params.mapping("result", "inline query result")
    if result is None:
        raise bad_request("Result isn't specified")
    checked = check_result(result)
    query = call.world.queries.find("guest", call.bot, call.params.text("guest_query_id"))
    if query.answers:
        raise bad_request("guest query was already answered (only the sandbox says it so)")
    extra = {"guest_bot_caller_user": query.user.to_json()}
    message = new_message(
        call.world, query.chat, checked["content"], sender=call.bot.user, bot=call.bot, reply_to=query.message,
        via=call.bot, markup=checked["markup"], extra=extra,
    )  # fmt: skip
    message.inline_id = f"guest{query.id}"
    call.world.inline_messages[message.inline_id] = message
    post(call.world, message)
    call.world.queries.answered(query, message)
    return {"inline_message_id": message.inline_id}


PLAYED = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
