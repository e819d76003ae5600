"""A SQLite file in a folder where nothing can be written, as it is at one moment."""

import logging
import shutil
import tempfile
from pathlib import Path

from engine.i18n import _
from engine.store.url import DatabaseAddress

TRIES = 3
"""How often a file that changes while it is copied is copied anew."""


class Apart:
    """A file in a folder where nothing can be written, to be read as it is now.

    ``uri`` is what SQLite opens: the file itself, or a copy of it where a log lies next to it.
    """

    def __init__(self, target: DatabaseAddress) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        path = Path(str(target.file)).absolute()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            self._folder = tempfile.TemporaryDirectory(prefix="clb-")
            path = _copied((path, log), Path(self._folder.name))
            self.uri = f"{path.as_uri()}?mode=rw"
        else:
            self.uri = f"{path.as_uri()}?immutable=1"
        _report(target)

    def close(self) -> None:
        """Remove the copy."""
        if self._folder is not None:
            self._folder.cleanup()


def _copied(files: tuple[Path, Path], folder: Path) -> Path:
    """Copy a database and its log so that both are of one moment; return the copy."""
    for _try in range(TRIES):
        before = [(one.stat().st_size, one.stat().st_mtime_ns) for one in files]
        for one in files:
            shutil.copyfile(one, folder / one.name)
        if before == [(one.stat().st_size, one.stat().st_mtime_ns) for one in files]:
            break
    return folder / files[0].name


def _report(target: DatabaseAddress) -> None:
    logging.getLogger(__name__).warning(
        _("Nothing can be written next to {database}: it is only read, as it is now.").format(
            database=target
        )
    )
