"""What is wrong with a plugin's policy file: its form, its province, its values day by day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine import codes
from engine.errors import ClbError, PluginError, PolicyError
from engine.files import TEXT_BYTES, failure, file_bytes
from engine.i18n import _
from engine.plugin_checks.model import WARN, Candidate, Mistake
from engine.policy import vocabulary
from engine.policy.check import check_policy
from engine.policy.coverage import Row, Stretch, coverage
from engine.policy.files import parse_policy
from engine.policy.lines import Lines
from engine.policy.model import Policy
from engine.provinces.discover import Plugin
from engine.provinces.load import POLICY_FILE, fitting_api
from engine.states import step as find_step
from engine.targets.measures import MEASURES
from engine.targets.progress import SHARED
from engine.vietnamese.text import dmy

DAY = timedelta(days=1)


UNIT_OF_ITS_OWN = frozenset({"outside"})
"""Measures that the records do not have: their unit is the document's."""


def policy_mistakes(path: Path, candidate: Candidate | None = None) -> Iterator[Mistake]:
    """Yield what is wrong with a policy file, and how it fits its plugin."""
    try:
        data = file_bytes(path, TEXT_BYTES)
    except FileNotFoundError:
        message = _("There is no policy file.")
        yield Mistake(codes.PLUGIN_POLICY, path.name, "", message, POLICY_FILE)
        return
    except OSError as error:
        message = failure(path.name, error).message
        yield Mistake(codes.PLUGIN_POLICY, path.name, "", message, POLICY_FILE)
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
    yield from _units(policy, path.name, lines)


def _units(policy: Policy, file: str, lines: Lines) -> Iterator[Mistake]:
    """Yield targets in another unit than their measure counts: 60 people in place of clubs."""
    for name, entries in policy.group("target"):
        for place, one in enumerate(entries):
            counted, value = MEASURES.get(one.value["measure"]), one.value
            if counted is None or counted.name in UNIT_OF_ITS_OWN or value["kind"] in SHARED:
                continue
            if value["unit"] != counted.unit:
                key = f"target.{name}"
                yield Mistake(
                    codes.POLICY_MEASURE,
                    file,
                    f"{key}[{place + 1}].value.unit",
                    _("{key} counts {unit}, not {other}.").format(
                        key=key, unit=counted.unit, other=value["unit"]
                    ),
                    counted.unit,
                    lines.of(("target", name, place)),
                )


def readable(path: Path) -> Policy | None:
    """Return a policy as long as it can be understood, mistakes in it or not; else ``None``."""
    try:
        return parse_policy(file_bytes(path, TEXT_BYTES), origin=path.name)
    except (OSError, ClbError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _signed(policy: Policy, file: str, lines: Lines) -> Iterator[Mistake]:
    """Yield programmes in force before they were signed: one of the days may be mistyped."""
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


def _forgotten(policy: Policy, row: Row) -> list[Stretch]:
    """Return a key's gaps; between two plans, where no programme holds, nothing was forgotten."""
    gaps = (cell.stretch for cell in row.cells if cell.gap)
    return [one for one in gaps if policy.period(one.start) is not None]


def _gaps(policy: Policy, file: str, lines: Lines) -> Iterator[Mistake]:
    """Yield keys without a value between two days that have one: a document may be missing."""
    for row in coverage(policy, tuple(policy.entries)):
        group, _dot, name = row.key.partition(".")
        days = _forgotten(policy, row)
        if group == "routing" and days and _ended(policy, row.key, days[0].start):
            continue  # who has taken an agency's place may be stated years after its document
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


def _ended(policy: Policy, key: str, day: date) -> bool:
    """Return whether a key has no value from ``day`` because its document ended the day before."""
    return any(
        entry.end is not None
        and entry.end + DAY == day
        and entry.end == policy.document(entry.document).end
        for entry in policy.entries_of(key)
    )


def boundaries(policy: Policy) -> list[date]:
    """Return every day on which a value or a document begins or ends, with its two neighbours."""
    days: set[date] = set()
    spans = [(one.start, one.end) for one in policy.documents]
    spans += [(one.start, one.end) for key in policy.entries for one in policy.entries_of(key)]
    for start, end in spans:
        for day in (start, end):
            if day is not None:
                days.update((day - DAY, day, day + DAY))
    return sorted(days)


def unresolved_keys(policy: Policy) -> Iterator[Mistake]:
    """Yield keys that answer two values on a day, or another than the one in force."""
    for key in policy.entries:
        entries = policy.entries_of(key)
        for day in boundaries(policy):
            holding = [one for one in entries if one.holds(day)]
            answer = policy.on(key, day)
            if holding:
                right = (answer.status, answer.value) == ("value", holding[0].value)
                right = right and bool(answer.source) and answer.source == holding[0].source
            else:
                # Between two phases of a document in force, the document is silent.
                silent = "not_stipulated" if any(one.phase for one in entries) else "not_in_force"
                right = answer.status in ("not_in_force", silent)
                right = right and answer.value is None and answer.source is None
            if len(holding) > 1 or not right:
                yield _bare(
                    key,
                    f"on {day} {len(holding)} values are in force; the answer is {answer.status}.",
                    "Give the value a first and a last day that touch no other's.",
                )
                break


def empty_values(policy: Policy) -> Iterator[Mistake]:
    """Yield values that hold nothing, and absent keys that answer something."""
    for key in policy.entries:
        for one in policy.entries_of(key):
            if _is_empty(one.value):
                yield _bare(
                    key,
                    f"the value is {one.value!r}.",
                    "If the document says nothing of it, take the entry out.",
                )
    for key in sorted(vocabulary.keys() - set(policy.entries)):
        answer = policy.on(key, date(2022, 1, 1))
        if (answer.status, answer.value) != ("not_stipulated", None):
            yield _bare(key, f"the answer is {answer.status}.", "Report this fault of the engine.")


def unexplained_gaps(policy: Policy) -> Iterator[Mistake]:
    """Yield keys without a value between two days that have one, and without a note."""
    for row in coverage(policy):
        days = [one.start for one in _forgotten(policy, row)]
        if days and not any(one.note for one in policy.entries_of(row.key)):
            yield _bare(
                row.key,
                f"it has no value from {days[0]}, though it has one before and after.",
                "Add the value that was forgotten, or a note that says why there is none.",
            )


def no_programme(policy: Policy) -> Iterator[Mistake]:
    """Yield a mistake when no document is the province's own programme."""
    if not any(one.programme for one in policy.documents):
        yield _bare(
            "document",
            "every document has programme = false.",
            "Leave programme out of the province's own document.",
        )


def signed_years_later(policy: Policy) -> Iterator[Mistake]:
    """Yield programmes that begin in a year before the one they were signed in."""
    for one in policy.documents:
        if one.programme and one.issued is not None and one.issued.year > one.start.year:
            yield _bare(
                "document",
                f"{one.id} is in force from {one.start}, but was issued on {one.issued}.",
                "Check both days against the paper.",
            )


def roles_not_eligible(policy: Policy) -> Iterator[Mistake]:
    """Yield steps that are given to a role that may not take them."""
    for name, entries in policy.group("roles"):
        eligible = find_step(name).eligible
        for one in entries:
            wrong = [str(role) for role in one.value if role not in eligible]
            if wrong:
                yield _bare(
                    f"roles.{name}",
                    f"{', '.join(wrong)} may not take this step.",
                    f"Choose among: {', '.join(eligible)}.",
                )


def _bare(key: str, message: str, expected: str) -> Mistake:
    """Return a mistake that only the conformance kit reports: it has no code."""
    return Mistake("", POLICY_FILE, key, message, expected)


def _is_empty(value: Any) -> bool:
    """Return whether a value holds nothing: 0, an empty text, or only such."""
    if isinstance(value, bool):
        return False
    if isinstance(value, Mapping):
        return all(_is_empty(one) for one in value.values())
    if isinstance(value, tuple):
        return all(_is_empty(one) for one in value)
    return value in (0, "", None)
