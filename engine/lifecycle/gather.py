"""Reading the facts a step needs, and no others, into one frozen request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from engine import codes
from engine.errors import NotPermittedError, UnknownError
from engine.frozen import EMPTY, FrozenMap
from engine.i18n import _
from engine.lifecycle.decisions import decisions
from engine.lifecycle.history import own_records
from engine.lifecycle.prepare import Prepared
from engine.model import Club, Composition, Effects, Officer, OwnRecord, State, Task
from engine.provinces.load import Provinces
from engine.rules import own, territory
from engine.rules.commune_list import of_the_day
from engine.rules.communes import Unit, full_name, is_whole, spelt
from engine.rules.grants import goes_by_classes, is_grant
from engine.rules.request import Counts, StepRequest
from engine.rules.succession import succession
from engine.states.stage import Step
from engine.store import facts
from engine.store.database import Store
from engine.vietnamese.text import dmy, unmarked

SHOWN = 5
"""Officers who are named to somebody who is none of them."""
OWN_STEPS = (
    "SELECT seq, step, on_date, body FROM event "
    "WHERE stream = ? AND province = ? AND (substr(step, 1, 4) = 'own_' "
    "OR step = 'correct') ORDER BY seq"
)
COUNTED = frozenset({"decided", "granted", "same_name"})


class Gatherer:
    """Reads what rules may know."""

    def __init__(self, store: Store, provinces: Provinces) -> None:
        self.store = store
        self.provinces = provinces

    def officers(self, officer: str, on: date) -> tuple[Officer, ...]:
        """Return the offices that an officer holds on a day; empty where there are none."""
        return tuple(one for one in facts.officers(self.store, officer) if one.holds(on))

    def with_officer(
        self, step: Step, request: StepRequest, officer: Officer | None
    ) -> StepRequest:
        """Return the request with who acts, the units that officer acts for, and namesakes."""
        if officer is None:
            return request
        units = request.units
        own, theirs = officer.commune, request.club.commune
        if own and own != theirs:
            units = self.units(officer.province)
        alike = facts.namesakes(self.store, officer) if "namesakes" in step.needs else ()
        return replace(request, officer=officer, units=units, namesakes=alike)

    def units(self, province: str) -> tuple[Unit, ...]:
        """Return a province's administrative units: those imported, and those its policy names."""
        policy = self.provinces.policy(province)
        return (*facts.units(self.store, province), *succession(policy))

    def spelt(self, province: str, commune: str, on: date) -> str:
        """Return a commune's name as the province's lists, its officers or its clubs have it.

        One that is not among them stays as typed.
        """
        if is_whole(commune):
            return commune
        listed = [full_name(one) for one in of_the_day(self.units(province), on)]
        return spelt((*listed, *facts.communes(self.store, province)), commune)

    def request(
        self,
        step: Step,
        club: Club,
        form: FrozenMap,
        on: date,
        today: date,
        *,
        prepared: Prepared | None = None,
        asking: bool = False,
        known: dict[str, Any] | None = None,
    ) -> StepRequest:
        """Return the request for a step, with the facts the step needs.

        ``known`` are the facts that were read for other steps of the club on the same day; those
        read for this one are added.
        """
        request = StepRequest(
            step=step.name,
            on=on,
            today=today,
            club=club,
            form=form,
            rules=self.provinces.rules(club.province),
            target=prepared.target if prepared else None,
            remedy=prepared.remedy if prepared else Effects(),
            remedy_findings=prepared.findings if prepared else (),
            asking=asking,
        )
        known = {} if known is None else known
        read = {
            name: self._fact(name, request, step.needs, known)
            for name, fact in FACTS.items()
            if fact.needs & step.needs
        }
        if any(one.before == step.name for one in own.steps(request.rules, on)):
            read["own_steps"] = self._fact("own_steps", request, ALL, known)
        if "granted" in step.needs and is_grant(form) and goes_by_classes(request.rules, on):
            read["commune_list"] = self._fact("commune_list", request, ALL, known)
        return replace(request, **read)

    def _fact(
        self, name: str, request: StepRequest, needs: frozenset[str], known: dict[str, Any]
    ) -> Any:
        if name in known:
            return known[name]
        found = FACTS[name].read(self, request, needs)
        if name not in OF_A_STEP:
            known[name] = found
        return found

    def whole(
        self,
        step: Step,
        request: StepRequest,
        then: Mapping[str, Callable[[Any], Any]] = EMPTY,
        known: dict[str, Any] | None = None,
    ) -> StepRequest:
        """Return what a province's plugin may know: every fact, but nothing of people by name.

        A fact that the step does not need, or only a part of, is read when the plugin asks for it.
        ``then`` takes from what is read what was not there yet, for a step of the past that is
        judged again. ``known`` is as in ``request``.
        """
        facts = {} if known is None else known
        unread = [name for name, fact in FACTS.items() if not fact.needs <= step.needs]
        if not request.units:
            unread.append("units")

        def read(name: str) -> Any:
            found = self._fact(name, request, ALL, facts)
            return then[name](found) if name in then else found

        if request.remedy_findings:
            request = replace(request, remedy_findings=())
        return _Whole.of(request, unread, read)

    def _territory(self, request: StepRequest, needs: frozenset[str]) -> tuple[Unit, ...]:
        """Return the units that show what a commune once belonged to.

        A step reads them only where a policy asks it.
        """
        if needs is ALL or territory.asked(request.rules, request.on):
            return self.units(request.club.province)
        return ()

    def composition(self, club: Club, on: date) -> Composition:
        """Count the members on a day, with the age the province (else the law) calls elderly."""
        age = self.provinces.rules(club.province).needed("membership.elderly_age", on)
        return facts.composition(self.store, club, on, int(age.value))

    def counts(self, request: StepRequest, needs: frozenset[str]) -> Counts:
        """Count the province's other clubs, as far as it is needed.

        A step counts grants only where it is one itself.
        """
        club, form = request.club, request.form
        if needs is not ALL and not is_grant(form):
            needs -= {"granted"}
        return facts.counts(
            self.store,
            club,
            request.on,
            needs,
            source=str(form.get("source") or "province_budget"),
            name=str(form.get("name") or club.name),
            period=self._budgeted(club, request.on),
        )

    def _budgeted(self, club: Club, on: date) -> tuple[date, date] | None:
        """Return the period that the province's whole budget is for, in whole years."""
        total = self.provinces.rules(club.province).stated("budget.total", on)
        if total.status != "value" or total.begun is None:
            return None
        return date(total.begun.year, 1, 1), total.end or date.max


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a request: what a step needs it for, and how it is read."""

    needs: frozenset[str]
    read: Callable[[Gatherer, StepRequest, frozenset[str]], Any]


def _of_club(name: str, read: Callable[[Store, Club], Any], nothing: Any = ()) -> Fact:
    """Return a fact about the club alone; there is none before its file is opened."""

    def of(gather: Gatherer, request: StepRequest, _needs: frozenset[str]) -> Any:
        club = request.club
        return nothing if club.state is State.NONE else read(gather.store, club)

    return Fact(frozenset({name}), of)


def _composition(gather: Gatherer, request: StepRequest, _needs: frozenset[str]) -> Composition:
    club = request.club
    return Composition() if club.state is State.NONE else gather.composition(club, request.on)


def _paused(gather: Gatherer, request: StepRequest, _needs: frozenset[str]) -> tuple[Task, ...]:
    club = request.club
    if club.state is not State.SUSPENDED:
        return ()
    return facts.paused(gather.store, club, club.state_seq)


def _namesakes(gather: Gatherer, request: StepRequest, _needs: frozenset[str]) -> tuple[str, ...]:
    return () if request.officer is None else facts.namesakes(gather.store, request.officer)


def _own_steps(store: Store, club: Club) -> tuple[OwnRecord, ...]:
    """Return the steps of the province's own that a club has recorded."""
    return own_records(store.rows(OWN_STEPS, (f"club:{club.id}", club.province)))


def _of(name: str, read: Callable[[Store, StepRequest], Any]) -> Fact:
    return Fact(frozenset({name}), lambda gather, request, _needs: read(gather.store, request))


FACTS: Mapping[str, Fact] = {
    "composition": Fact(frozenset({"composition"}), _composition),
    "board": _of_club("board", facts.board),
    "tasks": _of_club("tasks", facts.tasks),
    "ledger": _of_club("ledger", facts.ledger),
    "loans": _of_club("loans", facts.loans),
    "lending": _of_club("lending", facts.lending, None),
    "meetings": _of_club("meetings", facts.meetings),
    "supervisions": _of_club("supervisions", facts.supervisions),
    "reviews": _of_club("reviews", facts.reviews),
    "founders": _of_club("founders", facts.founders, frozenset()),
    "namesakes": Fact(frozenset({"namesakes"}), _namesakes),
    "counts": Fact(COUNTED, Gatherer.counts),
    "decisions": _of("decisions", lambda store, one: decisions(store, one.club, one.on)),
    "neighbours": _of("neighbours", lambda store, one: facts.neighbours(store, one.club)),
    "commune_list": _of("commune_list", lambda store, one: facts.units(store, one.club.province)),
    "units": Fact(frozenset({"territory"}), Gatherer._territory),
    "paused": Fact(frozenset({"tasks"}), _paused),
    "own_steps": _of_club("own_steps", _own_steps),
}
"""The facts of a request that are read from the database, by the request's field."""
OF_A_STEP = ("counts", "namesakes", "units")
"""Those that one step of a club has otherwise than another: by its form, its officer, its needs."""
ALL = frozenset(need for fact in FACTS.values() for need in fact.needs)


_FIELDS = tuple(one.name for one in fields(StepRequest))


class _Whole(StepRequest):
    """A request whose other facts are read when they are asked for."""

    __slots__ = ("_read",)
    _read: Callable[[str], Any]

    @classmethod
    def of(cls, request: StepRequest, unread: list[str], read: Callable[[str], Any]) -> StepRequest:
        """Return a request with everything but what is ``unread``, which ``read`` returns."""
        whole = object.__new__(cls)
        object.__setattr__(whole, "_read", read)
        for name in _FIELDS:
            if name not in unread:
                object.__setattr__(whole, name, getattr(request, name))
        return whole

    def __getattr__(self, name: str) -> Any:
        if name not in FACTS:
            raise AttributeError(name)
        found = self._read(name)
        object.__setattr__(self, name, found)
        return found


def _who_there_is(store: Store, officer: str, on: date) -> str:
    """Return whose id may have been meant: those nearest to what was typed first."""
    there = {one.id: one.name for one in facts.officers(store) if one.holds(on)}
    wanted = unmarked(officer)
    near = [
        id_
        for id_, name in there.items()
        if wanted and (wanted in unmarked(name) or wanted in unmarked(id_))
    ]
    near += get_close_matches(officer, there, n=SHOWN)
    first = list(dict.fromkeys([*near, *there]))
    names = ", ".join(f"{id_} ({there[id_]})" for id_ in first[:SHOWN])
    more = ", …" if len(first) > SHOWN else ""
    if not first:
        return _("Add the first officer: clb officer add --help.")
    return _("There are: {names}. All: clb officer list.").format(names=f"{names}{more}")


def unknown_officer(store: Store, officer: str, on: date) -> UnknownError | NotPermittedError:
    """Return the error for somebody in no office on a day, who may have been in one before."""
    offices = facts.officers(store, officer)
    if not offices:
        return UnknownError(
            _("There is no officer {officer}.").format(officer=officer),
            code=codes.OFFICER_UNKNOWN,
            help=_who_there_is(store, officer, on),
        )
    coming = [one.since for one in offices if one.since is not None and one.since > on]
    if coming:
        message = _("{officer} is in office from {day} on.").format(
            officer=offices[-1], day=dmy(min(coming))
        )
    else:
        ended = max(one.until for one in offices if one.until is not None)
        message = _("{officer} has been out of office since {day}.").format(
            officer=offices[-1], day=dmy(ended)
        )
    return NotPermittedError(message, code=codes.OFFICER_ENDED, help="clb officer list --all")
