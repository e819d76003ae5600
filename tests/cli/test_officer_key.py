"""``clb officer key``: made once, registered by the administrator, used when a file is sent."""

from pathlib import Path

import pytest
from support.core import ADMIN, ASSOCIATION, COMMUNE, TOWN
from support.keeper import Keeper

AS_ADMIN = ("--as", ADMIN)


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    found = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLB_PASSPHRASE", "mật khẩu dài")
    found.lived()
    return found


def test_a_key_is_made_once_and_shown_again(keeper: Keeper) -> None:
    made = keeper.json("officer-key", "officer", "key", "--as", TOWN)
    assert keeper.json("officer-key", "officer", "key", "--as", TOWN) == made


def test_a_registered_key_signs_and_the_log_shows_it(keeper: Keeper, tmp_path: Path) -> None:
    line = keeper.json("officer-key", "officer", "key", "--as", TOWN)["key"]
    export = ("bundle", "export", "--for", COMMUNE, "--as", TOWN, "--out")
    assert not keeper.json("bundle-export", *export, tmp_path / "a.clbz")["signed"]
    keeper.json("officer-key", "officer", "key", "--add", line, "--of", TOWN, *AS_ADMIN)
    assert keeper.json("bundle-export", *export, tmp_path / "b.clbz")["signed"]
    assert keeper.json("audit-verify", "audit", "verify")["ok"]


def test_an_ended_key_is_replaced_by_another(keeper: Keeper) -> None:
    line = keeper.json("officer-key", "officer", "key", "--as", TOWN)["key"]
    keeper.json("officer-key", "officer", "key", "--add", line, "--of", TOWN, *AS_ADMIN)
    listed = keeper.json("officer-key", "officer", "key", "--end", TOWN, *AS_ADMIN)
    assert [one["until"] is None for one in listed if one["officer"] == TOWN] == [False]
    assert keeper.json("officer-key", "officer", "key", "--as", TOWN)["key"] != line


@pytest.mark.parametrize(
    ("args", "code", "expected"),
    [
        (("--add", "clb1-x", "--of", TOWN, *AS_ADMIN), 2, "CLB-KEY-LINE"),
        (("--add", f"clb1-{'B' * 86}==", *AS_ADMIN), 2, "CLB-USAGE"),
        (("--add", f"clb1-{'A' * 86}==", "--of", ADMIN, *AS_ADMIN), 2, "CLB-KEY-THERE"),
        (("--end", ASSOCIATION, *AS_ADMIN), 2, "CLB-KEY-NONE"),
        (("--end", ADMIN, "--as", TOWN), 3, "CLB-OFFICER-ADMIN"),
    ],
)
def test_what_cannot_be_registered_or_ended_is_refused(
    keeper: Keeper, args: tuple[str, ...], code: int, expected: str
) -> None:
    assert keeper.error("officer", "key", *args, code=code)["code"] == expected


def test_a_short_passphrase_is_refused(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_PASSPHRASE", "ngắn")
    assert keeper.error("officer", "key", "--as", TOWN, code=2)["code"] == "CLB-KEY-PASSPHRASE"


def registered(keeper: Keeper, officer: str = TOWN) -> None:
    line = keeper.json("officer-key", "officer", "key", "--as", officer)["key"]
    keeper.json("officer-key", "officer", "key", "--add", line, "--of", officer, *AS_ADMIN)


def report(keeper: Keeper) -> tuple[str, ...]:
    return ("report", "sent", "bac_ninh", "year", "--period", "2021", "--on", "2021-12-19")


def test_what_is_recorded_is_signed_at_once(keeper: Keeper) -> None:
    registered(keeper)
    assert keeper.run(*report(keeper), "--as", TOWN).code == 0
    answer = keeper.json("audit-verify", "audit", "verify")
    assert answer["signed"] == {TOWN: 1}
    (found,) = answer["signatures"]
    assert (found["officer"], found["streams"]) == (TOWN, {"province:bac_ninh": 1})
    shown = keeper.run("audit", "show", "province:bac_ninh").out
    assert f"signed with the key {found['key']}" in shown


def test_without_its_passphrase_a_step_is_recorded_unsigned_and_that_is_shown(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(keeper)
    monkeypatch.delenv("CLB_PASSPHRASE")
    result = keeper.run(*report(keeper), "--as", TOWN)
    assert result.code == 0
    assert "Not signed" in result.err
    answer = keeper.json("audit-verify", "audit", "verify")
    assert ("signed" in answer, answer["unsigned"][TOWN]) == (False, 1)


def test_with_a_wrong_passphrase_nothing_is_recorded(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(keeper)
    before = keeper.sql("SELECT count(*) FROM event")
    monkeypatch.setenv("CLB_PASSPHRASE", "một mật khẩu khác")
    error = keeper.error(*report(keeper), "--as", TOWN, code=2)
    assert error["code"] == "CLB-KEY-PASSPHRASE"
    assert keeper.sql("SELECT count(*) FROM event") == before


def test_who_only_reads_is_asked_for_nothing(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(keeper)
    monkeypatch.delenv("CLB_PASSPHRASE")
    assert "Not signed" not in keeper.run("due", "--as", TOWN).err


def test_what_is_signed_with_a_lost_key_is_marked_as_asserted(keeper: Keeper) -> None:
    registered(keeper)
    assert keeper.run(*report(keeper), "--as", TOWN).code == 0
    day = keeper.json("audit-verify", "audit", "verify")["signatures"][0]["first"]
    end = ("officer", "key", "--end", TOWN, "--from", day, *AS_ADMIN)
    keeper.json("officer-key", *end)
    answer = keeper.json("audit-verify", "audit", "verify")
    assert (answer["ok"], answer["lapsed"]) == (True, {TOWN: 1})
    assert "asserted" in keeper.run("audit", "verify").out
