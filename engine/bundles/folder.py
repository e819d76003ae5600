"""A folder of files with clubs, as a province receives them in a morning."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.bundles.form import SUFFIX, Bundle, read
from engine.bundles.partners import called
from engine.bundles.taking import Taken
from engine.errors import ClbError
from engine.i18n import _
from engine.vietnamese.text import number


def files(folder: Path) -> list[Path]:
    """Return the files of a folder whose names end as those of files with clubs."""
    return sorted(one for one in folder.iterdir() if one.suffix.lower() == SUFFIX)


def in_order(paths: Iterable[Path]) -> Iterator[tuple[Path, Bundle | ClbError]]:
    """Yield files with what they hold, the oldest first; before them those that cannot be read."""
    made = list[tuple[str, Path, Bundle]]()
    for path in paths:
        try:
            found = read(path)
        except ClbError as error:
            yield path, error
        else:
            made.append((found.made_at, path, found))
    for _made_at, path, found in sorted(made, key=lambda one: one[:2]):
        yield path, found


def outcome(path: Path, done: Taken | ClbError) -> str:
    """Return what became of a file, in one line."""
    if isinstance(done, ClbError):
        message = f"{done.message} ({done.code})"
        return f"✗ {message}" if path.name in message else f"✗ {path.name}: {message}"
    forks = len(done.forks)
    found = [done.what] if done.is_new or not forks else []
    if forks:
        found.append(_("went on at both sides: {count}").format(count=number(forks)))
    return _("{mark} {name}: from {sender}: {what}").format(
        mark="!" if forks else "✓",
        name=path.name,
        sender=called(done.bundle.sender),
        what=", ".join(found),
    )
