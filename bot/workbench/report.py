"""What came of the tests, as a coordinator reads it."""

from collections.abc import Sized

from bot.model.book import Book
from bot.workbench.asked import AskedTrial
from bot.workbench.rate import NO_ANSWER, Rate
from bot.workbench.table import table
from bot.workbench.trial import Trial

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
    blocks += [block for block in (_questions(trial.asked, full), _alarms(trial.asked, full)) if block]
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


def _questions(asked: AskedTrial, full: bool) -> str:
    if not asked.ours.clear + asked.others.clear:
        return ""
    lines = [f"{asked.ours.clear + asked.others.clear} quick questions"]
    if asked.ours.clear:
        lines.append(f"  precision  {asked.precision:5.1f} %  of the answers given were right")
        lines.append(f"  recall     {asked.ours.understood:5.1f} %  of the questions with an answer got it")
    if asked.others.clear:
        lines.append(f"  refused    {asked.others.understood:5.1f} %  of the questions without an answer were refused")
    shown = asked.mistaken if full else asked.mistaken[:SHOWN_MISTAKES]
    lines += [f"  “{text}” belongs to {meant}; found {took}" for text, meant, took in shown]
    return "\n".join([*lines, *_more(asked.mistaken, shown)])


def _alarms(asked: AskedTrial, full: bool) -> str:
    if not asked.danger.clear + asked.harmless.clear:
        return ""
    lines = [f"{asked.danger.clear + asked.harmless.clear} messages about danger"]
    if asked.danger.clear:
        lines.append(f"  recall        {asked.danger.understood:5.1f} %  of those that mean danger were seen")
    if asked.harmless.clear:
        lines.append(f"  false alarms  {asked.harmless.misunderstood:5.1f} %  of those that only sound like it")
    shown = asked.alarms_mistaken if full else asked.alarms_mistaken[:SHOWN_MISTAKES]
    lines += [f"  “{text}” {'means danger and was missed' if danger else 'is no danger and raised the alarm'}" for text, danger in shown]
    return "\n".join([*lines, *_more(asked.alarms_mistaken, shown)])


def _more(everything: Sized, shown: Sized) -> list[str]:
    left = len(everything) - len(shown)
    return [f"  … and {left} more (show them with --full)"] if left else []
