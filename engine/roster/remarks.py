"""The remarks of a reading: sentences, each with the rows it is about."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from engine.i18n import _
from engine.roster.model import Place
from engine.roster.plan import Namesakes

_EXAMPLES = 3
_RUNS = 12


class Remarks:
    """Collects what was understood while reading, one sentence for all rows it happened in.

    ``sheet`` is the one being read, where there are several.
    """

    def __init__(self) -> None:
        self.sheet = ""
        self._rows: dict[str, list[Place]] = defaultdict(list)
        self._examples: dict[str, list[str]] = defaultdict(list)
        self._plain: list[str] = []

    def note(self, kind: str, row: int, example: str = "") -> None:
        """Remember that ``kind`` happened in a row; the first few different examples are shown."""
        self._rows[kind].append((self.sheet, row))
        examples = self._examples[kind]
        if example and len(examples) < _EXAMPLES and example not in examples:
            examples.append(example)

    def add(self, sentence: str) -> None:
        """Add a sentence about the whole list."""
        self._plain.append(sentence)

    def sentences(self) -> tuple[str, ...]:
        """Return every remark, those about the whole list first."""
        noted = [
            sentence(", ".join(self._examples[kind]), at_rows(self._rows[kind]))
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


def at_rows(places: Sequence[Place]) -> str:
    """Return places as text: "rows 5–9, 12", by sheet where several were read."""
    sheets: dict[str, list[int]] = {}
    for sheet, row in places:
        sheets.setdefault(sheet, []).append(row)
    if set(sheets) == {""}:
        return _("rows {rows}").format(rows=spelled(sheets[""]))
    parts = (
        _("sheet {sheet}, rows {rows}").format(sheet=sheet, rows=spelled(rows))
        for sheet, rows in sheets.items()
    )
    return "; ".join(parts)


def namesake(one: Namesakes) -> str:
    """Return who is there more than once, as a sentence."""
    several = any(sheet for sheet, _row in one.places)
    rows = at_rows(one.places) if several else ", ".join(map(str, one.rows))
    members = ", ".join(one.members)
    if one.by_number and one.members:
        return _(
            "The identity number of {name}, row {rows}, is on the club's list: {members}."
        ).format(name=one.name, rows=rows, members=members)
    if one.by_number:
        return _("The identity number of {name} is in several rows: {rows}.").format(
            name=one.name, rows=rows
        )
    if not one.members:
        return _("{name}, born {year}, is in several rows: {rows}.").format(
            name=one.name, year=one.born, rows=rows
        )
    return _("{name}, born {year}, row {rows}, is on the club's list already: {members}.").format(
        name=one.name, year=one.born, rows=rows, members=members
    )


def _century(examples: str, rows: str) -> str:
    return _("Years written with two digits were completed: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _serial(examples: str, rows: str) -> str:
    return _("A year typed into a date cell was taken as the year: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _identity(_examples: str, rows: str) -> str:
    return _(
        "The zeros that identity numbers begin with were put back where they were missing ({rows})."
    ).format(rows=rows)


def _phone(_examples: str, rows: str) -> str:
    return _(
        "The zero that phone numbers begin with was put back where it was missing ({rows})."
    ).format(rows=rows)


def _year_given(examples: str, rows: str) -> str:
    return _("Ages count from the year that the list gives: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _year_signed(examples: str, rows: str) -> str:
    return _(
        "Ages count from {examples}, the year of the line of place and date ({rows}). If the list"
        " is of another year, write “Tuổi năm 2024” as the heading."
    ).format(examples=examples, rows=rows)


def _year_today(examples: str, rows: str) -> str:
    return _(
        "Ages count from {examples}, because the list has no year ({rows}). If it is of"
        " another year, write “Tuổi năm 2024” as the heading."
    ).format(examples=examples, rows=rows)


def _poorest(_examples: str, rows: str) -> str:
    return _(
        "A poor or near-poor household marked as in difficulty too is counted as poor or near-poor"
        " ({rows})."
    ).format(rows=rows)


def _village(examples: str, rows: str) -> str:
    return _("The village was taken from the line above the names: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _mentioned(examples: str, rows: str) -> str:
    return _(
        "The notes speak of poor households or difficulty, but the list has no column for it, so"
        " nobody is counted as such: {examples} ({rows})."
    ).format(examples=examples, rows=rows)


def _non_member(examples: str, rows: str) -> str:
    return _("Rows that name no member were left out: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _residence(examples: str, rows: str) -> str:
    return _("“{examples}” is no village; none was taken ({rows}).").format(
        examples=examples, rows=rows
    )


def _sheet_village(examples: str, rows: str) -> str:
    return _("The village was taken from the sheet: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _same(examples: str, rows: str) -> str:
    return _("“The same as above” was filled in: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _title(examples: str, rows: str) -> str:
    return _("Titles before names were taken off: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _title_kept(examples: str, rows: str) -> str:
    return _("Names that begin like a title were kept as written: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _title_sex(examples: str, rows: str) -> str:
    return _("The sex was taken from the title: {examples} ({rows}).").format(
        examples=examples, rows=rows
    )


def _capitals(examples: str, rows: str) -> str:
    return _(
        "Names in capitals are kept so and printed on papers as usual: {examples} ({rows})."
    ).format(examples=examples, rows=rows)


def _unmarked(examples: str, rows: str) -> str:
    return _(
        "Names typed without marks are kept and printed so; better type them again with their "
        "marks: {examples} ({rows})."
    ).format(examples=examples, rows=rows)


def _young(examples: str, rows: str) -> str:
    return _("Younger than 16: {examples} ({rows}).").format(examples=examples, rows=rows)


def _number_says(examples: str, rows: str) -> str:
    return _(
        "The identity number has another sex or year of birth than the list: {examples} ({rows})."
    ).format(examples=examples, rows=rows)


def _kept(examples: str, rows: str) -> str:
    return _(
        "What the household's column says besides is kept in the note: {examples} ({rows})."
    ).format(examples=examples, rows=rows)


_SENTENCES: dict[str, Callable[[str, str], str]] = {
    "century": _century,
    "serial": _serial,
    "identity": _identity,
    "phone": _phone,
    "year_given": _year_given,
    "year_signed": _year_signed,
    "year_today": _year_today,
    "poorest": _poorest,
    "village": _village,
    "mentioned": _mentioned,
    "residence": _residence,
    "sheet_village": _sheet_village,
    "same": _same,
    "title": _title,
    "title_kept": _title_kept,
    "title_sex": _title_sex,
    "capitals": _capitals,
    "unmarked": _unmarked,
    "young": _young,
    "number_says": _number_says,
    "kept": _kept,
    "non_member": _non_member,
}
