"""What once ended in a traceback, or in the end of the process, with the shortest input for it."""

import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from rosters import hostile
from support.keeper import Keeper
from support.places import changed, places

from bench.fuzz.office import office
from bench.fuzz.readers import named, outcome
from engine import codes
from engine.errors import ClbError, InputError
from engine.lifecycle import copies
from engine.policy.effective import Rules
from engine.policy.files import general
from engine.store.url import parse

DAYS = ("1800-01-01", "2005-01-01", "2010-04-01", "2999-12-31")


# --- days before every document -------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_every_question_about_a_day_long_before_or_after_has_an_answer(
    keeper: Keeper, day: str
) -> None:
    club = keeper.lived()
    year = day[:4]
    for command in (
        ("club", "show", club, "--on", day),
        ("club", "list", "--on", day),
        ("check", club, "--on", day),
        ("member", "list", club, "--on", day),
        ("advance", club, "supervise", "--set", f"date={day}", "--as", "tinh"),
        ("due", "--on", day),
        ("progress", "bac_ninh", "--on", day),
        ("policy", "show", "bac_ninh", "--on", day),
        ("report", "list", "bac_ninh", "--on", day),
        ("report", "build", "bac_ninh", "overview", "--period", year),
        ("fund", "summary", "bac_ninh", "--on", day),
        ("commune", "search", "a", "--province", "bac_ninh", "--on", day),
        ("document", "render", club, "danh_sach_thanh_vien", "--on", day, "--out",
         keeper.folder / "a.docx"),
    ):  # fmt: skip
        result = keeper.run(*command)
        assert result.code in range(6), command


def test_the_age_of_the_elderly_is_known_on_every_day_and_cites_no_law_before_it() -> None:
    rules = Rules(general())
    early, today = (rules.needed("membership.elderly_age", day) for day in (date.min, date.max))
    assert early.value == today.value
    assert (early.source, early.basis) == (None, None)
    assert "39/2009" not in early.citation


# --- fields and steps -----------------------------------------------------------------------


@pytest.mark.parametrize("step", ["nosuch", "../report", "x" * 300])
def test_a_step_that_there_is_not_is_named_before_its_fields_are_read(
    keeper: Keeper, step: str
) -> None:
    club = keeper.lived()
    error = keeper.error("advance", club, step, "--set", "a=1", "--as", "hoi_nct", code=2)
    assert error["code"] == "CLB-UNKNOWN"
    assert "schema" not in error["message"]


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ({}, ["changes=6", "changes.a=1"]),
        ({"changes": 6}, ["changes.a=1"]),
        ({"seq": 3, "changes": 6}, ["changes.name=1"]),
        ({"seq": 3, "changes": {"course": 6}}, ["changes.course.days=1"]),
    ],
)
def test_a_value_in_the_place_of_a_group_is_named(
    keeper: Keeper, form: dict[str, Any], typed: list[str]
) -> None:
    club = keeper.lived()
    path = keeper.folder / "form.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    given = [part for one in typed for part in ("--set", one)]
    arguments = ("advance", club, "correct", "--form", path, *given, "--as", "hoi_nct")
    assert keeper.error(*arguments, code=2)["code"] in ("CLB-FORM-VALUE", "CLB-FORM-FIELD")


def test_what_is_added_to_a_list_that_is_none_is_refused(keeper: Keeper) -> None:
    club = keeper.lived()
    path = keeper.folder / "form.json"
    path.write_text('{"activities": 5}', encoding="utf-8")
    more = ("--set", "activities=savings", "--as", "hoi_nct")
    error = keeper.error("advance", club, "meeting", "--form", path, *more, code=2)
    assert error["code"] == "CLB-FORM-VALUE"


def test_an_error_without_advice_of_its_own_has_that_of_its_code() -> None:
    error = ClbError("x", code=codes.DATE_FUTURE)
    assert error.help == codes.DATE_FUTURE.fix != ""
    assert ClbError("x", help="y").help == "y"


# --- files ----------------------------------------------------------------------------------

FAR = [
    '<row r="2"><c r="EMFFADDS1145"><v>1</v></c></row>',
    '<row r="1048570"><c><v>1</v></c></row>',
    '<row r="90000000"><c><v>1</v></c></row>',
    '<row r="2"><c r = "XFD1048570"><v>1</v></c></row>',
    '<row r="2"><x-y:c r="xfd1048570"><v>1</v></x-y:c></row>',
    '<row r="2"><c y=">" r="XFD1048570"><v>1</v></c></row>',
    f'<row r="2"><c {" " * 300} r="xfd1048570"><v>1</v></c></row>',
    f'<row r="2"><c y="{"y" * 70_000}" r="xfd1048570"><v>1</v></c></row>',
    "</sheetData><mergeCells>"
    + '<mergeCell ref="A1:XFD1048576"/>' * 9
    + "</mergeCells><sheetData>",
]


@pytest.mark.parametrize("cells", FAR, ids=range(len(FAR)))
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_cell_far_out_ends_no_process_however_it_is_written(
    cells: str, elsewhere: bool, tmp_path: Path
) -> None:
    """Also in a part that is called otherwise than sheets are."""
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()

    def change(part: str, data: bytes) -> bytes:
        if part == hostile.SHEET and not elsewhere:
            return sheet
        return data.replace(b"worksheets/sheet1.xml", b"odd/sheet.bin") if elsewhere else data

    more = [("xl/odd/sheet.bin", sheet)] if elsewhere else []
    path = hostile.repacked(tmp_path / "xa.xlsx", change, *more)
    assert outcome(named("xlsx"), path.read_bytes()).startswith("CLB-ROSTER-")


def with_damage(kind: int, names: tuple[str, ...]) -> bytes:
    """Return a zip file whose parts are packed in a way, and not as it says."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as archive:
        for name in names:
            archive.writestr(name, b"Le Thi Lan " * 99)
    data = bytearray(packed.getvalue())
    for name in names:
        start = data.index(name.encode()) + len(name)
        data[start : start + 20] = bytes(range(200, 220))
    return bytes(data)


PARTS = {
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/workbook.xml"),
    "seal_file": ("word/footer1.xml",),
    "template": ("word/document.xml", "[Content_Types].xml"),
    "wheel": ("clb_x/__init__.py", "clb_x-1.dist-info/METADATA"),
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_zip_file_that_is_packed_otherwise_and_damaged_is_refused(name: str, kind: int) -> None:
    assert outcome(named(name), with_damage(kind, PARTS[name])) != "read"


@pytest.mark.parametrize("size", ["Infinity", "1e999", "[]", '"x"', "1" * 5000])
def test_of_a_report_whose_seal_has_no_size_the_printed_line_is_read(size: str) -> None:
    line = office().line()
    text = f'{{"seal": {{"line": "{line}", "size": {size}, "root": "", "origin": ""}}}}'
    assert outcome(named("seal_file"), text.encode()) == "read"


def test_a_wheel_with_a_file_that_has_no_name_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        wheel.writestr("./.", "")
    assert outcome(named("wheel"), packed.getvalue()) == "CLB-PLUGIN-WHEEL"


@pytest.mark.parametrize("text", [b"\x80", b"[clb.provinces]\nx", b"[clb.provinces]\n=\n---\n\xff"])
def test_a_wheel_that_says_nothing_of_itself_that_can_be_read_is_refused(text: bytes) -> None:
    assert outcome(named("entry_points"), text).startswith("CLB-PLUGIN-")


# --- the database ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sqlite:////tmp/a%00b", "a\0b", "~\0", "sqlite:///C:/%00"])
def test_a_name_that_no_file_can_have_names_no_database(name: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(name)
    assert caught.value.code == "CLB-DATABASE-URL"


def test_a_name_with_a_zero_byte_makes_no_database(keeper: Keeper) -> None:
    for command in ("init", "check", "upgrade"):
        error = keeper.error("db", command, "--database", "sqlite:////tmp/a%00b", code=2)
        assert error["code"] == "CLB-DATABASE-URL"


@pytest.mark.slow
def test_numbers_that_no_database_holds_are_named_in_every_place_of_an_event() -> None:
    for body in office().bodies():
        found = json.loads(body)
        for place in places(found):
            text = json.dumps(changed(found, place, 10**30), ensure_ascii=False)
            outcome(named("body"), text.encode())


@pytest.mark.parametrize(
    "command",
    [("club", "list", "--province", "bac_ninh"), ("db", "check"), ("audit", "verify"),
     ("db", "upgrade"), ("db", "init"), ("db", "backup", "b"), ("due", "--province", "bac_ninh")],
)  # fmt: skip
def test_a_schema_with_names_that_are_no_text_is_a_damaged_database(
    keeper: Keeper, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(keeper.folder)
    _spoil_the_names(keeper)
    error = keeper.error(*command, code=5)
    assert error["code"] == "CLB-DATABASE-DAMAGED"
    assert "names that are no text" in error["message"]


def test_a_copy_with_names_that_are_no_text_is_not_brought_back(keeper: Keeper) -> None:
    _spoil_the_names(keeper)
    there = keeper.folder / "there.sqlite3"
    keeper.run("db", "init", "--database", there)
    before = there.read_bytes()
    keeper.error("db", "restore", keeper.database, "--database", there, "--yes", code=5)
    assert there.read_bytes() == before


def test_names_that_are_no_text_are_an_answer_of_the_doctor(keeper: Keeper) -> None:
    _spoil_the_names(keeper)
    assert "names that are no text" in keeper.run("doctor").out


def _spoil_the_names(keeper: Keeper) -> None:
    """Change the name of a table into bytes that are no text, as a fault of a disk can."""
    keeper.run("db", "init")
    with closing(sqlite3.connect(keeper.database, isolation_level=None)) as tool:
        tool.execute("PRAGMA journal_mode = DELETE")
        tool.execute("PRAGMA writable_schema = ON")
        spoilt = "CAST(X'F5F5' AS TEXT)"
        tool.execute(f"UPDATE sqlite_master SET name = {spoilt}, sql = 'x' WHERE name = 'task'")


@pytest.mark.parametrize("length", [199, 240, 251, 255])
def test_a_backup_may_have_as_long_a_name_as_any_file(keeper: Keeper, length: int) -> None:
    keeper.run("db", "init")
    name = "a" * (length - 5) + "ế" + ".b"
    assert len(name.encode()) == length
    file = keeper.folder / name
    assert keeper.run("db", "backup", file).code == 0
    assert file.stat().st_size > 0
    assert sorted(one.name for one in keeper.folder.iterdir() if "part" in one.name) == []


def test_a_longer_name_is_refused_in_a_sentence(keeper: Keeper) -> None:
    keeper.run("db", "init")
    error = keeper.error("db", "backup", keeper.folder / ("a" * 256), code=5)
    assert "too long" in error["message"]


def test_what_broke_off_next_to_a_database_with_a_long_name_is_a_copy_of_it() -> None:
    name = "a" * 240
    assert copies.kind_of(name, f"{'a' * 200}.123-xyz.part") == "unfinished"
    assert copies.kind_of(name, f"{'a' * 199}.123-xyz.part") is None


@pytest.mark.parametrize(
    "command",
    [("db", "init"), ("db", "check"), ("db", "upgrade"), ("db", "backup", "b"), ("audit", "head"),
     ("audit", "verify"), ("due",), ("progress", "bac_ninh"), ("export", "events", "e.jsonl")],
)  # fmt: skip
def test_a_pipe_in_the_place_of_a_database_is_refused(
    keeper: Keeper, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    monkeypatch.chdir(keeper.folder)
    os.mkfifo(keeper.database)
    more = ("--province", "bac_ninh") if command[0] == "due" else ()
    assert keeper.error(*command, *more, code=5)["code"] == "CLB-DATABASE-FORMAT"
