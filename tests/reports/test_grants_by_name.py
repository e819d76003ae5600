"""How much was granted, where the document states grants by name and none of establishment."""

from datetime import date

import pytest
from support.literals import Dated, document, rules

from engine.policy.effective import Rules
from engine.reports.progress import explain, progress
from engine.store import migrate
from engine.store.database import Store, connect
from engine.store.url import parse

pytestmark = pytest.mark.usefixtures("english")

ON = date(2024, 12, 31)
SECOND = {"title": "Đợt 2", "funds_source": "donor", "order": 2}
FIRST = {"title": "Đợt 1", "funds_source": "donor"}
OWN = {
    "grant.own_first": Dated(30, source="QD1, 1", extra=FIRST),
    "grant.own_second": Dated(20, source="QD1, 1", extra=SECOND),
}
A_YEAR = {
    "kind": "budget",
    "measure": "grants_a_year",
    "target": 1,
    "unit": "clubs",
    "label": "CLB được hỗ trợ",
}


@pytest.fixture
def store(tmp_path):
    """A database with a club that received both, one that received none, one given another's."""
    made = connect(parse(str(tmp_path / "clb.sqlite3")), create=True)
    migrate.upgrade(made)
    for club in ("c1", "c2", "c3"):
        names = ("name", "name_key", "commune", "commune_key", "village", "village_key", "head")
        row = {
            **dict.fromkeys(names, "x"),
            "id": club,
            "province": "thu",
            "state": "approved",
            "seq": 1,
            "state_seq": 1,
            "state_on": "2022-01-01",
            "opened_on": "2022-01-01",
            "decided_on": "2022-01-01",
        }
        insert(made, "club", row)
    for seq, (club, source, amount) in enumerate(
        [("c1", "donor", 30), ("c1", "donor", 20), ("c3", "commune_budget", 7)], 2
    ):
        entry = {"kind": "grant", "fund": "income", "amount": amount, "delta": amount}
        when = {"on_date": f"2024-01-0{seq}", "recorded_at": "2024-02-01", "document": "UNC"}
        where = {"club": club, "seq": seq, "province": "thu", "source": source}
        insert(made, "ledger", {**where, **entry, **when})
    yield made
    made.close()


def insert(store: Store, table: str, row: dict[str, object]) -> None:
    there = {name: value for name, value in row.items() if name in store.columns(table)}
    names, marks = ", ".join(f'"{name}"' for name in there), ", ".join("?" * len(there))
    store.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(there.values()))


def actual(store: Store, plan: Rules, goal: str) -> list[int | None]:
    return [one.progress.actual for one in progress(store, plan, "thu", ON) if one.goal.id == goal]


def test_the_sum_is_of_the_grants_that_the_document_names(store: Store) -> None:
    plan = rules(OWN, [document()])
    assert actual(store, plan, "total_grants") == [50]
    (one,) = explain(store, plan, "thu", ON, "total_grants")
    assert [(row.id, row.part) for row in one.rows if row.counts] == [("c1", 50)]
    assert one.row.goal.measure.sentence.startswith("All grants that the document names")


def test_a_club_counts_once_however_many_it_received(store: Store) -> None:
    plan = rules({**OWN, "target.yearly_grants": Dated(A_YEAR, source="QD1, 1")}, [document()])
    by_year = [one for one in actual(store, plan, "yearly_grants") if one]
    assert by_year == [1]


def test_with_an_establishment_grant_its_source_is_counted_alone(store: Store) -> None:
    establishment = Dated(7, source="QD1, 1", extra={"funds_source": "commune_budget"})
    plan = rules({**OWN, "grant.establishment": establishment}, [document()])
    assert actual(store, plan, "total_grants") == [7]
