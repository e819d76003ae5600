"""Errors about what was typed, and by whom."""

from engine.codes.code import Code
from engine.i18n import N_

USAGE = Code(
    "CLB-USAGE",
    N_("The command was not typed as it should be."),
    N_("Add --help to the command to see how it is used."),
)
INPUT = Code(
    "CLB-INPUT",
    N_("Something given to the command cannot be used."),
    N_("Read the message and correct what it names."),
)
FINDING_UNKNOWN = Code(
    "CLB-FINDING-UNKNOWN",
    N_("The step has no such finding on that day."),
    N_("Choose one of those the message names: clb check CLUB STEP."),
)
UNKNOWN = Code(
    "CLB-UNKNOWN",
    N_("There is nothing of that name."),
    N_("Check the spelling; the message names what comes nearest."),
)
DATE = Code(
    "CLB-DATE",
    N_("This is not a day of the calendar."),
    N_("Write it as 28/07/2021 or 2021-07-28."),
)
DATE_TWO = Code(
    "CLB-DATE-TWO",
    N_("The day is given twice and not the same."),
    N_("Give it once, as --on or in the form."),
)
PERIOD = Code(
    "CLB-PERIOD",
    N_("This is not a year, a half year or a quarter."),
    N_("Write 2022, 2022H1, 2022H2 or 2022Q1."),
)
MONEY = Code(
    "CLB-MONEY",
    N_("This is not an amount of money, or can be read as two amounts."),
    N_("Write the whole amount in đồng, such as 6.000.000, or 6 triệu, 100tr, 1,5 tỷ."),
)
RATE = Code(
    "CLB-RATE",
    N_("This is not an interest rate."),
    N_("Write it in percent a month, such as 0,5%/tháng, or a year, such as 6%/năm."),
)
YES_NO = Code("CLB-YES-NO", N_("This is neither yes nor no."), N_("Type có or không."))
WORD_UNKNOWN = Code(
    "CLB-WORD-UNKNOWN",
    N_("This word is not one of the choices."),
    N_("Choose one that the message names; the word and the code mean the same."),
)
WORD_SEVERAL = Code(
    "CLB-WORD-SEVERAL",
    N_("This word can mean several of the choices."),
    N_("Type the whole word of the one that is meant, or its code."),
)
DECISION_NUMBER = Code(
    "CLB-DECISION-NUMBER",
    N_("This is not the number of a paper."),
    N_("Write the number alone or with its symbol, such as 5 or 5/QĐ-UBND."),
)
FORM_FIELD = Code(
    "CLB-FORM-FIELD",
    N_("The step's form has no such field."),
    N_("Choose one of the fields named in the message."),
)
FORM_MISSING = Code(
    "CLB-FORM-MISSING",
    N_("The form lacks fields that the step needs."),
    N_("Add them: --set FIELD=VALUE for each."),
)
FORM_VALUE = Code(
    "CLB-FORM-VALUE",
    N_("A field of the form holds something it cannot hold."),
    N_("Correct the fields named; whole numbers and dates are typed as such."),
)
FORM_JSON = Code(
    "CLB-FORM-JSON",
    N_("The file holds no form in JSON."),
    N_("Check the file, or give the fields one by one with --set."),
)
ACTIVITY_UNKNOWN = Code(
    "CLB-ACTIVITY-UNKNOWN",
    N_("This is no activity that the province's policy knows."),
    N_("See the ids: clb policy keys PROVINCE."),
)
CLUB_UNKNOWN = Code(
    "CLB-CLUB-UNKNOWN",
    N_("There is no club of that id or name."),
    N_("See the clubs: clb club list."),
)
CLUB_SEVERAL = Code(
    "CLB-CLUB-SEVERAL",
    N_("Several clubs have that name."),
    N_("Give the club's id instead of its name."),
)
TARGET_UNKNOWN = Code(
    "CLB-TARGET-UNKNOWN",
    N_("The province has no target of that id."),
    N_("See the targets: clb progress PROVINCE."),
)
CODE_UNKNOWN = Code(
    "CLB-CODE-UNKNOWN",
    N_("There is no such code in the engine."),
    N_("List them all: clb explain. A code of a province is explained by its own finding."),
)
STREAM_UNKNOWN = Code(
    "CLB-STREAM-UNKNOWN",
    N_("Nothing is recorded under that name."),
    N_("Name a club, or province:ID with an id from clb province list."),
)
REFUSED = Code(
    "CLB-REFUSED",
    N_("A rule refuses the step; the findings name every reason."),
    N_("Correct what the findings name, then repeat the step."),
)
NOT_ACKNOWLEDGED = Code(
    "CLB-NOT-ACKNOWLEDGED",
    N_("There are warnings that nobody has acknowledged."),
    N_('Correct them, or go on with a reason: --ack CODE="reason".'),
)
NOT_PERMITTED = Code(
    "CLB-NOT-PERMITTED",
    N_("The officer may not do this."),
    N_("Ask an officer who may: clb officer list."),
)
CONFLICT = Code(
    "CLB-CONFLICT",
    N_("Somebody else changed the club meanwhile; nothing of yours was recorded."),
    N_("Look at the club again, then repeat the step."),
)
OFFICER_MISSING = Code(
    "CLB-OFFICER-MISSING",
    N_("It is not known who acts."),
    N_("Say once who you are: clb officer use ID; or add --as ID."),
)
OFFICER_UNKNOWN = Code(
    "CLB-OFFICER-UNKNOWN",
    N_("There is no officer of that id."),
    N_("See the officers: clb officer list."),
)
OFFICER_FIRST = Code(
    "CLB-OFFICER-FIRST",
    N_("The first officer of a database must be an administrator."),
    N_("Add the administrator first: clb officer add ID --role admin."),
)
OFFICER_ADMIN = Code(
    "CLB-OFFICER-ADMIN",
    N_("Only an administrator adds or removes officers."),
    N_("Act as an administrator: --as ID."),
)
OFFICER_THERE = Code(
    "CLB-OFFICER-THERE", N_("The officer has that role already."), N_("Nothing has to be done.")
)
OFFICER_PROVINCE = Code(
    "CLB-OFFICER-PROVINCE",
    N_("An administrator changes the officers of the own province only."),
    N_("Ask an administrator of that province: clb officer list."),
)
OFFICER_ENDED = Code(
    "CLB-OFFICER-ENDED",
    N_("The officer is not in office on this day."),
    N_("See who is: clb officer list; who was: clb officer list --all."),
)
OFFICER_WHICH = Code(
    "CLB-OFFICER-WHICH",
    N_("It is not clear which of the officer's offices is meant."),
    N_("Choose with --role, --province or --from-commune, or take --all."),
)
OFFICER_DAYS = Code(
    "CLB-OFFICER-DAYS",
    N_("An office cannot be over before it began."),
    N_("Check the two days."),
)
OFFICER_FILE = Code(
    "CLB-OFFICER-FILE",
    N_("The list of officers cannot be taken in; nothing was recorded."),
    N_("Correct the rows named and load it again: clb officer import FILE."),
)
OFFICER_COMMUNE = Code(
    "CLB-OFFICER-COMMUNE",
    N_("Association and committee belong to a commune, the other roles to none."),
    N_("Give --commune for these two roles only."),
)
OFFICER_LAST = Code(
    "CLB-OFFICER-LAST",
    N_("The only administrator cannot be removed."),
    N_("Add another administrator first."),
)
OFFICER_ID = Code(
    "CLB-OFFICER-ID",
    N_("This cannot be an officer's id."),
    N_("Up to 40 letters a-z, digits and hyphens; capitals make no other id."),
)
OFFICER_NAME = Code(
    "CLB-OFFICER-NAME",
    N_("A name has letters of another script, which only look like Latin ones."),
    N_("Type the name again."),
)
OFFICER_LOGIN = Code(
    "CLB-OFFICER-LOGIN",
    N_("On a server an officer acts under the own login only."),
    N_("Log in to the server as the officer who acts, or act as the one who logged in."),
)
OFFICER_LOGIN_TAKEN = Code(
    "CLB-OFFICER-LOGIN-TAKEN",
    N_("The login is another officer's."),
    N_("A login is of one officer: choose another."),
)
PROVINCE_MERGER = Code(
    "CLB-PROVINCE-MERGER",
    N_("The two provinces cannot be merged so."),
    N_("Name two different provinces that are installed."),
)
PROVINCE_MERGED = Code(
    "CLB-PROVINCE-MERGED",
    N_("The province has become a part of another one."),
    N_("Work in the province that it became a part of."),
)
PROVINCE_MISSING = Code(
    "CLB-PROVINCE-MISSING", N_("It is not known which province is meant."), N_("Add --province ID.")
)
PROVINCE_UNKNOWN = Code(
    "CLB-PROVINCE-UNKNOWN",
    N_("The province's plugin is not installed."),
    N_("See what is installed: clb province list; install its plugin."),
)
DUE_WITHIN = Code(
    "CLB-DUE-WITHIN",
    N_("This is not a span of time."),
    N_("Write a number of days, weeks or months: 30d, 4w or 3m."),
)
SCAFFOLD_ID = Code(
    "CLB-SCAFFOLD-ID",
    N_("This cannot be the id of a new province, or of what a plugin is to have."),
    N_("Write small letters without marks, digits and single underscores: ten_tinh."),
)
SCAFFOLD_NAME = Code(
    "CLB-SCAFFOLD-NAME",
    N_("This cannot be the name of a new province."),
    N_("Write the name as people do, without quotation marks."),
)
SCAFFOLD_PREFIX = Code(
    "CLB-SCAFFOLD-PREFIX",
    N_("The two letters cannot begin the ids of the new province's clubs."),
    N_("Choose two capital letters that no installed province uses: --prefix XX."),
)
SCAFFOLD_FOLDER = Code(
    "CLB-SCAFFOLD-FOLDER",
    N_("The plugin cannot be written into that folder; nothing there was changed."),
    N_("Name a folder that is not there yet: --out FOLDER."),
)
SCAFFOLD_THERE = Code(
    "CLB-SCAFFOLD-THERE",
    N_("The province, or what was to be added to its plugin, is there already."),
    N_("Choose another id, or change or uninstall what is there."),
)
REPORT_UNKNOWN = Code(
    "CLB-REPORT-UNKNOWN",
    N_("The province has no report of that id."),
    N_("See the reports: clb report list PROVINCE."),
)
