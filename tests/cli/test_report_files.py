"""``clb report build``: each format into a file of its own kind."""

import zipfile

import pytest
from support.roster_cli import Office

BUILD = ("report", "build", "bac_ninh")


@pytest.mark.parametrize(
    ("format_", "inside"), [("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")]
)
@pytest.mark.parametrize(
    "report", [("year", "--period", "2021"), ("overview", "--on", "2021-12-31")], ids=["year", "at"]
)
def test_office_files_are_whole(
    office: Office, report: tuple[str, ...], format_: str, inside: str
) -> None:
    office.decided_club()
    path = office.folder / f"bao_cao.{format_}"
    answer = office.json("report-build", *BUILD, *report, "--format", format_, "--out", str(path))
    assert (answer["format"], answer["file"]) == (format_, str(path))
    with zipfile.ZipFile(path) as parts:
        assert inside in parts.namelist()
        assert parts.testzip() is None


def test_the_page_is_the_same_bytes_twice_and_in_vietnamese_by_default(office: Office) -> None:
    club = office.decided_club()
    pages = []
    for name in ("mot.html", "hai.html"):
        path = office.folder / name
        done = office.run(
            *(*BUILD, "overview", "--on", "2021-12-31", "--format", "html"),
            *("--lang", "vi", "--out", str(path)),
        )
        assert done.code == 0, done.err
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]
    text = pages[0].decode()
    assert '<html lang="vi">' in text
    assert club in text


@pytest.mark.parametrize("format_", ["html", "xlsx", "docx"])
def test_only_json_is_answered_without_a_file(office: Office, format_: str) -> None:
    args = (*BUILD, "overview", "--on", "2021-12-31", "--format", format_)
    assert office.error(*args, code=2) == "CLB-REPORT-FILE"


@pytest.mark.parametrize("format_", ["html", "xlsx", "docx"])
def test_a_file_that_cannot_be_written_is_an_error(office: Office, format_: str) -> None:
    nowhere = office.folder / "khong_co" / f"r.{format_}"
    args = (*BUILD, "year", "--period", "2021", "--format", format_, "--out", nowhere)
    assert office.error(*args, code=2) == "CLB-FILE"


BEGINNINGS = {"json": b"{", "html": b"<!DOCTYPE html>", "xlsx": b"PK", "docx": b"PK"}


@pytest.mark.parametrize("ending", ["json", "html", "xlsx", "docx", "DOCX"])
def test_the_ending_of_the_file_gives_the_format(office: Office, ending: str) -> None:
    office.decided_club()
    path = office.folder / f"bao_cao.{ending}"
    answer = office.json("report-build", *BUILD, "year", "--period", "2021", "--out", str(path))
    assert answer["format"] == ending.lower()
    assert path.read_bytes().startswith(BEGINNINGS[ending.lower()])


@pytest.mark.parametrize(
    ("name", "given"), [("r.doc", ()), ("r.pdf", ()), ("r.xlsx", ("--format", "docx"))]
)
def test_a_file_of_another_kind_is_not_written(
    office: Office, name: str, given: tuple[str, ...]
) -> None:
    path = office.folder / name
    args = (*BUILD, "year", "--period", "2021", *given, "--out", path)
    assert office.error(*args, code=2) == "CLB-REPORT-NAME"
    assert not path.exists()


def test_a_file_without_an_ending_has_data_for_a_program(office: Office) -> None:
    office.decided_club()
    path = office.folder / "bao_cao"
    office.json("report-build", *BUILD, "year", "--period", "2021", "--out", str(path))
    assert path.read_bytes().startswith(BEGINNINGS["json"])
