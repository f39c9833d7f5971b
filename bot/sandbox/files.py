"""Files that were sent, and how big they may be."""

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import ApiError, bad_request, not_played
from bot.sandbox.params import Params, Upload

IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server. `path` is where it can be fetched."""

    id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    path: str

    def to_json(self) -> dict[str, Any]:
        """What every kind of file says of itself."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def document(self) -> dict[str, Any]:
        return {"file_name": self.name, "mime_type": self.mime, **self.to_json()}

    def photo(self) -> list[dict[str, Any]]:
        """As a photo: its sizes, here only one."""
        width, height = 640, 480
        if self.content.startswith(IMAGES[0]):
            width, height = (int.from_bytes(self.content[at : at + 4], "big") for at in (16, 20))
        return [{**self.to_json(), "width": width, "height": height}]


class Files:
    """All files of a world, found by the id a bot was given, or by their path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, upload: Upload, folder: str = "documents") -> StoredFile:
        """Keeps a file and gives it an id."""
        unique = hashlib.sha256(upload.content + upload.name.encode()).hexdigest()[:16]
        number = len(self._by_path)
        extension = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        guessed = mimetypes.guess_type(upload.name)[0] or upload.mime
        path = f"{folder}/file_{number}.{extension}"
        kept = StoredFile(f"BQAC{unique}{number:06d}", f"AgAD{unique}", upload.name, guessed, upload.content, path)
        self._by_id[kept.id] = kept
        self._by_path[path] = kept
        return kept

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_id(self, file_id: str) -> StoredFile:
        """A file a bot names. Raises Telegram's refusal if there is none."""
        if file_id not in self._by_id:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def given(self, params: Params, name: str, most: int = limits.UPLOAD) -> StoredFile:
        """The file of a call: sent along, sent before, or missing."""
        value = params.text(name)
        field = value.removeprefix("attach://") if value.startswith("attach://") else name
        if field in params.files:
            upload = params.files[field]
            if not upload.content:
                raise bad_request("file must be non-empty")
            if len(upload.content) > most:
                raise bad_request(f"file is too big for a {name}") if most != limits.UPLOAD else entity_too_large()
            return self.add(upload, f"{name}s")
        if not value:
            raise bad_request(f"There is no {name} in the request")
        if value.startswith(("http://", "https://")):
            raise not_played("fetching files from the web")
        return self.by_id(value)


def entity_too_large() -> ApiError:
    """413: more than the server takes."""
    return ApiError(413, "Request Entity Too Large")
