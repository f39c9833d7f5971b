"""Documents of `advise` and `ask` as a person reads them in a terminal."""

from typing import Any

from bot.model.book import Book
from bot.model.text import fill
from bot.workbench.given import questions_of
from bot.workbench.wrap import bullet, paragraph


def told(document: dict[str, Any], book: Book) -> str:
    """A verdict in a few lines. What to do when somebody may be in danger comes before everything else."""
    body = _undecided(document, book) if document["type"] is None else _decided(document, book)
    return "\n".join([*_danger(document, book), *body, *_ignored(document, book), *_understood(document)])


def _danger(document: dict[str, Any], book: Book) -> list[str]:
    if not document.get("safeguarding"):
        return []
    text = fill(book.safeguarding.message, {f"contact_{one.id}": one.says for one in book.contacts})
    return [line for part in text.split("\n") for line in paragraph(part)] + [""]


def _undecided(document: dict[str, Any], book: Book) -> list[str]:
    """What must be known first, in the words of the questions."""
    asked = questions_of(book)
    lines = [book.phrases["cannot_tell_title"]]
    lines += bullet(asked[name].ask if name in asked else name for name in document.get("needed", []))
    step = document["advice"]["next_step"]
    return [*lines, "", *paragraph(step, "Next step: ")] if step else lines


def _decided(document: dict[str, Any], book: Book) -> list[str]:
    names = {one.id: one.name for one in book.guide.types}
    second = f", second {names[document['second']]}" if document["second"] else ""
    lines = [f"{names[document['type']]} ({document['confidence']}{second})"]
    named = (document["type"], document["second"])
    speaking = [reason for reason in document["reasons"] if any(reason["points"].get(one, 0) > 0 for one in named if one)]
    lines += bullet(dict.fromkeys(reason["because"] for reason in speaking))
    lines += [""] + [f"  {name}: {_shown(value)}" for name, value in document["profile"].items()]
    for change in document["what_would_change"]:
        lines += paragraph(f"{change['question']}: {_shown(change['from'])} → {_shown(change['to'])} would give {change['type']}", "  ~ ")
    advice = document["advice"]
    lines += ["", *bullet(advice["type"]), *bullet(advice["profile"])]
    for partner, tips in advice["stakeholders"].items():
        lines += [f"  {partner}:", *bullet(tips, "    - ")]
    return [*lines, "", *paragraph(advice["next_step"], "Next step: ")]


def _ignored(document: dict[str, Any], book: Book) -> list[str]:
    """The answers that did not count, because the interview would not ask for them."""
    if not document.get("ignored"):
        return []
    asked = questions_of(book)
    not_asked = bullet(asked[name].ask for name in document["ignored"])
    return ["", "Not counted, because these are not asked after the other answers:", *not_asked]


def _understood(document: dict[str, Any]) -> list[str]:
    if "understood" not in document:
        return []
    lines = ["", "Understood:"]
    for question, options in document["understood"].items():
        likely = document["maybe"].get(question, [])
        unclear = "unclear" + (f", perhaps {' or '.join(likely)}" if likely else "")
        said = unclear if options is None else ", ".join(options) or "left out"
        lines.append(f"  {question}: {said}")
    return lines


def _shown(value: Any) -> str:
    if value is None:
        return "not answered"
    return ", ".join(str(one) for one in value) or "not known" if isinstance(value, list) else str(value)


def answered(document: dict[str, Any], book: Book, asked: bool = False) -> str:
    """A quick answer, or an honest "I do not know that" with the nearest; with `asked`, the question stands above it."""
    lines = paragraph(document["question"], "Question: ") if asked else []
    return "\n".join([*lines, _answer(document, book), *_why(document)])


def _answer(document: dict[str, Any], book: Book) -> str:
    titles = {topic.id: topic.title for topic in book.topics}
    near = [titles.get(one, one) for one in document["also"]]
    if document["topic"] is None:
        lines = [book.phrases["ask_unknown"], *([book.phrases["ask_nearest"]] if near else [])]
        return "\n".join([*lines, *bullet(near)])
    lines = [title] if (title := titles.get(document["topic"], "")) else []
    for part in document["answer"].split("\n"):
        lines += paragraph(part)
    return "\n".join([*lines, *([book.phrases["ask_also"]] if near else []), *bullet(near)])


def _why(document: dict[str, Any]) -> list[str]:
    """Why it is this answer, or none, for whoever writes the answers."""
    why = document.get("why")
    if why is None:
        return []
    lines = ["", "Why:"]
    if why["danger"]:
        lines += bullet(["It sounds as if somebody is in danger. That comes before everything else."])
    if why["same"]:
        lines += bullet([f'The question stands word for word under "{why["same"]}".'])
    lines += bullet(
        [
            f"The nearest answers (1 is near): {_nearest(why['topics'])}.",
            f"The nearest themes that are not ours: {_nearest(why['themes'])}.",
        ]
    )
    if why["theme_won"]:
        lines += bullet(["A theme that is not ours is nearer than any answer."])
    if why["never_seen"]:
        lines += bullet([f"Words that stand in no way to ask: {', '.join(why['never_seen'])}."])
    return [*lines, *bullet([f"It is {document['score']:.2f} sure. From {why['sure_from']:.2f} on it gives the answer."])]


def _nearest(found: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['id']} {one['nearness']:.2f}" for one in found) or "none"
