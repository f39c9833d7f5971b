"""Cards as a phone shows them, word for word, and every card of the shipped dialogues within Telegram's limits.

After a wanted change of words: python -m tests.telegram.test_cards, and read the difference.
"""

import random
import re
from collections.abc import Callable
from functools import partial
from html import unescape
from pathlib import Path

import pytest

from bot.app import open_folder
from bot.model.event import Pressed, Started
from bot.model.reply import Card
from bot.telegram.cards import Cards, Drawn
from bot.telegram.keyboard import ROWS_A_PAGE
from bot.turn.mind import Mind
from tests.dialogue.talk import Talk
from tests.telegram.phone import check_message

FOLDER = Path(__file__).parent / "cards"
DIALOGUES = Path(__file__).parent.parent.parent / "dialogues"
LINK = "https://t.me/helper_bot"
SO_FAR = 80

Doing = Callable[[Talk], Talk]


def answered(*texts: str) -> Doing:
    """These answers were typed."""
    return lambda talk: talk.say(*texts)


START = ("police and a church", "cleaner streets", "yes we agreed it together")
PROJECT = (*START, "a joint project", "notes", "one thing", "one event", "local people saw a need", "planned")
NEWS = (
    "a charity and the council",
    "to know what the others do",
    "mostly",
    "swap news",
    "nothing",
    "many things",
    "open ended",
    "a scheme",
    "yes",
    "it grew",
)
HOPED = ("nobody yet", "a warm place", "the church and the council")

CASES: dict[str, Doing] = {
    "first question": lambda talk: talk,
    "ticks": lambda talk: talk.tap("police", "faith"),
    "helped": lambda talk: answered(*START)(talk).press("why", "working"),
    "typed unclear": lambda talk: talk.say("the police and the flurbs"),
    "typed unclear again": lambda talk: answered(*START)(talk).say("asdf qwer").say("hjkl"),
    "a text to write": answered("police"),
    "verdict project": answered(*PROJECT),
    "verdict news": answered(*NEWS),
    "verdict not yet": answered(*HOPED),
    "changes": lambda talk: answered(*PROJECT)(talk).press("changes"),
    "about": lambda talk: answered(*PROJECT)(talk).press("about", "inter_agency"),
    "profile tips": lambda talk: answered(*PROJECT)(talk).press("profile_tips"),
    "review": lambda talk: answered(*START)(talk).say("review"),
    "changing": lambda talk: answered(*START)(talk).press("change", "partners"),
    "stopped": lambda talk: answered(*START)(talk).say("stop"),
    "welcome back": lambda talk: answered(*START)(talk).do(Started()),
    "privacy": answered("/privacy"),
    "forget": answered("/forget"),
    "forgotten": lambda talk: talk.say("/forget").press("forget", "yes"),
    "export": lambda talk: answered(*START)(talk).say("/export"),
    "language": answered("/language"),
    "topics": answered("/ask"),
    "one theme": lambda talk: talk.press("topics", "0"),
    "quick answer in the middle": lambda talk: answered(*START)(talk).say("what is an MoU?"),
    "nothing known in the middle": lambda talk: answered(*START)(talk).say("/ask how deep is the sea?"),
    "safeguarding in the middle": lambda talk: answered(*START)(talk).say("a child told me her dad hits her"),
}


def drawn(mind: Mind, talk: Talk, page: int = 0) -> list[Drawn]:
    """What was said in the last turn, as it is sent."""
    so_far = mind.engine.asker.so_far(talk.conversation, SO_FAR)
    return Cards(mind.engine.asker.phrase, LINK).draw(talk.outcome.replies, so_far, page)


def readable(one: Drawn) -> str:
    """What a phone shows of it: **bold**, lines folded away behind a bar, text to copy between rules, buttons in brackets."""
    if one.file is not None:
        return f"[file {one.file['name']}]\n{one.file['caption']}\n{one.file['content']}"
    texts = []
    for text in one.texts:
        shown = re.sub("</?b>", "**", text)
        shown = re.sub("<blockquote[^>]*>(.*?)</blockquote>", lambda found: re.sub("(?m)^", "┃ ", found[1]), shown, flags=re.DOTALL)
        texts.append(unescape(re.sub("</?pre>", "```", shown)))
    rows = [
        "  ".join(f"[ {key['text']}{' ↗' if 'url' in key else ' ⧉' if 'copy_text' in key else ''} ]" for key in row)
        for row in one.keys or ()
    ]
    return "\n\n--- and then ---\n\n".join(texts) + "".join(f"\n{row}" for row in ["", *rows] if rows)


def golden(mind: Mind, doing: Doing) -> str:
    """All messages of the last turn of a case."""
    talk = doing(Talk(mind))
    shown = "\n\n=====\n\n".join(readable(one) for one in drawn(mind, talk)) + "\n"
    return shown.replace(mind.book.revision, "(the revision)")


def sheets(mind: Mind) -> dict[str, Doing]:
    """A case for each sheet."""
    return {f"sheet {sheet.id}": partial(_sheet, sheet.id) for sheet in mind.book.guide.sheets}


def _sheet(about: str, talk: Talk) -> Talk:
    return answered(*PROJECT)(talk).press("sheet", about)


def path_of(name: str) -> Path:
    """Where a case is written down."""
    return FOLDER / f"{name.replace(' ', '_')}.txt"


@pytest.mark.parametrize(("name", "doing"), CASES.items(), ids=CASES)
def test_a_card_looks_as_written(mind: Mind, name: str, doing: Doing) -> None:
    """To the letter, and the row."""
    assert golden(mind, doing) == path_of(name).read_text(encoding="utf-8")


def test_the_sheets_look_as_written(mind: Mind) -> None:
    """Each sheet, with its opening message to copy, and the way to the others."""
    for name, doing in sheets(mind).items():
        assert golden(mind, doing) == path_of(name).read_text(encoding="utf-8"), name


def test_every_card_written_down_is_one_of_these(mind: Mind) -> None:
    """No file is left over from a case that is gone."""
    assert {path.name for path in FOLDER.glob("*.txt")} == {path_of(name).name for name in (*CASES, *sheets(mind))}


def fits(mind: Mind, talk: Talk) -> int:
    """Checks all that was said in the last turn, each page of options too; how many messages that were."""
    checked = 0
    choices = talk.ask.choices if talk.question else ()
    for page in range(2 if len(choices) > ROWS_A_PAGE else 1):
        for one in drawn(mind, talk, page):
            checked += len(one.texts)
            for place, text in enumerate(one.texts, 1):
                check_message(text, one.keys or [] if place == len(one.texts) else [])
    assert checked
    return checked


def walk(mind: Mind, seed: int) -> None:
    """Someone who answers at random, asks why, changes answers and types nonsense; every card on the way is checked."""
    dice, talk = random.Random(seed), Talk(mind)
    odd = ("<b>&amp;" * 500, "😀" * 4096, "\u202e" + "ab " * 130, "how long is a piece of string?", "/nonsense" * 400, "\ud83d\0x")
    fits(mind, talk)
    while question := talk.question:
        if dice.random() < 0.3:
            fits(mind, talk.press("why", question))
        if dice.random() < 0.05:
            fits(mind, talk.say(dice.choice(odd)))
            if talk.question != question:
                continue
        options = [choice.id for choice in talk.ask.choices]
        if dice.random() < 0.1 and len(talk.conversation.answers) > 2:
            talk.press(*dice.choice((("back", question), ("review", ""), ("skip", question))))
        elif not options:
            talk.say(dice.choice(("Safer streets", *odd)))
        elif talk.ask.many:
            for option in dice.sample(options, dice.randint(1, min(len(options), dice.choice((1, 2, 13))))):
                fits(mind, talk.do(Pressed("here")).tap(option))
            talk.press("done", question)
        else:
            talk.tap(dice.choice(options))
        fits(mind, talk)
        if not talk.question and talk.card.id != "verdict":
            talk.press("go_on")
    for button in talk.card.buttons:
        if button.id not in ("restart", "share"):
            fits(mind, talk.press(button.id, button.about))


@pytest.mark.parametrize("seed", range(12))
def test_every_card_on_the_way_fits(mind: Mind, seed: int) -> None:
    """Random walks: whatever is answered, changed, asked and typed, every card fits, up to the pages behind the verdict."""
    walk(mind, seed)


def test_every_question_fits(mind: Mind) -> None:
    """Every question of the book, plain, with its explanations, and with everything ticked."""
    talk = answered(*PROJECT)(Talk(mind))
    for question in (one for dialogue in mind.book.dialogues.values() for one in dialogue.questions if one.kind != "call"):
        for ticked in (None, tuple(option.id for option in question.options)):
            for button in ("here", "why"):
                talk.conversation = talk.conversation._replace(changing=question.id, ticked=ticked, card="")
                fits(mind, talk.press(button))
                assert talk.question == question.id


def test_every_page_fits(mind: Mind) -> None:
    """Every sheet, type, topic and theme, with its buttons; a quick answer is one message, also in a group."""
    talk = answered(*PROJECT)(Talk(mind))
    for sheet in mind.book.guide.sheets:
        fits(mind, talk.press("sheet", sheet.id))
    for kind in mind.book.guide.types:
        fits(mind, talk.press("about", kind.id))
    for place in range(len({topic.theme for topic in mind.book.topics})):
        fits(mind, talk.press("topics", str(place)))
    for topic in mind.book.topics:
        fits(mind, talk.press("topic", topic.id))
        assert isinstance(talk.outcome.replies[0], Card)
        assert len(Cards(mind.engine.asker.phrase).draw(talk.outcome.replies[:1])[0].texts) == 1, topic.id


def test_a_message_before_the_last_keeps_only_what_leads_on(mind: Mind) -> None:
    """A quick answer in the middle keeps its buttons to more of its kind; "go on" is the question below it."""
    answer, question = drawn(mind, answered(*START, "what is an MoU?")(Talk(mind)))
    assert all(key["callback_data"].startswith("b:topic") for row in answer.keys or () for key in row)
    assert any(key["callback_data"].startswith("o:") for row in question.keys or () for key in row)


def main() -> None:
    """Writes every card anew."""
    book = open_folder(DIALOGUES).book
    assert book is not None
    mind = Mind(book)
    made = {path_of(name): golden(mind, doing) for name, doing in (CASES | sheets(mind)).items()}
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
