"""Who may act: the first is an administrator, and only an administrator lets others in."""

import unicodedata
from typing import Any

import pytest
from support.keeper import Keeper

from engine.clock import today


@pytest.fixture
def office(keeper: Keeper) -> Keeper:
    """An office with its administrator."""
    keeper.run("db", "init")
    add(keeper, "quan-tri", "admin")
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
BY = ("--as", "quan-tri")


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
        "from": today().isoformat(),
        "to": None,
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


@pytest.mark.parametrize(
    "officer", ["", "  ", "lan nguyen", "lan.nguyen", "lan_nguyen", "-lan", "lần", "lаn", "l" * 41]
)
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


def test_the_list_reports_every_role_and_can_be_narrowed(office: Keeper) -> None:
    office.run(*words("kien", "admin", "--province", "ha_noi"), *BY)
    add(office, "lan", "committee", *COMMUNE, *BY)
    everybody = office.json("officer-list", "officer", "list")
    assert {one["officer"] for one in everybody} == {"quan-tri", "kien", "lan"}
    narrow = office.json("officer-list", "officer", "list", "--province", "ha_noi")
    assert [one["officer"] for one in narrow] == ["kien"]
    assert "phường Đình Bảng, Bắc Ninh" in office.run("officer", "list").out


def test_who_is_removed_may_no_longer_act_and_what_was_recorded_stays(office: Keeper) -> None:
    add(office, "lan", "admin", *BY)
    recorded = office.sql("SELECT count(*) FROM event")[0][0]
    answer = office.json("officer-remove", "officer", "remove", "lan", *BY)
    assert (answer["officer"], answer["removed"], answer["left"]) == ("lan", True, [])
    assert [one["role"] for one in answer["ended"]] == ["admin"]
    assert office.sql("SELECT count(*) FROM event")[0][0] == recorded + 1
    assert refusal(office, 3, "hoa", "province", "--as", "lan") == "CLB-OFFICER-ENDED"


def test_removing_in_one_province_leaves_the_roles_in_another(office: Keeper) -> None:
    add(office, "lan", "province", *BY)
    office.run(*words("kien", "admin", "--province", "ha_noi"), *BY)
    office.run(*words("lan", "province", "--province", "ha_noi"), "--as", "kien")
    answer = office.json(
        "officer-remove", "officer", "remove", "lan", "--province", "bac_ninh", *BY
    )
    assert [one["province"] for one in answer["left"]] == ["ha_noi"]


def test_the_only_administrator_stays(office: Keeper) -> None:
    error = office.error("officer", "remove", "quan-tri", *BY, code=2)
    assert error["code"] == "CLB-OFFICER-LAST"
    assert len(office.json("officer-list", "officer", "list")) == 1


def test_only_an_administrator_removes_and_only_whoever_is_there(office: Keeper) -> None:
    add(office, "lan", "province", *BY)
    lan = ("officer", "remove", "lan")
    assert office.error(*lan, code=3)["code"] == "CLB-OFFICER-ADMIN"
    assert office.error(*lan, "--as", "lan", code=3)["code"] == "CLB-OFFICER-ADMIN"
    nobody = office.error("officer", "remove", "hoa", *BY, code=2)
    assert nobody["code"] == "CLB-OFFICER-UNKNOWN"


def test_without_a_database_the_way_to_make_one_is_reported(keeper: Keeper) -> None:
    error = keeper.error("officer", "list", code=5)
    assert error["code"] == "CLB-DATABASE-MISSING"


FAR = ("--province", "ha_noi")


def test_a_provinces_officers_are_its_own_administrators_to_change(office: Keeper) -> None:
    """Any names the first of a province that has none; from then on its own do."""
    assert refusal(office, 3, "hoa", "province", *FAR, *BY) == "CLB-OFFICER-PROVINCE"
    add(office, "kien", "admin", *FAR, *BY)
    assert refusal(office, 3, "quan-tri", "admin", *FAR, *BY) == "CLB-OFFICER-PROVINCE"
    for command in (
        ("remove", "kien"),
        ("change", "kien", "--name", "Ai Đó"),
        ("change", "kien", "--until", "01/01/2030"),
    ):
        error = office.error("officer", *command, *BY, code=3)
        assert error["code"] == "CLB-OFFICER-PROVINCE"
    add(office, "hoa", "province", *FAR, "--as", "kien")


def test_both_streams_record_who_named_the_first_administrator(office: Keeper) -> None:
    add(office, "kien", "admin", *FAR, *BY)
    steps = office.sql("SELECT stream, step, officer FROM event ORDER BY recorded_at, stream, seq")
    assert ("province:ha_noi", "officer_add", "quan-tri") in steps
    assert ("province:bac_ninh", "officer_first", "quan-tri") in steps


def test_capitals_make_no_other_id(office: Keeper) -> None:
    add(office, "lan", "province", *BY)
    assert refusal(office, 2, "LAN", "association", *COMMUNE, *BY) == "CLB-OFFICER-ID"


def test_a_name_of_letters_that_only_look_latin_is_refused(office: Keeper) -> None:
    asked = ["officer", "add", "lan", "--name", "Nguyễn Thị Lаn", "--role", "province"]
    error = office.error(*asked, "--province", "bac_ninh", *BY, code=2)
    assert error["code"] == "CLB-OFFICER-NAME"


def test_an_officer_may_act_for_two_communes_in_one_role(office: Keeper) -> None:
    add(office, "lan", "association", *COMMUNE, *BY)
    add(office, "lan", "association", "--commune", "xã Khác", *BY)
    own = [one for one in office.json("officer-list", "officer", "list") if one["officer"] == "lan"]
    assert {one["commune"] for one in own} == {"phường Đình Bảng", "xã Khác"}


def test_only_the_role_that_was_named_is_taken(office: Keeper) -> None:
    add(office, "lan", "association", *COMMUNE, *BY)
    add(office, "lan", "committee", *COMMUNE, *BY)
    error = office.error("officer", "remove", "lan", *BY, code=2)
    assert error["code"] == "CLB-OFFICER-WHICH"
    some = ("officer", "remove", "lan", "--role", "committee")
    assert [one["role"] for one in office.json("officer-remove", *some, *BY)["left"]] == [
        "association"
    ]
    assert office.json("officer-remove", "officer", "remove", "lan", *BY)["left"] == []


def test_every_role_goes_where_all_are_meant(office: Keeper) -> None:
    add(office, "lan", "association", *COMMUNE, *BY)
    add(office, "lan", "committee", *COMMUNE, *BY)
    answer = office.json("officer-remove", "officer", "remove", "lan", "--all", *BY)
    assert (len(answer["ended"]), answer["left"]) == (2, [])


def test_who_was_in_office_on_a_day_is_answered(office: Keeper) -> None:
    days = ("--from", "01/03/2021", "--until", "15/06/2022")
    add(office, "lan", "committee", *COMMUNE, *days, *BY)

    def there(day: str) -> bool:
        found = office.json("officer-list", "officer", "list", "--on", day)
        return "lan" in {one["officer"] for one in found}

    assert [there(day) for day in ("28/02/2021", "01/03/2021", "14/06/2022", "15/06/2022")] == [
        False,
        True,
        True,
        False,
    ]
    ever = office.json("officer-list", "officer", "list", "--all")
    lan = next(one for one in ever if one["officer"] == "lan")
    assert (lan["from"], lan["to"]) == ("2021-03-01", "2022-06-15")


def test_an_office_is_not_over_before_it_began(office: Keeper) -> None:
    days = ("--from", "15/06/2022", "--until", "01/03/2021")
    assert refusal(office, 2, "lan", "committee", *COMMUNE, *days, *BY) == "CLB-OFFICER-DAYS"
    add(office, "lan", "committee", *COMMUNE, "--from", "15/06/2022", *BY)
    error = office.error("officer", "change", "lan", "--until", "01/03/2021", *BY, code=2)
    assert error["code"] == "CLB-OFFICER-DAYS"


def test_who_is_not_in_office_yet_may_not_act(office: Keeper) -> None:
    add(office, "lan", "admin", "--from", "01/01/2100", *BY)
    assert refusal(office, 3, "hoa", "province", "--as", "lan") == "CLB-OFFICER-ENDED"


def test_an_officer_moves_to_another_commune(office: Keeper) -> None:
    add(office, "lan", "committee", *COMMUNE, "--from", "01/03/2021", *BY)
    asked = ("officer", "change", "lan", "--commune", "xã Khác", "--from", "01/07/2025", *BY)
    offices = office.json("officer-change", *asked)["offices"]
    assert [(one["commune"], one["from"]) for one in offices] == [("xã Khác", "2025-07-01")]
    before = office.json("officer-list", "officer", "list", "--on", "30/06/2025")
    assert [one["commune"] for one in before if one["officer"] == "lan"] == ["phường Đình Bảng"]


def test_an_officer_gets_another_name_and_the_log_keeps_the_first(office: Keeper) -> None:
    add(office, "lan", "province", *BY)
    asked = ("officer", "change", "lan", "--name", "Nguyễn Thị Lan Anh", *BY)
    assert [one["name"] for one in office.json("officer-change", *asked)["offices"]] == [
        "Nguyễn Thị Lan Anh"
    ]
    bodies = [body for (body,) in office.sql("SELECT body FROM event WHERE step LIKE 'officer%'")]
    assert any('"Nguyễn Thị Lan"' in body for body in bodies)


def test_an_office_that_ends_later_may_be_held_until_then(office: Keeper) -> None:
    add(office, "lan", "admin", *BY)
    asked = ("officer", "change", "lan", "--until", "01/01/2100", *BY)
    assert [one["to"] for one in office.json("officer-change", *asked)["offices"]] == ["2100-01-01"]
    add(office, "hoa", "province", "--as", "lan")


def test_one_thing_is_changed_at_a_time(office: Keeper) -> None:
    error = office.error("officer", "change", "quan-tri", *BY, code=2)
    assert error["code"] == "CLB-USAGE"


def test_the_tables_are_made_anew_with_every_office(office: Keeper) -> None:
    add(office, "lan", "committee", *COMMUNE, "--from", "01/03/2021", *BY)
    office.run("officer", "change", "lan", "--name", "Nguyễn Thị Lan Anh", *BY)
    office.run("officer", "remove", "lan", *BY)
    before = office.sql("SELECT * FROM officer ORDER BY province, seq")
    assert len(before) == 2
    assert office.run("db", "rebuild").code == 0
    assert office.sql("SELECT * FROM officer ORDER BY province, seq") == before


@pytest.mark.parametrize("command", [("club", "list"), ("due",), ("report", "list")])
def test_somebody_who_is_no_officer_is_shown_who_there_is(
    office: Keeper, command: tuple[str, ...]
) -> None:
    answer = office.run(*command, "--as", "quantri")
    assert answer.code == 2
    assert "CLB-OFFICER-UNKNOWN" in answer.err
    assert "quan-tri (Nguyễn Thị Lan)" in answer.err


def test_the_office_and_its_ward_are_one_phrase(office: Keeper) -> None:
    written = office.run(*words("hoi", "association", *COMMUNE, *BY), "--lang", "vi").out
    assert "Hội Người cao tuổi phường Đình Bảng, Bắc Ninh" in written


def test_a_login_is_of_one_officer_and_is_kept(office: Keeper) -> None:
    assert add(office, "lan", "committee", *COMMUNE, *BY, "--login", "ub_lan")["login"] == "ub_lan"
    taken = refusal(office, 2, "hoa", "province", *BY, "--login", "ub_lan")
    assert taken == "CLB-OFFICER-LOGIN-TAKEN"
    for wrong in ("Ub-Lan", "1lan", "lan nguyen", 'lan"x'):
        assert refusal(office, 2, "hoa", "province", *BY, "--login", wrong) == (
            "CLB-OFFICER-LOGIN-TAKEN"
        )
    changed = office.json("officer-change", "officer", "change", "lan", "--login", "lan_2", *BY)
    assert [one["login"] for one in changed["offices"]] == ["lan_2"]
    assert office.json("db-check", "db", "check")["ok"]
    exported = office.folder / "officers.csv"
    office.json("officer-export", "officer", "export", exported)
    assert "lan_2" in exported.read_text(encoding="utf-8-sig")
    again = office.json("officer-import", "officer", "import", exported, *BY)
    assert again["counts"]["unchanged"] == 2
