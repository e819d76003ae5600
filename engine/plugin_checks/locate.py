"""Where a plugin lies: a source folder, a wheel, a folder that pip filled."""

import os
import shutil
import tomllib
import zipfile
from dataclasses import replace
from importlib.metadata import distributions
from pathlib import Path, PurePosixPath
from typing import Any

from engine import codes
from engine.archive import DAMAGED
from engine.errors import PluginError
from engine.files import TEXT_BYTES, Failure, failure, file_bytes, require_file
from engine.i18n import _
from engine.plugin_checks.model import Candidate
from engine.provinces.discover import GROUP, NATIONS

PROJECT_FILE = "pyproject.toml"
MAX_UNPACKED = 256 * 1024 * 1024
MAX_FILES = 10_000
WHEEL = Failure(PluginError, codes.PLUGIN_WHEEL)
"""How a wheel that cannot be opened is reported."""
STRANGE = (ValueError, TypeError, LookupError, AttributeError)
"""What Python ends in where a distribution's own files are not as they should be."""
KEPT_BY_TOOLS = frozenset(
    {".venv", "venv", ".tox", ".nox", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache"}
)
"""Folders next to a plugin's source that are no part of it, and may be large."""


def candidates(folder: Path) -> list[Candidate]:
    """Return the province plugins installed in a folder (``pip install --target``).

    Raise ``PluginError`` where something there does not say in its .dist-info what it is.
    """
    try:
        return [
            Candidate(
                str(dist.metadata["Name"]),
                str(dist.metadata["Version"]),
                point.name,
                point.value,
                folder,
                requires=tuple(dist.requires or ()),
                group=point.group,
            )
            for dist in distributions(path=[str(folder)])
            for point in dist.entry_points
            if point.group in (GROUP, NATIONS)
        ]
    except STRANGE as error:
        raise PluginError(
            _("What a plugin says of itself in its .dist-info cannot be read."),
            code=codes.PLUGIN_WHEEL,
            help=_("Build it again: python -m build --wheel, or name the plugin's source folder."),
        ) from error


def from_source(folder: Path) -> Candidate | None:
    """Return the plugin whose source lies in a folder, by its pyproject.toml; ``None`` if none."""
    try:
        text = file_bytes(folder / PROJECT_FILE, TEXT_BYTES).decode("utf-8")
        project: dict[str, Any] = tomllib.loads(text)["project"]
        points = project["entry-points"]
        group = NATIONS if NATIONS in points and GROUP not in points else GROUP
        ((province, package),) = points[group].items()
        root = folder / "src" if (folder / "src" / str(package)).is_dir() else folder
        return Candidate(
            str(project["name"]),
            str(project.get("version", "0")),
            str(province),
            str(package),
            root,
            folder,
            tuple(str(one) for one in project.get("dependencies", ())),
            group=group,
        )
    except (OSError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def located(path: Path, folder: Path) -> Candidate:
    """Return the plugin in a source folder or a wheel; the wheel is unpacked into ``folder``.

    Raise ``PluginError`` when there is no province plugin, or more than one.
    """
    if os.path.isdir(path):
        source = from_source(path)
        if source is None:
            raise PluginError(
                _("{path} is not the source of one province plugin.").format(path=path),
                code=codes.PLUGIN_NONE,
                help=_(
                    "Its pyproject.toml must have one entry point in the group {group}: "
                    'PROVINCE = "PACKAGE".'
                ).format(group=GROUP),
            )
        return source
    return from_wheel(path, folder, path.name)


def from_wheel(wheel: Path, folder: Path, what: str) -> Candidate:
    """Return the plugin in a wheel, unpacked into ``folder``; ``what`` names it in messages.

    Raise ``PluginError`` when it is no wheel, or holds another number of plugins than one.
    """
    unpack(wheel, folder)
    return replace(only(candidates(folder), what), wheel=wheel)


def only(found: list[Candidate], what: str) -> Candidate:
    """Return the one plugin of a list. Raise ``PluginError`` when there is another number."""
    if len(found) != 1:
        raise PluginError(
            _("{what} holds {count} province plugins, not one.").format(
                what=what, count=len(found)
            ),
            code=codes.PLUGIN_NONE,
            help=_("A plugin has one entry point in the group clb.provinces."),
        )
    return found[0]


def unpack(wheel: Path, folder: Path) -> None:
    """Unpack a wheel without pip. Raise ``PluginError`` for what is not a sound one."""
    try:
        require_file(wheel)
        with zipfile.ZipFile(wheel) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            strange = [part.filename for part in parts if not _inside(part.filename)]
            if strange or size > MAX_UNPACKED or len(parts) > MAX_FILES:
                raise _not_a_wheel(wheel, strange[0] if strange else _("it is too large"))
            archive.extractall(folder)
    except OSError as error:
        raise failure(wheel, error, kind=WHEEL) from error
    except DAMAGED as error:
        raise _not_a_wheel(wheel, str(error)) from error
    for data in folder.glob("*.data"):
        for lib in ("purelib", "platlib"):
            if (data / lib).is_dir():
                shutil.copytree(data / lib, folder, dirs_exist_ok=True)


def copy_source(source: Path, copy: Path) -> None:
    """Copy a plugin's source, without what tools keep next to it, to where it may be built.

    Raise ``PluginError`` for what is too large, or holds more than files and folders.
    """
    size = count = 0
    for folder, inner, names in os.walk(source):
        inner[:] = sorted(set(inner) - KEPT_BY_TOOLS)
        place = copy / os.path.relpath(folder, source)
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            file = Path(folder, name)
            if not file.is_file():
                raise _no_source(source, _("{file} is not a file").format(file=name))
            size, count = size + file.stat().st_size, count + 1
            if size > MAX_UNPACKED or count > MAX_FILES:
                raise _no_source(source, _("it is too large"))
            shutil.copyfile(file, place / name)


def _no_source(source: Path, reason: str) -> PluginError:
    return PluginError(
        _("The folder {path} cannot be built: {reason}.").format(path=source, reason=reason),
        code=codes.PLUGIN_WHEEL,
        help=_("Leave in it only what the plugin is built of."),
    )


def _inside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return False
    return ":" not in path.parts[0]


def _not_a_wheel(wheel: Path, reason: str) -> PluginError:
    return PluginError(
        _("{file} is not a wheel that can be read: {reason}.").format(
            file=wheel.name, reason=reason.rstrip(".")
        ),
        code=codes.PLUGIN_WHEEL,
        help=_("Build it again: python -m build --wheel, or name the plugin's source folder."),
    )
