"""The copies that lie next to a database: what was replaced, what was upgraded, what broke off."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from engine.clock import moment_of
from engine.files import SIDE_FILES
from engine.lifecycle.backup import beginning, require_file, sentences
from engine.store.url import DatabaseAddress

Kind = Literal["replaced", "before_upgrade", "unfinished"]
KINDS: tuple[tuple[str, Kind], ...] = (
    (r"(?:.*\.)?part", "unfinished"),
    (r"replaced(?:-\d+)?", "replaced"),
    (r"before-\w+(?:-\d+)?", "before_upgrade"),
)
"""What follows the database's name in the name of a copy."""
MAKER = r".*\.(\d+)-[^.]*\.part"
"""The name of a copy that is being made holds the number of the process that makes it."""
OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy next to the database, with the files that belong to it.

    ``private`` is whether only its owner can read it, ``in_use`` whether the process that makes it
    is still at work. ``made`` is in Viet Nam's time.
    """

    file: Path
    kind: Kind
    bytes: int
    made: datetime
    private: bool
    in_use: bool


def found(target: DatabaseAddress) -> list[Copy]:
    """Return the copies next to a database, the oldest first. Raises ``StorageError``."""
    path = require_file(target)
    groups: dict[str, list[Path]] = {}
    with sentences(path):
        folder = path.absolute().parent
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            tail = next((one for one in SIDE_FILES if file.name.endswith(one)), "")
            name = file.name.removesuffix(tail)
            if kind_of(path.name, name) is not None and file.is_file():
                groups.setdefault(name, []).append(file)
        copies = [_copy(path, folder / name, files) for name, files in groups.items()]
    return sorted(copies, key=lambda copy: (copy.made, copy.file))


def kind_of(database: str, name: str) -> Kind | None:
    """Return what kind of copy of a database a file of that name is, ``None`` for no copy."""
    starts = (f"{one}." for one in (database, beginning(database)))
    start = next((one for one in starts if name.startswith(one)), None)
    if start is None:
        return None
    rest = name.removeprefix(start)
    return next((kind for pattern, kind in KINDS if re.fullmatch(pattern, rest)), None)


def remove(copy: Copy) -> None:
    """Remove a copy with the files that belong to it. Raises ``StorageError``."""
    with sentences(copy.file):
        for tail in ("", *SIDE_FILES):
            copy.file.with_name(copy.file.name + tail).unlink(missing_ok=True)


def _copy(database: Path, file: Path, files: list[Path]) -> Copy:
    kind = kind_of(database.name, file.name)
    assert kind is not None
    stats = [one.stat() for one in files]
    return Copy(
        file=file,
        kind=kind,
        bytes=sum(one.st_size for one in stats),
        made=moment_of(max(one.st_mtime for one in stats)),
        private=os.name != "posix" or not any(one.st_mode & OTHERS for one in stats),
        in_use=_is_being_made(file.name),
    )


def _is_being_made(name: str) -> bool:
    """Return whether the process that makes a copy runs; Windows keeps its files by itself."""
    maker = re.fullmatch(MAKER, name)
    if maker is None or os.name != "posix":
        return False
    try:
        os.kill(int(maker[1]), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
