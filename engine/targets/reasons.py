"""Why a row of a measure counts in a marked way, or does not count: the queries' codes in words."""

from collections.abc import Mapping

from engine.i18n import N_, _
from engine.labels import FUNDS_MISSING

REASONS: Mapping[str, str] = {
    "before_document": N_("decided before the document's first day: counted and marked"),
    "dissolved": N_("dissolved"),
    "suspended": N_("suspended"),
    "not_trained": N_("no initial training"),
    "not_supervised": N_("not supervised in the period"),
    "no_figures": N_("no supervision with figures"),
    "not_answered": N_("no record of the period has what is asked for"),
    "income_unknown": N_("no supervision says how many borrowers have a better income"),
    "by_book": N_("counted by the club's loan book"),
    "no_loan_book": N_("no loan is in the club's book"),
    "by_own_book": N_("counted by the club's recorded meetings and loan book"),
    "refresher_late": N_("refresher training overdue"),
    "not_reviewed": N_("no yearly review in the period"),
    "not_well_run": N_("not found well run by its review"),
    "few_borrowers": N_("too few members borrowed"),
    "few_borrowers_booked": N_("too few members borrowed by the club's loan book"),
    "not_launched": N_("not launched"),
    **{f"no_{fund}_fund": text for fund, text in FUNDS_MISSING.items()},
    "no_own_fund": N_("a fund of the province's own that it asks for is missing"),
    "no_charter": N_("charter not adopted"),
    "fund_small": N_("income fund below the minimum"),
    "few_activities": N_("not every activity held"),
    "few_meetings": N_("not a meeting a month"),
    "by_meetings": N_("counted by the club's recorded meetings"),
    "few_activities_met": N_("not every activity in its recorded meetings"),
    "few_months_met": N_("a month without a recorded meeting"),
    "few_clubs": N_("fewer clubs than wanted"),
    "many_clubs": N_("more clubs than wanted"),
    "condition_not_met": N_("does not meet the condition"),
    "other_class": N_("its commune is of another class"),
    "no_district": N_("its district is not known"),
    "few_to_standard": N_("fewer clubs that meet the standard than wanted"),
    "standard_not_met": N_("found not to meet the standard"),
    "standard_unknown": N_("no review says whether the standard is met"),
    "village_not_listed": N_("not in the list of villages that is loaded"),
    "not_named": N_("its commune is not on the list"),
    "no_club": N_("no club decided in the period"),
    "no_club_there": N_("no club"),
    "not_listed": N_("not in the list of communes that is loaded"),
}
"""Why a club counts in a marked way, or does not count."""


def reason(code: str) -> str:
    """Return why a club counts in a marked way, or does not count."""
    return _(REASONS[code])
