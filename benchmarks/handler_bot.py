"""The same conversation as an ordinary bot: python-telegram-bot's Application, ConversationHandler and default client.

It keeps nothing, checks nothing and understands no typed answers; it only asks the questions in turn. Used by `telegram_bot.py`.
"""

import logging
import os
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from bot.app import open_folder
from bot.shipped import shipped_dialogues

logging.getLogger("httpx").setLevel(logging.WARNING)
BOOK = open_folder(shipped_dialogues(), with_tests=False).book
assert BOOK is not None
QUESTIONS = [one for one in BOOK.dialogues["interview"].questions if not one.options_from and one.kind != "call"]
Context = ContextTypes.DEFAULT_TYPE


def _markup(place: int, ticked: set[str]) -> InlineKeyboardMarkup:
    question = QUESTIONS[place]
    rows = [
        [InlineKeyboardButton(("✅ " if one.id in ticked else "") + one.label, callback_data=f"o:{one.id}")] for one in question.options
    ]
    others = [InlineKeyboardButton("Done", callback_data="done"), InlineKeyboardButton("Skip", callback_data="skip")]
    return InlineKeyboardMarkup([*rows, others])


def _text(place: int) -> str:
    return f"Question {place + 1} of {len(QUESTIONS)}\n\n<b>{QUESTIONS[place].ask}</b>\n{QUESTIONS[place].hint}"


async def start(update: Update, context: Context) -> int:
    """The first question."""
    data: dict[str, Any] = context.user_data  # type: ignore[assignment]  # a dictionary for every person
    data.clear()
    assert update.message is not None
    await update.message.reply_text(_text(0), parse_mode="HTML", reply_markup=_markup(0, set()))
    return 0


async def _next(update: Update, place: int) -> int:
    if place == len(QUESTIONS):
        if update.callback_query:
            await update.callback_query.edit_message_text("Your type: …")
        return ConversationHandler.END
    if update.callback_query:
        await update.callback_query.edit_message_text(_text(place), parse_mode="HTML", reply_markup=_markup(place, set()))
    elif update.message:
        await update.message.reply_text(_text(place), parse_mode="HTML", reply_markup=_markup(place, set()))
    return place


async def pressed(update: Update, context: Context) -> int:
    """A button."""
    data: dict[str, Any] = context.user_data  # type: ignore[assignment]  # a dictionary for every person
    query = update.callback_query
    assert query is not None
    await query.answer()
    place = data.setdefault("place", 0)
    chosen = str(query.data)
    if chosen.startswith("o:") and QUESTIONS[place].kind == "many":
        data.setdefault("ticked", set()).symmetric_difference_update({chosen[2:]})
        await query.edit_message_text(_text(place), parse_mode="HTML", reply_markup=_markup(place, data["ticked"]))
        return int(place)
    data[QUESTIONS[place].id], data["place"], data["ticked"] = chosen, place + 1, set()
    return await _next(update, place + 1)


async def typed(update: Update, context: Context) -> int:
    """A typed answer."""
    data: dict[str, Any] = context.user_data  # type: ignore[assignment]  # a dictionary for every person
    place = data.setdefault("place", 0)
    assert update.message is not None
    data[QUESTIONS[place].id], data["place"] = update.message.text, place + 1
    return await _next(update, place + 1)


def main() -> None:
    """Runs the bot until SIGTERM."""
    url = os.environ["TELEGRAM_API_URL"]
    application = ApplicationBuilder().token(os.environ["TELEGRAM_TOKEN"]).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    states: dict[object, list[Any]] = {
        place: [CallbackQueryHandler(pressed), MessageHandler(filters.TEXT & ~filters.COMMAND, typed)] for place in range(len(QUESTIONS))
    }
    application.add_handler(
        ConversationHandler([CommandHandler("start", start)], states, [CommandHandler("start", start)], allow_reentry=True)
    )
    application.run_polling(timeout=2)


main()
