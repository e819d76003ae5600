"""Who may act: the first is an administrator, and only an administrator lets others in."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    return Keeper(tmp_path, monkeypatch, capsys)


@pytest.fixture
def office(keeper: Keeper) -> Keeper:
    """An office with its administrator."""
    keeper.run("db", "init")
    add(keeper, "quan_tri", "admin")
    return keeper


def words(officer: str, role: str, *more: str) -> list[str]:
    named = ["officer", "add", officer, "--name", "Nguyễn Thị Lan", "--role", role]
    return [*named, "--province", "bac_ninh", *more]


def add(keeper: Keeper, officer: str, role: str, *more: str) -> Any:
    return keeper.json("officer-add", *words(officer, role, *more))


def refusal(keeper: Keeper, code: int, officer: str, role: str, *more: str) -> str:
    """Return the code of a refusal that added nobody."""
    before = keeper.json("officer-list", "officer", "list")
    error = keeper.error(*words(officer, role, *more), code=code)
    assert keeper.json("officer-list", "officer", "list") == before
    return error["code"]


COMMUNE = ("--commune", "phường Đình Bảng")
BY = ("--as", "quan_tri")


def test_the_first_officer_is_an_administrator_and_needs_nobody(keeper: Keeper) -> None:
    keeper.run("db", "init")
    assert refusal(keeper, 3, "lan", "committee", *COMMUNE) == "CLB-OFFICER-FIRST"
    assert add(keeper, "lan", "admin") == {
        "officer": "lan",
        "name": "Nguyễn Thị Lan",
        "role": "admin",
        "province": "bac_ninh",
        "commune": None,
        "commune_id": None,
    }


def test_from_then_on_only_an_administrator_adds(office: Keeper) -> None:
    assert refusal(office, 3, "lan", "committee", *COMMUNE) == "CLB-OFFICER-ADMIN"
    add(office, "lan", "committee", *COMMUNE, *BY)
    asked = refusal(office, 3, "hoa", "province", "--as", "lan")
    assert asked == "CLB-OFFICER-ADMIN"
    assert refusal(office, 2, "hoa", "province", "--as", "nobody") == "CLB-OFFICER-UNKNOWN"


def test_an_officer_who_is_there_gets_a_second_role_but_not_the_same_twice(office: Keeper) -> None:
    add(office, "lan", "association", *COMMUNE, *BY)
    add(office, "lan", "committee", *COMMUNE, *BY)
    assert refusal(office, 2, "lan", "committee", *COMMUNE, *BY) == "CLB-OFFICER-THERE"
    own = [one for one in office.json("officer-list", "officer", "list") if one["officer"] == "lan"]
    assert [one["role"] for one in own] == ["association", "committee"]


@pytest.mark.parametrize(
    ("role", "more"),
    [("association", ()), ("committee", ()), ("province", COMMUNE), ("admin", COMMUNE)],
)
def test_only_association_and_committee_belong_to_a_commune(
    office: Keeper, role: str, more: tuple[str, ...]
) -> None:
    assert refusal(office, 2, "lan", role, *more, *BY) == "CLB-OFFICER-COMMUNE"


@pytest.mark.parametrize("officer", ["", "  ", "lan nguyen"])
def test_an_id_is_one_word(office: Keeper, officer: str) -> None:
    assert refusal(office, 2, officer, "province", *BY) in ("CLB-OFFICER-ID", "CLB-USAGE")


def test_names_are_kept_in_one_form_of_unicode(office: Keeper) -> None:
    loose = unicodedata.normalize("NFD", "phường Đình Bảng ")
    assert add(office, "lan", "committee", "--commune", loose, *BY)["commune"] == COMMUNE[1]


def test_a_province_that_is_not_installed_is_refused(office: Keeper) -> None:
    error = office.error(*words("lan", "province", "--province", "xx"), *BY, code=2)
    assert error["code"] == "CLB-PROVINCE-UNKNOWN"
    assert "bac_ninh" in error["help"]


def test_a_role_that_does_not_exist_is_a_usage_error(office: Keeper) -> None:
    assert refusal(office, 2, "lan", "chairman", *BY) == "CLB-USAGE"


def test_the_list_tells_every_role_and_can_be_narrowed(office: Keeper) -> None:
    office.run(*words("kien", "admin", "--province", "ha_noi"), *BY)
    add(office, "lan", "committee", *COMMUNE, *BY)
    everybody = office.json("officer-list", "officer", "list")
    assert {one["officer"] for one in everybody} == {"quan_tri", "kien", "lan"}
    narrow = office.json("officer-list", "officer", "list", "--province", "ha_noi")
    assert [one["officer"] for one in narrow] == ["kien"]
    assert "phường Đình Bảng, bac_ninh" in office.run("officer", "list").out


def test_who_is_removed_may_no_longer_act_and_what_was_recorded_stays(office: Keeper) -> None:
    add(office, "lan", "admin", *BY)
    recorded = office.sql("SELECT count(*) FROM event")[0][0]
    answer = office.json("officer-remove", "officer", "remove", "lan", *BY)
    assert answer == {"officer": "lan", "removed": True, "left": []}
    assert office.sql("SELECT count(*) FROM event")[0][0] == recorded + 1
    assert refusal(office, 2, "hoa", "province", "--as", "lan") == "CLB-OFFICER-UNKNOWN"


def test_removing_in_one_province_leaves_the_roles_in_another(office: Keeper) -> None:
    add(office, "lan", "province", *BY)
    office.run(*words("lan", "province", "--province", "ha_noi"), *BY)
    answer = office.json(
        "officer-remove", "officer", "remove", "lan", "--province", "bac_ninh", *BY
    )
    assert [one["province"] for one in answer["left"]] == ["ha_noi"]


def test_the_only_administrator_stays(office: Keeper) -> None:
    error = office.error("officer", "remove", "quan_tri", *BY, code=2)
    assert error["code"] == "CLB-OFFICER-LAST"
    assert len(office.json("officer-list", "officer", "list")) == 1


def test_only_an_administrator_removes_and_only_whoever_is_there(office: Keeper) -> None:
    add(office, "lan", "province", *BY)
    lan = ("officer", "remove", "lan")
    assert office.error(*lan, code=3)["code"] == "CLB-OFFICER-ADMIN"
    assert office.error(*lan, "--as", "lan", code=3)["code"] == "CLB-OFFICER-ADMIN"
    nobody = office.error("officer", "remove", "hoa", *BY, code=2)
    assert nobody["code"] == "CLB-OFFICER-UNKNOWN"


def test_without_a_database_the_way_to_make_one_is_told(keeper: Keeper) -> None:
    error = keeper.error("officer", "list", code=5)
    assert error["code"] == "CLB-DATABASE-MISSING"
