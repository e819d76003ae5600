"""What the database says once the stories are played: every figure that is told comes from here."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from engine.frozen import FrozenMap
from engine.lifecycle import upkeep
from engine.lifecycle.registry import Registry
from engine.model import Acknowledgement, Finding, State
from engine.provinces.discover import Plugin
from engine.reports import clubs, events, money
from engine.reports.due import Due, due
from engine.reports.money import Received
from engine.reports.progress import GoalRow, progress
from engine.scenario.played import Played, Refusal
from engine.scenario.questions import Answer, questions
from engine.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a club, with the name of who acted and the findings that went with it."""

    seq: int
    on: date
    step: str
    officer: str
    name: str
    form: FrozenMap
    to: State | None
    acknowledged: tuple[Acknowledgement, ...]
    findings: tuple[Finding, ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class ClubFacts:
    """A club on the day of the question.

    ``steps`` counts its events by step; ``granted`` is đồng.
    """

    club: str
    name: str
    commune: str
    village: str
    state: State
    opened_on: date | None
    decided_on: date | None
    launched_on: date | None
    members: int
    women: int
    elderly: int
    young: int
    poor: int
    funds: dict[str, int]
    granted: int
    steps: dict[str, int]
    history: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group of the story as it came out."""

    title: str
    told: bool
    clubs: tuple[ClubFacts, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class ProvinceFacts:
    """A province on the day of its question. ``document`` is its programme's, as it is cited."""

    province: str
    name: str
    document: str | None
    plugin: Plugin
    asked_on: date
    notes: tuple[str, ...]
    groups: tuple[GroupFacts, ...]
    received: Received
    sources: dict[str, str]
    progress: tuple[GoalRow, ...]
    due: tuple[Due, ...]
    answers: tuple[Answer, ...]

    @property
    def clubs(self) -> tuple[ClubFacts, ...]:
        """Every club of the province's story."""
        return tuple(one for group in self.groups for one in group.clubs)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Every step that was refused."""
        return tuple(one for group in self.groups for one in group.refusals)


@dataclass(frozen=True, slots=True)
class Log:
    """The whole log: whether it verifies, how many events it has, and the line to note outside."""

    ok: bool
    events: int
    head: str


def read_log(registry: Registry) -> Log:
    """Verify the log and return its head."""
    health = upkeep.verify_log(registry.store)
    head, count = events.head(registry.store)
    return Log(health.ok, count, head)


def read_province(
    registry: Registry, province: str, scenario: Scenario, played: list[Played]
) -> ProvinceFacts:
    """Read back what was played of a province, as of the day of its question."""
    on = scenario.asked_on
    rules = registry.provinces.rules(province)
    named = rules.rule("sources.list", on)
    document = rules.policy.period(on)
    return ProvinceFacts(
        province=province,
        name=rules.policy.name,
        document=document.short if document else None,
        plugin=registry.provinces.plugin(province),
        asked_on=on,
        notes=scenario.notes,
        groups=tuple(_group(registry, one, on) for one in played),
        received=money.received(registry.store, province, on),
        sources={str(one["id"]): str(one["label"]) for one in named.value} if named else {},
        progress=tuple(progress(registry.store, rules, province, on)),
        due=tuple(due(registry.store, rules, province, on, past=True)),
        answers=tuple(answer for one in questions() for answer in one.answers(rules, on)),
    )


def _group(registry: Registry, played: Played, on: date) -> GroupFacts:
    return GroupFacts(
        title=played.group.title,
        told=played.group.told,
        clubs=tuple(_club(registry, played, id_, on) for id_ in played.clubs),
        refusals=tuple(played.refusals),
    )


def _club(registry: Registry, played: Played, id_: str, on: date) -> ClubFacts:
    lifecycle, store = registry.lifecycle, registry.store
    club = lifecycle.club(id_)
    page = clubs.page(store, club, lifecycle.gather.composition(club, on), on)
    made_of = page.composition
    history = clubs.history(store, id_)
    names = {one.id: one.name for one in registry.province.officers()}
    return ClubFacts(
        club=id_,
        name=club.name,
        commune=club.commune,
        village=club.village,
        state=club.state,
        opened_on=club.opened_on,
        decided_on=club.decided_on,
        launched_on=club.launched_on,
        members=made_of.members,
        women=made_of.women,
        elderly=made_of.elderly,
        young=made_of.young,
        poor=made_of.poor + made_of.near_poor + made_of.difficult,
        funds=dict(page.funds),
        granted=sum(one.amount for one in page.ledger if one.kind == "grant"),
        steps=dict(Counter(event.step for event in history)),
        history=tuple(
            Moment(
                seq=event.seq,
                on=event.on,
                step=event.step,
                officer=event.officer,
                name=names.get(event.officer, event.officer),
                form=event.form,
                to=event.to_state if event.to_state != event.from_state else None,
                acknowledged=event.acknowledged,
                findings=played.heard.get((id_, event.seq), ()),
                why=played.why.get((id_, event.seq)),
            )
            for event in history
        ),
    )
