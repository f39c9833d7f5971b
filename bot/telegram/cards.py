"""Replies as Telegram messages: HTML texts and keyboards. Words come from the dialogues; only their look is decided here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot.model.reply import Ask, Card, Reply, Say, Section
from bot.telegram.html import Block, messages
from bot.telegram.keyboard import Rows, copy_key, of_page, of_question

Phrase = Callable[..., str]
LINKING = ("topic", "topics", "home", "box")
"""Buttons that stay below a page that is not the last message."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reply, ready to be sent: one or more messages, of which the last has the keyboard; or a file."""

    texts: tuple[str, ...] = ()
    keys: Rows | None = None
    file: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """Draws replies. `link` is the address of the bot, for what people pass on ("" if it is not known)."""

    phrase: Phrase
    link: str = ""

    def draw(self, replies: Sequence[Reply], so_far: str = "", page: int = 0) -> list[Drawn]:
        """The replies, one after the other. Only the last one carries a keyboard of its own.

        `so_far` is the line of answers above a question; `page` the page of its options that is open.
        """
        drawn = []
        for place, reply in enumerate(replies, 1):
            last = place == len(replies)
            match reply:
                case Say(text):
                    drawn.append(Drawn(tuple(messages([Block((text,))]))))
                case Ask():
                    drawn.append(self._ask(reply, so_far, page))
                case Card():
                    drawn += self._card(reply if last else _passing(reply), last)
                case _:
                    assert_never(reply)
        return drawn

    def _ask(self, ask: Ask, so_far: str, page: int) -> Drawn:
        blocks = [Block((ask.note,))] if ask.note else []
        blocks.append(Block(tuple(line for line in (ask.progress, so_far) if line)))
        blocks.append(Block((ask.hint,) if ask.hint else (), ask.text))
        if ask.helped and any(choice.help for choice in ask.choices):
            named = ((f"{number}. {choice.label}", choice.help) for number, choice in enumerate(ask.choices, 1))
            blocks.append(Block(tuple(": ".join(filter(None, pair)) for pair in named), style="terms"))
        return Drawn(tuple(messages(blocks)), of_question(self._explaining(ask), page, self.phrase("button_more_choices")))

    def _explaining(self, ask: Ask) -> Ask:
        """Here options are explained on request, so the button that asks why says so, and goes when it is done."""
        if not any(choice.help for choice in ask.choices):
            return ask
        label = self.phrase("button_explain")
        buttons = tuple(replace(one, label=label) if one.id == "why" else one for one in ask.buttons if one.id != "why" or not ask.helped)
        return replace(ask, buttons=buttons)

    def _card(self, card: Card, last: bool) -> Iterator[Drawn]:
        if card.id == "export":
            yield self._file(card)
            card = replace(card, title=self.phrase("export_done"), sections=())
        elif card.id == "review":
            card = replace(card, sections=tuple(map(_numbered, card.sections[:1])) + card.sections[1:])
        blocks = [Block((), card.title) if card.sections else Block((card.title,))]
        blocks += [block for section in card.sections for block in _section(section)]
        keys = of_page(card.buttons, self.link)
        copied = [made for one in card.sections if one.copy and (made := copy_key(self.phrase("button_copy"), one.copy))]
        yield Drawn(tuple(messages(blocks)), [*([one] for one in copied), *keys] if last or keys else None)

    def _file(self, card: Card) -> Drawn:
        content = "".join(section.copy for section in card.sections)
        return Drawn(file={"name": "partnership-bot.json", "content": content, "caption": self.phrase("export_caption")})


def _passing(card: Card) -> Card:
    """A page that is not the last message keeps only the buttons that lead to more of its kind."""
    return replace(card, buttons=tuple(button for button in card.buttons if button.id in LINKING))


def _numbered(section: Section) -> Section:
    """The section with its lines numbered, because a number can be typed."""
    return replace(section, lines=tuple(f"{number}. {line}" for number, line in enumerate(section.lines, 1)))


def _section(section: Section) -> Iterator[Block]:
    if section.lines or section.heading:
        style = "folded" if section.more else "list" if section.listed and section.heading else "plain"
        yield Block(section.lines, section.heading, style)  # type: ignore[arg-type]  # the three are styles
    if section.copy:
        yield Block((section.copy,), style="code")
