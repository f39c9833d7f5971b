"""The shape of quick answers, contacts and the safeguarding message."""

from bot.loading.shapes.base import IDS, LINES, ONE_PER_LINE, SOME, WORDS, FileShape, MapOf, Nested, Shape, may, need
from bot.loading.shapes.kinds import DAY, ID, TEXT


class TopicShape(Shape):
    """One quick answer."""

    title: str = need(TEXT, "The question, as it stands in a list.")
    asked: list[str] = need(SOME, "Ways people ask it. The more, the better it is found.")
    answer: str = need(TEXT, "The short answer: two to four sentences.")
    more: str | None = may(TEXT, None, "More, for those who want it.")
    words: list[str] = may(WORDS, [], "Words that point to this topic.")
    also: list[str] = may(IDS, [], "Topics near to it.")
    parent: str | None = may(ID, None, "The more general topic.")


class AnswersFile(FileShape):
    """Quick answers of one theme."""

    answers: str = need(TEXT, "The theme's name.")
    topics: dict[str, TopicShape] = need(MapOf(ID, Nested(TopicShape)))


class MoreWaysFile(FileShape):
    """More ways in which people ask quick questions, beside the answers, so that those stay easy to read."""

    more_ways_to_ask: str = need(TEXT, "What these questions are about.")
    topics: dict[str, list[str]] = need(MapOf(ID, ONE_PER_LINE), "The id of a quick answer → ways people ask it, each on a line.")


class ThemeShape(Shape):
    """Questions about one other thing."""

    about: str = need(TEXT, "What these questions are about.")
    asked: list[str] = need(ONE_PER_LINE, "Questions as people ask them.")
    words: list[str] = may(WORDS, [], "Words that only such questions use.")


class NotOursFile(FileShape):
    """Questions that the bot cannot answer, so that it says so and does not answer another one."""

    not_ours: str = need(TEXT, "What this file is about.")
    themes: dict[str, ThemeShape] = need(MapOf(ID, Nested(ThemeShape)))


class ContactShape(Shape):
    """A phone number or address."""

    name: str = need(TEXT)
    says: str = need(TEXT, "What stands in texts where {contact_…} is written.")
    checked_on: str = need(DAY, "The day a person last made sure, or never.")
    source: str = need(TEXT, "Where it was looked up.")


class ContactsFile(FileShape):
    """Every phone number and address the bot gives, in one place."""

    contacts: dict[str, ContactShape] = need(MapOf(ID, Nested(ContactShape)))


class ExamplesShape(Shape):
    """Whole sentences that mean danger, and sentences that sound like it but only talk about the work."""

    danger: list[str] = may(LINES, [])
    harmless: list[str] = may(LINES, [])


class SafeguardingShape(Shape):
    """What is said when someone may be in danger."""

    message: str = need(TEXT)
    after: str = need(TEXT, "Said below it, about going on with the conversation.")
    short: str | None = may(TEXT, None, "The message in a group, where others read along. Without it, the message is cut.")
    signs: list[str] = need(LINES, "Rows of words that mean danger. | any of them, … up to four words between, * any ending, _ a blank.")
    harmless: list[str] = may(LINES, [], "The same words where they only talk about the work.")
    grave_words: dict[str, list[str]] = may(MapOf(ID, WORDS), {}, "A name → words that play the same part; one must be there for an alarm.")
    other_words: dict[str, list[str]] = may(MapOf(ID, WORDS), {}, "A name → words that play the same part when examples are compared.")
    examples: ExamplesShape = may(Nested(ExamplesShape), None, "Sentences to compare with, for what the signs do not catch.")


class SafeguardingFile(FileShape):
    """The safeguarding message, which comes before anything else."""

    safeguarding: SafeguardingShape = need(Nested(SafeguardingShape))
