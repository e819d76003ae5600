"""Filling in a step's form with ordinary figures, where a story says nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.frozen import thaw
from engine.i18n import _
from engine.lifecycle.people import NewMember, RosterWork
from engine.model import Officer, Role
from engine.policy.effective import Rules
from engine.reports.clubs import Page
from engine.rules.calendar import is_weekend
from engine.rules.forms import place
from engine.scenario.cast import chair_title
from engine.scenario.people import Person
from engine.scenario.scenario import Group

PUBLIC_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
COURSE_DAYS = 2
GUESTS = 20
DAYS_TO_APPRAISE = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form is filled in from.

    ``number`` counts the clubs of the story. ``page`` is the club as the database has it just now,
    ``meetings`` how many it recorded since the last supervision; ``None`` where it records none.
    """

    group: Group
    rules: Rules
    number: int
    village: str
    commune: str
    board: tuple[str, ...]
    officer: Officer
    page: Page | None = None
    meetings: int | None = None


def workday(day: date) -> date:
    """Return the day, or the first after it on which an office is open."""
    while is_weekend(day) or (day.month, day.day) in PUBLIC_HOLIDAYS:
        day += timedelta(days=1)
    return day


def workday_before(day: date) -> date:
    """Return the day, or the last before it on which an office is open."""
    while is_weekend(day) or (day.month, day.day) in PUBLIC_HOLIDAYS:
        day -= timedelta(days=1)
    return day


def course_days(rules: Rules, on: date) -> int:
    """Return how long an initial course lasts: as the province states, else two days."""
    stated = rules.stated("training.course", on)
    return int(stated.value["days"]) if stated.status == "value" else COURSE_DAYS


def course_start(day: date, days: int) -> date:
    """Return the first day from ``day`` on which a course of that length has no day off in it."""
    start = workday(day)
    while any(workday(one) != one for one in (start + timedelta(days=n) for n in range(days))):
        start = workday(start + timedelta(days=1))
    return start


def fill(step: str, on: date, scene: Scene) -> dict[str, Any]:
    """Return a form for a step that happens on a day, with what the group fills in differently."""
    maker = MAKERS.get(step)
    form = maker(on, scene) if maker else {"date": on.isoformat()}
    overlay(form, scene.group.forms.get(step, {}))
    return form


def overlay(form: dict[str, Any], changes: Mapping[str, Any], path: str = "") -> None:
    """Put nested changes over a form."""
    for name, value in changes.items():
        inner = f"{path}{name}"
        if isinstance(value, Mapping):
            overlay(form, value, f"{inner}.")
        else:
            place(form, inner, thaw(value))


def leave_out(form: dict[str, Any], path: str) -> None:
    """Take a field out of a form."""
    *parents, last = path.split(".")
    here = form
    for name in parents:
        here = here.get(name, {})
    here.pop(last, None)


def newcomers(people: Iterable[Person]) -> RosterWork:
    """Return the work that puts invented people on a member list."""
    return RosterWork(
        added=[
            NewMember(
                one.name,
                one.sex,
                one.born,
                one.circumstance,
                one.village,
                one.id_number,
                one.phone,
            )
            for one in people
        ]
    )


def _propose(on: date, scene: Scene) -> dict[str, Any]:
    symbol = "TTr-HNCT" if scene.officer.role is Role.ASSOCIATION else "TTr-VHXH"
    return {"submission": {"number": f"{scene.number:02}/{symbol}", "date": on.isoformat()}}


def _board(on: date, scene: Scene) -> dict[str, Any]:
    chair, vice, secretary, treasurer = scene.board
    return {
        "date": on.isoformat(),
        "chair": chair,
        "vice": vice,
        "secretary": secretary,
        "treasurer": treasurer,
    }


def _approve(on: date, scene: Scene) -> dict[str, Any]:
    form: dict[str, Any] = {
        "decision": {
            "number": f"{scene.number:02}",
            "date": on.isoformat(),
            "signer": scene.officer.name,
            "title": chair_title(scene.commune),
        }
    }
    stated = scene.rules.policy.entries_of("appraisal.aspects")
    if stated:
        appraised = workday_before(on - timedelta(days=DAYS_TO_APPRAISE))
        form["appraisal"] = {
            "date": appraised.isoformat(),
            **{str(aspect): "met" for aspect in stated[-1].value},
        }
    return form


def _train(on: date, scene: Scene) -> dict[str, Any]:
    return {
        "course": {
            "kind": "initial",
            "start": on.isoformat(),
            "days": course_days(scene.rules, on),
            "attendees": len(scene.board),
        }
    }


def _launch(on: date, scene: Scene) -> dict[str, Any]:
    members = scene.page.composition.members if scene.page else 0
    return {
        "date": on.isoformat(),
        "place": _("Culture house of {village}").format(village=scene.village),
        "attendance": members + GUESTS,
        "charter_adopted": True,
        "funds_opened": ["income", "operating"],
    }


def _meeting(on: date, scene: Scene) -> dict[str, Any]:
    members = scene.page.composition.members if scene.page else 0
    return {
        "date": on.isoformat(),
        "attendance": members * 9 // 10,
        "activities": activities(scene.rules, on),
    }


def _supervise(on: date, scene: Scene) -> dict[str, Any]:
    assert scene.page is not None
    members, borrowers = scene.page.composition.members, scene.group.borrowers
    since = scene.page.club.supervised_on or scene.page.club.launched_on or on
    months = (on.year - since.year) * 12 + on.month - since.month
    return {
        "date": on.isoformat(),
        "inspector": scene.officer.name,
        "meetings_held": months if scene.meetings is None else scene.meetings,
        "activities": activities(scene.rules, on),
        "income_fund_balance": scene.page.funds["income"],
        "operating_fund_balance": scene.page.funds["operating"],
        "borrowers": (members + 1) // 2 if borrowers is None else borrowers,
        "conclusion": "pass",
    }


def _review(on: date, scene: Scene) -> dict[str, Any]:
    del scene
    return {
        "year": on.year,
        "date": on.isoformat(),
        "result": "pass",
        "by_regulation": True,
        "well_run": True,
    }


def activities(rules: Rules, on: date) -> list[str]:
    """Return the ids of what a club does, by the province's list, else the general procedure's."""
    rule = rules.rule("activities.list", on)
    return [str(one["id"]) for one in rule.value] if rule else []


MAKERS: dict[str, Callable[[date, Scene], dict[str, Any]]] = {
    "propose": _propose,
    "set_board": _board,
    "approve": _approve,
    "train": _train,
    "launch": _launch,
    "meeting": _meeting,
    "supervise": _supervise,
    "review": _review,
}
