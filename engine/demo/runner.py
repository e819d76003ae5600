"""Playing a province's story through the real door: every step judged, committed and logged."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from engine.demo.cast import Cast
from engine.demo.filling import Scene, course_days, course_start, fill, leave_out, overlay, workday
from engine.demo.money import Money, payments
from engine.demo.people import People, Person
from engine.demo.scenario import PROPOSER, ClubPlan, Group, Scenario, StepPlan
from engine.errors import ClbError, NotPermittedError, PluginError, RefusedError
from engine.frozen import thaw
from engine.i18n import _
from engine.lifecycle.people import NewMember, RosterWork
from engine.lifecycle.registry import Registry
from engine.model import Finding, Officer, Role, TaskKind
from engine.reports import clubs
from engine.states import step as find_step

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
EXTRA_TRAINING = "supplementary"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step that was refused, as the door said it. ``after_seq`` is the club's last event then."""

    province: str
    club: str
    step: str
    on: date
    officer: Officer
    exit_code: int
    code: str
    message: str
    findings: tuple[Finding, ...]
    after_seq: int
    why: str | None


@dataclass(slots=True)
class Played:
    """What was played of a group: the ids of its clubs, and the words told before their steps."""

    group: Group
    clubs: list[str] = field(default_factory=list)
    why: dict[tuple[str, int], str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


class Runner:
    """Plays one province's story."""

    def __init__(
        self,
        registry: Registry,
        province: str,
        scenario: Scenario,
        tell: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self.registry = registry
        self.province = province
        self.scenario = scenario
        self.rules = registry.provinces.rules(province)
        self.people = People(scenario.seed)
        self.cast = Cast(
            registry.desk, registry.provinces, province, self.people, scenario.groups[0].opened
        )
        self._tell = tell
        self._number = 0

    def play(self) -> list[Played]:
        """Play every group in turn.

        Raises ``PluginError`` when a step is refused that should not be, or the other way round.
        """
        played = []
        for group in self.scenario.groups:
            self._tell(_("Playing: {title}").format(title=group.title))
            played.append(self._group(group))
        return played

    def _group(self, group: Group) -> Played:
        done = Played(group)
        for place, plan in enumerate(self._plans(group)):
            self._number += 1
            opened = plan.opened or group.opened + timedelta(days=place * group.every_days)
            life = _Life(self, done, plan, place, self._number, workday(opened))
            done.clubs.append(life.club)
            life.live()
        return done

    def _plans(self, group: Group) -> tuple[ClubPlan, ...]:
        if group.communes_from is None:
            return group.clubs
        stated = self.rules.stated(group.communes_from, group.opened)
        if stated.status != "value":
            raise PluginError(
                _("The story takes communes from {key}, which has no value on {day}.").format(
                    key=group.communes_from, day=group.opened.isoformat()
                ),
                code="CLB-DEMO-STORY",
                help=_("Report this to the author of the plugin."),
            )
        return tuple(ClubPlan(str(one["name"])) for one in stated.value["communes"])


class _Life:
    """One club, from its opened file on."""

    def __init__(
        self, runner: Runner, played: Played, plan: ClubPlan, place: int, number: int, opened: date
    ) -> None:
        self._runner = runner
        self._door = runner.registry.lifecycle
        self._played = played
        self._group = played.group
        self._plan = plan
        self._place = place
        self._number = number
        self._day = opened
        self._meetings: int | None = None
        self._end = runner.scenario.asked_on
        self._village = plan.village or runner.people.village()
        made_of = self._group.members
        self._people: tuple[Person, ...] = runner.people.members(
            made_of.total,
            opened,
            self._village,
            elderly=made_of.elderly,
            women=made_of.women,
            poor=made_of.poor,
        )
        self._founder = runner.cast.for_step("open", plan.commune, opened)
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
            self._runner.province, form, officer=self._founder.id, acknowledged=reasons
        )
        return outcome.club

    def _take(self, step: StepPlan) -> None:
        """Take a planned step on its day."""
        day = step.on or workday(self._day + timedelta(days=step.after_days))
        if step.step == "train" and step.on is None:
            day = course_start(day, course_days(self._runner.rules, day))
        if step.step == "roster":
            self._roster(day)
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
            rules=self._runner.rules,
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
            self._runner.registry.store, club, self._door.gather.composition(club, day)
        )

    def _officer(self, step: StepPlan, day: date) -> Officer:
        if step.by == PROPOSER:
            return self._founder
        role = Role(step.by) if step.by else None
        return self._runner.cast.for_step(step.step, self._plan.commune, day, role)

    def _roster(self, day: date) -> None:
        added = [
            NewMember(
                one.name,
                one.sex,
                one.born,
                one.circumstance,
                one.village,
                one.id_number,
                one.phone,
            )
            for one in self._people
        ]
        step = StepPlan("roster")
        self._door.advance(
            self.club,
            "roster",
            {"date": day.isoformat(), "added": len(added), "changed": 0, "left": 0},
            officer=self._officer(step, day).id,
            prepare=RosterWork(added=added),
        )

    def _pay(self, step: StepPlan) -> None:
        """Record the money that the policy states for this club."""
        assert step.money is not None
        day = step.on or workday(self._day + timedelta(days=step.after_days))
        decided = self._door.club(self.club).decided_on or day
        for one in payments(self._runner.rules, step.money, decided, self._place):
            form = self._form(step, day)
            for name, value in self._payment(one).items():
                form.setdefault(name, value)
            self._advance(step, form, day)
        self._day = max(self._day, day)

    def _payment(self, one: Money) -> dict[str, Any]:
        form: dict[str, Any] = {
            "kind": "grant",
            "source": one.source,
            "fund": one.fund or "operating",
            "amount": one.amount,
            "document": _("Payment order {number:02} (invented for the demonstration)").format(
                number=self._number
            ),
        }
        if one.donor:
            form["donor"] = one.donor
        if one.resolution_required:
            form["resolution"] = _(
                "Resolution of the provincial People's Council (invented for the demonstration)"
            )
        return form

    def _advance(self, step: StepPlan, form: dict[str, Any], day: date) -> None:
        """Take a step through the door, or hold it to being refused."""
        officer = self._officer(step, day)
        if step.second_role is not None:
            self._runner.cast.give(officer, step.second_role, self._plan.commune)
        reasons = {**thaw(self._group.acknowledge), **thaw(step.acknowledge)}
        before = self._door.club(self.club).seq
        try:
            self._door.advance(self.club, step.step, form, officer=officer.id, acknowledged=reasons)
        except (RefusedError, NotPermittedError) as error:
            if step.refused not in {one.code for one in error.findings}:
                raise self._unlike(step, day, error) from error
            self._played.refusals.append(
                Refusal(
                    province=self._runner.province,
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
        if step.why:
            self._played.why[self.club, before + 1] = step.why

    def _unlike(self, step: StepPlan, day: date, error: ClbError | None) -> PluginError:
        """Return the error that says how the story and the rules disagree."""
        happened = (
            _("was not refused, though the story says {code}").format(code=step.refused)
            if error is None
            else _("was refused: {message} ({codes})").format(
                message=error.message,
                codes=", ".join(dict.fromkeys(one.code for one in error.findings)),
            )
        )
        return PluginError(
            _("{province}: the step {step} of {day} in {commune} {happened}.").format(
                province=self._runner.province,
                step=step.step,
                day=day.isoformat(),
                commune=self._plan.commune,
                happened=happened,
            ),
            code="CLB-DEMO-STORY",
            help=_("The story demo.toml and the policy do not fit; tell the plugin's author."),
            findings=error.findings if error else (),
        )

    def _follow_tasks(self) -> None:
        """Do what falls due, each on its day, as long as the group's plan goes."""
        left = {
            TaskKind.SUPERVISION: self._group.supervisions,
            TaskKind.REVIEW: 0 if self._group.reviewed else self._group.reviews,
        }
        fixed = list(self._group.reviewed)
        while fixed or any(left.values()):
            task = self._next(left, fixed)
            if task is None:
                return
            day, kind = task
            if kind is TaskKind.REVIEW:
                if fixed:
                    fixed.pop(0)
                else:
                    left[kind] -= 1
                self._take(StepPlan("review", on=day))
            elif kind is TaskKind.SUPERVISION:
                left[kind] -= 1
                self._take(StepPlan("supervise", on=day))
                self._meetings = None if self._meetings is None else 0
            elif kind is TaskKind.MEETING:
                self._meetings = (self._meetings or 0) + 1
                self._take(StepPlan("meeting", on=day))
            else:
                course = {"course": {"kind": EXTRA_TRAINING, "days": 1}, "date": day.isoformat()}
                self._take(StepPlan("train", on=day, form=_frozen(course)))

    def _next(
        self, left: dict[TaskKind, int], fixed: list[date]
    ) -> tuple[date, TaskKind] | None:
        """Return what comes next and on which working day; ``None`` when the story's time is over.

        Of two things on one day the supervision comes before the review that rests on it.
        """
        order = (
            TaskKind.MEETING,
            TaskKind.TRAINING_SUPPLEMENTARY,
            TaskKind.SUPERVISION,
            TaskKind.REVIEW,
        )
        coming = [
            (workday(task.due_on), order.index(task.kind), task.kind)
            for task in self._page(self._day).tasks
            if task.due_on is not None and task.kind in order and left.get(task.kind, 1)
        ]
        if fixed:
            coming = [one for one in coming if one[2] is not TaskKind.REVIEW]
            coming.append((workday(fixed[0]), order.index(TaskKind.REVIEW), TaskKind.REVIEW))
        in_time = [one for one in coming if one[0] <= self._end]
        if not in_time:
            return None
        day, _place, kind = min(in_time)
        return max(day, self._day), kind


def _frozen(form: dict[str, Any]) -> Any:
    from engine.frozen import freeze

    return freeze(form)


def known_steps() -> frozenset[str]:
    """Return the steps a story may name."""
    return frozenset(name for name in find_step.__globals__["STEPS_BY_NAME"])
