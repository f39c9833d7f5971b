"""What the board of together mode shows: the question, how many picked what, and the buttons to vote and to move on."""

from dataclasses import replace

from bot.model.conversation import Conversation
from bot.model.dialogue import Question
from bot.model.limits import MESSAGE_LENGTH, utf16_length
from bot.model.reply import Ask, Choice
from bot.model.text import shortened
from bot.telegram.desk import Desk, board
from bot.telegram.html import Block, bold, safe
from bot.telegram.keyboard import Key, Rows, key, rows
from bot.telegram.together_running import Running
from bot.telegram.tokens import Token
from bot.turn.post import Parcel
from bot.turn.votes import Together, digest, settled, takes_all

AREA = "together"
SO_FAR = 120
SHOWN_SUGGESTION = 300


def token(what: str, mark: str) -> Token:
    """The token of a button of the board. `mark` fits one question of one conversation, or one option of it."""
    return Token("area", AREA, f"{what}:{mark}")


def of(desk: Desk, running: Running) -> Parcel:
    """The board as it stands now."""
    together, question = running.together, running.question
    if together.stopped or question is None:
        return stopped(desk, together)
    text = "\n\n".join((bold(desk.phrase("together_title")), _asked(desk, running), safe("\n".join(_standing(desk, running, question)))))
    explained = f"{text}\n\n{_explained(running.ask)}" if together.helped else text
    shown = explained if utf16_length(explained) <= MESSAGE_LENGTH else text
    return board(together.posted, together.board, shown, _keys(desk, running, question), together.asked_by)


def stopped(desk: Desk, together: Together) -> Parcel:
    """The board while it waits to be taken up again."""
    mark = digest(together.conversation, "")
    keys = rows(key(desk.phrase(f"button_{what}"), token(what, mark)) for what in ("go_on", "restart"))
    return board(together.posted, together.board, safe(desk.phrase("together_stopped")), keys, together.asked_by)


def over(desk: Desk, together: Together) -> Parcel:
    """The board when all is answered: no more buttons."""
    return board(together.posted, together.board, safe(desk.phrase("together_done")), [])


def suggestion_mark(running: Running, text: str = "") -> str:
    """What the button of a suggestion carries; without a text that of the button which drops all that are shown now."""
    shown = text or "\0".join(one.text for one in running.together.suggestions)
    return digest(running.conversation.id, running.ask.question, shown)


def _asked(desk: Desk, running: Running) -> str:
    """The question, below what the group has answered so far."""
    so_far = desk.mind.engine.asker.so_far(running.conversation, SO_FAR)
    shown = replace(running.ask, note=_note(desk, running.conversation, running.ask), helped=False)
    return desk.cards.draw((shown,), so_far)[0].texts[0]


def _explained(ask: Ask) -> str:
    """What the options mean, folded: whoever wants to read it opens it, for nobody but themselves."""
    named = tuple(f"{choice.label}: {choice.help}" for choice in ask.choices if choice.help)
    return Block(named, style="folded").html()


def _note(desk: Desk, conversation: Conversation, ask: Ask) -> str:
    """What stands above the question: what was answered before, if the group went back to it."""
    before = conversation.earlier_answer_to(ask.question)
    if before is None or not any(button.id == "keep" for button in ask.buttons):
        return ask.note
    return desk.phrase("together_before", answer=desk.mind.engine.asker.answer_in_words(before))


# What people have said so far, and what they can do.


def _standing(desk: Desk, running: Running, question: Question) -> list[str]:
    together = running.together
    if question.kind == "text":
        return _suggested(desk, together, question) if together.suggestions else [desk.phrase("together_write")]
    name = {0: "together_votes_none", 1: "together_votes_one"}.get(together.voters, "together_votes")
    votes = desk.phrase(name, count=str(together.voters)) if name == "together_votes" else desk.phrase(name)
    if together.tied:
        return [votes, desk.phrase("together_tied")]
    return [votes, _how(desk, question), desk.phrase("together_who")]


def _suggested(desk: Desk, together: Together, question: Question) -> list[str]:
    texts = [shortened(one.text, SHOWN_SUGGESTION) for one in together.suggestions]
    if len(texts) == 1:
        return [desk.phrase("together_suggested", question=question.name, answer=texts[0]), desk.phrase("together_right")]
    listed = (desk.phrase("together_suggestion", number=str(number), answer=text) for number, text in enumerate(texts, 1))
    return [*listed, desk.phrase("together_which")]


def _how(desk: Desk, question: Question) -> str:
    if question.kind == "one":
        return desk.phrase("together_pick_one")
    return desk.phrase("together_pick_many") if takes_all(question) else desk.phrase("together_pick_few", count=str(question.at_most))


def _keys(desk: Desk, running: Running, question: Question) -> Rows:
    phrase, together, ask = desk.phrase, running.together, running.ask
    here = digest(together.conversation, question.id)
    if together.tied:
        tied = settled(question, together.counts, together.voters, together.picked).tied
        among = [_option(together, ask, choice, "pick") for choice in ask.choices if choice.id in tied]
        return [*rows(among), [key(phrase("button_together_vote"), token("vote_on", here))]]
    offered = {button.id for button in ask.buttons}
    on = [[key(phrase("button_together_next"), token("next", here))]] if question.kind != "text" else []
    moves = [what for what in ("keep", "skip", "back") if what in offered]
    keys = [key(phrase(f"button_{what}"), token(what, here)) for what in moves]
    if any(choice.help for choice in ask.choices):
        keys.append(_explain(desk, together, here))
    keys.append(key(phrase("button_together_stop"), token("stop", here)))
    return [*rows(_option(together, ask, choice, "vote") for choice in ask.choices), *_take(desk, running), *on, *rows(keys)]


def _explain(desk: Desk, together: Together, here: str) -> Key:
    if together.helped:
        return key(desk.phrase("button_together_fold"), token("fold", here))
    return key(desk.phrase("button_explain"), token("explain", here))


def _take(desk: Desk, running: Running) -> Rows:
    """The buttons that take one of the suggestions, and the one that drops them."""
    texts = [one.text for one in running.together.suggestions]
    if not texts:
        return []
    labels = [desk.phrase("button_together_take", number=str(number)) for number in range(1, len(texts) + 1)]
    labels = labels if len(texts) > 1 else [desk.phrase("button_together_yes")]
    keys = [key(label, token("take", suggestion_mark(running, text))) for label, text in zip(labels, texts, strict=True)]
    return rows([*keys, key(desk.phrase("button_together_again"), token("drop", suggestion_mark(running)))])


def _option(together: Together, ask: Ask, choice: Choice, what: str) -> Key:
    count = together.counts[choice.id]
    label = f"{choice.label} · {count}" if count else choice.label
    return key(label, token(what, digest(together.conversation, ask.question, choice.id)))
