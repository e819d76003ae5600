"""What clubs have been through: the last steps and the last money, as the log has them."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.papers import Office

from engine.reports.clubs import history
from engine.reports.lives import LAST_STEPS, lives
from engine.reports.writers.lives import DIGITS, last, packed, step_names

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    one = Office(tmp_path / "clb.sqlite3", "bac_ninh")
    one.live()
    yield one
    one.core.store.close()


def life(office: Office, on: date) -> dict[str, Any]:
    (found,) = lives(office.core.store, office.province, on, [office.club])
    return found


def test_a_club_has_its_steps_in_order_and_no_records_of_its_list(office: Office) -> None:
    found = life(office, office.day(12, 31, later=1))
    assert found["club"] == office.club
    assert [one["step"] for one in found["steps"]] == [
        *("open", "propose", "return", "propose", "approve", "train", "launch"),
        *("supervise", "review", "change_board", "supervise", "consolidate", "dissolve"),
    ]
    assert len(found["steps"]) <= LAST_STEPS
    assert found["entries"] == [
        {
            "on": office.day(2, 20).isoformat(),
            "kind": "grant",
            "fund": "operating",
            "amount": 25_500_000,
        }
    ]


def test_of_a_day_before_it_has_what_was_until_then(office: Office) -> None:
    found = life(office, office.day(2, 15))
    assert found["steps"][-1] == {"on": office.day(2, 15).isoformat(), "step": "train"}
    assert found["entries"] == []


def test_what_was_annulled_is_not_in_it_and_a_corrected_day_is(tmp_path: Path) -> None:
    office = Office(tmp_path / "other.sqlite3", "bac_ninh")
    office.found()
    office.take("train", office.day(2, 15), {"course.start": office.day(2, 14).isoformat()})
    office.take("launch", office.day(3, 1), {"place": "Nhà văn hóa"})
    train, launch = (
        one.seq for one in history(office.core.store, office.core.club(office.club))[-2:]
    )
    undone = {"seq": launch, "reason": "Ghi nhầm", "document": "BB 4"}
    office.take("annul", office.day(12, 1), undone)
    later = office.day(2, 16).isoformat()
    right = {"seq": train, "changes": {"date": later}, "reason": "Ghi nhầm", "document": "BB 3"}
    office.take("correct", office.day(12, 1), right, officer="tinh")
    assert life(office, office.day(12, 31))["steps"][-1] == {"on": later, "step": "train"}
    office.core.store.close()


def test_the_page_keeps_a_step_in_four_letters(office: Office) -> None:
    found = life(office, office.day(12, 31, later=1))
    taken, money = packed(found).split("|")
    assert len(taken) == 4 * len(found["steps"])
    for place, one in enumerate(found["steps"]):
        code = taken[4 * place : 4 * place + 4]
        assert date(2000, 1, 1) + timedelta(days=int(code[1:], 36)) == date.fromisoformat(one["on"])
    assert int(money[4:], 36) == 25_500_000
    assert len(step_names().split("|")) <= len(DIGITS)


def test_of_many_clubs_the_page_keeps_the_latest_alone(office: Office) -> None:
    found = life(office, office.day(12, 31, later=1))
    assert last(found, 1) == {"steps": found["steps"], "entries": found["entries"]}
    assert last(found, 500)["steps"] == found["steps"][-10:]
    assert last(found, 10_000)["steps"] == found["steps"][-2:]
