"""A check of the kit is left out only by its name and with a written reason, which is shown."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.broken import BASE
from support.keeper import Keeper
from support.plugins import write_plugin

from engine.errors import ClbError
from engine.policy import parse_policy, read_policy
from engine.policy.model import LeftOut

REASON = "Tỉnh chưa ban hành mẫu."
LEFT_OUT = f'\n[[left_out]]\ncheck = "a_proposal_can_be_rejected"\nreason = "{REASON}"\n'
PROVINCE = "thu_bo_qua"


def policy(more: str = LEFT_OUT) -> str:
    text = (BASE / "policy.toml").read_text(encoding="utf-8") + more
    return text.replace("{province}", PROVINCE).replace("{prefix}", "XBQ")


def test_a_policy_says_what_is_left_out_and_why() -> None:
    found = read_policy(policy().encode(), origin="policy.toml")
    assert found.left_out == (LeftOut("a_proposal_can_be_rejected", REASON),)
    assert "left_out.check" not in found.entries


def test_nothing_is_left_out_where_the_policy_says_nothing() -> None:
    assert parse_policy(policy("").encode(), origin="policy.toml").left_out == ()


@pytest.mark.parametrize("reason", ["", 'reason = ""'])
def test_leaving_out_needs_a_reason(reason: str) -> None:
    bare = f'\n[[left_out]]\ncheck = "a_proposal_can_be_rejected"\n{reason}\n'
    with pytest.raises(ClbError) as refused:
        read_policy(policy(bare).encode(), origin="policy.toml")
    assert "left_out" in refused.value.message


def test_the_province_shows_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    write_plugin(site, PROVINCE, policy=policy())
    monkeypatch.syspath_prepend(site)
    importlib.invalidate_caches()
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    shown = keeper.json("province-show", "province", "show", PROVINCE)
    assert shown["left_out"] == [{"check": "a_proposal_can_be_rejected", "reason": REASON}]
    assert keeper.json("province-show", "province", "show", "bac_ninh")["left_out"] == []
    text = keeper.run("province", "show", PROVINCE).out
    assert f"    a_proposal_can_be_rejected: {REASON}" in text.splitlines()


def test_the_kit_skips_it_with_the_reason_and_nothing_else(tmp_path: Path) -> None:
    site, tests = tmp_path / "site", tmp_path / "tests"
    site.mkdir()
    tests.mkdir()
    write_plugin(site, PROVINCE, policy=policy())
    (tests / "test_it.py").write_text(
        "from engine.testing import ProvinceConformance\n\n\n"
        f'class TestIt(ProvinceConformance):\n    province = "{PROVINCE}"\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "--rootdir=.", "-k", "a_proposal", "."],
        cwd=tests,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stdout
    assert f"left out: {REASON}" in done.stdout
    assert "1 passed, 1 skipped" in done.stdout
