"""Carries out one parcel: a message, a card that is edited in place while it is the newest message, an answer to a press.

Bodies, by what they `do`:
    say     {"text", "keys"?, "reply"?}      always a new message; with "joined" {"text", "keys"} it may share one with others,
                                             with "urgent" it does not wait for the pace of its group, with "topic_gone" it goes,
                                             behind these words, into the General topic if its own is closed or deleted
    card    {"text", "keys", "after"}        edits the card if nothing stands below it, else sends a new one and retires the old
    board   {"text", "keys", "reply"?}       one message of a group that is kept up to date, wherever it stands; its lane is its own
    answer  {"press", "text"?}               answers a button press
    file    {"file": {"name", "content"}, "caption"}
    edit    {"message", "text", "keys"}      changes a message whose button was pressed
    retire  {"message"}                      takes the buttons off an old card
    inline  {"query", "results", "button", "seconds"}   what to choose from, for somebody who types our name in any chat
    guest   {"query", "result"}              the one message in a chat that the bot is no member of
Whoever puts a "note" into one finds it in the inbox once the parcel has been delivered, before that is ticked off (`alarms.py`).
"""

import hashlib
import html
import json
import logging
import re
from typing import Any, NamedTuple

from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound

from bot.model.limits import MESSAGE_LENGTH
from bot.telegram.bot_client import Call
from bot.telegram.fields import number_in
from bot.telegram.html import Block, messages
from bot.turn.failpoint import failpoint
from bot.turn.post import Outgoing, Parcel, Shown

log = logging.getLogger(__name__)

Params = dict[str, Any]
PRESS_LIVES = 150.0
"""Seconds after which Telegram takes no answer to a button press any more."""
QUERY_LIVES = 30.0
"""Seconds after which nobody waits for the answer to an inline query, or to a question as a guest."""
_LIVES = {"answer": PRESS_LIVES, "inline": QUERY_LIVES, "guest": QUERY_LIVES}
NO_PREVIEW = {"is_disabled": True}
_NOBODY = ("chat not found", "chat_id is empty", "user not found", "peer_id_invalid")
_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_closed")
_SILENCED = ("not enough rights", "have no rights", "chat_write_forbidden", "chat_send_plain_forbidden")
_TAG = re.compile(r"</?[a-z][^>]*>")


class Undeliverable(Exception):
    """Nobody can be reached there, or nothing may be written. The message is Telegram's."""


class TopicGone(Undeliverable):
    """The topic is closed or deleted; the group may be well."""


class Delivered(NamedTuple):
    """What came of a parcel: what the lane shows now (None: as before), and what is to follow."""

    shown: Shown | None = None
    follow: Parcel | None = None


class Delivery:
    """Turns parcels into Bot API calls."""

    def __init__(self, call: Call) -> None:
        self._call_method = call

    @staticmethod
    def worth_for(parcel: Outgoing) -> float:
        """For how many seconds it is worth sending."""
        return _LIVES.get(str(parcel.body.get("do")), float("inf"))

    async def deliver(self, parcel: Outgoing, shown: Shown) -> Delivered:
        """Carries the parcel out. Raises telegram.error.TelegramError, or Undeliverable."""
        body = parcel.body
        match body.get("do"):
            case "say":
                return await self._say(parcel.lane, body, shown)
            case "card":
                return await self._card(parcel, body, shown)
            case "board":
                return await self._board(parcel.lane, body, shown)
            case "edit":
                await self._edited(parcel.lane, body["message"], body["text"], body.get("keys") or [])
                return Delivered()
            case "inline":
                return await self._harmlessly("answerInlineQuery", _inline(body))
            case "guest":
                return await self._harmlessly("answerGuestQuery", {"guest_query_id": body["query"], "result": body["result"]})
            case "file":
                return await self._file(parcel.lane, body, shown)
            case "answer":
                return await self._harmlessly("answerCallbackQuery", _answer(body))
            case "retire":
                chat, _ = chat_of(parcel.lane)
                return await self._harmlessly("editMessageReplyMarkup", {"chat_id": chat, "message_id": body["message"]})
            case other:
                log.error("there is no way to deliver this", extra={"do": str(other)})
                return Delivered()

    async def _call(self, method: str, params: Params) -> Any:
        failpoint("sender.before_call")
        result = await self._call_method(method, params)
        failpoint("sender.after_call")
        return result

    async def _harmlessly(self, method: str, params: Params) -> Delivered:
        """A call that may come too late, or change nothing: then it is done as well."""
        try:
            await self._call(method, params)
        except (BadRequest, EndPointNotFound) as late:
            log.debug("no matter", extra={"method": method, "why": str(late)})
        return Delivered()

    async def _say(self, lane: str, body: Params, shown: Shown) -> Delivered:
        try:
            sent = await self._send(lane, body["text"], body.get("keys"), body.get("reply", 0))
        except TopicGone:
            if "topic_gone" not in body:
                raise
            await self._send(f"chat:{chat_of(lane)[0]}", f"{body['topic_gone']}\n\n{body['text']}", body.get("keys"))
            return Delivered()
        return Delivered(shown._replace(newest=max(shown.newest, sent), unreachable=False))

    async def _file(self, lane: str, body: Params, shown: Shown) -> Delivered:
        params = {**_to(lane), "document": body["file"], "caption": body.get("caption", "")}
        sent = _message_id(await self._call("sendDocument", params))
        return Delivered(shown._replace(newest=max(shown.newest, sent), unreachable=False))

    async def _card(self, parcel: Outgoing, body: Params, shown: Shown) -> Delivered:
        text, keys = body["text"], body.get("keys") or []
        digest = _digest(text, keys)
        newest = max(shown.newest, body.get("after", 0))
        at_the_bottom = bool(shown.card) and shown.card >= newest and not body.get("fresh")
        if at_the_bottom and (shown.digest == digest or await self._edited(parcel.lane, shown.card, text, keys)):
            return Delivered(shown._replace(digest=digest, newest=max(newest, shown.card), unreachable=False))
        sent = await self._send(parcel.lane, text, keys)
        old = Parcel(parcel.lane, parcel.seat, {"do": "retire", "message": shown.card}) if shown.card else None
        return Delivered(Shown(sent, max(newest, sent), digest), old)

    async def _board(self, lane: str, body: Params, shown: Shown) -> Delivered:
        text, keys = body["text"], body.get("keys") or []
        digest = _digest(text, keys)
        if shown.card and (shown.digest == digest or await self._edited(lane, shown.card, text, keys)):
            return Delivered(shown._replace(digest=digest, unreachable=False))
        sent = await self._send(lane, text, keys, body.get("reply", 0))
        return Delivered(Shown(sent, sent, digest))

    async def _edited(self, lane: str, message: int, text: str, keys: list[Any]) -> bool:
        """True if the message now says this; False if it cannot be edited and a new one is needed."""
        chat, _ = chat_of(lane)
        params = {"chat_id": chat, "message_id": message, **_content(text, keys)}
        try:
            await self._call("editMessageText", params)
        except (BadRequest, EndPointNotFound) as refused:
            why = str(refused).lower()
            if "not modified" not in why:
                log.info("a card could not be edited, so a new one is sent", extra={"why": why})
                return False
        return True

    async def _send(self, lane: str, text: str, keys: list[Any] | None, reply: int = 0) -> int:
        """Sends a message and returns its id; in simpler forms, if Telegram refuses the better one."""
        params = {**_to(lane), **_content(text, keys)}
        if reply:
            params["reply_parameters"] = {"message_id": reply, "allow_sending_without_reply": True}
        try:
            return _message_id(await self._call("sendMessage", params))
        except BadRequest as refused:
            why = str(refused).lower()
            if type(refused) is not BadRequest:
                raise
            if any(one in why for one in _TOPIC_GONE):
                raise TopicGone(str(refused)) from None
            if any(one in why for one in _NOBODY + _SILENCED):
                raise Undeliverable(str(refused)) from None
            log.error("a message was refused; it is sent in plain words", extra={"why": why})
            return await self._send_plainly(lane, text, keys if "entities" in why or "too long" in why else None)

    async def _send_plainly(self, lane: str, text: str, keys: list[Any] | None) -> int:
        plain = html.unescape(_TAG.sub("", text))
        pieces = [html.unescape(piece) for piece in messages([Block((plain,))], MESSAGE_LENGTH)]
        sent = 0
        for place, piece in enumerate(pieces, 1):
            params: Params = {**_to(lane), "text": piece, "link_preview_options": NO_PREVIEW}
            if keys and place == len(pieces):
                params["reply_markup"] = {"inline_keyboard": keys}
            sent = _message_id(await self._call("sendMessage", params))
        return sent


def _digest(text: str, keys: list[Any]) -> str:
    return hashlib.blake2b(json.dumps([text, keys]).encode(), digest_size=8).hexdigest()


def chat_of(lane: str) -> tuple[int, int]:
    """The chat and the topic (0: none) of a lane such as "chat:-100:t5", or of a board in it ("chat:-100:t5:bround1")."""
    _, chat, *rest = lane.split(":")
    return int(chat), int(rest[0][1:]) if rest and rest[0].startswith("t") else 0


def rekeyed(lane: str, new_chat: int) -> str:
    """The lane after its chat has got another id."""
    _, _, rest = lane.removeprefix("chat:").partition(":")
    return f"chat:{new_chat}:{rest}" if rest else f"chat:{new_chat}"


def _to(lane: str) -> Params:
    chat, thread = chat_of(lane)
    return {"chat_id": chat, "message_thread_id": thread} if thread else {"chat_id": chat}


def _content(text: str, keys: list[Any] | None) -> Params:
    content: Params = {"text": text, "parse_mode": ParseMode.HTML.value, "link_preview_options": NO_PREVIEW}
    if keys:
        content["reply_markup"] = {"inline_keyboard": keys}
    return content


def _answer(body: Params) -> Params:
    return {"callback_query_id": body["press"], **({"text": body["text"]} if body.get("text") else {})}


def _inline(body: Params) -> Params:
    """Everybody gets the same results, so Telegram may keep them for a while."""
    kept = {"cache_time": body["seconds"], "is_personal": False}
    return {"inline_query_id": body["query"], "results": body["results"], "button": body["button"], **kept}


def _message_id(result: Any) -> int:
    """The id of the message that a call made; 0 if the answer does not say."""
    return number_in(result, "message_id") if isinstance(result, dict) else 0
