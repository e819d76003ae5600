"""A correction's fields are typed as those of the step corrected; a full list has its reason."""

import pytest
from support.roster_cli import Office

MEETING = ("--set", "attendance=52", "--set", "activities=health_care", "--on", "2021-08-05")


@pytest.fixture
def club(office: Office) -> str:
    """A club with one meeting, its second record."""
    made = office.open_club()
    office.json("advance", "advance", made, "meeting", *MEETING)
    return made


def correct(club: str, *changes: str) -> tuple[str, ...]:
    why = ("--set", "seq=2", "--set", "reason=gõ nhầm", "--set", "document=Biên bản")
    sets = [word for change in changes for word in ("--set", f"changes.{change}")]
    return ("advance", club, "correct", *why, *sets, "--on", "2021-08-06")


def test_each_change_is_read_as_the_corrected_step_reads_it(office: Office, club: str) -> None:
    office.json(
        "advance", *correct(club, "attendance=1.052", "date=04/08/2021", "activities=rights")
    )
    changes = office.events(club)[-1]["form"]["changes"]
    assert changes == {"attendance": 1052, "date": "2021-08-04", "activities": ["rights"]}


def test_a_change_of_a_field_that_the_step_has_not_is_named(office: Office, club: str) -> None:
    assert office.error(*correct(club, "people=3"), code=2) == "CLB-FORM-FIELD"


def test_a_full_list_without_a_reason_is_not_written(office: Office, club: str) -> None:
    file = office.folder / "xuat.xlsx"
    assert office.error("member", "export", club, file, "--full", code=2) == "CLB-FORM-MISSING"
    assert not file.exists()


@pytest.mark.parametrize(("typed", "sex"), [("nữ", "F"), ("Nam", "M"), ("f", "F")])
def test_a_sex_may_be_typed_in_vietnamese(office: Office, club: str, typed: str, sex: str) -> None:
    person = ("--name", "Đỗ Văn Mới", "--sex", typed, "--born", "1960", "--on", "2021-08-06")
    office.json("member-add", "member", "add", club, *person)
    assert [one["sex"] for one in office.members(club)] == [sex]


def test_a_number_grouped_in_no_known_way_is_not_guessed_at(office: Office, club: str) -> None:
    assert office.error(*correct(club, "attendance=1000.000"), code=2) == "CLB-FORM-VALUE"


def test_a_step_is_taken_by_its_vietnamese_name(office: Office, club: str) -> None:
    answer = office.run("advance", club, "sinh hoạt", "--lang", "vi")
    assert "CLB-FORM-MISSING" in answer.err
    assert "“meeting”" in answer.err
    answer = office.run("advance", club, "buổi", "--lang", "vi")
    assert answer.code == 2
    assert "ghi buổi sinh hoạt (meeting)" in answer.err
