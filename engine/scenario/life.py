"""One club of a story, from its opened file on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine import codes
from engine.errors import ClbError, NotPermittedError, PluginError, RefusedError
from engine.frozen import freeze, thaw
from engine.i18n import _
from engine.lifecycle import Outcome
from engine.lifecycle.registry import Registry
from engine.model import Finding, Officer, Role, TaskKind
from engine.policy.effective import Rules
from engine.reports import clubs
from engine.scenario.agenda import Agenda
from engine.scenario.cast import Cast
from engine.scenario.filling import (
    COURSE_DAYS,
    Scene,
    course_days,
    course_start,
    fill,
    leave_out,
    newcomers,
    overlay,
    workday,
)
from engine.scenario.money import grant_form, payments
from engine.scenario.people import People, Person
from engine.scenario.played import Played, Refusal
from engine.scenario.scenario import PROPOSER, ClubPlan, StepPlan

ORDINARY = (
    StepPlan("roster", after_days=3),
    StepPlan("set_board"),
    StepPlan("propose", after_days=11),
    StepPlan("approve", after_days=20),
    StepPlan("train", after_days=12),
    StepPlan("launch", after_days=14),
)
"""How a club comes to its launch, and how many days lie between."""

GRANT_AFTER_DAYS = 14


def _extra_course(day: date) -> StepPlan:
    form = {"course": {"kind": "supplementary", "days": COURSE_DAYS}}
    return StepPlan("train", on=day, form=freeze(form))


DOING: dict[TaskKind, Callable[[date], StepPlan]] = {
    TaskKind.MEETING: lambda day: StepPlan("meeting", on=day),
    TaskKind.SUPERVISION: lambda day: StepPlan("supervise", on=day),
    TaskKind.REVIEW: lambda day: StepPlan("review", on=day),
    TaskKind.TRAINING_SUPPLEMENTARY: _extra_course,
}
"""The step that does what is due."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the clubs of one province's story have in common. ``asked_on`` ends the story."""

    registry: Registry
    province: str
    rules: Rules
    people: People
    cast: Cast
    asked_on: date


class Life:
    """One club, from its opened file on."""

    def __init__(
        self,
        setting: Setting,
        played: Played,
        plan: ClubPlan,
        place: int,
        number: int,
        opened: date,
    ) -> None:
        self._setting = setting
        self._door = setting.registry.lifecycle
        self._played = played
        self._group = played.group
        self._plan = plan
        self._place = place
        self._number = number
        self._day = opened
        self._meetings: int | None = None
        self._end = setting.asked_on
        self._village = plan.village or setting.people.village()
        made_of = self._group.members
        self._people: tuple[Person, ...] = setting.people.members(
            made_of.total,
            opened,
            self._village,
            elderly=made_of.elderly,
            women=made_of.women,
            poor=made_of.poor,
        )
        self._founder = setting.cast.for_step("open", plan.commune, opened)
        self.club = self._open(opened)

    def live(self) -> None:
        """Take the group's own steps, or lead the ordinary life."""
        for step in self._group.steps or ORDINARY:
            self._take(step)
        if not self._group.steps:
            if self._group.money:
                self._day = workday(self._day + timedelta(days=GRANT_AFTER_DAYS))
                self._pay(StepPlan("fund", on=self._day, money=self._group.money))
            self._follow_tasks()

    def _open(self, on: date) -> str:
        name = self._plan.name or _("Intergenerational self-help club of {village}").format(
            village=self._village
        )
        form = {
            "date": on.isoformat(),
            "name": name,
            "commune": self._plan.commune,
            "village": self._village,
        }
        reasons = self._group.acknowledge
        outcome = self._door.open(
            self._setting.province, form, officer=self._founder.id, acknowledged=reasons
        )
        return outcome.club

    def _take(self, step: StepPlan) -> None:
        """Take a planned step on its day."""
        day = step.on or workday(self._day + timedelta(days=step.after_days))
        if step.step == "train" and step.on is None:
            day = course_start(day, course_days(self._setting.rules, day))
        if step.step == "roster":
            self._roster(step, day)
        elif step.money is not None:
            self._pay(step)
        else:
            form = self._form(step, day)
            self._advance(step, form, day)
            day = self._door.club(self.club).state_on or day
        self._day = max(self._day, day)

    def _form(self, step: StepPlan, day: date) -> dict[str, Any]:
        form = fill(step.step, day, self._scene(step, day))
        overlay(form, step.form)
        for path in step.without:
            leave_out(form, path)
        return form

    def _scene(self, step: StepPlan, day: date) -> Scene:
        page = self._page(day)
        return Scene(
            group=self._group,
            rules=self._setting.rules,
            number=self._number,
            village=self._village,
            commune=self._plan.commune,
            board=tuple(one.name for one in self._people[:4]),
            officer=self._officer(step, day),
            page=page,
            meetings=self._meetings,
        )

    def _page(self, day: date) -> clubs.Page:
        club = self._door.club(self.club)
        return clubs.page(
            self._setting.registry.store, club, self._door.gather.composition(club, day), day
        )

    def _officer(self, step: StepPlan, day: date) -> Officer:
        if step.by == PROPOSER:
            return self._founder
        role = Role(step.by) if step.by else None
        return self._setting.cast.for_step(step.step, self._plan.commune, day, role)

    def _roster(self, step: StepPlan, day: date) -> None:
        outcome = self._door.advance(
            self.club,
            "roster",
            {"date": day.isoformat(), "added": len(self._people), "changed": 0, "left": 0},
            officer=self._officer(step, day).id,
            prepare=newcomers(self._people),
        )
        self._remember(step, outcome)

    def _pay(self, step: StepPlan) -> None:
        """Record the money that the policy states for this club."""
        assert step.money is not None
        day = step.on or workday(self._day + timedelta(days=step.after_days))
        decided = self._door.club(self.club).decided_on or day
        due = payments(self._setting.rules, step.money, decided, self._place)
        if not due:
            raise self._misfit(step, day, _("finds no amount in {key}").format(key=step.money), ())
        for one in due:
            form = self._form(step, day)
            for name, value in grant_form(one, self._number).items():
                form.setdefault(name, value)
            self._advance(step, form, day)
        self._day = max(self._day, day)

    def _advance(self, step: StepPlan, form: dict[str, Any], day: date) -> None:
        """Take a step through the door, or hold it to being refused."""
        officer = self._officer(step, day)
        if step.second_role is not None:
            self._setting.cast.give(officer, step.second_role, self._plan.commune)
        reasons = {**thaw(self._group.acknowledge), **thaw(step.acknowledge)}
        before = self._door.club(self.club).seq
        try:
            outcome = self._door.advance(
                self.club, step.step, form, officer=officer.id, acknowledged=reasons
            )
        except (RefusedError, NotPermittedError) as error:
            if step.refused not in {one.code for one in error.findings}:
                raise self._unlike(step, day, error) from error
            self._played.refusals.append(
                Refusal(
                    province=self._setting.province,
                    club=self.club,
                    step=step.step,
                    on=day,
                    officer=officer,
                    exit_code=error.exit_code,
                    code=error.code,
                    message=error.message,
                    findings=error.findings,
                    after_seq=before,
                    why=step.why,
                )
            )
            return
        if step.refused is not None:
            raise self._unlike(step, day, None)
        if step.step == "propose":
            self._founder = officer
        self._remember(step, outcome)

    def _remember(self, step: StepPlan, outcome: Outcome) -> None:
        """Keep what the log does not: the findings that went with a step, the words before it."""
        assert outcome.event is not None
        place = (self.club, outcome.event.seq)
        self._played.heard[place] = outcome.findings
        self._played.warnings.extend(outcome.warnings)
        if step.why:
            self._played.why[place] = step.why

    def _unlike(self, step: StepPlan, day: date, error: ClbError | None) -> PluginError:
        """Return the error that says how the story and the rules disagree."""
        if error is None:
            happened = _("was not refused, though the story says {code}").format(code=step.refused)
            return self._misfit(step, day, happened, ())
        happened = _("was refused: {message} ({codes})").format(
            message=error.message,
            codes=", ".join(dict.fromkeys(one.code for one in error.findings)),
        )
        return self._misfit(step, day, happened, error.findings)

    def _misfit(
        self, step: StepPlan, day: date, happened: str, findings: tuple[Finding, ...]
    ) -> PluginError:
        return PluginError(
            _("{province}: the step {step} of {day} in {commune} {happened}.").format(
                province=self._setting.province,
                step=step.step,
                day=day.isoformat(),
                commune=self._plan.commune,
                happened=happened,
            ),
            code=codes.DEMO_STORY,
            help=_("The story demo.toml and the policy do not fit; tell the plugin's author."),
            findings=findings,
        )

    def _follow_tasks(self) -> None:
        """Do what falls due, each on its day, as long as the group's plan goes."""
        agenda = Agenda.of(self._group, self._end)
        while (coming := agenda.take_next(self._page(self._day).tasks, self._day)) is not None:
            kind, day = coming
            if kind is TaskKind.MEETING:
                self._meetings = (self._meetings or 0) + 1
            self._take(DOING[kind](day))
            if kind is TaskKind.SUPERVISION and self._meetings is not None:
                self._meetings = 0
