"""What came of the tests, as a coordinator reads it. The same few words everywhere: right, wrong, asked again, refused."""

from collections.abc import Sequence

from bot.model.book import Book
from bot.workbench.asked import AskedTrial
from bot.workbench.rate import NO_ANSWER, Mistake
from bot.workbench.table import table
from bot.workbench.trial import Trial

SHOWN_MISTAKES = 12


def report(trial: Trial, book: Book, full: bool = False) -> str:
    """The tables, the shares and the mistakes; what did not come out as expected stands at the end, where it is read.

    With `full` every mistake and the table of every question.
    """
    blocks = []
    if trial.cases:
        types = [one.id for one in book.guide.types] + ["insufficient"]
        right = f"{trial.cases_right} of {trial.cases} cases as expected"
        blocks.append(f"{right}\n\n{table(trial.types, types, 'expected type')}")
    if trial.rates:
        blocks.append(_rates(trial))
        if full:
            blocks += [_options(trial, book, question) for question in trial.options]
    if trial.mistaken:
        lines = [f"  {place}  “{text}” means {meant}; taken for {took}" for place, text, meant, took in _shown(trial.mistaken, full)]
        blocks.append("\n".join([f"Taken wrongly ({len(trial.mistaken)}):", *lines, *_more(trial.mistaken, full)]))
    blocks += [block for block in (_questions(trial.asked, full), _alarms(trial.asked, full)) if block]
    if trial.scripts:
        blocks.append(f"{trial.scripts} scripts played")
    if not blocks:
        return "There are no tests in this folder. Write some in tests/: README.md shows how."
    return "\n\n".join([*blocks, _end(trial, any("(show them with --full)" in block for block in blocks))])


def _end(trial: Trial, cut: bool) -> str:
    if trial.failures:
        return "\n".join([f"Not as expected ({len(trial.failures)}):", *(f"  {failure}" for failure in trial.failures)])
    if not trial.mistakes:
        return "All tests passed."
    where = ", some of them listed above; all with --full." if cut else ", listed above."
    mistakes = f"{trial.mistakes} mistake{'s' if trial.mistakes > 1 else ''}{where}"
    return f"{'Within the goals' if trial.goals else 'No goals are set'}; {mistakes}"


def _rates(trial: Trial) -> str:
    wide = max(13, *(len(name) for name in trial.rates))
    lines = [f"{'typed answers':<{wide}}  texts    right  asked again    wrong"]
    for name, rate in trial.rates.items():
        shares = f"{rate.right_share:>5.1f} %  {rate.again_share:>9.1f} %  {rate.wrong_share:>5.1f} %"
        lines.append(f"{name:<{wide}}  {rate.texts:>5}  {shares}")
    return "\n".join([*lines, "right: of those with a clear meaning. asked again and wrong: of all."])


def _options(trial: Trial, book: Book, question: str) -> str:
    seen = {name for pair in trial.options[question] for name in pair}
    found = next(one for dialogue in book.dialogues.values() for one in dialogue.questions if one.id == question)
    known = [option.id for option in found.options]
    labels = [*known, *sorted(seen - set(known) - {NO_ANSWER}), NO_ANSWER]
    return table(trial.options[question], labels, question)


def _questions(asked: AskedTrial, full: bool) -> str:
    ours, others = asked.ours, asked.others
    if not ours.texts + others.texts:
        return ""
    lines = [f"{ours.texts + others.texts} quick questions"]
    terms = [f"    precision {asked.precision:.1f} %: so many of the answers given were right"]
    if ours.texts:
        lines += [f"  {ours.texts} of them are ours:", f"    {ours.right_share:5.1f} %  right at the first place"]
        lines += [f"    {ours.again_share:5.1f} %  refused", f"    {ours.wrong_share:5.1f} %  wrong"]
        terms.append(f"    recall {ours.right_share:.1f} %: so many of our questions got the right answer")
    if others.texts:
        lines += [f"  {others.texts} of them are not ours:", f"    {others.right_share:5.1f} %  refused"]
        lines.append(f"    {others.wrong_share:5.1f} %  answered wrongly")
        terms.append(f"    out-of-scope rejection {others.right_share:.1f} %: so many of the questions that are not ours were refused")
    lines += ["  In the words of specialists:", *terms]
    for place, text, meant, took in _shown(asked.mistaken, full):
        belongs, came = f"belongs to {meant}" if meant else "is not ours", f"was answered with {took}" if took else "was refused"
        lines.append(f"  {place}  “{text}” {belongs}; {came}")
    return "\n".join([*lines, *_more(asked.mistaken, full)])


def _alarms(asked: AskedTrial, full: bool) -> str:
    danger, harmless = asked.danger, asked.harmless
    if not danger.texts + harmless.texts:
        return ""
    lines = [f"{danger.texts + harmless.texts} messages about danger"]
    if danger.texts:
        lines += [
            f"  {danger.texts} of them mean it:",
            f"    {danger.right_share:5.1f} %  seen",
            f"    {danger.wrong_share:5.1f} %  missed",
        ]
    if harmless.texts:
        lines += [f"  {harmless.texts} of them only sound like it:", f"    {harmless.wrong_share:5.1f} %  false alarms"]
    lines += [f"  {place}  “{text}” {meant} and {took}" for place, text, meant, took in _shown(asked.alarms_mistaken, full)]
    return "\n".join([*lines, *_more(asked.alarms_mistaken, full)])


def _shown(mistakes: Sequence[Mistake], full: bool) -> Sequence[Mistake]:
    return mistakes if full else mistakes[:SHOWN_MISTAKES]


def _more(mistakes: Sequence[Mistake], full: bool) -> list[str]:
    left = len(mistakes) - len(_shown(mistakes, full))
    return [f"  … and {left} more (show them with --full)"] if left else []
