"""Installing a province's plugin: looked at in a folder apart first, then by pip, or not at all."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import PluginError
from engine.i18n import _
from engine.inspection import Candidate, Mistake, candidates, inspect, try_out
from engine.provinces import Provinces

PIP_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Installed:
    """What was installed."""

    candidate: Candidate
    hooks: Sequence[str]


def examine(what: str, folder: Path) -> tuple[Candidate, Sequence[str], list[Mistake]]:
    """Put a plugin into ``folder`` without its dependencies and look at it there.

    ``what`` is whatever pip takes: a name, a wheel, a folder. Raises ``PluginError`` when pip
    cannot get it or it holds no province.
    """
    _pip("install", "--quiet", "--no-deps", "--target", str(folder), what)
    found = candidates(folder)
    if len(found) != 1:
        raise PluginError(
            _("{what} holds {count} province plugins, not one.").format(
                what=what, count=len(found)
            ),
            code="CLB-PLUGIN-NONE",
            help=_("A plugin has one entry point in the group clb.provinces."),
        )
    candidate = found[0]
    mistakes = inspect(candidate)
    if mistakes:
        return candidate, (), mistakes
    hooks, mistakes = try_out(candidate)
    return candidate, hooks, mistakes


def install(what: str, provinces: Provinces) -> Installed:
    """Install a plugin if nothing is wrong with it; otherwise nothing is changed.

    Raises ``PluginError`` naming what is wrong.
    """
    with tempfile.TemporaryDirectory() as folder:
        candidate, hooks, mistakes = examine(what, Path(folder))
    if mistakes:
        raise PluginError(
            _("{name} {version} was not installed: {reasons}").format(
                name=candidate.name,
                version=candidate.version,
                reasons="; ".join(f"{one.message} [{one.code}]" for one in mistakes),
            ),
            code="CLB-PLUGIN-REFUSED",
            help=_("Send these lines to the author of the plugin. Nothing was changed."),
        )
    others = [
        plugin
        for plugin in provinces.found().get(candidate.province, [])
        if _same(plugin.name) != _same(candidate.name)
    ]
    if others:
        raise PluginError(
            _("The province {province} already has a plugin: {plugin}.").format(
                province=candidate.province, plugin=others[0]
            ),
            code="CLB-PLUGIN-TWICE",
            help=_("Uninstall it first: pip uninstall {name}.").format(name=others[0].name),
        )
    _pip("install", "--quiet", "--upgrade", what)
    return Installed(candidate, hooks)


def _same(name: str) -> str:
    return name.replace("_", "-").casefold()


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter's pip, arguments as a list)
            command, capture_output=True, text=True, timeout=PIP_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PluginError(
            _("pip did not finish within {seconds} seconds.").format(seconds=PIP_SECONDS),
            code="CLB-PLUGIN-PIP",
            help=_("Check the network connection and try again."),
        ) from error
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.startswith("ERROR")][-1:]
        reason = last[0].removeprefix("ERROR: ") if last else done.stderr.strip()[-300:]
        raise PluginError(
            _("pip could not get the plugin: {reason}").format(reason=reason),
            code="CLB-PLUGIN-PIP",
            help=_("Check the name or the file, and the network connection."),
        )
