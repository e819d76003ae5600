"""Technical support each month, and obligations that end with the period that asks for them."""

from datetime import date
from pathlib import Path

import pytest
from support.core import TOWN, Core, make_core
from support.province_plugin import province_of, stated

SUPPORT = {"course.kind": "support", "course.start": "2021-11-05", "course.days": 1}
MONTHLY = stated("support.interval_months", "1") + stated("meeting.interval_months", "1")


def open_tasks(core: Core, club: str) -> dict[str, str | None]:
    return dict(
        core.store.rows(
            "SELECT kind, due_on FROM task WHERE club = ? AND closed_seq IS NULL", (club,)
        )
    )


@pytest.fixture
def monthly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Core:
    provinces = province_of(tmp_path, monkeypatch, MONTHLY)
    return make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")


def test_support_given_closes_its_task_and_makes_the_next_one_due(monthly: Core) -> None:
    club = monthly.bring("launched")
    done = monthly.take(club, "train", date(2021, 11, 5), SUPPORT, officer=TOWN)
    assert [(one.kind, one.days_late) for one in done.closed] == [("support", 4)]
    assert open_tasks(monthly, club)["support"] == "2021-12-05"


def test_support_is_no_training(monthly: Core) -> None:
    club = monthly.bring_untrained("launched")
    before = open_tasks(monthly, club)
    monthly.take(club, "train", date(2021, 11, 5), SUPPORT, officer=TOWN)
    assert monthly.club(club).trained_on is None
    assert {**open_tasks(monthly, club), "support": before["support"]} == before


def test_where_nobody_asks_for_support_none_becomes_due(core: Core) -> None:
    club = core.bring("launched")
    before = open_tasks(core, club)
    core.take(club, "train", date(2021, 11, 5), SUPPORT)
    assert open_tasks(core, club) == before
