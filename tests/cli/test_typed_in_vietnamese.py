"""Whatever a command takes is typed in Vietnamese, with its marks or without."""

import pytest
from support.roster_cli import COMMUNE, Office

from engine import clock


@pytest.mark.parametrize("name", ["Bắc Ninh", "bac ninh", "tỉnh Bắc Ninh", "TINH BAC NINH"])
def test_a_province_is_named_as_people_call_it(office: Office, name: str) -> None:
    made = office.json(
        "club-open",
        *("club", "open", "--province", name, "--commune", COMMUNE, "--village", "Thôn Đông"),
        *("--name", "CLB Thôn Đông"),
    )
    assert made["club"].startswith("BN-")
    assert [one["club"] for one in office.json("club-list", "club", "list", "--province", name)]
    assert office.run("province", "show", name).code == 0
    assert office.run("policy", "keys", name).code == 0


@pytest.mark.parametrize("name", ["Bác Ninh", "Bắc Nính", "Bắc"])
def test_a_province_of_other_marks_is_none(office: Office, name: str) -> None:
    assert office.error("club", "list", "--province", name, code=2) == "CLB-PROVINCE-UNKNOWN"


def test_steps_days_and_choices_are_typed_in_vietnamese(office: Office) -> None:
    club = office.open_club()
    acks = [
        part
        for code in ("SIZE", "ELDERLY", "YOUNG", "WOMEN", "POOR")
        for part in ("--ack", f"CLB-COMP-{code}=đã biết")
    ]
    propose = ("advance", club, "trình UBND xã", "--set", "submission.number=1", "--on", "1/9/21")
    office.json("advance", *propose, *acks)
    aspects = ("conditions", "criteria", "organisation", "personnel", "finance")
    office.json(
        "advance",
        *("advance", club, "duyệt", "--as", "ubnd", *acks),
        *("--set", "decision.number=5", "--set", "decision.date=ngày 2 tháng 9 năm 2021"),
        *("--set", "decision.signer=Nguyễn Văn Ký", "--set", "decision.title=Chủ tịch"),
        *(part for one in aspects for part in ("--set", f"appraisal.{one}=đạt")),
    )
    events = office.events(club)
    assert [one["step"] for one in events[-2:]] == ["propose", "approve"]
    assert [one["on"] for one in events[-2:]] == ["2021-09-01", "2021-09-02"]
    assert set(events[-1]["form"]["appraisal"].values()) == {"met"}


@pytest.mark.parametrize("amount", ["6tr", "6 triệu", "6.000.000đ", "6,000,000"])
def test_money_is_typed_as_people_write_it(office: Office, amount: str) -> None:
    club = office.open_club()
    office.json(
        "fund-record",
        *("fund", "record", club, "--kind", "đóng góp", "--source", "xã hội hóa"),
        *("--fund", "quy hoat dong", "--amount", amount, "--document", "Phiếu thu 1"),
        *("--on", "hôm nay"),
    )
    shown = office.json("fund-show", "fund", "show", club)
    assert shown["entries"][0]["amount"] == 6_000_000
    assert shown["entries"][0]["on"] == clock.today().isoformat()


def test_activities_are_named_by_their_titles_with_commas_in_them(office: Office) -> None:
    club = office.decided_club()
    office.json(
        "advance",
        *("advance", club, "sinh hoạt", "--on", "5/10/21", "--set", "attendance=50"),
        *("--set", "activities=Văn hóa, văn nghệ, thể dục thể thao và chăm sóc sức khỏe"),
    )
    assert office.events(club)[-1]["form"]["activities"] == ["culture_sport", "health_care"]


def test_a_form_in_a_file_may_be_in_vietnamese_too(office: Office) -> None:
    club = office.decided_club()
    form = office.folder / "phieu.json"
    form.write_text(
        '{"date": "5/10/21", "attendance": "50", "activities": ["cham soc suc khoe"]}',
        encoding="utf-8",
    )
    office.json("advance", "advance", club, "meeting", "--form", form)
    assert office.events(club)[-1]["form"] == {
        "date": "2021-10-05",
        "attendance": 50,
        "activities": ["health_care"],
    }


def test_rows_of_a_file_are_in_vietnamese_too(office: Office) -> None:
    club = office.decided_club()
    rows = office.folder / "buoc.csv"
    rows.write_text(
        "Câu lạc bộ,Bước,Ngày,Số người dự,activities\n"
        f"{club},sinh hoạt,5/10/21,50,Chăm sóc sức khỏe\n"
        f"{club},sinh hoat,5/11/2021,50,van nghe\n",
        encoding="utf-8",
    )
    answer = office.json("advance-many", "advance", "--many", rows)
    assert [one["step"] for one in answer["rows"]] == ["meeting", "meeting"]
    again = office.json("advance-many", "advance", "--many", rows)
    assert again["already"] == 2


@pytest.mark.parametrize("period", ["6 tháng đầu năm 2022", "nửa đầu 2022", "2022h1"])
def test_reports_and_their_periods_have_words(office: Office, period: str) -> None:
    built = office.run(
        *("report", "build", "Bắc Ninh", "6 tháng", "--period", period, "--no-seal"),
        *("--on", "31/12/2022"),
    )
    assert built.code == 0, built.err
    assert built.data["report"]["id"] == "half_year"
    assert built.data["period"]["id"] == "2022H1"


def test_a_paper_is_named_by_its_title(office: Office) -> None:
    club = office.open_club()
    out = office.folder / "tt.docx"
    assert office.run("document", "render", club, "tờ trình", "--out", out).code == 0
    assert out.exists()


def test_officers_have_roles_by_name(office: Office) -> None:
    office.json(
        "officer-add",
        *("officer", "add", "lan", "--name", "Nguyễn Thị Lan", "--role", "Hội Người cao tuổi xã"),
        *("--province", "Bắc Ninh", "--commune", COMMUNE, "--as", "quan_tri"),
    )
    rows = office.json("officer-list", "officer", "list", "--province", "bac ninh")
    assert [one["role"] for one in rows if one["officer"] == "lan"] == ["association"]


def test_a_member_is_described_in_vietnamese(office: Office) -> None:
    club = office.open_club()
    office.json(
        "member-add",
        *("member", "add", club, "--name", "Trần Thị Bưởi", "--sex", "NU", "--born", "1950"),
        *("--circumstance", "hộ cận nghèo"),
    )
    (member,) = office.members(club)
    assert (member["sex"], member["circumstance"]) == ("F", "near_poor")


@pytest.mark.parametrize(
    ("typed", "named"),
    [("--kind=tiền", "đóng góp"), ("--source=ngân sách", "ngân sách tỉnh")],
)
def test_a_word_that_means_nothing_is_refused_with_words(
    office: Office, monkeypatch: pytest.MonkeyPatch, typed: str, named: str
) -> None:
    monkeypatch.setenv("CLB_LANG", "vi")
    entry = {"--kind": "chi", "--source": "khác", "--fund": "quỹ hoạt động", "--amount": "6tr"}
    option, _equals, value = typed.partition("=")
    entry[option] = value
    club = office.open_club()
    refused = office.run(
        *("fund", "record", club, "--document", "1"),
        *(part for pair in entry.items() for part in pair),
    )
    assert refused.code == 2
    assert named in refused.err


@pytest.mark.parametrize("typed", ["Đình Bảng", "dinh bang", "P. Đình Bảng", "phuong dinh bang"])
def test_a_commune_is_recorded_as_the_officers_have_it(office: Office, typed: str) -> None:
    made = office.json(
        "club-open",
        *("club", "open", "--commune", typed, "--village", "Thôn Đông", "--name", "CLB Đông"),
    )
    shown = office.json("club-show", "club", "show", made["club"])
    assert shown["commune"] == COMMUNE
    listed = office.json("club-list", "club", "list", "--commune", typed)
    assert [one["club"] for one in listed] == [made["club"]]


@pytest.mark.parametrize("typed", ["Đình Bàng", "Dinh Bảng", "xã Đình Bảng"])
def test_a_commune_of_other_marks_or_kind_is_not_the_officers(office: Office, typed: str) -> None:
    opened = ("club", "open", "--commune", typed, "--village", "Thôn Đông", "--name", "CLB Đông")
    assert office.error(*opened, code=3)


def test_an_officer_acts_for_a_commune_as_it_is_known(office: Office) -> None:
    office.json(
        "officer-add",
        *("officer", "add", "lan", "--name", "Nguyễn Thị Lan", "--role", "UBND xã"),
        *("--province", "Bắc Ninh", "--commune", "dinh bang", "--as", "quan_tri"),
    )
    rows = office.json("officer-list", "officer", "list")
    assert [one["commune"] for one in rows if one["officer"] == "lan"] == [COMMUNE]
