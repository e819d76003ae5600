"""A club named by a hostile hand: its name stays text wherever the club is shown."""

import io
import json
import zipfile

import docx
import openpyxl
import pytest
from support.glance import FORMULA, LONG, RIGHT_TO_LEFT, SCRIPT
from support.roster_cli import COMMUNE, PROVINCE, Office
from support.terminal import at_terminal

NAMES = {
    "script": (SCRIPT, SCRIPT),
    "formula": (FORMULA, FORMULA),
    "right to left": (RIGHT_TO_LEFT, "CLB đảo ngược cuối"),
    "long": (LONG[:200], LONG[:200]),
    "terminal": ("CLB \x1b[2J\x1b[31mđỏ\x07", "CLB [2J[31mđỏ"),
    "template": ("{{ 7*7 }} {% for x in y %}", "{{ 7*7 }} {% for x in y %}"),
}
"""What is typed, and the name that is kept: without the signs that nobody sees."""


@pytest.fixture(params=NAMES.values(), ids=NAMES)
def named(office: Office, request: pytest.FixtureRequest) -> str:
    """Open a club, with the name for its village too, and return the name that is kept."""
    typed, kept = request.param
    made = office.run(
        *("club", "open", "--province", PROVINCE, "--commune", COMMUNE, "--on", "2021-08-01"),
        *("--name", typed, "--village", typed, "--json"),
    )
    assert made.code == 0, made.out
    office.decide(made.data["club"], "2021-09-01")
    return str(kept)


def built(office: Office, format_: str) -> bytes:
    path = office.folder / f"toan_canh.{format_}"
    done = office.run(
        *("report", "build", PROVINCE, "overview", "--on", "2022-12-31"),
        *("--format", format_, "--out", path),
    )
    assert done.code == 0, done.err
    return path.read_bytes()


def test_a_name_of_ten_thousand_letters_is_no_name(office: Office) -> None:
    open_club = ("club", "open", "--province", PROVINCE, "--commune", COMMUNE, "--village", "Xóm 1")
    refused = office.run(*open_club, "--on", "2021-08-01", "--name", LONG, "--json")
    assert refused.code == 2
    assert office.run("club", "list", "--json").data == []


def test_json_has_it_as_it_is(office: Office, named: str) -> None:
    (club,) = json.loads(built(office, "json"))["clubs"]
    assert (club["name"], club["village"]) == (named, named)


def test_a_workbook_has_it_as_text(office: Office, named: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(built(office, "xlsx")))["Clubs"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == named]
    assert len(cells) == 2
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_paper_has_it_as_text_and_no_field(office: Office, named: str) -> None:
    data = built(office, "docx")
    names = {cell.text for one in docx.Document(io.BytesIO(data)).tables for cell in one._cells}
    assert any(named.startswith(text.removesuffix("…")) for text in names if len(text) > 8)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"w:instrText" not in parts.read("word/document.xml")


def test_a_page_has_it_as_text(office: Office, named: str) -> None:
    page = built(office, "html").decode()
    assert "<script>document" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    start = named.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")[:40]
    assert start.split('"')[0] in page


@pytest.mark.parametrize("command", [("club", "list"), ("due", "--on", "2022-12-31")], ids=str)
def test_a_terminal_shows_it_as_text_within_its_width(
    office: Office, named: str, command: tuple[str, ...]
) -> None:
    shown = at_terminal(*command)
    assert shown.code == 0, shown.err
    lines = shown.out.replace("\r\n", "\n").splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < 400
    assert all(line.isprintable() for line in lines)
    assert [word for word in named.split() if word[:3] not in shown.out] == []


TYPED = "X\x1b]0;t\x07\x1b[2J\u202eY\x9b31m"


@pytest.mark.parametrize(
    "command",
    [
        ("club", "show", TYPED),
        ("check", TYPED),
        ("policy", "show", PROVINCE, TYPED),
        ("province", "show", TYPED),
        ("province", "check", TYPED),
        ("member", "import", TYPED, "no.csv"),
        ("report", "build", PROVINCE, TYPED, "--period", "2022"),
        ("explain", TYPED),
        ("due", "--on", TYPED),
        (TYPED,),
    ],
    ids=lambda command: " ".join(command[:2]).split("\x1b")[0],
)
def test_what_a_message_repeats_commands_no_terminal(
    office: Office, command: tuple[str, ...]
) -> None:
    shown = office.run(*command)
    assert shown.code in (1, 2, 5)
    lines = (shown.out + shown.err).splitlines()
    assert [line for line in lines if not line.isprintable()] == []
    assert "31m" in shown.out + shown.err
