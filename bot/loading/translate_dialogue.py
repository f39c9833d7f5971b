"""From the shape of dialogues, phrases and words to the model's nouns."""

from bot.loading.desk import Desk
from bot.loading.shapes.dialogue import DialogueFile, OptionShape, PhrasesFile, QuestionShape, WordsFile
from bot.model.book import Words
from bot.model.dialogue import END, Dialogue, Kind, Option, Question, Rule
from bot.model.limits import TYPED_LENGTH

_KIND_KEYS = ("choose one", "choose many", "choose from", "write", "call")


def dialogue_of(desk: Desk) -> Dialogue:
    """The dialogue of a file, with every fall-through written out as a rule."""
    shape: DialogueFile = desk.shaped.shape
    ids = list(shape.questions)
    questions = []
    for number, (question_id, question) in enumerate(shape.questions.items()):
        following = ids[number + 1] if number + 1 < len(ids) else END
        questions.append(_question(desk, shape.dialogue, question_id, question, following))
    return Dialogue(
        id=shape.dialogue,
        title=shape.title,
        questions=tuple(questions),
        about=shape.about or "",
        closing=shape.closing or "",
        verdict=shape.verdict,
        place=desk.place("dialogue"),
    )


def _question(desk: Desk, dialogue: str, question_id: str, shape: QuestionShape, following: str) -> Question:
    path = ("questions", question_id)
    if question_id == END:
        desk.error("D210", '"end" is the word for the end of a dialogue. Give this question another id.', *path)
    kind, choosing = _kind(desk, question_id, shape)
    options = shape.choose_one or shape.choose_many or {}
    if kind != "call" and not shape.ask:
        desk.error("D102", f'"{question_id}" needs the key "ask".', *path)
    if shape.call:
        desk.want("dialogue", shape.call, *path, "call", said=f'Question "{question_id}" calls "{shape.call}"')
    if shape.choose_from:
        desk.want("question", shape.choose_from, *path, "choose from")
    _check_bounds(desk, question_id, shape, kind, len(options))
    return Question(
        id=question_id,
        kind=kind,
        ask=shape.ask or "",
        short=shape.short or "",
        hint=shape.hint or "",
        why=shape.why or "",
        talk=shape.talk_about or "",
        unclear=shape.unclear or "",
        options=tuple(_option(desk, (*path, choosing), one, option) for one, option in options.items()),
        options_from=shape.choose_from or "",
        at_least=1 if shape.at_least is None else shape.at_least,
        at_most=shape.at_most or (TYPED_LENGTH if kind == "text" else len(options)),
        may_skip=shape.may_skip,
        only_if=desk.condition(*path, "only if"),
        rules=_rules(desk, dialogue, question_id, shape, following),
        calls=shape.call or "",
        was=shape.was or "",
        place=desk.place(*path),
    )


def _kind(desk: Desk, question_id: str, shape: QuestionShape) -> tuple[Kind, str]:
    written = {
        "choose one": shape.choose_one is not None,
        "choose many": shape.choose_many is not None,
        "choose from": shape.choose_from is not None,
        "write": shape.write,
        "call": shape.call is not None,
    }
    used = [key for key, is_used in written.items() if is_used]
    if len(used) != 1:
        say = "cannot be answered" if not used else f"has {' and '.join(used)}"
        message = f'Question "{question_id}" {say}. It needs exactly one of: {", ".join(_KIND_KEYS)}.'
        desk.error("D211", message, "questions", question_id, *used[1:2])
    kinds: dict[str, Kind] = {"choose one": "one", "choose many": "many", "choose from": "one", "write": "text", "call": "call"}
    chosen = used[0] if used else "write"
    return kinds[chosen], chosen


def _check_bounds(desk: Desk, question_id: str, shape: QuestionShape, kind: Kind, options: int) -> None:
    path = ("questions", question_id)
    least, most = shape.at_least, shape.at_most
    if kind in ("one", "call") and (least is not None or most is not None):
        key = "at least" if least is not None else "at most"
        desk.error("D212", f'"{key}" goes with choose many or write. Here there is always one answer.', *path, key)
    elif kind == "many" and ((least or 0) > options or (most or 0) > options):
        key = "at least" if (least or 0) > options else "at most"
        desk.error("D212", f'"{key}" is more than the {options} options there are.', *path, key)
    elif kind == "text" and (most or 0) > TYPED_LENGTH:
        desk.error("D212", f"Nobody can send more than {TYPED_LENGTH} letters at once.", *path, "at most")
    elif least is not None and most is not None and least > most:
        desk.error("D212", '"at least" is more than "at most".', *path, "at least")


def _option(desk: Desk, path: tuple[str, ...], option_id: str, shape: OptionShape) -> Option:
    return Option(
        id=option_id,
        label=shape.label,
        help=shape.help or "",
        words=tuple(shape.words),
        alone=shape.alone,
        unsure=shape.unsure,
        was=shape.was or "",
        place=desk.place(*path, option_id),
    )


def _rules(desk: Desk, dialogue: str, question_id: str, shape: QuestionShape, following: str) -> tuple[Rule, ...]:
    path = ("questions", question_id, "next")
    rules: list[Rule] = []
    for number, rule in enumerate(shape.next or ()):
        said = f'Question "{question_id}" goes to "{rule.go}"'
        spot = (*path, number, "go") if isinstance(desk.shaped.tree["questions"][question_id]["next"], list) else path  # type: ignore[index]  # it fits its shape
        desk.want("go", rule.go, *spot, within=dialogue, said=said)
        rules.append(Rule(rule.go, desk.condition(*path, number, "if"), desk.place(*path, number)))
        if rule.if_ is None and number + 1 < len(shape.next or ()):
            desk.error("D213", "This rule always applies, so the rules below it never do. Move it to the end.", *path, number)
    if not shape.next or shape.next[-1].if_ is not None:
        rules.append(Rule(following, place=desk.place("questions", question_id)))
    return tuple(rules)


def phrases_of(desk: Desk) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The bot's phrases, and the words for its commands."""
    shape: PhrasesFile = desk.shaped.shape
    return dict(shape.phrases), {command: tuple(words) for command, words in shape.commands.items()}


def words_of(desk: Desk) -> Words:
    """Synonyms and fillers."""
    shape: WordsFile = desk.shaped.shape
    alike = {name: tuple(words) for name, words in shape.alike.items()}
    asking = {name: tuple(words) for name, words in shape.asking.items()}
    return Words(
        {chief: tuple(words) for chief, words in shape.synonyms.items()}, alike, asking, tuple(shape.fillers), tuple(shape.everyday)
    )
