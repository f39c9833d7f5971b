"""getFile."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context


def get_file(call: Context) -> dict[str, Any]:
    """Where a file can be fetched, if it is not too big for a bot."""
    if not call.params.has("file_id"):
        raise bad_request("file_id not specified")
    found = call.world.files.find(call.params.text("file_id"))
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(found.content) > limits.DOWNLOAD:
        raise bad_request("file is too big")
    return {**found.to_json(), "file_path": found.path}


PLAYED = {"getFile": get_file}
