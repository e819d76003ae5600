"""Beginning on a new computer with the file that the province sent: officers, units, clubs."""

from pathlib import Path
from tempfile import TemporaryDirectory

from engine.bundles import taking
from engine.bundles.form import Bundle
from engine.bundles.taking import Taken
from engine.clock import Clock, now
from engine.lifecycle.registry import Registry, make_registry
from engine.provinces.load import Provinces


def preview(bundle: Bundle, provinces: Provinces, clock: Clock = now) -> Taken:
    """Return what would come of a starting file: it is taken into a database that is not kept.

    Raises what ``taking.take`` raises.
    """
    with TemporaryDirectory(prefix="clb-") as folder:
        made, _new = make_registry(
            str(Path(folder, "clb.sqlite3")), provinces=provinces, clock=clock
        )
        try:
            return taking.take(made, bundle, dry_run=True)
        finally:
            made.store.close()


def begin(
    url: str | None, bundle: Bundle, provinces: Provinces, clock: Clock = now
) -> tuple[Registry, Taken]:
    """Make a database with a starting file; return it opened, and what came.

    The file is judged first, so that one that is refused leaves no database without officers.
    Raises what ``preview`` and opening raise.
    """
    preview(bundle, provinces, clock)
    made, _new = make_registry(url, provinces=provinces, clock=clock)
    return made, taking.take(made, bundle)
