"""A target's unit is what its measure counts: "60 people" is no number of clubs."""

from pathlib import Path

import pytest
from support.odd import FOLDER

from engine.plugin_checks.policy_file import policy_mistakes

POLICY = FOLDER / "clb_odd" / "policy.toml"
RIGHT = 'value.target = 10\nvalue.unit = "clubs"'


@pytest.mark.parametrize(
    ("unit", "found"),
    [("clubs", []), ("members", ["target.own_total[1].value.unit"])],
)
def test_the_unit_is_held_against_the_measure(tmp_path: Path, unit: str, found: list[str]) -> None:
    file = tmp_path / "policy.toml"
    text = POLICY.read_text(encoding="utf-8")
    assert text.count(RIGHT) == 1
    file.write_text(text.replace(RIGHT, RIGHT.replace("clubs", unit)), encoding="utf-8")
    assert [one.key for one in policy_mistakes(file)] == found
