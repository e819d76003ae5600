"""Where a plugin's wheel would write once pip installs it: into its own package, and nowhere else.

pip unpacks a wheel over whatever is there, makes a program of every script it names and, at the
next upgrade, removes every file that its RECORD names. So all three are read here, before pip is.
"""

import csv
import sysconfig
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PathDistribution
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from engine import codes
from engine.i18n import _
from engine.plugin_checks.locate import STRANGE
from engine.plugin_checks.manifest import RESERVED, is_found, same_name
from engine.plugin_checks.model import Candidate, Mistake
from engine.provinces.discover import GROUP

COMPILED = (".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib")
"""Suffixes of code that Python runs and nobody can read as text."""
CACHE = "__pycache__"
LIBRARIES = ("purelib", "platlib")
"""The parts of a wheel's .data folder that pip puts where the packages are."""
NAMED = 10
"""How many files are named one by one."""


def wheel_mistakes(candidate: Candidate, folder: Path) -> Iterator[Mistake]:
    """Yield what a plugin's wheel would do outside its own package and its .dist-info.

    ``folder`` is where the wheel was unpacked (``locate.unpack``).
    """
    assert candidate.wheel is not None
    with zipfile.ZipFile(candidate.wheel) as archive:
        names = archive.namelist()
    infos = sorted({one.partition("/")[0] for one in names if _info_name(one) is not None})
    if len(infos) != 1 or not _described(candidate, infos[0]):
        yield Mistake(
            codes.PLUGIN_WHEEL,
            candidate.wheel.name,
            "",
            _(
                "The wheel's name, its .dist-info and the plugin {plugin} do not belong together."
            ).format(plugin=candidate),
            f"{same_name(candidate.name).replace('-', '_')}-{candidate.version}.dist-info",
        )
        return
    roots = (f"{candidate.package}/", f"{infos[0]}/")
    files = [one for one in names if not one.endswith("/")]
    recorded = [one for one in _recorded(folder / infos[0] / "RECORD") if one not in files]
    for some, key in ((files, ""), (recorded, "RECORD")):
        yield from _outside(candidate, [one for one in some if not _inside(one, roots)], key)
    yield from _twice(files)
    for point in PathDistribution(folder / infos[0]).entry_points:
        if point.group != candidate.group:
            yield Mistake(
                codes.PLUGIN_OUTSIDE,
                "entry_points.txt",
                f"{point.group}: {point.name}",
                _(
                    "The wheel would install “{name}” ({group}), which no province's plugin may."
                ).format(name=point.name, group=point.group),
                _("one entry point in the group {group}").format(group=GROUP),
            )
    for one in files:
        if CACHE in one.split("/") and one.startswith(roots):
            yield compiled(one)


def compiled(name: str) -> Mistake:
    """Return the mistake of code that nobody can read as text."""
    return Mistake(
        codes.PLUGIN_COMPILED,
        name,
        "",
        _("The file is compiled code, which cannot be read."),
        _("Python code as text"),
    )


def replaced_by(wheel: Path) -> list[str]:
    """Return what another distribution's wheel would replace here, or have Python run at its start.

    For what a plugin needs: it may add packages and programs of its own, and nothing else.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    found = set()
    for name in names:
        top, _slash, rest = name.partition("/")
        scheme = "purelib"
        if top.endswith(".data"):
            scheme, _slash, rest = rest.partition("/")
            top = rest.partition("/")[0]
        if top.endswith(".dist-info") or not top:
            continue
        package = top.partition(".")[0]
        if scheme in LIBRARIES:
            if top.endswith(".pth") or package.casefold() in RESERVED or is_found(package):
                found.add(top)
        elif scheme != "scripts" or Path(sysconfig.get_path("scripts"), top).exists():
            found.add(name)
    for name in _programs(wheel):
        if any(
            Path(sysconfig.get_path("scripts"), f"{name}{end}").exists() for end in ("", ".exe")
        ):
            found.add(name)
    return sorted(found)[:NAMED]


def _programs(wheel: Path) -> list[str]:
    """Return the programs for which a wheel asks."""
    with zipfile.ZipFile(wheel) as archive, TemporaryDirectory() as folder:
        for name in archive.namelist():
            if name.endswith(".dist-info/entry_points.txt") and name.count("/") == 1:
                path = archive.extract(name, folder)
                try:
                    points = PathDistribution(Path(path).parent).entry_points
                    return [one.name for one in points if one.group.endswith("_scripts")]
                except STRANGE:  # pip installs no program of it either
                    return []
    return []


def _outside(candidate: Candidate, names: Iterable[str], key: str = "") -> Iterator[Mistake]:
    left = list(names)
    for one in islice(left, NAMED):
        message = (
            _("pip would take “{name}” for a file of this plugin and remove it.")
            if key
            else _("The wheel would write “{name}”, outside its own package.")
        )
        yield Mistake(
            codes.PLUGIN_OUTSIDE,
            one,
            key,
            message.format(name=one),
            _("only files in {package}").format(package=f"{candidate.package}/"),
        )
    if len(left) > NAMED:
        yield Mistake(
            codes.PLUGIN_OUTSIDE,
            "",
            key,
            _("Files outside the plugin's own package, beyond those named: {count}").format(
                count=len(left) - NAMED
            ),
        )


def _twice(files: Iterable[str]) -> Iterator[Mistake]:
    """Yield the files that pip would write over an earlier one: what was read is not what runs.

    Windows and macOS do not distinguish capitals, macOS not the forms of a marked letter, and
    Windows drops dots and blanks at the end of a name.
    """
    there: dict[str, str] = {}
    for one in files:
        top, _slash, rest = one.partition("/")
        place = rest.partition("/")[2] if top.endswith(".data") else one
        folded = unicodedata.normalize("NFC", place).casefold()
        folded = "/".join(part.rstrip(". ") for part in folded.split("/"))
        first = there.get(folded)
        there.setdefault(folded, one)
        if first is not None:
            yield Mistake(
                codes.PLUGIN_WHEEL,
                one,
                "",
                _("The wheel would write “{name}” over its own “{first}”.").format(
                    name=one, first=first
                ),
                _("each file once"),
            )


def _inside(name: str, roots: tuple[str, ...]) -> bool:
    """Return whether pip would put a file of a wheel into the plugin's own folders."""
    if "\\" in name or ":" in name or ".." in name.split("/"):
        return False
    top, _slash, rest = name.partition("/")
    if top.endswith(".data"):
        library, _slash, rest = rest.partition("/")
        return library in LIBRARIES and rest.startswith(roots[0])
    return name.startswith(roots)


def _recorded(record: Path) -> list[str]:
    """Return the files that a RECORD names; empty without one, which pip refuses itself."""
    try:
        with record.open(encoding="utf-8", newline="") as text:
            return [row[0] for row in csv.reader(text) if row and row[0]]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def _info_name(name: str) -> str | None:
    """Return the folder's name without its suffix for a file in a .dist-info, else ``None``."""
    top = name.partition("/")[0]
    return top.removesuffix(".dist-info") if top.casefold().endswith(".dist-info") else None


def _described(candidate: Candidate, info: str) -> bool:
    """Return whether the wheel's file name and its .dist-info name the same plugin."""
    assert candidate.wheel is not None
    parts = candidate.wheel.name.split("-")
    own = (same_name(candidate.name), candidate.version)
    name, _dash, version = info.removesuffix(".dist-info").partition("-")
    return (
        len(parts) in (5, 6)
        and (same_name(parts[0]), parts[1]) == own
        and (same_name(name), version) == own
    )
