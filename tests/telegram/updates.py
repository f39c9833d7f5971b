"""Updates as Telegram sends them, and what each means here. Field names are those of the Bot API, of today and of older days."""

from typing import Any

from bot.model.event import Said, Sent
from bot.telegram.inbound import Arrival

Update = dict[str, Any]

BOT = "Helper_Bot"
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "pl"}
ROBOT = {"id": 99, "is_bot": True, "first_name": "Other", "username": "other_bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
ME = {"id": 42, "is_bot": True, "first_name": "Helper", "username": BOT}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Hall"}
SMALL = {"id": -5, "type": "group", "title": "Hall"}
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90, "file_size": 1000}]
FILE = {"file_id": "a", "file_unique_id": "b", "file_size": 10}


def wrote(**fields: Any) -> Update:
    """A message in private."""
    return {"update_id": 1, "message": {"message_id": 5, "date": 1_790_000_000, "from": ANN, "chat": PRIVATE, **fields}}


def in_group(**fields: Any) -> Update:
    """A message in a group."""
    return wrote(**{"chat": GROUP, **fields})


def pressed(data: Any = "b:go_on", **message: Any) -> Update:
    """A press below a message of the bot."""
    card = {"message_id": 3, "date": 1_790_000_000, "from": ME, "chat": PRIVATE, "text": "?", **message}
    return {"update_id": 1, "callback_query": {"id": "q1", "from": ANN, "chat_instance": "i", "data": data, "message": card}}


def member(status: str, chat: Update = PRIVATE, by: Update = ANN, before: str = "member", **more: Any) -> Update:
    """The bot was let in, or sent away."""
    states = {"old_chat_member": {"user": ME, "status": before}, "new_chat_member": {"user": ME, "status": status, **more}}
    return {"update_id": 1, "my_chat_member": {"chat": chat, "from": by, "date": 1_790_000_000, **states}}


def without_message(**fields: Any) -> Update:
    """A press that does not say below which message, or only that it was in inline mode."""
    return {"update_id": 1, "callback_query": {"id": "q1", "from": ANN, "chat_instance": "i", "data": "b:go_on", **fields}}


def inline(query: Any = "mou", **fields: Any) -> Update:
    """Somebody types our name and something after it, in any chat."""
    return {"update_id": 1, "inline_query": {"id": "q1", "from": ANN, "query": query, "offset": "", "chat_type": "group", **fields}}


def guest(**fields: Any) -> Update:
    """Somebody speaks to us in a group we are no member of."""
    message = {"message_id": 5, "date": 1_790_000_000, "from": ANN, "chat": GROUP, "guest_query_id": "g1", **fields}
    return {"update_id": 1, "guest_message": message}


def asked_inline(words: str = "mou") -> Arrival:
    """What an inline query means."""
    return Arrival("inline:q1", "inline:u7", 0, person=7, private=False, event=Said(words), inline="q1")


def asked_as_guest(words: str, **fields: Any) -> Arrival:
    """What a guest query means."""
    base = {"lane": "guest:g1", "seat": "guest:u7", "chat": 0, "person": 7, "private": False, "guest": "g1", "event": Said(words)}
    return Arrival(**{**base, **fields})


def ours(**fields: Any) -> Update:
    """A message of ours, to reply to."""
    return {"message_id": 3, "from": ME, "chat": GROUP, "text": "An MoU is …", **fields}


def private(**fields: Any) -> Arrival:
    """What a message in private means."""
    return Arrival(**{"lane": "chat:7", "seat": "chat:7", "chat": 7, "person": 7, "language": "pl", "message": 5, **fields})


def group(**fields: Any) -> Arrival:
    """What a message in a group means."""
    base = {"lane": "chat:-1001", "seat": "chat:-1001:u7", "chat": -1001, "person": 7, "private": False, "language": "pl", "message": 5}
    return Arrival(**{**base, **fields})


def press(**fields: Any) -> Arrival:
    """What a press in private means."""
    return private(**{"message": 0, "press": "q1", "pressed_on": 3, "data": "b:go_on", **fields})


def start(rest: str = "") -> dict[str, Any]:
    """The fields of a /start."""
    return {"event": Said(f"/start {rest}".rstrip()), "command": "start"}


OLD_FORWARD = {"forward_date": 1_700_000_000, "forward_from": ANN}
OLD_CHANNEL = {"forward_date": 1_700_000_000, "forward_from_chat": CHANNEL, "forward_from_message_id": 4, "forward_signature": "x"}
OLD_HIDDEN = {"forward_date": 1_700_000_000, "forward_sender_name": "Somebody"}
FORWARDS: dict[str, Update] = {
    "forward_from": OLD_FORWARD,
    "forward_from_chat": OLD_CHANNEL,
    "forward_sender_name": OLD_HIDDEN,
    "origin user": {"forward_origin": {"type": "user", "date": 1, "sender_user": ANN}},
    "origin hidden_user": {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}},
    "origin chat": {"forward_origin": {"type": "chat", "date": 1, "sender_chat": GROUP}},
    "origin channel": {"forward_origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 4}},
}

SENT: dict[str, tuple[Any, str]] = {
    "photo": (PHOTO, "photo"),
    "live_photo": (FILE, "photo"),
    "voice": ({**FILE, "duration": 3}, "voice"),
    "video": ({**FILE, "width": 1, "height": 1, "duration": 3}, "voice"),
    "video_note": ({**FILE, "length": 1, "duration": 3}, "voice"),
    "audio": ({**FILE, "duration": 3}, "voice"),
    "sticker": ({**FILE, "type": "regular", "emoji": "👍"}, "sticker"),
    "animation": ({**FILE, "width": 1, "height": 1, "duration": 3}, "sticker"),
    "location": ({"latitude": 51.5, "longitude": -0.1}, "place"),
    "venue": ({"location": {"latitude": 51.5, "longitude": -0.1}, "title": "Hall", "address": "Here"}, "place"),
    "contact": ({"phone_number": "1", "first_name": "Bo"}, "contact"),
    "poll": ({"id": "1", "question": "?", "options": []}, "poll"),
    "dice": ({"emoji": "🎲", "value": 6}, "poll"),
    "game": ({"title": "x", "description": "y", "photo": PHOTO}, "poll"),
    "document": (FILE, "file"),
    "story": ({"id": 1, "chat": GROUP}, "other"),
    "paid_media": ({"star_count": 1, "paid_media": []}, "other"),
    "checklist": ({"title": "x", "tasks": []}, "other"),
    "giveaway": ({"chats": [], "winner_count": 1}, "other"),
    "rich_message": ({"blocks": []}, "other"),
    "users_shared": ({"request_id": 1, "users": []}, "other"),
    "something_of_next_year": ({"x": 1}, "other"),
}
"""What a person can send besides words: field → its value, and the kind that it is answered as."""

NOTICES: dict[str, Any] = {
    "new_chat_members": [ME], "left_chat_member": ME, "new_chat_title": "x", "new_chat_photo": PHOTO, "delete_chat_photo": True,
    "group_chat_created": True, "supergroup_chat_created": True, "channel_chat_created": True,
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 1},
    "pinned_message": {"message_id": 1, "date": 0, "chat": PRIVATE}, "successful_payment": {"currency": "GBP"},
    "refunded_payment": {"currency": "GBP"}, "write_access_allowed": {}, "connected_website": "example.org",
    "proximity_alert_triggered": {"distance": 1}, "boost_added": {"boost_count": 1}, "chat_background_set": {"type": {}},
    "chat_owner_changed": {}, "chat_owner_left": {}, "checklist_tasks_added": {"tasks": []}, "checklist_tasks_done": {},
    "direct_message_price_changed": {}, "forum_topic_created": {"name": "x"}, "forum_topic_edited": {}, "forum_topic_closed": {},
    "forum_topic_reopened": {}, "general_forum_topic_hidden": {}, "general_forum_topic_unhidden": {}, "giveaway_created": {},
    "giveaway_completed": {"winner_count": 1}, "gift": {}, "unique_gift": {}, "gift_upgrade_sent": {}, "managed_bot_created": {},
    "paid_message_price_changed": {}, "poll_option_added": {}, "poll_option_deleted": {}, "suggested_post_approved": {},
    "suggested_post_approval_failed": {}, "suggested_post_declined": {}, "suggested_post_paid": {}, "suggested_post_refunded": {},
    "video_chat_scheduled": {}, "video_chat_started": {}, "video_chat_ended": {"duration": 1}, "video_chat_participants_invited": {},
}  # fmt: skip
"""What Telegram tells of a chat, which nobody wrote."""

NOT_FOR_US = (
    "channel_post", "edited_channel_post", "chosen_inline_result", "shipping_query", "pre_checkout_query", "poll",
    "poll_answer", "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "message_reaction",
    "message_reaction_count", "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
    "purchased_paid_media", "managed_bot", "something_of_next_year",
)  # fmt: skip
"""Kinds of update that are never asked for; if one comes, nothing happens."""

PLACES = {"location": {"latitude": 1.0, "longitude": 1.0, "live_period": 600}}

ROWS: dict[str, tuple[Update, Arrival | None]] = {
    "a text": (wrote(text="hello"), private(event=Said("hello"))),
    "a text with entities": (wrote(text="*hi*", entities=[{"type": "bold", "offset": 0, "length": 4}]), private(event=Said("*hi*"))),
    "a reply": (wrote(text="yes", reply_to_message={"message_id": 3, "text": "/forget"}), private(event=Said("yes"), replied=3)),
    "a caption": (wrote(photo=PHOTO, caption="our hall"), private(event=Said("our hall"))),
    "a caption that is a command": (wrote(photo=PHOTO, caption="/start"), private(**start())),
    "a text in lines": (wrote(text="one\ntwo\tthree\r\n"), private(event=Said("one\ntwo three \n"))),
    "NUL": (wrote(text="a\0b"), private(event=Said("a b"))),
    "a lone surrogate": (wrote(text="a\ud83d"), private(event=Said("a\ufffd"))),
    "right to left": (wrote(text="\u202eabc"), private(event=Said("\u202eabc"))),
    "4096 emoji": (wrote(text="😀" * 4096), private(event=Said("😀" * 4096))),
    "5000 letters": (wrote(text="x" * 5000), private(event=Said("x" * 4096))),
    "an empty text": (wrote(text=""), private(event=Sent("other"))),
    "a text that is a number": (wrote(text=5), private(event=Sent("other"))),
    "nothing in it": (wrote(), private(event=Sent("other"))),
    "no sender": ({"update_id": 1, "message": {"message_id": 5, "chat": PRIVATE, "text": "x"}}, private(event=Said("x"), language="")),
    "no chat": ({"update_id": 1, "message": {"message_id": 5, "from": ANN, "text": "x"}}, None),
    "an id of 52 bits": (
        wrote(chat={"id": 1 << 52, "type": "private"}, **{"from": {"id": 1 << 52}}, text="x"),
        private(lane=f"chat:{1 << 52}", seat=f"chat:{1 << 52}", chat=1 << 52, person=1 << 52, language="", event=Said("x")),
    ),
    "a group's id of 52 bits": (
        in_group(chat={"id": -(1 << 52), "type": "supergroup"}, text="/start"),
        group(lane=f"chat:{-(1 << 52)}", seat=f"chat:{-(1 << 52)}:u7", chat=-(1 << 52), **start()),
    ),
    "an id beyond any database": (wrote(chat={"id": 1 << 80, "type": "private"}, text="x"), None),
    "a private message of a bot": (wrote(text="x", **{"from": ROBOT}), None),
    "Telegram itself": (wrote(text="Login code", chat={"id": 777000, "type": "private"}, **{"from": TELEGRAM}), None),
    "via another bot": (wrote(text="/forget", via_bot=ROBOT), None),
    "a command": (wrote(text="/start"), private(**start())),
    "a deep link": (wrote(text="/start interview_goal"), private(**start("interview_goal"))),
    "a command with our name": (wrote(text="/START@helper_bot x"), private(**start("x"), named=True)),
    "a command with our name in capitals": (wrote(text="/start@HELPER_BOT"), private(**start(), named=True)),
    "a command and a line": (wrote(text="/start\nx"), private(**start("x"))),
    "another bot's command": (wrote(text="/start@other_bot"), private(event=Sent("other_bot"))),
    "a slash alone": (wrote(text="/"), private(event=Said("/"))),
    "no command": (wrote(text="/naïve"), private(event=Said("/naïve"))),
    "a path": (wrote(text="/etc/passwd"), private(event=Said("/etc/passwd"))),
    **{f"a text forwarded ({name})": (wrote(text="x", **how), private(event=Said("x"))) for name, how in FORWARDS.items()},
    **{f"a command forwarded ({name})": (wrote(text="/forget", **how), private(event=Sent("forwarded"))) for name, how in FORWARDS.items()},
    **{f"sent: {name}": (wrote(**{name: value}), private(event=Sent(kind))) for name, (value, kind) in SENT.items()},
    **{f"in a group: {name}": (in_group(**{name: value}), None) for name, (value, _) in SENT.items()},
    **{f"notice: {name}": (wrote(**{name: value}), None) for name, value in NOTICES.items()},
    **{f"notice in a group: {name}": (in_group(**{name: value}), None) for name, value in NOTICES.items()},
    "a group's talk": (in_group(text="hello all"), None),
    "a group's words to us": (in_group(text=f"@{BOT} hello"), group(event=Said("hello"), how="mention")),
    "a group's words to us at the end": (
        in_group(text="what is an MoU @HELPER_BOT?"),
        group(event=Said("what is an MoU ?"), how="mention"),
    ),
    "a group's talk that names us": (
        in_group(text=f"you can ask @{BOT} about it"),
        group(event=Said("you can ask about it"), how="passing"),
    ),
    "a group's talk of somebody with a longer name": (in_group(text=f"@{BOT}s hello, a@{BOT}"), None),
    "a group's words to us, passed on": (in_group(text=f"@{BOT} hello", **OLD_FORWARD), None),
    "a group's command behind our name": (in_group(text=f"@{BOT} /ask mou"), group(event=Said("/ask mou"), command="ask", named=True)),
    "a group's caption to us": (in_group(photo=PHOTO, caption=f"@{BOT} mou?"), group(event=Said("mou?"), how="mention")),
    "our name alone": (in_group(text=f"@{BOT}"), group(event=Said(""), how="mention")),
    "our name alone, below a picture": (
        in_group(text=f"@{BOT}", reply_to_message={"message_id": 4, "from": ANN, "photo": PHOTO}),
        group(event=Said(""), how="mention", replied=4),
    ),
    "our name alone, below our own words": (
        in_group(text=f"@{BOT}", reply_to_message=ours()),
        group(event=Said(""), how="mention", replied=3, below="An MoU is …"),
    ),
    "our name below somebody's question": (
        in_group(text=f"@{BOT}?", reply_to_message={"message_id": 4, "from": ROBOT, "text": "what is an MoU"}),
        group(event=Said("what is an MoU"), how="mention", message=4, replied=4),
    ),
    "a reply to us in a group": (
        in_group(text="and an SLA?", reply_to_message=ours()),
        group(event=Said("and an SLA?"), how="reply", replied=3, below="An MoU is …"),
    ),
    "a reply to somebody else": (in_group(text="x", reply_to_message={"message_id": 3, "from": ANN, "text": "x"}), None),
    "a reply to a person with our name": (in_group(text="x", reply_to_message=ours(**{"from": {**ANN, "username": BOT}})), None),
    "talk in a topic we made": (
        in_group(text="x", message_thread_id=12, is_topic_message=True, reply_to_message=ours(forum_topic_created={"name": "x"})),
        None,
    ),
    "our name in private": (wrote(text=f"@{BOT} what is an MoU?"), private(event=Said("what is an MoU?"))),
    "our name alone in private": (wrote(text=f"@{BOT}"), private(event=Said(f"@{BOT}"))),
    "an inline query": (inline(), asked_inline()),
    "an empty inline query": (inline(""), asked_inline("")),
    "an inline query that is no text": (inline(5), asked_inline("")),
    "an inline query that is too long": (inline("x" * 4096), asked_inline("x" * 256)),
    "an inline query without an id": (inline(id=""), None),
    "an inline query of nobody": (inline(**{"from": {}}), None),
    "a guest query": (guest(text=f"@{BOT} what is an MoU?"), asked_as_guest("what is an MoU?")),
    "a guest query by command": (guest(text=f"/ask@{BOT} mou"), asked_as_guest("mou")),
    "a guest query that is a reply": (
        guest(text="and an SLA?", reply_to_message=ours()),
        asked_as_guest("and an SLA?", below="An MoU is …"),
    ),
    "a guest query of our name alone": (guest(text=f"@{BOT}"), asked_as_guest("")),
    "a guest query by a channel": (
        guest(text=f"@{BOT} mou", sender_chat=CHANNEL, **{"from": CHANNEL_BOT}),
        asked_as_guest("mou", seat="guest:u-1009", person=136817688),
    ),
    "a guest query without an id": (guest(text="mou", guest_query_id=""), None),
    "a group's command": (in_group(text="/ask what is an MoU?"), group(event=Said("/ask what is an MoU?"), command="ask")),
    "a small group's command": (
        in_group(chat=SMALL, text="/help@helper_bot"),
        group(lane="chat:-5", seat="chat:-5:u7", chat=-5, event=Said("/help"), command="help", named=True),
    ),
    "a group's command for another": (in_group(text="/help@other_bot"), None),
    "a group's command forwarded": (in_group(text="/help", **OLD_FORWARD), None),
    "a bot in a group": (in_group(text="/help", **{"from": ROBOT}), None),
    "an anonymous admin": (
        in_group(text="/stats", sender_chat=GROUP, **{"from": ANONYMOUS}),
        group(seat="chat:-1001:c-1001", person=0, language="", event=Said("/stats"), command="stats", anonymous=True),
    ),
    "a channel that writes in a group": (
        in_group(text="/help", sender_chat=CHANNEL, **{"from": CHANNEL_BOT}),
        group(seat="chat:-1001:c-1009", person=0, language="", event=Said("/help"), command="help"),
    ),
    "a channel's post passed on to its group": (
        in_group(text="/help", sender_chat=CHANNEL, is_automatic_forward=True, **{"from": TELEGRAM}),
        None,
    ),
    "a message of a channel": (wrote(text="/help", chat=CHANNEL), None),
    "a topic": (
        in_group(text="/start", message_thread_id=12, is_topic_message=True),
        group(lane="chat:-1001:t12", seat="chat:-1001:t12:u7", thread=12, **start()),
    ),
    "the General topic": (in_group(text="/start", message_thread_id=1, is_topic_message=True), group(**start())),
    "a thread of replies": (in_group(text="/start", message_thread_id=12), group(**start())),
    "a topic in private": (wrote(text="x", message_thread_id=12, is_topic_message=True), private(event=Said("x"))),
    "a group that moves": (
        in_group(chat=SMALL, migrate_to_chat_id=-1001),
        group(lane="chat:-5", seat="chat:-5:u7", chat=-5, message=0, moved_to=-1001),
    ),
    "a group that has moved": (
        in_group(migrate_from_chat_id=-5),
        Arrival("chat:-5", "chat:-5", -5, private=False, moved_to=-1001),
    ),
    "a private chat that has moved": (wrote(migrate_from_chat_id=-5), None),
    "a private chat that moves": (wrote(migrate_to_chat_id=-1001), private(event=Sent("other"))),
    "an edit": ({"update_id": 1, "edited_message": wrote(text="/forget")["message"]}, private(message=0, event=Sent("edit", "/forget"))),
    "an edited caption": (
        {"update_id": 1, "edited_message": wrote(photo=PHOTO, caption="x")["message"]},
        private(message=0, event=Sent("edit", "x")),
    ),
    "a location that moves along": ({"update_id": 1, "edited_message": wrote(**PLACES)["message"]}, None),
    "a reply to us that speaks to another member": (
        in_group(text="@Cat_1 did you see this?", reply_to_message=ours()),
        group(event=Said("@Cat_1 did you see this?"), how="reply", replied=3, below="An MoU is …", aside=True),
    ),
    "a reply to us that speaks to a member without a username": (
        in_group(text="Cat look", entities=[{"type": "text_mention", "offset": 0, "length": 3, "user": ANN}], reply_to_message=ours()),
        group(event=Said("Cat look"), how="reply", replied=3, below="An MoU is …", aside=True),
    ),
    "a reply to us with broken entities": (
        in_group(text="look", entities=["x"], reply_to_message=ours()),
        group(event=Said("look"), how="reply", replied=3, below="An MoU is …"),
    ),
    "ask alone below somebody's question": (
        in_group(text="/ask", reply_to_message={"message_id": 4, "from": ANN, "text": "what is an MoU"}),
        group(event=Said("/ask what is an MoU"), command="ask", replied=4, message=4),
    ),
    "ask alone below somebody's command": (
        in_group(text=f"/what@{BOT}", reply_to_message={"message_id": 4, "from": ANN, "text": "/ask what is an MoU"}),
        group(event=Said("/what what is an MoU"), command="what", named=True, replied=4, message=4),
    ),
    "ask alone below our own words": (
        in_group(text="/ask", reply_to_message=ours()),
        group(event=Said("/ask"), command="ask", replied=3, below="An MoU is …"),
    ),
    "a question put right in a group": (
        {"update_id": 1, "edited_message": in_group(text="/ask mou", edit_date=1_790_000_060)["message"]},
        group(event=Said("/ask mou"), command="ask", edited=True),
    ),
    "a question changed much later": (
        {"update_id": 1, "edited_message": in_group(text="/ask mou", edit_date=1_790_009_000)["message"]},
        None,
    ),
    "a command put right in a group": (
        {"update_id": 1, "edited_message": in_group(text="/round", edit_date=1_790_000_060)["message"]},
        None,
    ),
    "talk put right in a group": ({"update_id": 1, "edited_message": in_group(text="hello all", edit_date=1_790_000_060)["message"]}, None),
    "an edit in a group": ({"update_id": 1, "edited_message": in_group(text="/start")["message"]}, None),
    "an edit via another bot": ({"update_id": 1, "edited_message": wrote(text="x", via_bot=ROBOT)["message"]}, None),
    "a press": (pressed("o:goal:x:."), press(data="o:goal:x:.")),
    "a press below an old message": (pressed(date=0), press()),
    "a press without its message": (without_message(), press(pressed_on=0)),
    "a press in inline mode": (without_message(inline_message_id="z"), press(pressed_on=0)),
    "a press that starts a game": (without_message(game_short_name="g", data=None), press(pressed_on=0, data="")),
    "a press in a channel": (pressed(chat=CHANNEL), press(pressed_on=0)),
    "a press in a group": (pressed(chat=GROUP), group(message=0, press="q1", pressed_on=3, data="b:go_on")),
    "a press in a topic": (
        pressed(chat=GROUP, message_thread_id=12, is_topic_message=True),
        group(lane="chat:-1001:t12", seat="chat:-1001:t12:u7", thread=12, message=0, press="q1", pressed_on=3, data="b:go_on"),
    ),
    "a press without an id": ({"update_id": 1, "callback_query": {"from": ANN, "data": "x"}}, None),
    "a press by nobody": ({"update_id": 1, "callback_query": {"id": "q", "data": "x"}}, None),
    "data that is no text": (pressed(["x"]), press(data="")),
    "they blocked us": (member("kicked"), private(message=0, reachable=False)),
    "they let us in again": (member("member"), private(message=0, reachable=True)),
    "added to a group": (member("member", GROUP, before="left"), group(message=0, reachable=True, joined=True)),
    "added to a group as an administrator": (
        member("administrator", GROUP, before="kicked"),
        group(message=0, reachable=True, joined=True, promoted=True),
    ),
    "made an administrator": (member("administrator", GROUP), group(message=0, reachable=True, promoted=True)),
    "restricted": (member("restricted", GROUP), group(message=0, reachable=True)),
    "made silent": (member("restricted", GROUP, can_send_messages=False), group(message=0, reachable=False)),
    "added to be silent": (member("restricted", GROUP, before="left", can_send_messages=False), group(message=0, reachable=False)),
    "taken out of a group": (member("left", GROUP), group(message=0, reachable=False)),
    "banned from a group": (member("kicked", GROUP), group(message=0, reachable=False)),
    "added to a channel": (member("administrator", CHANNEL), None),
    **{
        f"an update of kind {name}": ({"update_id": 1, name: {"id": "1", "from": ANN, "chat": PRIVATE, "text": "x"}}, None)
        for name in NOT_FOR_US
    },
    "an update of nothing": ({"update_id": 1}, None),
    "a message that is null": ({"update_id": 1, "message": None}, None),
}
