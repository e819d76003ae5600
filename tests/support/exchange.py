"""Databases of one province that send each other files, as offices do that have no server."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from typing import Any

from support.core import (
    ASSOCIATION,
    BAC_NINH,
    COMMUNE,
    PROVINCE,
    PROVINCES,
    TODAY,
    TOWN,
    Core,
    make_core,
)

from engine.bundles import making, taking
from engine.bundles.form import Bundle, read
from engine.bundles.making import Made, Order
from engine.bundles.rebasing import Settled, Wish, rebase
from engine.bundles.taking import Taken
from engine.lifecycle import upkeep
from engine.lifecycle.registry import make_registry
from engine.scenario.world import StillClock
from engine.store.database import Store

HEADS = (
    "SELECT stream, seq, hash FROM event WHERE substr(stream, 1, 5) <> 'seal:' ORDER BY stream, seq"
)
MONEY = "SELECT club, fund, sum(delta) FROM ledger GROUP BY club, fund ORDER BY club, fund"


@dataclass
class Office:
    """A database with its files; ``commune`` is ``None`` for that of the province."""

    core: Core
    folder: Path
    commune: str | None = None
    files: list[Path] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.core.store

    def send(self, **wanted: Any) -> Path:
        """Write a file for the other side and return it."""
        self.make(**wanted)
        return self.files[-1]

    def make(self, **wanted: Any) -> Made:
        """Write a file for the other side."""
        who = {"officer": TOWN, "to": COMMUNE} if self.commune is None else {"officer": ASSOCIATION}
        file = self.folder / f"{len(self.files)}.clbz"
        self.files.append(file)
        pair = wanted.pop("pair", None)
        return making.make(self.core.registry, Order(**{**who, **wanted}), file, pair)

    def take(self, file: Path | Bundle, *, dry_run: bool = False) -> Taken:
        """Take a file in."""
        bundle = read(file) if isinstance(file, Path) else file
        return taking.take(self.core.registry, bundle, dry_run=dry_run)

    def rebase(
        self, file: Path, club: str, reasons: dict[str, str] | None = None, **how: Any
    ) -> Settled:
        """Take this office's own steps again on top of those in a file."""
        stream = club if ":" in club else f"club:{club}"
        left_out = frozenset(how.pop("left_out", ()))
        wish = Wish(ASSOCIATION if self.commune else TOWN, reasons or {}, left_out)
        return rebase(self.core.registry, read(file), stream, wish, **how)

    def heads(self) -> list[Any]:
        """Return every event but seals."""
        return self.store.rows(HEADS)

    def money(self) -> list[Any]:
        return self.store.rows(MONEY)

    def require_sound(self) -> None:
        """Check everything that can be checked."""
        assert upkeep.check(self.store, self.core.clock).faults == ()


def at_the_province(folder: Path) -> Office:
    """Return a copy of Bắc Ninh's own office, in a folder."""
    there = two_offices(BAC_NINH) / "province"
    return copied(there, folder, None, StillClock(TODAY), BAC_NINH)


def at_the_commune(folder: Path, clock: StillClock | None = None) -> Office:
    """Return a copy of the office of a commune of Bắc Ninh, in a folder, with a clock."""
    here = two_offices(BAC_NINH) / "commune"
    return copied(here, folder, COMMUNE, clock or StillClock(TODAY), BAC_NINH)


def province(folder: Path, of: str = PROVINCE) -> Office:
    """Return the province's office, with officers and no club."""
    folder.mkdir()
    return Office(make_core(str(folder / "clb.sqlite3"), province=of), folder)


def commune(folder: Path, there: Office, name: str = COMMUNE) -> Office:
    """Return the office of a commune that began with the province's starting file."""
    folder.mkdir()
    office = opened(folder, name, StillClock(there.core.clock.day), there.core.province)
    office.take(there.send(to=name, whole=True))
    return office


def opened(folder: Path, commune: str | None, clock: StillClock, of: str = PROVINCE) -> Office:
    """Return the office whose database is in a folder, made if need be."""
    database = str(folder / "clb.sqlite3")
    registry, _made = make_registry(database, provinces=PROVINCES, clock=clock)
    return Office(Core(registry, clock, of), folder, commune)


def copied(
    start: Path, folder: Path, commune: str | None, clock: StillClock, of: str = PROVINCE
) -> Office:
    """Return an office with a copy of another's database, which must be closed."""
    folder.mkdir()
    copyfile(start / "clb.sqlite3", folder / "clb.sqlite3")
    return opened(folder, commune, clock, of)


def close(*offices: Office) -> None:
    """Close databases so that they can be copied."""
    for office in offices:
        office.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
        office.store.close()


@cache
def two_offices(of: str = PROVINCE) -> Path:
    """Return a folder with the databases of a province and of a commune that has its start."""
    folder = Path(mkdtemp(prefix="clb-exchange-"))
    there = province(folder / "province", of)
    here = commune(folder / "commune", there)
    close(here, there)
    return folder
