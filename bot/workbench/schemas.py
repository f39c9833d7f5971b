"""JSON Schemas of the files, for editors that complete and check while one types; made from the same models that check them."""

import json
from pathlib import Path

from bot.loading.shapes import SHAPES
from bot.loading.shapes.base import Nested


def write_schemas(folder: Path) -> list[Path]:
    """Writes one schema for each kind of file into a folder (made if need be), and gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for head, shape in SHAPES.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"A file with {head}:", **Nested(shape).schema()}
        path = folder / f"{head}.schema.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written
