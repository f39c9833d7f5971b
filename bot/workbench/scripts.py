"""Plays a script: what a person types, and what the bot must say. Every turn goes through the stored form."""

import json

from bot.model.book import Book
from bot.model.case import Script
from bot.model.conversation import Conversation, conversation_from_json
from bot.model.event import Said, Started
from bot.model.reply import Ask, Card, Reply, Say
from bot.turn.mind import Mind


def difference(book: Book, script: Script) -> str:
    """The first line of the script that comes out otherwise, with what was said instead; "" if all is as written."""
    mind = Mind(book)
    dialogue = script.dialogue or book.start
    outcome = mind.react(Conversation("script", dialogue), Started())
    said = words_of(outcome.replies)
    for line in script.lines:
        if line.says is not None:
            stored = json.dumps(outcome.conversation.to_json())
            outcome = mind.react(conversation_from_json(json.loads(stored)), Said(line.says))
            said = words_of(outcome.replies)
        if line.hears and " ".join(line.hears.split()) not in said:
            return f"line {line.place.line}: expected to hear “{line.hears}”; the bot said “{said}”"
    return ""


def words_of(replies: tuple[Reply, ...]) -> str:
    """Everything a person reads in these replies, on one line."""
    found: list[str] = []
    for reply in replies:
        match reply:
            case Say(text):
                found.append(text)
            case Ask():
                found += [reply.note, reply.progress, reply.text, reply.hint, *(choice.label for choice in reply.choices)]
            case Card():
                found.append(reply.title)
                for section in reply.sections:
                    found += [section.heading, *section.lines, section.copy]
    return " ".join(" ".join(found).split())
