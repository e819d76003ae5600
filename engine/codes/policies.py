"""Mistakes in a policy file."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {
        "CLB-POLICY": Meaning(
            _("A policy file has mistakes; each is named."),
            _("Mend the lines named, then check again: clb province check."),
        ),
        "CLB-POLICY-AGENCY": Meaning(
            _("A report goes to a recipient that no routing value names."),
            _("Add the recipient under routing, or correct its id."),
        ),
        "CLB-POLICY-BRACKETS": Meaning(
            _("A dated value is written with single brackets."), _("Write two: [[group.key]].")
        ),
        "CLB-POLICY-DATE": Meaning(
            _("A date is not written as a date."),
            _("Write it without quotation marks: 2021-07-28."),
        ),
        "CLB-POLICY-DOCUMENT": Meaning(
            _("A source names a document that the file does not declare."),
            _("Declare it under [[document]], or correct the id."),
        ),
        "CLB-POLICY-DUPLICATE": Meaning(
            _("Something that may stand once stands twice."), _("Keep one of them.")
        ),
        "CLB-POLICY-EMPTY": Meaning(
            _("The policy file states no value at all."),
            _("Write at least one value with its source."),
        ),
        "CLB-POLICY-ENCODING": Meaning(
            _("The policy file is not saved as UTF-8."), _("Save it as UTF-8.")
        ),
        "CLB-POLICY-KEY": Meaning(
            _("There is no such key in a policy file."),
            _("Correct the spelling; all keys: clb policy keys."),
        ),
        "CLB-POLICY-MISSING": Meaning(
            _("A value lacks something it needs."), _("Add what the message names.")
        ),
        "CLB-POLICY-NEEDS": Meaning(
            _("A value means nothing without another."),
            _("Add the other one, or take this one out."),
        ),
        "CLB-POLICY-NUMBER": Meaning(
            _("A number is not a whole number."), _("Write whole numbers only; money in đồng.")
        ),
        "CLB-POLICY-OVERLAP": Meaning(
            _("Two values of one key are in force on the same day."),
            _("End the earlier one before the later begins."),
        ),
        "CLB-POLICY-PERIOD": Meaning(
            _("A period ends before it begins."), _("Correct one of the two dates.")
        ),
        "CLB-POLICY-PHASE": Meaning(
            _("A value names a phase that the file does not declare."),
            _("Declare it under phase, or correct its name."),
        ),
        "CLB-POLICY-RANGE": Meaning(
            _("The smallest is above the largest."), _("Exchange the two, or correct one.")
        ),
        "CLB-POLICY-SOURCE": Meaning(
            _("A value does not say which document and section it is from."),
            _('Add source = "ID, section".'),
        ),
        "CLB-POLICY-SUM": Meaning(
            _("Numbers of the file do not agree with each other."),
            _("Count again in the document and correct the wrong one."),
        ),
        "CLB-POLICY-TARGET-PERIOD": Meaning(
            _("A target does not say over which years of the document it counts."),
            _("Give value.from and value.to within the document's years."),
        ),
        "CLB-POLICY-TOML": Meaning(
            _("The file breaks the rules of TOML."),
            _("Look for a missing quotation mark, bracket or equals sign."),
        ),
        "CLB-POLICY-TYPE": Meaning(
            _("A value is of another kind than the key takes."), _("Write it as the message says.")
        ),
        "CLB-POLICY-VALUE": Meaning(
            _("A value is not one the key takes."), _("Choose one the message names.")
        ),
    }
