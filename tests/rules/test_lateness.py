"""What is recorded long after it happened is marked; a file from before any document is asked."""

from dataclasses import replace
from datetime import date

import pytest
from support.literals import Dated, codes, day, document, policy, report, request, rules, text

from engine.model import Level
from engine.rules.lateness import KEY, before_programme, days_after, days_late, late_days

pytestmark = pytest.mark.usefixtures("english")

STATED = rules({}, general={KEY: 30})


@pytest.mark.parametrize(
    ("recorded_at", "late"),
    [
        ("2022-03-01T05:00:00Z", None),
        ("2022-03-30T05:00:00Z", None),
        ("2022-03-30T18:00:00Z", 30),
        ("2022-03-31T05:00:00Z", 30),
        ("2022-02-01T05:00:00Z", None),
        ("2023-03-01T05:00:00Z", 365),
    ],
)
def test_a_record_is_late_from_thirty_days_on_in_viet_nam(
    recorded_at: str, late: int | None
) -> None:
    assert days_late(date(2022, 3, 1), recorded_at, STATED) == late


def test_a_province_may_state_another_number() -> None:
    stated = rules({KEY: 60}, general={KEY: 30})
    assert days_late(date(2022, 3, 1), "2022-04-10T05:00:00Z", stated) is None


def test_a_file_from_before_the_first_document_wants_a_reason() -> None:
    first = min(one.start for one in policy({}).documents)
    asked = request(first.replace(year=first.year - 1).isoformat(), {}, step="open")
    (found,) = before_programme(asked)
    assert (found.code, found.level) == ("CLB-OPEN-BEFORE", Level.WARN)
    assert codes(before_programme(request(first.isoformat(), {}, step="open"))) == []


def test_the_warning_names_the_first_programme_document() -> None:
    documents = [
        document("QD3", day("2023-01-01")),
        document("QD2", day("2022-06-01"), None),
        document("QD1", day("2010-01-01"), programme=False),
    ]
    early = request(
        "2022-05-31", step="open", policy=rules({"roles.open": ["committee"]}, documents)
    )
    assert report(before_programme(early)) == text("""
        warn CLB-OPEN-BEFORE
          31/05/2022 is before the province's first document, QD 2 of 01/06/2022.
          expected: not before 01/06/2022
          actual: 31/05/2022
          source: QD 2
          who: the commune People's Committee
          fix: Check the day; if the club is older than the programme, write so.
        """)
    assert codes(before_programme(replace(early, asking=True))) == []


def test_where_no_programme_is_stated_no_day_is_before_it() -> None:
    laws = [document(programme=False)]
    assert codes(before_programme(request("2000-01-01", policy=rules({}, laws)))) == []


def test_days_are_counted_from_the_day_it_happened() -> None:
    assert days_after(date(2022, 3, 1), "2022-03-01T16:59:59Z") == 0
    assert days_after(date(2022, 3, 1), "2022-03-01T17:00:00Z") == 1
    assert days_after(date(2022, 3, 1), "2022-02-27T05:00:00Z") == -2


def test_what_counts_as_late_is_stated_for_the_day_of_recording() -> None:
    begins = rules({KEY: Dated(10, start=date(2022, 3, 11))}, general={KEY: 30})
    assert days_late(date(2022, 3, 1), "2022-03-11T05:00:00Z", begins) == 10
    assert days_late(date(2022, 2, 28), "2022-03-10T05:00:00Z", begins) is None
    assert late_days(begins, date(2022, 3, 10)) == 30
    ends = rules({KEY: Dated(0, end=date(2022, 3, 1))}, general={KEY: 30})
    assert days_late(date(2022, 3, 1), "2022-03-01T05:00:00Z", ends) == 0
    assert days_late(date(2022, 3, 11), "2022-03-09T05:00:00Z", rules({KEY: 0})) is None
