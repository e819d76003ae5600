"""``clb officer import`` and ``export``: officers by the hundred, from and to a file."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes, words
from engine.cli import tables
from engine.cli.advice import followed
from engine.cli.command import command
from engine.cli.context import Context, pass_context
from engine.cli.files import PATH
from engine.cli.officer_row import identifier, login_of, name_of, role_in, row, where
from engine.cli.typed import PROVINCE
from engine.errors import ClbError, InputError
from engine.i18n import N_, _
from engine.model import Officer, Role
from engine.vietnamese.text import bare, clean, parse_date

if TYPE_CHECKING:
    from engine.lifecycle.officer_list import Change

COLUMNS: Mapping[str, str] = {
    "id": N_("Officer"),
    "name": N_("Full name"),
    "role": N_("Role"),
    "province": N_("Province"),
    "commune": N_("Commune"),
    "from": N_("From"),
    "to": N_("To"),
    "login": N_("Login"),
}
"""The columns of a list of officers, by the names that a heading may have as well."""
MORE: Mapping[str, tuple[str, ...]] = {
    "id": ("mã", "mã cán bộ"),
    "name": ("tên", "họ tên"),
    "commune": ("xã", "phường", "huyện", "district"),
    "from": ("từ",),
    "to": ("đến",),
}
"""Other words that officers write above a column."""
SHOWN = 5
"""Rows with one and the same mistake that are named by number."""
REQUIRED = ("id", "name", "role", "province")
UNCHANGED = "unchanged"
ACTIONS = {
    "added": N_("added"),
    "renamed": N_("renamed"),
    "ended": N_("office ended"),
    "login": N_("login given"),
    UNCHANGED: N_("as it was"),
}


@command(
    name="import",
    help=_("Add, rename and end officers from a CSV or xlsx file; the same file twice is once."),
)
@click.argument("file", type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only show what would be recorded"))
@pass_context
def import_(context: Context, file: Path, dry_run: bool) -> None:
    """Take in a list of officers."""
    from engine.lifecycle.officer_list import take_in

    rows, wrong = _read(file)
    service = context.registry.officers
    changes, mistakes = take_in(
        service, rows, by=context.settings.officer, keep=not (dry_run or wrong)
    )
    wrong += [(one.row, _reason(one.error)) for one in mistakes]
    if wrong:
        reasons = (
            (_("row {row}: {reason}") if len(numbers) == 1 else _("rows {row}: {reason}")).format(
                row=_several(numbers), reason=reason.removesuffix(".")
            )
            for reason, numbers in _alike(wrong).items()
        )
        head = _("{path} was not loaded, nothing was recorded:").format(path=file)
        raise InputError(
            "\n  ".join((head, *reasons)),
            code=codes.OFFICER_FILE,
            help=_("Columns: {names}.").format(names=", ".join(map(_, COLUMNS.values()))),
        )
    changed = [one for one in changes if one.actions]
    placed = [one.officer for one in changed if one.officer.commune]
    days = {(one.province, one.since) for one in placed}
    without = {day for day in days if not service.is_checked(*day)}
    unchecked = {
        (one.province, one.commune) for one in placed if (one.province, one.since) in without
    }
    if unchecked:
        context.message(
            _("No list of communes is loaded; names not checked: {count}.").format(
                count=len(unchecked)
            )
        )
    done = Counter(action for one in changes for action in one.actions or (UNCHANGED,))
    counts = {name: done[name] for name in ACTIONS}
    context.answer(
        {
            "file": str(file),
            "dry_run": dry_run,
            "counts": counts,
            "changes": [
                {"row": one.row, "action": one.actions[-1], **row(one.officer)} for one in changed
            ],
        },
        lambda: _text(context, changed, counts, dry_run),
    )


def _reason(error: ClbError) -> str:
    """Return what is wrong with a row, and what would be right."""
    advice = followed(error.help)
    return f"{error.message} {advice}" if advice else error.message


def _alike(wrong: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    """Return the rows of each mistake, in order of the first: fifty rows may have the same one."""
    found: dict[str, list[int]] = {}
    for number, reason in sorted(wrong):
        found.setdefault(reason, []).append(number)
    return found


def _several(numbers: Sequence[int]) -> str:
    """Return the first numbers of rows, and how many there are where that is not all."""
    shown = ", ".join(map(str, numbers[:SHOWN]))
    return shown if len(numbers) <= SHOWN else f"{shown}, … ({len(numbers)})"


def _text(
    context: Context, changed: "list[Change]", counts: Mapping[str, int], dry_run: bool
) -> Iterator[str]:
    if changed:
        yield from tables.table(
            [_("Row"), _("Officer"), _("Name"), _("Role"), _("Acts for"), ""],
            (
                (
                    str(one.row),
                    one.officer.id,
                    one.officer.name,
                    role_in(context, one.officer),
                    where(context, one.officer),
                    ", ".join(_(ACTIONS[action]) for action in one.actions),
                )
                for one in changed
            ),
            right=[0],
        )
    yield "; ".join(f"{_(ACTIONS[name])}: {count}" for name, count in counts.items())
    if dry_run:
        yield _("Nothing was recorded: this was a trial.")


@command(name="export", help=_("Write everybody who may act into a file that import reads again."))
@click.argument("file", type=PATH)
@click.option("--province", type=PROVINCE, default=None, help=_("Only officers of this province"))
@click.option("--all", "everybody", is_flag=True, help=_("Offices that are over too"))
@pass_context
def export(context: Context, file: Path, province: str | None, everybody: bool) -> None:
    """Write the officers into a file."""
    from engine.roster.writer import write_table

    service = context.registry.officers
    today = service.today()
    found = [
        one
        for one in service.ever()
        if province in (None, one.province)
        and (everybody or one.until is None or one.until > today)
    ]
    write_table(
        file,
        [_(heading) for heading in COLUMNS.values()],
        (
            (
                one.id,
                one.name,
                role_in(context, one),
                one.province,
                one.commune or "",
                one.since.isoformat() if one.since else "",
                one.until.isoformat() if one.until else "",
                one.login or "",
            )
            for one in found
        ),
    )
    context.answer(
        {"file": str(file), "offices": len(found)},
        lambda: _("Written: {file}. Offices: {count}").format(file=file, count=len(found)),
    )


def _read(file: Path) -> tuple[list[tuple[int, Officer]], list[tuple[int, str]]]:
    """Return the offices that a file lists, with their rows, and what is wrong with other rows."""
    from engine.roster.sheets import read_table, text_of

    rows: list[tuple[int, Officer]] = []
    wrong: list[tuple[int, str]] = []
    for number, values in read_table(file):
        texts = {_column(name): text_of(cell) for name, cell in values.items()}
        if strange := sorted(texts.keys() - COLUMNS.keys()):
            reason = _("no column of this list: {names}").format(names=", ".join(strange))
            wrong.append((number, reason))
            continue
        absent = [_(COLUMNS[name]) for name in REQUIRED if name not in texts]
        if absent:
            wrong.append((number, _("missing {names}").format(names=", ".join(absent))))
            continue
        try:
            rows.append((number, _officer(texts)))
        except InputError as error:
            wrong.append((number, _reason(error)))
    if not rows and not wrong:
        raise InputError(
            _("{path} holds no table.").format(path=file),
            code=codes.TABLE_EMPTY,
            help=_("Columns: {names}.").format(names=", ".join(map(_, COLUMNS.values()))),
        )
    return rows, wrong


def _column(heading: str) -> str:
    """Return which column a heading means, the heading itself where it is none."""
    typed = bare(heading)
    known = {
        bare(text): name
        for name, of in COLUMNS.items()
        for text in (name, of, _(of), *MORE.get(name, ()))
    }
    return known.get(typed, heading)


def _officer(texts: Mapping[str, Any]) -> Officer:
    """Return the office of a row. Raises ``InputError``."""
    return Officer(
        id=identifier(texts["id"]),
        name=name_of(texts["name"]),
        role=Role(words.read([one.value for one in Role], texts["role"])),
        province=PROVINCE.convert(texts["province"], None, click.get_current_context()),
        commune=clean(texts["commune"]) if "commune" in texts else None,
        since=parse_date(texts["from"]) if "from" in texts else None,
        until=parse_date(texts["to"]) if "to" in texts else None,
        login=login_of(texts.get("login")),
    )
