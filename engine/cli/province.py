"""``clb province``: the installed province plugins, working or not."""

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from engine.cli import tables
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.province_check import check
from engine.cli.province_impact import impact
from engine.cli.province_install import install
from engine.cli.province_new import new
from engine.errors import ClbError
from engine.i18n import _
from engine.policy.model import Document, Policy
from engine.provinces.discover import Plugin
from engine.provinces.load import Provinces
from engine.vietnamese.text import dmy


@click.group(help=_("Installed province plugins."))
def province() -> None:
    """Hold the commands about provinces."""


province.add_command(check)
province.add_command(impact)
province.add_command(install)
province.add_command(new)


@province.command("list", help=_("What is installed, with what is wrong with it."))
@pass_context
def list_(context: Context) -> None:
    """List the installed plugins; one that is broken is told and costs only itself."""
    rows = lines(context.provinces)
    if not rows:
        context.message(nothing_installed())
    context.answer(rows, lambda: _list_text(rows))


def lines(provinces: Provinces) -> list[dict[str, Any]]:
    """Return one row a plugin, in the order of province ids. Imports the plugins."""
    found = sorted(provinces.found().items())
    return [_line(provinces, plugin) for _province, plugins in found for plugin in plugins]


def nothing_installed() -> str:
    """Say that there is no province, and how to get one."""
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
        "valid_to": None,
    }
    try:
        provinces.plugin(plugin.province)
        policy = provinces.policy(plugin.province)
        row["valid_from"], row["valid_to"] = validity(policy)
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
                _span(row["valid_from"], row["valid_to"]),
            )
            for row in rows
        ),
    )
    for row in rows:
        if row["error"]:
            yield f"✗ {row['province']}: {row['error']}"


@province.command(help=_("One province: its documents and what its plugin does."))
@click.argument("province_id", metavar="PROVINCE")
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, province_id: str, on: str | None) -> None:
    """Show a province."""
    loaded = context.provinces.load(province_id)
    policy, plugin = loaded.policy, loaded.plugin
    when = day(on) or _today()
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
        yield f"      {one.issuer}; {_span(one.start, one.end)}"
        if one.note:
            yield f"      {one.note}"
    yield _("  Stipulated values: {count} (clb policy keys {province})").format(
        count=len(policy.entries), province=policy.province_id
    )
    yield _("  Functions of its own: {hooks}").format(hooks=", ".join(hooks) or _("none"))
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
        "to": one.end,
        "programme": one.programme,
        "note": one.note,
    }


def _span(start: date | None, end: date | None) -> str:
    if start is None:
        return "-"
    return f"{dmy(start)} - {dmy(end)}" if end else _("from {day}").format(day=dmy(start))


def _today() -> date:
    from engine.lifecycle.lifecycle import now

    return now().astimezone().date()
