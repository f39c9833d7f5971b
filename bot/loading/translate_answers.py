"""From the shape of quick answers, contacts, safeguarding and tests to the model's nouns."""

from bot.loading.desk import Desk
from bot.loading.shapes.answers import AnswersFile, ContactsFile, MoreWaysFile, NotOursFile, SafeguardingFile
from bot.loading.shapes.tests import AlarmsShape, CaseShape, TestsFile
from bot.model.case import Alarm, AskedQuestion, Case, Expected, Given, Goal, Line, Script, TestFile, TypedAnswer
from bot.model.topic import Asked, Contact, Safeguarding, Theme, Topic

UNCLEAR = "unclear"
NO_TOPIC = "none"
EITHER = " or "


def topics_of(desk: Desk) -> tuple[Topic, ...]:
    """The topics of a file of quick answers."""
    shape: AnswersFile = desk.shaped.shape
    topics = []
    for topic_id, one in shape.topics.items():
        path = ("topics", topic_id)
        for number, near in enumerate(one.also):
            desk.want("topic", near, *path, "also", number)
        if one.parent:
            desk.want("topic", one.parent, *path, "parent")
        topics.append(
            Topic(
                id=topic_id,
                title=one.title,
                asked=tuple(one.asked),
                answer=one.answer,
                more=one.more or "",
                also=tuple(one.also),
                parent=one.parent or "",
                words=tuple(one.words),
                theme=shape.answers,
                place=desk.place(*path),
                spots=desk.spots(*path, "asked"),
            )
        )
    return tuple(topics)


def more_ways_of(desk: Desk) -> list[tuple[str, Asked]]:
    """More ways to ask: the id of a topic, and a list of them."""
    shape: MoreWaysFile = desk.shaped.shape
    for topic in shape.topics:
        desk.want_key("topic", topic, "topics", topic)
    topics = shape.topics.items()
    return [(topic, Asked(tuple(texts), desk.place("topics", topic), desk.spots("topics", topic))) for topic, texts in topics]


def themes_of(desk: Desk) -> tuple[Theme, ...]:
    """The themes of a file of questions that are not ours."""
    shape: NotOursFile = desk.shaped.shape
    themes = shape.themes.items()
    return tuple(
        Theme(name, one.about, tuple(one.asked), tuple(one.words), desk.place("themes", name), desk.spots("themes", name, "asked"))
        for name, one in themes
    )


def contacts_of(desk: Desk) -> tuple[Contact, ...]:
    """Every contact of the file."""
    shape: ContactsFile = desk.shaped.shape
    return tuple(
        Contact(contact_id, one.name, one.says, one.checked_on, one.source, desk.place("contacts", contact_id))
        for contact_id, one in shape.contacts.items()
    )


def safeguarding_of(desk: Desk) -> Safeguarding:
    """The safeguarding message with its signs."""
    shape: SafeguardingFile = desk.shaped.shape
    one = shape.safeguarding
    examples = (tuple(one.examples.danger), tuple(one.examples.harmless))
    grave = {name: tuple(words) for name, words in one.grave_words.items()}
    other = {name: tuple(words) for name, words in one.other_words.items()}
    signs, harmless, place = tuple(one.signs), tuple(one.harmless), desk.place("safeguarding")
    return Safeguarding(one.message, one.after, signs, harmless, grave, other, *examples, short=one.short or "", place=place)


def tests_of(desk: Desk) -> TestFile:
    """A file of tests. Its ids are checked like any others, so that a test never tests nothing."""
    shape: TestsFile = desk.shaped.shape
    for name in shape.goals:
        desk.want_key("goal", name, "goals", name)
    return TestFile(
        title=shape.tests,
        cases=tuple(_case(desk, number, case) for number, case in enumerate(shape.cases)),
        typed=tuple(_typed(desk)),
        goals={name: Goal(one.right_at_least, one.wrong_at_most, desk.place("goals", name)) for name, one in shape.goals.items()},
        questions=tuple(_questions(desk)),
        alarms=tuple(_alarms(desk)),
        scripts=tuple(_scripts(desk)),
        place=desk.place("tests"),
    )


def _case(desk: Desk, number: int, shape: CaseShape) -> Case:
    path = ("cases", number)
    for given in ("answers", "typed"):
        for question in getattr(shape, given):
            desk.want_key("question", question, *path, given, question)
    for question, options in shape.answers.items():
        for option in options:
            desk.want("option", option, *path, "answers", question, within=question)
    expect = shape.expect
    for key, type_id in (("type", expect.type), ("second", expect.second)):
        if type_id and type_id != "insufficient":
            desk.want("type", type_id, *path, "expect", key)
    for key, questions in (("because of", expect.because_of), ("asked", expect.asked)):
        for place, question in enumerate(questions):
            desk.want("question", question, *path, "expect", key, place)
    for dimension in expect.profile:
        desk.want_key("dimension", dimension, *path, "expect", "profile", dimension)
    for part in expect.definition:
        desk.want_key("part", part, *path, "expect", "definition", part)
    expected = Expected(
        type=expect.type or "",
        second=expect.second or "",
        confidence=expect.confidence or "",
        because_of=tuple(expect.because_of),
        profile={name: _given(values) for name, values in expect.profile.items()},
        definition=dict(expect.definition),
        asked=tuple(expect.asked),
    )
    answers = {question: _given(options) for question, options in shape.answers.items()}
    return Case(shape.name, expected, answers, dict(shape.typed), shape.source or "", desk.place(*path))


def _given(values: list[str]) -> Given:
    return values[0] if len(values) == 1 else tuple(values)


def _typed(desk: Desk) -> list[TypedAnswer]:
    shape: TestsFile = desk.shaped.shape
    typed = []
    for question, by_options in shape.typed_answers.items():
        desk.want_key("question", question, "typed answers", question)
        for joined, texts in by_options.items():
            path = ("typed answers", question, joined)
            options = () if joined == UNCLEAR else tuple(one.strip() for one in joined.split("+"))
            for option in options:
                desk.want_key("option", option, *path, within=question)
            typed += [TypedAnswer(question, text, options, desk.place(*path, number)) for number, text in enumerate(texts)]
    return typed


def _questions(desk: Desk) -> list[AskedQuestion]:
    shape: TestsFile = desk.shaped.shape
    asked = []
    for joined, texts in shape.questions.items():
        topics = () if joined == NO_TOPIC else tuple(one.strip() for one in joined.split(EITHER))
        for topic in topics:
            desk.want_key("topic", topic, "questions", joined)
        asked += [AskedQuestion(text, topics, desk.place("questions", joined, number)) for number, text in enumerate(texts)]
    return asked


def _alarms(desk: Desk) -> list[Alarm]:
    shape: AlarmsShape | None = desk.shaped.shape.alarms
    if shape is None:
        return []
    listed = [("danger", number, text) for number, text in enumerate(shape.danger)]
    listed += [("harmless", number, text) for number, text in enumerate(shape.harmless)]
    return [Alarm(text, kind == "danger", desk.place("alarms", kind, number)) for kind, number, text in listed]


def _scripts(desk: Desk) -> list[Script]:
    shape: TestsFile = desk.shaped.shape
    scripts = []
    for number, one in enumerate(shape.scripts):
        lines = []
        for row, line in enumerate(one.script):
            place = desk.place("scripts", number, "script", row)
            lines += [Line(says=line.says, place=place)] if line.says is not None else []
            lines += [Line(hears=heard, place=place) for heard in line.hears]
        if one.dialogue:
            desk.want("dialogue", one.dialogue, "scripts", number, "dialogue")
        scripts.append(Script(one.name, one.dialogue or "", tuple(lines), desk.place("scripts", number)))
    return scripts
