"""A plain table of numbers, such as a confusion table."""

from collections.abc import Mapping, Sequence


def table(rows: Mapping[tuple[str, str], int], labels: Sequence[str], corner: str) -> str:
    """Rows and columns of counts: rows are what was expected, columns what came. Zeros are dots; empty lines are left out."""
    used_rows = [label for label in labels if any(rows.get((label, other)) for other in labels)]
    used_columns = [label for label in labels if any(rows.get((other, label)) for other in labels)]
    wide = max([len(corner), *(len(label) for label in used_rows)], default=len(corner))
    numbers = [str(number) for number in range(1, len(used_columns) + 1)]
    lines = [f"{corner:<{wide}}  " + " ".join(f"{number:>4}" for number in numbers)]
    for label in used_rows:
        cells = [rows.get((label, column), 0) for column in used_columns]
        lines.append(f"{label:<{wide}}  " + " ".join(f"{cell or '·':>4}" for cell in cells))
    lines.append("columns: " + ", ".join(f"{number} {column}" for number, column in zip(numbers, used_columns, strict=True)))
    return "\n".join(lines)
