"""What is wrong with a plugin's policy file, and whether it is the policy of its province."""

from collections.abc import Iterator
from pathlib import Path

from engine import codes
from engine.errors import PluginError, PolicyError
from engine.i18n import _
from engine.plugin_checks.model import WARN, Candidate, Mistake
from engine.policy.check import check_policy
from engine.policy.coverage import coverage
from engine.policy.files import parse_policy
from engine.policy.lines import Lines
from engine.policy.model import Policy
from engine.provinces.discover import Plugin
from engine.provinces.load import POLICY_FILE, fitting_api
from engine.vietnamese.text import dmy


def policy_mistakes(path: Path, candidate: Candidate | None = None) -> Iterator[Mistake]:
    """Yield what is wrong with a policy file, and with what its plugin says beside it."""
    try:
        data = path.read_bytes()
    except OSError:
        yield Mistake(
            codes.PLUGIN_POLICY, path.name, "", _("There is no policy file."), POLICY_FILE
        )
        return
    problems = check_policy(data, origin=path.name)
    for problem in problems:
        yield Mistake(
            problem.code, path.name, problem.key, problem.message, problem.expected, problem.line
        )
    if problems:
        return
    try:
        policy = parse_policy(data, origin=path.name)
    except PolicyError as error:
        yield Mistake(error.code, path.name, "", error.message)
        return
    lines = Lines(data.decode("utf-8-sig"))
    if candidate is not None:
        yield from _of_the_plugin(policy, candidate, path.name, lines)
    yield from _signed(policy, path.name, lines)
    yield from _gaps(policy, path.name, lines)


def _signed(policy: Policy, file: str, lines: Lines) -> Iterator[Mistake]:
    """Tell of programmes in force before they were signed: one of the two days may be mistyped."""
    for place, document in enumerate(policy.documents):
        signed = document.issued
        if document.programme and signed is not None and document.start < signed:
            yield Mistake(
                codes.POLICY_SIGNED,
                file,
                f"document[{place + 1}]",
                _("{document} is in force from {start}, before it was signed on {signed}.").format(
                    document=document.short, start=dmy(document.start), signed=dmy(signed)
                ),
                _("the day it was signed, or a later one"),
                lines.of(("document", place)),
                WARN,
            )


def _of_the_plugin(
    policy: Policy, candidate: Candidate, file: str, lines: Lines
) -> Iterator[Mistake]:
    if policy.province_id != candidate.province:
        yield Mistake(
            codes.PLUGIN_PROVINCE,
            file,
            "province.id",
            _("The plugin is registered for {province}, but its policy is {other}.").format(
                province=candidate.province, other=policy.province_id
            ),
            candidate.province,
            lines.of(("province",)),
        )
    plugin = Plugin(candidate.province, candidate.package, candidate.name, candidate.version)
    try:
        fitting_api(plugin, policy)
    except PluginError as error:
        yield Mistake(
            error.code,
            file,
            "province.api_version",
            error.message,
            error.help,
            lines.of(("province",)),
        )


def _gaps(policy: Policy, file: str, lines: Lines) -> Iterator[Mistake]:
    """Tell of keys without a value between two days that have one: a document may be missing."""
    for row in coverage(policy, tuple(policy.entries)):
        group, _dot, name = row.key.partition(".")
        days = [cell.stretch for cell in row.cells if cell.gap]
        if not days or group in ("target", "phase", "budget"):
            continue
        last = days[-1].end
        yield Mistake(
            codes.POLICY_GAP,
            file,
            row.key,
            _("{key} has no value from {start} to {end}, but before and after.").format(
                key=row.key, start=dmy(days[0].start), end=dmy(last) if last else "…"
            ),
            _("a value for these days, or a document that lies between"),
            lines.of((group, name)),
            WARN,
        )
