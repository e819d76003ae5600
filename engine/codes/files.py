"""Errors about files that are read or written."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {
        "CLB-REPORT-FILE": Meaning(
            _("A report of this format cannot be shown here: it needs a file."),
            _("Add --out and the name of the file."),
        ),
        "CLB-REPORT-HEAD": Meaning(
            _("A field was stated that the head of this report does not have."),
            _("Use --set only with --format docx, and with the fields that clb names."),
        ),
        "CLB-ROSTER-FILE": Meaning(
            _("The file with the member list cannot be opened."),
            _("Check the name and the folder, and close the file in Excel."),
        ),
        "CLB-ROSTER-EMPTY": Meaning(
            _("The file with the member list is empty."),
            _("Check that the list was saved, or ask for it again."),
        ),
        "CLB-ROSTER-SIZE": Meaning(
            _("The file is too large for a member list."),
            _("Copy only the list into a new workbook, without pictures."),
        ),
        "CLB-ROSTER-ROWS": Meaning(
            _("The list has more rows than one import takes."), _("Import it in several parts.")
        ),
        "CLB-ROSTER-FORMAT": Meaning(
            _("The file is not a sheet with a member list."),
            _("Save it in Excel as Excel Workbook (.xlsx)."),
        ),
        "CLB-ROSTER-DAMAGED": Meaning(
            _("The workbook is damaged and cannot be read."),
            _("Let Excel repair it and save it again, or ask for it again."),
        ),
        "CLB-ROSTER-MACRO": Meaning(
            _("The workbook has macros in it and is not read."),
            _("Open it without allowing macros and save it as Excel Workbook (.xlsx)."),
        ),
        "CLB-ROSTER-PASSWORD": Meaning(
            _("The workbook is protected by a password."),
            _("Take the password away in Excel and save it again."),
        ),
        "CLB-ROSTER-SPREAD": Meaning(
            _("The cells of the sheet lie too far apart to be a list."),
            _("Copy only the list into a new workbook."),
        ),
        "CLB-ROSTER-BOMB": Meaning(
            _("The file unpacks to far more than a list holds and is not read."),
            _("Ask for the list again, from the person who made it."),
        ),
        "CLB-ROSTER-ENCODING": Meaning(
            _("The text of the file is not written as was said, or as any encoding known."),
            _("Save it as xlsx, or name the encoding: --encoding."),
        ),
        "CLB-ROSTER-TCVN3": Meaning(
            _("The list seems to be typed in an old font encoding (TCVN3, ABC)."),
            _("If the sample shown reads well, repeat with --encoding tcvn3."),
        ),
        "CLB-ROSTER-HEADING": Meaning(
            _("The columns of the list cannot be recognised."),
            _("Use the headings of the template: clb member template FILE."),
        ),
        "CLB-ROSTER-REJECTED": Meaning(
            _("Some rows of the list cannot be read; nothing was imported."),
            _("Mend the rows named, or leave them out with --skip-bad."),
        ),
        "CLB-ROSTER-DUPLICATES": Meaning(
            _("People seem to stand on the list twice."),
            _("Take out the rows, or say that they are different people: --keep-duplicates."),
        ),
        "CLB-ROSTER-NOBODY": Meaning(
            _("The list names nobody."), _("Write one person a row under the headings.")
        ),
        "CLB-ROSTER-SUFFIX": Meaning(
            _("Lists are written as xlsx or csv, not as the kind of file named."),
            _("Let the name end in .xlsx or .csv."),
        ),
        "CLB-ROSTER-WRITE": Meaning(
            _("The list cannot be written to that place."),
            _("Check the folder, and close the file in Excel."),
        ),
        "CLB-MANY-COLUMN": Meaning(
            _("The file of steps lacks a column that every row needs."),
            _("The first row names the columns: club, step, on and form fields."),
        ),
        "CLB-TABLE-EMPTY": Meaning(
            _("The file holds no table."), _("The first row names the columns; the rows follow.")
        ),
        "CLB-UNITS": Meaning(
            _("The list of administrative units cannot be used."),
            _("Mend the rows named and load it again: clb commune import FILE."),
        ),
        "CLB-UNITS-PACKAGE": Meaning(
            _("The package of national units is not installed."),
            _("Install it with the command shown, or import a CSV file."),
        ),
        "CLB-FILE": Meaning(
            _("A file cannot be read or written."),
            _("Check its name, its folder and that no other program holds it."),
        ),
        "CLB-FILE-EXISTS": Meaning(
            _("A file of that name is there; a copy never overwrites one."),
            _("Give another name, for example with the day in it."),
        ),
        "CLB-FILE-UNUSABLE": Meaning(
            _("A file cannot be read or written: the disk, the folder or the file is at fault."),
            _("Check the free space and the right to write there: clb doctor."),
        ),
        "CLB-FOLDER-MISSING": Meaning(
            _("The folder for the file is not there."), _("Make the folder, or choose another.")
        ),
        "CLB-ROSTER-BESIDE": Meaning(
            _("The sheet has two lists side by side."),
            _("Move the list on the right below the one on the left."),
        ),
    }
