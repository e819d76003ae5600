"""Who is ticked as present is not more than who is counted."""

from typing import Any

import pytest
from support.literals import codes, report, request, text

from engine.rules.meetings import no_fewer_than_ticked

pytestmark = pytest.mark.usefixtures("english")


def found(**form: Any) -> Any:
    return no_fewer_than_ticked(request(form=form))


def test_fewer_counted_than_ticked_warns() -> None:
    assert report(found(attendance=2, present=["M1", "M2", "M3"])) == text("""
        warn CLB-MEETING-COUNT
          2 took part, but 3 members are ticked.
          expected: at least 3
          actual: 2
          who: the commune's Association of the Elderly
          fix: Correct the count or the ticks.
    """)


@pytest.mark.parametrize(
    "form",
    [
        {"attendance": 3, "present": ["M1", "M2", "M3"]},
        {"attendance": 9, "present": ["M1"]},
        {"attendance": 0},
        {"present": ["M1"]},
    ],
)
def test_guests_make_the_count_higher_and_a_count_alone_is_enough(form: dict[str, Any]) -> None:
    assert codes(found(**form)) == []
