"""Installing a province's plugin: checked in a folder of its own, then by pip, or not at all."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine import codes
from engine.errors import PluginError
from engine.i18n import _
from engine.plugin_checks import (
    Candidate,
    Mistake,
    from_source,
    inspect,
    neighbour_mistakes,
    taken_mistakes,
    try_hooks,
)
from engine.plugin_checks.locate import copy_source, from_wheel, unpack
from engine.plugin_checks.manifest import ENGINE_NAME, other_engine, same_name, there_already
from engine.plugin_checks.wheel import replaced_by
from engine.provinces.discover import Plugin
from engine.provinces.load import Provinces

PIP_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Installed:
    """What was installed, what it replaced, and the remarks that did not refuse it."""

    candidate: Candidate
    hooks: Sequence[str]
    replaced: Plugin | None
    remarks: tuple[Mistake, ...] = ()


def _read(what: str, folder: Path, provinces: Provinces) -> tuple[Candidate, list[Mistake]]:
    """Put a plugin into ``folder`` and check it as text.

    ``what`` is whatever pip takes: a name, a wheel, a folder. Nothing is installed, and a folder is
    built only when nothing is wrong with what it holds. Return the plugin and its mistakes. Raise
    ``PluginError`` when pip cannot get it or it holds no province.
    """
    source = from_source(Path(what)) if Path(what).is_dir() else None
    if source is not None and _blocked(mistakes := inspect(source)):
        return source, mistakes
    place = folder / "plugin"
    place.mkdir()
    candidate = from_wheel(built_wheel(what, folder), place, what)
    return candidate, [*inspect(candidate), *taken_mistakes(candidate, provinces)]


def _needed(candidate: Candidate, folder: Path) -> list[Path]:
    """Return the wheels of what a plugin needs and is not installed, and unpack them next to it.

    Raise ``PluginError`` when one cannot be had or would replace something that is there.
    """
    assert candidate.wheel is not None
    wheels = folder / "needed"
    wheels.mkdir()
    for need in missing(candidate, candidate.wheel, folder):
        _pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), need)
    needed = sorted(wheels.glob("*.whl"))
    for one in needed:
        replaced = replaced_by(one)
        if replaced:
            raise PluginError(
                _(
                    "{plugin} needs {wheel}, which would replace or start something here: {names}."
                ).format(plugin=candidate, wheel=one.name, names=", ".join(replaced)),
                code=codes.PLUGIN_OUTSIDE,
                help=_("Send these lines to the author of the plugin. Nothing was changed."),
            )
        unpack(one, candidate.folder)
    return needed


def install(
    what: str,
    provinces: Provinces,
    replacing: Callable[[Plugin, Candidate], None] = lambda _old, _new: None,
) -> Installed:
    """Install a plugin if nothing is wrong with it; otherwise nothing is changed.

    ``replacing`` hears of an installed plugin before it is replaced. Raise ``PluginError`` naming
    what is wrong.
    """
    with tempfile.TemporaryDirectory() as folder:
        candidate, mistakes = _read(what, Path(folder), provinces)
        old = _replaced(candidate, provinces)
        if other_engine(candidate):
            raise _other_engine(candidate)
        refuse(candidate, mistakes)
        needed = _needed(candidate, Path(folder))
        mistakes += neighbour_mistakes(candidate, provinces)
        hooks: Sequence[str] = ()
        if not _blocked(mistakes) and not candidate.is_national:
            tried = try_hooks(candidate)
            hooks, mistakes = tried.hooks, [*mistakes, *tried.mistakes]
        refuse(candidate, mistakes)
        if old is not None:
            replacing(old, candidate)
        # A wheel of the version that is there would be left out by pip, changed or not.
        wheels = [str(one) for one in (*needed, candidate.wheel)]
        _pip("install", "--quiet", "--no-deps", "--force-reinstall", *wheels)
    return Installed(candidate, hooks, old, tuple(mistakes))


def refuse(candidate: Candidate, mistakes: Sequence[Mistake]) -> None:
    """Raise ``PluginError`` when a mistake keeps the plugin from being used."""
    blocks = _blocked(mistakes)
    if blocks:
        raise PluginError(
            _("{name} {version} was not installed: {reasons}").format(
                name=candidate.name,
                version=candidate.version,
                reasons="; ".join(f"{one.message} [{one.code}]" for one in blocks),
            ),
            code=codes.PLUGIN_REFUSED,
            help=_("Send these lines to the author of the plugin. Nothing was changed."),
        )


def _blocked(mistakes: Sequence[Mistake]) -> list[Mistake]:
    return [one for one in mistakes if one.level == "block"]


def _replaced(candidate: Candidate, provinces: Provinces) -> Plugin | None:
    """Return the installed plugin that this one replaces; raise ``PluginError`` for another one."""
    there = there_already(candidate, provinces)
    others = [one for one in there if same_name(one.name) != same_name(candidate.name)]
    if others:
        raise PluginError(
            _("The province {province} already has a plugin: {plugin}.").format(
                province=candidate.province, plugin=others[0]
            ),
            code=codes.PLUGIN_TWICE,
            help=_("Uninstall it first: pip uninstall {name}.").format(name=others[0].name),
        )
    return there[0] if there else None


def built_wheel(what: str, folder: Path) -> Path:
    """Return a plugin's wheel, fetched by pip, or built of a copy of its source in ``folder``.

    Building runs the source's own build program; from an index only wheels are taken, so that
    nothing is run. Raise ``PluginError``.
    """
    wheels = folder / "wheels"
    wheels.mkdir()
    if what.endswith(".whl"):
        # Copied, so that what is read is what is installed.
        return Path(shutil.copy(what, wheels)) if Path(what).is_file() else Path(what)
    if Path(what).is_dir():
        copy = str(folder / "source")
        copy_source(Path(what), folder / "source")
        arguments = ("wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), copy)
        _pip(*arguments, hidden=copy, shown=what)
    else:
        only_wheels = ("--only-binary", ":all:")
        _pip("wheel", "--quiet", "--no-deps", *only_wheels, "--wheel-dir", str(wheels), what)
    return next(wheels.glob("*.whl"))


def built(candidate: Candidate, folder: Path) -> list[Mistake]:
    """Build a plugin's source in a copy and return what is wrong with its wheel.

    Runs the source's own build program. Raise ``PluginError`` when it cannot be built.
    """
    assert candidate.project is not None
    place = folder / "built"
    place.mkdir()
    wheel = built_wheel(str(candidate.project), folder)
    return inspect(from_wheel(wheel, place, wheel.name))


def missing(candidate: Candidate, wheel: Path, folder: Path) -> list[str]:
    """Return what a plugin needs and is not installed, as pip would install it.

    Raise ``PluginError`` when that cannot be had, or when it asks for another engine than this.
    """
    if not candidate.requires:
        return []
    report = folder / "report.json"
    try:
        _pip("install", "--quiet", "--dry-run", "--report", str(report), str(wheel))
    except PluginError as error:
        if ENGINE_NAME in error.message:
            raise _other_engine(candidate) from error
        raise
    found = [
        (str(one["metadata"]["name"]), str(one["metadata"]["version"]))
        for one in json.loads(report.read_text(encoding="utf-8"))["install"]
    ]
    if any(same_name(name) == ENGINE_NAME for name, _version in found):
        raise _other_engine(candidate)
    own = same_name(candidate.name)
    return [f"{name}=={version}" for name, version in found if same_name(name) != own]


def _other_engine(candidate: Candidate) -> PluginError:
    asked = [one for one in candidate.requires if same_name(one).startswith(ENGINE_NAME)]
    return PluginError(
        _("{plugin} needs another version of the engine: {asked}.").format(
            plugin=candidate, asked=", ".join(asked) or ENGINE_NAME
        ),
        code=codes.PLUGIN_NEEDS,
        help=_(
            "Upgrade the engine first: pip install --upgrade {name}. Nothing was changed."
        ).format(name=ENGINE_NAME),
    )


def _pip(*arguments: str, hidden: str = "", shown: str = "") -> None:
    """Run pip. Raise ``PluginError`` with its reason, ``shown`` for the path ``hidden`` in it."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter's pip, arguments as a list)
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PIP_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PluginError(
            _("pip did not finish within {seconds} seconds.").format(seconds=PIP_SECONDS),
            code=codes.PLUGIN_PIP,
            help=_("Check the network connection and try again."),
        ) from error
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.startswith("ERROR")][-1:]
        reason = last[0].removeprefix("ERROR: ") if last else done.stderr.strip()[-300:]
        if hidden:
            reason = reason.replace(hidden, shown)
        raise PluginError(
            _("pip could not get the plugin: {reason}").format(reason=reason),
            code=codes.PLUGIN_PIP,
            help=_("Check the name or the file, and the network connection."),
        )
