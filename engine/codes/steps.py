"""Findings about the steps of a club's life."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {
        "CLB-STATE": Meaning(
            _("The step does not start from the state the club is in."),
            _("See which steps are possible now: clb check CLUB."),
        ),
        "CLB-DATE-FUTURE": Meaning(
            _("The day is still to come; only what has happened is recorded."),
            _("Correct the date, or record the step on the day it happens."),
        ),
        "CLB-DATE-ORDER": Meaning(
            _("The day is before something the club has already been through."),
            _(
                "Check the date on the paper; an earlier record can be corrected: "
                "clb advance CLUB correct."
            ),
        ),
        "CLB-ROLE": Meaning(
            _("The officer's role may not take this step."),
            _("Ask an officer with the role named: clb officer list."),
        ),
        "CLB-SCOPE": Meaning(
            _("The officer does not act for this commune or province."),
            _("Ask an officer of that commune or province: clb officer list."),
        ),
        "CLB-DUTIES": Meaning(
            _("Who opened or proposed a club cannot decide on its establishment, in no province."),
            _("Ask another officer of the commune People's Committee to decide."),
        ),
        "CLB-OPEN-DUPLICATE": Meaning(
            _("The village already has a club or a file of the same name."),
            _("Look at it with clb club list; go on with a reason if it is another club."),
        ),
        "CLB-PROPOSE-ROSTER": Meaning(
            _("The dossier has no member list."), _("Import it: clb member import CLUB FILE.")
        ),
        "CLB-PROPOSE-BOARD": Meaning(
            _("The dossier names no board."), _("Name it: clb board set CLUB --chair … --vice ….")
        ),
        "CLB-COMP-SIZE": Meaning(
            _("The number of members is not what the province states."),
            _("Complete the member list, or go on with a reason."),
        ),
        "CLB-COMP-ELDERLY": Meaning(
            _("The share of elderly members is not what the province states."),
            _("Invite more members, or go on with a reason."),
        ),
        "CLB-COMP-WOMEN": Meaning(
            _("The share of women is not what the province states."),
            _("Invite more members, or go on with a reason."),
        ),
        "CLB-COMP-POOR": Meaning(
            _(
                "The share of members who are poor, near poor or in difficulty is not what the "
                "province states."
            ),
            _("Invite more members, or go on with a reason."),
        ),
        "CLB-COMP-YOUNG": Meaning(
            _("The share of young members is not what the province states."),
            _("Invite more members, or go on with a reason."),
        ),
        "CLB-COMP-TOGETHER": Meaning(
            _("No club of this size can meet all the shares the province states."),
            _("Choose which share comes first, and go on with a reason."),
        ),
        "CLB-APPROVE-ISSUER": Meaning(
            _("The decision was issued by another unit than the club's commune."),
            _("The People's Committee of the club's commune must decide."),
        ),
        "CLB-APPRAISAL-MISSING": Meaning(
            _("The province asks for an aspect of the appraisal that has no conclusion."),
            _("Complete the appraisal and give the conclusion: --set appraisal.ASPECT=met."),
        ),
        "CLB-APPRAISAL-NOT-MET": Meaning(
            _("The appraisal concludes that an aspect the province asks for is not met."),
            _("Return the dossier with the reasons: clb advance CLUB return."),
        ),
        "CLB-APPRAISAL-DATE": Meaning(
            _("The appraisal is dated after the decision."), _("Check both dates on the papers.")
        ),
        "CLB-APPRAISAL-NOTED": Meaning(
            _("An aspect was not met, but the province does not stipulate the appraisal."),
            _("Nothing has to be done; it is kept in the record."),
        ),
        "CLB-PROGRAMME-ENDED": Meaning(
            _("The province's programme was over on that day."),
            _("Check the date; go on with the reason, for example a new document."),
        ),
        "CLB-PROGRAMME-BEFORE": Meaning(
            _("On that day none of the province's documents was in force yet."),
            _("Nothing has to be done; check the date if it is not what you meant."),
        ),
        "CLB-BUDGET-YEAR": Meaning(
            _("More clubs than the year's budget is meant for."),
            _("Ask the province, or go on with a reason."),
        ),
        "CLB-QUOTA-NAMED": Meaning(
            _("The commune is not on the year's list of communes."),
            _("Check the commune's name, or go on with a reason."),
        ),
        "CLB-TERRITORY-OUTSIDE": Meaning(
            _(
                "The commune came to the province by a merger; "
                "the document covers the old province."
            ),
            _("Ask the province whether the programme applies there, or go on with a reason."),
        ),
        "CLB-TERRITORY-UNKNOWN": Meaning(
            _("The province has grown by a merger, and it is not known where the commune was."),
            _("Load a list of units that reaches back before the merger: clb commune import FILE."),
        ),
        "CLB-TRAIN-TWICE": Meaning(
            _("The board has had its initial training."),
            _("Record it as a supplementary one: --set course.kind=supplementary."),
        ),
        "CLB-TRAIN-DATES": Meaning(
            _("The course is recorded before it is over."),
            _("Check the first day, the number of days and the date."),
        ),
        "CLB-TRAIN-DAYS": Meaning(
            _("The course was shorter than the province states."),
            _("Complete the course, or go on with a reason."),
        ),
        "CLB-TRAIN-BEFORE": Meaning(
            _("The course began before the decision, which is allowed."),
            _("Nothing has to be done."),
        ),
        "CLB-TRAIN-MISSING": Meaning(
            _("The club is launched before its board was trained."),
            _("Train the board first, or go on with a reason; the training stays due."),
        ),
        "CLB-LAUNCH-CHARTER": Meaning(
            _("The charter was not adopted at the launch."), _("Adopt it, or go on with a reason.")
        ),
        "CLB-LAUNCH-FUND": Meaning(
            _("A fund that the province asks for was not opened."),
            _("Open it and name it in funds_opened, or go on with a reason."),
        ),
        "CLB-SUPERVISE-EARLY": Meaning(
            _("The last supervision or the launch is less than the interval ago."),
            _("Wait until the day named, or go on with a reason."),
        ),
        "CLB-SUPERVISE-COUNT": Meaning(
            _("More people are counted than the club has members."),
            _("Check the figure and the member list."),
        ),
        "CLB-TASK-LATE": Meaning(
            _("The step comes after the day it was due."),
            _("Nothing has to be done; the days are kept in the record."),
        ),
        "CLB-REVIEW-TWICE": Meaning(
            _("The year has been reviewed already."),
            _("Correct the earlier review instead: clb advance CLUB correct."),
        ),
        "CLB-REVIEW-YEAR": Meaning(
            _("The year has not begun, or the club was not yet at work in it."),
            _("Check the year under review."),
        ),
        "CLB-REVIEW-STANDARD": Meaning(
            _("A club is said to meet the standard or not, without the document that defines it."),
            _("Name the document: --set standard_document=…, or leave the standard out."),
        ),
        "CLB-REVIEW-UNSUPERVISED": Meaning(
            _("No supervision is recorded for the year under review."),
            _("Record the supervision first, or go on with a reason."),
        ),
        "CLB-INDICATOR-BORROWERS": Meaning(
            _("Fewer members were helped to borrow than the province's indicator says."),
            _("Say in the review what the club will do about it."),
        ),
        "CLB-DISSOLVE-BALANCE": Meaning(
            _("The club still has money in its funds."),
            _("Record where the money went, or say in fund_disposal what becomes of it."),
        ),
    }
