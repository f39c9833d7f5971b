"""What came of the tests, as a coordinator reads it."""

from collections.abc import Sized

from bot.model.book import Book
from bot.workbench.table import table
from bot.workbench.trial import NO_ANSWER, Rate, Trial

SHOWN_MISTAKES = 12


def report(trial: Trial, book: Book, full: bool = False) -> str:
    """The failures, the confusion tables and the rates; with `full` every mistake and the table of every question."""
    blocks = [_failures(trial)] if trial.failures else []
    if trial.cases:
        types = [one.id for one in book.guide.types] + ["insufficient"]
        right = f"{trial.cases_right} of {trial.cases} cases as expected"
        blocks.append(f"{right}\n\n{table(trial.types, types, 'expected type')}")
    if trial.rates:
        blocks.append(_rates(trial))
        if full:
            blocks += [_options(trial, book, question) for question in trial.options]
    if trial.mistaken:
        shown = trial.mistaken if full else trial.mistaken[:SHOWN_MISTAKES]
        lines = [f"  {place}  “{text}” means {meant}; taken for {took}" for place, text, meant, took in shown]
        blocks.append("\n".join([f"Misunderstood ({len(trial.mistaken)}):", *lines, *_more(trial.mistaken, shown)]))
    if trial.questions.clear or trial.questions.rightly_again:
        blocks.append(_questions(trial, full))
    if trial.scripts:
        blocks.append(f"{trial.scripts} scripts played")
    if not blocks:
        return "There are no tests in this folder. Write some in tests/: README.md shows how."
    end = "All tests passed." if trial.passed else f"{len(trial.failures)} did not come out as expected."
    return "\n\n".join([*blocks, end])


def _failures(trial: Trial) -> str:
    return "\n".join(["Not as expected:", *(f"  {failure}" for failure in trial.failures)])


def _rates(trial: Trial) -> str:
    wide = max(len(name) for name in trial.rates)
    lines = [f"{'typed answers':<{wide}}  texts  understood  asked again  misunderstood"]
    for name, rate in trial.rates.items():
        texts = rate.clear + rate.rightly_again
        shares = f"{rate.understood:>8.1f} %  {_again(rate):>9.1f} %  {rate.misunderstood:>11.1f} %"
        lines.append(f"{name:<{wide}}  {texts:>5}  {shares}")
    return "\n".join(lines)


def _again(rate: Rate) -> float:
    return 100 * (rate.again + rate.rightly_again) / max(1, rate.clear + rate.rightly_again)


def _options(trial: Trial, book: Book, question: str) -> str:
    seen = {name for pair in trial.options[question] for name in pair}
    found = next(one for dialogue in book.dialogues.values() for one in dialogue.questions if one.id == question)
    known = [option.id for option in found.options]
    labels = [*known, *sorted(seen - set(known) - {NO_ANSWER}), NO_ANSWER]
    return table(trial.options[question], labels, question)


def _questions(trial: Trial, full: bool) -> str:
    rate = trial.questions
    refused = 100 * rate.rightly_again / rate_none if (rate_none := rate.rightly_again + _false(trial)) else 100.0
    head = f"{rate.clear + rate.rightly_again} quick questions: {rate.understood:.1f} % answered rightly"
    head += f", {refused:.1f} % of those without an answer refused"
    shown = trial.questions_mistaken if full else trial.questions_mistaken[:SHOWN_MISTAKES]
    lines = [f"  “{text}” belongs to {meant}; found {took}" for text, meant, took in shown]
    return "\n".join([head, *lines, *_more(trial.questions_mistaken, shown)])


def _false(trial: Trial) -> int:
    return sum(meant == NO_ANSWER for _, meant, _ in trial.questions_mistaken)


def _more(everything: Sized, shown: Sized) -> list[str]:
    left = len(everything) - len(shown)
    return [f"  … and {left} more (show them with --full)"] if left else []
