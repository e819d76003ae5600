"""Training the board and launching the club: checks and effects, with literals."""

from typing import Any

import pytest
from support.literals import Dated, club, codes, day, effects, judged, report, request, task, text

from engine.frozen import FrozenMap, freeze
from engine.model import (
    Effects,
    Role,
    State,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
)
from engine.states import step as find_step

pytestmark = pytest.mark.usefixtures("english")

APPROVED = club(State.APPROVED, decided_on=day("2022-02-01"))
DONE = TaskOutcome.DONE


def course(kind: str = "initial", **parts: Any) -> dict[str, Any]:
    """Return a training form: two days from 28/2/2022 for five people."""
    given = {"kind": kind, "start": "2022-02-28", "days": 2, "attendees": 5, **parts}
    return {"course": given}


def train(form: Any = None, on: str = "2022-03-01", **parts: Any) -> list[Any]:
    given = {"club": APPROVED, **parts}
    return judged("train", request(on, course() if form is None else form, **given))


def test_the_first_training_is_right() -> None:
    assert train() == []


def test_the_initial_training_is_given_once() -> None:
    trained = club(trained_on=day("2021-09-15"))
    assert report(train(club=trained)) == text("""
        block CLB-TRAIN-TWICE
          The board had its initial training on 15/09/2021.
          expected: one initial training
          actual: 15/09/2021
          source: general procedure, not a provision of the province
          who: the province
          fix: --set course.kind=supplementary
        """)


def test_asking_without_a_form_is_asking_about_the_training_that_comes_next() -> None:
    assert train({}) == []
    assert train({}, club=club(trained_on=day("2021-09-15"))) == []


def test_where_the_province_asks_for_refresher_trainings_the_next_one_is_such() -> None:
    """HN-16: Hà Nội asks for a refresher each year."""
    trained = club(trained_on=day("2021-09-15"))
    (found,) = train(club=trained, policy={"training.refresher": {"months": 12}})
    assert found.fix == "--set course.kind=refresher"


@pytest.mark.parametrize("kind", ["supplementary", "refresher", "support"])
def test_other_trainings_come_again(kind: str) -> None:
    assert train(course(kind), club=club(trained_on=day("2021-09-15"))) == []


def test_a_course_is_recorded_on_its_last_day_at_the_earliest() -> None:
    assert train(on="2022-03-01") == []
    assert report(train(on="2022-02-28")) == text("""
        block CLB-TRAIN-DATES
          The course ends on 01/03/2022, after 28/02/2022.
          expected: not before 01/03/2022
          actual: 28/02/2022
          who: the province
          fix: Check the course's first day, its number of days and the date.
        """)


@pytest.mark.parametrize("absent", ["start", "days"])
def test_a_course_whose_days_are_not_known_has_no_last_day(absent: str) -> None:
    form = course()
    del form["course"][absent]
    assert train(form, on="2022-02-01") == []


TWO_DAYS = {"training.initial": Dated({"days": 2}, source="QD1, V.1")}


def test_an_initial_course_as_long_as_stated_is_long_enough() -> None:
    assert train(policy=TWO_DAYS) == []
    assert report(train(course(days=1), policy=TWO_DAYS)) == text("""
        warn CLB-TRAIN-DAYS
          The course lasted 1 day.
          expected: 2 days
          actual: 1
          source: QD 1, V.1
          who: the province
          fix: Complete the course, or say why it was shorter.
        """)


def test_the_length_of_the_year_s_courses_comes_first() -> None:
    both = {**TWO_DAYS, "training.course": Dated({"days": 3}, source="QD1, V.2")}
    assert [one.expected for one in train(policy=both)] == ["3 days"]
    silent = {**TWO_DAYS, "training.course": {"audience": "Ban Chủ nhiệm"}}
    assert train(policy=silent) == []
    assert codes(train(course(days=1), policy=silent)) == ["CLB-TRAIN-DAYS"]


def test_where_no_length_is_stated_any_course_is_long_enough() -> None:
    assert train(course(days=1)) == []
    assert train(course(days=1), policy={"training.initial": {"audience": "ai"}}) == []


def test_only_the_initial_course_has_a_stated_length() -> None:
    assert train(course("refresher", days=1), policy=TWO_DAYS) == []
    assert train({"course": {"kind": "initial"}}, policy=TWO_DAYS) == []


def test_a_course_before_the_decision_is_allowed_and_noted() -> None:
    assert report(train(course(start="2022-01-31"))) == text("""
        note CLB-TRAIN-BEFORE
          The course began on 31/01/2022, before the decision of 01/02/2022.
          source: general procedure, not a provision of the province
        """)
    assert train(course(start="2022-02-01")) == []
    assert train(course(start="2022-01-31"), club=club(State.APPROVED)) == []


@pytest.mark.parametrize(
    ("kind", "tasks"),
    [
        ("initial", [TaskKind.TRAINING_INITIAL]),
        ("supplementary", [TaskKind.TRAINING_SUPPLEMENTARY, TaskKind.TRAINING_BOARD]),
        ("refresher", [TaskKind.TRAINING_REFRESHER]),
        ("support", [TaskKind.SUPPORT]),
    ],
)
def test_a_training_closes_the_tasks_of_its_kind_and_notes_when_it_is_late(
    kind: str, tasks: list[TaskKind]
) -> None:
    every = (
        TaskKind.TRAINING_INITIAL,
        TaskKind.TRAINING_SUPPLEMENTARY,
        TaskKind.TRAINING_BOARD,
        TaskKind.TRAINING_REFRESHER,
        TaskKind.SUPPORT,
        TaskKind.MEETING,
    )
    open_ = tuple(task(one, day("2022-02-28")) for one in every)
    assert codes(train(course(kind), tasks=open_)) == ["CLB-TASK-LATE"] * len(tasks)
    closed = effects("train", request(form=course(kind), tasks=open_)).closed
    assert closed == tuple(TaskClosing(one, DONE, 1) for one in tasks)


def test_a_course_is_dated_by_its_last_day_or_the_decision_s_if_that_is_later() -> None:
    last = find_step("train").default_on
    assert last is not None
    today = day("2022-06-30")
    assert last(freeze(course()), APPROVED, today) == day("2022-03-01")
    assert last(freeze(course(days=1)), APPROVED, today) == day("2022-02-28")
    assert last(freeze(course(start="2022-01-01")), APPROVED, today) == day("2022-02-01")
    assert last(freeze(course(start="2022-01-01")), club(), today) == day("2022-01-02")
    assert last(freeze({}), APPROVED, today) is None


NEXT = {
    "training.supplementary": {"months": 6, "start": "training"},
    "training.refresher": {"months": 12},
    "support.interval_months": 3,
}


def opened(kind: str) -> list[tuple[TaskKind, Any]]:
    found = effects("train", request(form=course(kind), policy=NEXT)).opened
    return [(one.kind, one.due_on) for one in found]


def test_each_training_opens_what_follows_it() -> None:
    refresher = (TaskKind.TRAINING_REFRESHER, day("2023-03-01"))
    assert opened("initial") == [
        (TaskKind.TRAINING_SUPPLEMENTARY, day("2022-09-01")),
        refresher,
    ]
    assert opened("refresher") == [refresher]
    assert opened("supplementary") == []
    assert opened("support") == [(TaskKind.SUPPORT, day("2022-06-01"))]


def test_a_training_is_recorded_and_only_the_initial_one_dates_the_club() -> None:
    form = course(form="workshop")
    row = {"kind": "initial", "start": "2022-02-28", "days": 2, "attendees": 5, "form": "workshop"}
    made = effects("train", request(form=form))
    assert made.records == (("training", FrozenMap(row)),)
    assert made.fields == (("trained_on", day("2022-03-01")),)
    later = effects("train", request(form=course("refresher")))
    row = {"kind": "refresher", "start": "2022-02-28", "days": 2, "attendees": 5}
    assert later.records == (("training", FrozenMap(row)),)
    assert later.fields == ()


def test_asking_without_a_form_is_asking_about_the_initial_training() -> None:
    outcome = find_step("train").outcome
    assert outcome is not None
    assert outcome(request(form={})) == "initial"
    assert outcome(request(form=course("support"))) == "support"


OPENED = {"charter_adopted": True, "funds_opened": ["operating", "income"]}
TRAINED = club(State.TRAINED, trained_on=day("2022-02-15"))


def launch(form: Any = OPENED, **parts: Any) -> list[Any]:
    given = {"club": TRAINED, **parts}
    return judged("launch", request(form=form, **given))


def test_a_launch_with_training_charter_and_funds_is_right() -> None:
    values = {"fund.regulation": True, "fund.kinds": ["income", "operating"]}
    assert launch(policy=values) == []


def test_a_launch_without_training_cites_the_article_for_the_training_alone() -> None:
    stated = {"training.initial": Dated({"days": 2}, source="QD1, V.1")}
    assert report(launch(club=club(State.APPROVED), policy=stated)) == text("""
        warn CLB-TRAIN-MISSING
          The board has not had its initial training.
          expected: initial training before the launch
          actual: none recorded
          source: general procedure, not a provision of the province; the training
            itself: QD 1, V.1
          who: the province
          fix: clb advance c1 train
        """)
    known = club(State.APPROVED, trained_on=day("2022-02-15"))
    assert launch(club=known) == []
    assert launch(club=club(State.TRAINED)) == []


def test_a_launch_without_a_charter_warns_where_the_province_asks_for_one() -> None:
    form = {**OPENED, "charter_adopted": False}
    asks = {"fund.regulation": Dated(True, source="QD1, I.2.2")}
    assert report(launch(form, policy=asks)) == text("""
        warn CLB-LAUNCH-CHARTER
          The club's charter was not adopted.
          expected: a charter issued by the club
          actual: not adopted
          source: QD 1, I.2.2
          who: the commune's Association of the Elderly
          fix: Adopt the charter before the funds are used.
        """)
    assert launch(form) == []
    assert launch(form, policy={"fund.regulation": False}) == []
    assert launch({}, policy=asks) == []


def test_each_fund_that_was_not_opened_warns_where_the_province_asks_for_it() -> None:
    form = {**OPENED, "funds_opened": ["operating"]}
    asks = {"fund.kinds": Dated(["income", "operating"], source="QD1, I.2.2")}
    assert report(launch(form, policy=asks)) == text("""
        warn CLB-LAUNCH-FUND
          The income fund was not opened.
          expected: income fund, operating fund
          actual: operating fund
          source: QD 1, I.2.2
          who: the commune's Association of the Elderly
          fix: Open the fund and record it, or say when it will be opened.
        """)
    none = launch({**OPENED, "funds_opened": []}, policy=asks)
    assert [(one.message, one.actual) for one in none] == [
        ("The income fund was not opened.", "none"),
        ("The operating fund was not opened.", "none"),
    ]
    assert launch(form) == []
    assert launch({}, policy=asks) == []


def test_a_launch_opens_what_comes_back_and_closes_the_launch() -> None:
    values = {
        "supervision.interval_months": 6,
        "review.interval_months": 12,
        "meeting.interval_months": 1,
        "support.interval_months": 3,
        "training.supplementary": {"months": 2, "start": "launch"},
    }
    made = effects(
        "launch",
        request(form=OPENED, policy=values, tasks=(task(TaskKind.LAUNCH),)),
    )
    province, article = Role.PROVINCE, "QD 1, I.1"
    assert made == Effects(
        fields=(
            ("launched_on", day("2022-03-01")),
            ("charter", True),
            ("funds_opened", "income,operating"),
        ),
        opened=(
            TaskOpening(TaskKind.SUPERVISION, day("2022-09-01"), province, article),
            TaskOpening(TaskKind.REVIEW, day("2023-03-01"), province, article),
            TaskOpening(TaskKind.MEETING, day("2022-04-01"), Role.ASSOCIATION, article),
            TaskOpening(TaskKind.SUPPORT, day("2022-06-01"), province, article),
            TaskOpening(TaskKind.TRAINING_SUPPLEMENTARY, day("2022-05-01"), province, article),
        ),
        closed=(TaskClosing(TaskKind.LAUNCH, DONE),),
    )
