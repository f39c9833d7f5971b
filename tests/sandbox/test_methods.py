"""Every method that is played, through the library's own client over HTTP: what it answers the library understands."""

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.accounts import BotAccount
from bot.sandbox.contents import PIXEL
from bot.sandbox.methods import PLAYED
from bot.sandbox.person import Person
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")
ONE = InlineKeyboardMarkup([[InlineKeyboardButton("One", callback_data="1")]])


async def test_who_the_bot_is(client: telegram.Bot) -> None:
    """GetMe tells what @BotFather was told."""
    me = await client.get_me()
    assert (me.username, me.is_bot, me.can_read_all_group_messages, me.supports_inline_queries) == ("helper_bot", True, False, False)


async def test_commands_by_scope_and_language(client: telegram.Bot, ann: Person) -> None:
    """Each scope and language has its own list, until it is deleted."""
    await ann.command("start")
    lists = {
        (None, None): [BotCommand("start", "Begin")],
        (BotCommandScopeAllPrivateChats(), "de"): [BotCommand("start", "Los")],
        (BotCommandScopeChat(ann.id), None): [BotCommand("stop", "End")],
    }
    for (scope, language), commands in lists.items():
        assert await client.set_my_commands(commands, scope, language)
    for (scope, language), commands in lists.items():
        assert list(await client.get_my_commands(scope, language)) == commands
    assert await client.delete_my_commands()
    assert await client.get_my_commands() == ()
    assert ann.commands() == ["stop"]


async def test_names_and_descriptions(client: telegram.Bot) -> None:
    """A language that has none of its own has the general one."""
    assert await client.set_my_description("What I do")
    assert await client.set_my_description("Was ich tue", language_code="de")
    assert await client.set_my_short_description("Short")
    assert await client.set_my_name("Helper Two")
    assert [(await client.get_my_description(language)).description for language in ("de", "fr", None)] == [
        "Was ich tue",
        "What I do",
        "What I do",
    ]
    assert (await client.get_my_short_description()).short_description == "Short"
    assert (await client.get_my_name()).name == "Helper Two"


async def test_the_menu_button(client: telegram.Bot, ann: Person) -> None:
    """For all, and for one person."""
    await ann.command("start")
    assert (await client.get_chat_menu_button(ann.id)).type == "default"
    assert await client.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert (await client.get_chat_menu_button(ann.id)).type == "commands"


async def test_sending_editing_deleting(client: telegram.Bot, ann: Person) -> None:
    """Texts, pictures and their captions and keyboards come, change and go."""
    await ann.command("start")
    text = await client.send_message(ann.id, "one", reply_markup=ONE, disable_notification=True, protect_content=True)
    assert text.has_protected_content
    assert isinstance(await text.edit_text("two", reply_markup=ONE), telegram.Message)
    assert await text.edit_reply_markup(None)
    photo = await client.send_photo(ann.id, PIXEL, caption="a <i>dot</i>", parse_mode="HTML")
    assert (photo.photo[0].width, photo.photo[0].height) == (1, 1)
    await photo.edit_caption("a dot", reply_markup=ONE)
    assert [(one.kind, one.text, one.rows, one.edited) for one in ann.sees()[1:]] == [
        ("text", "two", (), True),
        ("photo", "a dot", (("One",),), True),
    ]
    assert await client.send_chat_action(ann.id, "typing")
    assert await text.delete()
    assert await client.delete_messages(ann.id, [photo.message_id])
    assert [one.text for one in ann.sees()] == ["/start"]


async def test_replying_forwarding_copying(client: telegram.Bot, ann: Person) -> None:
    """A reply shows what it answers, a forwarded message whose it was, a copy does not."""
    sent = await ann.send("Hello")
    reply = await client.send_message(ann.id, "Hello you", reply_parameters=telegram.ReplyParameters(sent.id))
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "Hello"
    forwarded = await client.forward_message(ann.id, ann.id, sent.id)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.first_name == "Ann"
    copied = await client.copy_message(ann.id, ann.id, sent.id)
    assert ann.last().id == copied.message_id
    with pytest.raises(telegram.error.BadRequest, match="can't be edited"):
        await client.edit_message_text("other", ann.id, sent.id)


async def test_pinning_and_reacting(client: telegram.Bot, ann: Person) -> None:
    """A pin is told in the chat, a reaction is seen under the message."""
    sent = await ann.send("Hello")
    assert await client.pin_chat_message(ann.id, sent.id)
    assert (await client.get_chat(ann.id)).pinned_message is not None
    assert await client.set_message_reaction(ann.id, sent.id, "👍")
    assert [(one.pinned, one.reactions, one.kind) for one in ann.sees()] == [(True, ("👍",), "text"), (False, (), "notice")]
    assert await client.unpin_chat_message(ann.id)
    assert await client.set_message_reaction(ann.id, sent.id)
    assert (ann.sees()[0].pinned, ann.sees()[0].reactions) == (False, ())


async def test_groups_and_topics(world: World, helper: BotAccount, client: telegram.Bot, ann: Person) -> None:
    """Chats and their members are read, a topic is made, the bot leaves."""
    forum = world.group("Forum", ann, is_forum=True)
    forum.join(helper)
    await forum.member(ann).promote(helper)
    assert (await client.get_chat(forum.id)).is_forum
    assert await client.get_chat_member_count(forum.id) == 2
    assert {admin.status for admin in await client.get_chat_administrators(forum.id)} == {"creator", "administrator"}
    assert (await client.get_chat_member(forum.id, helper.id)).status == "administrator"
    topic = await client.create_forum_topic(forum.id, "Rooms")
    sent = await client.send_message(forum.id, "x", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    updates = await client.get_updates(allowed_updates=telegram.Update.ALL_TYPES)
    assert [update.my_chat_member is not None for update in updates] == [True, False, True]
    assert await client.leave_chat(forum.id)
    with pytest.raises(telegram.error.Forbidden, match="not a member of the supergroup chat"):
        await client.send_message(forum.id, "x")


async def test_the_webhook(world: World, client: telegram.Bot) -> None:
    """Set, told, deleted."""
    assert await client.set_webhook("https://bot.example.org/x", max_connections=3, allowed_updates=["message"], secret_token="a")  # noqa: S106
    info = await client.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == ("https://bot.example.org/x", 3, ("message",))
    assert await client.delete_webhook()
    assert (await client.get_webhook_info()).url == ""


async def test_leaving_the_server(client: telegram.Bot) -> None:
    """LogOut and close are answered, and change nothing."""
    assert await client.log_out()
    assert await client.close()


async def test_every_kind_of_update_is_understood(world: World, client: telegram.Bot, ann: Person) -> None:
    """The library reads each update without a field that it does not know."""
    await ann.send("Hello @someone, see example.org")
    await ann.send_photo("look")
    await ann.send_document()
    await ann.send_voice()
    await ann.send_sticker()
    await ann.send_location()
    await ann.send_contact()
    await ann.send_dice()
    await ann.send_poll()
    await ann.edit(1, "Hello")
    await ann.forge(1, "data")
    await ann.block()
    await ann.unblock()
    updates = await client.get_updates()
    assert len(updates) == 13
    for update in updates:
        assert not update.api_kwargs
        assert update.effective_user is not None
        if update.message is not None:
            assert not update.message.api_kwargs


async def test_what_is_played_exists() -> None:
    """Nothing is played that the Bot API does not have."""
    known = {name for name in dir(telegram.Bot) if any(letter.isupper() for letter in name)} | {"close"}
    assert set(PLAYED) <= known
