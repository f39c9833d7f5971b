"""Several people's answers side by side: what they share, where they agree, and where they differ most."""

import pytest

from bot.guidance.compare import FEWEST, compare
from bot.model.condition import Picked
from bot.model.dialogue import Option, Question

OPTIONS = (
    *(Option(name, name.upper()) for name in ("a", "b", "c")),
    Option("dunno", "?", unsure=True),
    Option("none", "-", alone=True),
)
ONE = Question("one", "one", talk="Talk?", options=OPTIONS)
OTHER = Question("other", "one", talk="Talk?", options=OPTIONS)
MANY = Question("many", "many", talk="Talk?", options=OPTIONS, at_most=2)
SILENT = Question("silent", "many", options=OPTIONS, at_most=5)


def people(question: str, *picked: str) -> list[Picked]:
    """One person for each word, who picked its letters: "a" one option, "ab" two, "?" the unsure one, "" nothing."""
    names = {"?": ("dunno",), "-": ("none",), "": ()}
    return [{question: found} if (found := names.get(one, tuple(one))) else {} for one in picked]


@pytest.mark.parametrize("count", range(FEWEST))
def test_fewer_than_three_are_not_shown(count: int) -> None:
    """Each would know what the others said."""
    assert compare([ONE], people("one", *["a"] * count)) is None


@pytest.mark.parametrize(
    ("question", "picked", "shared"),
    [
        (ONE, ("a", "a", "b"), ("a",)),
        (ONE, ("a", "a", "b", "b"), ()),
        (ONE, ("a", "b", "c"), ()),
        (ONE, ("a", "", ""), ()),
        (ONE, ("a", "a", "?"), ("a",)),
        (ONE, ("?", "?", "a"), ()),
        (MANY, ("ab", "a", "c"), ("a",)),
        (MANY, ("ab", "ab", "c"), ("a", "b")),
        (MANY, ("-", "-", "a"), ("none",)),
        (MANY, ("-", "-", "a", "a"), ("a",)),
        (SILENT, ("ab", "bc", "c", "b"), ("b", "c")),
        (SILENT, ("a", "b", "c"), ()),
    ],
)
def test_what_is_shared_is_what_most_people_said(question: Question, picked: tuple[str, ...], shared: tuple[str, ...]) -> None:
    """Never what only one of them said; on a tie, nothing; who is not sure says nothing."""
    found = compare([question], people(question.id, *picked))
    assert found is not None
    assert set(found.shared.get(question.id, ())) == set(shared)


def test_where_all_say_the_same_they_agree() -> None:
    """If at least three said something."""
    all_three = compare([ONE], people("one", "a", "a", "a"))
    only_two = compare([ONE], people("one", "a", "a", "?"))
    assert all_three is not None
    assert only_two is not None
    assert (all_three.agree, only_two.agree) == (("one",), ())


def test_where_two_answered_their_answers_are_not_shown() -> None:
    """Of two who differ, each would know what the other said."""
    found = compare([ONE], people("one", "a", "b", ""))
    assert found is not None
    assert found.differ == ()


def test_the_widest_difference_comes_first_and_two_are_shown() -> None:
    """Among all questions that are worth a talk."""
    third = Question("third", "one", talk="Talk?", options=OPTIONS)
    answers = [
        {"one": ("a",), "other": ("a",), "third": ("a",)},
        {"one": ("a",), "other": ("b",), "third": ("b",)},
        {"one": ("b",), "other": ("c",), "third": ("b",)},
        {"one": ("a",), "other": ("a",), "third": ("a",)},
    ]
    found = compare([ONE, OTHER, third], answers)
    assert found is not None
    assert [one.question for one in found.differ] == ["other", "third"]
    assert found.differ[0].counts == {"a": 2, "b": 1, "c": 1}


def test_a_picture_without_counts_still_says_where_people_differ() -> None:
    """And nothing that the counts could be worked out from."""
    found = compare([ONE], people("one", "a", "a", "b"))
    assert found is not None
    (left,) = found.without_counts().differ
    assert (left.question, left.counts, left.people, left.apart) == ("one", {}, 0, 0.0)
    assert found.without_counts().shared == found.shared


def test_who_the_partners_are_is_no_difference() -> None:
    """It looks different from every chair, so the question has nothing to talk about."""
    found = compare([SILENT], people("silent", "a", "b", "c"))
    assert found is not None
    assert (found.agree, found.differ) == ((), ())
