"""Reading the facts a step needs, and no others, into one frozen request."""

from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from engine import codes
from engine.errors import NotPermittedError, UnknownError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.lifecycle.decisions import decisions
from engine.lifecycle.prepare import Prepared
from engine.model import Club, Composition, Effects, Officer, State
from engine.provinces.load import Provinces
from engine.rules import territory
from engine.rules.commune_list import of_the_day
from engine.rules.communes import Unit, full_name, is_whole, spelt
from engine.rules.request import Counts, StepRequest
from engine.rules.succession import succession
from engine.states.stage import Step
from engine.store import facts
from engine.store.database import Store
from engine.vietnamese.text import dmy, unmarked

SHOWN = 5
"""Officers who are named to somebody who is none of them."""
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
    ) -> StepRequest:
        """Return the request for a step, with the facts the step needs."""
        needs, store, known = step.needs, self.store, club.state is not State.NONE
        rules = self.provinces.rules(club.province)
        composition = Composition()
        if "composition" in needs and known:
            composition = self.composition(club, on)
        suspended = club.state is State.SUSPENDED and "tasks" in needs
        return StepRequest(
            step=step.name,
            on=on,
            today=today,
            club=club,
            form=form,
            rules=rules,
            composition=composition,
            board=facts.board(store, club.id) if "board" in needs and known else (),
            tasks=facts.tasks(store, club.id) if "tasks" in needs and known else (),
            paused=facts.paused(store, club.id, club.state_seq) if suspended else (),
            ledger=facts.ledger(store, club.id) if "ledger" in needs and known else (),
            supervisions=facts.supervisions(store, club.id) if "supervisions" in needs else (),
            reviews=facts.reviews(store, club.id) if "reviews" in needs else (),
            founders=facts.founders(store, club.id) if "founders" in needs else frozenset(),
            counts=self._counts(needs, club, form, on),
            decisions=decisions(store, club, on) if "decisions" in needs else (),
            neighbours=facts.neighbours(store, club) if "neighbours" in needs else (),
            commune_list=facts.units(store, club.province) if "commune_list" in needs else None,
            units=self._territory(needs, club, on),
            target=prepared.target if prepared else None,
            remedy=prepared.remedy if prepared else Effects(),
            remedy_findings=prepared.findings if prepared else (),
            asking=asking,
        )

    def _territory(self, needs: frozenset[str], club: Club, on: date) -> tuple[Unit, ...]:
        """Return the units that show what a commune once belonged to, where a policy asks it."""
        if "territory" in needs and territory.asked(self.provinces.rules(club.province), on):
            return self.units(club.province)
        return ()

    def composition(self, club: Club, on: date) -> Composition:
        """Count the members on a day, with the age the province (else the law) calls elderly."""
        age = self.provinces.rules(club.province).needed("membership.elderly_age", on)
        return facts.composition(self.store, club.id, on, int(age.value))

    def _counts(self, needs: frozenset[str], club: Club, form: FrozenMap, on: date) -> Counts:
        if not needs & COUNTED:
            return Counts()
        source = str(form.get("source") or "province_budget")
        name = str(form.get("name") or club.name)
        return facts.counts(
            self.store, club, on, needs, source=source, name=name, period=self._budgeted(club, on)
        )

    def _budgeted(self, club: Club, on: date) -> tuple[date, date] | None:
        """Return the period that the province's whole budget is for, in whole years."""
        total = self.provinces.rules(club.province).stated("budget.total", on)
        if total.status != "value" or total.start is None:
            return None
        return date(total.start.year, 1, 1), total.end or date.max


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
            officer=officer, day=dmy(min(coming))
        )
    else:
        ended = max(one.until for one in offices if one.until is not None)
        message = _("{officer} has been out of office since {day}.").format(
            officer=officer, day=dmy(ended)
        )
    return NotPermittedError(message, code=codes.OFFICER_ENDED, help="clb officer list --all")
