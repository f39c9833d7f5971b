"""Documents of `advise` and `ask` as a person reads them in a terminal."""

from typing import Any

from bot.model.book import Book
from bot.workbench.wrap import bullet, paragraph


def told(document: dict[str, Any], book: Book) -> str:
    """A verdict in a few lines."""
    if document["type"] is None:
        lines = [book.phrases["cannot_tell_title"], f"Needed: {', '.join(document.get('needed', []))}"]
        return "\n".join([*lines, *_understood(document)])
    names = {one.id: one.name for one in book.guide.types}
    second = f", second {names[document['second']]}" if document["second"] else ""
    lines = [f"{names[document['type']]} ({document['confidence']}{second})"]
    lines += bullet(
        list(dict.fromkeys(reason["because"] for reason in document["reasons"] if reason["points"].get(document["type"], 0) > 0))
    )
    lines += [""] + [f"  {name}: {_shown(value)}" for name, value in document["profile"].items()]
    for change in document["what_would_change"]:
        lines += paragraph(f"{change['question']}: {_shown(change['from'])} → {_shown(change['to'])} would give {change['type']}", "  ~ ")
    lines += ["", *bullet(document["advice"]["type"])]
    for partner, tips in document["advice"]["stakeholders"].items():
        lines += [f"  {partner}:", *bullet(tips, "    - ")]
    lines += ["", *paragraph(document["advice"]["next_step"], "Next step: ")]
    return "\n".join([*lines, *_understood(document)])


def _understood(document: dict[str, Any]) -> list[str]:
    if "understood" not in document:
        return []
    lines = ["", "Understood:"]
    for question, options in document["understood"].items():
        likely = document["maybe"].get(question, [])
        said = ", ".join(options) if options else "unclear" + (f", perhaps {' or '.join(likely)}" if likely else "")
        lines.append(f"  {question}: {said}")
    return lines


def _shown(value: Any) -> str:
    if value is None:
        return "not answered"
    return ", ".join(str(one) for one in value) or "not known" if isinstance(value, list) else str(value)


def answered(document: dict[str, Any], book: Book) -> str:
    """A quick answer, or an honest "I do not know that" with the nearest."""
    titles = {topic.id: topic.title for topic in book.topics}
    near = [titles.get(one, one) for one in document["also"]]
    if document["topic"] is None:
        lines = [book.phrases["ask_unknown"], *([book.phrases["ask_nearest"]] if near else [])]
        return "\n".join([*lines, *bullet(near)])
    lines = [title] if (title := titles.get(document["topic"], "")) else []
    for part in document["answer"].split("\n"):
        lines += paragraph(part)
    return "\n".join([*lines, *([book.phrases["ask_also"]] if near else []), *bullet(near)])
