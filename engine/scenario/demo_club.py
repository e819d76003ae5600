"""One club of a province's demonstration, from its opened file to the last day of the story."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from engine.errors import ClbError, NotPermittedError, RefusedError
from engine.frozen import freeze, thaw
from engine.i18n import _
from engine.labels import POSTS
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.people import RosterWork
from engine.model import Finding, FundKind, Officer, Role, Task, TaskKind, balance_field
from engine.policy.effective import Rules
from engine.reports import clubs
from engine.rules.calendar import is_weekend
from engine.rules.own import aspect_path
from engine.scenario.demo_file import PROPOSER, Group, PlannedClub, PlannedStep, StoryError
from engine.scenario.forms import Changes, dotted, grants
from engine.scenario.people import People
from engine.scenario.world import World
from engine.vietnamese.text import lower_first

PUBLIC_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
COURSE_DAYS = 2
GUESTS = 20
DAYS_TO_APPRAISE = 3
GRANT_AFTER_DAYS = 14
LOAN = 1_500_000
"""What each borrower gets in the story, in đồng."""

ORDINARY = (
    PlannedStep("roster", after_days=3),
    PlannedStep("set_board"),
    PlannedStep("propose", after_days=11),
    PlannedStep("approve", after_days=20),
    PlannedStep("train", after_days=12),
    PlannedStep("launch", after_days=GRANT_AFTER_DAYS),
)
"""How a club comes to its launch, and how many days lie between."""
DUE_STEPS = {
    TaskKind.MEETING: PlannedStep("meeting"),
    TaskKind.TRAINING_SUPPLEMENTARY: PlannedStep(
        "train", form=freeze({"course": {"kind": "supplementary", "days": COURSE_DAYS}})
    ),
    TaskKind.SUPERVISION: PlannedStep("supervise"),
    TaskKind.REVIEW: PlannedStep("review"),
}
"""The step that does what is due; on one day a supervision before the review that rests on it."""
ORDER = tuple(DUE_STEPS)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step that was refused. ``after_seq`` is the number of the club's last event then."""

    province: str
    club: str
    step: str
    on: date
    officer: Officer
    error: ClbError
    after_seq: int
    why: str | None


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


def course_start(day: date, days: int) -> date:
    """Return the first day from ``day`` on which a course of that length has no day off in it."""
    start = workday(day)
    while any(workday(one) != one for one in (start + timedelta(days=n) for n in range(days))):
        start = workday(start + timedelta(days=1))
    return start


def course_days(rules: Rules, on: date) -> int:
    """Return how long an initial course lasts: as the province states, else two days."""
    stated = rules.stated("training.course", on)
    return int(stated.value["days"]) if stated.status == "value" else COURSE_DAYS


@dataclass(slots=True)
class Agenda:
    """What is left to do of a group's plan for one club, up to the day ``end``."""

    supervisions: int
    reviews: int
    reviewed: list[date]
    courses: list[date]
    end: date

    @classmethod
    def of(cls, group: Group, end: date) -> "Agenda":
        """Return the whole plan of a group; days of its own take the place of counted reviews."""
        reviews = 0 if group.reviewed else group.reviews
        return cls(group.supervisions, reviews, list(group.reviewed), list(group.courses), end)

    def take_next(self, tasks: Iterable[Task], earliest: date) -> tuple[TaskKind, date] | None:
        """Return what comes next, on which working day, and strike it off.

        ``tasks`` are the club's open ones. ``None`` when nothing is left before the end. A review
        waits for the supervisions of the plan, unless the story sets its day. A monthly meeting
        keeps within its month.
        """
        coming = [
            (
                (workday_before if one.kind is TaskKind.MEETING else workday)(one.due_on),
                ORDER.index(one.kind),
            )
            for one in tasks
            if one.due_on is not None and self._wanted(one.kind)
        ]
        for days, kind in (
            (self.reviewed, TaskKind.REVIEW),
            (self.courses, TaskKind.TRAINING_SUPPLEMENTARY),
        ):
            if days:
                coming.append((workday(days[0]), ORDER.index(kind)))
        in_time = [one for one in coming if one[0] <= self.end]
        if not in_time:
            return None
        day, place = min(in_time)
        self._strike(ORDER[place], day)
        return ORDER[place], max(day, earliest)

    def _wanted(self, kind: TaskKind) -> bool:
        if kind is TaskKind.SUPERVISION:
            return self.supervisions > 0
        if kind is TaskKind.REVIEW:
            return self.reviews > 0 and not self.supervisions
        return kind in ORDER

    def _strike(self, kind: TaskKind, day: date) -> None:
        if kind is TaskKind.SUPERVISION:
            self.supervisions -= 1
        elif kind is TaskKind.REVIEW and self.reviewed:
            self.reviewed.pop(0)
        elif kind is TaskKind.REVIEW:
            self.reviews -= 1
        elif kind is TaskKind.TRAINING_SUPPLEMENTARY:
            self.courses = [one for one in self.courses if workday(one) != day]


class DemoClub:
    """One club, from its opened file on, with what the log does not keep of it.

    ``place`` counts the clubs of its group from 0, ``number`` those of the story from 1. ``why``
    are the words before a step, ``findings`` those that went with it; both by the number of the
    step's event. ``warnings`` are those of listeners that failed after a step was done. A refused
    step leaves nothing in the log at all.
    """

    def __init__(
        self,
        world: World,
        people: People,
        group: Group,
        plan: PlannedClub,
        place: int,
        number: int,
        opened: date,
    ) -> None:
        self.world = world
        self.group = group
        self.commune = plan.commune
        self.place = place
        self.number = number
        self.day = opened
        self.meetings: int | None = None
        self.why: dict[int, str] = {}
        self.findings: dict[int, tuple[Finding, ...]] = {}
        self.refusals: list[Refusal] = []
        self.warnings: list[str] = []
        self.village = plan.village or people.village()
        made_of = self.group.members
        self.people = people.members(
            made_of.total,
            opened,
            self.village,
            elderly=made_of.elderly,
            women=made_of.women,
            poor=made_of.poor,
        )
        self.founder = world.officers.for_step("open", plan.commune, opened)
        name = plan.name or _("Intergenerational self-help club of {village}").format(
            village=self.village
        )
        named = {"name": name, "commune": plan.commune, "village": self.village}
        if plan.district:
            named["district"] = plan.district
        self.id = world.open(opened, named, reasons=thaw(self.group.acknowledge))
        outcome = world.outcomes[-1]
        assert outcome.event is not None
        self.findings[outcome.event.seq] = outcome.findings

    def live(self, end: date) -> None:
        """Take the group's own steps, or lead the ordinary life up to a day."""
        for step in self.group.steps or ORDINARY:
            self._take(step)
        if self.group.steps:
            return
        if self.group.money:
            self._take(PlannedStep("fund", after_days=GRANT_AFTER_DAYS, money=self.group.money))
            self._lend()
        agenda = Agenda.of(self.group, end)
        while (coming := agenda.take_next(self.page(self.day).tasks, self.day)) is not None:
            kind, day = coming
            if kind is TaskKind.MEETING:
                self.meetings = (self.meetings or 0) + 1
            self._take(replace(DUE_STEPS[kind], on=day))
            if kind is TaskKind.SUPERVISION and self.meetings is not None:
                self.meetings = 0

    def _lend(self) -> None:
        """Lend what came to the income fund to as many as the supervisions find borrowing.

        Where no document states an amount there is none: those members borrow elsewhere.
        """
        borrowers = self.borrowers(self.day)
        if (self.page(self.day).funds[FundKind.INCOME] or 0) < borrowers * LOAN:
            return
        form = {
            "kind": "loan",
            "fund": "income",
            "source": "member",
            "amount": borrowers * LOAN,
            "donor": _("{count} members, by the list of loans").format(count=borrowers),
            "document": _("Payment slip {number}").format(number="01"),
        }
        self._take(PlannedStep("fund", after_days=GRANT_AFTER_DAYS, form=freeze(form)))

    def borrowers(self, day: date) -> int:
        """Return how many borrow, as the story has it, else half of the members."""
        planned = self.group.borrowers
        return (self.page(day).composition.members + 1) // 2 if planned is None else planned

    def page(self, day: date) -> clubs.Page:
        """Return the club as the database has it on a day."""
        registry = self.world.registry
        club = registry.lifecycle.club(self.id)
        made_of = registry.lifecycle.gather.composition(club, day)
        return clubs.page(registry.store, self.world.rules, club, made_of, day)

    def _take(self, step: PlannedStep) -> None:
        """Take a planned step on its day; money as often as the policy has payments."""
        day = step.on or workday(self.day + timedelta(days=step.after_days))
        if step.step == "train" and step.on is None:
            day = course_start(day, course_days(self.world.rules, day))
        for payment in self._payments(step, day) if step.money else ({},):
            self._advance(step, day, payment)
        state_on = self.world.registry.lifecycle.club(self.id).state_on
        self.day = max(self.day, day, state_on or day)

    def _payments(self, step: PlannedStep, day: date) -> Iterator[Changes]:
        """Yield the forms of the money that the policy states for this club."""
        assert step.money is not None
        decided = self.world.registry.lifecycle.club(self.id).decided_on or day
        found = grants(self.world.rules, step.money, decided, self.place)
        if not found:
            raise self._misfit(step, day, _("finds no amount in {key}").format(key=step.money))
        paper = _("Payment order {number:02} (invented for the demonstration)")
        for one in found:
            yield {**one, "document": paper.format(number=self.number)}

    def _officer(self, step: PlannedStep, day: date, form: Changes) -> Officer:
        if step.by == PROPOSER:
            return self.founder
        role = Role(step.by) if step.by else None
        return self.world.officers.for_step(step.step, self.commune, day, role, form)

    def _advance(self, step: PlannedStep, day: date, payment: Changes) -> None:
        """Take a step, which must be refused where the story has it refused and only there."""
        officer = self._officer(step, day, {**payment, **dict(dotted(step.form))})
        if step.second_role is not None:
            self.world.officers.give(officer, step.second_role, self.commune)
        ordinary = CHANGES[step.step](self, day, officer) if step.step in CHANGES else {}
        changes = {
            **ordinary,
            **payment,
            **dict(dotted(self.group.forms.get(step.step, {}))),
            **dict(dotted(step.form)),
            **dict.fromkeys(step.without),
        }
        how: dict[str, Any] = {"officer": officer.id}
        how["reasons"] = {**self.group.acknowledge, **step.acknowledge}
        if step.step == "roster":
            how["prepare"] = RosterWork(added=self.people)
        before = self.world.registry.lifecycle.club(self.id).seq
        try:
            outcome = self.world.take(self.id, step.step, day, changes, **how)
        except (RefusedError, NotPermittedError) as error:
            if step.refused not in {one.code for one in error.findings}:
                happened = _("was refused: {message} ({codes})").format(
                    message=error.message,
                    codes=", ".join(dict.fromkeys(one.code for one in error.findings)),
                )
                raise self._misfit(step, day, happened, error.findings) from error
            self.refusals.append(
                Refusal(
                    province=self.world.province,
                    club=self.id,
                    step=step.step,
                    on=day,
                    officer=officer,
                    error=error,
                    after_seq=before,
                    why=step.why,
                )
            )
            return
        if step.refused is not None:
            happened = _("was not refused, though the story says {code}").format(code=step.refused)
            raise self._misfit(step, day, happened)
        if step.step == "propose":
            self.founder = officer
        self._keep(step, outcome)

    def _keep(self, step: PlannedStep, outcome: Outcome) -> None:
        """Keep what the log does not: the findings that went with a step, the words before it."""
        assert outcome.event is not None
        self.findings[outcome.event.seq] = outcome.findings
        self.warnings += outcome.warnings
        if step.why:
            self.why[outcome.event.seq] = step.why

    def _misfit(
        self, step: PlannedStep, day: date, happened: str, findings: tuple[Finding, ...] = ()
    ) -> StoryError:
        """Return the error for a story and rules that disagree."""
        return StoryError.at(
            step.line or self.group.line,
            _("{province}: the step {step} of {day} in {commune} {happened}.").format(
                province=self.world.province,
                step=step.step,
                day=day.isoformat(),
                commune=self.commune,
                happened=happened,
            ),
            help=_("The story demo.toml and the policy do not fit; inform the plugin's author."),
            findings=findings,
        )


def _roster(club: DemoClub, on: date, officer: Officer) -> Changes:
    del on, officer
    return {"added": len(club.people)}


def _board(club: DemoClub, on: date, officer: Officer) -> Changes:
    del on, officer
    return dict(zip(POSTS, (one.name for one in club.people), strict=False))


def _propose(club: DemoClub, on: date, officer: Officer) -> Changes:
    del on
    symbol = "TTr-HNCT" if officer.role is Role.ASSOCIATION else "TTr-VHXH"
    return {"submission.number": f"{club.number:02}/{symbol}"}


def _approve(club: DemoClub, on: date, officer: Officer) -> Changes:
    """Appraise the aspects that the province states, some days before the decision."""
    changes = {
        "decision.number": f"{club.number:02}",
        "decision.signer": officer.name,
        "decision.title": _("Chair of the People's Committee of {commune}").format(
            commune=lower_first(club.commune)
        ),
        "appraisal": None,
    }
    stated = club.world.rules.policy.entries_of("appraisal.aspects")
    if stated:
        appraised = workday_before(on - timedelta(days=DAYS_TO_APPRAISE))
        changes["appraisal.date"] = appraised.isoformat()
        changes["appraisal.appraiser"] = _("Culture and society officer of {commune}").format(
            commune=lower_first(club.commune)
        )
        changes |= {aspect_path(aspect): "met" for aspect in stated[-1].value}
    return changes


def _train(club: DemoClub, on: date, officer: Officer) -> Changes:
    """Begin the course on the day; it is over, and the step happens, some days later."""
    del officer
    days = course_days(club.world.rules, on)
    return {
        "date": None,
        "course.days": days,
        "course.attendees": len(POSTS),
        "course.topics": _("accounts, the funds, meetings of the club"),
    }


def _launch(club: DemoClub, on: date, officer: Officer) -> Changes:
    del officer
    return {
        "place": _("Culture house of {village}").format(village=club.village),
        "attendance": club.page(on).composition.members + GUESTS,
    }


def _meeting(club: DemoClub, on: date, officer: Officer) -> Changes:
    del officer
    return {"attendance": club.page(on).composition.members * 9 // 10}


def _supervise(club: DemoClub, on: date, officer: Officer) -> Changes:
    page = club.page(on)
    since = page.club.supervised_on or page.club.launched_on or on
    months = (on.year - since.year) * 12 + on.month - since.month
    return {
        "inspector": officer.name,
        "meetings_held": months if club.meetings is None else club.meetings,
        **{balance_field(fund): held for fund, held in page.funds.items()},
        "borrowers": club.borrowers(on),
    }


CHANGES: dict[str, Callable[[DemoClub, date, Officer], Changes]] = {
    "roster": _roster,
    "set_board": _board,
    "propose": _propose,
    "approve": _approve,
    "train": _train,
    "launch": _launch,
    "meeting": _meeting,
    "supervise": _supervise,
}
"""What the ordinary form of a step has of this club."""
