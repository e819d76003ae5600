"""``clb province``: the installed province plugins; check, install and write one."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import NAME_OR_PATH, PATH
from engine.cli.province_check import RUN, announce_run, check, mistake_row, no_such_place
from engine.cli.province_merge import merge
from engine.cli.province_new import add, new
from engine.cli.typed import PROVINCE
from engine.clock import today
from engine.errors import ClbError, InputError, PluginError
from engine.files import reading, require_file
from engine.i18n import _
from engine.policy.model import Document, Policy, first_day
from engine.provinces.discover import Plugin
from engine.provinces.load import Provinces
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.plugin_checks import Candidate


@group(help=_("Installed province plugins."))
def province() -> None:
    """Hold the commands about provinces."""


@province.command("list", help=_("What is installed, with what is wrong with it."))
@pass_context
def list_(context: Context) -> None:
    """List the installed plugins; one that is broken is listed with its error."""
    rows = lines(context.provinces)
    if not rows:
        context.message(nothing_installed())
    context.answer(rows, lambda: (*_list_text(rows), *_nations(context.provinces)))


def _nations(provinces: Provinces) -> Iterator[str]:
    """Yield the plugins that hold for every province, a line each."""
    for one in provinces.nations():
        yield _("For the whole nation: {name} ({plugin})").format(
            name=one.policy.name, plugin=one.plugin
        )


def lines(provinces: Provinces) -> list[dict[str, Any]]:
    """Return one row a plugin, in the order of province ids. Imports the plugins."""
    found = sorted(provinces.found().items())
    return [_line(provinces, plugin) for _province, plugins in found for plugin in plugins]


def nothing_installed() -> str:
    """Return the message that there is no province, and how to get one."""
    if os.environ.get("CLB_NO_PLUGINS"):
        return _("No province is in use: CLB_NO_PLUGINS leaves them out.")
    return _(
        "No province is installed. Install the plugin of yours, "
        "for example: pip install ./plugins/PROVINCE"
    )


def _line(provinces: Provinces, plugin: Plugin) -> dict[str, Any]:
    row: dict[str, Any] = {
        "province": plugin.province,
        "plugin": plugin.name,
        "version": plugin.version,
        "api_version": None,
        "status": "ok",
        "error": None,
        "hooks": [],
        "valid_from": None,
        "valid_from_inferred": False,
        "valid_to": None,
    }
    try:
        provinces.plugin(plugin.province)
        policy = provinces.policy(plugin.province)
        row["valid_from"], row["valid_to"] = validity(policy)
        row["valid_from_inferred"] = any(
            one.inferred and one.start == row["valid_from"]
            for one in policy.documents
            if one.programme
        )
        row["hooks"] = list(provinces.hooks(plugin.province))
        row["api_version"] = policy.api_version
    except ClbError as error:
        row["status"] = "error"
        row["error"] = f"{error.message} {error.help}".strip()
    return row


def validity(policy: Policy) -> tuple[date | None, date | None]:
    """Return the first and last day of the province's programme; no last day where one is open."""
    programmes = [one for one in policy.documents if one.programme]
    if not programmes:
        return None, None
    ends = [one.end for one in programmes]
    last = None if None in ends else max(end for end in ends if end is not None)
    return min(one.start for one in programmes), last


def _list_text(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield from tables.table(
        [_("Province"), _("Plugin"), _("Version"), _("State"), _("In force")],
        (
            (
                row["province"],
                row["plugin"],
                row["version"],
                _("works") if row["status"] == "ok" else _("broken"),
                _span(row["valid_from"], row["valid_to"], row["valid_from_inferred"]),
            )
            for row in rows
        ),
    )
    for row in rows:
        if row["error"]:
            yield f"✗ {row['province']}: {row['error']}"


@province.command(help=_("One province: its documents and what its plugin does."))
@click.argument("province_id", metavar="PROVINCE", type=PROVINCE)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, province_id: str, on: str | None) -> None:
    """Show a province."""
    loaded = context.provinces.load(province_id)
    policy, plugin = loaded.policy, loaded.plugin
    when = day(on) or today()
    period, hooks = policy.period(when), list(context.provinces.hooks(province_id))
    data = {
        "province": policy.province_id,
        "name": policy.name,
        "kind": policy.kind,
        "prefix": policy.prefix,
        "plugin": plugin.name,
        "version": plugin.version,
        "api_version": policy.api_version,
        "digest": policy.digest,
        "on": when,
        "period": _document(period) if period else None,
        "documents": [_document(one) for one in policy.documents],
        "keys": len(policy.entries),
        "hooks": hooks,
        "left_out": [{"check": one.check, "reason": one.reason} for one in policy.left_out],
    }
    context.answer(data, lambda: _show_text(policy, plugin, when, hooks))


def _show_text(policy: Policy, plugin: Plugin, when: date, hooks: list[str]) -> Iterator[str]:
    yield f"{policy.name} ({policy.province_id}, {policy.prefix})"
    yield _("  Plugin: {plugin}").format(plugin=plugin)
    period = policy.period(when)
    yield (
        _("  On {day}: {document} is in force.").format(day=dmy(when), document=period.short)
        if period
        else _("  On {day} no document of its programme is in force.").format(day=dmy(when))
    )
    yield _("  Documents:")
    for one in policy.documents:
        yield f"    {one.short}: {one.title}"
        yield f"      {one.issuer}; {_span(one.start, one.end, one.inferred)}"
        if one.note:
            yield f"      {one.note}"
    yield _("  Stipulated values: {count} (clb policy keys {province})").format(
        count=len(policy.entries), province=policy.province_id
    )
    yield _("  Functions of its own: {hooks}").format(
        hooks=", ".join(f"[{one}]" for one in hooks) or _("none")
    )
    if policy.left_out:
        yield _("  Checks that its author left out:")
    for left in policy.left_out:
        yield f"    {left.check}: {left.reason}"


def _document(one: Document) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "short": one.short,
        "title": one.title,
        "issuer": one.issuer,
        "issued": one.issued,
        "from": one.start,
        "from_inferred": one.inferred,
        "to": one.end,
        "programme": one.programme,
        "note": one.note,
    }


def _span(start: date | None, end: date | None, inferred: bool = False) -> str:
    if start is None:
        return "-"
    first = first_day(start, inferred)
    return f"{first} - {dmy(end)}" if end else _("from {day}").format(day=first)


@province.command(
    help=_("What a plugin's new version would change for which clubs; nothing is installed.")
)
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--on", "on", default=None, help=ON)
@click.option("--run", "run", is_flag=True, help=RUN)
@pass_context
def impact(context: Context, file: Path, on: str | None, run: bool) -> None:
    """Show what a wheel, a source folder or a policy file would change."""
    from engine.cli import province_impact
    from engine.plugin_checks.upgrade import upgrade

    if not os.path.exists(file):
        raise InputError(
            _("There is no file {path}.").format(path=file),
            code=codes.FILE,
            help=_("Name the new version's wheel, its source folder or its policy.toml."),
        )
    when = day(on) or context.registry.lifecycle.today()
    if run:
        announce_run(context)
    found = upgrade(file, context.registry, when, run=run)
    context.answer(
        province_impact.data(found), lambda: province_impact.text(found, file.resolve().name)
    )


@province.command(
    help=_("Install a province's plugin: looked at first, installed whole or not at all.")
)
@click.argument("what", metavar="NAME|FILE", type=NAME_OR_PATH)
@pass_context
def install(context: Context, what: str) -> None:
    """Install a plugin."""
    from engine.plugin_checks import install as installing

    source = str(Path(what).resolve()) if os.path.exists(what) else what
    if source.startswith("-"):
        raise PluginError(_("“{name}” is not a plugin.").format(name=what), code=codes.PLUGIN_NONE)

    if os.path.exists(source) and not os.path.isdir(source):
        with reading(source):
            require_file(source)
    if source == what and what.lower().endswith(".whl") and not os.path.exists(what):
        raise no_such_place(what)

    def replacing(old: "Plugin", new: "Candidate") -> None:
        context.message(
            _("{new} replaces {old}. To see beforehand what changes for which clubs: {how}").format(
                new=new, old=old, how=" ".join(("clb province impact", _("FILE")))
            )
        )

    done = installing.install(source, context.provinces, replacing)
    candidate, old = done.candidate, done.replaced
    for one in done.remarks:
        context.message(f"! {one.file} {one.key} {one.message} [{one.code}]".replace("  ", " "))
    context.answer(
        {
            "plugin": candidate.name,
            "version": candidate.version,
            "province": candidate.province,
            "hooks": list(done.hooks),
            "replaced": old.version if old else None,
            "remarks": [mistake_row(one) for one in done.remarks],
        },
        lambda: _("Installed: {plugin} for {province}.").format(
            plugin=f"{candidate.name} {candidate.version}",
            province=_("the whole nation") if candidate.is_national else candidate.province,
        ),
    )


for one in (check, new, add, merge):
    province.add_command(one)
