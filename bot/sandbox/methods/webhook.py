"""setWebhook, deleteWebhook, getWebhookInfo. As with a server of one's own, plain http and any port are fine."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox import limits
from bot.sandbox.errors import bad_request, too_many
from bot.sandbox.methods.context import Context
from bot.sandbox.methods.polling import WEBHOOK_SET, end_poll
from bot.sandbox.updates import DEFAULT

SECRET = re.compile(r"[A-Za-z0-9_-]*$")


def set_webhook(call: Context) -> dict[str, Any]:
    """From now on updates are posted to a url; with an empty one they are not."""
    url = call.params.text("url").strip()
    if not url:
        return delete_webhook(call)
    secret = call.params.text("secret_token")
    if len(secret) > limits.SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    hook = call.bot.webhook
    most = call.params.integer("max_connections", 40, 1, limits.CONNECTIONS)
    same = (hook.url, hook.secret, hook.max_connections) == (url, secret, most)
    _brake(call, same=same)
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.waiting.clear()
    if call.params.has("allowed_updates"):
        call.bot.queue.allow(call.params.array("allowed_updates"))
    if same:
        return {"ok": True, "result": True, "description": "Webhook is already set"}
    end_poll(call.bot.polls, WEBHOOK_SET)
    hook.url, hook.secret, hook.max_connections = url, secret, most
    hook.ip_address, hook.has_certificate = call.params.text("ip_address"), "certificate" in call.params.files
    hook.last_error, hook.last_error_at = "", 0
    call.world.sender.start(call.bot)
    return {"ok": True, "result": True, "description": "Webhook was set"}


def _brake(call: Context, *, same: bool) -> None:
    hook, now = call.bot.webhook, call.world.clock()
    if call.world.strict_polling and not same and now < hook.set_at + 1.0:
        raise too_many(1)
    hook.set_at = now


def delete_webhook(call: Context) -> dict[str, Any]:
    """Updates wait again for `getUpdates`."""
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.waiting.clear()
    was_set = bool(call.bot.webhook.url)
    call.bot.webhook.url = call.bot.webhook.secret = ""
    call.world.sender.stop(call.bot)
    return {"ok": True, "result": True, "description": "Webhook was deleted" if was_set else "Webhook is already deleted"}


def get_webhook_info(call: Context) -> dict[str, Any]:
    """Where updates go, how many wait, and what went wrong last."""
    allowed = call.bot.queue.allowed
    return call.bot.webhook.to_json(call.world.pending(call.bot), None if allowed == DEFAULT else sorted(allowed))


PLAYED = {"setWebhook": set_webhook, "deleteWebhook": delete_webhook, "getWebhookInfo": get_webhook_info}
