"""``clb province``: the installed province plugins; check, install and write one."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import NAME_OR_PATH, PATH
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
    from engine.plugin_checks import Candidate, Mistake, Tried
    from engine.plugin_checks.scaffold.naming import Naming
    from engine.plugin_checks.scaffold.trial import Tests


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
    context.answer(rows, lambda: _list_text(rows))


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


RUN = _("Run its code too, with your rights")


@province.command(
    help=_("Inspect a plugin, installed or in a folder or wheel, and list every mistake.")
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
            _announce_run(context)
        done = _checked(
            candidate,
            context.provinces,
            Path(folder),
            trying=run or not (static or there),
            building=run and there,
        )
    return _check_answer(context, done)


def _announce_run(context: Context) -> None:
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
    if not trying:
        return _Checked(named, None, mistakes, _not_looked_at(built=not source))
    if building and source and not any(one.level == "block" for one in mistakes):
        from engine.plugin_checks.install import built

        mistakes += built(candidate, folder)
    if any(one.level == "block" for one in mistakes):
        left_out = (_("Its code was not run: mend these first."),)
        return _Checked(named, None, mistakes, left_out)
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


def _no_such_place(what: str) -> InputError:
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
        raise _no_such_place(what)
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
        "findings": [_mistake_row(one) for one in done.mistakes],
    }
    context.answer(data, lambda: _check_text(done))
    return 1 if blocked else 0


def _mistake_row(one: "Mistake") -> dict[str, Any]:
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
        _announce_run(context)
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
        raise _no_such_place(what)

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
            "remarks": [_mistake_row(one) for one in done.remarks],
        },
        lambda: _("Installed: {plugin} for {province}.").format(
            plugin=f"{candidate.name} {candidate.version}", province=candidate.province
        ),
    )


@province.command(
    "new",
    help=_(
        "Write a plugin for a new province, check it and run its tests. PROVINCE is the id, "
        "for example ten_tinh."
    ),
)
@click.argument("province_id", metavar="PROVINCE")
@click.option(
    "--out", "out", required=True, metavar="FOLDER", type=PATH, help=_("A folder not there yet")
)
@click.option("--name", "name", default=None, help=_("The province's name, with its marks"))
@click.option(
    "--prefix", "prefix", default=None, help=_("Two letters that begin the ids of its clubs")
)
@click.option("--data-only", "data_only", is_flag=True, help=_("Without example code"))
@click.option("--skip-tests", "skip_tests", is_flag=True, help=_("Do not run its tests now"))
@pass_context
def new(
    context: Context,
    province_id: str,
    out: Path,
    name: str | None,
    prefix: str | None,
    data_only: bool,
    skip_tests: bool,
) -> int:
    """Write a new province's plugin; exit 1 when what was written does not pass."""
    from engine.plugin_checks.scaffold import naming, trial, writing

    _not_installed(context.provinces, province_id)
    named = naming.name_it(province_id, name, prefix, _prefixes(context.provinces))
    folder = out.absolute()
    files = writing.write(named, folder, code=not data_only)
    candidate, mistakes = trial.check(folder)
    if skip_tests or mistakes:
        tests = trial.Tests("not_run", _("the tests were left out"))
    else:
        context.message(_("Running its tests ..."))
        tests = trial.run_tests(candidate)
        if tests.output:
            context.message(tests.output)
    command = f"cd {_quoted(folder)} && python -m pytest"
    data = {
        "province": named.province,
        "name": named.name,
        "prefix": named.prefix,
        "plugin": named.plugin,
        "folder": str(folder),
        "files": files,
        "findings": [_mistake_row(one) for one in mistakes],
        "tests": {"status": tests.status, "summary": tests.summary, "command": command},
        "next": _next(named, folder, data_only),
    }
    context.answer(data, lambda: _new_text(data, mistakes, tests))
    return 1 if mistakes or tests.status == "failed" else 0


def _not_installed(provinces: Provinces, province: str) -> None:
    there = provinces.found().get(province, [])
    if there:
        raise InputError(
            _("The province {province} already has a plugin: {plugin}.").format(
                province=province, plugin=there[0]
            ),
            code=codes.SCAFFOLD_THERE,
            help=_("Choose another id, or uninstall it first: pip uninstall {name}.").format(
                name=there[0].name
            ),
        )


def _prefixes(provinces: Provinces) -> dict[str, str]:
    """Return the province of every prefix in use or kept; a broken plugin has none."""
    from engine.plugin_checks.manifest import reserved_prefixes

    taken = {**reserved_prefixes()}
    for province in provinces.found():
        try:
            taken[provinces.policy(province).prefix] = province
        except ClbError:
            continue
    return taken


def _quoted(folder: Path) -> str:
    """Return a folder as every shell takes it, Windows's too."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


def _next(named: "Naming", folder: Path, data_only: bool) -> list[str]:
    """Return what is to be filled in, in the order of the work."""
    policy = f"{named.package}/policy.toml"
    steps = []
    if not named.named:
        steps.append(_("Write the province's name with its marks in {file}.").format(file=policy))
    if not named.prefixed:
        steps.append(
            _(
                "Clubs' ids begin with {prefix}. Choose other letters now if you like: "
                "they never change once a club was opened."
            ).format(prefix=named.prefix)
        )
    steps += [
        _(
            "In {file}, put the province's documents in the place of VB1: number, title, issuer, "
            "dates."
        ).format(file=policy),
        _(
            "Read the document from its beginning. For each thing it stipulates, take the # off "
            "the example, write the value and its article. Delete the examples it says nothing of."
        ),
        _("Delete the value note.template when the first real value stands there."),
        _("Write what must be answered as cases in tests/cases; mend the first one."),
    ]
    if not data_only:
        steps.append(
            _("Keep or delete the two example functions in {file}.").format(
                file=f"{named.package}/__init__.py"
            )
        )
    place = _quoted(folder)
    return [
        *steps,
        _("After each change: clb province check {folder}").format(folder=place),
        _("Install it: pip install {folder}; then run its tests.").format(folder=place),
    ]


def _new_text(data: dict[str, Any], mistakes: Sequence["Mistake"], tests: "Tests") -> Iterator[str]:
    yield _("Written: {plugin} for {province} ({name}, {prefix}) in {folder}").format(**data)
    for file in data["files"]:
        yield f"  {file}"
    if mistakes:
        yield _("✗ Check: mistakes: {count}").format(count=len(mistakes))
        for one in mistakes:
            yield f"  {one.file}:{one.line or 1} {one.key} {one.message} [{one.code}]"
    else:
        yield _("✓ Check: no mistake found")
    if tests.status == "passed":
        yield _("✓ Tests: {summary}").format(summary=tests.summary)
    elif tests.status == "failed":
        yield _("✗ Tests: {summary}").format(summary=tests.summary)
    else:
        yield _("- Tests: {summary}. Run them: {command}").format(
            summary=tests.summary, command=data["tests"]["command"]
        )
    yield ""
    yield _("What to fill in next:")
    for number, step in enumerate(data["next"], start=1):
        yield f"  {number}. {step}"
