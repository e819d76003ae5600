"""``clb advance --many``: one step a row of a CSV or xlsx file, one outcome a row.

A row that is in the log from an earlier run is not recorded again, so a run that was broken off is
carried on by running the same file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import codes
from engine.cli import tables
from engine.cli.context import Context, day, findings
from engine.cli.meant_club import club_id
from engine.cli.progress_bar import counting
from engine.cli.typed import step_named
from engine.errors import ClbError, ConflictError, InputError, StorageError, UnknownError
from engine.i18n import _
from engine.labels import state_name, step_name
from engine.lifecycle.file_rows import FileRows
from engine.lifecycle.lifecycle import Outcome, RecordedRow
from engine.model import Event, FileRow, Level
from engine.reports import clubs
from engine.roster.sheets import read_table, text_of
from engine.rules import forms
from engine.vietnamese.text import key, means, number

BATCH = 100
"""Rows a transaction: a row counts as done only after its transaction."""
COLUMNS = ("club", "step", "on")
HEADINGS = {"club": ("câu lạc bộ", "CLB"), "step": ("bước",), "on": ("ngày",)}
"""What these columns may be headed besides."""
INTERRUPTED = 130
"""The exit code of a run that the user broke off, as shells have it."""


@dataclass(slots=True)
class Row:
    """One row and what became of it; ``already`` when an earlier run recorded it."""

    number: int
    club: str
    step: str
    state: str | None = None
    event: Event | RecordedRow | None = None
    already: bool = False
    error: ClbError | None = None

    @property
    def done(self) -> bool:
        """Return whether the row is in the log."""
        return self.error is None

    def data(self) -> dict[str, Any]:
        """Return the row's outcome for JSON."""
        error = event = None
        if self.error is not None:
            error = {
                "code": self.error.code,
                "message": self.error.message,
                "help": self.error.help,
                "findings": findings(self.error.findings),
            }
        if self.event is not None:
            event = {"stream": self.event.stream, "seq": self.event.seq}
        return {
            "row": self.number,
            "club": self.club,
            "step": self.step,
            "done": self.done,
            "already": self.already,
            "event": event,
            "state": self.state,
            "error": error,
        }


class Batch:
    """The rows of one file, taken in order."""

    def __init__(self, context: Context, acks: dict[str, str], again: str | None) -> None:
        self.context = context
        self.lifecycle = context.registry.lifecycle
        self.acks = acks
        self.identities = FileRows(again)
        self.outcomes: list[Row] = []
        """What is committed."""
        self._steps: dict[str, str] = {}
        """What the words of the file for steps mean."""
        self._former_names: dict[str, set[str]] | None = None
        self._erased: set[str] = set()
        """Clubs of which these rows erased personal data; their drafts go too."""

    def take(self, lines: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Take some rows in one transaction. Raises ``StorageError``, ``ConflictError``."""
        with self.context.registry.store.write(by=self.context.settings.officer):
            taken = [self._one(number, values) for number, values in lines]
        self.outcomes += taken
        for club in self._erased:
            self.context.remembered.drop_drafts_of(club)
        self._erased.clear()

    def _one(self, number: int, values: dict[str, Any]) -> Row:
        row = Row(number, text_of(values.get("club", "")), text_of(values.get("step", "")))
        try:
            row.step = self._step(row.step)
            form: dict[str, Any] = {}
            fields = [(name, text_of(cell)) for name, cell in values.items() if name not in COLUMNS]
            on = day(text_of(values["on"])) if "on" in values else None
            club, known = self._club(row.club)
            seen = self.lifecycle.club(club)
            forms.assign(row.step, form, fields, self.context.reader(seen.province, on))
            identity = self.identities.identify(club, row.step, form, on)
            if not known:
                self._before_the_renaming(row, identity)
                return row
            with self.context.registry.store.savepoint():
                outcome = self.lifecycle.advance_within(
                    club,
                    row.step,
                    form,
                    officer=self.context.officer,
                    on=on,
                    acknowledged=self.acks,
                    row=identity,
                    expected=seen,
                )
            if isinstance(outcome, Outcome):
                row.state, row.event = outcome.state, outcome.event
                if outcome.erased:
                    self._erased.add(outcome.club)
            else:
                row.event, row.already = outcome, True
        except StorageError:
            raise
        except ClbError as error:
            row.error = error
        return row

    def _step(self, typed: str) -> str:
        """Return the id of the step that a text means. Raises ``UnknownError``."""
        if typed not in self._steps:
            self._steps[typed] = step_named(typed, self.context)
        return self._steps[typed]

    def _club(self, named: str) -> tuple[str, bool]:
        """Return the club's id, and whether it is called so today; before a renaming it was."""
        try:
            return club_id(self.context, named, asking=False), True
        except UnknownError:
            if self._former_names is None:
                self._former_names = clubs.former_names(self.context.registry.store)
            formerly = self._former_names.get(key(named), set())
            if len(formerly) != 1:
                raise
            return min(formerly), False

    def _before_the_renaming(self, row: Row, identity: FileRow) -> None:
        """Find a row under a name that the club had when the row was recorded.

        Raises ``UnknownError`` for a row that was not recorded: no club has that name today.
        """
        row.event = self.lifecycle.recorded(identity)
        row.already = row.event is not None
        if not row.already:
            club_id(self.context, row.club, asking=False)


def advance_many(
    context: Context, path: Path, acks: dict[str, str], again: str | None = None
) -> int:
    """Take every row's step; a refused row leaves the others alone. Exit 1 when one was refused.

    ``again`` is the reason for recording rows that an earlier run recorded.
    """
    lines = list(_by_columns(read_table(path)))
    for name in ("club", "step"):
        if not any(name in values for _number, values in lines):
            raise InputError(
                _("{path} has no column “{name}”.").format(path=path, name=name),
                code=codes.MANY_COLUMN,
                help=_("The first row names the columns: club, step, on and form fields."),
            )
    batch = Batch(context, acks, again)
    try:
        with counting(context, _("Rows done"), len(lines)) as show:
            for start in range(0, len(lines), BATCH):
                batch.take(lines[start : start + BATCH])
                if len(lines) > BATCH:
                    show(len(batch.outcomes))
    except (StorageError, ConflictError) as error:
        return _broken_off(context, error, batch.outcomes, len(lines))
    except KeyboardInterrupt:
        stopped = ClbError(_("Stopped before the end of the file."), code=codes.MANY_STOPPED)
        stopped.exit_code = INTERRUPTED
        return _broken_off(context, stopped, batch.outcomes, len(lines))
    data = _data(batch.outcomes)
    context.answer(data, lambda: _text(batch.outcomes, data))
    return 1 if data["refused"] else 0


def _by_columns(
    lines: Iterable[tuple[int, dict[str, Any]]],
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row by the columns' own names; they may be headed in Vietnamese."""
    names: dict[str, str] = {}
    for place, values in lines:
        for heading in values.keys() - names.keys():
            names[heading] = _column(heading)
        yield place, {names[heading]: cell for heading, cell in values.items()}


def _column(heading: str) -> str:
    """Return the name of the column that a heading means; of a form's field the heading itself."""
    for name, words in HEADINGS.items():
        if any(means(heading, one) for one in words):
            return name
    return heading


def _data(outcomes: list[Row]) -> dict[str, Any]:
    done = sum(row.done for row in outcomes)
    return {
        "rows": [row.data() for row in outcomes],
        "done": done,
        "already": sum(row.already for row in outcomes),
        "refused": len(outcomes) - done,
    }


def _broken_off(context: Context, error: ClbError, outcomes: list[Row], rows: int) -> int:
    """Report a run that did not reach the end of its file: what is kept, and how to go on."""
    kept = [row.number for row in outcomes if row.done]
    refused = [row.number for row in outcomes if not row.done]
    lines = [
        _("In the log, {count} of {total} rows: {numbers}.").format(
            count=len(kept), total=rows, numbers=_ranges(kept)
        )
        if kept
        else _("No row of the file is known to be in the log.")
    ]
    if refused:
        lines.append(_("Refused rows: {numbers}.").format(numbers=_ranges(refused)))
    error.message = " ".join((error.message, *lines))
    if error.code != codes.MANY_STOPPED:  # its own advice is the same
        again = _("Then run the same file again: rows in the log are not recorded twice.")
        error.help = " ".join(filter(None, (error.help, again)))
    return context.fail(error, _data(outcomes))


def _ranges(numbers: list[int]) -> str:
    """Return ascending numbers as people write them: "2–101, 103"."""
    runs: list[list[int]] = []
    for one in numbers:
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def _text(outcomes: list[Row], data: dict[str, Any]) -> Iterator[str]:
    """Yield the outcomes as a table: rows with one step and one outcome are one line of it."""
    alike: dict[tuple[str, bool, str], list[Row]] = {}
    for row in outcomes:
        alike.setdefault((row.step, row.already, _outcome(row)), []).append(row)
    yield from tables.table(
        [_("Rows"), _("Count"), _("Name of the club"), _("Step"), _("Outcome")],
        (_line(rows, outcome) for (_step, _there, outcome), rows in alike.items()),
        right=[1],
        folded=True,
    )
    yield _("{done} done, {refused} refused.").format(
        done=number(data["done"]), refused=number(data["refused"])
    )
    if data["already"]:
        yield _(
            "Recorded by an earlier run and not again: {count}. To record them once more: "
            '--again "REASON".'
        ).format(count=number(data["already"]))


def _line(rows: list[Row], outcome: str) -> list[object]:
    first = rows[0]
    clubs_ = dict.fromkeys(row.club for row in rows)
    named = first.club
    if len(clubs_) > 1:
        named = _("{club} and {count} more").format(club=named, count=number(len(clubs_) - 1))
    if first.already:
        events = sorted(row.event.seq for row in rows if row.event is not None)
        outcome = _("recorded before, as event {seq}").format(seq=_ranges(events))
    shown = tables.Painted(outcome, "red") if first.error is not None else outcome
    return [_ranges([row.number for row in rows]), number(len(rows)), named, _step(first), shown]


def _step(row: Row) -> str:
    """Return what people call a row's step; what is none as it was typed."""
    try:
        return step_name(step_named(row.step))
    except ClbError:
        return row.step


def _outcome(row: Row) -> str:
    """Return what became of a row: of a refused one the causes; nothing where it was there."""
    if row.error is not None:
        causes = [one for one in row.error.findings if one.level is not Level.NOTE]
        if not causes:
            return row.error.message
        return " ".join(f"{one.message} [{one.code}]" for one in causes)
    if row.already:
        return ""
    return state_name(row.state) if row.state else ""
