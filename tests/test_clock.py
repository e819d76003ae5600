"""The day is Viet Nam's, whatever the time zone of the computer."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from support.sources import ENGINE, ROOT

from engine.clock import day_of

EVENING = datetime(2021, 8, 31, 17, 30, tzinfo=UTC)
"""Half past midnight of 1 September in Hà Nội."""


def test_the_day_changes_at_midnight_in_viet_nam() -> None:
    assert day_of(EVENING) == date(2021, 9, 1)
    assert day_of(EVENING.replace(hour=16, minute=59)) == date(2021, 8, 31)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Pacific/Auckland", "nonsense"])
def test_a_computer_in_another_zone_has_the_same_day(zone: str) -> None:
    asked = f"from engine.clock import day_of; from datetime import *; print(day_of({EVENING!r}))"
    code = asked.replace("datetime.datetime(", "datetime(").replace("datetime.timezone", "timezone")
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "2021-09-01"


def test_nothing_in_the_engine_asks_the_computers_own_zone() -> None:
    local = re.compile(r"astimezone\(\)|date\.today\(|datetime\.now\(\)")
    asking = [
        str(path.relative_to(ROOT))
        for path in ENGINE.rglob("*.py")
        if local.search(path.read_text(encoding="utf-8"))
    ]
    assert asking == []
