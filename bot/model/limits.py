"""Limits, named once. Those of Telegram are from the Bot API (messages, captions, callback data, keyboards)."""

# Telegram's, in UTF-16 code units where it counts text and in bytes for callback data.
MESSAGE_LENGTH = 4096
CAPTION_LENGTH = 1024
CALLBACK_BYTES = 64
TOAST_LENGTH = 200
COPY_LENGTH = 256
BUTTONS_PER_MESSAGE = 100

# Ours. A button wider than this is cut off on a small phone.
BUTTON_WIDTH = 40
# Words around a text that the bot adds itself (progress, notes, headings) need room in the same message.
ROOM_FOR_OUR_OWN_WORDS = 600
# A text typed by a person is kept up to here; Telegram lets nobody send more in one message.
TYPED_LENGTH = 4096
# Callback data is "action:question:option:turn"; the check of sizes says where two ids are too long together.
ID_LENGTH = 28
# A conversation never passes more states than this in one turn; dialogues calling one another no deeper than this.
STEPS_PER_WALK = 20_000
CALL_DEPTH = 8

# A file of the dialogues folder. Room for 10,000 questions, and not enough to keep the reader busy for long:
# what is too large is counted before it is parsed, what is too deep or too long a list ends the parsing at once.
FILE_BYTES = 3 << 20
FILE_DEPTH = 16
FILE_ITEMS = 300_000
LIST_LENGTH = 5_000
SCALAR_LENGTH = 16_384
FOLDER_FILES = 500


def utf16_length(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 code units, so most emoji count as two."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)
