"""Which province plugins are installed, found without importing any of them.

Reading every installed distribution takes longer than a short command may, so what was
found is remembered until one of the folders that Python searches has changed.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.disk_cache import read_cache, write_cache

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "clb.provinces"
NATIONS = "clb.nations"
"""Plugins of the second group hold for every province: a policy file and no clubs."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A province plugin as its distribution describes it; nothing of it is imported yet."""

    province: str
    package: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def plugins(group: str = GROUP) -> list[Plugin]:
    """Return the installed plugins of a group: those of provinces, or of the nation."""
    stamp = _stamp()
    where = os.pathsep.join((*sys.path, *([] if group == GROUP else [group])))
    name = f"plugins-{hashlib.sha256(where.encode()).hexdigest()[:16]}.json"
    with contextlib.suppress(ValueError, TypeError):  # not ours, or damaged: found and kept anew
        before, rows = json.loads(read_cache(name) or "null")
        if before == stamp and all(_is_there(Plugin(*row), info) for *row, info in rows):
            return [Plugin(*row) for *row, _info in rows]
    from importlib.metadata import entry_points

    points = entry_points(group=group)
    found = described(points)
    infos = {(point.name, point.dist.name): _info(point) for point in points if point.dist}
    rows = [
        (one.province, one.package, one.name, one.version, infos.get((one.province, one.name), ""))
        for one in found
    ]
    write_cache(name, json.dumps([stamp, rows]).encode())
    return found


def _info(point: "EntryPoint") -> str:
    """Return the folder of a distribution's metadata, ``""`` where it has none."""
    return str(getattr(point.dist, "_path", ""))


def _is_there(plugin: Plugin, info: str) -> bool:
    """Return whether metadata on Python's path describes a plugin as it is remembered.

    So a changed file of what is remembered changes neither a province's package nor its version.
    """
    folder, name = os.path.split(info)
    stem = plugin.name.replace("-", "_").replace(".", "_")
    if folder not in sys.path or name.casefold() != f"{stem}-{plugin.version}.dist-info".casefold():
        return False
    try:
        with open(os.path.join(info, "entry_points.txt"), encoding="utf-8") as text:
            points = [line.partition("=") for line in text]
    except (OSError, UnicodeDecodeError):
        return False
    named = (plugin.province, plugin.package)
    return any((left.strip(), right.strip()) == named for left, _equals, right in points)


def _stamp() -> list[int | None]:
    """Return when each folder on Python's path was last changed; pip changes it with every plugin.

    Taken before the folders are read: what changes meanwhile is seen the next time.
    """
    return [_changed(folder or os.curdir) for folder in sys.path]


def _changed(folder: str) -> int | None:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return None


def described(points: Iterable["EntryPoint"]) -> list[Plugin]:
    """Return the plugins that entry points name, by province and name of the distribution."""
    found = [
        Plugin(
            point.name,
            point.value,
            point.dist.name if point.dist else point.value,
            point.dist.version if point.dist else "0",
        )
        for point in points
    ]
    return sorted(found, key=lambda one: (one.province, one.name))
