"""What a plugin's new version would change, computed before it is installed.

The new version is checked and loaded in a child process, which reads the same database; the
installed one answers here. Nothing is written and nothing is installed.
"""

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine import codes, i18n, plugin_checks
from engine.errors import ClbError, PluginError
from engine.files import TEXT_BYTES, read_file
from engine.i18n import _
from engine.lifecycle.registry import Registry, open_registry
from engine.plugin_checks import Candidate
from engine.plugin_checks.code import hook_lines
from engine.plugin_checks.trial import run_with_plugin
from engine.policy import differences
from engine.policy.files import read_policy
from engine.policy.model import Policy
from engine.policy.read import load
from engine.provinces.code_digest import code_digest
from engine.provinces.data_only import DataOnly
from engine.provinces.discover import Plugin
from engine.provinces.load import POLICY_FILE, Provinces, package_folder
from engine.reports.impact import Impact, compare, snapshot

SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The installed version, the new one, and what differs between them on a day."""

    province: str
    on: date
    old: Plugin
    new: Candidate
    old_policy: Policy
    new_policy: Policy
    old_hooks: tuple[str, ...]
    new_hooks: tuple[str, ...]
    documents: tuple[differences.DocumentDifference, ...]
    keys: tuple[differences.KeyDifference, ...]
    impact: Impact
    ran: bool


def upgrade(what: Path, registry: Registry, on: date, *, run: bool = False) -> Upgrade:
    """Return what the plugin in a wheel, a source folder or a policy file would change.

    Code other than the installed one is not run unless ``run`` asks for it: then both versions are
    compared by their policies alone. Raise ``PluginError`` when the new version is not sound,
    ``UnknownError`` when its province is not installed.
    """
    provinces = registry.provinces
    with tempfile.TemporaryDirectory() as folder:
        new = _candidate(what, Path(folder), provinces)
        _refuse(new)
        province = new.province
        old = provinces.plugin(province)
        path = new.folder / new.package / POLICY_FILE
        new_policy = read_policy(read_file(path, most=TEXT_BYTES), origin=path.name)
        old_policy = provinces.policy(province)
        installed = code_digest(str(package_folder(old)))
        same = installed is not None and code_digest(str(path.parent)) == installed
        if run or same:
            before = _snapshot(provinces, province, registry, on)
            answer = _answer_under(new, Path(folder), registry, on)
            after, new_hooks = answer["snapshot"], tuple(answer["hooks"])
        else:
            before = _snapshot(DataOnly(old, old_policy), province, registry, on)
            plugin = Plugin(province, new.package, new.name, new.version)
            after = _snapshot(DataOnly(plugin, new_policy), province, registry, on)
            new_hooks = tuple(hook_lines(path.with_name("__init__.py")))
    # The same way round for both, so that only the rules can make a difference.
    impact = compare(*(json.loads(json.dumps(one)) for one in (before, after)))
    return Upgrade(
        province,
        on,
        old,
        new,
        old_policy,
        new_policy,
        provinces.hooks(province),
        new_hooks,
        differences.documents(old_policy, new_policy),
        differences.keys(old_policy, new_policy),
        impact,
        run or same,
    )


def _snapshot(provinces: Provinces, province: str, registry: Registry, on: date) -> dict[str, Any]:
    return snapshot(registry.store, provinces, province, on, registry.lifecycle.clock)


def _candidate(what: Path, folder: Path, provinces: Provinces) -> Candidate:
    """Return the new version; a policy file alone goes with the installed plugin's code."""
    if what.suffix != ".toml" or what.is_dir():
        place = folder / "new"
        place.mkdir()
        return plugin_checks.located(what, place)
    data = read_file(what, most=TEXT_BYTES)
    head = load(data, origin=what.name).get("province")
    province = str(head.get("id", "")) if isinstance(head, dict) else ""
    if not province:
        province = read_policy(data, origin=what.name).province_id
    plugin = provinces.plugin(province)
    shutil.copytree(package_folder(plugin), folder / "new" / plugin.package)
    shutil.copyfile(what, folder / "new" / plugin.package / POLICY_FILE)
    return Candidate(plugin.name, plugin.version, province, plugin.package, folder / "new")


def _refuse(new: Candidate) -> None:
    mistakes = [one for one in plugin_checks.inspect(new) if one.level == "block"]
    if mistakes:
        raise PluginError(
            _("{plugin} is not sound: {reasons}").format(
                plugin=new,
                reasons="; ".join(f"{one.message} [{one.code}]" for one in mistakes),
            ),
            code=codes.PLUGIN_REFUSED,
            help=_("See every mistake: clb province check FILE."),
        )


def _answer_under(new: Candidate, folder: Path, registry: Registry, on: date) -> dict[str, Any]:
    """Return the snapshot under the new version. Raise ``PluginError``."""
    orders, out = folder / "orders.json", folder / "snapshot.json"
    target = registry.store.target
    content = {
        "plugin": [new.province, new.package, new.name, new.version],
        "database": str(target.path.resolve()) if target.path else target.dsn,
        "on": on.isoformat(),
        "language": i18n.language(),
        "out": str(out),
    }
    orders.write_text(json.dumps(content), encoding="utf-8")
    ended = run_with_plugin(
        "engine.plugin_checks.upgrade",
        [str(orders)],
        new.folder,
        folder,
        package=new.package,
        seconds=SECONDS,
    )
    if not out.exists():
        reason = (
            _("it did not answer within {seconds} seconds").format(seconds=round(SECONDS))
            if ended.stopped
            else " ".join(ended.err.split())[-300:]
        )
        raise PluginError(
            _("{plugin} could not be asked: {reason}.").format(plugin=new, reason=reason),
            code=codes.PLUGIN_FAILED,
            help=_("See every mistake: clb province check FILE."),
        )
    answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "error" in answer:
        raise PluginError(
            answer["error"]["message"],
            code=answer["error"]["code"],
            help=_("See every mistake: clb province check FILE."),
        )
    return answer


class _Alone(Provinces):
    """The new version as if it were installed, and no other province."""

    def __init__(self, new: Plugin) -> None:
        super().__init__(())
        self.new = new

    def found(self) -> dict[str, list[Plugin]]:
        """Return the one plugin."""
        return {self.new.province: [self.new]}


def main(orders_file: str) -> None:
    """Carry out the orders of the process that asks: write the snapshot, or why there is none."""
    orders = json.loads(Path(orders_file).read_text(encoding="utf-8"))
    i18n.use(orders["language"])
    provinces = _Alone(Plugin(*orders["plugin"]))
    province = provinces.new.province
    answer: dict[str, Any]
    try:
        registry = open_registry(orders["database"], provinces=provinces)
        try:
            found = snapshot(
                registry.store,
                provinces,
                province,
                date.fromisoformat(orders["on"]),
                registry.lifecycle.clock,
            )
            answer = {"snapshot": found, "hooks": list(provinces.hooks(province))}
        finally:
            registry.store.close()
    except ClbError as error:
        answer = {"error": {"message": error.message, "code": error.code}}
    part = Path(f"{orders['out']}.part")
    part.write_text(json.dumps(answer), encoding="utf-8")
    part.rename(orders["out"])


if __name__ == "__main__":
    main(sys.argv[1])
