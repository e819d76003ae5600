"""Errors about what was typed, and by whom."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {
        "CLB-USAGE": Meaning(
            _("The command was not typed as it should be."),
            _("Add --help to the command to see how it is used."),
        ),
        "CLB-INPUT": Meaning(
            _("Something given to the command cannot be used."),
            _("Read the message and correct what it names."),
        ),
        "CLB-FINDING-UNKNOWN": Meaning(
            _("The step has no such finding on that day."),
            _("Choose one of those the message names: clb check CLUB STEP."),
        ),
        "CLB-UNKNOWN": Meaning(
            _("There is nothing of that name."),
            _("Check the spelling; the message names what comes nearest."),
        ),
        "CLB-DATE": Meaning(
            _("This is not a day of the calendar."), _("Write it as 28/07/2021 or 2021-07-28.")
        ),
        "CLB-DATE-TWO": Meaning(
            _("The day is given twice and not the same."),
            _("Give it once, as --on or in the form."),
        ),
        "CLB-PERIOD": Meaning(
            _("This is not a year or a half year."), _("Write 2022, 2022H1 or 2022H2.")
        ),
        "CLB-DECISION-NUMBER": Meaning(
            _("This is not the number of a paper."),
            _("Write the number alone or with its symbol, such as 5 or 5/QĐ-UBND."),
        ),
        "CLB-FORM-FIELD": Meaning(
            _("The step's form has no such field."),
            _("Choose one of the fields named in the message."),
        ),
        "CLB-FORM-MISSING": Meaning(
            _("The form lacks fields that the step needs."),
            _("Add them: --set FIELD=VALUE for each."),
        ),
        "CLB-FORM-VALUE": Meaning(
            _("A field of the form holds something it cannot hold."),
            _("Correct the fields named; whole numbers and dates are typed as such."),
        ),
        "CLB-FORM-JSON": Meaning(
            _("The file holds no form in JSON."),
            _("Check the file, or give the fields one by one with --set."),
        ),
        "CLB-ACTIVITY-UNKNOWN": Meaning(
            _("This is no activity that the province's policy knows."),
            _("See the ids: clb policy keys PROVINCE."),
        ),
        "CLB-CLUB-UNKNOWN": Meaning(
            _("There is no club of that id or name."), _("See the clubs: clb club list.")
        ),
        "CLB-CLUB-SEVERAL": Meaning(
            _("Several clubs have that name."), _("Give the club's id instead of its name.")
        ),
        "CLB-TARGET-UNKNOWN": Meaning(
            _("The province has no target of that id."),
            _("See the targets: clb progress PROVINCE."),
        ),
        "CLB-CODE-UNKNOWN": Meaning(
            _("There is no such code in the engine."),
            _("List them all: clb explain. A code of a province is explained by its own finding."),
        ),
        "CLB-STREAM-UNKNOWN": Meaning(
            _("Nothing is recorded under that name."),
            _("Name a club, or province:ID with an id from clb province list."),
        ),
        "CLB-REFUSED": Meaning(
            _("A rule refuses the step; the findings name every reason."),
            _("Mend what the findings name, then repeat the step."),
        ),
        "CLB-NOT-ACKNOWLEDGED": Meaning(
            _("There are warnings that nobody has acknowledged."),
            _('Mend them, or go on with a reason: --ack CODE="reason".'),
        ),
        "CLB-NOT-PERMITTED": Meaning(
            _("The officer may not do this."), _("Ask an officer who may: clb officer list.")
        ),
        "CLB-CONFLICT": Meaning(
            _("Somebody else changed the club meanwhile; nothing of yours was recorded."),
            _("Look at the club again, then repeat the step."),
        ),
        "CLB-OFFICER-MISSING": Meaning(
            _("It is not said who acts."), _("Add --as ID, or set CLB_OFFICER once.")
        ),
        "CLB-OFFICER-UNKNOWN": Meaning(
            _("There is no officer of that id."), _("See the officers: clb officer list.")
        ),
        "CLB-OFFICER-FIRST": Meaning(
            _("The first officer of a database must be an administrator."),
            _("Add the administrator first: clb officer add ID --role admin."),
        ),
        "CLB-OFFICER-ADMIN": Meaning(
            _("Only an administrator adds or removes officers."),
            _("Act as an administrator: --as ID."),
        ),
        "CLB-OFFICER-THERE": Meaning(
            _("The officer has that role already."), _("Nothing has to be done.")
        ),
        "CLB-OFFICER-COMMUNE": Meaning(
            _("Association and committee belong to a commune, the other roles to none."),
            _("Give --commune for these two roles only."),
        ),
        "CLB-OFFICER-LAST": Meaning(
            _("The only administrator cannot be removed."), _("Add another administrator first.")
        ),
        "CLB-OFFICER-ID": Meaning(
            _("This cannot be an officer's id."), _("Choose a short word without blanks.")
        ),
        "CLB-PROVINCE-MISSING": Meaning(
            _("It is not said which province is meant."), _("Add --province ID.")
        ),
        "CLB-PROVINCE-UNKNOWN": Meaning(
            _("The province's plugin is not installed."),
            _("See what is installed: clb province list; install its plugin."),
        ),
        "CLB-DUE-WITHIN": Meaning(
            _("This is not a span of time."),
            _("Write a number of days, weeks or months: 30d, 4w or 3m."),
        ),
        "CLB-SCAFFOLD-ID": Meaning(
            _("This cannot be the id of a new province."),
            _("Write small letters without marks, digits and single underscores: ten_tinh."),
        ),
        "CLB-SCAFFOLD-NAME": Meaning(
            _("This cannot be the name of a new province."),
            _("Write the name as people do, without quotation marks."),
        ),
        "CLB-SCAFFOLD-PREFIX": Meaning(
            _("The two letters cannot begin the ids of the new province's clubs."),
            _("Choose two capital letters that no installed province uses: --prefix XX."),
        ),
        "CLB-SCAFFOLD-FOLDER": Meaning(
            _("The plugin cannot be written into that folder; nothing there was changed."),
            _("Name a folder that is not there yet: --out FOLDER."),
        ),
        "CLB-SCAFFOLD-THERE": Meaning(
            _("The province has a plugin already."),
            _("Choose another id, or uninstall the plugin that is there."),
        ),
        "CLB-REPORT-UNKNOWN": Meaning(
            _("The province has no report of that id."),
            _("See the reports: clb report list PROVINCE."),
        ),
    }
