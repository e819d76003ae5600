"""Workbooks as python-calamine opens them.

``python -m engine.roster.workbook FILE`` loads a workbook as a reading will and throws it away.
That is a trial, run in a child process with limits: the sizes that a damaged file states, and
chains of sectors that lead in circles, make the library take all the memory there is. It ends with
0 where the file can be loaded or asks for a password.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from engine.roster.model import Cells


def opened(path: Path, kind: Literal["xlsx", "xls"]) -> CalamineWorkbook:
    """Open a workbook of a kind, whatever its name ends in. Raises what the library raises."""
    # The library goes by the name's ending; a list saved under the wrong one is read by content.
    if path.suffix.lower() == f".{kind}":
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))


def has_macros(workbook: CalamineWorkbook) -> bool:
    """Return whether a workbook has a sheet of macros."""
    kinds = (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba)
    return any(one.typ in kinds for one in workbook.sheets_metadata)


def visible_sheets(workbook: CalamineWorkbook) -> Iterator[CalamineSheet]:
    """Yield the sheets of cells that are not hidden, each loaded when it is asked for."""
    for one in workbook.sheets_metadata:
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible:
            yield workbook.get_sheet_by_name(one.name)


def hidden_sheets(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """Return the names of the sheets of cells that are hidden."""
    return tuple(
        one.name
        for one in workbook.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible != SheetVisibleEnum.Visible
    )


def rows_from_a1(sheet: CalamineSheet) -> Iterable[Cells]:
    """Return a sheet's rows, the first of them row 1, from column A on."""
    if sheet.start == (0, 0):
        return sheet.iter_rows()
    # Only this call promises to count rows and columns from A1.
    return sheet.to_python(skip_empty_area=False)


def _try(path: Path) -> None:
    try:
        workbook = opened(path, "xls")
    except PasswordError:
        return
    for sheet in visible_sheets(workbook):
        # What is between A1 and the first cell is made only now.
        next(iter(rows_from_a1(sheet)), None)


if __name__ == "__main__":
    _try(Path(sys.argv[1]))
