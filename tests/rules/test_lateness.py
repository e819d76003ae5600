"""What is recorded long after it happened is marked; a file from before any document is asked."""

from datetime import date

import pytest
from support.literals import codes, policy, request, rules

from engine.model import Level
from engine.rules.lateness import KEY, before_programme, days_late

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
