"""Which Word template a paper is filled into: the one given, the province's own, or ours."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from engine import codes
from engine.documents.kinds import Kind
from engine.errors import InputError, PluginError
from engine.i18n import _
from engine.package_data import read_beside
from engine.provinces.discover import Plugin

FOLDER = "templates"
MAX_BYTES = 20 * 1024 * 1024

Origin = Literal["built_in", "province", "file"]


@dataclass(frozen=True, slots=True)
class Template:
    """The bytes of a Word file with fields, its name for messages and where it is from."""

    data: bytes
    name: str
    origin: Origin


def template(kind: Kind, plugin: Plugin, given: Path | None = None) -> Template:
    """Return the template of a paper: ``given``, else the province's own, else the built-in one.

    Raises ``InputError`` for a given file that cannot be read, ``PluginError`` for a province's.
    """
    if given is not None:
        return Template(_read(given), given.name, "file")
    own = province_template(kind, plugin)
    if own is not None:
        return own
    return built_in(kind.id)


def built_in(id_: str) -> Template:
    """Return the template that comes with the engine for a kind of paper or for reports."""
    name = f"{id_}.docx"
    data = files("engine.documents").joinpath(FOLDER, name).read_bytes()
    return Template(data, name, "built_in")


def province_template(kind: Kind, plugin: Plugin) -> Template | None:
    """Return the template beside a province's policy, without importing the plugin.

    ``None`` when it brings none for this paper. Raises ``PluginError`` when it cannot be read.
    """
    name = f"{kind.id}.docx"
    try:
        data = read_beside(plugin.package, FOLDER, name)
    except OSError as error:
        raise PluginError(
            _("{plugin}: the template {file} cannot be read: {reason}.").format(
                plugin=plugin, file=name, reason=str(error)
            ),
            code=codes.DOCUMENT_PLUGIN,
            help=_("Install it again: pip install --force-reinstall {name}.").format(
                name=plugin.name
            ),
        ) from error
    if data is None:
        return None
    return Template(data, f"{plugin.package}/{FOLDER}/{name}", "province")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                _("The template {name} is too large.").format(name=path.name),
                code=codes.TEMPLATE,
                help=_("A template holds text and fields; take large pictures out of it."),
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            _("The template {name} cannot be read: {reason}.").format(
                name=path.name, reason=error.strerror or str(error)
            ),
            code=codes.TEMPLATE,
            help=_("Check the name and the folder, and close the file in Word."),
        ) from error
