"""The sheets of a club's workbook that are typed into: their columns, a row as a step's form."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine import words
from engine.i18n import N_, _
from engine.roster.columns import COLUMNS as MEMBER_COLUMNS
from engine.roster.columns import masked
from engine.rules import forms
from engine.rules.forms import Field
from engine.states import step as find_step

Values = Mapping[str, Any]
"""A row's cells by the paths of their columns, as a form has them; an empty cell is left out."""

MEMBERS = "roster"
CHANGES = "repay"
ACTIVITY = "activities."
PRESENT = "present"
"""Who was at a meeting: a sheet of its own, on which members are ticked."""
PAIRS = "pairs"
WHY = "why"
"""A column with the reason for going on where the import warns; no part of what is recorded."""
MOST_ROWS = 500
"""Empty rows a sheet has to write in."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the path that its hidden cell has, its heading, and the field it is read as.

    ``field`` is ``None`` for what is only shown, and on the sheet of members.
    """

    path: str
    heading: str
    width: int
    field: Field | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_shown_only(self) -> bool:
        """Return whether nothing typed here is read."""
        return self.path.startswith("=")


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet: its key in the file, its name, the steps of its rows, and where each column is from.

    ``parts`` are a step, a path of its form and a width; ``shown`` are columns nobody types into.
    """

    key: str
    name: str
    steps: tuple[str, ...]
    parts: tuple[tuple[str, str, int], ...]
    shown: tuple[tuple[str, str], ...] = ()
    offered: Mapping[str, tuple[str, ...]] | None = None

    def offers(self, column: Column) -> list[str]:
        """Return the words that a column's drop-down offers; empty where it has no words."""
        if column.field is None or not column.field.choices:
            return []
        known = words.of(column.field.choices, column.field.called)
        codes = (self.offered or {}).get(column.path, column.field.choices)
        return [known[code][0] for code in codes]

    def columns(self, activities: Mapping[str, str], own: forms.Own = None) -> tuple[Column, ...]:
        """Return the columns; ``activities`` are the names of a province's activities by id.

        ``own`` are the funds and sources that only the province has.
        """
        if self.key == MEMBERS:
            return tuple(
                Column(
                    one.field, one.heading, one.width, choices=tuple((one.choices or {}).values())
                )
                for one in MEMBER_COLUMNS
            )
        found = []
        for step, path, width in self.parts:
            field = forms.field(step, path, own if step == "fund" else None)
            if path == "activities":
                found += [Column(f"{ACTIVITY}{id_}", name, 13) for id_, name in activities.items()]
                continue
            found.append(Column(path, field.title, width, field))
        shown = (Column(f"={path}", _(heading), 12) for path, heading in self.shown)
        return (*found, *shown, Column(WHY, _("Reason, where a warning asks for one"), 24))


SHEETS = (
    SheetForm(MEMBERS, N_("Members"), (MEMBERS,), ()),
    SheetForm(
        "fund",
        N_("Money in and out"),
        ("fund",),
        (
            ("fund", "date", 12),
            ("fund", "kind", 16),
            ("fund", "source", 24),
            ("fund", "fund", 20),
            ("fund", "amount", 15),
            ("fund", "document", 28),
            ("fund", "donor", 22),
            ("fund", "resolution", 22),
        ),
        offered={"kind": ("contribution", "expense", "grant", "opening")},
    ),
    SheetForm(
        "lend",
        N_("Loans"),
        ("lend",),
        (
            ("lend", "date", 12),
            ("lend", "member", 24),
            ("lend", "amount", 13),
            ("lend", "months", 8),
            ("lend", "rate", 11),
            ("lend", "purpose", 22),
            ("lend", "document", 22),
            ("lend", "in_kind", 8),
            ("lend", "opening", 10),
        ),
        shown=(("loan", N_("Loan number")), ("due_on", N_("Due")), ("owed", N_("Still owed"))),
    ),
    SheetForm(
        CHANGES,
        N_("Repayments"),
        ("repay", "extend", "write_off"),
        (
            ("repay", "date", 12),
            ("repay", "loan", 10),
            ("lend", "member", 26),
            ("repay", "principal", 15),
            ("repay", "interest", 13),
            ("write_off", "amount", 15),
            ("extend", "until", 13),
            ("repay", "document", 26),
        ),
    ),
    SheetForm(
        "meeting",
        N_("Meetings"),
        ("meeting",),
        (("meeting", "date", 12), ("meeting", "attendance", 10), ("meeting", "activities", 13)),
    ),
    SheetForm(
        "care",
        N_("Home care"),
        ("care",),
        (
            ("care", "date", 12),
            ("care", "volunteers", 14),
            ("care", "cared_for", 16),
            ("care", PAIRS, 60),
        ),
    ),
)
"""The sheets that are typed into, in the order in which rows of one day are recorded."""

NUMBERS = frozenset(one.field for one in MEMBER_COLUMNS if one.is_personal)
PLACE = {one.key: place for place, one in enumerate(SHEETS)}


def sheet_form(key: str) -> SheetForm:
    """Return the sheet of a key."""
    return SHEETS[PLACE[key]]


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without its empty cells; 0 is a value."""
    return {
        path: value
        for path, value in values.items()
        if value is not None and value is not False and value not in ("", [], ())
    }


def kind_of_change(values: Values) -> str | None:
    """Return the step of a row of repayments; ``None`` where it is none or more than one."""
    kinds = {
        "extend": "until" in values,
        "write_off": "amount" in values,
        "repay": "principal" in values or "interest" in values,
    }
    meant = [step for step, is_meant in kinds.items() if is_meant]
    return meant[0] if len(meant) == 1 else None


def form_of(key: str, values: Values) -> tuple[str, dict[str, Any]]:
    """Return the step that a row records, and its form."""
    step = (kind_of_change(values) or key) if key == CHANGES else key
    form = {path: value for path, value in values.items() if not path.startswith(ACTIVITY)}
    if key == CHANGES:
        form.pop("member", None)
    if key == "meeting":
        form["activities"] = [
            path.removeprefix(ACTIVITY) for path in values if path.startswith(ACTIVITY)
        ]
    for path in (PRESENT, PAIRS):
        if path in form:
            form[path] = list(form[path])
    return step, form


def values_of(key: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form as the row of a sheet."""
    values = {part[1]: form.get(part[1]) for part in sheet_form(key).parts}
    for id_ in values.pop("activities", None) or ():
        values[f"{ACTIVITY}{id_}"] = True
    for path in (PRESENT, PAIRS):
        values[path] = tuple(sorted(form.get(path) or ()))
    return filled(values)


def fingerprint(values: Mapping[str, Any], length: int = 12) -> str:
    """Return what a row's content is known by; of a personal number only what may be shown.

    Who is ticked as present is on another sheet and no part of it.
    """
    shown = {
        path: masked(text) if path in NUMBERS else text
        for path, text in values.items()
        if path != PRESENT
    }
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def differing(paths: Iterable[str], row: Values, there: Values) -> list[str]:
    """Return the columns in which a row says something else than the log.

    A repayment whose loan was not typed is known by its borrower; a number that is masked in the
    file is the one of the log with the same end.
    """
    return [
        path
        for path in paths
        if not path.startswith("=")
        and row.get(path) != there.get(path)
        and not (path in NUMBERS and path in row and row[path] == masked(there.get(path, "")))
        and not (path == "loan" and "loan" not in row)
    ]


def day_path(key: str) -> str:
    """Return the column with the day of a sheet's rows."""
    return find_step(key).happened_on
