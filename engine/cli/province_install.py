"""``clb province check`` and ``install``: a plugin is looked at apart before it is trusted."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from engine.cli.desk import Desk, pass_desk
from engine.errors import PluginError
from engine.i18n import _
from engine.inspection import Candidate, Mistake
from engine.provinces import package_folder


@click.command(
    help=_("Look at a plugin, installed or in a folder or wheel, and tell every mistake.")
)
@click.argument("what", metavar="PROVINCE|PATH")
@pass_desk
def check(desk: Desk, what: str) -> int:
    """Check a plugin; exit 1 when there is a mistake."""
    candidate, hooks, mistakes = _examine(desk, what)
    data = {
        "plugin": candidate.name,
        "version": candidate.version,
        "province": candidate.province,
        "hooks": list(hooks),
        "ok": not mistakes,
        "findings": [_row(one) for one in mistakes],
    }
    desk.answer(data, lambda: _text(candidate, hooks, mistakes))
    return 1 if mistakes else 0


def _examine(desk: Desk, what: str) -> tuple[Candidate, Sequence[str], list[Mistake]]:
    from engine import inspection, installing

    source = inspection.from_source(Path(what))
    if source is not None:
        return _look(source)
    if Path(what).exists():
        with tempfile.TemporaryDirectory() as folder:
            return installing.examine(str(Path(what).resolve()), Path(folder))
    plugin = desk.provinces.plugin(what)
    home = package_folder(plugin)
    return _look(Candidate(plugin.name, plugin.version, what, plugin.package, home.parent))


def _look(candidate: Candidate) -> tuple[Candidate, Sequence[str], list[Mistake]]:
    """Look at a plugin where it lies: statically, then by loading it in a process of its own."""
    from engine import inspection

    mistakes = inspection.inspect(candidate)
    if mistakes:
        return candidate, (), mistakes
    hooks, mistakes = inspection.try_out(candidate)
    return candidate, hooks, mistakes


def _row(one: Mistake) -> dict[str, Any]:
    return {
        "code": one.code,
        "level": "block",
        "file": one.file,
        "line": one.line,
        "key": one.key,
        "message": one.message,
        "expected": one.expected or None,
    }


def _text(candidate: Candidate, hooks: Sequence[str], mistakes: Sequence[Mistake]) -> Iterator[str]:
    head = f"{candidate.name} {candidate.version} ({candidate.province})"
    if not mistakes:
        yield _("✓ {plugin}: no mistake found; hooks: {hooks}").format(
            plugin=head, hooks=", ".join(hooks) or _("none")
        )
        return
    yield _("✗ {plugin}: {count} mistakes").format(plugin=head, count=len(mistakes))
    for one in mistakes:
        place = f"{one.file}:{one.line}" if one.line else one.file
        yield f"  {place} {one.key} {one.message} [{one.code}]".replace("  ", " ")
        if one.expected:
            yield "    " + _("expected: {expected}").format(expected=one.expected)


@click.command(
    help=_("Install a province's plugin: looked at first, installed whole or not at all.")
)
@click.argument("what", metavar="NAME|FILE")
@pass_desk
def install(desk: Desk, what: str) -> None:
    """Install a plugin."""
    from engine import installing

    source = str(Path(what).resolve()) if Path(what).exists() else what
    if source.startswith("-"):
        raise PluginError(_("“{name}” is not a plugin.").format(name=what), code="CLB-PLUGIN-NONE")
    done = installing.install(source, desk.provinces)
    candidate = done.candidate
    desk.answer(
        {
            "plugin": candidate.name,
            "version": candidate.version,
            "province": candidate.province,
            "hooks": list(done.hooks),
        },
        lambda: _("Installed: {plugin} for {province}.").format(
            plugin=f"{candidate.name} {candidate.version}", province=candidate.province
        ),
    )
