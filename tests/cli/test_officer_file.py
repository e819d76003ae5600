"""Officers by the hundred from a file: all of it or nothing, and the same file twice is once."""

from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper

HEAD = "id,name,role,province,commune,from,to"
LAN = "lan,Nguyễn Thị Lan,committee,bac_ninh,phường Đình Bảng,2025-07-01,"
HOA = "hoa,Trần Thị Hoa,Hội NCT,Bắc Ninh,phường Đình Bảng,,31/12/2099"
BY = ("--as", "quan-tri")


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    """An office with its administrator."""
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    keeper.run("db", "init")
    named = ("--name", "Nguyễn Văn Trị", "--role", "admin", "--province", "bac_ninh")
    keeper.run("officer", "add", "quan-tri", *named)
    return keeper


def listed(office: Keeper, *rows: str, head: str = HEAD) -> Path:
    """Return a file with those rows."""
    file = office.folder / "officers.csv"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return file


def taken(office: Keeper, *rows: str, more: tuple[str, ...] = ()) -> Any:
    return office.json("officer-import", "officer", "import", listed(office, *rows), *BY, *more)


def there(office: Keeper) -> Any:
    return office.json("officer-list", "officer", "list", "--all")


def events(office: Keeper) -> int:
    return int(office.sql("SELECT count(*) FROM event")[0][0])


def test_everybody_of_a_file_may_act_and_the_same_file_again_records_nothing(
    office: Keeper,
) -> None:
    first = taken(office, LAN, HOA)
    assert first["counts"] == {"added": 2, "renamed": 0, "ended": 0, "login": 0, "unchanged": 0}
    found = {one["officer"]: one for one in there(office)}
    assert found["lan"]["from"] == "2025-07-01"
    assert (found["hoa"]["role"], found["hoa"]["to"]) == ("association", "2099-12-31")
    before = events(office)
    assert taken(office, LAN, HOA)["counts"]["unchanged"] == 2
    assert events(office) == before


def test_communes_that_no_list_was_loaded_for_are_counted_once(office: Keeper) -> None:
    answer = office.run("officer", "import", listed(office, LAN, HOA), *BY)
    assert answer.err.count("names not checked: 1.") == 1


def test_a_later_file_renames_and_ends(office: Keeper) -> None:
    taken(office, LAN, HOA)
    later = taken(office, LAN.replace("Lan,", "Lan Anh,"), LAN + "2099-01-01")
    assert [one["action"] for one in later["changes"]] == ["renamed", "ended"]
    found = {one["officer"]: one for one in there(office)}
    assert found["lan"]["to"] == "2099-01-01"
    assert len(there(office)) == 3


def test_all_that_one_row_does_is_counted(office: Keeper) -> None:
    taken(office, LAN)
    head = f"{HEAD},login"
    row = LAN.replace("Lan,", "Lan Anh,") + "2099-01-01,lan_anh"
    file = listed(office, row, head=head)
    counts = {"added": 0, "renamed": 1, "ended": 1, "login": 1, "unchanged": 0}
    for more in (("--dry-run",), ()):
        done = office.json("officer-import", "officer", "import", file, *BY, *more)
        assert done["counts"] == counts


def test_a_mistake_names_what_would_be_right(office: Keeper) -> None:
    file = listed(office, "lan_anh,Lan,province,bac_ninh,,,")
    message = office.error("officer", "import", file, *BY, code=2)["message"]
    assert "row 2: “lan_anh” cannot be an officer's id. Up to 40 letters a-z" in message


def test_a_trial_shows_the_same_and_records_nothing(office: Keeper) -> None:
    before = there(office), events(office)
    assert taken(office, LAN, HOA, more=("--dry-run",))["counts"]["added"] == 2
    assert (there(office), events(office)) == before


def test_every_mistake_is_named_at_once_and_nothing_is_recorded(office: Keeper) -> None:
    before = events(office)
    file = listed(
        office,
        LAN,
        "a b,Hà,committee,bac_ninh,xã A,,",
        "b3,,committee,bac_ninh,xã A,,",
        "b4,Hà,thợ,bac_ninh,xã A,,",
        "b5,Hà,committee,bac_ninh,,,",
        "b6,Hà,committee,sao_hoa,xã A,,",
        "b7,Hà,committee,bac_ninh,xã A,2025-13-01,",
        "lan,Lan,committee,bac_ninh,phường Đình Bảng,2025-08-01,",
    )
    error = office.error("officer", "import", file, *BY, code=2)
    assert error["code"] == "CLB-OFFICER-FILE"
    rows = [line.split(":")[0] for line in error["message"].splitlines()[1:]]
    assert rows == [f"  row {number}" for number in range(3, 10)]
    assert events(office) == before


def test_a_column_that_no_list_has_is_not_passed_over(office: Keeper) -> None:
    file = listed(office, f"{LAN},x", head=f"{HEAD},frmo")
    assert "frmo" in office.error("officer", "import", file, *BY, code=2)["message"]


def test_only_an_administrator_takes_a_list_in(office: Keeper) -> None:
    taken(office, LAN)
    file = listed(office, HOA)
    for by, code, name in (
        ((), 3, "CLB-OFFICER-ADMIN"),
        (("--as", "lan"), 3, "CLB-OFFICER-ADMIN"),
        (("--as", "nobody"), 2, "CLB-OFFICER-UNKNOWN"),
    ):
        assert office.error("officer", "import", file, *by, code=code)["code"] == name
    assert len(there(office)) == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_written_is_read_again(
    office: Keeper, suffix: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(office, LAN, HOA)
    monkeypatch.setenv("CLB_LANG", language)
    file = office.folder / f"officers.{suffix}"
    assert office.json("officer-export", "officer", "export", file)["offices"] == 3
    before = events(office)
    again = office.json("officer-import", "officer", "import", file, *BY)
    assert again["counts"]["unchanged"] == 3
    assert events(office) == before


def test_a_mistake_of_many_rows_is_named_once_with_their_number(office: Keeper) -> None:
    rows = [f"lan-{one},Nguyễn Thị Lan,không có,bac_ninh,xã Đông Mẫu,," for one in range(12)]
    refused = office.run("officer", "import", listed(office, *rows, HOA), *BY)
    assert refused.code == 2
    assert "rows 2, 3, 4, 5, 6, … (12): " in refused.err
    assert refused.err.count("không có") == 1
