"""Running a step: read, judge, append, fold, commit; or refuse with every reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import Any, NoReturn

from engine import __version__, codes
from engine.clock import Clock, day_of, now
from engine.errors import ConflictError, InputError, PluginError
from engine.frozen import EMPTY, FrozenMap
from engine.i18n import _
from engine.lifecycle.erasure import clean
from engine.lifecycle.gather import COUNTED, Gatherer, unknown_officer
from engine.lifecycle.judge import acting, judge, refuse
from engine.lifecycle.login import require_login
from engine.lifecycle.merged import refuse_merged
from engine.lifecycle.people import random_code, with_members
from engine.lifecycle.prepare import Prepared, Preparer, require_ids
from engine.lifecycle.preparers import preparers
from engine.model import (
    Club,
    Event,
    FileRow,
    Finding,
    Level,
    Officer,
    Role,
    State,
    TaskClosing,
    TaskOpening,
)
from engine.provinces.load import Provinces
from engine.rules import forms, own
from engine.rules.forms import Own
from engine.rules.request import StepRequest, reach
from engine.rules.signing import is_required, unsigned
from engine.states import OPENING, STEPS, guards, own_steps
from engine.states import step as find_step
from engine.states.machine import MachineError
from engine.states.stage import Step
from engine.store import facts, log, personal, signatures
from engine.store.canonical import GENESIS
from engine.store.database import Store
from engine.vietnamese.text import dmy, iso_day


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step did, or with a dry run would do. ``event`` is ``None`` for a dry run.

    ``erased`` is whether it deleted personal data.
    """

    club: str
    state: State
    event: Event | None
    findings: tuple[Finding, ...]
    opened: tuple[TaskOpening, ...]
    closed: tuple[TaskClosing, ...]
    warnings: tuple[str, ...] = ()
    erased: bool = False

    @property
    def unacknowledged(self) -> tuple[Finding, ...]:
        """The findings that nobody has given a reason for; of a dry run all."""
        known = {one.code for one in self.event.acknowledged} if self.event else set()
        return tuple(one for one in self.findings if one.code not in known)


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """The event that a row of a file was recorded as before."""

    stream: str
    seq: int


@dataclass(frozen=True, slots=True)
class StepAvailability:
    """Whether a club may take a step: where it would lead, for which roles, what is in the way.

    ``request`` holds the facts it was judged on.
    """

    step: str
    to: State | None
    roles: tuple[Role, ...]
    allowed: bool
    findings: tuple[Finding, ...]
    request: StepRequest = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A step about to be judged."""

    step: Step
    form: FrozenMap
    on: date
    officer: str
    acknowledged: Mapping[str, str]
    prepare: Preparer | None
    dry_run: bool
    row: FileRow | None = None
    own: Own = None


class Lifecycle:
    """Runs steps on one store, under the installed provinces, at the clock's time."""

    def __init__(self, store: Store, provinces: Provinces, clock: Clock = now) -> None:
        self.store = store
        self.provinces = provinces
        self.clock = clock
        self.gather = Gatherer(store, provinces)
        self.preparers = preparers(self.gather, provinces, self.today)

    def today(self) -> date:
        """Return the present day in Viet Nam."""
        return day_of(self.clock())

    def officers(self, officer: str) -> tuple[Officer, ...]:
        """Return the offices somebody holds today; empty where there are none."""
        return self.gather.officers(officer, self.today())

    def officers_ever(self, officer: str) -> tuple[Officer, ...]:
        """Return the offices somebody holds or held, those of today first.

        Raises ``UnknownError`` naming who there is, for somebody who never had any.
        """
        offices = facts.officers(self.store, officer)
        if not offices:
            raise unknown_officer(self.store, officer, self.today())
        return tuple(sorted(offices, key=lambda one: not one.holds(self.today())))

    def club(self, club_id: str) -> Club:
        """Return a club. Raises ``UnknownError``."""
        return facts.club(self.store, club_id)[0]

    def open(
        self,
        province: str,
        form: Mapping[str, Any],
        *,
        officer: str,
        acknowledged: Mapping[str, str] | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Open a club's file. Raises as ``advance`` does; the new id is in the outcome."""
        policy = self.provinces.policy(province)
        club = Club(f"{policy.prefix}-{random_code(8)}", province)
        step, tidy = OPENING, forms.tidy(form)
        day = iso_day(reach(tidy, step.happened_on))
        fields = self._own(step, province, day)
        if forms.missing(step.name, tidy, fields):
            self._refuse_unfit(step, club, FrozenMap(tidy), None, officer, fields)
        checked = forms.check(step.name, self._spelt(step, province, form), fields)
        club = replace(club, commune=checked["commune"], village=checked["village"])
        on = date.fromisoformat(reach(checked, step.happened_on))
        attempt = _Attempt(
            step, checked, on, officer, acknowledged or {}, None, dry_run, own=fields
        )
        if after := checked.get("after"):
            self.club(after)
        with self.store.write(f"province:{province}", by=None if dry_run else officer):
            refuse_merged(self.store, self.provinces, province, on)
            outcome, request = self._take(attempt, club, GENESIS)
        return self._notify(outcome, request)

    def advance(
        self,
        club_id: str,
        step_name: str,
        form: Mapping[str, Any] = EMPTY,
        *,
        officer: str,
        on: date | None = None,
        acknowledged: Mapping[str, str] | None = None,
        dry_run: bool = False,
        expected: Club | None = None,
        prepare: Preparer | None = None,
    ) -> Outcome:
        """Take a step.

        ``on`` fills the form's "happened on" field. ``expected`` is the club as the officer last
        saw it: when somebody changed it since, ``ConflictError``. Raises ``InputError`` for a form
        that is not complete or not true to its schema, ``NotPermittedError``, ``RefusedError`` with
        every finding, ``PluginError``, ``StorageError``. Whatever is raised, nothing was changed.
        """
        seen = expected or self.club(club_id)
        attempt = self._attempt(
            seen, step_name, form, officer, on, acknowledged or {}, dry_run, prepare
        )
        with self.store.write(*_held(attempt.step, seen), by=None if dry_run else officer):
            outcome, request = self._within(attempt, club_id, seen)
        if outcome.erased:
            outcome = replace(outcome, warnings=clean(self.store))
        return self._notify(outcome, request)

    def advance_within(
        self,
        club_id: str,
        step_name: str,
        form: Mapping[str, Any],
        *,
        officer: str,
        on: date | None = None,
        acknowledged: Mapping[str, str] | None = None,
        row: FileRow | None = None,
        expected: Club | None = None,
        prepare: Preparer | None = None,
    ) -> Outcome | RecordedRow:
        """Take a step inside a transaction that the caller holds; no listener is notified.

        For batches: a row is done only once the caller has committed. A ``row`` that is in the log
        is not taken again: the event it was recorded as is returned. ``expected`` is as in
        ``advance``. Raises as that does.
        """
        seen = expected or self.club(club_id)
        self.store.hold(*_held(find_step(step_name), seen))
        if row is not None and (known := self.recorded(row, seen.province)) is not None:
            return known
        attempt = self._attempt(
            seen, step_name, form, officer, on, acknowledged or {}, False, prepare
        )
        return self._within(replace(attempt, row=row), club_id, seen)[0]

    def recorded(self, row: FileRow, province: str | None = None) -> RecordedRow | None:
        """Return the event that a row of a file was recorded as, ``None`` when it was not.

        With ``province`` it is looked for among that province's events only.
        """
        found = log.of_row(self.store, row.digest, province)
        return None if found is None else RecordedRow(*found)

    def _attempt(
        self,
        club: Club,
        step_name: str,
        form: Mapping[str, Any],
        officer: str,
        on: date | None,
        acknowledged: Mapping[str, str],
        dry_run: bool,
        prepare: Preparer | None,
    ) -> _Attempt:
        step = find_step(step_name)
        if step.founds:
            raise InputError(
                _("The club's file is open already."),
                code=codes.STATE,
                help=f"clb check {club.id}",
            )
        filled = self._spelt(step, club.province, forms.tidy(form))
        day = self._happened_on(step, filled, club, on)
        fields = self._own(step, club.province, day)
        if forms.missing(step.name, filled, fields):
            self._refuse_unfit(step, club, FrozenMap(filled), day, officer, fields)
        checked = forms.checked(step.name, filled, fields)
        day = date.fromisoformat(reach(checked, step.happened_on))
        for check in step.form_checks:
            check(checked, self.provinces.rules(club.province), day)
        if step.command is not None and prepare is None:
            raise InputError(
                _("The member list has commands of its own."),
                code=codes.FORM_FIELD,
                help=step.command,
            )
        if prepare is None and step.prepare is not None:
            prepare = self.preparers[step.prepare]
        return _Attempt(step, checked, day, officer, acknowledged, prepare, dry_run, own=fields)

    def _own(self, step: Step, province: str, on: date | None) -> Own:
        """Return the fields that the province adds to a step's form on a day."""
        return own.in_force(self.provinces.rules(province), step.name, on or self.today())

    def _spelt(self, step: Step, province: str, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return a form with its commune as it is known; one given with its code stays as it is."""
        commune = form.get("commune")
        if not isinstance(commune, str) or "commune_id" in form:
            return dict(form)
        on = iso_day(reach(form, step.happened_on)) or self.today()
        return {**form, "commune": self.gather.spelt(province, commune, on)}

    def _happened_on(
        self, step: Step, form: dict[str, Any], club: Club, on: date | None
    ) -> date | None:
        """Fill in the day the step happened, and refuse two different ones."""
        typed = iso_day(reach(form, step.happened_on))
        if on is not None and typed is not None and on != typed:
            raise InputError(
                _("Two different days are given: {first} and {second}.").format(
                    first=dmy(on), second=dmy(typed)
                ),
                code=codes.DATE_TWO,
                help=_("Give the day once, as --on or as {path}.").format(path=step.happened_on),
            )
        day = on or typed
        if day is None and step.default_on is not None:
            day = step.default_on(FrozenMap(form), club, self.today())
        if day is not None and reach(form, step.happened_on) is None:
            parent = step.happened_on.rpartition(".")[0]
            if parent:
                form[parent] = dict(form.get(parent, {}))
            forms.place(form, step.happened_on, day.isoformat())
        return day

    def _refuse_unfit(
        self,
        step: Step,
        club: Club,
        form: FrozenMap,
        on: date | None,
        officer: str,
        fields: Own,
    ) -> NoReturn:
        """Refuse a form with missing fields.

        Raises ``RefusedError`` or ``NotPermittedError`` where the step cannot be taken at all, so
        that nobody fills in its form for nothing, else ``InputError`` naming the missing fields.
        """
        request = self.gather.request(step, club, EMPTY, on or self.today(), self.today())
        request = self._with_officer(step, request, officer)
        findings = (
            *guards.state(step, request),
            *guards.role(step, request),
            *guards.scope(step, request),
        )
        if any(one.level is Level.BLOCK for one in findings):
            refuse(findings, {})
        forms.check(step.name, form, fields)
        raise AssertionError("a form that has all its fields")

    def _within(self, attempt: _Attempt, club_id: str, seen: Club) -> tuple[Outcome, StepRequest]:
        club, head = facts.club(self.store, club_id)
        if club.state_seq != seen.state_seq or club.state is not seen.state:
            raise ConflictError(
                _("Somebody else changed {club} meanwhile: it is now “{state}”.").format(
                    club=club_id, state=club.state
                ),
                help=f"clb club history {club_id}",
            )
        return self._take(attempt, club, head)

    def _take(self, attempt: _Attempt, club: Club, head: str) -> tuple[Outcome, StepRequest]:
        """Judge and take the step; the write lock is held."""
        step = attempt.step
        prepared = Prepared(attempt.form)
        if attempt.prepare is not None and club.state in step.sources:
            prepared = attempt.prepare(self.store, club, attempt.form, attempt.on)
        if club.state in step.sources:
            prepared = with_members(self.store, club, step.name, prepared, attempt.own)
        request = self.gather.request(
            step, club, prepared.form, attempt.on, self.today(), prepared=prepared
        )
        request = self._with_officer(step, request, attempt.officer)
        to, findings = judge(step, request, self.gather)
        findings += self._unsigned(request, attempt.officer, attempt.dry_run)
        acknowledged = refuse(findings, attempt.acknowledged)
        require_ids(step, prepared, attempt.own)
        state = prepared.to_state or to
        if state is None:
            raise MachineError(f"{step.name} from {club.state} leads nowhere")
        effects = step.work(request)
        assert request.officer is not None
        event = Event(
            stream=f"club:{club.id}",
            seq=club.seq + 1,
            step=step.name,
            from_state=None if club.state is State.NONE else club.state,
            to_state=state,
            on=attempt.on,
            recorded_at=self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            officer=request.officer.id,
            role=request.officer.role,
            form=prepared.form,
            acknowledged=acknowledged,
            effects=effects,
            policy=self.provinces.receipt(club.province),
            engine=__version__,
            prev=head,
            row=attempt.row,
        )
        done = None if attempt.dry_run else self._commit(event, club, prepared)
        return (
            Outcome(
                club.id,
                state,
                done,
                findings,
                effects.opened,
                effects.closed,
                erased=done is not None and prepared.erased is not None,
            ),
            request,
        )

    def _commit(self, event: Event, club: Club, prepared: Prepared) -> Event:
        done = log.append(self.store, event, club.province)
        personal.put(self.store, club.id, club.province, prepared.identities)
        if prepared.erased is not None:
            personal.remove(self.store, club.id, club.province, prepared.erased)
        return done

    def _unsigned(self, request: StepRequest, officer: str, asking: bool) -> tuple[Finding, ...]:
        """Return the refusal of a step without the signature that the province asks for.

        Where it is only asked about, whoever has a key could open it.
        """
        today, signing = self.today(), self.store.signing
        if not is_required(request.rules, today):
            return ()
        signs = (
            signatures.has_key(self.store, request.club.province, officer, today)
            if asking
            else signing is not None and signing.signs(officer)
        )
        return tuple(unsigned(request.rules, today, signs=signs))

    def _with_officer(self, step: Step, request: StepRequest, officer: str) -> StepRequest:
        officers = self.officers(officer)
        if not officers:
            raise unknown_officer(self.store, officer, self.today())
        require_login(self.store, officer)
        one = acting(officers, step, request)
        return self.gather.with_officer(step, request, one)

    def _notify(self, outcome: Outcome, request: StepRequest) -> Outcome:
        """Notify the province's listener, after the commit; its failure changes nothing."""
        if outcome.event is None:
            return outcome
        from engine.provinces.hookspecs import StepDone

        done = StepDone(
            request.club,
            request.step,
            outcome.event.seq,
            request.on,
            outcome.event.effects,
            tuple(one for one in outcome.findings if one not in request.remedy_findings),
        )
        try:
            self.provinces.after_step(request.club.province, done)
        except PluginError as error:
            return replace(outcome, warnings=(*outcome.warnings, error.message))
        return outcome

    def check(
        self,
        club_id: str,
        step_name: str | None = None,
        *,
        on: date | None = None,
        officer: str | None = None,
        form: Mapping[str, Any] = EMPTY,
    ) -> list[StepAvailability]:
        """Return whether the club may take each step (or one) on a day; changes nothing.

        Without a step, those that start from the club's state. With an officer, also whether that
        officer may.
        """
        club = self.club(club_id)
        officers: tuple[Officer, ...] = ()
        if officer is not None:
            officers = self.officers(officer)
            if not officers:
                raise unknown_officer(self.store, officer, self.today())
        if step_name is not None:
            chosen: Sequence[Step] = (find_step(step_name),)
        else:
            chosen = [one for one in STEPS if club.state in one.sources]
            chosen += own_steps.ahead(self.provinces.rules(club.province), club.state, self.today())
        day, known = on or self.today(), dict[str, Any]()
        return [self._availability(one, club, day, officers, form, known) for one in chosen]

    def check_opening(self, club: Club, *, officer: str | None = None) -> StepAvailability:
        """Return whether an officer may open a file for a club that is not there yet.

        ``club`` has its province and its commune, as far as they are known.
        """
        step, today = OPENING, self.today()
        request = self.gather.request(step, club, EMPTY, today, today, asking=True)
        if officer is not None:
            request = self._with_officer(step, request, officer)
        findings = (*guards.role(step, request), *guards.scope(step, request))
        roles, _source = guards.allowed_roles(step, request.rules, request.on)
        return StepAvailability(step.name, State.PREPARING, roles, not findings, findings, request)

    def require_may(self, club_id: str, step_name: str, *, officer: str) -> None:
        """Raise what the step would be refused with, for what is shown and not recorded."""
        (found,) = self.check(club_id, step_name, officer=officer)
        refuse([one for one in found.findings if one.code != codes.SIGNATURE_MISSING], {})

    def _availability(
        self,
        step: Step,
        club: Club,
        on: date,
        officers: tuple[Officer, ...],
        form: Mapping[str, Any],
        known: dict[str, Any],
    ) -> StepAvailability:
        filled, today = FrozenMap(forms.tidy(form)), max(on, self.today())
        request = self.gather.request(step, club, filled, on, today, asking=True, known=known)
        if officers:
            request = self.gather.with_officer(step, request, acting(officers, step, request))
        to, findings = judge(step, request, self.gather, known)
        if request.officer is not None:
            findings += self._unsigned(request, request.officer.id, True)
        roles, _source = guards.allowed_roles(step, request.rules, request.on)
        return StepAvailability(
            step.name,
            to,
            roles,
            not any(one.level is Level.BLOCK for one in findings),
            findings,
            request,
        )


def _held(step: Step, club: Club) -> tuple[str, ...]:
    """Return what nobody else may write about meanwhile: the province first where it is counted."""
    province = (f"province:{club.province}",) if step.needs & COUNTED else ()
    return (*province, f"club:{club.id}")
