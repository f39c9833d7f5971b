"""Telegram's limits: what is just right goes through, what is too much is refused in Telegram's words."""

from typing import Any

import pytest

from bot.sandbox.methods.editing import NOT_MODIFIED
from bot.sandbox.params import Upload
from bot.sandbox.person import Person
from bot.sandbox.queries import TOO_OLD
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A keyboard of one row."""
    return {"inline_keyboard": [list(buttons)]}


def data(size: int) -> dict[str, Any]:
    """A keyboard with one button that carries so many bytes."""
    return inline({"text": "x", "callback_data": "d" * size})


def many(rows: int, row: int) -> dict[str, Any]:
    """A keyboard of so many rows of so many buttons."""
    return {"inline_keyboard": [[{"text": "x", "callback_data": "d"}] * row] * rows}


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    """An entity as a bot gives it."""
    return {"type": kind, "offset": offset, "length": length, **more}


ok: str = ""

SEND: list[tuple[dict[str, Any], str]] = [
    ({"text": "x"}, ok),
    ({"text": ""}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4096}, ok),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "🙂" * 2048}, ok),
    ({"text": "🙂" * 2048 + "x"}, "message is too long"),
    ({"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "html"}, ok),
    ({"text": "x" * 4096 + " \n"}, ok),
    ({"text": "x" * 32769}, "text is too long"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ({"text": "🙂", "entities": [entity("bold", 0, 2)]}, ok),
    (
        {"text": "x", "entities": [entity("bold", 0, 2)]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 1",
    ),
    ({"text": "x", "entities": [entity("bold", 2, 1)]}, "entity begins after the end of the text at UTF-16 offset 2"),
    ({"text": "🙂x", "entities": [entity("bold", 1, 2)]}, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
    (
        {"text": "🙂x", "entities": [entity("bold", 0, 1)]},
        "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4",
    ),
    ({"text": "x", "entities": [entity("bold", -1, 1)]}, "receive an entity with incorrect offset -1"),
    ({"text": "x", "entities": [entity("bolt", 0, 1)]}, "can't parse MessageEntity: Unsupported type specified"),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0}]}, "can't parse MessageEntity: Can't find field \"length\""),
    ({"text": "x", "entities": [entity("text_link", 0, 1)]}, "can't parse MessageEntity: Can't find field \"url\""),
    ({"text": "x", "entities": [entity("url", 5, 9)]}, ok),
    ({"text": "x", "reply_markup": data(1)}, ok),
    ({"text": "x", "reply_markup": data(64)}, ok),
    ({"text": "x", "reply_markup": data(65)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline({"text": "x", "callback_data": "é" * 33})}, "BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": data(0)},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "reply_markup": inline({"callback_data": "d"})}, "can't parse inline keyboard button: Can't find field \"text\""),
    ({"text": "x", "reply_markup": inline({"text": "", "callback_data": "d"})}, "inline keyboard button text must be non-empty"),
    (
        {"text": "x", "reply_markup": inline({"text": "x", "callback_data": "d", "url": "https://example.org"})},
        "a button has several actions: url, callback_data (only the sandbox minds)",
    ),
    (
        {"text": "x", "reply_markup": inline({"text": "x", "callback_dat": "d"})},
        "no field callback_dat in InlineKeyboardButton (only the sandbox minds)",
    ),
    ({"text": "x", "reply_markup": inline({"text": "x", "copy_text": {"text": "c" * 256}})}, ok),
    ({"text": "x", "reply_markup": inline({"text": "x", "copy_text": {"text": "c" * 257}})}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": inline({"text": "x", "copy_text": {"text": ""}})}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": inline({"text": "x", "url": "https://example.org/a"})}, ok),
    ({"text": "x", "reply_markup": inline({"text": "x", "url": "tg://user?id=1"})}, ok),
    (
        {"text": "x", "reply_markup": inline({"text": "x", "url": "nonsense"})},
        "inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
    ),
    ({"text": "x", "reply_markup": many(100, 1)}, ok),
    ({"text": "x", "reply_markup": many(101, 1)}, "reply markup is too long"),
    ({"text": "x", "reply_markup": many(1, 8)}, ok),
    ({"text": "x", "reply_markup": many(1, 9)}, "more than 8 buttons in a row (only the sandbox minds)"),
    ({"text": "x", "reply_markup": {"inline_keyboard": []}}, ok),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": {"keyboard": [["Yes", {"text": "No"}]]}}, ok),
    ({"text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}}, "keyboard button text must be non-empty"),
    ({"text": "x", "reply_markup": {"remove_keyboard": True}}, ok),
    ({"text": "x", "reply_markup": {"force_reply": True, "input_field_placeholder": "p" * 64}}, ok),
    ({"text": "x", "reply_parameters": {"message_id": 1}}, ok),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}}, ok),
    ({"text": "x", "message_thread_id": 5}, "message thread not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": "nobody"}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "chat_id": 987}, "chat not found"),
    ({"text": "x", "chat_id": -987}, "chat not found"),
    ({"text": "x", "parsemode": "HTML"}, "no parameter parsemode in sendMessage (only the sandbox minds)"),
    ({"text": "x", "link_preview_options": {"is_disabled": True}}, ok),
    ({"text": "x", "link_preview_options": {"disabled": True}}, "no field disabled in LinkPreviewOptions (only the sandbox minds)"),
]


@pytest.mark.parametrize(("params", "refusal"), SEND)
async def test_what_may_be_sent(world: World, ann: Person, params: dict[str, Any], refusal: str) -> None:
    """A message within the limits is sent; of one beyond them nothing is."""
    await ann.send("Hello")
    status, body = await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, **params})
    assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))
    assert len(ann.sees()) == (1 if refusal else 2)


EDIT: list[tuple[dict[str, Any], str]] = [
    ({"text": "new"}, ok),
    ({"text": "old", "reply_markup": data(1)}, ok),
    ({"text": "old"}, NOT_MODIFIED),
    ({"text": " old "}, NOT_MODIFIED),
    ({"text": ""}, "message text is empty"),
    ({"text": "x" * 4096}, ok),
    ({"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
    ({"text": "new", "message_id": 99}, "message to edit not found"),
    ({"text": "new", "message_id": 1}, "message can't be edited"),
    ({"text": "new", "message_id": None}, "message to edit identifier is not specified"),
    ({"text": "new", "chat_id": 987}, "chat not found"),
    ({"text": "new", "reply_markup": {"keyboard": [["Yes"]]}}, "inline keyboard expected"),
    ({"text": "new", "reply_markup": data(65)}, "BUTTON_DATA_INVALID"),
]


@pytest.mark.parametrize(("params", "refusal"), EDIT)
async def test_what_may_be_edited(world: World, ann: Person, params: dict[str, Any], refusal: str) -> None:
    """A bot changes its own messages, into something else, within the limits."""
    await ann.send("Hello")
    await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "old"})
    status, body = await world.call(ann.bot.token, "editMessageText", {"chat_id": ann.id, "message_id": 2, **params})
    assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))
    assert ann.last().edited is (not refusal)


OTHER: list[tuple[str, dict[str, Any], str]] = [
    ("editMessageReplyMarkup", {"message_id": 2, "reply_markup": data(1)}, ok),
    ("editMessageReplyMarkup", {"message_id": 2}, NOT_MODIFIED),
    ("editMessageCaption", {"message_id": 2, "caption": "x"}, "there is no caption in the message to edit"),
    ("deleteMessage", {"message_id": 2}, ok),
    ("deleteMessage", {"message_id": 1}, ok),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ("deleteMessages", {"message_ids": [1, 2, 99]}, ok),
    ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
    ("deleteMessages", {"message_ids": list(range(1, 102))}, "too many message identifiers specified"),
    ("forwardMessage", {"from_chat_id": 1001, "message_id": 1}, ok),
    ("forwardMessage", {"from_chat_id": 1001, "message_id": 99}, "message to forward not found"),
    ("copyMessage", {"from_chat_id": 1001, "message_id": 1}, ok),
    ("copyMessage", {"from_chat_id": 1001, "message_id": 99}, "message to copy not found"),
    ("pinChatMessage", {"message_id": 2}, ok),
    ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
    ("unpinChatMessage", {}, "message to unpin not found"),
    ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}]}, ok),
    ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]}, "REACTION_INVALID"),
    ("setMessageReaction", {"message_id": 99, "reaction": []}, "message to react not found"),
    ("sendChatAction", {"action": "typing"}, ok),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("sendDocument", {}, "there is no document in the request"),
    ("sendDocument", {"document": "BQACnonsense"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("createForumTopic", {"name": "x"}, "the chat is not a forum"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("getChatAdministrators", {}, "there are no administrators in the private chat"),
]


@pytest.mark.parametrize(("method", "params", "refusal"), OTHER)
async def test_what_other_methods_refuse(world: World, ann: Person, method: str, params: dict[str, Any], refusal: str) -> None:
    """Every method keeps its own limits, in a private chat with one message of each side."""
    await ann.send("Hello")
    await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "old"})
    status, body = await world.call(ann.bot.token, method, {"chat_id": ann.id, **params})
    assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))


PROFILE: list[tuple[str, dict[str, Any], str]] = [
    ("setMyCommands", {"commands": [{"command": "start", "description": "Begin"}]}, ok),
    ("setMyCommands", {"commands": [{"command": "/a" + "b" * 31, "description": "d" * 256}]}, ok),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "Begin"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "Begin"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "d" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "d"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [], "language_code": "english"}, "invalid language code specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 987}}, "chat not found"),
    ("setMyName", {"name": "n" * 64}, ok),
    ("setMyName", {"name": "n" * 65}, "bot name is too long"),
    ("setMyDescription", {"description": "d" * 513}, "bot description is too long"),
    ("setMyShortDescription", {"short_description": "d" * 121}, "bot short description is too long"),
    ("setChatMenuButton", {"menu_button": {"type": "commands"}}, ok),
    ("setChatMenuButton", {"menu_button": {"type": "door"}}, "can't parse menu button: MenuButton has unsupported type"),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "nonsense"}, "wrong file_id or the file is temporarily unavailable"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, TOO_OLD),
    ("answerInlineQuery", {"inline_query_id": "1", "results": []}, TOO_OLD),
    ("setWebhook", {"url": "ftp://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://example.org", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ("setWebhook", {"url": "https://example.org", "secret_token": "a" * 257}, "secret token is too long"),
]


@pytest.mark.parametrize(("method", "params", "refusal"), PROFILE)
async def test_what_a_bot_may_say_of_itself(world: World, ann: Person, method: str, params: dict[str, Any], refusal: str) -> None:
    """Commands, names and descriptions are short; queries and files must be known."""
    status, body = await world.call(ann.bot.token, method, params)
    assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))


@pytest.mark.parametrize(("size", "refusal"), [(1024, ok), (1025, "message caption is too long")])
async def test_captions_hold_1024(world: World, ann: Person, size: int, refusal: str) -> None:
    """A caption is shorter than a text."""
    await ann.send("Hello")
    for method, name in (("sendDocument", "document"), ("sendPhoto", "photo")):
        files = {name: Upload("x.png", b"\x89PNG\r\n\x1a\n" + bytes(16))}
        status, body = await world.call(ann.bot.token, method, {"chat_id": ann.id, "caption": "c" * size}, files)
        assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))


@pytest.mark.parametrize(
    ("method", "content", "answer"),
    [
        ("sendDocument", b"", (400, "Bad Request: file must be non-empty")),
        ("sendDocument", bytes(50 * 1000 * 1000 + 1), (413, "Request Entity Too Large")),
        ("sendPhoto", b"no picture", (400, "Bad Request: IMAGE_PROCESS_FAILED")),
        ("sendPhoto", bytes(10 * 1000 * 1000 + 1), (400, "Bad Request: file is too big for a photo")),
    ],
    ids=["empty", "too big", "no picture", "picture too big"],
)
async def test_files_have_their_size(world: World, ann: Person, method: str, content: bytes, answer: tuple[int, str]) -> None:
    """An empty or too big file is not sent, nor a picture that is none."""
    await ann.send("Hello")
    status, body = await world.call(ann.bot.token, method, {"chat_id": ann.id}, {method[4:].lower(): Upload("x", content)})
    assert (status, body["description"]) == answer


@pytest.mark.parametrize(("size", "refusal"), [(20_000_000, ok), (20_000_001, "file is too big")])
async def test_a_bot_downloads_20_megabytes(world: World, ann: Person, size: int, refusal: str) -> None:
    """A person may send more than a bot can fetch."""
    sent = await ann.send_document("film.mp4", bytes(size))
    status, body = await world.call(ann.bot.token, "getFile", {"file_id": sent.content["document"]["file_id"]})
    assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))


@pytest.mark.parametrize(("size", "refusal"), [(0, ok), (200, ok), (201, "MESSAGE_TOO_LONG")])
async def test_toasts_are_short(world: World, ann: Person, size: int, refusal: str) -> None:
    """The answer to a press holds 200 letters, or none."""
    await ann.send("Hello")
    await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "?", "reply_markup": data(1)})
    press = await ann.press(2, "x")
    assert press.query is not None
    status, body = await world.call(ann.bot.token, "answerCallbackQuery", {"callback_query_id": press.query.id, "text": "t" * size})
    assert (status, body.get("description", "")) == ((400, f"Bad Request: {refusal}") if refusal else (200, ""))


async def test_a_press_is_answered_in_time(world: World, ann: Person) -> None:
    """A press may be answered twice, and no more after 150 seconds."""
    await ann.send("Hello")
    await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "?", "reply_markup": data(1)})
    press = await ann.press(2, "x")
    assert press.query is not None
    answer = {"callback_query_id": press.query.id}
    assert [(await world.call(ann.bot.token, "answerCallbackQuery", answer))[0] for _ in range(2)] == [200, 200]
    world.clock.advance(151)
    assert (await world.call(ann.bot.token, "answerCallbackQuery", answer))[1]["description"] == f"Bad Request: {TOO_OLD}"


async def test_old_messages_stay(world: World, ann: Person) -> None:
    """After 48 hours a message is no longer deleted, though still edited."""
    await ann.send("Hello")
    await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "old"})
    world.clock.advance(48 * 3600 + 1)
    where = {"chat_id": ann.id, "message_id": 2}
    assert (await world.call(ann.bot.token, "deleteMessage", where))[1][
        "description"
    ] == "Bad Request: message can't be deleted for everyone"
    assert (await world.call(ann.bot.token, "editMessageText", {**where, "text": "new"}))[0] == 200
