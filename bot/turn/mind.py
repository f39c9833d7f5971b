"""Puts the parts of an answer together: danger first, then quick questions, pages and the dialogue. Pure and total."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from bot.answers.danger import Danger
from bot.dialogue.outcome import Outcome
from bot.dialogue.step import Engine
from bot.guidance.score import close_types
from bot.model.book import Book
from bot.model.conversation import Conversation
from bot.model.event import Event, Pressed, Said, Sent
from bot.model.memory import Memory
from bot.model.reply import Ask, Button, Card, Reply, Section
from bot.turn.asked import SMALL_TALK, Asked
from bot.turn.memory import MEMORY
from bot.turn.pages import Pages
from bot.turn.round_pages import RoundPages
from bot.turn.typed import Meant, Typed

RETENTION_DAYS = 180


@dataclass(slots=True, repr=False)
class Mind:
    """One book, ready to talk: engine, guidance and quick answers."""

    book: Book
    retention_days: int = RETENTION_DAYS
    memory: Memory = MEMORY
    engine: Engine = field(init=False)
    pages: Pages = field(init=False)
    rounds: RoundPages = field(init=False)
    asked: Asked = field(init=False)
    typed: Typed = field(init=False)
    _danger: Danger | None = None

    def __post_init__(self) -> None:
        self.engine = Engine(self.book, partial(close_types, self.book.guide), self.memory)
        self.pages = Pages(self.engine)
        self.rounds = RoundPages(self.engine)
        self.asked = Asked(self.engine)
        self.typed = Typed(self.engine, self.asked)

    @property
    def danger(self) -> Danger:
        """Made when somebody first types, so that a chat starts at once."""
        if self._danger is None:
            self._danger = Danger(self.book, self.memory)
        return self._danger

    def warm_up(self) -> Iterator[None]:
        """Learns, piece by piece, what would else be learned when somebody first types, so that few have to wait for it."""
        yield from self.danger.learning()
        self.danger.in_text("warm up")
        yield
        yield from self.asked.finder.learning()
        yield from self.engine.reader.warm_up()

    def react(self, conversation: Conversation, event: Event, now: int = 0) -> Outcome:
        """What comes of an event. Never raises."""
        if isinstance(event, Said | Sent) and event.text and self.danger.in_text(event.text):
            return _noted(self._safeguarding(conversation, now))
        if isinstance(event, Said):
            event = self.meant(conversation, event)
        meant = self.typed.read(conversation, event.text) if isinstance(event, Said) else None
        if meant is not None:
            return _noted(self._asked(conversation, meant, now))
        return _noted(self._filled(self.engine.step(conversation, event, now)))

    def _asked(self, conversation: Conversation, meant: Meant, now: int) -> Outcome:
        """What was asked for, and then where the conversation is."""
        back = meant.event == Pressed("go_on")
        here = self._shortly(conversation, now) if back else self._filled(self.engine.step(conversation, meant.event, now))
        replies = tuple(replace(one, note=meant.noted) if isinstance(one, Ask) and meant.noted else one for one in here.replies)
        return replace(here, replies=(*meant.replies, *replies), trace=("quick answer", *here.trace))

    def _safeguarding(self, conversation: Conversation, now: int) -> Outcome:
        """The safeguarding message, then where the conversation was. Nothing of what was typed is kept."""
        safeguarding = self.book.safeguarding
        message = Card("safeguarding", self.asked.with_contacts(safeguarding.message))
        here = self._shortly(conversation, now)
        after: tuple[Reply, ...] = (Card("after", self.asked.with_contacts(safeguarding.after)),) if safeguarding.after else ()
        return replace(here, replies=(message, *after, *here.replies), trace=("safeguarding", *here.trace))

    def _shortly(self, conversation: Conversation, now: int) -> Outcome:
        """Where the conversation is; of a page that was read before, only the title and the buttons."""
        here = self._filled(self.engine.step(conversation, Pressed("go_on"), now))
        replies = tuple(replace(one, sections=()) if isinstance(one, Card) and one.id == "verdict" else one for one in here.replies)
        return replace(here, replies=replies)

    def meant(self, conversation: Conversation, event: Event) -> Event:
        """What an event means: a number or a label typed while a page is open is its button."""
        page = self.page(conversation) if isinstance(event, Said) else None
        if page is None or not page.buttons or not isinstance(event, Said):
            return event
        chosen = self.engine.reader.pick(event.text, [button.label for button in page.buttons])
        return event if chosen is None else Pressed(page.buttons[chosen].id, page.buttons[chosen].about)

    def page(self, conversation: Conversation) -> Card | None:
        """The page that is open in this conversation, or None."""
        return self._page(conversation, conversation.card) if conversation.card and conversation.card != "review" else None

    def _filled(self, outcome: Outcome) -> Outcome:
        """The outcome with the page it asks for."""
        if not outcome.card:
            return outcome
        chosen = outcome.card.removeprefix("language:")
        if chosen in self.book.languages:
            outcome = replace(outcome, conversation=outcome.conversation._replace(language=chosen))
        page = self._page(outcome.conversation, outcome.card)
        if page is None:
            return self._filled(self.engine.step(outcome.conversation._replace(card=""), Pressed("gone")))
        if outcome.trace[:1] in (("unclear",), ("empty",), ("remark",)) and page.sections:
            # The whole page was just read; its title and buttons say enough about where one is.
            page = replace(page, sections=())
        return replace(outcome, replies=(*outcome.replies, page))

    def _page(self, conversation: Conversation, name: str) -> Card | None:
        kind, _, about = name.partition(":")
        match kind:
            case "verdict":
                return self.pages.verdict(conversation)
            case "sheet":
                return self.pages.sheet(conversation, about)
            case "partners":
                return self.pages.partners(conversation)
            case "changes":
                return self.pages.changes(conversation)
            case "about":
                return self.pages.about(about)
            case "profile_tips":
                return self.pages.profile_tips(conversation)
            case "share":
                return self.pages.share(conversation)
            case "tell":
                return self.pages.tell(conversation)
            case "over":
                return self.rounds.over(conversation, about)
            case _:
                return self._of_asking(conversation, kind, about) or self._about_data(conversation, kind, about)

    def _of_asking(self, conversation: Conversation, kind: str, about: str) -> Card | None:
        begun = conversation.has_begun
        match kind:
            case "topic" | "more":
                return self.asked.topic(about, begun, whole=kind == "more")
            case "topics" | "ask":
                return self.asked.topics(about, begun)
            case "few" | "foreign" | "else" | "welcome" | "not_understood":
                return self.asked.short(kind, about, begun)
            case _:
                return None

    def _languages(self, conversation: Conversation, go_on: Button) -> Card:
        """The languages to choose from, with a mark at the one that is spoken."""
        mark = self.engine.asker.phrase("language_now", language=self.book.languages.get(conversation.language, conversation.language))
        buttons = tuple(Button("language", name, code) for code, name in self.book.languages.items() if code != conversation.language)
        text = self.engine.asker.phrase("language_choose") if buttons else self.engine.asker.phrase("language_only")
        return Card("language", f"{mark} {text}", buttons=(*buttons, go_on))

    def _about_data(self, conversation: Conversation, kind: str, about: str) -> Card | None:
        phrase = self.engine.asker.phrase
        go_on = self.asked.go_on(conversation.has_begun)
        match kind, about:
            case "privacy", _:
                return Card("privacy", phrase("privacy", days=str(self.retention_days)), buttons=(go_on,))
            case "forget", "yes":
                return Card("forgotten", phrase("forgotten"), buttons=(Button("restart", phrase("button_restart")),))
            case "forget", _:
                yes = Button("forget", phrase("button_forget"), "yes")
                return Card("forget", phrase("forget_sure"), buttons=(yes, Button("go_on", phrase("button_keep_data"))))
            case "export", _:
                kept = json.dumps(conversation.to_json(), indent=2, ensure_ascii=False)
                return Card("export", phrase("export_ready"), (Section(copy=kept),), (go_on,))
            case "language", _:
                return self._languages(conversation, go_on)
            case _:
                return None


def _noted(outcome: Outcome) -> Outcome:
    """The outcome, and what the conversation keeps of it: that a question was put, and which quick answer was read last."""
    conversation = outcome.conversation
    shows_it = bool(conversation.answers or conversation.earlier or conversation.undo)
    begun = not shows_it and (conversation.begun or any(isinstance(one, Ask) for one in outcome.replies))
    read = [one.id.partition(":")[2] for one in outcome.replies if isinstance(one, Card) and one.id.startswith(("topic:", "more:"))]
    kept = conversation.topic if outcome.trace[:1] in (("quick answer",), ("remark",)) else ""
    topic = next((one for one in reversed(read) if one not in SMALL_TALK), kept)
    card = "" if outcome.replies and isinstance(outcome.replies[-1], Ask) else conversation.card
    return replace(outcome, conversation=conversation._replace(begun=begun, topic=topic, card=card))
