"""Groups: who hears what, who may what, and what changes when people and bots come and go."""

from typing import Any

import pytest

from bot.sandbox.accounts import ANONYMOUS_ADMIN, CHANNEL_SENDER, BotAccount
from bot.sandbox.group import Group, Member
from bot.sandbox.person import Person
from bot.sandbox.pressing import Impossible
from bot.sandbox.transcript import transcript
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="function")


@pytest.fixture
def ben(world: World, helper: BotAccount) -> Person:
    """Somebody else."""
    return world.person("Ben", bot=helper)


@pytest.fixture
def hall(world: World, helper: BotAccount, ann: Person, ben: Person) -> Group:
    """A supergroup that Ann owns, with Ben and the bot; nothing waits for the bot."""
    made = world.group("Hall", ann, ben)
    made.join(helper)
    helper.queue.waiting.clear()
    return made


async def updates(world: World, bot: BotAccount) -> list[dict[str, Any]]:
    """Fetches and confirms everything."""
    _, body = await world.call(bot.token, "getUpdates")
    if body["result"]:
        await world.call(bot.token, "getUpdates", {"offset": body["result"][-1]["update_id"] + 1})
    return list(body["result"])


async def says(world: World, bot: BotAccount, chat: int, **params: Any) -> tuple[int, Any]:
    """Sends a text; answers the status and the description or the message."""
    status, body = await world.call(bot.token, "sendMessage", {"chat_id": chat, "text": "x", **params})
    return status, body.get("result", body.get("description"))


HEARD: list[tuple[str, str, bool]] = [
    ("a text", "Hello all", False),
    ("a command for nobody", "/help", True),
    ("a command for the bot", "/help@helper_bot please", True),
    ("a command in capitals", "/HELP@Helper_Bot", True),
    ("a command for another bot", "/help@other_bot", False),
    ("a mention", "what says @helper_bot to that?", True),
    ("a mention of another", "what says @other_bot to that?", False),
    ("no command", "and/or", False),
]


@pytest.mark.parametrize(("_what", "text", "heard"), HEARD, ids=[row[0] for row in HEARD])
@pytest.mark.parametrize("way", ["private", "open", "admin"])
async def test_privacy_mode(world: World, hall: Group, ann: Person, _what: str, text: str, heard: bool, way: str) -> None:
    """With privacy mode on a bot hears what is meant for it; with it off, or as administrator, everything."""
    ann.bot.can_read_all_group_messages = way == "open"
    if way == "admin":
        await hall.member(ann).promote(ann.bot)
        await updates(world, ann.bot)
    await hall.member(ann).send(text)
    assert bool(await updates(world, ann.bot)) is (heard or way != "private")


async def test_replies_to_the_bot_are_heard(world: World, hall: Group, ann: Person, ben: Person) -> None:
    """A reply to the bot reaches it, a reply to somebody else does not."""
    _, sent = await says(world, ann.bot, hall.id)
    other = await hall.member(ann).send("Hello")
    await hall.member(ben).send("to Ann", reply_to=other)
    await hall.member(ben).send("to the bot", reply_to=sent["message_id"])
    (update,) = await updates(world, ann.bot)
    assert update["message"]["text"] == "to the bot"
    assert update["message"]["reply_to_message"]["from"]["username"] == "helper_bot"


async def test_a_command_for_nobody_goes_to_the_last_speaker(world: World, hall: Group, ann: Person) -> None:
    """Of two bots the one that spoke last hears it. No bot hears another."""
    other = world.bot("Other", username="other_bot")
    hall.join(other)
    await updates(world, ann.bot)
    await says(world, other, hall.id)
    await hall.member(ann).command("help")
    assert await updates(world, ann.bot) == []
    assert "text" in (await updates(world, other))[-1]["message"]


async def test_pictures_and_the_rest_are_heard_by_open_bots(world: World, hall: Group, ann: Person) -> None:
    """Messages of every kind come as what they are."""
    ann.bot.can_read_all_group_messages = True
    member = hall.member(ann)
    sent = [
        await member.send_photo("look"),
        await member.send_document(),
        await member.send_voice(),
        await member.send_sticker(),
        await member.send_location(),
        await member.send_contact(),
        await member.send_dice(),
        await member.send_poll(),
        await member.forward(await ann.send("private words")),
    ]
    got = [update["message"] for update in await updates(world, ann.bot)]
    kinds = ["photo", "document", "voice", "sticker", "location", "contact", "dice", "poll"]
    assert [next(kind for kind in kinds if kind in message) for message in got[: len(kinds)]] == kinds
    assert got[-1]["forward_origin"]["sender_user"]["first_name"] == "Ann"
    assert len(sent) == 9


async def test_anonymous_admins_and_channels_hide_who_writes(world: World, hall: Group, ann: Person, ben: Person) -> None:
    """They share one sender; `sender_chat` tells the group or the channel."""
    ann.bot.can_read_all_group_messages = True
    await hall.member(ann).promote(anonymous=True)
    await hall.member(ann).send("as the group")
    news = world.group("News", ben, kind="channel")
    hall.member(ben).speak_for(news)
    await hall.member(ben).send("as the channel")
    got = [update["message"] for update in await updates(world, ann.bot)]
    assert [(message["from"]["id"], message["sender_chat"]["id"]) for message in got] == [
        (ANONYMOUS_ADMIN, hall.id),
        (CHANNEL_SENDER, news.id),
    ]


async def test_channels_post(world: World, helper: BotAccount, ann: Person) -> None:
    """A channel's posts reach its bots, as posts; a bot posts there as the channel."""
    news = world.group("News", ann, kind="channel")
    news.join(helper)
    await updates(world, helper)
    await news.post("Hear, hear")
    (update,) = await updates(world, helper)
    assert update["channel_post"]["sender_chat"]["title"] == "News"
    assert "from" not in update["channel_post"]
    status, sent = await says(world, helper, news.id)
    assert (status, sent["sender_chat"]["id"]) == (200, news.id)


async def test_posts_are_edited_and_talked_about(world: World, hall: Group, ann: Person) -> None:
    """A channel's post comes into its group by itself, from Telegram; an edit comes as an edited post."""
    ann.bot.can_read_all_group_messages = True
    news = world.group("News", ann, kind="channel")
    news.join(ann.bot)
    hall.link(news)
    await updates(world, ann.bot)
    posted = await news.post("Hear, hear")
    await news.edit(posted, "Hear, all of you")
    first, forwarded, edited = await updates(world, ann.bot)
    assert first["channel_post"]["text"] == "Hear, hear"
    assert (forwarded["message"]["from"]["id"], forwarded["message"]["is_automatic_forward"]) == (777_000, True)
    assert edited["edited_channel_post"]["text"] == "Hear, all of you"


async def test_a_bot_is_told_how_it_fares(world: World, helper: BotAccount, ann: Person) -> None:
    """Added, made administrator, silenced, thrown out: `my_chat_member` each time, and notices to all."""
    hall = world.group("Hall", ann)
    owner = hall.member(ann)
    await owner.add(helper)
    await owner.promote(helper)
    await owner.silence(helper)
    await owner.kick(helper)
    got = await updates(world, helper)
    changes = [update["my_chat_member"] for update in got if "my_chat_member" in update]
    assert [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes] == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "restricted"),
        ("restricted", "kicked"),
    ]
    notices = [update["message"] for update in got if "message" in update]
    assert [("new_chat_members" in notice, "left_chat_member" in notice) for notice in notices] == [(True, False), (False, True)]


async def test_people_come_and_go(world: World, hall: Group, ann: Person, ben: Person) -> None:
    """Notices reach every bot; `chat_member` only administrators that asked for it."""
    await hall.member(ben).leave()
    hall.join(ben)
    notices = [update["message"] for update in await updates(world, ann.bot)]
    assert [("new_chat_members" in notice, "left_chat_member" in notice) for notice in notices] == [(False, True), (True, False)]
    await hall.member(ann).promote(ann.bot)
    await updates(world, ann.bot)
    await world.call(ann.bot.token, "getUpdates", {"allowed_updates": ["chat_member"]})
    await hall.member(ann).kick(ben)
    (update,) = await updates(world, ann.bot)
    assert update["chat_member"]["new_chat_member"]["status"] == "kicked"


REFUSED = [
    ("kick", "supergroup", "Forbidden: bot was kicked from the supergroup chat"),
    ("kick", "group", "Forbidden: bot was kicked from the group chat"),
    ("leave", "supergroup", "Forbidden: bot is not a member of the supergroup chat"),
    ("leave", "group", "Forbidden: bot is not a member of the group chat"),
    ("silence", "supergroup", "Bad Request: not enough rights to send text messages to the chat"),
    ("forbid", "supergroup", "Bad Request: not enough rights to send text messages to the chat"),
    ("never", "supergroup", "Bad Request: chat not found"),
]


@pytest.mark.parametrize(("what", "kind", "refusal"), REFUSED)
async def test_who_is_out_or_silent_cannot_write(world: World, helper: BotAccount, ann: Person, what: str, kind: str, refusal: str) -> None:
    """The refusal tells why."""
    hall = world.group("Hall", ann, kind=kind)
    if what != "never":
        hall.join(helper)
    match what:
        case "kick":
            await hall.member(ann).kick(helper)
        case "leave":
            assert (await world.call(helper.token, "leaveChat", {"chat_id": hall.id}))[1]["result"] is True
        case "silence":
            await hall.member(ann).silence(helper)
        case "forbid":
            hall.forbid_sending()
    assert (await says(world, helper, hall.id))[1] == refusal


@pytest.mark.parametrize("what", ["leave", "kick", "silence", "forbid", "upgrade", "channel"])
async def test_people_too_cannot_write_everywhere(world: World, ann: Person, ben: Person, what: str) -> None:
    """Who left, was thrown out or silenced, or only reads, has no field to type in."""
    hall = world.group("Hall", ann, ben, kind="channel" if what == "channel" else "group")
    match what:
        case "leave":
            await hall.member(ben).leave()
        case "kick":
            await hall.member(ann).kick(ben)
        case "silence":
            await hall.member(ann).silence(ben)
        case "forbid":
            hall.forbid_sending()
        case "upgrade":
            await hall.upgrade()
    with pytest.raises(Impossible):
        await hall.member(ben).send("Hello?")


@pytest.mark.parametrize("joins_first", [False, True])
async def test_a_group_becomes_a_supergroup(world: World, helper: BotAccount, ann: Person, joins_first: bool) -> None:
    """Both chats say so, the bot is told that it is in the new one; whoever writes to the old one is told the new id."""
    hall = world.group("Hall", ann, kind="group")
    hall.join(helper)
    await updates(world, helper)
    new = await hall.upgrade(joins_first=joins_first)
    told = await updates(world, helper)
    joined = told.pop(0 if joins_first else 2)["my_chat_member"]
    assert (joined["chat"]["id"], joined["chat"]["type"]) == (new.id, "supergroup")
    assert [joined[f"{when}_chat_member"]["status"] for when in ("old", "new")] == ["left", "member"]
    first, second = [update["message"] for update in told]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (hall.id, new.id)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new.id, hall.id)
    status, body = await world.call(helper.token, "sendMessage", {"chat_id": hall.id, "text": "x"})
    assert (status, body["description"]) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert body["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await says(world, helper, new.id))[0] == 200
    await new.member(ann).command("help")
    assert (await updates(world, helper))[0]["message"]["chat"]["id"] == new.id


async def test_topics(world: World, helper: BotAccount, ann: Person) -> None:
    """Messages in a topic say which; the bot answers there by naming it, and General by naming none."""
    forum = world.group("Forum", ann, is_forum=True)
    forum.join(helper)
    topic = forum.topic("Rooms")
    await updates(world, helper)
    await forum.member(ann).command("help", topic=topic)
    await forum.member(ann).command("help")
    inside, general = [update["message"] for update in await updates(world, helper)]
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (topic, True)
    assert "message_thread_id" not in general
    status, sent = await says(world, helper, forum.id, message_thread_id=topic)
    assert (status, sent["message_thread_id"], sent["is_topic_message"]) == (200, topic, True)
    assert (await says(world, helper, forum.id))[0] == 200
    for wrong in (1, 99):
        assert (await says(world, helper, forum.id, message_thread_id=wrong))[1] == "Bad Request: message thread not found"
    forum.chat.topics[topic].closed = True
    assert (await says(world, helper, forum.id, message_thread_id=topic))[1] == "Bad Request: TOPIC_CLOSED"


async def test_a_bot_makes_a_topic_if_it_may(world: World, helper: BotAccount, ann: Person) -> None:
    """It needs the right to; the new topic takes messages."""
    forum = world.group("Forum", ann, is_forum=True)
    forum.join(helper)
    make = {"chat_id": forum.id, "name": "Rooms"}
    assert (await world.call(helper.token, "createForumTopic", make))[1][
        "description"
    ] == "Bad Request: not enough rights to create a topic"
    await forum.member(ann).promote(helper)
    _, body = await world.call(helper.token, "createForumTopic", make)
    assert body["result"]["name"] == "Rooms"
    assert (await says(world, helper, forum.id, message_thread_id=body["result"]["message_thread_id"]))[0] == 200


async def test_a_reply_in_a_supergroup_makes_a_thread(world: World, hall: Group, ann: Person) -> None:
    """Replies name the first message as their thread, without being in a topic."""
    first = await hall.member(ann).command("help")
    _, sent = await says(world, ann.bot, hall.id, reply_parameters={"message_id": first.id})
    assert sent["message_thread_id"] == first.id
    assert "is_topic_message" not in sent


async def test_what_is_known_of_a_chat(world: World, hall: Group, ann: Person, ben: Person) -> None:
    """Its title, its people, and how each of them is in it."""

    async def answer(method: str, **params: Any) -> Any:
        _, body = await world.call(ann.bot.token, method, {"chat_id": hall.id, **params})
        return body.get("result", body.get("description"))

    assert (await answer("getChat"))["title"] == "Hall"
    assert await answer("getChatMemberCount") == 3
    assert [admin["status"] for admin in await answer("getChatAdministrators")] == ["creator"]
    assert (await answer("getChatMember", user_id=ben.id))["status"] == "member"
    await hall.member(ben).leave()
    assert (await answer("getChatMember", user_id=ben.id))["status"] == "left"
    assert await answer("getChatMember", user_id=99) == "Bad Request: user not found"


async def test_only_admins_delete_and_pin_for_others(world: World, hall: Group, ann: Person) -> None:
    """A plain bot deletes only its own messages and pins none."""
    sent = await hall.member(ann).command("help")
    where = {"chat_id": hall.id, "message_id": sent.id}
    assert (await world.call(ann.bot.token, "deleteMessage", where))[1]["description"] == "Bad Request: message can't be deleted"
    refused = await world.call(ann.bot.token, "pinChatMessage", where)
    assert refused[1]["description"] == "Bad Request: not enough rights to manage pinned messages in the chat"
    await hall.member(ann).promote(ann.bot)
    assert (await world.call(ann.bot.token, "pinChatMessage", where))[0] == 200
    assert [one.pinned for one in hall.member(ann).sees() if one.id == sent.id] == [True]
    assert (await world.call(ann.bot.token, "deleteMessage", where))[0] == 200


async def test_a_transcript_of_a_group(world: World, helper: BotAccount, ann: Person, ben: Person) -> None:
    """Who comes and goes, what is pinned and which topics are made stands in it too."""
    forum = world.group("Forum", ann, is_forum=True)
    await forum.member(ann).add(helper)
    await forum.member(ann).promote(helper)
    forum.join(ben)
    forum.topic("Rooms")
    sent = await forum.member(ben).send("Hello")
    await world.call(helper.token, "pinChatMessage", {"chat_id": forum.id, "message_id": sent.id})
    await forum.member(ben).leave()
    assert transcript(forum.chat) == (
        "Ann: (adds Helper)\nAnn: (adds Ben)\nAnn: (makes the topic Rooms)\nBen: Hello\nHelper: (pins: Hello)\nBen: (Ben is gone)\n"
    )


async def test_a_member_sees_the_group(world: World, hall: Group, ann: Person, ben: Person) -> None:
    """The same person in a group is the same object each time, and waits there for the bot."""
    member: Member = hall.member(ben)
    assert member is hall.member(ben)
    await member.command("help")
    await says(world, ann.bot, hall.id, text="Help for all")
    assert (await member.waits_for("Help")).who == "Helper"
    assert ben.sees() == []
