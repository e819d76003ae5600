"""The named measures a policy chooses from: what counts, out of what, and how that is told.

The names are the policy's vocabulary; the counting itself is one query a measure, elsewhere.
"""

from dataclasses import dataclass

from engine.i18n import _


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to count.

    ``unit`` is what is counted. ``whole`` tells whether it is counted out of something.
    ``known`` is false where the clubs' records cannot tell. ``two_sided`` marks a make-up, of
    which more is not better. ``from_zero`` is false where earlier years' clubs count too.
    """

    id: str
    unit: str
    whole: bool = False
    known: bool = True
    two_sided: bool = False
    from_zero: bool = True


MEASURES = {
    one.id: one
    for one in (
        Measure("clubs_decided", "clubs"),
        Measure("clubs_total", "clubs", from_zero=False),
        Measure("elderly_members", "members"),
        Measure("women_among_elderly", "members", whole=True, two_sided=True),
        Measure("clubs_maintained", "clubs", whole=True),
        Measure("clubs_trained_and_supervised", "clubs", whole=True),
        Measure("clubs_initial_and_yearly_training", "clubs", whole=True),
        Measure("clubs_well_run", "clubs", whole=True),
        Measure("clubs_with_both_funds", "clubs", whole=True),
        Measure("clubs_income_fund_minimum", "clubs", whole=True),
        Measure("clubs_full_activities_monthly", "clubs", whole=True),
        Measure("clubs_new_tasks", "clubs", whole=True, known=False),
        Measure("communes_with_clubs", "communes", whole=True),
        Measure("communes_with_clubs_to_standard", "communes", whole=True),
        Measure("villages_with_clubs", "villages", whole=True),
        Measure("members_with_need_served", "members", whole=True),
        Measure("members_who_borrowed", "members", whole=True),
        Measure("grant_amount", "dong"),
        Measure("grants_a_year", "clubs"),
        Measure("outside", "members", whole=True, known=False),
    )
}
"""Every measure by its id."""

OWN = frozenset({"members_who_borrowed"})
"""Measures of a club's own indicator, which a policy states under ``indicator``, not ``target``."""


def how(measure: str) -> str:
    """Return the sentence that says what a measure counts."""
    return {
        "clubs_decided": _(
            "Clubs whose decision of establishment falls in the period, by the day of the "
            "decision; a club dissolved later stays counted."
        ),
        "clubs_total": _(
            "All clubs established by the day, of earlier years too; dissolved ones are left out."
        ),
        "elderly_members": _(
            "Members who had turned the elderly age on the day, in clubs decided in the period "
            "and not dissolved; a birth year alone counts from its first day."
        ),
        "women_among_elderly": _(
            "Women among the elderly members of clubs decided in the period and not dissolved, "
            "over the whole province."
        ),
        "clubs_maintained": _(
            "Clubs established by the day that are neither dissolved nor suspended on it, out of "
            "all of them; a club dissolved before the period began is not among them."
        ),
        "clubs_trained_and_supervised": _(
            "Clubs whose board had its initial training and that were supervised at least once in "
            "the period, out of those established and not dissolved."
        ),
        "clubs_initial_and_yearly_training": _(
            "Clubs whose board had its initial training and no refresher overdue on the day, out "
            "of those established and not dissolved."
        ),
        "clubs_well_run": _(
            "Clubs whose last yearly review in the period found them well run and that reach the "
            "province's share of borrowers at their last supervision, out of those established "
            "and not dissolved."
        ),
        "clubs_with_both_funds": _(
            "Launched clubs with the funds the province asks for (opened at the launch, or with "
            "an entry in the ledger) and with a charter where it asks for one, out of those "
            "established and not dissolved."
        ),
        "clubs_income_fund_minimum": _(
            "Clubs whose income fund reached the minimum at the last supervision, or by the "
            "ledger where there was none (money lent out belongs to the fund), out of those "
            "established and not dissolved."
        ),
        "clubs_full_activities_monthly": _(
            "Clubs whose last supervision in the period found every activity held and a meeting "
            "for each month since the one before, out of those established and not dissolved."
        ),
        "clubs_new_tasks": _("It cannot be measured from the clubs' records."),
        "communes_with_clubs": _(
            "Communes with at least the wanted number of clubs established and not dissolved, "
            "each commune once."
        ),
        "communes_with_clubs_to_standard": _(
            "Communes with at least the wanted number of clubs that meet the standard by the last "
            "yearly review that says so and names the document, each commune once. Where no review "
            "of a club says it, it is not known, and told apart."
        ),
        "villages_with_clubs": _(
            "Villages with a club established and not dissolved, each village once; a share is "
            "told only where the loaded list of units has the villages."
        ),
        "members_with_need_served": _(
            "Members with need who were helped, out of members with need, by each club's last "
            "supervision in the period; without a figure of those helped, its borrowers count."
        ),
        "members_who_borrowed": _(
            "Members who borrowed, out of all members (or those with need, as the document "
            "says), by each club's last supervision; clubs never supervised have no figures."
        ),
        "grant_amount": _(
            "Establishment grants recorded in the period from the province's source, less those "
            "taken back."
        ),
        "grants_a_year": _(
            "Clubs that received the establishment grant in the year, each club once; grants "
            "taken back are left out."
        ),
        "outside": _("It cannot be measured from the clubs' records."),
    }[measure]


def reason(code: str) -> str:
    """Return why a club counts in a marked way, or does not count."""
    return {
        "before_document": _("decided before the document's first day: counted and marked"),
        "dissolved": _("dissolved"),
        "suspended": _("suspended"),
        "not_trained": _("no initial training"),
        "not_supervised": _("not supervised in the period"),
        "no_figures": _("no supervision with figures"),
        "refresher_late": _("refresher training overdue"),
        "not_reviewed": _("no yearly review in the period"),
        "not_well_run": _("not found well run by its review"),
        "few_borrowers": _("too few members borrowed"),
        "not_launched": _("not launched"),
        "no_income_fund": _("no income fund"),
        "no_operating_fund": _("no operating fund"),
        "no_charter": _("charter not adopted"),
        "fund_small": _("income fund below the minimum"),
        "few_activities": _("not every activity held"),
        "few_meetings": _("not a meeting a month"),
        "few_clubs": _("fewer clubs than wanted"),
        "few_to_standard": _("fewer clubs that meet the standard than wanted"),
        "standard_not_met": _("found not to meet the standard"),
        "standard_unknown": _("no review says whether the standard is met"),
        "village_not_listed": _("not in the list of villages that is loaded"),
        "not_named": _("its commune is not on the list"),
        "no_club": _("no club decided in the period"),
        "no_club_there": _("no club"),
        "not_listed": _("not in the list of communes that is loaded"),
    }[code]
