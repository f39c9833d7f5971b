"""What an update means here, as everybody who takes turns reads it."""

from dataclasses import dataclass

from bot.model.event import Event
from bot.telegram.addressed import How

SUPERGROUPS = -1_000_000_000_000
"""Ids of supergroups are below this one, those of groups above."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an update means. `event` None: nothing to react to.

    `lane` is where replies go (a chat, or a topic of one), `seat` who talks there; `person` is their numeric id, 0 if they
    hide behind a chat. `message` is the id of what is answered: what they wrote, or the message of somebody else below which they
    called us; `press` that of a button press, `pressed_on` its message and `data` what the button carried. `command` is the word
    after the slash, `named` true if our name follows it.
    `reachable` is news: false when they blocked the bot, or took from it the right to write; `joined` is true when it was
    let into a group, `promoted` if it is an administrator there. `moved_to` is the new id of a group.

    In a group `how` says why words that are no command are for us: our name stands at one end ("mention") or in the midst
    of them ("passing"), or they are a reply to us. `anonymous`: written by an administrator in the name of the group.
    `replied` is the message that they reply to. Of a pressed message that replies to another, `about` are the words of that one and
    `about_by` is who wrote them (0: somebody who hides behind a chat).
    `below` are the words of a message of ours that they reply to, in a group; `aside`: what they write begins with the name of
    another member. `edited`: it was changed just after it was written.
    `title` is the name of the group that a round was asked for in. `due` is no update of Telegram's: the time of this round has come.
    `album` is the same for photos that were sent together.
    `inline` and `guest` are the ids of questions from chats the bot is no member of; such a lane takes one answer.
    """

    lane: str
    seat: str
    chat: int
    thread: int = 0
    person: int = 0
    private: bool = True
    event: Event | None = None
    message: int = 0
    press: str = ""
    pressed_on: int = 0
    data: str = ""
    command: str = ""
    named: bool = False
    language: str = ""
    reachable: bool | None = None
    moved_to: int = 0
    how: How = ""
    anonymous: bool = False
    joined: bool = False
    promoted: bool = False
    inline: str = ""
    guest: str = ""
    replied: int = 0
    about: str = ""
    about_by: int = 0
    below: str = ""
    aside: bool = False
    edited: bool = False
    title: str = ""
    due: str = ""
    album: str = ""

    @property
    def in_supergroup(self) -> bool:
        """True in a group of the kind that other groups become."""
        return self.chat <= SUPERGROUPS

    @property
    def is_news(self) -> bool:
        """True for what nobody types: a bot blocked or let in, a group that moved. It is never too much."""
        return self.reachable is not None or bool(self.moved_to)
