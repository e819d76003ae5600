"""What a table looks like: colour and bars at a terminal, plain text where there is none."""

import re
from pathlib import Path

import pytest
from support.roster_cli import Office, row
from support.terminal import at_terminal, watched

from engine.cli import tables

ESCAPE = "\x1b["
COMMANDS = {
    "due": ("due", "--on", "2022-10-01"),
    "progress": ("progress", "--on", "2022-10-01"),
    "list": ("club", "list"),
}


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    office = Office(tmp_path, monkeypatch, capsys)
    office.prepared("launched long ago", lambda: launched(office))
    return office


def launched(office: Office) -> str:
    club = office.decided_club()
    office.advance(
        *(club, "launch", "date=2021-10-01", "place=Nhà văn hóa", "attendance=70"),
        *("charter_adopted=true", 'funds_opened=["income","operating"]'),
        *("--ack", "CLB-TRAIN-MISSING=đã biết"),
    )
    return club


def uncoloured(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_terminal_gets_colour_and_bars_within_its_width(
    office: Office, command: tuple[str, ...]
) -> None:
    shown = at_terminal(*command, environ={"TERM": "xterm"})
    assert shown.code == 0, shown.err
    assert ESCAPE in shown.out
    assert "█" in shown.out or "░" in shown.out
    assert max(map(len, uncoloured(shown.out).splitlines())) <= 80


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}], ids=str)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_colour_where_nobody_wants_or_shows_it(
    office: Office, command: tuple[str, ...], environ: dict[str, str]
) -> None:
    shown = at_terminal(*command, environ=environ)
    assert shown.code == 0, shown.err
    assert ESCAPE not in shown.out
    assert ("█" in shown.out or "░" in shown.out) == (environ["TERM"] == "xterm")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_into_a_file_goes_plain_text(office: Office, command: tuple[str, ...]) -> None:
    assert ESCAPE not in office.run(*command).out


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_what_is_due_fits_the_terminal_and_loses_no_word(office: Office, columns: int) -> None:
    office.prepared("launched long ago", lambda: launched(office))
    shown = uncoloured(at_terminal(*COMMANDS["due"], columns=columns).out)
    assert max(map(len, shown.splitlines())) <= columns
    # In English: the report of the document, its title in the document's words.
    for word in ("Báo", "cáo", "tháng", "half", "2022:", "01/04/2022", "19/06/2022"):
        assert word in shown


def listed(office: Office) -> str:
    """Three clubs with a list and a ledger, their names as clubs have them."""
    club = ""
    for village in ("Thôn Phú Mẫn", "Tổ dân phố 12", "Thôn Yên Thịnh"):
        opened = ("club", "open", "--province", "bac_ninh", "--commune", "phường Đình Bảng")
        name = f"Câu lạc bộ Liên thế hệ tự giúp nhau {village}"
        named = ("--village", village, "--name", name, "--on", "2021-08-01")
        club = office.json("club-open", *opened, *named)["club"]
    people = office.csv(
        "ds.csv",
        [
            row(1, "Nguyễn Thị Hồng Phượng", "02/05/1950", "Nữ", "Cận nghèo", "027950000001"),
            row(2, "Hoàng Trọng Nghĩa", "1948", "Nam", "Khó khăn", "", "0912345678"),
        ],
    )
    office.json("member-import", "member", "import", club, people, "--on", "2021-08-05")
    entry = ("--kind", "contribution", "--source", "member", "--fund", "income")
    paid = ("--amount", "125000000", "--document", "PT 12", "--on", "2021-08-06")
    assert office.run("fund", "record", club, *entry, *paid).code == 0
    return club


@pytest.mark.parametrize("command", [("club", "list"), ("member", "list"), ("fund", "show")])
def test_a_club_a_member_and_an_entry_are_one_line_each_at_eighty_columns(
    office: Office, command: tuple[str, ...]
) -> None:
    club = office.prepared("three clubs with lists", lambda: listed(office))
    which = () if command[0] == "club" else (club,)
    shown = uncoloured(at_terminal(*command, *which, "--lang", "vi").out)
    for whole in {
        "club": ["…Thôn Phú Mẫn", "…Thôn Yên Thịnh", "…Tổ dân phố 12"],
        "member": ["Hoàng Trọng Nghĩa", "Nguyễn Thị Hồng Phượng"],
        "fund": ["+125.000.000  125.000.000  PT 12"],
    }[command[0]]:
        lines = [*shown.splitlines(), ""]
        (place,) = [number for number, line in enumerate(lines) if whole in line]
        assert len(lines[place]) <= 80
        assert not lines[place + 1].startswith("     "), "the row goes on in a second line"


def test_a_pipe_gets_eighty_columns_of_what_is_due(office: Office) -> None:
    text = office.run(*COMMANDS["due"]).out
    assert max(map(len, text.splitlines())) <= 80


def test_a_list_for_other_tools_has_one_line_a_club(office: Office) -> None:
    made = office.run(
        *("club", "open", "--province", "bac_ninh", "--commune", "phường Đình Bảng"),
        *("--village", "Khu phố Thượng", "--on", "2021-08-01"),
        *("--name", "Câu lạc bộ liên thế hệ tự giúp nhau khu phố Thượng, phường Đình Bảng"),
    )
    assert made.code == 0, made.err
    _heading, _rule, *lines = office.run("club", "list").out.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("BN-") for line in lines)


@pytest.mark.parametrize(
    ("code", "signs"), [("cp1258", "#-"), ("ascii", "#-"), ("utf-8", "█░"), ("cp437", "█░")]
)
def test_bars_are_drawn_with_what_the_console_has(
    office: Office, monkeypatch: pytest.MonkeyPatch, code: str, signs: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", code)
    assert tables.bar(3, 10) == signs[0] * 3 + signs[1] * 7
    assert signs[1] * 10 in office.run(*COMMANDS["progress"]).out


@pytest.mark.parametrize(
    ("done", "target", "full"), [(0, 5, 0), (5, 5, 10), (9, 5, 10), (-3, 5, 0), (1, 0, 0)]
)
def test_a_bar_is_never_longer_than_its_place(done: int, target: int, full: int) -> None:
    assert tables.bar(done, target).count(tables.signs()[0]) == full
    assert len(tables.bar(done, target)) == 10


HOSTILE = {
    "command": ("\x1b[2J\x1b]0;title\x07A", "[2J]0;titleA"),
    "right to left": ("CLB \u202eđảo\u202c", "CLB đảo"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "formula": ('=HYPERLINK("x")', '=HYPERLINK("x")'),
    "lines": ("một\nhai\r\tba", "một hai ba"),
}


@pytest.mark.parametrize(("typed", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text_in_a_table(typed: str, shown: str) -> None:
    lines = list(tables.table(["Tên", "Số"], [(typed, 1), ("b", 2)]))
    assert len(lines) == 4
    assert lines[2] == f"{shown}  1"
    assert lines[3].endswith("  2")


def test_a_very_long_text_is_cut_in_a_table() -> None:
    lines = list(tables.table(["Tên", "Số"], [("Dài" * 4_000, 1)], folded=True))
    assert max(map(len, lines)) <= tables.WIDTH
    assert len(lines) < 10
    assert "…" in "".join(lines)


def test_a_line_keeps_its_colours_and_loses_other_commands() -> None:
    assert tables.safe("\x1b[31mđỏ\x1b[0m \x1b[2Jxóa \u202e!") == "\x1b[31mđỏ\x1b[0m 2Jxóa !"
    assert tables.safe("bình thường") == "bình thường"


def test_long_work_shows_a_bar_in_a_terminal_and_nothing_of_it_in_the_answer(
    office: Office,
) -> None:
    (club,) = [one["club"] for one in office.run("club", "list", "--json").data]
    head = "club,step,on,attendance,activities\n"
    rows = "".join(f"{club},meeting,2021-10-{day:02},40,health_care\n" for day in range(2, 30))
    path = office.folder / "buoc.csv"
    path.write_text(head + rows * 5, encoding="utf-8")
    seen = watched("advance", "--many", path, "--json")
    assert "140/140" in seen.err
    assert "\r" in seen.err or ESCAPE in seen.err
    assert ESCAPE not in seen.out
    assert '"refused"' in seen.out
