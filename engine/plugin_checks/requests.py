"""Requests to try a province's hooks with, made of the engine's own types.

Every step, asked about and taken, on the days on which a province's rules can change. The forms are
made from the schemas, so a new field is in them at once.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.errors import ClbError
from engine.frozen import EMPTY, FrozenMap
from engine.model import (
    BoardPost,
    Club,
    Composition,
    Effects,
    EntryKind,
    FundKind,
    LedgerEntry,
    Officer,
    Role,
    State,
    Task,
    TaskKind,
    TaskOpening,
)
from engine.policy.effective import Rules
from engine.policy.model import Policy
from engine.provinces.hookspecs import (
    ReportRequest,
    ReportSection,
    ReportSpec,
    ReportsRequest,
    StepDone,
)
from engine.provinces.load import Provinces
from engine.rules import forms, own
from engine.rules.request import Counts, Review, StepRequest, Supervision
from engine.states import STEPS
from engine.states import step as find_step
from engine.states.stage import Step

DAY = timedelta(days=1)
WITHOUT_A_PROGRAMME = date(2021, 1, 1)
MOST_DAYS = 8
PERIOD_ENDS = ((6, 30), (12, 31))
"""Month and day on which a half year or a year ends."""
A_TEXT, AN_ID = "Nội dung thử", "thu"
Case = tuple[str, Any]


def days(policy: Policy) -> list[date]:
    """Return the days to try: a programme's first, one within, its last and the day after."""
    found: set[date] = set()
    for document in policy.documents:
        if document.programme:
            found |= {document.start, document.start + 180 * DAY}
            if document.end is not None and document.end < date.max:
                found |= {document.end, document.end + DAY}
    return sorted(found or {WITHOUT_A_PROGRAMME})[:MOST_DAYS]


def of_steps(rules: Rules) -> Iterator[Case]:
    """Yield a request a step: asked about, taken by a bare club, taken by one with a history."""
    for on in days(rules.policy):
        for step in (*STEPS, *_own_steps(rules, on)):
            asked = StepRequest(
                step.name, on, on, _club(step, rules, on), EMPTY, rules, asking=True
            )
            label = f"{step.name} {on.isoformat()}"
            yield f"{label} asking", asked
            yield label, replace(asked, asking=False, form=_form(step, rules, on, everything=False))
            yield f"{label} full", _full(replace(asked, asking=False), step, on)


def of_listeners(rules: Rules) -> Iterator[Case]:
    """Yield what a listener hears after each step."""
    for on in days(rules.policy):
        for step in STEPS:
            opened = TaskOpening(TaskKind.SUPERVISION, on, Role.PROVINCE, None)
            club = _club(step, rules, on)
            done = StepDone(club, step.name, club.seq + 1, on, Effects(opened=(opened,)), ())
            yield f"{step.name} {on.isoformat()}", done


def of_catalogues(rules: Rules) -> Iterator[Case]:
    """Yield the question which reports there are, for each day and each last day of a period."""
    ends = {date(on.year, *last) for on in days(rules.policy) for last in PERIOD_ENDS}
    for on in sorted({*days(rules.policy), *ends}):
        yield on.isoformat(), ReportsRequest(rules.policy.province_id, on, rules)


class _Listening(Provinces):
    """The provinces, with the requests for sections kept instead of answered."""

    heard: list[ReportRequest]
    own: bool

    def reports(self, province: str, request: ReportsRequest) -> tuple[ReportSpec, ...]:
        """Ask the province for its own reports, unless that hook does not come back."""
        return super().reports(province, request) if self.own else ()

    def build_report(self, province: str, request: ReportRequest) -> tuple[ReportSection, ...]:
        """Keep the request."""
        del province
        self.heard.append(request)
        return ()


def of_reports(points: list[Any], rules: Rules, *, own: bool = True) -> Iterator[Case]:
    """Yield the requests that building each report of a province without clubs leads to.

    ``own`` says whether the reports that the province's hook adds are among them.
    """
    from engine.lifecycle.registry import make_registry
    from engine.reports.building import build
    from engine.reports.province_reports import catalogue

    province = rules.policy.province_id
    provinces = _Listening(points)
    provinces.heard, provinces.own = [], own
    with tempfile.TemporaryDirectory() as folder:
        registry, _made = make_registry(str(Path(folder) / "empty.sqlite3"), provinces=provinces)
        try:
            for on in days(rules.policy):
                for rule in catalogue(provinces, province, on).rules:
                    period = next(iter(rule.periods(on, on)), None)
                    name = period.id if period else None
                    try:
                        build(registry.store, provinces, province, rule.id, name, on)
                    except ClbError:
                        continue  # a report without a period on that day
        finally:
            registry.store.close()
    seen: set[tuple[str, str]] = set()
    for request in provinces.heard:
        if (request.report.id, request.period) not in seen:
            seen.add((request.report.id, request.period))
            yield f"{request.report.id} {request.period}", request


def _club(step: Step, rules: Rules, on: date) -> Club:
    """Return a club in the state the step starts from."""
    state = step.sources[0]
    club = Club(
        f"{rules.policy.prefix}-00000000",
        rules.policy.province_id,
        name="CLB Thử",
        commune="xã Thử",
        village="Thôn Thử",
        state=state,
    )
    if state is State.NONE:
        return club
    return replace(club, seq=3, state_seq=3, state_on=on - DAY, opened_on=on - 30 * DAY)


def _full(asked: StepRequest, step: Step, on: date) -> StepRequest:
    """Return a request with every fact that a rule may look at, the village not in the name."""
    club = replace(
        asked.club,
        village="Tổ dân phố Hai",
        submission_number="01",
        submitted_on=on - 20 * DAY,
        decision_number="05",
        decided_on=on - 10 * DAY,
        trained_on=on - 8 * DAY,
        launched_on=on - 5 * DAY,
        charter=True,
        funds_opened="income,operating",
    )
    task = Task(club.id, club.province, TaskKind.SUPERVISION, on, Role.PROVINCE, None, 3)
    entry = LedgerEntry(
        EntryKind.GRANT,
        FundKind.OPERATING,
        "province_budget",
        50_000_000,
        50_000_000,
        "UNC 1",
        resolution="NQ 1",
        seq=4,
        on=on - 4 * DAY,
    )
    figures = FrozenMap({"meetings_held": 6, "borrowers": 10, "conclusion": "pass"})
    return replace(
        asked,
        club=club,
        form=_form(step, asked.rules, on, everything=True),
        officer=Officer("thu", A_TEXT, step.roles[0], club.province, club.commune),
        composition=Composition(60, 36, 45, 15, 8, 5, 3, 27, 2, 60),
        board=(BoardPost("chair", "M0000001", on - DAY),),
        tasks=(task,),
        ledger=(entry,),
        supervisions=(Supervision(on - 3 * DAY, figures, 5),),
        reviews=(Review(on.year - 1, on - 2 * DAY, "pass", 6),),
        founders=frozenset({"hoi"}),
        counts=Counts(3, 2, 0),
        paused=(task,),
    )


def _own_steps(rules: Rules, on: date) -> list[Step]:
    """Return the steps of the province's own on a day."""
    return [find_step(one.name) for one in own.steps(rules, on)]


def _form(step: Step, rules: Rules, on: date, *, everything: bool) -> FrozenMap:
    """Return a form made from the step's schema: what it requires, or every field."""
    fields = own.in_force(rules, step.name, on)
    made = _example(forms.schema(step.name, fields), on, everything)
    forms.place(made, step.happened_on, on.isoformat())
    return forms.check(step.name, made, fields)


def _example(part: Mapping[str, Any], on: date, everything: bool) -> Any:
    """Return a value that fits a schema."""
    if "enum" in part:
        return part["enum"][0]
    if part["type"] == "object" and "properties" not in part:
        return {AN_ID: A_TEXT}
    if part["type"] == "object":
        required = part.get("required", ())
        return {
            name: _example(inner, on, everything)
            for name, inner in part["properties"].items()
            if everything or name in required
        }
    if part["type"] == "array":
        wanted = max(part.get("minItems", 0), 1 if everything else 0)
        return [_example(part["items"], on, everything)] if wanted else []
    if part["type"] == "integer":
        return int(max(part.get("minimum", 1), min(1, part.get("maximum", 1))))
    if part["type"] == "boolean":
        return True
    if part.get("format") == "date":
        return on.isoformat()
    return part.get("x-example", AN_ID) if "pattern" in part else A_TEXT
