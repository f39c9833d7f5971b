"""A picture of a dialogue as Mermaid text, drawn from the machine itself."""

from collections.abc import Iterator

from bot.dialogue.machine import DialogueMachine
from bot.model.book import Book
from bot.model.condition import ALWAYS, AllOf, AnyOf, Close, Condition, Count, Either, Every, Known, NoneOf, Not, OnlyOf
from bot.model.dialogue import END, Dialogue, Question
from bot.model.text import shortened

SHOWN = 48


def mermaid(book: Book) -> str:
    """All dialogues of a book as one Mermaid flow chart."""
    lines = ["flowchart TD"]
    for dialogue in book.dialogues.values():
        lines += [f'  subgraph {dialogue.id}["{_quoted(dialogue.title)}"]', *_nodes(dialogue), "  end"]
    for dialogue in book.dialogues.values():
        lines += _arrows(dialogue)
    return "\n".join(lines)


def _node(dialogue: Dialogue, question_id: str) -> str:
    return f"{dialogue.id}__{question_id}"


def _nodes(dialogue: Dialogue) -> Iterator[str]:
    for question in dialogue.questions:
        said = _quoted(shortened(question.ask or f"dialogue {question.calls}", SHOWN))
        sides = {"one": ("(", ")"), "many": ("[", "]"), "text": ("[/", "/]"), "call": ("[[", "]]")}[question.kind]
        condition = f"<br/><i>if {_quoted(words_of(question.only_if))}</i>" if question.only_if != ALWAYS else ""
        yield f'    {_node(dialogue, question.id)}{sides[0]}"{said}{condition}"{sides[1]}'
    yield f'    {_node(dialogue, END)}(["end"])'


def _arrows(dialogue: Dialogue) -> Iterator[str]:
    for source, target, rule in DialogueMachine(dialogue).arrows():
        label = f'|"{_quoted(words_of(rule.condition))}"|' if rule.condition != ALWAYS else ""
        yield f"  {_node(dialogue, source)} -->{label} {_node(dialogue, target)}"
    for question in dialogue.questions:
        if _can_be_passed(question):
            yield f"  {_node(dialogue, question.id)} -.-> {_node(dialogue, dialogue.below(question.id))}"
        if question.kind == "call":
            yield f"  {_node(dialogue, question.id)} ==> {question.calls}"


def _can_be_passed(question: Question) -> bool:
    return question.only_if != ALWAYS or bool(question.options_from)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def words_of(condition: Condition) -> str:
    """A condition in short words, for pictures and tables."""
    match condition:
        case AnyOf(question, options):
            return f"{question}: {' or '.join(sorted(options))}"
        case AllOf(question, options):
            return f"{question}: {' and '.join(sorted(options))}"
        case NoneOf(question, options):
            return f"{question}: none of {', '.join(sorted(options))}"
        case OnlyOf(question, options):
            return f"{question}: only {', '.join(sorted(options))}"
        case Count():
            return _count(condition)
        case Known(question, known):
            return f"{question} {'answered' if known else 'not answered'}"
        case Close(types):
            return f"close: {', '.join(sorted(types))}"
        case Not(part):
            return f"not ({words_of(part)})"
        case Either(parts):
            return " or ".join(f"({words_of(part)})" for part in parts)
        case Every(parts):
            return " and ".join(words_of(part) for part in parts) or "always"


def _count(condition: Count) -> str:
    least = f"at least {condition.at_least}" if condition.at_least else ""
    most = f"at most {condition.at_most}" if condition.at_most < 1_000 else ""
    among = f" of {', '.join(sorted(condition.among))}" if condition.among else ""
    return f"{condition.question}: {' and '.join(part for part in (least, most) if part)}{among}"
