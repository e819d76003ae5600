"""Province plugins: found without importing them, loaded when touched, called one at a time.

A plugin is an installed distribution with an entry point in the group ``clb.provinces`` whose name
is the province's id and whose value is one top-level package; ``policy.toml`` lies in that package.
A plugin that fails costs its own province only, with an error that names it.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from engine import API_VERSION, __version__, codes
from engine.disk_cache import read_cache, write_cache
from engine.errors import ClbError, PluginError, UnknownError
from engine.i18n import _
from engine.package_data import package_path, read_package_file
from engine.policy.effective import Rules
from engine.policy.model import Policy
from engine.provinces import discover
from engine.provinces.discover import Plugin

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from engine.model import Finding, Receipt
    from engine.policy.sentences import DocumentTable
    from engine.provinces.hookspecs import (
        ReportRequest,
        ReportSection,
        ReportSpec,
        ReportsRequest,
        StepDone,
    )
    from engine.rules.request import StepRequest

POLICY_FILE = "policy.toml"
CODE_FILE = "__init__.py"
UNREAD = ""
"""In the place of a digest of code that was not asked for yet."""


@dataclass(slots=True)
class Loaded:
    """A plugin's policy, and its hooks and the digest of its code once they are needed."""

    plugin: Plugin
    policy: Policy
    hooks: Any = None
    functions: tuple[str, ...] = field(default=())
    code: str | None = UNREAD


class Provinces:
    """The installed provinces. One object a process; what was read stays read."""

    def __init__(self, points: Iterable["EntryPoint"] | None = None) -> None:
        self._points = None if points is None else list(points)
        self._found: dict[str, list[Plugin]] | None = None
        self._loaded: dict[str, Loaded] = {}
        self._nations: tuple[Loaded, ...] | None = None

    def found(self) -> dict[str, list[Plugin]]:
        """Return what is installed, by province; two for one province fail when it is used."""
        if self._found is None:
            self._found = {}
            for plugin in self._plugins(discover.GROUP):
                self._found.setdefault(plugin.province, []).append(plugin)
        return self._found

    def _plugins(self, group: str) -> list[Plugin]:
        points = self._points
        if points is None:
            found = discover.plugins(group)
        else:
            found = discover.described(one for one in points if one.group == group)
        return [one for one in found if not switched_off(one.province)]

    def nation_plugins(self) -> list[Plugin]:
        """Return the installed plugins that hold for every province; nothing of them is read."""
        return self._plugins(discover.NATIONS)

    def nations(self) -> tuple[Loaded, ...]:
        """Return the installed plugins that hold for every province, read once.

        Raise ``PluginError`` naming the plugin for one that cannot be read.
        """
        if self._nations is None:
            self._nations = tuple(map(_read, self.nation_plugins()))
        return self._nations

    def plugin(self, province: str) -> Plugin:
        """Return the one plugin of a province.

        Raise ``UnknownError`` when none is installed, ``PluginError`` when there are two.
        """
        plugins = self.found().get(province, [])
        if len(plugins) == 1:
            return plugins[0]
        if plugins:
            raise PluginError(
                _("Two plugins claim the province {province}: {plugins}.").format(
                    province=province, plugins=", ".join(map(str, plugins))
                ),
                code=codes.PLUGIN_TWICE,
                help=_("Uninstall one of them: pip uninstall {name}.").format(
                    name=plugins[-1].name
                ),
            )
        installed = ", ".join(sorted(self.found())) or _("none")
        raise UnknownError(
            _("The province {province} is not installed.").format(province=province),
            code=codes.PROVINCE_UNKNOWN,
            help=_("Installed: {names}. Install its plugin with pip.").format(names=installed),
        )

    def load(self, province: str) -> Loaded:
        """Return a province's policy, read once. Raise ``PluginError`` naming the plugin."""
        if province not in self._loaded:
            self._loaded[province] = _read(self.plugin(province))
        return self._loaded[province]

    def policy(self, province: str) -> Policy:
        """Return a province's policy."""
        return self.load(province).policy

    def name(self, province: str) -> str:
        """Return what people call a province; its id where no sound plugin has it."""
        try:
            return self.policy(province).name
        except ClbError:
            return province

    def is_city(self, province: str) -> bool:
        """Return whether a province is a city; one that is not installed counts as none."""
        try:
            return self.policy(province).kind == "city"
        except ClbError:
            return False

    def rules(self, province: str) -> Rules:
        """Return a province's policy with what holds for the nation and the general procedure."""
        return Rules(self.policy(province), nation=tuple(one.policy for one in self.nations()))

    def sentences(self, province: str) -> "tuple[DocumentTable, ...]":
        """Return what the policy makes of each sentence of its documents, document by document.

        Empty where the plugin has no such table. Raises ``PolicyFileError`` for a table that does
        not agree with the policy.
        """
        from engine.policy.sentences import COVERAGE_FILE, read_tables

        plugin, policy = self.load(province).plugin, self.policy(province)
        data = read_package_file(plugin.package, COVERAGE_FILE)
        if data is None:
            return ()
        return read_tables(data, policy, origin=f"{plugin}: {COVERAGE_FILE}")

    def receipt(self, province: str) -> "Receipt":
        """Return what an event keeps of the plugin that decided it."""
        from engine.model import Receipt
        from engine.provinces.code_digest import code_digest

        loaded = self.load(province)
        if loaded.code is UNREAD:
            loaded.code = code_digest(package_path(loaded.plugin.package) or "")
        digest = loaded.policy.digest
        if nations := self.nations():
            both = (digest, *(one.policy.digest for one in nations))
            digest = hashlib.sha256("".join(both).encode()).hexdigest()
        return Receipt(loaded.plugin.name, loaded.plugin.version, digest, loaded.code or None)

    def hooks(self, province: str) -> tuple[str, ...]:
        """Return the names of the hooks a province implements. Imports the plugin."""
        loaded = self.load(province)
        self._hook_caller(loaded)
        return loaded.functions

    def may_have(self, province: str, hook: str) -> bool:
        """Return whether a plugin may implement a hook: whether its file has the hook's name.

        Nothing is imported, which would cost time where most provinces have no such hook.
        """
        loaded = self.load(province)
        if loaded.hooks is not None:
            return hook in loaded.functions
        text = read_package_file(loaded.plugin.package, CODE_FILE)
        return text is None or hook.encode() in text or b"import *" in text

    def checks(self, province: str, request: "StepRequest") -> tuple["Finding", ...]:
        """Ask the province's own checks. Raise ``PluginError`` when its hook fails."""
        answer: list[Finding] = self._call(province, "clb_checks", request)
        plugin = self.load(province).plugin
        return tuple(replace(one, plugin=str(plugin), permission=False) for one in answer)

    def reports(self, province: str, request: "ReportsRequest") -> tuple["ReportSpec", ...]:
        """Ask for the province's own reports. Raise ``PluginError``."""
        return tuple(self._call(province, "clb_reports", request))

    def build_report(self, province: str, request: "ReportRequest") -> tuple["ReportSection", ...]:
        """Ask for the province's own sections of a report. Raise ``PluginError``."""
        return tuple(self._call(province, "clb_build_report", request))

    def after_step(self, province: str, request: "StepDone") -> None:
        """Call the province's listener after a committed step. Raise ``PluginError``."""
        self._call(province, "clb_after_step", request)

    def _call(self, province: str, hook: str, request: object) -> list[Any]:
        from engine.provinces import hookcalls

        loaded = self.load(province)
        caller = self._hook_caller(loaded)
        if hook not in loaded.functions:
            return []
        found, _call = hookcalls.answers(loaded.plugin, hook, getattr(caller, hook), request)
        return found

    def _hook_caller(self, loaded: Loaded) -> Any:
        if loaded.hooks is None:
            from engine.provinces import hookcalls

            loaded.hooks, loaded.functions = hookcalls.register(loaded.plugin)
        return loaded.hooks


def _read(plugin: Plugin) -> Loaded:
    """Return a plugin with its policy. Raise ``PluginError`` naming the plugin."""
    data, origin = read_policy_bytes(plugin)
    try:
        policy = checked_policy(data, origin)
    except ClbError as error:
        raise PluginError(f"{plugin}: {error.message}", code=error.code, help=error.help) from error
    fitting_api(plugin, policy)
    if policy.province_id != plugin.province:
        raise PluginError(
            _("{plugin} is registered for {province}, but its policy is {other}.").format(
                plugin=plugin, province=plugin.province, other=policy.province_id
            ),
            code=codes.PLUGIN_PROVINCE,
            help=_("Report this to the author of the plugin."),
        )
    return Loaded(plugin, policy)


def fitting_api(plugin: Plugin, policy: Policy) -> None:
    """Refuse a plugin written against another major version of the engine's interface.

    A newer minor number is accepted: minor versions only add. Raise ``PluginError``.
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
        code=codes.PLUGIN_API,
        help=_("Upgrade it: pip install --upgrade {name}.").format(
            name="clb-lien-the-he" if newer else plugin.name
        ),
    )


def switched_off(province: str) -> bool:
    """Return whether ``CLB_NO_PLUGINS`` (``all``, or ids with commas) leaves this province out."""
    names = os.environ.get("CLB_NO_PLUGINS", "").split(",")
    return province in names or bool({"all", "1"} & set(names))


def package_folder(plugin: Plugin) -> "Path":
    """Return the folder of a plugin's package, without importing it. Raise ``PluginError``."""
    from pathlib import Path

    return Path(read_policy_bytes(plugin)[1]).parent


def read_policy_bytes(plugin: Plugin) -> tuple[bytes, str]:
    """Read the policy in the package, without importing it. Raise ``PluginError``."""
    if not plugin.package.isidentifier():
        raise PluginError(
            _("{plugin}: the entry point must name one package, not “{value}”.").format(
                plugin=plugin, value=plugin.package
            ),
            code=codes.PLUGIN_ENTRY,
            help=_("Report this to the author of the plugin."),
        )
    missing = PluginError(
        _("{plugin}: its policy file cannot be found.").format(plugin=plugin),
        code=codes.PLUGIN_POLICY,
        help=_("Install it again: pip install --force-reinstall {name}.").format(name=plugin.name),
    )
    try:
        data = read_package_file(plugin.package, POLICY_FILE)
    except OSError as error:
        raise missing from error
    path = package_path(plugin.package, POLICY_FILE)
    if data is None or path is None:
        raise missing
    return data, path


def checked_policy(data: bytes, origin: str) -> Policy:
    """Read a policy that has been held against the schema, now or in an earlier call.

    Holding it against the schema takes longer than a command may; that its bytes passed under this
    version is noted in the user's folder. What it states, and the digest of that, always come from
    ``data`` itself: whoever changes the note changes no rule. Raise ``PolicyError`` listing every
    mistake.
    """
    from engine.policy import read
    from engine.policy.make import policy_of

    mark = hashlib.sha256(__version__.encode() + data).hexdigest()
    name = f"policy-{mark}.json"
    if read_cache(name) == mark.encode():
        with contextlib.suppress(ClbError, KeyError, TypeError, ValueError, AttributeError):
            raw = read.load(data, origin=origin)
            return policy_of(raw, digest=read.digest(raw), origin=origin)
    from engine.policy.files import read_policy

    policy = read_policy(data, origin=origin)
    write_cache(name, mark.encode())
    return policy
