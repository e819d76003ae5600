"""What an interview about a club's step must know, gathered from the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from engine.errors import ClbError, NotPermittedError
from engine.frozen import thaw
from engine.i18n import read_in
from engine.interview.offers import offer
from engine.interview.places import named_units
from engine.interview.question import Choice
from engine.interview.situation import (
    Paper,
    Person,
    Record,
    Situation,
    StepOffer,
)
from engine.labels import POSTS
from engine.lifecycle.history import corrected_forms, effective
from engine.lifecycle.judge import acting
from engine.lifecycle.lifecycle import Lifecycle, StepAvailability
from engine.lifecycle.people import names
from engine.model import Club, Event, Officer, Role
from engine.rules import own
from engine.rules.communes import commune_key, same_commune, wording
from engine.states import OPENING, STEPS, own_steps
from engine.states import step as find_step
from engine.store import codec, facts, log
from engine.store.database import Store

PEOPLE = (
    "SELECT m.id, p.name, m.born FROM member m JOIN personal p ON p.club = m.club "
    "AND p.province = m.province AND p.member = m.id "
    "WHERE m.club = ? AND m.province = ? AND m.left_on IS NULL ORDER BY p.name_key, m.id"
)
MEETINGS = (
    "SELECT on_date, activities FROM meeting WHERE club = ? AND province = ? AND voided_by IS NULL "
    "AND on_date > ? ORDER BY on_date, seq"
)
SIGNED = (
    "SELECT e.body, c.commune FROM club c JOIN event e ON e.stream = 'club:' || c.id "
    "AND e.province = c.province WHERE c.province = ? AND c.commune_key = ? "
    "AND e.step IN (?, ?, ?, ?, ?, ?) ORDER BY e.on_date, e.recorded_at, e.seq"
)
SUBMITTED = (
    "SELECT submission_number, submitted_on, lead_unit, commune FROM club WHERE province = ? "
    "AND commune_key = ? AND submission_number IS NOT NULL ORDER BY submitted_on, id"
)
DECIDING = ("approve", "change_board", "consolidate", "suspend", "resume", "dissolve")
"""The steps whose form has a decision."""


def situation(
    lifecycle: Lifecycle, club_id: str, step: str | None, officer: str | None
) -> Situation:
    """Return what is known of a club for one step; without a step, what it may do next.

    ``officer`` is the id of who asks. Raises ``UnknownError``, ``NotPermittedError`` for somebody
    in no office.
    """
    club, store = lifecycle.club(club_id), lifecycle.store
    found = (
        lifecycle.check(club_id, step, officer=officer)
        if step
        else _every_step(lifecycle, club_id, officer)
    )
    offices: tuple[Officer, ...] = lifecycle.officers(officer) if officer else ()
    office = None
    if step is not None and offices:
        office = acting(offices, find_step(step), found[0].request)
    events = log.of_club(store, club)
    known = names(store, club)
    last = club.supervised_on or club.launched_on or club.opened_on
    meetings = store.rows(MEETINGS, (*facts.named(club), last.isoformat() if last else ""))
    rules = lifecycle.provinces.rules(club.province)
    with read_in(*wording(club.commune, city=rules.city)):
        offers = _offers(lifecycle, club, found, officer)
    return Situation(
        today=lifecycle.today(),
        rules=rules,
        club=club,
        officer=office or next(iter(offices), None),
        offices=offices,
        offers=offers,
        composition=lifecycle.gather.composition(club, lifecycle.today()),
        people=people_of(store, club),
        names=known,
        board=facts.board(store, club),
        ledger=facts.ledger(store, club),
        loans=facts.loans(store, club),
        lending=facts.lending(store, club),
        records=_records(events, club, known, facts.officers(store)),
        decisions=decisions(store, club),
        submissions=submissions(store, club),
        meetings=tuple(date.fromisoformat(on) for on, _done in meetings),
        done_at_meetings=_done_at(done for _on, done in meetings),
        communes=communes(lifecycle, club.province),
    )


def people_of(store: Store, club: Club) -> tuple[Person, ...]:
    """Return a club's active members whose names are known."""
    return tuple(Person(*row) for row in store.rows(PEOPLE, facts.named(club)))


def opening(lifecycle: Lifecycle, province: str, officer: str | None) -> Situation:
    """Return what is known where a club is to be opened.

    Raises as ``situation`` does, and ``PluginError`` for a province that is not installed.
    """
    club, today = Club("", province), lifecycle.today()
    offices = tuple(
        one for one in (lifecycle.officers(officer) if officer else ()) if one.province == province
    )
    fitting = sorted(offices, key=lambda one: (one.role not in OPENING.eligible, one.seq))
    office = next(iter(fitting), None)
    if office is not None and office.of_one_commune:
        club = replace(club, commune=str(office.commune), commune_id=office.commune_id)
    found = lifecycle.check_opening(club, officer=officer)
    return Situation(
        today=today,
        rules=lifecycle.provinces.rules(province),
        club=club,
        officer=office,
        offices=offices,
        offers=_offers(lifecycle, club, [found], officer),
        communes=communes(lifecycle, province),
    )


def _every_step(
    lifecycle: Lifecycle, club_id: str, officer: str | None
) -> Sequence[StepAvailability]:
    club = lifecycle.club(club_id)
    rules = lifecycle.provinces.rules(club.province)
    every = (*STEPS, *own_steps.ahead(rules, club.state, lifecycle.today()))
    return [
        found
        for step in every
        if not step.founds
        for found in lifecycle.check(club_id, step.name, officer=officer)
    ]


def colleagues(
    lifecycle: Lifecycle, club: Club, found: Iterable[StepAvailability], officer: str | None
) -> dict[str, tuple[str, ...]]:
    """Return who else may take each step, by name."""
    everybody = _others(lifecycle, club, officer)
    return {
        one.step: tuple(
            dict.fromkeys(other.name for other in everybody if _may(other, club, one.roles))
        )
        for one in found
    }


def _others(lifecycle: Lifecycle, club: Club, officer: str | None) -> list[Officer]:
    """Return who else is in office in the province of a club."""
    today = lifecycle.today()
    return [
        one
        for one in facts.officers(lifecycle.store)
        if one.holds(today) and one.province == club.province and one.id != officer
    ]


def _offers(
    lifecycle: Lifecycle, club: Club, found: Iterable[StepAvailability], officer: str | None
) -> tuple[StepOffer, ...]:
    everybody = _others(lifecycle, club, officer)
    return tuple(
        offer(
            one.step,
            one.findings,
            one.roles,
            [other for other in everybody if _may(other, club, one.roles)],
            find_step(one.step).command,
            own.called(one.request.rules, one.step),
        )
        for one in found
    )


def instead(
    lifecycle: Lifecycle, club_id: str, step: str, form: Mapping[str, Any], officer: str | None
) -> tuple[Officer, ...]:
    """Return who else may take a step with exactly this form, where ``officer`` may not."""
    club = lifecycle.club(club_id)
    (found,) = lifecycle.check(club_id, step, officer=officer)
    (offered,) = _offers(lifecycle, club, [found], officer)

    def may(one: Officer) -> bool:
        try:
            lifecycle.advance(club_id, step, form, officer=one.id, dry_run=True)
        except NotPermittedError:
            return False
        except ClbError:
            pass  # what else is wrong is reported to whoever goes on
        return True

    return tuple(one for one in offered.officers if may(one))


def _may(officer: Officer, club: Club, roles: Sequence[Role]) -> bool:
    if officer.role not in roles:
        return False
    return (
        not officer.of_one_commune
        or not club.commune
        or same_commune(str(officer.commune), club.commune)
    )


def _records(
    events: Sequence[Event], club: Club, known: dict[str, str], officers: Iterable[Officer]
) -> tuple[Record, ...]:
    """Return the records that count, with their forms as corrected and names for ids."""
    named = {one.id: one.name for one in officers}
    shapes = corrected_forms(events)
    found = []
    for event in effective(events):
        if event.step == "correct":
            continue
        form = thaw(shapes[event.seq])
        for post in POSTS:
            if post in form:
                form[post] = known.get(form[post], form[post])
        if own.OWN in form:
            form[own.OWN] = {name: known.get(one, one) for name, one in form[own.OWN].items()}
        step = find_step(event.step)
        found.append(
            Record(
                event.seq,
                event.step,
                event.on,
                named.get(event.officer, event.officer),
                event.acted_as,
                form,
                event.to_state,
                event.from_state,
                corrected=step.corrected,
                undone=event.seq == club.state_seq and not step.founds,
            )
        )
    return tuple(found)


def decisions(store: Store, club: Club) -> tuple[Paper, ...]:
    """Return the decisions of a commune with their numbers and signers, the latest last."""
    found = []
    for body, commune in store.rows(SIGNED, (club.province, commune_key(club.commune), *DECIDING)):
        if not same_commune(commune, club.commune):
            continue
        paper = codec.form_of(body).get("decision") or {}
        if paper.get("number") and paper.get("date"):
            found.append(
                Paper(
                    paper["number"],
                    date.fromisoformat(paper["date"]),
                    paper.get("signer"),
                    paper.get("title"),
                )
            )
    return tuple(found)


def submissions(store: Store, club: Club) -> tuple[Paper, ...]:
    """Return the submissions of a commune's clubs, the latest last."""
    rows = store.rows(SUBMITTED, (club.province, commune_key(club.commune)))
    return tuple(
        Paper(number, date.fromisoformat(on), unit=unit)
        for number, on, unit, commune in rows
        if on and same_commune(commune, club.commune)
    )


def _done_at(listed: Iterable[str | None]) -> tuple[str, ...]:
    done = (name for names_ in listed if names_ for name in names_.split(","))
    return tuple(dict.fromkeys(done))


def communes(lifecycle: Lifecycle, province: str) -> tuple[Choice, ...]:
    """Return the communes that are known by name today: imported lists, and the policy's."""
    return named_units(lifecycle.gather.units(province), lifecycle.today())
