"""``clb province check``: what is wrong with a plugin, installed or by where it lies."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import command
from engine.cli.context import Context, pass_context
from engine.cli.files import NAME_OR_PATH
from engine.errors import InputError
from engine.i18n import _
from engine.provinces.load import Provinces

if TYPE_CHECKING:
    from engine.plugin_checks import Candidate, Mistake, Tried

RUN = _("Run its code too, with your rights")


@command(
    name="check",
    help=_("Inspect a plugin, installed or in a folder or wheel, and list every mistake."),
)
@click.argument("what", metavar="PROVINCE|PATH", type=NAME_OR_PATH)
@click.option(
    "--static", is_flag=True, help=_("Only read it; none of its code is run: so for a PATH anyway")
)
@click.option("--run", "run", is_flag=True, help=RUN)
@pass_context
def check(context: Context, what: str, static: bool, run: bool) -> int:
    """Check a plugin; exit 1 when something keeps it from being installed."""
    from engine.plugin_checks.policy_file import policy_mistakes

    if static and run:
        raise InputError(
            _("--static and --run contradict each other."),
            code=codes.USAGE,
            help=_("Leave one of them out."),
        )
    path = Path(what)
    if os.path.isfile(path) and path.suffix == ".toml":
        alone = {"plugin": path.name}
        return _check_answer(context, _Checked(alone, None, list(policy_mistakes(path))))
    there = os.path.exists(what)
    with tempfile.TemporaryDirectory() as folder:
        candidate = _candidate(context, what, Path(folder))
        if run and there:
            announce_run(context)
        done = _checked(
            candidate,
            context.provinces,
            Path(folder),
            trying=run or not (static or there),
            building=run and there,
        )
    return _check_answer(context, done)


def announce_run(context: Context) -> None:
    from engine.plugin_checks.trial import MEMORY

    context.message(
        _(
            "This runs the plugin's code with your rights, in a process of its own with at most "
            "{gigabytes} GB of memory and a limit of time for each call."
        ).format(gigabytes=MEMORY >> 30)
    )


@dataclass(frozen=True, slots=True)
class _Checked:
    """A plugin by its names, what came of trying it, what is wrong, what was not looked at."""

    named: dict[str, str]
    tried: "Tried | None"
    mistakes: "Sequence[Mistake]"
    left_out: tuple[str, ...] = ()


def _checked(
    candidate: "Candidate",
    provinces: "Provinces",
    folder: Path,
    *,
    trying: bool,
    building: bool,
) -> _Checked:
    """Return what is wrong with a plugin, read as text and, if so asked, built and tried.

    Nothing of it is built or tried where reading it finds what keeps it from being installed.
    """
    from engine import plugin_checks

    named = {
        "plugin": candidate.name,
        "version": candidate.version,
        "province": candidate.province,
    }
    mistakes = plugin_checks.inspect(candidate)
    mistakes += plugin_checks.fitting_mistakes(candidate, provinces)
    mistakes += plugin_checks.taken_mistakes(candidate, provinces)
    mistakes += plugin_checks.neighbour_mistakes(candidate, provinces)
    source = candidate.project is not None
    if not trying and not candidate.is_national:
        return _Checked(named, None, mistakes, _not_looked_at(built=not source))
    if building and source and not any(one.level == "block" for one in mistakes):
        from engine.plugin_checks.install import built

        mistakes += built(candidate, folder)
    if any(one.level == "block" for one in mistakes):
        left_out = (_("Its code was not run: fix these first."),)
        return _Checked(named, None, mistakes, left_out)
    if candidate.is_national:
        return _Checked(named, None, mistakes)
    tried = plugin_checks.try_hooks(candidate)
    return _Checked(named, tried, [*mistakes, *tried.mistakes])


def _not_looked_at(*, built: bool) -> tuple[str, ...]:
    """Return in sentences what reading a plugin as text leaves out."""
    ran = _(
        "Its code was read, not run: whether its functions load, answer and come back is not "
        "known. To run it with your rights: add --run."
    )
    if built:
        return (ran,)
    return (ran, _("Its wheel was not built: what building would put into it is not known."))


def _names_a_place(what: str) -> bool:
    """Return whether a text can only be meant as a file or a folder."""
    return what.lower().endswith((".whl", ".toml")) or bool({"/", "\\"} & set(what))


def no_such_place(what: str) -> InputError:
    """Return the error of a file or a folder that is not there."""
    return InputError(
        _("There is no file {path}.").format(path=what),
        code=codes.FILE,
        help=_("Check the name and the folder."),
    )


def _candidate(context: Context, what: str, folder: Path) -> "Candidate":
    from engine import plugin_checks
    from engine.provinces.load import package_folder

    if os.path.exists(what):
        return plugin_checks.located(Path(what), folder)
    if _names_a_place(what):
        raise no_such_place(what)
    plugin = context.provinces.plugin(what)
    home = package_folder(plugin)
    return plugin_checks.Candidate(plugin.name, plugin.version, what, plugin.package, home.parent)


def _check_answer(context: Context, done: _Checked) -> int:
    tried, named = done.tried, done.named
    blocked = any(one.level == "block" for one in done.mistakes)
    data = {
        "plugin": named["plugin"],
        "version": named.get("version"),
        "province": named.get("province"),
        "hooks": list(tried.hooks) if tried else [],
        "tried": tried is not None,
        "not_looked_at": list(done.left_out),
        "timings": [
            {"hook": one.hook, "calls": one.calls, "slowest_ms": one.slowest_ms}
            for one in (tried.timings if tried else ())
        ],
        "ok": not blocked,
        "findings": [mistake_row(one) for one in done.mistakes],
    }
    context.answer(data, lambda: _check_text(done))
    return 1 if blocked else 0


def mistake_row(one: "Mistake") -> dict[str, Any]:
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


def _check_text(done: _Checked) -> Iterator[str]:
    tried, mistakes, named = done.tried, done.mistakes, done.named
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
    for sentence in done.left_out:
        yield from tables.wrapped(sentence, "  ")
    if mistakes:
        yield "  " + _("What a code means: clb explain CODE")


def _tried_text(tried: "Tried") -> Iterator[str]:
    if not tried.hooks:
        yield "  " + _("Hooks: none; the province is data alone.")
    for one in tried.timings:
        yield "  " + _("{hook}: called {calls} times, slowest {ms} ms").format(
            hook=one.hook, calls=one.calls, ms=one.slowest_ms
        )
