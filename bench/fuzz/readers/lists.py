"""Lists of members, tables of communes, files of steps."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from bench import life
from bench.fuzz.office import TODAY, office
from bench.fuzz.readers.reader import Reader, context, files
from bench.result import ROOT
from engine.cli.batch import Batch
from engine.frozen import to_json
from engine.roster import plan, reader
from engine.roster.members import active
from engine.roster.sheets import read_table
from engine.roster.units import read_units

ROSTERS = ROOT / "tests" / "rosters"
GOOD, SHEET = ROSTERS / "01_our_own.xlsx", "xl/worksheets/sheet1.xml"


def _list(name: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        here = office()
        path = here.file(name, data)
        found = reader.read(path, on=TODAY)
        members = active(here.registry.store, here.registry.lifecycle.club(here.club))
        fields = plan.known_fields(found.columns)
        return plan.plan(found.people, members, fields=fields, replacing=True).work(members)

    return read


def _sheet(data: bytes) -> object:
    """Read a good workbook whose sheet is these bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(GOOD) as good, zipfile.ZipFile(packed, "w") as new:
        for part in good.namelist():
            new.writestr(part, data if part == SHEET else good.read(part))
    return _list("sheet.xlsx")(packed.getvalue())


def _sheets() -> list[bytes]:
    with zipfile.ZipFile(GOOD) as good:
        whole = good.read(SHEET)
    row = b'<row r="3"><c r="A3"><v>1</v></c><c r="B3" t="inlineStr"><is><t>x</t></is></c></row>'
    small = b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"
    return [small, whole]


STEPS_FILE = """club,step,on,date,attendance
CLB Liên thế hệ 0,meeting,2022-03-01,2022-03-01,40
CLB Liên thế hệ 0,launch,01/04/2022,,
CLB,fund,,2022-05-04,
"""


def _steps(data: bytes) -> object:
    here = office()
    path = here.file("steps.csv", data)
    rows: list[dict[str, Any]] = []
    with here.undone():
        batch = Batch(context(), {}, None)
        batch.take(list(read_table(path)))
        rows += [row.data() for row in batch.outcomes]
    return json.dumps(to_json(rows))


UNITS = """id,name,kind,parent,valid_from,valid_to,successor,source
09001,phường Đình Bảng,phường,Từ Sơn,25/09/2008,30/06/2025,09002,NQ 1
09002,Phường Từ Sơn,phường,,2025-07-01,,,
"""


READERS = (
    Reader(
        "xlsx",
        "member lists as Excel workbooks",
        _list("list.xlsx"),
        lambda: files("tests/rosters/*.xlsx"),
        ("PK\x03\x04", "xl/worksheets/sheet1.xml", "<row", "<c r="),
    ),
    Reader(
        "sheet",
        "the sheet inside a workbook",
        _sheet,
        _sheets,
        ("<row", '<c r="A1"', 't="s"', 't="inlineStr"', "<mergeCell", 'ref="A1:C3"', "<v>1e9</v>"),
    ),
    Reader(
        "xls",
        "member lists of Excel 97–2003",
        _list("list.xls"),
        lambda: files("tests/rosters/*.xls"),
        slow=True,
    ),
    Reader(
        "csv",
        "member lists as text",
        _list("list.csv"),
        lambda: files("tests/rosters/*.csv", "tests/rosters/*.txt"),
        ("Họ và tên", "Năm sinh", "Giới tính", "STT", "Thôn", "Cộng", "sep=;", '"', "\t"),
    ),
    Reader(
        "steps",
        "files of steps (`clb advance --many`)",
        _steps,
        lambda: [STEPS_FILE.encode()],
        ("club", "step", "on", "meeting", "fund", "amount", "course.days", "changes.days"),
    ),
    Reader(
        "units",
        "tables of communes",
        lambda data: read_units(office().file("units.csv", data), life.PROVINCE),
        lambda: [UNITS.encode()],
        ("valid_from", "valid_to", "2025-07-01", "31/12/9999"),
    ),
)
