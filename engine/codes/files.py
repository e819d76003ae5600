"""Errors about files that are read or written: lists, reports, papers and their templates."""

from engine.codes.code import Code
from engine.i18n import N_

REPORT_FILE = Code(
    "CLB-REPORT-FILE",
    N_("A report of this format cannot be shown here: it needs a file."),
    N_("Add --out and the name of the file."),
)
REPORT_NAME = Code(
    "CLB-REPORT-NAME",
    N_("The name of the file does not end as a file of this format does."),
    N_("Let it end in .docx, .xlsx, .html or .json; the format then follows from it."),
)
REPORT_HEAD = Code(
    "CLB-REPORT-HEAD",
    N_("A field was stated that the head of this report does not have."),
    N_("Use --set only with --format docx, and with the fields that clb names."),
)
ROSTER_FILE = Code(
    "CLB-ROSTER-FILE",
    N_("The file with the member list cannot be opened."),
    N_("Check the name and the folder, and close the file in Excel."),
)
ROSTER_EMPTY = Code(
    "CLB-ROSTER-EMPTY",
    N_("The file with the member list is empty."),
    N_("Check that the list was saved, or ask for it again."),
)
ROSTER_SIZE = Code(
    "CLB-ROSTER-SIZE",
    N_("The file is too large for a member list."),
    N_("Copy only the list into a new workbook, without pictures."),
)
ROSTER_ROWS = Code(
    "CLB-ROSTER-ROWS",
    N_("The list has more rows than one import takes."),
    N_("Import it in several parts."),
)
ROSTER_FORMAT = Code(
    "CLB-ROSTER-FORMAT",
    N_("The file is not a sheet with a member list."),
    N_("Save it in Excel as Excel Workbook (.xlsx)."),
)
ROSTER_DAMAGED = Code(
    "CLB-ROSTER-DAMAGED",
    N_("The workbook is damaged and cannot be read."),
    N_("Let Excel repair it and save it again, or ask for it again."),
)
ROSTER_MACRO = Code(
    "CLB-ROSTER-MACRO",
    N_("The workbook has macros in it and is not read."),
    N_("Open it without allowing macros and save it as Excel Workbook (.xlsx)."),
)
ROSTER_PASSWORD = Code(
    "CLB-ROSTER-PASSWORD",
    N_("The workbook is protected by a password."),
    N_("Take the password away in Excel and save it again."),
)
ROSTER_SPREAD = Code(
    "CLB-ROSTER-SPREAD",
    N_("The cells of the sheet lie too far apart to be a list."),
    N_("Copy only the list into a new workbook."),
)
ROSTER_BOMB = Code(
    "CLB-ROSTER-BOMB",
    N_("The file unpacks to far more than a list holds and is not read."),
    N_("Ask for the list again, from the person who made it."),
)
ROSTER_ENCODING = Code(
    "CLB-ROSTER-ENCODING",
    N_("The text of the file is not in the encoding that was named, or in any known one."),
    N_("Save it as xlsx, or name the encoding: --encoding."),
)
ROSTER_TCVN3 = Code(
    "CLB-ROSTER-TCVN3",
    N_("The list seems to be typed in an old font encoding (TCVN3, ABC)."),
    N_("If the sample shown reads well, repeat with --encoding tcvn3."),
)
ROSTER_VNI = Code(
    "CLB-ROSTER-VNI",
    N_("The list seems to be typed in an old VNI font."),
    N_("If the sample shown reads well, repeat with --encoding vni."),
)
ROSTER_MISREAD = Code(
    "CLB-ROSTER-MISREAD",
    N_("A program read the letters of the list wrongly and saved them so."),
    N_("If the sample shown reads well, repeat with --encoding cp1252."),
)
ROSTER_LOST = Code(
    "CLB-ROSTER-LOST",
    N_("Letters of the list are lost: a question mark is in their place."),
    N_("Save the list anew from the program that it was made in, as xlsx."),
)
ROSTER_SHEET = Code(
    "CLB-ROSTER-SHEET",
    N_("The workbook has no such sheet with a list."),
    N_("Name one of its sheets: --sheet."),
)
ROSTER_QUESTIONS = Code(
    "CLB-ROSTER-QUESTIONS",
    N_("The list leaves something open that only people know; nothing was imported."),
    N_("Answer each question with the --answer that it names, or run the command in a terminal."),
)
ROSTER_ANSWER = Code(
    "CLB-ROSTER-ANSWER",
    N_("What was answered is no answer to a question about a list."),
    N_("Type --answer as the question names it."),
)
ROSTER_HEADING = Code(
    "CLB-ROSTER-HEADING",
    N_("The columns of the list cannot be recognised."),
    N_("Use the headings of the template: clb member template FILE."),
)
ROSTER_REJECTED = Code(
    "CLB-ROSTER-REJECTED",
    N_("Some rows of the list cannot be read; nothing was imported."),
    N_("Correct the rows named, or leave them out with --skip-bad."),
)
ROSTER_DUPLICATES = Code(
    "CLB-ROSTER-DUPLICATES",
    N_("People seem to be on the list twice."),
    N_("Take out the rows, or say that they are different people: --keep-duplicates."),
)
ROSTER_NOBODY = Code(
    "CLB-ROSTER-NOBODY",
    N_("The list names nobody."),
    N_("Write one person a row under the headings."),
)
ROSTER_SUFFIX = Code(
    "CLB-ROSTER-SUFFIX",
    N_("Lists are written as xlsx or csv, not as the kind of file named."),
    N_("Let the name end in .xlsx or .csv."),
)
ROSTER_WRITE = Code(
    "CLB-ROSTER-WRITE",
    N_("The list cannot be written to that place."),
    N_("Check the folder, and close the file in Excel."),
)
MANY_COLUMN = Code(
    "CLB-MANY-COLUMN",
    N_("The file of steps lacks a column that every row needs."),
    N_("The first row names the columns: club, step, on and form fields."),
)
MANY_STOPPED = Code(
    "CLB-MANY-STOPPED",
    N_("A file of steps was broken off before its last row."),
    N_("Run the same file again: rows that are in the log are not recorded twice."),
)
TABLE_EMPTY = Code(
    "CLB-TABLE-EMPTY",
    N_("The file holds no table."),
    N_("The first row names the columns; the rows follow."),
)
UNITS = Code(
    "CLB-UNITS",
    N_("The list of administrative units cannot be used."),
    N_("Correct the rows named and load it again: clb commune import FILE."),
)
UNITS_PACKAGE = Code(
    "CLB-UNITS-PACKAGE",
    N_("The package of national units is not installed."),
    N_("Install it with the command shown, or import a CSV file."),
)
FILE = Code(
    "CLB-FILE",
    N_("A file cannot be read or written."),
    N_("Check its name, its folder and that no other program holds it."),
)
FILE_EXISTS = Code(
    "CLB-FILE-EXISTS",
    N_("A file of that name is there; a copy never overwrites one."),
    N_("Give another name, for example with the day in it."),
)
COPY_UNKNOWN = Code(
    "CLB-COPY-UNKNOWN",
    N_("There is no kept copy of that name next to the database, or it is in use."),
    N_("See which there are: clb db copies."),
)
FILE_UNUSABLE = Code(
    "CLB-FILE-UNUSABLE",
    N_("A file cannot be read or written: the disk, the folder or the file is at fault."),
    N_("Check the free space and the right to write there: clb doctor."),
)
FOLDER_MISSING = Code(
    "CLB-FOLDER-MISSING",
    N_("The folder for the file is not there."),
    N_("Make the folder, or choose another."),
)
ROSTER_BESIDE = Code(
    "CLB-ROSTER-BESIDE",
    N_("The sheet has two lists side by side."),
    N_("Move the list on the right below the one on the left."),
)
DOCUMENT_KIND = Code(
    "CLB-DOCUMENT-KIND",
    N_("There is no paper of that kind."),
    N_("Choose one of the list: clb document list."),
)
DOCUMENT_NAME = Code(
    "CLB-DOCUMENT-NAME",
    N_("Papers are written as Word files; the name given is another kind of file."),
    N_("Let the name end in .docx."),
)
DOCUMENT_ENTRY = Code(
    "CLB-DOCUMENT-ENTRY",
    N_("The paper is not about an entry, or there is no such entry for it."),
    N_("See the numbers: clb fund show CLUB, clb loan list CLUB."),
)
DOCUMENT_WRITE = Code(
    "CLB-DOCUMENT-WRITE",
    N_("The paper cannot be written to that place."),
    N_("Check the folder, and close the file in Word."),
)
DOCUMENT_PDF = Code(
    "CLB-DOCUMENT-PDF",
    N_("A paper cannot be turned into PDF: the office program is missing, or failed."),
    N_("Install LibreOffice, or open the Word files and save them as PDF."),
)
DOCUMENT_PLUGIN = Code(
    "CLB-DOCUMENT-PLUGIN",
    N_("A template of the province's plugin cannot be read."),
    N_("Install the plugin again, or give a template of your own: --template FILE."),
)
TEMPLATE = Code(
    "CLB-TEMPLATE",
    N_("A Word template cannot be used: it is damaged, has a mistake or is not allowed."),
    N_("Begin with the template that comes along: clb document template KIND --out FILE."),
)
BOOK_FORM = Code(
    "CLB-BOOK-FORM",
    N_("The file is no workbook of a club's book."),
    N_("Take one with clb book export, and leave its hidden first row and column as they are."),
)
BOOK_UNREAD = Code(
    "CLB-BOOK-UNREAD",
    N_("The workbook there has rows that are not recorded; a new one would take their place."),
    N_("Take it in first with clb book import, or write the new workbook under another name."),
)
BOOK_CLUB = Code(
    "CLB-BOOK-CLUB",
    N_("The workbook is of another club."),
    N_("Give the club that the message names, or the workbook of the club you mean."),
)
