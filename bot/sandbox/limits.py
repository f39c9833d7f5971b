"""How long, how many, how big: Telegram's limits, from the library's constants where they are published there."""

from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    BotNameLimit,
    BulkRequestLimit,
    CallbackQueryLimit,
    FileSizeLimit,
    ForumTopicLimit,
    InlineKeyboardButtonLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    MessageLimit,
    PollingLimit,
    WebhookLimit,
)

TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION = int(MessageLimit.CAPTION_LENGTH)
ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
RAW_TEXT = 1 << 15
"""Bytes of a text with its markup, before it is parsed."""

CALLBACK_DATA = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
COPY_TEXT = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)
TOAST = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
BUTTONS = 100
ROW = 8

INLINE_RESULTS = int(InlineQueryLimit.RESULTS)
RESULT_ID = int(InlineQueryResultLimit.MAX_ID_LENGTH)
DELETE_MANY = int(BulkRequestLimit.MAX_LIMIT)

COMMANDS = int(BotCommandLimit.MAX_COMMAND_NUMBER)
COMMAND = int(BotCommandLimit.MAX_COMMAND)
COMMAND_DESCRIPTION = int(BotCommandLimit.MAX_DESCRIPTION)
DESCRIPTION = int(BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)
SHORT_DESCRIPTION = int(BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)
NAME = int(BotNameLimit.MAX_NAME_LENGTH)
TOPIC_NAME = int(ForumTopicLimit.MAX_NAME_LENGTH)

DOWNLOAD = int(FileSizeLimit.FILESIZE_DOWNLOAD)
UPLOAD = int(FileSizeLimit.FILESIZE_UPLOAD)
PHOTO = int(FileSizeLimit.PHOTOSIZE_UPLOAD)

POLL_UPDATES = int(PollingLimit.MAX_LIMIT)
POLL_SECONDS = 50
CONNECTIONS = int(WebhookLimit.MAX_CONNECTIONS_LIMIT)
SECRET = int(WebhookLimit.MAX_SECRET_TOKEN_LENGTH)

DAY = 86_400.0
DELETE_WITHIN = 2 * DAY
QUIET_WEEK = 7 * DAY

LIFE = {
    "callback_query": 150.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}
"""Seconds an update of a kind waits to be fetched; every other kind waits a day."""
