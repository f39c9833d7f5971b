"""People: what they do, what they see of it, and how a test waits for a bot."""

import asyncio

import pytest

from bot.sandbox.accounts import BotAccount
from bot.sandbox.person import Person
from bot.sandbox.pressing import Impossible
from bot.sandbox.seen import marked
from bot.sandbox.transcript import transcript
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")


async def says(world: World, bot: BotAccount, chat: int, text: str, **params: object) -> int:
    """The bot sends a text; answers its number."""
    status, body = await world.call(bot.token, "sendMessage", {"chat_id": chat, "text": text, **params})
    assert status == 200, body
    return int(body["result"]["message_id"])


def rows(*labels: str) -> dict[str, object]:
    """An inline keyboard, a button a row."""
    return {"reply_markup": {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}}


async def test_waiting_wakes_when_the_bot_writes(world: World, ann: Person) -> None:
    """Waiting ends as soon as what is looked for is there, in a new message or an edited one."""
    await ann.send("Hello")
    waiting = asyncio.create_task(ann.waits_for("Welcome"))
    await asyncio.sleep(0)
    sent = await says(world, ann.bot, ann.id, "One moment")
    await asyncio.sleep(0)
    assert not waiting.done()
    await world.call(ann.bot.token, "editMessageText", {"chat_id": ann.id, "message_id": sent, "text": "Welcome"})
    assert (await waiting).edited


async def test_waiting_looks_only_at_what_is_new(world: World, ann: Person) -> None:
    """What the bot said before the person's last act does not count; a failure shows what happened."""
    await ann.send("Hello")
    await says(world, ann.bot, ann.id, "Welcome")
    assert (await ann.waits_for(lambda one: one.who == "Helper")).text == "Welcome"
    await ann.send("again")
    with pytest.raises(TimeoutError, match=r"Ann waited 0.01 s to see 'Welcome'[^$]*Helper: Welcome\nAnn: again"):
        await ann.waits_for("Welcome", timeout=0.01)


async def test_a_button_is_found_by_label_data_or_words(world: World, ann: Person) -> None:
    """And it is an error to press one that is not there."""
    await ann.send("Hello")
    question = await says(world, ann.bot, ann.id, "?", **rows("Police force", "Health"))
    for button in ("Police force", "police force", "Police"):
        press = await ann.press(question, button)
        assert press.query is not None
        assert press.query.data == "police force"
    with pytest.raises(Impossible, match="no button 'School' under message 2 \\('\\?'\\); there are 'Police force', 'Health'"):
        await ann.press(question, "School")
    with pytest.raises(Impossible, match="there are none at all"):
        await ann.press(1, "School")


async def test_a_press_on_a_deleted_message(world: World, ann: Person) -> None:
    """The bot learns where it was, with the date 0, and nothing more."""
    await ann.send("Hello")
    question = await says(world, ann.bot, ann.id, "?", **rows("Yes"))
    await world.call(ann.bot.token, "deleteMessage", {"chat_id": ann.id, "message_id": question})
    await ann.press(question, "Yes")
    _, body = await world.call(ann.bot.token, "getUpdates", {"offset": -1})
    assert body["result"][0]["callback_query"]["message"] == {"chat": ann.chat.to_json(), "message_id": question, "date": 0}


async def test_other_buttons(world: World, ann: Person) -> None:
    """A link to the bot starts it, a copying button copies, a key sends its label."""
    await ann.send("Hello")
    keyboard = {
        "inline_keyboard": [
            [{"text": "Go", "url": "https://t.me/helper_bot?start=interview_goal"}, {"text": "Copy", "copy_text": {"text": "words"}}]
        ]
    }
    links = await says(world, ann.bot, ann.id, "links", reply_markup=keyboard)
    assert (await ann.press(links, "Go")).opened
    assert ann.last().text == "/start interview_goal"
    await ann.press(links, "Copy")
    assert ann.clipboard == "words"
    keys = await says(world, ann.bot, ann.id, "keys", reply_markup={"keyboard": [["Yes", "No"]]})
    assert ann.keys() == (("Yes", "No"),)
    await ann.press(keys, "No")
    assert ann.last().text == "No"
    await says(world, ann.bot, ann.id, "gone", reply_markup={"remove_keyboard": True})
    assert ann.keys() == ()


async def test_toasts_are_kept(world: World, ann: Person) -> None:
    """In the order of the presses, with whether they had to be closed."""
    await ann.send("Hello")
    question = await says(world, ann.bot, ann.id, "?", **rows("Yes"))
    for answer in ({"text": "Noted"}, {}, {"text": "Careful", "show_alert": True}):
        press = await ann.press(question, "Yes")
        assert press.query is not None
        await world.call(ann.bot.token, "answerCallbackQuery", {"callback_query_id": press.query.id, **answer})
    assert [(toast.text, toast.alert) for toast in ann.toasts] == [("Noted", False), ("", False), ("Careful", True)]


REFUSED = [
    ("nothing", "Bad Request: chat not found"),
    ("same group", "Forbidden: bot can't initiate conversation with a user"),
    ("block", "Forbidden: bot was blocked by the user"),
    ("leave", "Forbidden: user is deactivated"),
    ("unblock", ""),
]


@pytest.mark.parametrize(("what", "refusal"), REFUSED)
async def test_whom_a_bot_may_write_to(world: World, ann: Person, what: str, refusal: str) -> None:
    """Nobody who did not start it, blocked it or is gone."""
    if what == "same group":
        world.group("Hall", ann).join(ann.bot)
    elif what != "nothing":
        await ann.command("start")
    if what in {"block", "unblock"}:
        await ann.block()
        with pytest.raises(Impossible):
            await ann.send("Hello?")
    if what == "unblock":
        await ann.unblock()
    if what == "leave":
        ann.leave_telegram()
    _, body = await world.call(ann.bot.token, "sendMessage", {"chat_id": ann.id, "text": "x"})
    assert body.get("description", "") == refusal


async def test_blocking_is_told(world: World, ann: Person) -> None:
    """The bot gets `my_chat_member` when it is blocked and when it is not any more."""
    await ann.block()
    await ann.unblock()
    _, body = await world.call(ann.bot.token, "getUpdates")
    changes = [update["my_chat_member"] for update in body["result"]]
    assert [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_long_texts_go_in_pieces(ann: Person) -> None:
    """As an app does, what one message cannot hold is sent in several, without breaking an emoji."""
    await ann.send("x" + "🙂" * 3000)
    assert [len(one.text) for one in ann.sees()] == [2048, 953]


async def test_nothing_is_sent_without_words(ann: Person) -> None:
    """An empty message cannot be typed."""
    with pytest.raises(Impossible):
        await ann.send(" \n")


async def test_a_world_has_a_bot_before_people() -> None:
    """A person stands in a chat with a bot, so there must be one; a token must look like one."""
    with pytest.raises(ValueError, match="make a bot first"):
        World().person("Ann")
    with pytest.raises(ValueError, match="a token looks like"):
        World().bot(token="1:short")  # noqa: S106


async def test_settled_means_nothing_is_left_to_do(world: World, ann: Person) -> None:
    """No update waits, every press is answered, and as many calls were made as were asked for."""
    await ann.send("Hello")
    question = await says(world, ann.bot, ann.id, "?", **rows("Yes"))
    press = await ann.press(question, "Yes")
    assert press.query is not None
    waiting = asyncio.create_task(world.settled(writes=2))
    for method, params in (
        ("getUpdates", {"offset": 100_000_003}),
        ("answerCallbackQuery", {"callback_query_id": press.query.id}),
        ("sendMessage", {"chat_id": ann.id, "text": "Thanks"}),
    ):
        await asyncio.sleep(0)
        assert not waiting.done()
        await world.call(ann.bot.token, method, params)
    await waiting


async def test_inline_results_are_chosen(world: World, helper: BotAccount, ann: Person) -> None:
    """What is typed after the bot's name reaches it; what is chosen is sent in the person's name, and can be edited."""
    helper.supports_inline_queries = helper.inline_feedback = True
    typing = await ann.inline("multi")
    _, body = await world.call(helper.token, "getUpdates")
    asked = body["result"][0]["inline_query"]
    assert (asked["query"], asked["chat_type"]) == ("multi", "sender")
    article = {"type": "article", "id": "1", "title": "Multi-agency", "input_message_content": {"message_text": "Several agencies"}}
    results = [{**article, **rows("More")}, {**article, "id": "2", "title": "Other"}]
    await world.call(helper.token, "answerInlineQuery", {"inline_query_id": asked["id"], "results": results})
    assert typing.titles == ["Multi-agency", "Other"]
    sent = await typing.choose("Multi-agency")
    assert (sent.sender, sent.via) == (ann.user, helper)
    _, body = await world.call(helper.token, "getUpdates", {"offset": -1})
    chosen = body["result"][0]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"]) == ("1", "multi")
    edit = {"inline_message_id": chosen["inline_message_id"], "text": "Several of them"}
    assert await world.call(helper.token, "editMessageText", edit) == (200, {"ok": True, "result": True})
    assert ann.last().text == "Several of them"
    await ann.forge(sent, "more")
    _, body = await world.call(helper.token, "getUpdates", {"offset": -1})
    assert body["result"][0]["callback_query"]["inline_message_id"] == chosen["inline_message_id"]


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([{"type": "article", "title": "x"}], "Bad Request: can't parse inline query result: Can't find field \"id\""),
        ([{"type": "article", "id": "1", "title": "x"}], "Bad Request: can't parse inline query result: Can't find field \"message_text\""),
        ([{"type": "article", "id": "1" * 65, "title": "x"}], "Bad Request: RESULT_ID_INVALID"),
        ([{"type": "article", "id": str(at)} for at in range(51)], "Bad Request: too many inline query results specified"),
        ([{"type": "photo", "id": "1"}], "Not Implemented: the sandbox does not play inline results of the type photo"),
        (
            [{"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}}] * 2,
            "Bad Request: RESULT_ID_DUPLICATE",
        ),
    ],
)
async def test_what_results_may_be(world: World, helper: BotAccount, results: list[dict[str, object]], refusal: str) -> None:
    """At most fifty, each with its own short id and something to send."""
    _, body = await world.call(helper.token, "answerInlineQuery", {"inline_query_id": "1", "results": results})
    assert body["description"] == refusal


async def test_a_guest_is_asked(world: World, helper: BotAccount, ann: Person) -> None:
    """In a group the bot is no member of, a mention of it reaches it as a guest, and it may answer there once."""
    helper.supports_guest_queries = True
    hall = world.group("Hall", ann)
    await hall.member(ann).send("@helper_bot what is an MoU?")
    _, body = await world.call(helper.token, "getUpdates")
    asked = body["result"][0]["guest_message"]
    assert asked["text"] == "@helper_bot what is an MoU?"
    result = {"type": "article", "id": "1", "title": "MoU", "input_message_content": {"message_text": "A paper that binds nobody."}}
    answer = {"guest_query_id": asked["guest_query_id"], "result": result}
    _, body = await world.call(helper.token, "answerGuestQuery", answer)
    assert body["result"]["inline_message_id"]
    assert hall.member(ann).last().text == "A paper that binds nobody."
    assert (await world.call(helper.token, "answerGuestQuery", answer))[0] == 400
    assert (await world.call(helper.token, "sendMessage", {"chat_id": hall.id, "text": "x"}))[1][
        "description"
    ] == "Bad Request: chat not found"


async def test_a_transcript_tells_everything(world: World, ann: Person) -> None:
    """Who said and did what, formatting as marks, buttons as rows, keys in angles."""
    await ann.command("start")
    html = "<b>Who</b> is in <i>it</i>?\nSee <a href='https://example.org'>this</a>."
    question = await says(world, ann.bot, ann.id, html, parse_mode="HTML", **rows("Police", "Health"))
    press = await ann.press(question, "Health")
    assert press.query is not None
    await world.call(ann.bot.token, "answerCallbackQuery", {"callback_query_id": press.query.id, "text": "Noted"})
    await world.call(ann.bot.token, "editMessageText", {"chat_id": ann.id, "message_id": question, "text": "Who? Health."})
    await says(world, ann.bot, ann.id, "More?", reply_markup={"keyboard": [["Yes", "No"]], "one_time_keyboard": True})
    await ann.send_photo("our hall")
    await ann.block()
    await ann.unblock()
    await world.call(ann.bot.token, "deleteMessage", {"chat_id": ann.id, "message_id": question})
    await says(world, ann.bot, ann.id, "Bye", reply_markup={"remove_keyboard": True})
    assert (
        transcript(ann.chat)
        == """\
Ann: /start
Helper: *Who* is in _it_?
    See [this](https://example.org/).
    [Police]
    [Health]
Ann presses [Health]
Helper (toast): Noted
Helper (edited): Who? Health.
Helper: More?
    <Yes> <No>
Ann: (photo)
    our hall
Ann blocks the bot
Ann unblocks the bot
Helper deletes: Who? Health.
Helper: Bye
    (takes the keys away)
"""
    )


async def test_marks_nest() -> None:
    """The mark that opened last closes first."""
    entities = [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 2, "length": 2}]
    assert marked("🙂ab", entities) == "*🙂_ab_*"
