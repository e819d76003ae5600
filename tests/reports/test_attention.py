"""Which clubs need attention: what is late, their state, what they lack."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.land import Land, land, people

from engine.reports.building import build

DAY = date(2022, 6, 30)
RIGHT = [f"{1950 + number % 5}" for number in range(65)]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as one:
        yield one


def club(here: Land, *born: str) -> str:
    return here.club(
        date(2021, 9, 1),
        members=people(*(born or RIGHT)),
        trained=date(2021, 9, 11),
        launched=date(2021, 10, 1),
    )


def document(here: Land, on: date = DAY) -> dict[str, Any]:
    return build(here.store, here.registry.provinces, here.province, "overview", None, on).document


def reasons(here: Land, on: date = DAY) -> dict[str, list[dict[str, Any]]]:
    return {one["club"]: one["reasons"] for one in document(here, on)["attention"]}


def late(here: Land, club: str, on: date = DAY) -> dict[str, int]:
    """Return the days each kind of task of a club is late, as its reasons have it."""
    shown = reasons(here, on).get(club, [])
    return {one["kind"]: one["found"] for one in shown if one["why"] == "overdue"}


def test_a_club_that_lacks_nothing_needs_none(here: Land) -> None:
    one = club(here)
    assert reasons(here, date(2021, 12, 1)) == {}
    assert one in {row["club"] for row in document(here, date(2021, 12, 1))["clubs"]}


def test_a_late_supervision_is_listed_with_its_days(here: Land) -> None:
    one = club(here)
    days = (DAY - date(2022, 4, 1)).days
    assert late(here, one)["supervision"] == days
    (row,) = [row for row in document(here)["overdue"] if row["kind"] == "supervision"]
    assert (row["club"], row["due_on"], row["overdue_days"]) == (one, "2022-04-01", days)


def test_what_was_late_on_the_day_is_listed_though_done_since(here: Land) -> None:
    one = club(here)
    before = late(here, one)
    here.take(one, "supervise", date(2022, 7, 5))
    assert late(here, one) == before
    assert "supervision" not in late(here, one, date(2022, 7, 5))


def test_too_few_members_are_listed_with_the_article(here: Land) -> None:
    one = club(here, "1950", "1951")
    (reason,) = reasons(here, date(2021, 12, 1))[one]
    assert (reason["why"], reason["found"], reason["low"], reason["high"]) == ("size", 2, 60, 75)
    assert "933" in reason["source"]


def test_consolidating_and_suspended_clubs_need_attention_and_dissolved_ones_none(
    here: Land,
) -> None:
    weak, still, gone = club(here), club(here), club(here)
    here.take(weak, "supervise", date(2022, 3, 1), {"conclusion": "consolidate"})
    here.take(still, "suspend", date(2022, 3, 1))
    here.take(gone, "dissolve", date(2022, 3, 1))
    found = {id_: rows[0]["kind"] for id_, rows in reasons(here).items()}
    assert found == {weak: "consolidating", still: "suspended"}


def test_the_club_with_most_reasons_comes_first(here: Land) -> None:
    one_reason = club(here)
    two_reasons = club(here, "1950")
    assert list(reasons(here)) == [two_reasons, one_reason]
