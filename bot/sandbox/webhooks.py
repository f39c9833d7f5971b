"""What a bot's webhook is set to, and how its deliveries fare."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, eq=False)
class Webhook:
    """Where updates are posted to; nowhere while `url` is empty."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False
    last_error_at: int = 0
    last_error: str = ""
    set_at: float = 0.0

    def to_json(self, pending: int, allowed: list[str] | None) -> dict[str, Any]:
        """As `getWebhookInfo` tells it."""
        body: dict[str, Any] = {"url": self.url, "has_custom_certificate": self.has_certificate, "pending_update_count": pending}
        if self.url:
            body["max_connections"] = self.max_connections
            if self.ip_address:
                body["ip_address"] = self.ip_address
            if self.last_error:
                body |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        if allowed is not None:
            body["allowed_updates"] = allowed
        return body
