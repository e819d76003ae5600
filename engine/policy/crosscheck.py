"""Whether the values of a policy agree with one another and with their documents' dates."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from engine import codes
from engine.i18n import _
from engine.policy import make, own_forms, own_measures, own_money
from engine.policy.model import Document, Entry
from engine.policy.problem import Problem


@dataclass(frozen=True, slots=True)
class Placed:
    """A dated value with its path and line in the file, and the first day it gives itself."""

    entry: Entry
    path: str
    line: int | None
    own_start: date | None = None

    def problem(self, code: str, found: object, expected: object, message: str) -> Problem:
        """Return a problem at this value."""
        return Problem(code, self.path, str(found), str(expected), message, self.line)


def continued(placed: Iterable[Placed]) -> list[Placed]:
    """Return the values with each amendment tied to what it continues, in the file's order."""
    found = list(placed)
    places: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        places.setdefault(one.entry.key, []).append(place)
    for own in places.values():
        own.sort(key=lambda place: found[place].entry.start)
        for place, entry in zip(own, make.continued(found[one].entry for one in own), strict=True):
            found[place] = replace(found[place], entry=entry)
    return found


def problems(
    documents: Sequence[Document], placed: Sequence[Placed], lines: Sequence[int | None]
) -> Iterator[Problem]:
    """Find every disagreement among values that are each well-formed.

    ``lines`` are the documents' lines. The dates of values whose document ends before it starts
    are left out: one mistyped day is reported once.
    """
    by_key: dict[str, list[Placed]] = {}
    for one in placed:
        by_key.setdefault(one.entry.key, []).append(one)
    yield from _documents(documents, lines)
    by_id = {document.id: document for document in documents}
    for one in placed:
        document = by_id[one.entry.document]
        if document.end is None or document.end >= document.start:
            yield from _dates(one)
            yield from _before(one, document)
            yield from _after(one, document)
            yield from _kind(one, document)
        yield from _range(one)
        yield from _repeated_ids(one)
        yield from _read_parts(one)
        yield from _agencies(one, by_key)
        yield from _due(one)
    for several in by_key.values():
        yield from _overlaps(several)
        yield from _amends(several, documents)
    yield from _phases(by_key)
    yield from own_measures.problems(by_key)
    yield from own_forms.problems(by_key)
    yield from own_money.problems(by_key)
    yield from _sums(by_key)
    yield from _needs(by_key)


def _documents(documents: Sequence[Document], lines: Sequence[int | None]) -> Iterator[Problem]:
    for document_id, times in Counter(document.id for document in documents).items():
        if times > 1:
            message = _("The document {document} is declared {times} times.")
            yield Problem(
                codes.POLICY_DUPLICATE,
                "document",
                document_id,
                "1",
                message.format(document=document_id, times=times),
            )
    for document, line in zip(documents, lines, strict=True):
        if document.end is not None and document.end < document.start:
            yield Problem(
                codes.POLICY_PERIOD,
                "document",
                f"{document.start} - {document.end}",
                _("an end that is not before the start"),
                _("The document {document} ends on {end}, before it starts on {start}.").format(
                    document=document.id, end=document.end, start=document.start
                ),
                line,
            )


def _dates(one: Placed) -> Iterator[Problem]:
    entry = one.entry
    yield from _order(one, one.path, entry.start, entry.end)
    value = entry.value
    if isinstance(value, Mapping) and isinstance(value.get("from"), date):
        yield from _order(one, f"{one.path}.value", value["from"], value.get("to"))


def _before(one: Placed, document: Document) -> Iterator[Problem]:
    """Find a value whose own first day is before the document's."""
    if one.own_start is not None and one.own_start < document.start:
        yield one.problem(
            codes.POLICY_PERIOD,
            one.own_start,
            document.start,
            _("{key} starts on {start}, before {document}, which states it, on {day}.").format(
                key=one.path, start=one.own_start, document=document.short, day=document.start
            ),
        )


def _after(one: Placed, document: Document) -> Iterator[Problem]:
    """Find a value that would be in force when its document is not any more."""
    end = one.entry.end
    if document.end is not None and end is not None and end > document.end:
        yield one.problem(
            codes.POLICY_PERIOD,
            end,
            document.end,
            _("{key} ends on {end}, after {document}, which states it, on {day}.").format(
                key=one.path, end=end, document=document.short, day=document.end
            ),
        )


def _order(one: Placed, path: str, start: date, end: date | None) -> Iterator[Problem]:
    if end is not None and end < start:
        yield Problem(
            codes.POLICY_PERIOD,
            path,
            f"{start} - {end}",
            _("an end that is not before the start"),
            _("{key} ends on {end}, before it starts on {start}.").format(
                key=path, end=end, start=start
            ),
            one.line,
        )


def _range(one: Placed) -> Iterator[Problem]:
    value = one.entry.value
    if not isinstance(value, Mapping):
        return
    inside = (value.get("target"), value.get("per_commune"), value.get("each"))
    for bounds in (value, *inside, *value.get("where", ())):
        if isinstance(bounds, Mapping) and {"min", "max"} <= set(bounds):
            low, high = bounds["min"], bounds["max"]
            if low > high:
                yield one.problem(
                    codes.POLICY_RANGE,
                    f"{low} - {high}",
                    _("a smallest that is not above the largest"),
                    _("{key}: the smallest, {low}, is above the largest, {high}.").format(
                        key=one.path, low=low, high=high
                    ),
                )


def _kind(one: Placed, document: Document) -> Iterator[Problem]:
    if not one.entry.key.startswith("target."):
        return
    target = one.entry.value
    start, end = target["from"], target["to"]
    last = document.end
    if end is None:
        yield one.problem(
            codes.POLICY_TARGET_PERIOD,
            "",
            "value.to",
            _("{key} does not say until when it counts.").format(key=one.path),
        )
    elif (start.year < document.start.year and not one.entry.amends) or (
        last is not None and end > last
    ):
        yield one.problem(
            codes.POLICY_TARGET_PERIOD,
            f"{start} - {end}",
            f"{document.start} - {last}",
            _("{key} counts from {start} to {end}, outside the years of {document}.").format(
                key=one.path, start=start, end=end, document=document.short
            ),
        )
    communes = target.get("communes")
    if communes is not None and target["target"] != len(communes):
        yield one.problem(
            codes.POLICY_SUM,
            len(communes),
            target["target"],
            _("{key} asks for {target} clubs but names {count} communes.").format(
                key=one.path, target=target["target"], count=len(communes)
            ),
        )


def _repeated_ids(one: Placed) -> Iterator[Problem]:
    if not one.entry.key.startswith("activities.") or not isinstance(one.entry.value, tuple):
        return
    for activity, times in Counter(item["id"] for item in one.entry.value).items():
        if times > 1:
            yield one.problem(
                codes.POLICY_DUPLICATE,
                activity,
                "1",
                _("{key} has {id} {times} times.").format(key=one.path, id=activity, times=times),
            )


def _read_parts(one: Placed) -> Iterator[Problem]:
    """Find parts marked as read that the value does not have."""
    entry = one.entry
    value = entry.value if isinstance(entry.value, Mapping) else {}
    for part in entry.read_parts:
        if part not in value and part not in entry.extra:
            yield one.problem(
                codes.POLICY_NEEDS,
                part,
                ", ".join((*value, *entry.extra)),
                _("{key} marks {part} as read, but has no such part.").format(
                    key=one.path, part=part
                ),
            )


def _agencies(one: Placed, by_key: Mapping[str, Sequence[Placed]]) -> Iterator[Problem]:
    if one.entry.key == "lead.province":
        agency = one.entry.value
        if f"routing.{agency}" not in by_key:
            yield one.problem(
                codes.POLICY_AGENCY,
                agency,
                f"routing.{agency}",
                _("{key} names {agency}, but routing.{agency} does not say who that is.").format(
                    key=one.path, agency=agency
                ),
            )
        return
    if not one.entry.key.startswith("report."):
        return
    report = one.entry.value
    for agency in (*report.get("to", ()), *filter(None, [report.get("via")])):
        if f"routing.{agency}" not in by_key:
            yield one.problem(
                codes.POLICY_AGENCY,
                agency,
                f"routing.{agency}",
                _("{key} goes to {agency}, but routing.{agency} does not say who that is.").format(
                    key=one.path, agency=agency
                ),
            )


def _due(one: Placed) -> Iterator[Problem]:
    """Find a last day of a report that does not fit how often there is one."""
    if not one.entry.key.startswith("report."):
        return
    due = one.entry.value.get("due", {})
    if len(due) == 2 or (one.entry.value["cycle"] == "quarter" and "before" in due):
        yield one.problem(
            codes.POLICY_NEEDS,
            ", ".join(due),
            "due.days_after",
            _("{key} wants one rule for its last day: of a quarter it is due.days_after.").format(
                key=one.path
            ),
        )


def _overlaps(several: Sequence[Placed]) -> Iterator[Problem]:
    ordered = sorted(several, key=lambda one: one.entry.start)
    for earlier, later in pairwise(ordered):
        end = earlier.entry.end
        if end is None or end >= later.entry.start:
            before = later.entry.start - timedelta(days=1)
            message = _("{key} starts on {start} while {other} is still in force.").format(
                key=later.path, start=later.entry.start, other=earlier.path
            )
            if earlier.entry.start <= before:
                message += " " + _("End {other} before: to = {day}.").format(
                    other=earlier.path, day=before
                )
            yield later.problem(
                codes.POLICY_OVERLAP,
                f"{later.entry.start} - {later.entry.end or ''}",
                f"{earlier.entry.start} - {end or ''}",
                message,
            )


def _amends(several: Sequence[Placed], documents: Sequence[Document]) -> Iterator[Problem]:
    """Find an amendment with nothing before it, and one that does not follow on at once.

    A second plan is often signed days after the first has ended; no programme holds in between.
    """
    ordered = sorted(several, key=lambda one: one.entry.start)
    for place, one in enumerate(ordered):
        before = ordered[place - 1].entry if place else None
        if not one.entry.amends or (before and _follows(before, one.entry, documents)):
            continue
        yield one.problem(
            codes.POLICY_AMENDS,
            one.entry.start,
            _("a value of {key} until the day before, or until the plan before ended").format(
                key=one.entry.key
            ),
            _("{key} continues a value of its key, but none holds until then.").format(
                key=one.path
            ),
        )


def _follows(before: Entry, after: Entry, documents: Sequence[Document]) -> bool:
    """Return whether no day of a programme lies between two values of a key."""
    if before.end is None or before.end >= after.start:
        return False
    first, last = before.end + timedelta(days=1), after.start - timedelta(days=1)
    return not any(
        one.programme and one.start <= last and (one.end is None or one.end >= first)
        for one in documents
        if first <= last
    )


def _phases(by_key: Mapping[str, Sequence[Placed]]) -> Iterator[Problem]:
    for one in by_key.get("setting.shared_year_phase", ()):
        if f"phase.{one.entry.value}" not in by_key:
            yield one.problem(
                codes.POLICY_PHASE,
                one.entry.value,
                ", ".join(key for key in by_key if key.startswith("phase.")),
                _("{key} names the phase {phase}, which this file does not declare.").format(
                    key=one.path, phase=one.entry.value
                ),
            )


def _sums(by_key: Mapping[str, Sequence[Placed]]) -> Iterator[Problem]:
    for name in ("budget.yearly", "budget.total"):
        for budget in by_key.get(name, ()):
            clubs, amount = budget.entry.value.get("clubs"), budget.entry.value.get("amount")
            grant = _other("grant.establishment", budget, by_key)
            if clubs and amount and isinstance(grant, int) and clubs * grant != amount:
                yield _sum(budget, amount, clubs * grant)
    for name, budget_key, field in (
        ("target.yearly_grants", "budget.yearly", "clubs"),
        ("target.total_grants", "budget.total", "amount"),
    ):
        for target in by_key.get(name, ()):
            stated = _other(budget_key, target, by_key)
            if (
                stated is not None
                and stated.get(field, target.entry.value["target"])
                != (target.entry.value["target"])
            ):
                yield _sum(target, target.entry.value["target"], stated[field])


def _other(key: str, one: Placed, by_key: Mapping[str, Sequence[Placed]]) -> Any:
    """Return the value ``key`` has on the day ``one`` starts, or None."""
    for other in by_key.get(key, ()):
        if other.entry.holds(one.entry.start):
            return other.entry.value
    return None


def _sum(one: Placed, found: int, expected: int) -> Problem:
    return one.problem(
        codes.POLICY_SUM,
        found,
        expected,
        _("{key} says {found}, but the other values of this file make it {expected}.").format(
            key=one.path, found=found, expected=expected
        ),
    )


def _needs(by_key: Mapping[str, Sequence[Placed]]) -> Iterator[Problem]:
    """Find values that mean nothing without another."""
    for key, needed in (
        ("target.income_fund_minimum", "fund.income_minimum"),
        ("appraisal.favourable", "appraisal.aspects"),
        ("membership.young_age", "membership.young_share"),
    ):
        if key in by_key and needed not in by_key:
            one = by_key[key][0]
            yield one.problem(
                codes.POLICY_NEEDS,
                "",
                needed,
                _("{key} means nothing without {needed}.").format(key=one.path, needed=needed),
            )
