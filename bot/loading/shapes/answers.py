"""The shape of quick answers, contacts and the safeguarding message."""

from typing import Annotated

from pydantic import Field

from bot.loading.shapes.base import FileShape, Id, Ids, Lines, Shape, Text


class TopicShape(Shape):
    """One quick answer."""

    title: Text = Field(description="The question, as it stands in a list.")
    asked: Lines = Field(description="Ways people ask it. The more, the better it is found.")
    answer: Text = Field(description="The short answer: two to four sentences.")
    more: Text | None = Field(None, description="More, for those who want it.")
    words: Lines = Field([], description="Words that point to this topic.")
    also: Ids = Field([], description="Topics near to it.")
    parent: Id | None = Field(None, description="The more general topic.")


class AnswersFile(FileShape):
    """Quick answers of one theme."""

    answers: Text = Field(description="The theme's name.")
    topics: dict[Id, TopicShape]


class ContactShape(Shape):
    """A phone number or address."""

    name: Text
    says: Text = Field(description="What stands in texts where {contact_…} is written.")
    checked_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$|^never$")] = Field(
        description="The day a person last made sure, or never."
    )
    source: Text = Field(description="Where it was looked up.")


class ContactsFile(FileShape):
    """Every phone number and address the bot gives, in one place."""

    contacts: dict[Id, ContactShape]


class ExamplesShape(Shape):
    """Whole sentences that mean danger, and sentences that sound like it but only talk about the work."""

    danger: Lines = []
    harmless: Lines = []


class SafeguardingShape(Shape):
    """What is said when someone may be in danger."""

    message: Text
    after: Text = Field(description="Said below it, about going on with the conversation.")
    signs: Lines = Field(description="Rows of words that mean danger. | any of them, … up to four words between, * any ending, _ a blank.")
    harmless: Lines = Field([], description="The same words where they only talk about the work.")
    examples: ExamplesShape = Field(ExamplesShape(), description="Sentences to compare with, for what the signs do not catch.")


class SafeguardingFile(FileShape):
    """The safeguarding message, which comes before anything else."""

    safeguarding: SafeguardingShape
