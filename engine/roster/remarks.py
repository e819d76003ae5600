"""The remarks of a reading: sentences, each with the rows it is about."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from engine.i18n import _

_EXAMPLES = 3
_RUNS = 12


class Remarks:
    """Collects what was understood while reading, one sentence for all rows it happened in."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = defaultdict(list)
        self._examples: dict[str, list[str]] = defaultdict(list)
        self._plain: list[str] = []

    def note(self, kind: str, row: int, example: str = "") -> None:
        """Remember that ``kind`` happened in a row; the first few different examples are shown."""
        self._rows[kind].append(row)
        examples = self._examples[kind]
        if example and len(examples) < _EXAMPLES and example not in examples:
            examples.append(example)

    def add(self, sentence: str) -> None:
        """Add a sentence about the whole list."""
        self._plain.append(sentence)

    def sentences(self) -> tuple[str, ...]:
        """Return every remark, those about the whole list first."""
        noted = [
            sentence(", ".join(self._examples[kind]), spelled(self._rows[kind]))
            for kind, sentence in _SENTENCES.items()
            if kind in self._rows
        ]
        return (*self._plain, *noted)


def spelled(rows: Sequence[int]) -> str:
    """Return row numbers as text: "5–9, 12", and how many more there are."""
    runs: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    text = ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in runs[:_RUNS]
    )
    left = sum(last - first + 1 for first, last in runs[_RUNS:])
    return _("{rows} and {count} more").format(rows=text, count=left) if left else text


def _century(examples: str, rows: str) -> str:
    return _("Years written with two digits were completed: {examples} (rows {rows}).").format(
        examples=examples, rows=rows
    )


def _serial(examples: str, rows: str) -> str:
    return _(
        "A year typed into a date cell was taken as the year: {examples} (rows {rows})."
    ).format(examples=examples, rows=rows)


def _identity(_examples: str, rows: str) -> str:
    return _(
        "The zeros that identity numbers begin with were put back where they were missing"
        " (rows {rows})."
    ).format(rows=rows)


def _phone(_examples: str, rows: str) -> str:
    return _(
        "The zero that phone numbers begin with was put back where it was missing (rows {rows})."
    ).format(rows=rows)


def _poorest(_examples: str, rows: str) -> str:
    return _(
        "A poor or near-poor household marked as in difficulty too is counted as poor or near-poor"
        " (rows {rows})."
    ).format(rows=rows)


def _village(examples: str, rows: str) -> str:
    return _(
        "The village was taken from the line above the names: {examples} (rows {rows})."
    ).format(examples=examples, rows=rows)


def _mentioned(examples: str, rows: str) -> str:
    return _(
        "The notes speak of poor households or difficulty, but the list has no column for it, so"
        " nobody is counted as such: {examples} (rows {rows})."
    ).format(examples=examples, rows=rows)


def _non_member(examples: str, rows: str) -> str:
    return _("Rows that name no member were left out: {examples} (rows {rows}).").format(
        examples=examples, rows=rows
    )


_SENTENCES: dict[str, Callable[[str, str], str]] = {
    "century": _century,
    "serial": _serial,
    "identity": _identity,
    "phone": _phone,
    "poorest": _poorest,
    "village": _village,
    "mentioned": _mentioned,
    "non_member": _non_member,
}
