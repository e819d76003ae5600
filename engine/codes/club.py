"""Findings about the steps of a club's life, its board, members, money and corrections."""

from engine.codes.code import Code
from engine.i18n import N_

STATE = Code(
    "CLB-STATE",
    N_("The step does not start from the state the club is in."),
    N_("See which steps are possible now: clb check CLUB."),
)
DATE_FUTURE = Code(
    "CLB-DATE-FUTURE",
    N_("The day is still to come; only what has happened is recorded."),
    N_("Correct the date, or record the step on the day it happens."),
)
DATE_ORDER = Code(
    "CLB-DATE-ORDER",
    N_("The day is before something the club has already been through."),
    N_(
        "Check the date on the paper; an earlier record can be corrected: clb advance CLUB correct."
    ),
)
ROLE = Code(
    "CLB-ROLE",
    N_("The officer's role may not take this step."),
    N_("Ask an officer with the role named: clb officer list."),
    keys=("roles.{step}",),
)
OWN_STEP = Code(
    "CLB-OWN-STEP",
    N_("The province's documents put another step, of their own, before this one."),
    N_("Record that step first, on the day it happened: clb check CLUB names it."),
)
OWN_STEP_UNASKED = Code(
    "CLB-OWN-STEP-UNASKED",
    N_("No document of the province asks for this step of its own on that day."),
    N_("Check the day and the name of the step: clb lifecycle show --province PROVINCE."),
)
SCOPE = Code(
    "CLB-SCOPE",
    N_("The officer does not act for this commune or province."),
    N_("Ask an officer of that commune or province: clb officer list."),
)
DUTIES = Code(
    "CLB-DUTIES",
    N_("Who opened, proposed or corrected a proposal cannot decide on it, in no province."),
    N_("Ask another officer of the commune People's Committee to decide."),
)
DUTIES_NAMESAKE = Code(
    "CLB-DUTIES-NAMESAKE",
    N_("Who decides has the name of another officer of the commune: perhaps one person."),
    N_("If they are two people, write so as the reason; else let another officer decide."),
)
OPEN_BEFORE = Code(
    "CLB-OPEN-BEFORE",
    N_("The file would be opened before the province's first document."),
    N_("Check the day; go on with a reason if the club is older than the programme."),
)
OPEN_DUPLICATE = Code(
    "CLB-OPEN-DUPLICATE",
    N_("The village already has a club or a file of the same name."),
    N_("Look at it with clb club list; go on with a reason if it is another club."),
)
NAME_NEAR = Code(
    "CLB-NAME-NEAR",
    N_("Another club of the commune has the same or nearly the same name."),
    N_("Check the name; go on with a reason if it is another club."),
)
COMMUNE_UNKNOWN = Code(
    "CLB-COMMUNE-UNKNOWN",
    N_("The commune is not in the list of units loaded for the province."),
    N_("Look its name up: clb commune search NAME; or load a newer list: clb commune import FILE."),
)
COMMUNE_ENDED = Code(
    "CLB-COMMUNE-ENDED",
    N_("The commune was no longer there on that day."),
    N_("Write the commune that it became: clb commune search NAME."),
)
COMMUNE_SEVERAL = Code(
    "CLB-COMMUNE-SEVERAL",
    N_("Several communes have this name."),
    N_("Write what it is (xã, phường), or its code: clb commune search NAME."),
)
COMMUNE_UNCHECKED = Code(
    "CLB-COMMUNE-UNCHECKED",
    N_("No list of communes is loaded for that day, so the name was not checked."),
    N_("Load one: clb commune import FILE."),
)
COMMUNE_MOVES = Code(
    "CLB-COMMUNE-MOVES",
    N_("The list would put clubs into other communes."),
    N_("Name the document that did: clb commune import FILE --document …."),
)
PROPOSE_ROSTER = Code(
    "CLB-PROPOSE-ROSTER",
    N_("The dossier has no member list."),
    N_("Import it: clb member import CLUB FILE."),
)
PROPOSE_BOARD = Code(
    "CLB-PROPOSE-BOARD",
    N_("The dossier names no board."),
    N_("Name it: clb board set CLUB --chair … --vice …."),
)
PROPOSE_UNIT = Code(
    "CLB-PROPOSE-UNIT",
    N_("The committee would submit the proposal to itself: the unit that submits is not named."),
    N_("Name the unit that submits: --set lead_unit=…."),
)
PROPOSE_LEAD = Code(
    "CLB-PROPOSE-LEAD",
    N_("The unit that leads the dossier is not the one the province names."),
    N_("Check the unit's name, or go on with a reason."),
    keys=("lead.unit",),
)
COMP_AGE = Code(
    "CLB-COMP-AGE",
    N_("The province's own elderly age has ended; the law's counts again."),
    N_("Nothing to do: the figures before and after that day count different ages."),
)
COMP_SIZE = Code(
    "CLB-COMP-SIZE",
    N_("The number of members is not what the province states."),
    N_("Complete the member list, or go on with a reason."),
    keys=("membership.size",),
)
COMP_ELDERLY = Code(
    "CLB-COMP-ELDERLY",
    N_("The share of elderly members is not what the province states."),
    N_("Invite more members, or go on with a reason."),
    keys=("membership.elderly_share", "membership.elderly_age"),
)
COMP_WOMEN = Code(
    "CLB-COMP-WOMEN",
    N_("The share of women is not what the province states."),
    N_("Invite more members, or go on with a reason."),
    keys=("membership.women_share",),
)
COMP_POOR = Code(
    "CLB-COMP-POOR",
    N_(
        "The share of members who are poor, near poor or in difficulty is not what the "
        "province states."
    ),
    N_("Invite more members, or go on with a reason."),
    keys=("membership.poor_share",),
)
COMP_YOUNG = Code(
    "CLB-COMP-YOUNG",
    N_("The share of young members is not what the province states."),
    N_("Invite more members, or go on with a reason."),
    keys=("membership.young_share",),
)
COMP_TOGETHER = Code(
    "CLB-COMP-TOGETHER",
    N_("No club of this size can meet all the shares the province states."),
    N_("Choose which share comes first, and go on with a reason."),
    keys=("membership.elderly_share", "membership.young_share", "membership.size"),
)
DECISION_TWICE = Code(
    "CLB-DECISION-TWICE",
    N_("The commune used this decision's number for another decision of the same year."),
    N_("Check the number on the paper; one decision for several clubs is a reason."),
)
APPROVE_ISSUER = Code(
    "CLB-APPROVE-ISSUER",
    N_("The decision was issued by another unit than the club's commune."),
    N_("The People's Committee of the club's commune must decide."),
)
APPRAISAL_MISSING = Code(
    "CLB-APPRAISAL-MISSING",
    N_("The province asks for an aspect of the appraisal that has no conclusion."),
    N_("Complete the appraisal and give the conclusion: --set appraisal.ASPECT=met."),
    keys=("appraisal.aspects",),
)
APPRAISAL_NOT_MET = Code(
    "CLB-APPRAISAL-NOT-MET",
    N_("The appraisal concludes that an aspect the province asks for is not met."),
    N_("Return the dossier with the reasons: clb advance CLUB return."),
    keys=("appraisal.aspects", "appraisal.favourable"),
)
APPRAISAL_DATE = Code(
    "CLB-APPRAISAL-DATE",
    N_("The appraisal is dated after the decision."),
    N_("Check both dates on the papers."),
)
APPRAISAL_NOTED = Code(
    "CLB-APPRAISAL-NOTED",
    N_("An aspect was not met, but the province does not stipulate the appraisal."),
    N_("Nothing has to be done; it is kept in the record."),
    keys=("appraisal.aspects",),
)
PROGRAMME_ENDED = Code(
    "CLB-PROGRAMME-ENDED",
    N_("The province's programme was over on that day."),
    N_("Check the date; go on with the reason, for example a new document."),
)
PROGRAMME_BEFORE = Code(
    "CLB-PROGRAMME-BEFORE",
    N_("On that day none of the province's documents was in force yet."),
    N_("Nothing has to be done; check the date if it is not what you meant."),
)
BUDGET_YEAR = Code(
    "CLB-BUDGET-YEAR",
    N_("More clubs than the year's budget is meant for."),
    N_("Ask the province, or go on with a reason."),
    keys=("budget.yearly",),
)
BUDGET_TOTAL = Code(
    "CLB-BUDGET-TOTAL",
    N_("The grants come to more than the whole programme's budget."),
    N_("Ask the province, or go on with a reason."),
    keys=("budget.total",),
)
QUOTA_NAMED = Code(
    "CLB-QUOTA-NAMED",
    N_("The commune is not on the year's list of communes."),
    N_("Check the commune's name, or go on with a reason."),
    keys=("target.named_communes",),
)
TERRITORY_OUTSIDE = Code(
    "CLB-TERRITORY-OUTSIDE",
    N_("The commune came to the province by a merger; the document covers the old province."),
    N_("Ask the province whether the programme applies there, or go on with a reason."),
    keys=("communes.territory",),
)
TERRITORY_UNKNOWN = Code(
    "CLB-TERRITORY-UNKNOWN",
    N_("The province has grown by a merger, and it is not known where the commune was."),
    N_("Load a list of units that reaches back before the merger: clb commune import FILE."),
    keys=("communes.territory",),
)
TRAIN_TWICE = Code(
    "CLB-TRAIN-TWICE",
    N_("The board has had its initial training."),
    N_("Record it as a supplementary one: --set course.kind=supplementary."),
)
TRAIN_DATES = Code(
    "CLB-TRAIN-DATES",
    N_("The course is recorded before it is over."),
    N_("Check the first day, the number of days and the date."),
)
TRAIN_DAYS = Code(
    "CLB-TRAIN-DAYS",
    N_("The course was shorter than the province states."),
    N_("Complete the course, or go on with a reason."),
    keys=("training.course", "training.initial"),
)
TRAIN_BEFORE = Code(
    "CLB-TRAIN-BEFORE",
    N_("The course began before the decision, which is allowed."),
    N_("Nothing has to be done."),
)
TRAIN_MISSING = Code(
    "CLB-TRAIN-MISSING",
    N_("The club is launched before its board was trained."),
    N_("Train the board first, or go on with a reason; the training stays due."),
    keys=("training.initial",),
)
LAUNCH_CHARTER = Code(
    "CLB-LAUNCH-CHARTER",
    N_("The charter was not adopted at the launch."),
    N_("Adopt it, or go on with a reason."),
    keys=("fund.regulation",),
)
LAUNCH_FUND = Code(
    "CLB-LAUNCH-FUND",
    N_("A fund that the province asks for was not opened."),
    N_("Open it and name it in funds_opened, or go on with a reason."),
    keys=("fund.kinds",),
)
SUPERVISE_EARLY = Code(
    "CLB-SUPERVISE-EARLY",
    N_("The last supervision or the launch is less than the interval ago."),
    N_("Wait until the day named, or go on with a reason."),
    keys=("supervision.interval_months",),
)
SUPERVISE_COUNT = Code(
    "CLB-SUPERVISE-COUNT",
    N_("More people are counted than the club has members."),
    N_("Check the figure and the member list."),
)
SUPERVISE_FUND = Code(
    "CLB-SUPERVISE-FUND",
    N_("What a fund holds is missing, or is not what the club's book has."),
    N_(
        "Compare with clb fund show CLUB: correct the figure, record what is missing, or go on "
        "with a reason."
    ),
)
SUPERVISE_UNOPENED = Code(
    "CLB-SUPERVISE-UNOPENED",
    N_("Money is counted in a fund of which the club's book has no entry."),
    N_("Record what came into it: clb fund record CLUB, or go on with a reason."),
)
SUPERVISE_BOOK = Code(
    "CLB-SUPERVISE-BOOK",
    N_("The supervision has another figure than the club's own book."),
    N_("Compare with clb loan list CLUB or clb club history CLUB, and record what is missing."),
)
TASK_LATE = Code(
    "CLB-TASK-LATE",
    N_("The step comes after the day it was due."),
    N_("Nothing has to be done; the days are kept in the record."),
)
REVIEW_TWICE = Code(
    "CLB-REVIEW-TWICE",
    N_("The year has been reviewed already."),
    N_("Correct the earlier review instead: clb advance CLUB correct."),
)
REVIEW_YEAR = Code(
    "CLB-REVIEW-YEAR",
    N_("The year has not begun, or the club was not yet at work in it."),
    N_("Check the year under review."),
)
REVIEW_STANDARD = Code(
    "CLB-REVIEW-STANDARD",
    N_("A club is recorded as meeting the standard or not, without the document that defines it."),
    N_("Name the document: --set standard_document=…, or leave the standard out."),
)
REVIEW_UNSUPERVISED = Code(
    "CLB-REVIEW-UNSUPERVISED",
    N_("No supervision is recorded for the year under review."),
    N_("Record the supervision first, or go on with a reason."),
)
INDICATOR_BORROWERS = Code(
    "CLB-INDICATOR-BORROWERS",
    N_("Fewer members were helped to borrow than the province's indicator says."),
    N_("Say in the review what the club will do about it."),
    keys=("indicator.borrowers_share",),
)
INDICATOR_INCOME = Code(
    "CLB-INDICATOR-INCOME",
    N_("It was not recorded how many of the borrowers have a better income."),
    N_("Count them at the next supervision: --set borrowers_improved=…."),
    keys=("indicator.borrowers_share",),
)
DISSOLVE_BALANCE = Code(
    "CLB-DISSOLVE-BALANCE",
    N_("The club still has money in its funds."),
    N_("Record where the money went, or say in fund_disposal what becomes of it."),
)
BOARD_OUTSIDER = Code(
    "CLB-BOARD-OUTSIDER",
    N_("Somebody on the board is not on the member list."),
    N_("Check the name, or add the member: clb member add."),
)
BOARD_NEAR = Code(
    "CLB-BOARD-NEAR",
    N_("Somebody on the board is not on the member list, which has nearly the same name."),
    N_("Write the name as the list has it; go on with a reason if it is another person."),
)
ANNUL_LAST = Code(
    "CLB-ANNUL-LAST",
    N_("Only the club's last step can be annulled, and not the opening."),
    N_("See the number of the last step: clb club history CLUB."),
)
ANNUL_MONEY = Code(
    "CLB-ANNUL-MONEY",
    N_("Money was recorded since the step that is taken back; it stays recorded."),
    N_("Take back with a reversal what should not count."),
)
CORRECT_STEP = Code(
    "CLB-CORRECT-STEP",
    N_("This kind of record cannot be corrected."),
    N_("Record it anew, or annul it if it is the last step."),
)
CORRECT_STATE = Code(
    "CLB-CORRECT-STATE",
    N_("A correction cannot change where a step led."),
    N_("Annul the step and take it again."),
)
CORRECT_COMMUNE = Code(
    "CLB-CORRECT-COMMUNE",
    N_("A correction cannot move a club to another commune."),
    N_("Move it with its own step: clb advance CLUB rehome."),
)
CORRECT_AMOUNT = Code(
    "CLB-CORRECT-AMOUNT",
    N_("A correction cannot change money that was recorded."),
    N_("Take the entry back with a reversal and record it again."),
)
RECORD_UNKNOWN = Code(
    "CLB-RECORD-UNKNOWN",
    N_("The club has no record of that number."),
    N_("See the numbers: clb club history CLUB."),
)
FUND_BALANCE = Code(
    "CLB-FUND-BALANCE",
    N_("More money would leave the fund than it holds."),
    N_("Check the amount and the fund: clb fund show CLUB."),
)
FUND_CONTRIBUTION = Code(
    "CLB-FUND-CONTRIBUTION",
    N_("Money of a budget is recorded as a grant, not as a contribution."),
    N_("Record it as a grant: clb fund record CLUB --kind grant --source …."),
)
FUND_GIVER = Code(
    "CLB-FUND-GIVER",
    N_("Money of a budget is recorded by the province or the commune's committee."),
    N_("Ask an officer of the province or the committee to record it: clb officer list."),
)
FUND_TWICE = Code(
    "CLB-FUND-TWICE",
    N_("An entry of the same kind, fund, amount and day is there already."),
    N_("See it: clb fund show CLUB; go on with a reason if it is another amount."),
)
FUND_REPAID = Code(
    "CLB-FUND-REPAID",
    N_("More would be repaid than is still out on loan from that fund."),
    N_("Record interest as a contribution of the source “interest”, or go on with a reason."),
)
FUND_REVERSAL = Code(
    "CLB-FUND-REVERSAL",
    N_("The reversal fits no entry that still counts, or several."),
    N_("Name the entry by its number: --reverses SEQ."),
)
LOAN_UNKNOWN = Code(
    "CLB-LOAN-UNKNOWN",
    N_("The club has no loan of that number."),
    N_("See the numbers: clb loan list CLUB."),
)
LOAN_EARLY = Code(
    "CLB-LOAN-EARLY",
    N_("The day is before the loan was given."),
    N_("Check the date on the paper."),
)
LOAN_NOTHING = Code(
    "CLB-LOAN-NOTHING",
    N_("A repayment of neither principal nor interest."),
    N_("Type what was paid of each."),
)
LOAN_TOO_MUCH = Code(
    "CLB-LOAN-TOO-MUCH",
    N_("More would be repaid or written off than is still owed."),
    N_("See what is owed: clb loan show CLUB LOAN; interest has a field of its own."),
)
LOAN_EXTENSION = Code(
    "CLB-LOAN-EXTENSION",
    N_("The new due day is not later than the one before."),
    N_("Type the new day by which the loan is to be repaid."),
)
LOAN_OVERDUE = Code(
    "CLB-LOAN-OVERDUE",
    N_("The member borrows again while an earlier loan is overdue."),
    N_("Record its repayment or extension first, or go on with a reason."),
)
LOAN_TERMS = Code(
    "CLB-LOAN-TERMS",
    N_("The loan is beyond what the club's own charter allows."),
    N_("Keep to the charter that was entered (clb loan terms), or go on with a reason."),
)
LOAN_CHANGED = Code(
    "CLB-LOAN-CHANGED",
    N_("Something was recorded on the loan since, so it cannot be taken back yet."),
    N_("Take back first what came after: clb loan show CLUB LOAN."),
)
MEETING_COUNT = Code(
    "CLB-MEETING-COUNT",
    N_("More members are ticked as present than took part."),
    N_("Correct the count or the ticks, or go on with a reason."),
)
CARE_COUNT = Code(
    "CLB-CARE-COUNT",
    N_("More people are named in pairs of home care than are counted."),
    N_("Correct the count or the names, or go on with a reason."),
)
CARE_PAIR = Code(
    "CLB-CARE-PAIR",
    N_("A pair of home care is not two people."),
    N_("Write the volunteer, a dash and who is cared for: Lan – Đức."),
)
BORROWER_LEAVES = Code(
    "CLB-BORROWER-LEAVES",
    N_("A member leaves who still owes the club money."),
    N_("Record the repayment or a write-off first, or go on with a reason."),
)
GRANT_UNDECIDED = Code(
    "CLB-GRANT-UNDECIDED",
    N_("The club has not been established by a decision, so it can receive no grant."),
    N_("Record the decision first: clb advance CLUB approve."),
)
GRANT_EARLY = Code(
    "CLB-GRANT-EARLY",
    N_("The grant is dated before the decision of establishment."),
    N_("Check the date on the paper."),
)
GRANT_SECOND = Code(
    "CLB-GRANT-SECOND",
    N_("The club has already received this grant, which is given once."),
    N_("Take the earlier entry back with a reversal if it was a mistake."),
    keys=("grant.establishment", "grant.own_x"),
)
GRANT_AMOUNT = Code(
    "CLB-GRANT-AMOUNT",
    N_("The amount is not the one the province states."),
    N_("Check the amount, or go on with a reason."),
    keys=("grant.establishment", "grant.own_x"),
)
GRANT_RESOLUTION = Code(
    "CLB-GRANT-RESOLUTION",
    N_("The resolution that the grant rests on is not named."),
    N_("Give its number and date: --resolution."),
    keys=("grant.establishment", "grant.own_x"),
)
GRANT_CLASS = Code(
    "CLB-GRANT-CLASS",
    N_("The document gives this grant to clubs of communes of another class."),
    N_("Check the source and the commune, or go on with a reason."),
    keys=("grant.own_x",),
)
GRANT_CONDITION = Code(
    "CLB-GRANT-CONDITION",
    N_("The grant comes after something that is not recorded yet."),
    N_("Record it first, or go on with a reason."),
    keys=("grant.own_x",),
)
GRANT_FUND = Code(
    "CLB-GRANT-FUND",
    N_("The grant is recorded in another fund than the document names."),
    N_("Correct the fund, or go on with a reason."),
    keys=("grant.own_x",),
)
GRANT_NOT_NEW = Code(
    "CLB-GRANT-NOT-NEW",
    N_("The grant is for new clubs, and this one was established before the programme."),
    N_("Check the date of the decision, or go on with a reason."),
    keys=("grant.establishment", "grant.own_x"),
)
MEMBER_UNKNOWN = Code(
    "CLB-MEMBER-UNKNOWN",
    N_("Nobody of that name or id is on the club's list."),
    N_("See the list: clb member list CLUB."),
)
MEMBER_SEVERAL = Code(
    "CLB-MEMBER-SEVERAL",
    N_("Several members have that name."),
    N_("Give the member's id instead of the name."),
)
BOARD_TWICE = Code(
    "CLB-BOARD-TWICE",
    N_("One person is named as chair and as vice chair."),
    N_("Name another person for one of the two posts."),
)
MEMBER_ERASED = Code(
    "CLB-MEMBER-ERASED",
    N_("The member's personal data was erased and is not written again."),
    N_("If the person agrees to be on the list, add the member anew: clb member add."),
)
MEMBER_VALUE = Code(
    "CLB-MEMBER-VALUE",
    N_("A date of birth, a sex or another detail of a member cannot be read."),
    N_("Type it as the message says."),
)
REPORT_EARLY = Code(
    "CLB-REPORT-EARLY",
    N_("A report cannot have been sent before its period began."),
    N_("Check the day and the period."),
)
REPORT_NOTE = Code(
    "CLB-REPORT-NOTE",
    N_("A note for a report has no text: no difficulty, cause or proposal was given."),
    N_("Give at least one of --difficulties, --causes, --proposals."),
)
REPORT_SENT = Code(
    "CLB-REPORT-SENT",
    N_("The report of this period is recorded as sent already."),
    N_("To record it once more, give the reason: --again."),
)
REPORT_ROLE = Code(
    "CLB-REPORT-ROLE",
    N_("The officer does not act for the province whose report this is."),
    N_("An officer of the province records it: clb officer list."),
)
