"""What people send besides text. The files in it are made up, yet have ids as real ones do."""

from typing import Any

from bot.sandbox.files import Files
from bot.sandbox.params import Upload
from bot.sandbox.texts import tidy

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000050001a5f645400000000049454e44ae426082"
)  # fmt: skip


def text(words: str) -> dict[str, Any]:
    """A typed text, with the entities Telegram finds in it."""
    body = tidy(words, [])
    return {"text": body.text, "entities": body.entities} if body.entities else {"text": body.text}


def _caption(words: str) -> dict[str, Any]:
    if not words:
        return {}
    body = tidy(words, [])
    return {"caption": body.text, "caption_entities": body.entities} if body.entities else {"caption": body.text}


def photo(files: Files, caption: str = "") -> dict[str, Any]:
    """A picture, with a caption if there is one."""
    return {"photo": files.add(Upload("photo.png", PIXEL, "image/png"), "photos").photo(), **_caption(caption)}


def document(files: Files, name: str, content: bytes, caption: str = "") -> dict[str, Any]:
    """A file."""
    return {"document": files.add(Upload(name, content)).document(), **_caption(caption)}


def voice(files: Files, seconds: int = 3) -> dict[str, Any]:
    """A voice message."""
    kept = files.add(Upload("voice.oga", b"OggS", "audio/ogg"), "voice")
    return {"voice": {**kept.to_json(), "duration": seconds, "mime_type": kept.mime}}


def sticker(files: Files, emoji: str = "👍") -> dict[str, Any]:
    """A sticker that stands for an emoji."""
    kept = files.add(Upload("sticker.webp", b"RIFF", "image/webp"), "stickers")
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": {**kept.to_json(), **shape, "emoji": emoji}}


def location(latitude: float = 51.5, longitude: float = -0.12) -> dict[str, Any]:
    """A place on the map."""
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(phone: str = "+447700900123", first_name: str = "Sam") -> dict[str, Any]:
    """A card of the address book."""
    return {"contact": {"phone_number": phone, "first_name": first_name}}


def dice(value: int = 4) -> dict[str, Any]:
    """A throw of a die."""
    return {"dice": {"emoji": "🎲", "value": value}}


def poll(question: str, options: tuple[str, ...]) -> dict[str, Any]:
    """A poll, open, in which nobody voted yet."""
    choices = [{"persistent_id": str(at), "text": option, "voter_count": 0} for at, option in enumerate(options)]
    rules = {"is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}
    more = {"allows_revoting": True, "members_only": False}
    return {"poll": {"id": f"poll{abs(hash(question))}", "question": question, "options": choices, "total_voter_count": 0, **rules, **more}}
