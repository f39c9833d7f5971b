"""What Telegram answers when it refuses. The texts are Telegram's own; what only the sandbox says, says so."""

from typing import Any


class ApiError(Exception):
    """A refusal: the error code, which is also the HTTP status, the description, and parameters for the bot."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str, parameters: dict[str, Any] | None = None) -> ApiError:
    """400. Telegram writes the first word small after "Bad Request: ", unless it is a name in capitals."""
    if text[:1].isupper() and text[1:2].islower():
        text = text[0].lower() + text[1:]
    return ApiError(400, f"Bad Request: {text}", parameters)


def forbidden(text: str) -> ApiError:
    """403: the bot may not, and trying again will not help."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """409: somebody else fetches the updates."""
    return ApiError(409, f"Conflict: {text}")


def too_many(seconds: int) -> ApiError:
    """429: wait so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def not_played(what: str) -> ApiError:
    """501: Telegram can do this, the sandbox cannot."""
    return ApiError(501, f"Not Implemented: the sandbox does not play {what}")


UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
