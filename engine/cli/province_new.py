"""``clb province new`` and ``clb province add``: a plugin's source, and examples for one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli.command import command
from engine.cli.context import Context, pass_context
from engine.cli.files import PATH
from engine.cli.province_check import mistake_row
from engine.cli.typed import Choice
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.provinces.load import Provinces

if TYPE_CHECKING:
    from engine.plugin_checks import Mistake
    from engine.plugin_checks.scaffold.naming import Naming
    from engine.plugin_checks.scaffold.trial import Tests

ADDED = ("hook", "report", "paper", "case", "check")


@command(
    name="new",
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
        "findings": [mistake_row(one) for one in mistakes],
        "tests": {"status": tests.status, "summary": tests.summary, "command": command},
        "next": _next(named, folder, data_only),
    }
    context.answer(data, lambda: _new_text(data, mistakes, tests))
    return 1 if mistakes or tests.status == "failed" else 0


@command(name="add", help=_("Add an example that works to a plugin: a hook, a report, a paper ..."))
@click.argument("kind", metavar="hook|report|paper|case|check", type=Choice(ADDED))
@click.argument("name", metavar="NAME")
@click.option("--to", "to", default=".", metavar="FOLDER", type=PATH, help=_("The plugin's folder"))
@pass_context
def add(context: Context, kind: str, name: str, to: Path) -> int:
    """Add to a plugin's source; exit 1 when its check finds what keeps it from being installed."""
    from engine.plugin_checks.scaffold import adding, trial

    added = adding.add(kind, name, to.absolute())
    _candidate, mistakes = trial.check(to.absolute())
    data = {
        "plugin": added.candidate.name,
        "kind": kind,
        "name": name,
        "files": list(added.files),
        "findings": [mistake_row(one) for one in mistakes],
    }
    context.answer(data, lambda: _add_text(added.files, mistakes))
    return 1 if any(one.level == "block" for one in mistakes) else 0


def _add_text(files: Sequence[str], mistakes: Sequence["Mistake"]) -> Iterator[str]:
    yield _("Written; correct what it states by your document:")
    for file in files:
        yield f"  {file}"
    yield from _found_text(mistakes)


def _found_text(mistakes: Sequence["Mistake"]) -> Iterator[str]:
    if not mistakes:
        yield _("✓ Check: no mistake found")
        return
    blocks = sum(one.level == "block" for one in mistakes)
    if blocks:
        yield _("✗ Check: mistakes: {count}").format(count=blocks)
    else:
        yield _("✓ Check: no mistake found; remarks: {count}").format(count=len(mistakes))
    for one in mistakes:
        yield f"  {one.file}:{one.line or 1} {one.key} {one.message} [{one.code}]"


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
        _("Delete the value note.template when the first real value is in the file."),
        _("Write what must be answered as cases in tests/cases; correct the first one."),
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
    yield from _found_text(mistakes)
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
