"""A workbook or a text file as sheets of cells, whatever it was saved as."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster import container, delimited
from engine.roster.model import Cell, Row
from engine.vietnamese.tcvn3 import from_tcvn3, looks_like_tcvn3

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# First and last cell of merged cells, both as (row, column) counted from 0.
Merge = tuple[tuple[int, int], tuple[int, int]]
HEAD = 60
# No list is wider; a stray cell far to the right must not cost a look at all columns before it.
MAX_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its first rows, the rows after them and its merged cells.

    Rows begin with row 1 and cells with column A, so places in them are places in Excel.
    ``rest`` can be gone through once.
    """

    name: str
    head: list[Row]
    rest: Iterator[Row]
    merged: tuple[Merge, ...] = ()


def sheets(path: Path, encoding: str | None = None) -> Iterator[Sheet]:
    """Yield the visible sheets of an .xlsx, .xls or text file, each loaded when it is asked for.

    ``encoding`` is "utf-8", "utf-16" or "tcvn3"; the last also converts the cells of a workbook
    whose letters were typed in a TCVN3 font.
    Raises InputError (CLB-ROSTER-...) for every file that is none or cannot be read, and
    CLB-ROSTER-TCVN3, with a line of the list as it would become, for text that seems to be TCVN3
    and was not said to be.
    """
    kind = container.kind_of(path)
    if kind == "text":
        text, certain = delimited.decode(path, encoding)
        yield _sheet(path, "", delimited.rows_of(path, text), (), encoding, certain=certain)
        return
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    with _complaints(path):
        workbook = _workbook(path, kind)
        described = workbook.sheets_metadata
    if any(one.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba) for one in described):
        raise container.macro(path)
    for one in described:
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible:
            with _complaints(path):
                sheet = workbook.get_sheet_by_name(one.name)
                merged = tuple(sheet.merged_cell_ranges or ())
            yield _sheet(path, one.name, _rows(path, sheet), merged, encoding, certain=True)


def _sheet(
    path: Path,
    name: str,
    rows: Iterator[Row],
    merged: tuple[Merge, ...],
    encoding: str | None,
    *,
    certain: bool,
) -> Sheet:
    head = list(islice(rows, HEAD))
    if encoding == "tcvn3":
        convert = _converter()
        return Sheet(name, [convert(row) for row in head], map(convert, rows), merged)
    for column in range(min(MAX_COLUMNS, max(map(len, head), default=0))):
        refuse_tcvn3([row[column] for row in head if column < len(row)])
    if not certain:
        raise delimited.not_readable(path)
    return Sheet(name, head, rows, merged)


def refuse_tcvn3(cells: list[Cell]) -> None:
    """Raise InputError (CLB-ROSTER-TCVN3) where the texts among ``cells`` seem to be TCVN3."""
    texts = [cell for cell in cells if isinstance(cell, str) and not cell.isascii()]
    if not texts or not looks_like_tcvn3("\n".join(texts)):
        return
    sample = next((text for text in texts if looks_like_tcvn3(text)), texts[0])
    raise InputError(
        _(
            "The list seems to be typed in an old TCVN3 font: “{found}” would become “{text}”."
        ).format(found=sample.strip(), text=from_tcvn3(sample).strip()),
        help=_("If that line is right, read the list again with --encoding tcvn3."),
        code=codes.ROSTER_TCVN3,
    )


def _converter() -> Callable[[Row], Row]:
    convert = lru_cache(maxsize=8192)(from_tcvn3)

    def converted(row: Row) -> Row:
        return [convert(cell) if isinstance(cell, str) else cell for cell in row]

    return converted


def _workbook(path: Path, kind: container.Kind) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    # The reader goes by the name's ending; a list saved under the wrong one is read by content.
    if path.suffix.lower() == f".{kind}":
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))


def _rows(path: Path, sheet: "CalamineSheet") -> Iterator[Row]:
    with _complaints(path):
        if sheet.start == (0, 0):
            yield from sheet.iter_rows()
        else:
            # Only this call promises to count rows and columns from A1.
            yield from sheet.to_python(skip_empty_area=False)


@contextmanager
def _complaints(path: Path) -> Iterator[None]:
    """Turn what the reader of workbooks raises into a sentence."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise container.locked(path) from error
    except (CalamineError, OSError) as error:
        raise container.damaged(path) from error
    except BaseException as error:
        # A failed assertion in the reader's Rust code is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise container.damaged(path) from error
        raise
