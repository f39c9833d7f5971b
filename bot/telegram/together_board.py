"""What the board of together mode shows: the question, how many picked what, and the buttons to vote and to move on."""

from dataclasses import replace

from bot.model.conversation import Conversation
from bot.model.dialogue import Question
from bot.model.reply import Ask, Choice
from bot.telegram.desk import Desk, board
from bot.telegram.html import bold, safe
from bot.telegram.keyboard import Key, Rows, key, rows
from bot.telegram.tokens import Token
from bot.turn.post import Parcel
from bot.turn.votes import Together, digest, settled

AREA = "together"
SO_FAR = 120


def token(what: str, mark: str) -> Token:
    """The token of a button of the board. `mark` fits one question of one conversation, or one option of it."""
    return Token("area", AREA, f"{what}:{mark}")


def of_question(desk: Desk, together: Together, conversation: Conversation, question: Question, ask: Ask) -> Parcel:
    """The board with a question to vote on."""
    so_far = desk.mind.engine.asker.so_far(conversation, SO_FAR)
    shown = replace(ask, note=_note(desk, conversation, ask), helped=together.helped)
    texts = desk.cards.draw((shown,), so_far)[0].texts
    if len(texts) > 1:
        texts = desk.cards.draw((replace(shown, helped=False),), so_far)[0].texts
    text = "\n\n".join((bold(desk.phrase("together_title")), texts[0], safe("\n".join(_standing(desk, together, question)))))
    return board(together.posted, together.board, text, _keys(desk, together, question, ask))


def stopped(desk: Desk, together: Together) -> Parcel:
    """The board while it waits to be taken up again."""
    mark = digest(together.conversation, "")
    keys = rows(key(desk.phrase(f"button_{what}"), token(what, mark)) for what in ("go_on", "restart"))
    return board(together.posted, together.board, safe(desk.phrase("together_stopped")), keys)


def over(desk: Desk, together: Together) -> Parcel:
    """The board when all is answered: no more buttons."""
    return board(together.posted, together.board, safe(desk.phrase("together_done")), [])


def _note(desk: Desk, conversation: Conversation, ask: Ask) -> str:
    """What stands above the question: what was answered before, if the group went back to it."""
    before = conversation.earlier_answer_to(ask.question)
    if before is None or not any(button.id == "keep" for button in ask.buttons):
        return ask.note
    return desk.phrase("together_before", answer=desk.mind.engine.asker.answer_in_words(before))


def _standing(desk: Desk, together: Together, question: Question) -> list[str]:
    if question.kind == "text":
        return [desk.phrase("together_write")]
    name = {0: "together_votes_none", 1: "together_votes_one"}.get(together.voters, "together_votes")
    votes = desk.phrase(name, count=str(together.voters)) if name == "together_votes" else desk.phrase(name)
    if together.tied:
        return [votes, desk.phrase("together_tied")]
    return [votes, _how(desk, question), desk.phrase("together_who")]


def _how(desk: Desk, question: Question) -> str:
    if question.kind == "one":
        return desk.phrase("together_pick_one")
    few = question.at_most < len(question.options)
    return desk.phrase("together_pick_few", count=str(question.at_most)) if few else desk.phrase("together_pick_many")


def _keys(desk: Desk, together: Together, question: Question, ask: Ask) -> Rows:
    phrase, here = desk.phrase, digest(together.conversation, question.id)
    if together.tied:
        tied = settled(question, together.counts, together.voters, together.picked).tied
        among = [_option(together, ask, choice, "pick") for choice in ask.choices if choice.id in tied]
        return [*rows(among), [key(phrase("button_together_vote"), token("vote_on", here))]]
    offered = {button.id for button in ask.buttons}
    on = [[key(phrase("button_together_next"), token("next", here))]] if question.kind != "text" else []
    moves = [what for what in ("keep", "skip", "back") if what in offered]
    keys = [key(phrase(f"button_{what}"), token(what, here)) for what in moves]
    if any(choice.help for choice in ask.choices) and not together.helped:
        keys.append(key(phrase("button_explain"), token("explain", here)))
    keys.append(key(phrase("button_together_stop"), token("stop", here)))
    return [*rows(_option(together, ask, choice, "vote") for choice in ask.choices), *on, *rows(keys)]


def _option(together: Together, ask: Ask, choice: Choice, what: str) -> Key:
    count = together.counts[choice.id]
    label = f"{choice.label} · {count}" if count else choice.label
    return key(label, token(what, digest(together.conversation, ask.question, choice.id)))
