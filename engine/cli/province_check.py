"""``clb province check``: what is wrong with a plugin, installed, in a folder, in a wheel."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli.context import Context, pass_context
from engine.errors import InputError
from engine.i18n import _

if TYPE_CHECKING:
    from engine.plugin_checks import Candidate, Mistake, Tried
    from engine.provinces.load import Provinces

POLICY = "policy.toml"


@click.command(
    help=_("Look at a plugin, installed or in a folder or wheel, and tell every mistake.")
)
@click.argument("what", metavar="PROVINCE|PATH")
@click.option("--static", is_flag=True, help=_("Only read it; none of its code is run"))
@pass_context
def check(context: Context, what: str, static: bool) -> int:
    """Check a plugin; exit 1 when something keeps it from being installed."""
    from engine.plugin_checks.policy import policy_mistakes

    path = Path(what)
    if path.is_file() and path.suffix == ".toml":
        return _answer(context, {"plugin": path.name}, None, list(policy_mistakes(path)), static)
    with tempfile.TemporaryDirectory() as folder:
        candidate = _candidate(context, what, Path(folder))
        tried, mistakes = look(candidate, context.provinces, static=static)
    named = {
        "plugin": candidate.name,
        "version": candidate.version,
        "province": candidate.province,
    }
    return _answer(context, named, tried, mistakes, static)


def look(
    candidate: "Candidate", provinces: "Provinces", *, static: bool = False
) -> "tuple[Tried | None, list[Mistake]]":
    """Look at a plugin where it lies; its hooks are tried unless its text already forbids it."""
    from engine import plugin_checks

    mistakes = plugin_checks.inspect(candidate)
    mistakes += plugin_checks.neighbour_mistakes(candidate, provinces)
    if static or any(one.level == "block" for one in mistakes):
        return None, mistakes
    tried = plugin_checks.try_hooks(candidate)
    return tried, [*mistakes, *tried.mistakes]


def names_a_place(what: str) -> bool:
    """Return whether a text can only be meant as a file or a folder."""
    return what.lower().endswith((".whl", ".toml")) or bool({"/", "\\"} & set(what))


def no_such_place(what: str) -> InputError:
    """Return the complaint about a file or a folder that is not there."""
    return InputError(
        _("There is no file {path}.").format(path=what),
        code=codes.FILE,
        help=_("Check the name and the folder."),
    )


def _candidate(context: Context, what: str, folder: Path) -> "Candidate":
    from engine import plugin_checks
    from engine.provinces.load import package_folder

    if Path(what).exists():
        return plugin_checks.located(Path(what), folder)
    if names_a_place(what):
        raise no_such_place(what)
    plugin = context.provinces.plugin(what)
    home = package_folder(plugin)
    return plugin_checks.Candidate(plugin.name, plugin.version, what, plugin.package, home.parent)


def _answer(
    context: Context,
    named: dict[str, str],
    tried: "Tried | None",
    mistakes: "Sequence[Mistake]",
    static: bool,
) -> int:
    blocked = any(one.level == "block" for one in mistakes)
    data = {
        "plugin": named["plugin"],
        "version": named.get("version"),
        "province": named.get("province"),
        "hooks": list(tried.hooks) if tried else [],
        "tried": tried is not None,
        "timings": [
            {"hook": one.hook, "calls": one.calls, "slowest_ms": one.slowest_ms}
            for one in (tried.timings if tried else ())
        ],
        "ok": not blocked,
        "findings": [row(one) for one in mistakes],
    }
    context.answer(data, lambda: _text(named, tried, mistakes, static))
    return 1 if blocked else 0


def row(one: "Mistake") -> dict[str, Any]:
    """Return a mistake as the command's JSON has it."""
    return {
        "code": one.code,
        "level": one.level,
        "file": one.file,
        "line": one.line,
        "key": one.key,
        "message": one.message,
        "expected": one.expected or None,
    }


def _text(
    named: dict[str, str], tried: "Tried | None", mistakes: "Sequence[Mistake]", static: bool
) -> Iterator[str]:
    head = " ".join(filter(None, (named["plugin"], named.get("version"))))
    if province := named.get("province"):
        head += f" ({province})"
    blocks = sum(one.level == "block" for one in mistakes)
    if not mistakes:
        yield _("✓ {plugin}: no mistake found").format(plugin=head)
    elif not blocks:
        yield _("✓ {plugin}: no mistake found; remarks: {count}").format(
            plugin=head, count=len(mistakes)
        )
    else:
        yield _("✗ {plugin}: mistakes: {count}").format(plugin=head, count=blocks)
    for one in mistakes:
        place = f"{one.file}:{one.line}" if one.line else one.file
        yield f"  {'✗' if one.level == 'block' else '!'} {place} {one.key}".rstrip()
        yield f"    {one.message} [{one.code}]"
        if one.expected:
            yield "    " + _("expected: {expected}").format(expected=one.expected)
    if tried is not None:
        yield from _tried_text(tried)
    elif blocks and not static:
        yield "  " + _("Its code was not run: mend these first.")
    if mistakes:
        yield "  " + _("What a code means: clb explain CODE")


def _tried_text(tried: "Tried") -> Iterator[str]:
    if not tried.hooks:
        yield "  " + _("Hooks: none; the province is data alone.")
    for one in tried.timings:
        yield "  " + _("{hook}: called {calls} times, slowest {ms} ms").format(
            hook=one.hook, calls=one.calls, ms=one.slowest_ms
        )
