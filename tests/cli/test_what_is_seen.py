"""Who sees whole numbers, what reports and files show of people, and who can read the files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.roster_cli import PROVINCE, Office, row

ID_NUMBER, PHONE = "027950000001", "0570000001"
MEMBER, CHAIR = "Nguyễn Thị Bưởi", "Trần Văn Cam"
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes of files")


@pytest.fixture
def club(office: Office) -> str:
    """A decided club of two members, one of them its chair."""

    def build() -> str:
        made = office.open_club()
        people = office.csv(
            "ds.csv",
            [
                row(1, MEMBER, "02/05/1950", "Nữ", "Hộ nghèo", ID_NUMBER, PHONE),
                row(2, CHAIR, "1948", "Nam"),
            ],
        )
        office.json("member-import", "member", "import", made, people, "--on", "2021-08-05")
        board = ("--chair", CHAIR, "--vice", "Lê Thị Dung", "--on", "2021-08-06")
        assert office.run("board", "set", made, *board).code == 0
        office.decide(made, "2021-09-01")
        return made

    return office.prepared("two members", build)


def numbers(office: Office, *args: str) -> set[tuple[str | None, str | None]]:
    listed = office.json("member-list", "member", "list", *args)
    return {(one["id_number"], one["phone"]) for one in listed}


def test_a_list_hides_the_numbers_from_everybody(office: Office, club: str) -> None:
    for who in ("hoi", "hoi_ban", "tinh", ""):
        named = ("--as", who) if who else ()
        assert numbers(office, club, *named) == {("*********001", "*******001"), (None, None)}
        shown = office.run("member", "list", club, *named).out
        assert ID_NUMBER not in shown
        assert PHONE not in shown


def test_whole_numbers_are_shown_to_who_may_with_a_reason_and_are_an_event(
    office: Office, club: str
) -> None:
    before = len(office.events(club))
    whole = (club, "--full", "--reason", "gọi điện báo họp")
    assert (ID_NUMBER, PHONE) in numbers(office, *whole)
    assert ID_NUMBER in office.run("member", "list", *whole).out
    after = office.events(club)
    assert [one["step"] for one in after[before:]] == ["export", "export"]
    assert after[-1]["officer"] == "hoi"
    assert {"rows": 2, "reason": "gọi điện báo họp"}.items() <= after[-1]["form"].items()


@pytest.mark.parametrize("who", ["hoi_ban", "quan_tri"])
def test_whole_numbers_are_refused_to_another_commune_and_to_the_administrator(
    office: Office, club: str, who: str
) -> None:
    before = len(office.events(club))
    whole = ("member", "list", club, "--full", "--reason", "xem")
    assert office.error(*whole, "--as", who, code=3) == "CLB-NOT-PERMITTED"
    assert ID_NUMBER not in office.run(*whole, "--as", who).out
    assert len(office.events(club)) == before


def test_whole_numbers_want_a_reason_and_an_officer(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.error("member", "list", club, "--full", code=2) == "CLB-FORM-MISSING"
    assert office.error("member", "list", club, "--full", "--reason", " ", code=2) == (
        "CLB-FORM-MISSING"
    )
    assert office.error("member", "list", club, "--reason", "x", code=2) == "CLB-USAGE"
    monkeypatch.delenv("CLB_OFFICER")
    whole = ("member", "list", club, "--full", "--reason", "xem")
    assert office.error(*whole, code=2) == "CLB-OFFICER-MISSING"


def test_an_answer_about_one_member_hides_the_numbers(office: Office, club: str) -> None:
    changed = office.json(
        "member-edit", "member", "edit", club, MEMBER, "--village", "Thôn Tây", "--on", "2021-09-02"
    )
    assert changed["member"]["id_number"] == "*********001"
    assert changed["member"]["phone"] == "*******001"


def test_a_masked_list_is_written_only_for_an_officer_in_scope(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.folder / "xuat.csv"
    for who in ("hoi_ban", "quan_tri"):
        export = ("member", "export", club, file, "--as", who)
        assert office.error(*export, code=3) == "CLB-NOT-PERMITTED"
    monkeypatch.delenv("CLB_OFFICER")
    assert office.error("member", "export", club, file, code=2) == "CLB-OFFICER-MISSING"
    assert not file.exists()
    for who in ("hoi", "ubnd", "tinh"):
        office.json("member-export", "member", "export", club, file, "--as", who)


def test_the_member_list_as_a_paper_is_for_the_same_officers(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = office.folder / "danh-sach.docx"
    paper = ("document", "render", club, "danh_sach_thanh_vien", "--out", out)
    for who in ("hoi_ban", "quan_tri"):
        assert office.error(*paper, "--as", who, code=3) == "CLB-NOT-PERMITTED"
    monkeypatch.delenv("CLB_OFFICER")
    assert office.error(*paper, code=2) == "CLB-OFFICER-MISSING"
    assert not out.exists()
    for who in ("hoi", "ubnd", "tinh"):
        office.json("document-render", *paper, "--as", who)


def made_files(office: Office, club: str) -> Iterator[Path]:
    """Yield a file of every kind that a command writes, but member lists and backups."""
    for kind in ("html", "json", "xlsx", "docx"):
        out = office.folder / f"tong-quan.{kind}"
        done = office.run(
            *("report", "build", PROVINCE, "overview", "--on", "2021-12-31"),
            *("--format", kind, "--out", out, "--as", "tinh"),
        )
        assert done.code == 0, done.err
        yield out
    for kind in ("jsonl", "csv"):
        out = office.folder / f"so.{kind}"
        done = office.run("export", "events", out, "--format", kind)
        assert done.code == 0, done.err
        yield out
    out = office.folder / "quyet-dinh.docx"
    done = office.run("document", "render", club, "quyet_dinh_thanh_lap", "--out", out)
    assert done.code == 0, done.err
    yield out


def test_reports_exports_and_answers_name_nobody_but_the_board(office: Office, club: str) -> None:
    shown = [
        office.run(*command).out
        for base in (
            ("club", "show", club),
            ("club", "list", "--province", PROVINCE),
            ("club", "history", club),
            ("fund", "show", club),
            ("due", "--province", PROVINCE, "--on", "2022-01-01"),
            ("progress", PROVINCE, "--on", "2021-12-31"),
            ("audit", "show", club),
        )
        for command in (base, (*base, "--json"))
    ]
    assert CHAIR in shown[0]
    texts = {str(place): text for place, text in enumerate(shown)}
    texts |= {one.name: readable(one) for one in made_files(office, club)}
    naming = [where for where, text in texts.items() if MEMBER in text]
    # The decision's annex is the list of founding members: names, as the document asks.
    assert naming == ["quyet-dinh.docx"]
    numbered = [where for where, text in texts.items() if ID_NUMBER in text or PHONE in text]
    assert numbered == []


def readable(file: Path) -> str:
    """Return the text of a file, of each part where it is a zip."""
    import zipfile

    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(file) as parts:
        return "".join(parts.read(one).decode(errors="replace") for one in parts.namelist())


@posix
def test_what_a_command_writes_is_for_its_owner_alone(office: Office, club: str) -> None:
    old = os.umask(0o022)
    try:
        files = list(made_files(office, club))
        for name in ("ds.xlsx", "ds-2.csv"):
            files.append(office.folder / name)
            office.run("member", "export", club, files[-1])
        files.append(office.folder / "sao-luu.sqlite3")
        office.run("db", "backup", files[-1])
        files.append(office.folder / "lich.ics")
        office.run("due", "--province", PROVINCE, "--ics", files[-1])
        new = office.folder / "moi" / "clb.sqlite3"
        office.run("db", "init", "--database", str(new))
        files.append(new)
    finally:
        os.umask(old)
    assert {one.name: oct(stat.S_IMODE(one.stat().st_mode)) for one in files} == {
        one.name: "0o600" for one in files
    }
    assert stat.S_IMODE(new.parent.stat().st_mode) == 0o700


def test_after_an_erasure_a_reader_is_named_as_what_keeps_the_data(
    office: Office, club: str
) -> None:
    reader = office.registry()
    erase = ("member", "erase", club, MEMBER, "--reason", "theo đơn", "--as", "tinh")
    with reader.store.snapshot():
        reader.store.rows("SELECT count(*) FROM personal")
        done = office.run(*erase)
    reader.store.close()
    assert done.code == 0
    assert "Others are reading" in done.err
    office.run("member", "erase", club, CHAIR, "--reason", "theo đơn", "--as", "tinh")
    left = b"".join(one.read_bytes() for one in office.folder.glob(f"{office.database.name}*"))
    for personal in (MEMBER, ID_NUMBER, PHONE, CHAIR):
        assert personal.encode() not in left


def test_after_an_erasure_without_readers_nothing_is_left(office: Office, club: str) -> None:
    done = office.run("member", "erase", club, MEMBER, "--reason", "theo đơn", "--as", "tinh")
    assert "Others" not in done.err
    assert MEMBER.encode() not in office.database.read_bytes()
