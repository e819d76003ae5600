"""Findings and errors about boards, members, money and corrections."""

from engine.codes.meaning import Meaning
from engine.i18n import _


def meanings() -> dict[str, Meaning]:
    """Return what each code means, in the language in use."""
    return {
        "CLB-BOARD-OUTSIDER": Meaning(
            _("Somebody on the board is not on the member list."),
            _("Check the name, or add the member: clb member add."),
        ),
        "CLB-ANNUL-LAST": Meaning(
            _("Only the club's last step can be annulled, and not the opening."),
            _("See the number of the last step: clb club history CLUB."),
        ),
        "CLB-ANNUL-MONEY": Meaning(
            _("Money was recorded since the step that is taken back; it stays recorded."),
            _("Take back with a reversal what should not stand."),
        ),
        "CLB-CORRECT-STEP": Meaning(
            _("This kind of record cannot be corrected."),
            _("Record it anew, or annul it if it is the last step."),
        ),
        "CLB-CORRECT-STATE": Meaning(
            _("A correction cannot change where a step led."),
            _("Annul the step and take it again."),
        ),
        "CLB-CORRECT-COMMUNE": Meaning(
            _("A correction cannot move a club to another commune."),
            _("Move it with its own step: clb advance CLUB rehome."),
        ),
        "CLB-CORRECT-AMOUNT": Meaning(
            _("A correction cannot change money that was recorded."),
            _("Take the entry back with a reversal and record it again."),
        ),
        "CLB-RECORD-UNKNOWN": Meaning(
            _("The club has no record of that number."),
            _("See the numbers: clb club history CLUB."),
        ),
        "CLB-FUND-BALANCE": Meaning(
            _("More money would leave the fund than it holds."),
            _("Check the amount and the fund: clb fund show CLUB."),
        ),
        "CLB-FUND-REVERSAL": Meaning(
            _("The reversal fits no standing entry, or several."),
            _("Name the entry by its number: --reverses SEQ."),
        ),
        "CLB-GRANT-UNDECIDED": Meaning(
            _("The club has not been established by a decision, so it can receive no grant."),
            _("Record the decision first: clb advance CLUB approve."),
        ),
        "CLB-GRANT-EARLY": Meaning(
            _("The grant is dated before the decision of establishment."),
            _("Check the date on the paper."),
        ),
        "CLB-GRANT-SECOND": Meaning(
            _("The club has already received this grant, which is given once."),
            _("Take the earlier entry back with a reversal if it was a mistake."),
        ),
        "CLB-GRANT-AMOUNT": Meaning(
            _("The amount is not the one the province states."),
            _("Check the amount, or go on with a reason."),
        ),
        "CLB-GRANT-RESOLUTION": Meaning(
            _("The resolution that the grant rests on is not named."),
            _("Give its number and date: --resolution."),
        ),
        "CLB-GRANT-NOT-NEW": Meaning(
            _("The grant is for new clubs, and this one was established before the programme."),
            _("Check the date of the decision, or go on with a reason."),
        ),
        "CLB-MEMBER-UNKNOWN": Meaning(
            _("Nobody of that name or id is on the club's list."),
            _("See the list: clb member list CLUB."),
        ),
        "CLB-MEMBER-SEVERAL": Meaning(
            _("Several members have that name."), _("Give the member's id instead of the name.")
        ),
        "CLB-BOARD-TWICE": Meaning(
            _("One person is named as chair and as vice chair."),
            _("Name another person for one of the two posts."),
        ),
        "CLB-MEMBER-ERASED": Meaning(
            _("The member's personal data was erased and is not written again."),
            _("If the person agrees to be on the list, add the member anew: clb member add."),
        ),
        "CLB-MEMBER-VALUE": Meaning(
            _("A date of birth, a sex or another detail of a member cannot be read."),
            _("Type it as the message says."),
        ),
        "CLB-REPORT-EARLY": Meaning(
            _("A report cannot have been sent before its period began."),
            _("Check the day and the period."),
        ),
        "CLB-REPORT-SENT": Meaning(
            _("The report of this period is recorded as sent already."),
            _("To record it once more, give the reason: --again."),
        ),
        "CLB-REPORT-ROLE": Meaning(
            _("The officer does not act for the province whose report this is."),
            _("An officer of the province records it: clb officer list."),
        ),
    }
