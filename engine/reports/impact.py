"""What a new version of a province's rules would change for its clubs, before it is installed.

``snapshot`` returns what holds on a day under one version: the findings of every step open to each
club, what is due, and the progress. The difference of two is the impact. Only reads: what was
decided stays decided under the version that decided it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from engine.clock import Clock
from engine.lifecycle.lifecycle import Lifecycle, StepAvailability
from engine.model import AT_WORK, ENDS, State
from engine.provinces.load import Provinces
from engine.provinces.time_limit import many_calls
from engine.reports.due import due
from engine.reports.own_reports import OwnReports
from engine.reports.progress import progress
from engine.rules.obligations import PERIODIC, next_time
from engine.store.database import Store
from engine.vietnamese.collation import in_order

CLUBS = "SELECT id, name, commune, state FROM club WHERE province = ?"
NEXT = "next"
"""As a period: not what is owed now, but what doing it on that day would lead to."""
COUNTED = (
    "force",
    "kind",
    "unit",
    "target",
    "actual",
    "denominator",
    "percent",
    "remaining",
    "needed_per_year",
    "status",
)
Plain = dict[str, Any]


def snapshot(
    store: Store, provinces: Provinces, province: str, on: date, clock: Clock
) -> dict[str, Any]:
    """Return what holds for a province's clubs on a day, as plain values. Raises ``PluginError``.

    Clubs whose life has ended have no steps and no tasks, and are left out.
    """
    lifecycle = Lifecycle(store, provinces, clock)
    owed: dict[str, Plain] = {}
    owed_by_clubs: dict[str, dict[str, Plain]] = {}
    past = on < lifecycle.today()
    own = OwnReports(provinces, province)
    for one in due(store, provinces.rules(province), province, on, past=past, own=own):
        row = {
            "kind": one.kind.value,
            "title": one.title,
            "period": one.period,
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "role": one.role.value,
        }
        place = owed if one.club is None else owed_by_clubs.setdefault(one.club, {})
        place[f"{one.kind.value} {one.mark}"] = row
    clubs = {}
    with many_calls():
        for id_, name, commune, state in in_order(
            store.rows(CLUBS, (province,)), itemgetter(2), itemgetter(1), itemgetter(0)
        ):
            if State(state) in ENDS:
                continue
            steps = lifecycle.check(id_, on=on)
            clubs[id_] = {
                "club": id_,
                "name": name,
                "commune": commune,
                "state": state,
                "steps": {one.step: _step(one) for one in steps},
                "tasks": {**owed_by_clubs.get(id_, {}), **dict(_next(steps, on))},
            }
    rows = [row.data() for row in progress(store, provinces.rules(province), province, on)]
    return {
        "clubs": clubs,
        "tasks": owed,
        "progress": {
            f"{one['id']} {one['period']} {one['reading'] or ''}".strip(): {
                name: one[name] for name in ("id", "label", "period", *COUNTED)
            }
            for one in rows
        },
    }


def _step(one: StepAvailability) -> Plain:
    """Return a step open to a club: who may take it and what is found."""
    return {
        "allowed": one.allowed,
        "roles": [role.value for role in one.roles],
        "findings": [
            {
                "code": found.code,
                "level": found.level.value,
                "message": found.message,
                "expected": found.expected,
                "actual": found.actual,
            }
            for found in one.findings
        ],
    }


def _next(steps: Sequence[StepAvailability], on: date) -> Iterator[tuple[str, Plain]]:
    """Yield when what comes back would fall due next, if it were done on that day."""
    requests = {one.step: one.request for one in steps}
    for kind, (_key, step, _role) in PERIODIC.items():
        if step not in requests or requests[step].club.state not in AT_WORK:
            continue
        opening = next_time(requests[step], kind, on)
        if opening is not None:
            yield (
                f"next {kind.value}",
                {
                    "kind": kind.value,
                    "title": None,
                    "period": NEXT,
                    "due_on": opening.due_on.isoformat() if opening.due_on else None,
                    "role": opening.role.value,
                },
            )


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is one thing under the old version and another under the new one.

    ``None`` where one of them has nothing.
    """

    name: str
    before: Plain | None
    after: Plain | None


@dataclass(frozen=True, slots=True)
class ClubImpact:
    """What would change for one club."""

    club: str
    name: str
    commune: str
    state: str
    findings: tuple[tuple[str, Change], ...]
    steps: tuple[Change, ...]
    tasks: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What would change in a province. ``looked_at`` counts its living clubs."""

    looked_at: int
    clubs: tuple[ClubImpact, ...]
    tasks: tuple[Change, ...]
    progress: tuple[Change, ...]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Impact:
    """Return what differs between two snapshots of the same database on the same day."""
    clubs = (
        _club(before["clubs"][id_], after["clubs"][id_])
        for id_ in before["clubs"]
        if id_ in after["clubs"]
    )
    return Impact(
        len(before["clubs"]),
        tuple(one for one in clubs if one.findings or one.steps or one.tasks),
        _changes(before["tasks"], after["tasks"]),
        _changes(before["progress"], after["progress"]),
    )


def _club(before: Plain, after: Plain) -> ClubImpact:
    steps, findings = [], []
    for step in {**before["steps"], **after["steps"]}:
        old, new = before["steps"].get(step), after["steps"].get(step)
        if old is None or new is None or _who(old) != _who(new):
            steps.append(Change(step, old and _who(old), new and _who(new)))
        findings += [
            (step, change) for change in _changes(_by_code(old or {}), _by_code(new or {}))
        ]
    return ClubImpact(
        before["club"],
        before["name"],
        before["commune"],
        before["state"],
        tuple(findings),
        tuple(steps),
        _changes(before["tasks"], after["tasks"]),
    )


def _who(step: Plain) -> Plain:
    return {"allowed": step["allowed"], "roles": step["roles"]}


def _by_code(step: Plain) -> dict[str, Plain]:
    """Return a step's findings by code; several of one code are numbered."""
    found: dict[str, Plain] = {}
    for one in step.get("findings", ()):
        name, times = one["code"], 1
        while name in found:
            times += 1
            name = f"{one['code']} {times}"
        found[name] = one
    return found


def _changes(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> tuple[Change, ...]:
    return tuple(
        Change(name, before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    )
