"""Judging the log again without a policy: what no honest program could have recorded.

Each event is held against the step table, the events before it, the officers in office that day and
its own form. Which of the roles a step allows a policy chose, what it let fall due, which warnings
it gave and what the province's own checks found depends on the policy of that day and is not judged
here: the receipt in the event names it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from engine.clock import Clock, day_of, now
from engine.errors import StorageError, UnknownError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import logged_role, state_name, step_name
from engine.lifecycle import replay_forms, replay_keys, replay_province
from engine.lifecycle import replay_mergers as mergers
from engine.lifecycle import replay_offices as offices
from engine.lifecycle import replay_people as people
from engine.lifecycle.annulment import undoing
from engine.lifecycle.correction import correcting, in_order, unchanged
from engine.lifecycle.history import annulled, club_before, corrected_forms, overlay
from engine.lifecycle.people import CROCKFORD
from engine.model import Club, Composition, Effects, Event, Level, Loan, Officer, Role, State
from engine.policy.effective import Rules
from engine.policy.model import Policy
from engine.rules import funds, loans, own
from engine.rules.request import StepRequest, reach
from engine.states import STEPS, approval, guards, machine, records, review, training
from engine.states import step as find_step
from engine.states.province_steps import PROVINCE_STEPS
from engine.states.stage import Check, Step
from engine.store import codec, facts, seals, superseded
from engine.store.canonical import plain
from engine.store.database import Store
from engine.store.rows import Rows

SILENT = Policy("", "", "", "", (), {}, "")
RULES = Rules(SILENT, SILENT)
"""A policy that states nothing."""
POLICY_FREE: frozenset[Check] = frozenset(
    {
        guards.duties,
        records.last_step_only,
        approval.appraised_before,
        training.once,
        training.ended_by_then,
        review.year_has_come,
        funds.reversal,
        funds.after_decision,
        loans.known,
        loans.something_paid,
        loans.no_more_than_owed,
        loans.later,
        loans.reversible,
    }
)
"""The steps' own checks that refuse whatever a policy states."""
AHEAD = timedelta(days=1)
"""How far another computer's clock may be ahead of this one's before it is called a fault."""
CLUB_ID = re.compile(f"[A-Z]{{2,4}}-[{CROCKFORD}]{{8}}")
"""An id as the program draws it: no letters that only look like these, nothing unseen."""
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
CLUB = itemgetter(*(name.strip(' "') for name in facts.CLUB_COLUMNS.split(",")))
LEDGER = itemgetter(*(name.strip(' "') for name in facts.LEDGER_COLUMNS.split(",")))
LOAN = itemgetter(*facts.LOAN_COLUMNS.split(", "))
LOAN_CHANGE = itemgetter(*facts.LOAN_CHANGE_COLUMNS.split(", "))
OFFICES = (
    "SELECT body, hash FROM event WHERE stream = ? "
    "AND (substr(step, 1, 8) = 'officer_' OR step IN ('merge', 'merge_in')) ORDER BY seq"
)
PROVINCE_STREAMS = "SELECT DISTINCT stream FROM event WHERE substr(stream, 1, 9) = 'province:'"


@dataclass(slots=True)
class Office:
    """An office as it was recorded. ``ends`` are the days it was ended on, each with its day."""

    holder: Officer
    recorded: date
    ends: list[tuple[date, date]] = field(default_factory=list)

    def holds(self, on: date) -> bool:
        """Return whether the office could be used on a day, by what was recorded until then.

        What was ended that same day may have been used before.
        """
        if self.recorded > on or (self.holder.since is not None and self.holder.since > on):
            return False
        known = [until for recorded, until in self.ends if recorded < on]
        return not known or on < known[-1]


class Register:
    """Who was in which office, as the log records it."""

    def __init__(self, store: Store) -> None:
        self._offices: dict[str, list[Office]] = {}
        self._mergers: dict[str, list[tuple[str, date, date]]] = {}
        self.mergers = mergers.Mergers(store)
        for (stream,) in store.rows(PROVINCE_STREAMS):
            province = str(stream).partition(":")[2]
            own: dict[int, Office] = {}
            for body, hash_ in store.rows(OFFICES, (stream,)):
                try:
                    self._enter(codec.decode(body, hash_), province, own)
                except (StorageError, *codec.STRANGE):
                    # Reading its stream finds it; here it gives nobody an office.
                    continue

    def _enter(self, event: Event, province: str, own: dict[int, Office]) -> None:
        recorded = recorded_on(event.recorded_at)
        self.mergers.enter(event, province, recorded)
        for table, row in event.effects.records:
            if table == "officer":
                since = date.fromisoformat(row["since"]) if "since" in row else event.on
                role = Role(row["role"])
                holder = Officer(row["id"], row["name"], role, province, since=since, seq=event.seq)
                own[event.seq] = Office(holder, recorded)
                self._offices.setdefault(holder.id, []).append(own[event.seq])
            elif table == "officer_ended":
                own[row["of"]].ends.append((recorded, date.fromisoformat(row["until"])))
            elif table == "merger":
                since = date.fromisoformat(row["since"])
                here = self._mergers.setdefault(province, [])
                here.append((row["successor"], recorded, since))
            elif table == "officer_removed":
                for one in own.values():
                    if one.holder.id == row["id"]:
                        one.ends.append((recorded, event.on))

    def known(self, officer: str) -> Officer | None:
        """Return somebody as the last office that they were ever in; ``None`` without one."""
        held = self._offices.get(officer)
        return held[-1].holder if held else None

    def holds(
        self,
        officer: str,
        role: Role,
        on: date,
        province: str | None = None,
        but: tuple[str, int] | None = None,
    ) -> bool:
        """Return whether somebody was in an office of that role on a day; of any province.

        An office in the province that another one was merged into is one there too, from then on.
        The one that the event ``but`` gave, a province with a number, does not count.
        """
        where = {province}
        for successor, recorded, since in self._mergers.get(province or "", ()):
            if max(recorded, since) <= on:
                where.add(successor)
        return any(
            one.holder.role is role
            and (province is None or one.holder.province in where)
            and (one.holder.province, one.holder.seq) != but
            and one.holds(on)
            for one in self._offices.get(officer, ())
        )


def moment(text: str) -> datetime:
    """Return the moment of a ``recorded_at``. Raises ``ValueError`` for another spelling."""
    found = datetime.fromisoformat(text)
    if f"{found.replace(tzinfo=None).isoformat()}Z" != text:
        raise ValueError(text)
    return found


@lru_cache(maxsize=256)
def recorded_on(text: str) -> date:
    """Return the day of a ``recorded_at`` in Viet Nam. Raises ``ValueError``."""
    return day_of(moment(text))


class Replay:
    """A judge of events, for ``store.verify``: returns what an event contradicts, or ``None``."""

    def __init__(self, store: Store, clock: Clock = now) -> None:
        self._register = Register(store)
        self._latest = (clock() + AHEAD).astimezone(UTC).strftime(MOMENT)

    def __call__(self, event: Event, earlier: Sequence[Event], rows: Rows) -> str | None:
        """Return the first thing that an event contradicts."""
        return next(self._reasons(event, earlier, rows), None)

    def _reasons(self, event: Event, earlier: Sequence[Event], rows: Rows) -> Iterator[str]:
        yield from self._time(event, earlier)
        kind, _colon, owner = event.stream.partition(":")
        if kind == "club":
            yield from self._club(event, earlier, rows, owner)
        else:
            yield from self._province(event, rows, kind, owner)

    def _time(self, event: Event, earlier: Sequence[Event]) -> Iterator[str]:
        try:
            recorded = recorded_on(event.recorded_at)
        except ValueError:
            yield _("it was recorded at no moment: {moment}").format(moment=event.recorded_at)
            return
        if earlier and event.recorded_at < earlier[-1].recorded_at:
            yield _("it was recorded at {moment}, before the event before it").format(
                moment=event.recorded_at
            )
        if event.recorded_at > self._latest:
            yield _("it was recorded at {moment}, which is still to come").format(
                moment=event.recorded_at
            )
        if event.on > recorded:
            yield _("it was recorded at {moment}, before it happened").format(
                moment=event.recorded_at
            )

    def _province(self, event: Event, rows: Rows, kind: str, owner: str) -> Iterator[str]:
        step = PROVINCE_STEPS.get(event.step)
        if step is None or step.kind != kind:
            yield _("there is no step “{step}”").format(step=event.step)
            return
        if (event.from_state, event.to_state) != (None, None):
            yield _("the step “{step}” leads to no state").format(step=step_name(event.step))
        if event.role is not None or event.officer or not step.alone:
            yield from self._office(event, step.roles, owner, rows)
        strange = sorted(event.form.keys() - step.fields) if step.fields else ()
        if strange:
            yield _("its form holds what no form of this step has: {names}").format(
                names=", ".join(strange)
            )
        yield from _province_form(event, rows)
        yield from replay_province.misfits(event)
        recorded = recorded_on(event.recorded_at)
        if event.step.startswith("officer_"):
            over = self._register.mergers.takes_over(owner, recorded)
            yield from offices.misfits(event, _recorded(event), rows, takes_over=over)
        elif event.step in mergers.STEPS:
            yield from self._register.mergers.misfits(event, owner, rows)
            other = event.form[mergers.STEPS[event.step]]
            if self._register.mergers.can_know(other):
                yield from self._office(event, step.roles, other, rows)

    def _office(
        self, event: Event, roles: Sequence[Role], province: str, kept: Rows
    ) -> Iterator[str]:
        """Yield what is wrong with who acted: the role, or the office."""
        if event.role is None or event.role not in roles:
            yield _("“{step}” is not for {role}").format(
                step=step_name(event.step),
                role=logged_role(event.role) if event.role else _("nobody"),
            )
            return
        on = recorded_on(event.recorded_at)
        given = (province, event.seq) if event.stream == f"province:{province}" else None
        if self._register.holds(event.officer, event.role, on, province, given):
            return
        if _is_first_admin(event) and (
            (event.officer == event.form.get("id") and not any(kept.of("officer")))
            or (
                self._register.holds(event.officer, event.role, on, None, given)
                # Programs that did not record since when let any administrator add everywhere.
                and ("since" not in event.form or not offices.has_admin(on, kept))
            )
        ):
            return
        known = self._register.known(event.officer)
        if known is None:
            yield _("{officer} was never in office").format(officer=event.officer)
        else:
            yield _("{officer} was not in office as {role} that day").format(
                officer=known, role=logged_role(event.role)
            )

    def _club(
        self, event: Event, earlier: Sequence[Event], rows: Rows, owner: str
    ) -> Iterator[str]:
        try:
            step = find_step(event.step)
        except UnknownError:
            yield _("there is no step “{step}”").format(step=event.step)
            return
        if own.is_own(event.step) and not own.NAME.fullmatch(event.step):
            yield _("there is no step “{step}”").format(step=event.step)
            return
        if not earlier and not CLUB_ID.fullmatch(owner):
            yield _("no club has such an id")
        club = _club_of(event, rows, owner)
        source = event.from_state or State.NONE
        if source is not club.state:
            yield _("it starts from “{state}”, but the club was “{before}”").format(
                state=state_name(source), before=state_name(club.state)
            )
            return
        yield from self._office(event, step.eligible, club.province, rows)
        yield from replay_forms.misfits(step, event.form, people.known(rows))
        if reach(event.form, step.happened_on) != event.on.isoformat():
            yield _("the day of its form is not the day of the event")
        yield from self._step(step, event, earlier, rows, club)

    def _step(
        self, step: Step, event: Event, earlier: Sequence[Event], rows: Rows, club: Club
    ) -> Iterator[str]:
        target = None
        if step.prepare in REMEDIES:
            target = next((one for one in earlier if one.seq == event.form["seq"]), None)
            if target is None:
                yield _("there is no event {seq} that it could be about").format(
                    seq=event.form["seq"]
                )
                return
        request = self._request(step, event, earlier, rows, club, event.form, event.on, target)
        outcome = step.outcome(request) if step.outcome else None
        to = machine.destination(STEPS, step, club.state, outcome)
        if target is not None and step.prepare == "annul":
            to = target.from_state or club.state
        if to is not event.to_state:
            yield _("it leads to “{state}”, where this step does not lead").format(
                state=state_name(event.to_state or State.NONE)
            )
            return
        findings = [*guards.state(step, request), *guards.days(step, request, to)]
        findings += [one for check in step.checks if check in POLICY_FREE for one in check(request)]
        for one in findings:
            if one.level is Level.BLOCK:
                yield one.message.rstrip(".")
        if target is not None and event.role is not target.role:
            yield _("event {seq} was recorded by {role}, who alone can take it back").format(
                seq=target.seq, role=logged_role(target.acted_as)
            )
        if target is not None and step.prepare == "correct":
            wrong = next(self._misfit(event, earlier, rows, request, target), None)
            if wrong is not None:
                yield wrong
                return
        part = _different(self._effects(step, event, earlier, rows, request), event)
        if part is not None:
            yield _wrong_effects(part)
        if event.effects.roster or event.effects.board or step.prepare == "board":
            yield from map(_wrong_effects, people.misfits(step, event, rows))
            fields = sorted(set(people.strange(event, club, rows)))
            if fields:
                yield _("its member list holds what none does: {names}").format(
                    names=", ".join(fields)
                )

    def _request(
        self,
        step: Step,
        event: Event,
        earlier: Sequence[Event],
        rows: Rows,
        club: Club,
        form: FrozenMap,
        on: date,
        target: Event | None = None,
    ) -> StepRequest:
        """Return what the step's own checks and work are given; what they do not need is empty."""
        needs = step.needs
        officer = Officer(
            event.officer, "", event.acted_as, club.province, club.commune, club.commune_id
        )
        at = on.isoformat()
        members = 0
        if "composition" in needs:
            members = sum(
                1
                for row in rows.of("member")
                if row["joined_on"] <= at and (row["left_on"] is None or row["left_on"] > at)
            )
        return StepRequest(
            step=step.name,
            on=on,
            today=max(on, recorded_on(event.recorded_at)),
            club=club,
            form=form,
            rules=RULES,
            officer=officer,
            composition=Composition(members=members),
            ledger=tuple(facts.entry_of(LEDGER(row)) for row in rows.of("ledger"))
            if "ledger" in needs
            else (),
            loans=_loans(rows) if "loans" in needs else (),
            founders=facts.founding((one.seq, one.step, one.officer, one.form) for one in earlier)
            if "founders" in needs
            else frozenset(),
            target=target,
        )

    def _effects(
        self,
        step: Step,
        event: Event,
        earlier: Sequence[Event],
        rows: Rows,
        request: StepRequest,
    ) -> Effects:
        """Return what the form comes to, but for a member list and a board."""
        target = request.target
        if step.prepare == "annul" and target is not None:
            tasks = ((row["kind"], row["opened_seq"], row["closed_seq"]) for row in rows.of("task"))
            return undoing(earlier, target, tasks)
        if step.prepare == "correct" and target is not None:
            return self._corrected(event, earlier, rows, request, target)
        return step.work(request)

    def _misfit(
        self,
        event: Event,
        earlier: Sequence[Event],
        rows: Rows,
        request: StepRequest,
        target: Event,
    ) -> Iterator[str]:
        """Yield why the form that a correction comes to is none of the corrected step's."""
        step = _correctable(earlier, target)
        form = overlay(corrected_forms(earlier)[target.seq], event.form["changes"])
        yield from replay_forms.misfits(step, form, people.known(rows))
        was, corrected = self._before_and_after(event, earlier, rows, request, target)
        findings = in_order(earlier, target, corrected.on, recorded_on(event.recorded_at))
        for one in (*findings, *unchanged(step, was, corrected)):
            yield one.message.rstrip(".")

    def _corrected(
        self,
        event: Event,
        earlier: Sequence[Event],
        rows: Rows,
        request: StepRequest,
        target: Event,
    ) -> Effects:
        step = _correctable(earlier, target)
        was, corrected = self._before_and_after(event, earlier, rows, request, target)
        return correcting(earlier, target, step.work(was), step.work(corrected), corrected.on)

    def _before_and_after(
        self,
        event: Event,
        earlier: Sequence[Event],
        rows: Rows,
        request: StepRequest,
        target: Event,
    ) -> tuple[StepRequest, StepRequest]:
        """Return what the corrected step was, and is now, given."""
        step = _correctable(earlier, target)
        then = club_before(request.club, earlier, target)
        current = corrected_forms(earlier)[target.seq]

        def given(form: FrozenMap) -> StepRequest:
            on = date.fromisoformat(reach(form, step.happened_on))
            one = self._request(step, event, earlier, rows, then, form, on)
            return replace(one, ledger=tuple(x for x in one.ledger if x.seq < target.seq))

        return given(current), given(overlay(current, event.form["changes"]))


def _correctable(earlier: Sequence[Event], target: Event) -> Step:
    step = find_step(target.step)
    if not step.corrected or target.seq in annulled(earlier):
        raise ValueError(target.step)
    return step


def _loans(rows: Rows) -> tuple[Loan, ...]:
    """Return the club's loans as the events before have them."""
    kept = [row for row in rows.of("loan") if row["voided_by"] is None]
    return facts.loans_of(
        ((*LOAN(row), False) for row in kept),
        (LOAN_CHANGE(row) for row in rows.of("loan_change") if row["voided_by"] is None),
    )


REMEDIES = frozenset({"annul", "correct"})
"""Preparers whose step is about an earlier event."""


def _is_first_admin(event: Event) -> bool:
    return event.step == "officer_add" and event.form.get("role") == Role.ADMIN


def _recorded(event: Event) -> list[tuple[str, dict[str, Any]]]:
    """Return what an event records, without what is absent."""
    return [
        (table, {name: value for name, value in row.items() if value is not None})
        for table, row in event.effects.records
    ]


def _province_form(event: Event, kept: Rows) -> Iterator[str]:
    """Yield where a province's event does not record what its form says, and nothing besides."""
    form, records = dict(event.form), _recorded(event)
    rows = [row for _table, row in records]
    if replace(event.effects, records=()) != Effects():
        yield _wrong_effects("fields")
    if {table for table, _row in records} - RECORDED[event.step]:
        yield _wrong_effects("records")
    elif event.step.startswith("officer_"):
        if not offices.follow(event.step, form, records, kept):
            yield _wrong_effects("records")
    elif event.step == "merge":
        if not mergers.follow(form, records, kept):
            yield _wrong_effects("records")
    elif event.step in replay_keys.FORM:
        if not replay_keys.follows(event.step, form, rows):
            yield _wrong_effects("records")
        else:
            yield from replay_keys.misfits(event, kept)
    elif not _records_follow(event.step, form, rows):
        yield _wrong_effects("records")


def _records_follow(step: str, form: dict[str, Any], rows: Sequence[dict[str, Any]]) -> bool:
    """Return whether what is recorded besides offices is what the form says."""
    match step:
        case "seal":
            return len(rows) == 1 and seals.is_record(rows[0]) and form == seals.form(rows[0])
        case "supersede":
            return len(rows) == 1 and form == superseded.superseding(rows[0])
        case "units_import":
            return bool(form.get("units") == len(rows))
        case "report_sent":
            sent = [(row["report"], row["period"], row["sent_on"]) for row in rows]
            return sent == [(form["report"], form["period"], form["date"])]
    return True


RECORDED: dict[str, frozenset[str]] = {
    "officer_add": frozenset({"officer"}),
    "officer_first": frozenset(),
    "officer_change": frozenset({"officer", "officer_named", "officer_login", "officer_ended"}),
    "officer_remove": frozenset({"officer_ended", "officer_removed"}),
    "merge": frozenset({"merger", "officer_ended"}),
    "merge_in": frozenset(),
    "key_add": frozenset({"key"}),
    "key_end": frozenset({"key_ended"}),
    "units_import": frozenset({"unit"}),
    "report_note": frozenset(),
    "report_sent": frozenset({"delivery"}),
    "seal": frozenset({"seal"}),
    "supersede": frozenset({"superseded"}),
}
"""What the steps of a province record; ``officer_removed`` is by programs of before."""


def _wrong_effects(part: str) -> str:
    names = {
        "fields": _("fields"),
        "ledger": _("ledger"),
        "records": _("records"),
        "amended": _("amended entries"),
        "voids": _("records taken back"),
        "roster": _("member list"),
        "board": _("board"),
        "reopened": _("tasks opened again"),
    }
    return _("its effects ({part}) are not what its form says").format(part=names[part])


def _club_of(event: Event, rows: Rows, owner: str) -> Club:
    """Return the club as it was before the event."""
    for row in rows.of("club"):
        return facts.club_of(CLUB(row))
    return Club(owner, str(dict(event.effects.fields).get("province", "")))


def _different(expected: Effects, event: Event) -> str | None:
    """Return the first part of the effects that does not follow from the form.

    What falls due is the policy's; of an annulment it follows from the tasks that were there. The
    club's people are judged apart.
    """
    actual = event.effects
    if {name: plain(value) for name, value in expected.fields} != dict(actual.fields):
        return "fields"
    ledger = tuple(replace(one, seq=event.seq, on=event.on) for one in expected.ledger)
    if ledger != actual.ledger:
        return "ledger"
    if not _same(expected.records, actual.records):
        return "records"
    if not _same(expected.amended, actual.amended):
        return "amended"
    if expected.voids != actual.voids:
        return "voids"
    if set(expected.reopened) != set(actual.reopened):
        return "reopened"
    return None


def _same(expected: Sequence[tuple[Any, Any]], actual: Sequence[tuple[Any, Any]]) -> bool:
    """Return whether rows are equal as JSON has them."""
    if not expected and not actual:
        return True
    return [(of, plain(row)) for of, row in expected] == [(of, plain(row)) for of, row in actual]
