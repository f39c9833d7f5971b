"""Texts as Telegram counts and keeps them: UTF-16 units, formatting beside the text, spaces trimmed."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import limits
from bot.sandbox.automatic import automatic_entities
from bot.sandbox.errors import bad_request, not_played
from bot.sandbox.html import parse_html
from bot.sandbox.params import Params, as_integer, words_of
from bot.sandbox.units import Entity, byte_offset, units

GIVEN = frozenset({
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "text_mention",
    "custom_emoji", "blockquote", "expandable_blockquote",
})  # fmt: skip
FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"})
"""Entities that Telegram finds by itself: given by a bot, they are not looked at."""

WHITE = " \n\t"


@dataclass(slots=True)
class Formatted:
    """A text and its entities, as they stand in a message."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)


def formatted(params: Params, text: str, mode: str = "parse_mode", entities: str = "entities") -> Formatted:
    """Reads a text with its parse mode or its list of entities, checks it and tidies it up as Telegram does."""
    if len(text) > limits.RAW_TEXT / 4 and len(text.encode("utf-8", "surrogatepass")) > limits.RAW_TEXT:
        raise bad_request("Text is too long")
    parse_mode = params.text(mode).lower()
    if text and parse_mode and parse_mode != "none":
        if parse_mode in {"markdown", "markdownv2"}:
            raise not_played(f"the parse mode {params.text(mode)}")
        if parse_mode != "html":
            raise bad_request("Unsupported parse_mode")
        text, found = parse_html(text)
    else:
        found = _given(params.array(entities))
    return tidy(text, found)


def tidy(text: str, entities: list[Entity]) -> Formatted:
    """Checks that entities lie within the text, trims spaces from both ends, and adds the entities Telegram finds."""
    if entities:
        _check_bounds(text, entities)
    if "\r" in text:
        text, entities = _without_returns(text, entities)
    ended = text.rstrip(WHITE)
    begin = 0
    first = min((entity["offset"] for entity in entities), default=len(ended))
    while begin < min(first, len(ended)) and ended[begin] in WHITE:
        begin += 1
    trimmed = ended[begin:]
    size = units(trimmed)
    kept: list[Entity] = []
    for entity in entities:
        start = entity["offset"] - begin
        length = min(entity["length"], size - start)
        if length > 0:
            kept.append({**entity, "offset": start, "length": length})
    kept += automatic_entities(trimmed, kept)
    kept.sort(key=_reading_order)
    return Formatted(trimmed, kept[: limits.ENTITIES])


def _without_returns(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A text without carriage returns, and its entities moved along."""
    raw = text.encode("utf-16-le", "surrogatepass")
    returns = [at for at in range(len(raw) // 2) if raw[2 * at : 2 * at + 2] == b"\r\0"]
    moved = []
    for entity in entities:
        before = sum(at < entity["offset"] for at in returns)
        upto = sum(at < entity["offset"] + entity["length"] for at in returns)
        moved.append({**entity, "offset": entity["offset"] - before, "length": entity["length"] - (upto - before)})
    return text.replace("\r", ""), moved


def _reading_order(entity: Entity) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _given(values: list[Any]) -> list[Entity]:
    entities: list[Entity] = []
    for value in values:
        if not isinstance(value, dict):
            raise bad_request("Can't parse MessageEntity: expected an Object")
        for name in ("offset", "length"):
            if name not in value:
                raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
        kind = words_of(value, "type")
        if kind in FOUND:
            continue
        if kind not in GIVEN:
            raise bad_request(f"Can't parse MessageEntity: {'Unsupported type specified' if kind else 'Type is not specified'}")
        if kind == "text_link" and not words_of(value, "url"):
            raise bad_request("Can't parse MessageEntity: Can't find field \"url\"")
        entities.append({**value, "offset": as_integer(value["offset"]), "length": as_integer(value["length"])})
    return entities


def _check_bounds(text: str, entities: list[Entity]) -> None:
    size = units(text)
    edges = None
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if offset < 0:
            raise bad_request(f"Receive an entity with incorrect offset {offset}")
        if length < 0:
            raise bad_request(f"Receive an entity with incorrect length {length}")
        if offset > size:
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > size:
            raise bad_request(f"Entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {size}")
        if edges is None:
            edges = _edges(text)
        if offset not in edges:
            raise bad_request(f"Entity begins in a middle of a UTF-16 symbol at byte offset {byte_offset(text, offset)}")
        if offset + length not in edges:
            end = byte_offset(text, offset + length)
            raise bad_request(f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol at byte offset {end}")


def _edges(text: str) -> set[int] | range:
    if text.isascii():
        return range(len(text) + 1)
    edges, at = {0}, 0
    for letter in text:
        at += 1 + (letter > "\uffff")
        edges.add(at)
    return edges
