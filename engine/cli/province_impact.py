"""``clb province impact``: what a plugin's new version would change, before it is installed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli.context import ON, Context, day, pass_context
from engine.errors import InputError
from engine.i18n import _

if TYPE_CHECKING:
    from engine.plugin_checks.upgrade import Upgrade
    from engine.reports.impact import ClubImpact


@click.command(
    help=_("What a plugin's new version would change for which clubs; nothing is installed.")
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--on", "on", default=None, help=ON)
@pass_context
def impact(context: Context, file: Path, on: str | None) -> None:
    """Tell what a wheel, a source folder or a policy file would change."""
    from engine.cli.province_impact_text import text
    from engine.plugin_checks.upgrade import upgrade

    if not file.exists():
        raise InputError(
            _("There is no file {path}.").format(path=file),
            code=codes.FILE,
            help=_("Name the new version's wheel, its source folder or its policy.toml."),
        )
    when = day(on) or context.registry.lifecycle.today()
    found = upgrade(file, context.registry, when)
    context.answer(_data(found), lambda: text(found, file.resolve().name))


def _data(found: "Upgrade") -> dict[str, Any]:
    from engine.policy.differences import entry_data

    seen = found.impact
    return {
        "province": found.province,
        "on": found.on,
        "before": {
            "plugin": found.old.name,
            "version": found.old.version,
            "api_version": found.old_policy.api_version,
            "digest": found.old_policy.digest,
            "hooks": found.old_hooks,
        },
        "after": {
            "plugin": found.new.name,
            "version": found.new.version,
            "api_version": found.new_policy.api_version,
            "digest": found.new_policy.digest,
            "hooks": found.new_hooks,
        },
        "documents": [
            {
                "id": one.id,
                "before": {
                    "short": one.before.short,
                    "from": one.before.start,
                    "to": one.before.end,
                }
                if one.before
                else None,
                "after": {"short": one.after.short, "from": one.after.start, "to": one.after.end}
                if one.after
                else None,
            }
            for one in found.documents
        ],
        "keys": [
            {
                "key": one.key,
                "before": [entry_data(entry) for entry in one.before],
                "after": [entry_data(entry) for entry in one.after],
            }
            for one in found.keys
        ],
        "clubs_looked_at": seen.looked_at,
        "clubs": [_club_data(one) for one in seen.clubs],
        "tasks": [{"before": one.before, "after": one.after} for one in seen.tasks],
        "progress": [
            {"row": one.name, "before": one.before, "after": one.after} for one in seen.progress
        ],
    }


def _club_data(one: "ClubImpact") -> dict[str, Any]:
    return {
        "club": one.club,
        "name": one.name,
        "commune": one.commune,
        "state": one.state,
        "findings": [
            {"step": step, "before": change.before, "after": change.after}
            for step, change in one.findings
        ],
        "steps": [
            {"step": change.name, "before": change.before, "after": change.after}
            for change in one.steps
        ],
        "tasks": [{"before": change.before, "after": change.after} for change in one.tasks],
    }
