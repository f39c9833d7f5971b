"""A conversation between a person and a bot, through the library's client and real HTTP."""

import pytest
import telegram

from bot.sandbox.person import Person
from bot.sandbox.transcript import transcript
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def test_a_person_and_a_bot_talk(client: telegram.Bot, ann: Person) -> None:
    """What a person does reaches the bot, what the bot does the person, and the transcript tells it all."""
    await ann.command("start", "interview")
    (update,) = await client.get_updates()
    assert update.message is not None
    assert update.message.text == "/start interview"
    buttons = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Police", callback_data="p")]])
    await client.send_message(ann.id, "<b>Who</b> is in it?", parse_mode="HTML", reply_markup=buttons)
    question = await ann.waits_for("Who is in it?")
    assert question.rows == (("Police",),)
    press = await ann.press(question, "Police")
    (update,) = await client.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    assert update.callback_query.data == "p"
    await client.answer_callback_query(update.callback_query.id, "Noted")
    assert (await press.answered()).text == "Noted"
    await client.edit_message_text("Thank you.", ann.id, question.id)
    await ann.waits_for("Thank you.")
    assert transcript(ann.chat) == (
        "Ann: /start interview\nHelper: *Who* is in it?\n    [Police]\nAnn presses [Police]\nHelper (toast): Noted\nHelper (edited): Thank you.\n"
    )


async def test_a_file_sent_can_be_fetched(client: telegram.Bot, ann: Person) -> None:
    """A document that a bot sends has an id, by which it is found and downloaded."""
    await ann.command("start")
    sent = await client.send_document(ann.id, b"a,b\n1,2\n", filename="answers.csv", caption="Yours")
    assert sent.document is not None
    fetched = await client.get_file(sent.document.file_id)
    assert bytes(await fetched.download_as_bytearray()) == b"a,b\n1,2\n"
    again = await client.send_document(ann.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_name == "answers.csv"
    assert [one.name for one in ann.sees() if one.kind == "document"] == ["answers.csv", "answers.csv"]


async def test_calls_are_written_down(world: World, client: telegram.Bot, ann: Person) -> None:
    """Every call is on record with its parameters, its outcome and its chat."""
    await ann.command("start")
    await client.send_message(ann.id, "Hello")
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await client.send_message(999, "Hello")
    assert [(call.method, call.status, call.chat) for call in world.calls if call.writes] == [
        ("sendMessage", 200, ann.id),
        ("sendMessage", 400, 999),
    ]
