"""Backups for a scheduler: a new one under the name of its moment, checked, and old ones gone."""

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine import codes
from engine.clock import ZONE
from engine.errors import InputError, StorageError
from engine.i18n import _
from engine.lifecycle import backup, upkeep
from engine.store import migrate
from engine.store.database import connect
from engine.store.url import DatabaseAddress

MOMENT = "%Y-%m-%d-%H%M%S"
STAMP = r"\d{4}-\d{2}-\d{2}-\d{6}"
SUFFIX = ".sqlite3"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made and checked, and the older ones that went for it."""

    file: Path
    events: int
    removed: tuple[Path, ...]


def place(target: DatabaseAddress, folder: Path, moment: datetime) -> Path:
    """Return the file that a backup of this moment has in a folder; it sorts by its name."""
    stem = backup.require_file(target).stem
    return folder / f"{stem}-{moment.astimezone(ZONE).strftime(MOMENT)}{SUFFIX}"


def save(target: DatabaseAddress, file: Path, keep: int | None) -> Kept:
    """Make a backup and check it; then remove all but the newest ``keep`` of its kind.

    Only files that are named as :func:`place` names this database's are counted. Raises as
    ``backup.save``, ``InputError`` for less than one, and ``StorageError`` for a copy that is not
    whole: it is left to be looked at, and no older one is removed.
    """
    if keep is not None and keep < 1:
        raise InputError(
            _("At least one backup is kept."), code=codes.USAGE, help=_("Write --keep 1 or more.")
        )
    events = backup.save(target, file)
    with closing(connect(DatabaseAddress(str(file)))) as copy:
        migrate.require_current(copy)
        health = upkeep.check(copy)
    if not health.ok:
        fault = health.faults[0]
        raise StorageError(
            _("The copy {file} is not whole: {place}: {reason}.").format(
                file=file, place=f"{fault.stream}, {fault.seq}", reason=fault.reason
            ),
            code=codes.BACKUP_FAULTY,
            help=_("Look at the database itself: clb db check."),
        )
    old = _others(target, file)[keep - 1 :] if keep else []
    with backup.sentences(file):
        for one in old:
            one.unlink()
    return Kept(file, events, tuple(old))


def _others(target: DatabaseAddress, file: Path) -> list[Path]:
    """Return the other backups of this database in a folder, the newest first."""
    name = re.compile(f"{re.escape(backup.require_file(target).stem)}-{STAMP}{re.escape(SUFFIX)}")
    with backup.sentences(file):
        found = [one for one in file.absolute().parent.iterdir() if name.fullmatch(one.name)]
    return sorted((one for one in found if one.name != file.name), reverse=True)
