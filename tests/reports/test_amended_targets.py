"""A target that a later document amends: one count goes on, the old number gives its place."""

from datetime import date

import pytest
from support.literals import Dated, document, rules

from engine.plugin_checks.policy_file import unexplained_gaps
from engine.policy.crosscheck import Placed, problems
from engine.policy.effective import Rules
from engine.reports.progress import GoalRow, explain, progress
from engine.store import migrate
from engine.store.database import Store, connect
from engine.store.url import parse
from engine.targets import words

pytestmark = pytest.mark.usefixtures("english")

AMENDED = date(2023, 5, 10)


def target(number: int) -> dict[str, object]:
    return {
        "kind": "floor",
        "measure": "clubs_decided",
        "target": number,
        "unit": "clubs",
        "label": "CLB mới",
    }


PLAN = rules(
    {
        "target.new_clubs": [
            Dated(target(3)),
            Dated(target(2), source="QD2, 1", extra={"amends": True}),
        ],
        "budget.total": [
            Dated({"clubs": 3, "amount": 300}),
            Dated({"clubs": 2, "amount": 200}, source="QD2, 1", extra={"amends": True}),
        ],
    },
    [document(), document("QD2", AMENDED)],
)
TWO_PLANS = rules(
    {
        "target.new_clubs": [
            Dated(target(3), source="KH1, I"),
            Dated(target(5), source="KH2, I", extra={"amends": True}),
        ],
    },
    [
        document("KH1", date(2021, 1, 1), date(2022, 12, 31)),
        document("KH2", date(2023, 1, 1), date(2025, 12, 31)),
    ],
)


@pytest.fixture
def store(tmp_path):
    """A database with two clubs: one decided before the amendment, one after it."""
    made = connect(parse(str(tmp_path / "clb.sqlite3")), create=True)
    migrate.upgrade(made)
    for club, decided in (("c1", "2021-09-01"), ("c2", "2023-09-01")):
        text = dict.fromkeys(
            ("name", "name_key", "commune", "commune_key", "village", "village_key", "head"), "x"
        )
        row = {
            **text,
            "id": club,
            "province": "thu",
            "state": "approved",
            "seq": 1,
            "state_seq": 1,
            "state_on": decided,
            "opened_on": "2021-08-01",
            "decided_on": decided,
        }
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        made.run(f"INSERT INTO club ({columns}) VALUES ({marks})", list(row.values()))
    yield made
    made.close()


def rows(store: Store, plan: Rules, on: date) -> list[GoalRow]:
    return [one for one in progress(store, plan, "thu", on) if one.goal.id == "new_clubs"]


def test_before_the_amendment_there_is_only_the_old_number(store: Store) -> None:
    (row,) = rows(store, PLAN, date(2023, 5, 9))
    assert (row.progress.actual, row.goal.target.low, row.goal.period) == (1, 3, "2021-2025")
    assert words.status(row.data()) == "Under way"


def test_after_it_the_count_goes_on_from_the_first_day(store: Store) -> None:
    old, new = rows(store, PLAN, date(2023, 12, 31))
    assert (new.progress.actual, new.goal.target.low, new.goal.period) == (2, 2, "2021-2025")
    assert words.status(new.data()) == "Reached"
    assert new.counted.marked == 0
    assert (old.progress.actual, old.data()["status"]) == (1, "open")
    assert words.status(old.data()) == "Replaced by QD 2, 1 from 10/05/2023"


def test_a_replaced_number_is_never_missed(store: Store) -> None:
    old, _new = rows(store, PLAN, date(2026, 6, 1))
    assert (old.data()["status"], old.data()["remaining"]) == ("open", None)
    assert "Replaced" in words.status(old.data())


def test_both_are_explained(store: Store) -> None:
    found = explain(store, PLAN, "thu", date(2024, 1, 1), "new_clubs")
    assert [[row.id for row in one.rows] for one in found] == [["c1"], ["c1", "c2"]]


def test_a_second_plan_may_go_on_counting_the_first(store: Store) -> None:
    old, new = rows(store, TWO_PLANS, date(2024, 1, 1))
    assert (new.progress.actual, new.goal.period) == (2, "2021-2025")
    assert words.status(old.data()) == "Replaced by KH 2, I from 01/01/2023"


def test_the_whole_budget_is_spent_from_the_first_day() -> None:
    found = PLAN.stated("budget.total", date(2024, 1, 1))
    assert (found.value["amount"], found.begun) == (200, date(2021, 1, 1))


def test_a_third_value_goes_on_from_the_first_too() -> None:
    plan = rules(
        {
            "target.new_clubs": [
                Dated(target(3)),
                Dated(target(4), date(2022, 1, 1), extra={"amends": True}),
                Dated(target(5), date(2023, 1, 1), extra={"amends": True}),
            ]
        }
    )
    entries = plan.policy.entries_of("target.new_clubs")
    assert [one.value["from"] for one in entries] == [date(2021, 1, 1)] * 3
    assert [one.end for one in entries[:2]] == [date(2021, 12, 31), date(2022, 12, 31)]


def with_a_gap(between: list[object]) -> str:
    """Return the problem of a second plan signed days after the first ended, and its values."""
    plans = [
        document("KH1", date(2021, 1, 1), date(2022, 12, 31)),
        *between,
        document("KH2", date(2023, 1, 10), date(2025, 12, 31)),
    ]
    values = [
        Dated(target(3), source="KH1, I"),
        Dated(target(5), source="KH2, I", extra={"amends": True}),
    ]
    found = rules({"target.new_clubs": values}, plans).policy
    placed = [Placed(one, one.key, None) for entries in found.entries.values() for one in entries]
    lines = [None] * len(found.documents)
    return " ".join(one.code for one in problems(found.documents, placed, lines))


def test_a_second_plan_is_often_signed_days_after_the_first_ended() -> None:
    assert with_a_gap([]) == ""


def test_a_value_that_ended_while_a_programme_went_on_is_not_continued() -> None:
    assert with_a_gap([document("KH0", date(2021, 1, 1), date(2025, 12, 31))]) == (
        "CLB-POLICY-AMENDS"
    )


def test_days_between_two_plans_are_no_gap_that_somebody_forgot() -> None:
    size = [Dated({"min": 3}, source="KH1, I"), Dated({"min": 5}, source="KH2, I")]
    plans = [
        document("KH1", date(2021, 1, 1), date(2022, 12, 31)),
        document("KH2", date(2023, 1, 10), date(2025, 12, 31)),
    ]
    assert not list(unexplained_gaps(rules({"membership.size": size}, plans).policy))
    longer = [document("KH0", date(2021, 1, 1), date(2025, 12, 31)), *plans]
    (found,) = unexplained_gaps(rules({"membership.size": size}, longer).policy)
    assert found.key == "membership.size"
