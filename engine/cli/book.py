"""``clb book``: a club's own book as a workbook, sent out and taken back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import group
from engine.cli.context import Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id
from engine.cli.member import FULL, REASON, full_reason
from engine.cli.progress_bar import counting
from engine.cli.prompt import yes
from engine.cli.run_step import acknowledged, recorded, take
from engine.errors import ClbError, InputError, StorageError, UnknownError
from engine.files import file_name, writing
from engine.i18n import _
from engine.model import LIVING, State
from engine.user_dir import PRIVATE_FOLDER
from engine.vietnamese.text import number

if TYPE_CHECKING:
    from engine.book.entries import Book
    from engine.book.plan import Judged
    from engine.book.reader import ReadBook
    from engine.book.taking import Done

CORRECTIONS = click.option(
    "--corrections",
    type=PATH,
    default=None,
    help=_("Where rows are not taken: a copy of the workbook with these cells marked"),
)
DRY_RUN = click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))


@group(help=_("A club's own book as one workbook."))
def book() -> None:
    """Hold the commands about workbooks."""


@book.command(help=_("Write a club's book, or those of a whole commune, as workbooks."))
@click.argument("named", metavar="CLUB", required=False)
@click.argument("path", metavar="FILE", type=PATH, required=False)
@click.option("--commune", default=None, help=_("All clubs of this commune instead of one"))
@click.option("--to", "folder", type=PATH, default=None, help=_("The folder for their workbooks"))
@click.option("--full", is_flag=True, help=FULL)
@click.option("--reason", default=None, help=REASON)
@pass_context
def export(
    context: Context,
    named: str | None,
    path: Path | None,
    commune: str | None,
    folder: Path | None,
    full: bool,
    reason: str | None,
) -> int:
    """Write a workbook, or one for each club of a commune."""
    reason = full_reason(context, full, reason)
    if named is not None and path is not None and commune is None and folder is None:
        data = _export(context, club_id(context, named), path, full=full, reason=reason)
        context.answer(data, lambda: _("Written: {path}").format(path=path))
        return 0
    if named is not None or commune is None or folder is None:
        raise InputError(
            _("Give a club and a file, or a commune and a folder."),
            help=_(
                "clb book export CLUB so-clb.xlsx; clb book export --commune COMMUNE --to FOLDER"
            ),
        )
    return _export_all(context, commune, folder, full=full, reason=reason)


def _export_all(
    context: Context, commune: str, folder: Path, *, full: bool, reason: str | None
) -> int:
    """Write the workbooks of a commune's clubs; one that is refused leaves the others alone."""
    from engine.reports import merged

    where = context.province_of_officer()
    today = context.registry.lifecycle.today()
    listed = merged.listing(
        context.registry.store, context.provinces, where, today, commune=commune
    )
    kept = [one for one in listed if State(one.state) in LIVING]
    if not kept:
        raise UnknownError(
            _("There is no club at work in {commune}.").format(commune=commune),
            code=codes.CLUB_UNKNOWN,
            help="clb club list",
        )
    written: list[dict[str, Any]] = []
    lines: list[str] = []
    with writing(folder):
        folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    with counting(context, _("Workbooks"), len(kept)) as show:
        for one in kept:
            path = folder / file_name((one.name, one.club), ".xlsx")
            try:
                written.append(_export(context, one.club, path, full=full, reason=reason))
                lines.append(_("Written: {path}").format(path=path))
            except StorageError:
                raise
            except ClbError as error:
                written.append({"file": str(path), "error": error.message, "code": error.code})
                lines.append(f"{path.name}: {error.message}")
            show(len(written))
    context.answer({"folder": str(folder), "workbooks": written}, lambda: lines)
    return 1 if any("error" in one for one in written) else 0


def _export(
    context: Context, named: str, path: Path, *, full: bool, reason: str | None
) -> dict[str, Any]:
    """Write one club's workbook and return what the answer says of it."""
    from engine.book.entries import book as book_of
    from engine.book.writer import write_book
    from engine.reports import clubs, loans, money
    from engine.reports.due import due
    from engine.roster.members import active

    lifecycle = context.registry.lifecycle
    club = lifecycle.club(named)
    _require_read(context, club.id, path)
    if full:
        form = {"rows": len(active(lifecycle.store, club)), "reason": reason}
        take(context, club, "export", form, on=None, acks=())
        club = lifecycle.club(club.id)
    else:
        # Names leave the house too: only whoever could take the full list may take this one.
        lifecycle.require_may(club.id, "export", officer=context.officer)
    store, on = lifecycle.store, lifecycle.today()
    rules = lifecycle.provinces.rules(club.province)
    found = book_of(lifecycle, club, rules, on, full=full)
    write_book(
        path,
        found,
        clubs.board(store, club),
        due(store, rules, club.province, on, clubs=[club.id], with_province=False),
        money.ledger(store, club, on),
        loans.book(store, club, on),
        on,
    )
    rows = {key: len(entries) for key, entries in found.entries.items()}
    return {"club": club.id, "file": str(path), "full": full, "rows": rows}


def _require_read(context: Context, club: str, path: Path) -> None:
    """Refuse to write over a workbook of the club with rows that are not in its book yet."""
    if not path.is_file():
        return
    try:
        job = _Import.of(context, club, path, None, ())
        unread = [one for one in job.held() if one.found in ("new", "changed", "unclear", "wrong")]
    except InputError as error:
        if error.code == codes.BOOK_CLUB:
            raise
        return
    if unread:
        raise InputError(
            _("{file} has {count} rows that are not recorded; they would be lost.").format(
                file=path.name, count=number(len(unread))
            ),
            code=codes.BOOK_UNREAD,
            help=f"clb book import {club} {path.name}",
        )


@book.command("import", help=_("Take what is new in a club's workbook into its book."))
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=PATH)
@DRY_RUN
@CORRECTIONS
@recorded
@pass_context
def import_(
    context: Context,
    named: str,
    path: Path,
    dry_run: bool,
    corrections: Path | None,
    on: str | None,
    acks: tuple[str, ...],
) -> int:
    """Take a workbook; at a terminal what would be recorded is shown first, and asked about."""
    job = _Import.of(context, club_id(context, named), path, on, acks)
    if context.interactive and not dry_run:
        shown = job.taken(dry_run=True)
        dry_run = not any(map(_is_recorded, shown))
        if not dry_run:
            for line in _text(job, shown, dry_run=True):
                context.message(line)
            if not yes(_("Record these rows?")):
                raise click.Abort
    done = job.taken(dry_run=dry_run)
    if corrections is not None and not _mark(job, done, corrections):
        corrections = None
    data = {**_data(job, done, dry_run=dry_run), "corrections": _shown(corrections)}
    context.answer(data, lambda: _text(job, done, dry_run=dry_run, corrections=corrections))
    return 1 if any(map(_is_left, done)) else 0


@book.command("import-all", help=_("Take all workbooks of a folder, each into its own club."))
@click.argument("folder", metavar="FOLDER", type=PATH)
@DRY_RUN
@recorded
@pass_context
def import_all(
    context: Context, folder: Path, dry_run: bool, on: str | None, acks: tuple[str, ...]
) -> int:
    """Take the workbooks of a folder; one that cannot be read leaves the others alone."""
    from engine.book.reader import club_of

    # What Excel leaves next to an open workbook begins so.
    paths = sorted(one for one in folder.glob("*.xlsx") if not one.name.startswith("~$"))
    if not paths:
        raise InputError(
            _("The folder {folder} has no workbook (.xlsx).").format(folder=folder),
            code=codes.BOOK_FORM,
            help=_("clb book export CLUB so-clb.xlsx"),
        )
    answers: list[dict[str, Any]] = []
    lines: list[str] = []
    with counting(context, _("Workbooks"), len(paths)) as show:
        for path in paths:
            lines.append(f"{path.name}:")
            try:
                job = _Import.of(context, club_id(context, club_of(path)), path, on, acks)
                done = job.taken(dry_run=dry_run)
            except ClbError as error:
                answers.append({"file": str(path), "error": error.message, "code": error.code})
                lines.append(f"  {error.message}")
            else:
                answers.append(_data(job, done, dry_run=dry_run))
                lines += [f"  {line}" for line in _text(job, done, dry_run=dry_run)]
            show(len(answers))
    context.answer({"workbooks": answers}, lambda: lines)
    left = any("error" in one or any(map(_was_left, one["rows"])) for one in answers)
    return 1 if left else 0


@dataclass(frozen=True, slots=True)
class _Import:
    """A workbook as read, and what the log has for it."""

    context: Context
    path: Path
    book: "Book"
    read: "ReadBook"
    on: date
    acks: dict[str, str]

    @classmethod
    def of(
        cls, context: Context, club: str, path: Path, on: str | None, acks: tuple[str, ...]
    ) -> "_Import":
        """Read a workbook for a club. Raises ``InputError``."""
        from engine.book.entries import book as book_of
        from engine.book.reader import read

        lifecycle = context.registry.lifecycle
        found, today = lifecycle.club(club), lifecycle.today()
        when = day(on) or today
        rules = lifecycle.provinces.rules(found.province)
        known = book_of(lifecycle, found, rules, today, full=True)
        taken = read(path, known, context.reader(found.province), today)
        return cls(context, path, known, taken, when, acknowledged(acks))

    def taken(self, *, dry_run: bool) -> "list[Done]":
        """Record the new rows; only judge them with ``dry_run``."""
        from engine.book.taking import Taking

        return Taking(
            self.context.registry.lifecycle,
            self.book.club.id,
            self.read.seq,
            self.context.officer,
            self.on,
            self.acks,
            dry_run,
        ).take(self.held())

    def held(self) -> "list[Judged]":
        """Return the rows of the workbook as the log has them."""
        from engine.book.plan import hold

        return hold(self.read, self.book)


def _is_recorded(row: "Done") -> bool:
    return row.judged.found == "new" and row.error is None


def _is_left(row: "Done") -> bool:
    """Return whether somebody has to look at a row: it was not taken as the file has it."""
    return row.error is not None or row.judged.found in ("changed", "unclear", "wrong")


def _was_left(row: dict[str, Any]) -> bool:
    return row["outcome"] in ("refused", "changed", "unclear", "wrong")


def _why(job: _Import, row: "Done") -> tuple[str, str]:
    """Return what is to be known of a row, and the command that helps."""
    from engine.book.plan import advice, sentence
    from engine.book.taking import only_warned

    judged, error = row.judged, row.error
    if error is not None and only_warned(error):
        warned = " ".join(one.message for one in error.findings if one.level == "warn")
        column = _("Reason, where a warning asks for one")
        fix = _("If it is right, write why in the column “{column}” of the row.")
        return warned, fix.format(column=column)
    if error is not None:
        causes = [one.message for one in error.findings if one.level != "note"]
        return " ".join(causes or [error.message]), error.help or ""
    if judged.found == "wrong" and judged.line is not None:
        return " ".join(one.expected for one in judged.line.bad), ""
    return sentence(job.book, judged), advice(job.book, judged)


def _data(job: _Import, done: "Sequence[Done]", *, dry_run: bool) -> dict[str, Any]:
    rows = []
    for row in done:
        judged, line = row.judged, row.judged.line
        why, fix = _why(job, row)
        rows.append(
            {
                "sheet": judged.key,
                "row": line.row if line is not None else None,
                "outcome": "refused" if row.error is not None else str(judged.found),
                "event": row.event or (judged.entry.seq if judged.entry else None),
                "code": row.error.code if row.error is not None else None,
                "message": why,
                "fix": fix,
            }
        )
    return {
        "club": job.book.club.id,
        "file": str(job.path),
        "dry_run": dry_run,
        "recorded": sum(map(_is_recorded, done)),
        "rows": [one for one in rows if one["outcome"] != "known"],
    }


def _text(
    job: _Import, done: "Sequence[Done]", *, dry_run: bool, corrections: Path | None = None
) -> Iterator[str]:
    """Yield what was taken, sheet by sheet, then each row that somebody has to look at."""
    from engine.book.sheets import sheet_form

    new = Counter(row.judged.key for row in done if _is_recorded(row))
    if new:
        yield _("Would be recorded:") if dry_run else _("Recorded:")
        for key, count in new.items():
            yield f"  {_(sheet_form(key).name)}: {number(count)}"
    else:
        yield _("Nothing new.")
    for row in done:
        why, fix = _why(job, row)
        if not why:
            continue
        line = row.judged.line
        place = _(sheet_form(row.judged.key).name)
        if line is not None:
            place = _("{sheet}, row {row}").format(sheet=line.sheet, row=line.row)
        yield from tables.wrapped(f"{place}: {why}")
        if fix:
            yield f"  → {fix}"
    if corrections is not None:
        yield _("The cells are marked in {path}.").format(path=corrections)
    if any(map(_is_left, done)):
        again = corrections or job.path.name
        yield _("Correct the rows in {path} and take it in again.").format(path=again)
    elif new and not dry_run:
        yield _("Take a new workbook now: {command}").format(
            command=f"clb book export {job.book.club.id} {job.path.name}"
        )


def _shown(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _mark(job: _Import, done: "Sequence[Done]", to: Path) -> bool:
    """Write a copy of the workbook with what is to be corrected marked; none for nothing."""
    from engine.book.cells import cell_about
    from engine.roster.corrections import Note, write_marked

    notes: list[Note] = []
    for row in done:
        line = row.judged.line
        if line is None or not _is_left(row):
            continue
        if row.judged.found == "wrong":
            notes += [Note(line.sheet, one.cell, one.expected) for one in line.bad]
        else:
            cell = line.cell if row.error is None else cell_about(line, row.error)
            notes.append(Note(line.sheet, cell, "\n".join(filter(None, _why(job, row)))))
    if notes:
        write_marked(job.path, to, notes)
    return bool(notes)
