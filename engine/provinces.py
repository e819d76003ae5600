"""Province plugins: found without importing them, loaded when touched, called one at a time.

A plugin is an installed distribution with an entry point in the group ``clb.provinces`` whose name
is the province's id and whose value is one top-level package; ``policy.toml`` lies in that package.
A plugin that fails costs its own province only, and says so.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import API_VERSION, __version__, hookcalls
from engine.beside import path_beside, read_beside
from engine.errors import ClbError, PluginError, UnknownError
from engine.home import home
from engine.i18n import _
from engine.model import Finding, Receipt
from engine.policy.effective import Rules
from engine.policy.model import Policy

if TYPE_CHECKING:
    from engine.hookspecs import ReportRequest, ReportSection, ReportSpec, ReportsRequest, StepDone
    from engine.request import StepRequest

GROUP = "clb.provinces"
POLICY_FILE = "policy.toml"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A province plugin as its distribution describes it; nothing of it is imported yet."""

    province: str
    package: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(slots=True)
class Loaded:
    """A plugin's policy, and its hooks once they are needed."""

    plugin: Plugin
    policy: Policy
    hooks: Any = None
    functions: tuple[str, ...] = field(default=())


class Provinces:
    """The installed provinces. One object a process; what was read stays read."""

    def __init__(self, points: Iterable[EntryPoint] | None = None) -> None:
        self._points = points
        self._found: dict[str, list[Plugin]] | None = None
        self._loaded: dict[str, Loaded] = {}

    def found(self) -> dict[str, list[Plugin]]:
        """Return what is installed, by province; two for one province are told when it is asked."""
        if self._found is None:
            self._found = {}
            points = entry_points(group=GROUP) if self._points is None else self._points
            for point in points:
                if switched_off(point.name):
                    continue
                dist = point.dist
                plugin = Plugin(
                    point.name,
                    point.value,
                    dist.name if dist else point.value,
                    dist.version if dist else "0",
                )
                self._found.setdefault(point.name, []).append(plugin)
        return self._found

    def plugin(self, province: str) -> Plugin:
        """Return the one plugin of a province.

        Raises ``UnknownError`` when none is installed, ``PluginError`` when there are two.
        """
        plugins = self.found().get(province, [])
        if len(plugins) == 1:
            return plugins[0]
        if plugins:
            raise PluginError(
                _("Two plugins claim the province {province}: {plugins}.").format(
                    province=province, plugins=", ".join(map(str, plugins))
                ),
                code="CLB-PLUGIN-TWICE",
                help=_("Uninstall one of them: pip uninstall {name}.").format(
                    name=plugins[-1].name
                ),
            )
        installed = ", ".join(sorted(self.found())) or _("none")
        raise UnknownError(
            _("The province {province} is not installed.").format(province=province),
            code="CLB-PROVINCE-UNKNOWN",
            help=_("Installed: {names}. Install its plugin with pip.").format(names=installed),
        )

    def load(self, province: str) -> Loaded:
        """Return a province's policy, read once. Raises ``PluginError`` naming the plugin."""
        if province not in self._loaded:
            plugin = self.plugin(province)
            data, origin = read_policy_bytes(plugin)
            try:
                policy = checked_policy(data, origin)
            except ClbError as error:
                raise PluginError(
                    f"{plugin}: {error.message}", code=error.code, help=error.help
                ) from error
            fitting_api(plugin, policy)
            if policy.province_id != province:
                raise PluginError(
                    _("{plugin} is registered for {province}, but its policy is {other}.").format(
                        plugin=plugin, province=province, other=policy.province_id
                    ),
                    code="CLB-PLUGIN-PROVINCE",
                    help=_("Report this to the author of the plugin."),
                )
            self._loaded[province] = Loaded(plugin, policy)
        return self._loaded[province]

    def policy(self, province: str) -> Policy:
        """Return a province's policy."""
        return self.load(province).policy

    def rules(self, province: str) -> Rules:
        """Return a province's policy beside the general procedure."""
        from engine.policy.read import general

        return Rules(self.policy(province), general())

    def receipt(self, province: str) -> Receipt:
        """Return what an event keeps of the plugin that decided it."""
        loaded = self.load(province)
        return Receipt(loaded.plugin.name, loaded.plugin.version, loaded.policy.digest)

    def hooks(self, province: str) -> tuple[str, ...]:
        """Return the names of the hooks a province implements. Imports the plugin."""
        loaded = self.load(province)
        self._hook_caller(loaded)
        return loaded.functions

    def checks(self, province: str, request: "StepRequest") -> tuple[Finding, ...]:
        """Ask the province's own checks. Raises ``PluginError`` when its hook fails."""
        answer: list[Finding] = self._call(province, "clb_checks", request)
        plugin = self.load(province).plugin
        return tuple(replace(one, plugin=str(plugin), permission=False) for one in answer)

    def reports(self, province: str, request: "ReportsRequest") -> tuple["ReportSpec", ...]:
        """Ask for the province's own reports. Raises ``PluginError``."""
        return tuple(self._call(province, "clb_reports", request))

    def build_report(self, province: str, request: "ReportRequest") -> tuple["ReportSection", ...]:
        """Ask for the province's own sections of a report. Raises ``PluginError``."""
        return tuple(self._call(province, "clb_build_report", request))

    def after_step(self, province: str, request: "StepDone") -> None:
        """Tell the province of a committed step. Raises ``PluginError``; the step stands."""
        self._call(province, "clb_after_step", request)

    def _call(self, province: str, hook: str, request: object) -> list[Any]:
        from engine.hookspecs import ANSWERS

        loaded = self.load(province)
        caller = self._hook_caller(loaded)
        if hook not in loaded.functions:
            return []
        started = time.perf_counter()
        answers = hookcalls.isolated(
            loaded.plugin, hook, lambda: getattr(caller, hook)(request=request)
        )
        found = list(hookcalls.checked(loaded.plugin, hook, answers, ANSWERS[hook]))
        if os.environ.get("CLB_TRACE_HOOKS"):
            hookcalls.trace(loaded.plugin, hook, request, found, time.perf_counter() - started)
        return found

    def _hook_caller(self, loaded: Loaded) -> Any:
        if loaded.hooks is None:
            loaded.hooks, loaded.functions = hookcalls.register(loaded.plugin)
        return loaded.hooks


def fitting_api(plugin: Plugin, policy: Policy) -> None:
    """Refuse a plugin written against another major version of the engine's interface.

    A newer minor number is accepted: minor versions only add. Raises ``PluginError``.
    """
    wanted = int(policy.api_version.partition(".")[0])
    if wanted == API_VERSION[0]:
        return
    newer = wanted > API_VERSION[0]
    raise PluginError(
        _(
            "{plugin} is written for version {wanted} of the interface; this engine has {own}."
        ).format(
            plugin=plugin,
            wanted=policy.api_version,
            own=".".join(str(part) for part in API_VERSION),
        ),
        code="CLB-PLUGIN-API",
        help=_("Upgrade it: pip install --upgrade {name}.").format(
            name="clb-lien-the-he" if newer else plugin.name
        ),
    )


def switched_off(province: str) -> bool:
    """Tell whether ``CLB_NO_PLUGINS`` (``all``, or ids with commas) leaves this province out."""
    names = os.environ.get("CLB_NO_PLUGINS", "").split(",")
    return province in names or bool({"all", "1"} & set(names))


def package_folder(plugin: Plugin) -> Path:
    """Return the folder of a plugin's package, without importing it. Raises ``PluginError``."""
    return Path(read_policy_bytes(plugin)[1]).parent


def read_policy_bytes(plugin: Plugin) -> tuple[bytes, str]:
    """Read the policy beside the package, without importing it. Raises ``PluginError``."""
    if not plugin.package.isidentifier():
        raise PluginError(
            _("{plugin}: the entry point must name one package, not “{value}”.").format(
                plugin=plugin, value=plugin.package
            ),
            code="CLB-PLUGIN-ENTRY",
            help=_("Report this to the author of the plugin."),
        )
    missing = PluginError(
        _("{plugin}: its policy file cannot be found.").format(plugin=plugin),
        code="CLB-PLUGIN-POLICY",
        help=_("Install it again: pip install --force-reinstall {name}.").format(name=plugin.name),
    )
    try:
        data = read_beside(plugin.package, POLICY_FILE)
    except OSError as error:
        raise missing from error
    path = path_beside(plugin.package, POLICY_FILE)
    if data is None or path is None:
        raise missing
    return data, path


def checked_policy(data: bytes, origin: str) -> Policy:
    """Read a policy that has been held against the schema, now or in an earlier call.

    The full check takes longer than a command may; what passed it under this version is marked by
    its digest in the user's folder. Raises ``PolicyError`` listing every mistake.
    """
    from engine.policy.read import parse_policy, read_policy

    name = hashlib.sha256(__version__.encode() + data).hexdigest()
    mark = home() / "checked" / name
    if mark.exists():
        return parse_policy(data, origin=origin)
    policy = read_policy(data, origin=origin)
    with contextlib.suppress(OSError):  # a folder that cannot be written costs time, nothing else
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return policy
