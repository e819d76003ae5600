"""Every key of the policy schema acts: for two values of it, some answer of the engine differs.

``ROWS`` has a row for each key: two values, and the questions whose answers must differ. A key that
is only shown (``policy show``, a paper, a plugin's own code) has a ``Shown`` row that names where,
and nothing may be documented as judged by it. A new key without a row fails, and so does a code
that is documented as judged by a key without being found when that key is asked about.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from support.literals import END, START, Dated, club, day, officer, report, rules
from support.literals import request as step_request

import schemas
from engine import codes as catalogue
from engine.documents.agencies import province_lead
from engine.documents.papers import papers
from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.lifecycle.gather import Gatherer
from engine.model import (
    Composition,
    Effects,
    EntryKind,
    FundKind,
    LedgerEntry,
    Role,
    State,
)
from engine.policy import vocabulary
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.reports import counting, due
from engine.reports.deadlines import inspection_rules, recipient, report_rules
from engine.rules import activities, forms, lateness, own
from engine.rules.communes import Unit
from engine.rules.request import Counts, Supervision
from engine.rules.succession import succession
from engine.states import guards
from engine.states import step as find_step
from engine.store import migrate
from engine.store.database import Store, connect
from engine.store.url import parse
from engine.targets.goals import goals

pytestmark = pytest.mark.usefixtures("english")

ON = "2022-03-01"
ABSENT = object()
"""In the place of a value: the policy does not state the key."""


@dataclass(frozen=True)
class Here:
    """A policy, and a database with one club for what is counted or falls due."""

    rules: Rules
    store: Store


Question = Callable[[Here], Any]
"""What is asked under a policy; it answers with something that can be compared."""


@dataclass(frozen=True)
class Row:
    """Two values of a key and the questions they answer differently; ``others`` hold in both."""

    first: Any
    second: Any
    questions: tuple[Question, ...]
    others: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A key that no rule goes by; ``why`` names where it is shown."""

    why: str


def who(step: str) -> Question:
    """Ask who may take a step, what a refused officer is answered, and who has it on the list."""
    one = find_step(step)

    def ask(here: Here) -> Any:
        acting = next(role for role in Role if role not in one.eligible)
        asked = step_request(ON, step=step, policy=here.rules, officer=officer(acting))
        return guards.allowed_roles(one, here.rules, day(ON)), report(guards.role(one, asked))

    return ask


def checks(step: str, form: Mapping[str, Any] | None = None, **parts: Any) -> Question:
    """Ask what all checks of a step find."""

    def ask(here: Here) -> Any:
        asked = step_request(ON, form, step=step, policy=here.rules, **parts)
        return report(found for check in find_step(step).checks for found in check(asked))

    return ask


def opened(step: str, form: Mapping[str, Any] | None = None, **parts: Any) -> Question:
    """Ask which tasks a step opens."""

    def ask(here: Here) -> Any:
        return (
            find_step(step)
            .work(step_request(ON, form, step=step, policy=here.rules, **parts))
            .opened
        )

    return ask


def allowed_activities(here: Here) -> Any:
    try:
        activities.known(FrozenMap({"activities": ("chess",)}), here.rules, day(ON))
    except InputError as error:
        return error.help
    return None


def recorded_late(here: Here) -> Any:
    return [
        lateness.days_late(day(ON), f"2022-0{month}-20T00:00:00Z", here.rules) for month in (4, 5)
    ]


def all_goals(here: Here) -> Any:
    return goals(here.rules)


def reports(here: Here) -> Any:
    return report_rules(here.rules.policy)


def inspections(here: Here) -> Any:
    return inspection_rules(here.rules.policy, day(ON))


def units(here: Here) -> Any:
    return list(succession(here.rules.policy))


def heads_papers(here: Here) -> Any:
    """Ask which office heads the papers that an officer of the province records."""
    return province_lead(here.rules, day(ON))


def routed(agency: str) -> Question:
    return lambda here: recipient(here.rules.policy, agency, day(ON))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with one club, decided in 2021, and its one member, born in 1964."""
    made = connect(parse(str(tmp_path_factory.mktemp("keys") / "clb.sqlite3")), create=True)
    migrate.upgrade(made)
    columns = ", ".join(f'"{name}"' for name in CLUB_ROW)
    marks = ", ".join("?" * len(CLUB_ROW))
    made.run(f"INSERT INTO club ({columns}) VALUES ({marks})", list(CLUB_ROW.values()))
    made.run(
        'INSERT INTO member (club, id, province, sex, born, joined_on, "commit") '
        "VALUES ('c1', 'M1', 'thu', 'F', '1964-05-01', '2021-08-01', '')"
    )
    yield made
    made.close()


CLUB_ROW = {
    **dict.fromkeys(("name", "name_key", "commune", "commune_key", "village", "village_key"), "x"),
    "id": "c1",
    "province": "thu",
    "state": "launched",
    "seq": 1,
    "state_seq": 1,
    "state_on": "2021-10-01",
    "opened_on": "2021-08-01",
    "decided_on": "2021-09-01",
    "launched_on": "2021-10-01",
    "head": "",
}


def used_by(measure: str) -> Question:
    """Ask what the count of a measure is made with."""

    def ask(here: Here) -> Any:
        goal = next(one for one in goals(here.rules) if one.measure.name == measure)
        return counting.count(here.store, here.rules, "thu", goal, day(ON)).used

    return ask


def counts(here: Here) -> Any:
    """Ask what the target ``own_x`` comes to."""
    goal = next(one for one in goals(here.rules) if one.id == "own_x")
    return counting.count(here.store, here.rules, "thu", goal, day(ON)).count


def own_form(step: str) -> Question:
    """Ask what a step's form is asked for, and what is missing in an empty one."""

    def ask(here: Here) -> Any:
        fields = own.in_force(here.rules, step, day(ON))
        missing = forms.missing(step, {}, fields)
        return forms.fields(step, fields), missing

    return ask


def printed(step: str) -> Question:
    """Ask which papers are written from the record of a step."""
    return lambda here: [one.title for one in papers(here.rules) if step in one.steps]


def waits(step: str) -> Question:
    """Ask which step of the province's own a step waits for."""

    def ask(here: Here) -> Any:
        asked = step_request(ON, step=step, policy=here.rules)
        return report(guards.own_steps(find_step(step), asked))

    return ask


def falls_due(here: Here) -> Any:
    found = due.due(here.store, here.rules, "thu", day(ON))
    return [(one.kind, one.source, one.note) for one in found]


class OneProvince(Provinces):
    """The provinces where there is one, with a policy of a test."""

    def __init__(self, own: Rules) -> None:
        super().__init__()
        self.own = own

    def rules(self, province: str) -> Rules:
        return self.own


def make_up(here: Here) -> Any:
    """Ask what is found about the club's members, counted as a step counts them."""
    gather = Gatherer(here.store, OneProvince(here.rules))
    return checks("propose", composition=gather.composition(club(), day(ON)))(here)


def target(number: int = 40, measure: str = "clubs_decided", **parts: Any) -> dict[str, Any]:
    return {
        "kind": "floor",
        "measure": measure,
        "target": number,
        "unit": "clubs",
        "label": "CLB",
        "from": START,
        "to": END,
        **parts,
    }


def counted(measure: str) -> dict[str, Any]:
    """Return a policy with one target of a measure, for the keys that its count is made with."""
    return {"target.own_x": target(measure=measure)}


def asked_report(title: str) -> dict[str, Any]:
    return {"title": title, "cycle": "year"}


def agency(name: str) -> dict[str, Any]:
    return {"name": name, "confirmed": True}


SEVENTY = Composition(
    members=70, women=20, elderly=30, young=40, poor=5, elderly_women=10, elderly_age=60
)
MEETING = {"attendance": 40, "activities": ()}
LAUNCH = {"charter_adopted": False, "funds_opened": ("income",)}
COURSE = {"course": {"kind": "initial", "days": 1, "start": "2022-03-01", "attendees": 5}}
GRANT = {
    "kind": "grant",
    "fund": "income",
    "source": "province_budget",
    "amount": 100_000_000,
    "document": "UNC 1",
}
DONATED = {**GRANT, "source": "donor"}
TERMS = {"once_a_club": True, "resolution_required": True, "new_clubs_only": True}
EARLIER_GRANT = LedgerEntry(
    EntryKind.GRANT,
    FundKind.INCOME,
    "province_budget",
    100_000_000,
    100_000_000,
    "UNC 0",
    seq=3,
    on=date(2022, 2, 1),
)
EARLIER_DONATION = replace(EARLIER_GRANT, source="donor")
APPROVE = {"decision": {"number": "5", "date": ON}, "appraisal": {"conditions": "not_met"}}
PROPOSED = club(State.PROPOSED)
DECIDED = club(State.LAUNCHED, decided_on=date(2022, 1, 5), launched_on=date(2022, 2, 1))
OLD = club(State.LAUNCHED, decided_on=date(2019, 1, 5), launched_on=date(2019, 2, 1))
LOANS = Supervision(
    date(2022, 1, 5), FrozenMap({"borrowers": 10, "borrowers_in_kind": 10, "members": 70}), 4
)
REVIEW = {"year": 2022, "result": "pass"}
BOARD = Effects(board=(("chair", "M1"),))
UNITS = (
    Unit("t", "Tỉnh Thử", "tỉnh", "thu", date(2000, 1, 1)),
    Unit("1", "Xã Một", "xã", "thu", date(2000, 1, 1), parent="t"),
)


def role_row(step: str) -> Row:
    """Return the row of who takes a step: any one of the eligible, or nobody is named."""
    return Row([find_step(step).eligible[-1].value], ABSENT, (who(step),))


ROWS: dict[str, Row | Shown] = {
    **{f"roles.{step}": role_row(step) for step in vocabulary.ids("roles")},
    "lead.unit": Row(
        Dated("Hội NCT xã", extra={"role": "association"}),
        Dated("UBND xã", extra={"role": "committee"}),
        (checks("propose", {"lead_unit": "Hội NCT xã Một"}, club=club(State.PREPARING)),),
    ),
    "lead.province": Row(
        "labour_department",
        "province_association",
        (heads_papers,),
        {
            "routing.labour_department": agency("Sở Một"),
            "routing.province_association": agency("Hội Một"),
        },
    ),
    "membership.size": Row(
        {"min": 80, "max": 90},
        {"min": 60, "max": 75},
        (checks("propose", composition=SEVENTY),),
        {"membership.elderly_share": {"min": 70}, "membership.young_share": {"min": 40}},
    ),
    "membership.elderly_age": Row(
        60,
        55,
        (used_by("elderly_members"), make_up),
        {**counted("elderly_members"), "membership.elderly_share": {"min": 70}},
    ),
    "membership.elderly_share": Row(
        {"min": 70},
        {"min": 20},
        (checks("propose", composition=SEVENTY),),
        {"membership.young_share": {"min": 31}},
    ),
    "membership.women_share": Row(
        {"min": 70}, {"min": 20}, (checks("propose", composition=SEVENTY),)
    ),
    "membership.poor_share": Row(
        {"min": 70}, {"min": 1}, (checks("propose", composition=SEVENTY),)
    ),
    "membership.young_share": Row(
        {"max": 30},
        {"min": 31},
        (checks("propose", composition=SEVENTY),),
        {"membership.elderly_share": {"min": 70}},
    ),
    "membership.young_age": Shown("`policy show`: young are those who are not elderly"),
    "membership.priority": Shown("`policy show`: whom to invite first is words for people"),
    "appraisal.aspects": Row(
        ["conditions", "finance"],
        ABSENT,
        (checks("approve", APPROVE, club=PROPOSED),),
        {"appraisal.favourable": True},
    ),
    "appraisal.favourable": Row(
        True,
        False,
        (checks("approve", APPROVE, club=PROPOSED),),
        {"appraisal.aspects": ["conditions"]},
    ),
    "grant.establishment": Row(
        Dated(50_000_000, extra=TERMS),
        100_000_000,
        (checks("fund", GRANT, club=OLD, ledger=(EARLIER_GRANT,)),),
    ),
    "grant.own_x": Row(
        Dated(
            20_000_000,
            extra={
                "title": "Đợt một",
                "funds_source": "donor",
                "classes": ["town"],
            },
        ),
        Dated(
            {"min": 15_000_000, "max": 50_000_000},
            extra={
                "title": "Đợt một",
                "funds_source": "donor",
                "after": "launch",
                "into": "operating",
                "once_a_club": True,
                "resolution_required": True,
                "new_clubs_only": True,
            },
        ),
        (
            checks("fund", DONATED, club=club(State.APPROVED, decided_on=date(2022, 1, 5))),
            checks("fund", DONATED, club=OLD, ledger=(EARLIER_DONATION,)),
        ),
    ),
    "budget.yearly": Row(
        {"clubs": 8, "amount": 800_000_000},
        {"clubs": 9, "amount": 900_000_000},
        (
            checks("approve", APPROVE, club=PROPOSED, counts=Counts(decided=8)),
            checks("fund", GRANT, club=DECIDED, counts=Counts(granted=8)),
        ),
        {"grant.establishment": 100_000_000},
    ),
    "budget.total": Row(
        {"clubs": 40, "amount": 4_000_000_000},
        {"clubs": 50, "amount": 5_000_000_000},
        (checks("fund", GRANT, club=DECIDED, counts=Counts(spent=4_000_000_000)),),
        {"grant.establishment": 100_000_000},
    ),
    "fund.kinds": Row(
        ["operating"], ["income"], (checks("launch", LAUNCH, club=club(State.TRAINED)),)
    ),
    "fund.regulation": Row(True, False, (checks("launch", LAUNCH, club=club(State.TRAINED)),)),
    "fund.income_minimum": Row(
        50_000_000,
        60_000_000,
        (used_by("clubs_income_fund_minimum"),),
        counted("clubs_income_fund_minimum"),
    ),
    "indicator.borrowers_share": Row(
        {"min": 70, "of": "members", "counts": "cash"},
        {"min": 10, "of": "members", "counts": "cash", "improved_income": True},
        (checks("review", REVIEW, club=DECIDED, supervisions=(LOANS,)),),
    ),
    "target.named_communes": Row(
        target(5, "clubs_decided", kind="named", communes=[{"name": "Xã Hai"}]),
        target(5, "clubs_decided", kind="named", communes=[{"name": "Xã Một"}]),
        (checks("approve", APPROVE, club=PROPOSED), all_goals),
    ),
    **{
        f"target.{name}": Row(target(40), target(50), (all_goals,))
        for name in (*vocabulary.ids("target"), "own_x")
        if name != "named_communes"
    },
    "supervision.interval_months": Row(
        6,
        3,
        (
            checks("supervise", {"conclusion": "pass"}, club=DECIDED),
            opened("launch", LAUNCH, club=DECIDED),
        ),
    ),
    "supervision.unannounced": Row(
        True, False, (checks("supervise", club=DECIDED),), {"supervision.interval_months": 6}
    ),
    "supervision.by": Shown("`policy show`: who supervises is roles.supervise"),
    "recording.late_days": Row(45, 60, (recorded_late,)),
    "review.interval_months": Row(12, 6, (opened("launch", LAUNCH, club=DECIDED),)),
    "inspection.interval_months": Row(6, 12, (inspections, falls_due)),
    "inspection.department_interval_months": Row(6, 12, (inspections, falls_due)),
    "training.initial": Row(
        {"days": 3},
        {"days": 1},
        (
            checks("train", COURSE, club=PROPOSED),
            checks("launch", LAUNCH, club=club(State.APPROVED)),
            opened("approve", APPROVE, club=PROPOSED),
        ),
    ),
    "training.supplementary": Row(
        {"months": 6, "start": "training"},
        {"months": 6, "start": "decision"},
        (opened("train", COURSE, club=DECIDED), opened("approve", APPROVE, club=PROPOSED)),
    ),
    "training.refresher": Row({"months": 12}, {"months": 6}, (opened("train", COURSE),)),
    "training.board_change": Row(
        ["chair"], ["vice"], (opened("change_board", remedy=BOARD, club=DECIDED),)
    ),
    "training.course": Row(
        {"days": 3, "per_year": 1, "years": [2022]},
        {"days": 1, "per_year": 2, "years": [2022]},
        (checks("train", COURSE, club=DECIDED), falls_due),
    ),
    "training.matrix": Row(
        [{"year": 2022, "cohort": 2021, "times": 2}],
        [{"year": 2022, "cohort": 2021, "times": 3}],
        (falls_due,),
    ),
    "meeting.interval_months": Row(1, 2, (opened("launch", LAUNCH, club=DECIDED),)),
    "support.interval_months": Row(1, 3, (opened("launch", LAUNCH, club=DECIDED),)),
    "activities.list": Row(
        [{"id": "chess", "label": "Cờ"}], [{"id": "song", "label": "Hát"}], (allowed_activities,)
    ),
    "activities.count": Row(
        8,
        7,
        (used_by("clubs_full_activities_monthly"),),
        counted("clubs_full_activities_monthly"),
    ),
    "activities.optional": Shown("`policy keys` and papers: labels of activities decided later"),
    "sources.list": Shown("`policy keys` and the demo: the form allows every source"),
    "funding.by_activity": Shown("a province's own report, by its plugin"),
    "communes.succession": Row(
        [{"name": "Xã Một", "successor": "Xã Hai", "from": date(2025, 7, 1), "confirmed": True}],
        [{"name": "Xã Một", "successor": "Xã Ba", "from": date(2025, 7, 1), "confirmed": True}],
        (units,),
    ),
    "communes.territory": Row(
        {"province": "Tỉnh Thử", "until": date(2022, 2, 1)},
        {"province": "Tỉnh Khác", "until": date(2022, 2, 1)},
        (
            checks("propose", club=PROPOSED),
            checks("propose", club=PROPOSED, units=UNITS),
        ),
    ),
    "communes.classes": Row(
        [{"class": "mountain", "communes": ["Xã x"]}],
        [{"class": "mountain", "communes": ["Xã y"]}],
        (counts,),
        {
            "target.own_x": target(measure="own_m", unit="communes"),
            "measure.own_m": {"label": "x", "count": "communes", "classes": ["mountain"]},
        },
    ),
    "communes.districts": Row(
        [{"name": "Huyện Một", "communes": ["Xã x"]}],
        [{"name": "Huyện Một", "communes": ["Xã y"]}],
        (counts,),
        {
            "target.own_x": target(measure="own_m", unit="districts"),
            "measure.own_m": {"label": "x", "count": "districts"},
        },
    ),
    "measure.own_x": Row(
        {"label": "x", "count": "total", "adds": {"figure": "women"}},
        {"label": "x", "count": "total", "adds": {"figure": "poor"}},
        (counts,),
        {"target.own_x": target(measure="own_x", unit="members")},
    ),
    **{
        f"report.{name}": Row(asked_report("Báo cáo"), asked_report("Sơ kết"), (reports,))
        for name in (*vocabulary.ids("report"), "own_x")
    },
    **{
        f"routing.{name}": Row(agency("Sở Một"), agency("Sở Hai"), (routed(name),))
        for name in (*vocabulary.ids("routing"), "own_x")
    },
    "form.supervise.own_x": Row(
        {"label": "Xếp loại", "type": "choice", "choices": ["Tốt", "Khá"], "required": True},
        {"label": "Xếp loại", "type": "choice", "choices": ["A", "B"], "required": True},
        (own_form("supervise"),),
    ),
    "fund.own_x": Row({"label": "Quỹ một"}, {"label": "Quỹ hai"}, (own_form("fund"),)),
    "sources.own_x": Row({"label": "Nguồn một"}, {"label": "Nguồn hai"}, (own_form("fund"),)),
    "inspection.own_x": Row(
        Dated(1, extra={"label": "Kiểm tra chéo"}),
        Dated(12, extra={"label": "Kiểm tra chéo"}),
        (inspections, falls_due),
    ),
    "paper.own_x": Row(
        {"title": "Giấy khen", "of": "review"},
        {"title": "Giấy khen", "of": "launch"},
        (printed("review"),),
    ),
    "step.own_x": Row(
        {"label": "Ý kiến huyện", "before": "approve", "by": ["province"]},
        {"label": "Ý kiến huyện", "before": "approve", "by": ["committee"]},
        (who("own_x"), waits("approve")),
    ),
    "recipients.decision": Shown("`policy show`: papers leave the recipients to the office"),
    "recipients.report": Shown("`policy show`: a report's recipients are its own `to`"),
    "phase.x": Row(
        {"label": "Giai đoạn một", "from": START, "to": date(2022, 12, 31)},
        {"label": "Giai đoạn một", "from": START, "to": END},
        (all_goals,),
        {"target.own_x": target(), "phase.y": {"label": "Hai", "from": START, "to": END}},
    ),
    "history.x": Shown("`policy show`: figures of the past"),
    "basis.x": Shown("`policy show`: what the document itself is grounded on"),
    "duty.x": Shown("`policy show`: duties given to agencies"),
    "note.x": Shown("`policy show`: remarks"),
    "value.own_x": Shown("`policy show`, and a province's own code, by its plugin"),
    "setting.shared_year_phase": Shown("a province's own code, by its plugin"),
    "setting.signed_steps": Shown("files with clubs: an unsigned step is refused"),
    "setting.exchange_days": Shown("`due`: communes that sent no file for so long"),
    "setting.own_x": Shown("a province's own code, by its plugin"),
}


def policies_of(key: str, row: Row) -> list[Rules]:
    """Return a policy with the first value, one with the second and one without any."""
    given = ({**row.others, key: value} for value in (row.first, row.second, ABSENT))
    return [
        rules({name: value for name, value in one.items() if value is not ABSENT}, general=GENERAL)
        for one in given
    ]


GENERAL = {
    "membership.elderly_age": 60,
    "recording.late_days": 30,
    "activities.list": [{"id": "dance", "label": "Múa"}],
}
"""The general procedure of these tests: what a count cannot do without."""


def answers(ask: Question, key: str, row: Row, store: Store) -> list[str]:
    return [repr(ask(Here(policy, store))) for policy in policies_of(key, row)]


ACTING = {key: row for key, row in ROWS.items() if isinstance(row, Row)}


def test_every_key_of_the_schema_has_a_row_and_every_row_a_key() -> None:
    fixed = vocabulary.keys()
    assert fixed <= set(ROWS)
    assert [key for key in ROWS if not vocabulary.is_known(key)] == []
    groups = {
        group
        for group, part in schemas.load("policy")["properties"].items()
        if "patternProperties" in part
    }
    assert groups == {key.partition(".")[0] for key in set(ROWS) - fixed}


@pytest.mark.parametrize("key", ACTING)
def test_an_answer_differs_where_the_value_differs(store: Store, key: str) -> None:
    found = [answers(ask, key, ACTING[key], store) for ask in ACTING[key].questions]
    assert any(first != second for first, second, _absent in found)
    assert all(len(set(one)) > 1 for one in found), "a question that the key has no part in"


@pytest.mark.parametrize("key", ROWS)
def test_a_code_is_documented_as_judged_by_a_key_only_where_the_key_decides_it(
    store: Store, key: str
) -> None:
    """The reference of the policy file is made from ``Code.keys``: it may promise nothing else."""
    step = key.removeprefix("roles.")
    promised = {one for one in catalogue.catalogue().values() if key in one.keys_of(step)}
    if key not in ACTING:
        assert promised == set()
        return
    found = [answers(ask, key, ACTING[key], store) for ask in ACTING[key].questions]
    decided = "".join(text for one in found if len(set(one)) > 1 for text in one)
    assert [code for code in promised if code not in decided] == []
