"""What a plugin may use goes only by a major version, and after it was named as deprecated."""

from pathlib import Path

import pytest
from support.province_plugin import province_of, stated
from support.sources import ROOT

from engine import API_VERSION, codes
from engine.plugin_checks.code import deprecated_mistakes
from engine.policy import vocabulary
from engine.policy.files import read_policy
from engine.provinces.deprecated import DEPRECATED, Deprecated, shown
from engine.provinces.hookspecs import ANSWERS

GUIDE = ROOT / "docs" / "upgrading-a-plugin.md"
PROMISED = Path(__file__).with_name("promised.txt")
"""Every hook and key that a version had: lines are added, and leave with a major version only."""
KNOWN = {*ANSWERS, *vocabulary.keys()}
NAMES = {one.name: one for one in DEPRECATED}


def test_nothing_that_was_promised_is_gone_but_what_was_deprecated_first() -> None:
    promised = set(PROMISED.read_text(encoding="utf-8").split())
    assert promised >= KNOWN, "add the new names to promised.txt"
    gone = promised - KNOWN
    assert {one for one in gone if one not in NAMES or NAMES[one].removed > API_VERSION} == set()


@pytest.mark.parametrize("one", DEPRECATED, ids=lambda one: one.name)
def test_what_is_deprecated_is_there_until_a_later_major_version(one: Deprecated) -> None:
    assert one.since <= API_VERSION
    assert one.removed[0] > one.since[0]
    assert one.removed[1] == 0
    assert (one.name in KNOWN) == (one.removed > API_VERSION)


@pytest.mark.parametrize("one", DEPRECATED, ids=lambda one: one.name)
def test_the_guide_has_the_line_of_what_is_deprecated(one: Deprecated) -> None:
    line = f"| `{one.name}` | {shown(one.since)} | {shown(one.removed)} | {one.instead} |"
    assert line in GUIDE.read_text(encoding="utf-8").splitlines()


def test_the_guide_lists_nothing_else() -> None:
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    listed = [line.split("`")[1] for line in lines if line.startswith("| `")]
    assert listed == [one.name for one in DEPRECATED]


def test_the_check_names_a_deprecated_hook_and_key_that_a_plugin_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "\nfrom engine import hookimpl\n\n@hookimpl\ndef clb_after_step(request):\n    pass\n"
    province_of(tmp_path, monkeypatch, stated("note.old", '"x"'), code)
    package = tmp_path / "clb_tinh_thu"
    policy = read_policy((package / "policy.toml").read_bytes(), origin="policy.toml")
    table = (*DEPRECATED, Deprecated("note.old", (1, 1), (2, 0), "leave it out"))
    found = list(deprecated_mistakes(package, policy, table))
    assert [(one.code, one.file, one.key, one.line, one.level) for one in found] == [
        (codes.PLUGIN_DEPRECATED, "__init__.py", "clb_after_step", 5, "warn"),
        (codes.PLUGIN_DEPRECATED, "policy.toml", "note.old", None, "warn"),
    ]
    assert "1.1" in found[0].message
    assert "2.0" in found[0].message
