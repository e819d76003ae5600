"""``clb advance --many``: one step a row of a CSV or xlsx file, one outcome a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import codes
from engine.cli import tables
from engine.cli.club import club_id
from engine.cli.context import Context, findings
from engine.cli.progress_bar import counting
from engine.errors import ClbError, InputError, StorageError
from engine.i18n import _
from engine.labels import state_name
from engine.roster.sheets import read_table, text_of
from engine.rules import forms
from engine.states import step as find_step
from engine.vietnamese.text import parse_date

BATCH = 100
"""Rows a transaction: a row counts as done only after its transaction."""
COLUMNS = ("club", "step", "on")


@dataclass(slots=True)
class Row:
    """One row and what became of it."""

    number: int
    club: str
    step: str
    state: str | None = None
    error: ClbError | None = None

    def data(self) -> dict[str, Any]:
        """Return the row's outcome for JSON."""
        error = None
        if self.error is not None:
            error = {
                "code": self.error.code,
                "message": self.error.message,
                "help": self.error.help,
                "findings": findings(self.error.findings),
            }
        return {
            "row": self.number,
            "club": self.club,
            "step": self.step,
            "done": self.error is None,
            "state": self.state,
            "error": error,
        }


def advance_many(context: Context, path: Path, acks: dict[str, str]) -> int:
    """Take every row's step; a refused row leaves the others alone. Exit 1 when one was refused."""
    lines = list(read_table(path))
    for name in ("club", "step"):
        if not any(name in values for _number, values in lines):
            raise InputError(
                _("{path} has no column “{name}”.").format(path=path, name=name),
                code=codes.MANY_COLUMN,
                help=_("The first row names the columns: club, step, on and form fields."),
            )
    outcomes: list[Row] = []
    with counting(context, _("Rows done"), len(lines)) as show:
        for start in range(0, len(lines), BATCH):
            outcomes += _batch(context, lines[start : start + BATCH], acks)
            if len(lines) > BATCH:
                show(len(outcomes))
    refused = [row for row in outcomes if row.error is not None]
    data = {
        "rows": [row.data() for row in outcomes],
        "done": len(outcomes) - len(refused),
        "refused": len(refused),
    }
    context.answer(data, lambda: _text(outcomes, data))
    return 1 if refused else 0


def _batch(
    context: Context, lines: list[tuple[int, dict[str, Any]]], acks: dict[str, str]
) -> list[Row]:
    with context.registry.store.write():
        return [_one(context, number, values, acks) for number, values in lines]


def _one(context: Context, number: int, values: dict[str, Any], acks: dict[str, str]) -> Row:
    row = Row(number, str(values.get("club", "")), str(values.get("step", "")))
    try:
        form: dict[str, Any] = {}
        fields = [(name, text_of(cell)) for name, cell in values.items() if name not in COLUMNS]
        forms.assign(find_step(row.step).name, form, fields)
        on = parse_date(text_of(values["on"])) if "on" in values else None
        which = club_id(context, row.club)
        with context.registry.store.savepoint():
            outcome = context.registry.lifecycle.advance_within(
                which, row.step, form, officer=context.officer, on=on, acknowledged=acks
            )
        row.state = outcome.state
    except StorageError:
        raise
    except ClbError as error:
        row.error = error
    return row


def _text(outcomes: list[Row], data: dict[str, Any]) -> Iterator[str]:
    yield from tables.table(
        [_("Row"), _("Club"), _("Step"), _("Outcome")],
        ((row.number, row.club, row.step, _outcome(row)) for row in outcomes),
        right=[0],
        wrap=[1, 3],
    )
    yield _("{done} done, {refused} refused.").format(done=data["done"], refused=data["refused"])


def _outcome(row: Row) -> object:
    if row.error is not None:
        return tables.Painted(row.error.message, "red")
    return state_name(row.state) if row.state else ""
