"""The page on security names tests that are there."""

import re

from support.sources import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_each_promise_names_tests_that_are_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "promise" not in line]
    assert len(rows) >= 13
    for row in rows:
        named = re.findall(r"`(tests/[^`]+\.py)`", row)
        assert named, row
        assert [one for one in named if not (ROOT / one).is_file()] == []
