"""What the fields of the policy's values mean, where their names do not show it."""

from collections.abc import Mapping

EVERYWHERE: Mapping[str, str] = {
    "value.label": "as people read it in tables and reports",
    "value[].label": "as people read it",
    "value[].note": "a remark printed next to it",
}
OF_SHAPE: Mapping[str, Mapping[str, str]] = {
    "roles_of_commune": {"value": "who may take the step"},
    "roles_of_committee": {"value": "who may take the step"},
    "roles_of_any_level": {"value": "who may take the step"},
    "roles_of_movers": {"value": "who may take the step"},
    "dated_boolean": {"value": "whether the document asks for it"},
    "dated_range": {"value.min": "at least", "value.max": "at most"},
    "dated_share": {
        "value.min": "at least so many percent",
        "value.max": "at most",
        "includes": "whom the share is to include, in the document's words; shown, not counted",
    },
    "grant_establishment": {
        "value": "đồng a club",
        "once_a_club": "a second grant to the same club is refused",
        "resolution_required": "refused without the number of the People's Council's resolution",
        "new_clubs_only": "a club decided in an earlier year than the value begins is warned of",
        "funds_source": "whose money it is; left out: `province_budget`",
        "fund_named": "the fund the document names",
    },
    "dated_budget": {
        "value.clubs": "the number that is warned of when passed; a target alone warns of nothing",
        "value.amount": "đồng: `clubs` times the establishment grant, where both are stated",
    },
    "indicator_borrowers_share": {
        "value.min": "at least so many percent",
        "value.of": "all members, or only those with need",
        "value.counts": "any loan; money only; also loans in kind; also income activities",
        "value.improved_income": "a better income is asked for too, which no record holds",
    },
    "dated_target": {
        "value.kind": "see [above](#kinds-of-targets-and-what-they-measure)",
        "value.measure": "what is counted",
        "value.target": "the number asked for",
        "value.unit": "of what: percent for a `share`",
        "value.from": "first day that counts; left out: the value's own. A plan signed in March "
        "that means the whole year wants 1 January of that year",
        "value.to": "last day that counts, for a target to be met before the document ends",
        "value.reading": "the reading taken, where the words can be read in two ways",
        "value.counts": "which loans count",
        "value.cohort.from": "only clubs decided from this day",
        "value.cohort.to": "only clubs decided up to this day",
        "value.communes[].name": "each commune named, for kind `named`",
        "value.communes[].district": "its former district, where two have one name",
        "value.per_commune.min": "a commune counts from so many clubs on, for kind `coverage`",
        "value.per_commune.max": "shown, not counted",
    },
    "supervision_interval_months": {
        "value": "months from the launch or the last supervision to the next: a task of each club",
        "new_clubs_only": "a club decided in an earlier year than the value begins is reminded by "
        "the general procedure, and this value is not cited to it",
    },
    "inspection_interval_months": {
        "value": "months; the province's own round, not a task of each club",
        "by": "who inspects",
    },
    "training_initial": {
        "value.days": "days of the course; a shorter one is warned of",
        "value.posts": "who attends; `board` is the whole board",
        "value.audience": "in the document's words",
        "value.before_decision": "the document puts the training before the decision",
        "new_clubs_only": "not stipulated for a club decided in an earlier year than it begins",
    },
    "training_supplementary": {
        "value.months": "months until it is due",
        "value.start": "counted from the initial training, the decision or the launch",
    },
    "training_refresher": {"value.months": "months from one to the next"},
    "training_board_change": {"value": "a change of these posts asks for a training"},
    "training_course": {
        "value.days": "days of one course; goes before the days of `training.initial`",
        "value.per_year": "courses a year",
        "value.years": "the years that have them",
    },
    "training_matrix": {
        "title": "what the document calls it, for the list of what is due",
        "value[].year": "the year of the course",
        "value[].cohort": "for clubs decided in this year",
        "value[].times": "so many times",
        "value[].days": "days each",
    },
    "dated_activities": {
        "value[].id": "a known id, or one of your own that begins with `own_`",
        "open_ended": "the document's list ends with “and so on”: papers count nothing out of it",
    },
    "funding_by_activity": {
        "value[].activity": "in the document's words",
        "value[].funding": "where the money is from",
        "value[].lead": "who is in charge",
    },
    "commune_succession": {
        "value[].name": "the commune that was",
        "value[].district": "its former district",
        "value[].successor": "the commune it became",
        "value[].from": "the first day of the new one",
        "value[].confirmed": "false where no text at hand states it",
    },
    "commune_territory": {
        "value.province": "the former province the document speaks of",
        "value.until": "its last day",
    },
    "dated_report": {
        "value.title": "what the report is called",
        "value.cycle": "`other`: not every half-year or year",
        "value.halves": "which halves of the year have it; left out: both",
        "value.once_in": "the only year that has it",
        "value.first_year": "the first year that the report made in `once_in` is about; the "
        "document's first day if left out",
        "value.due.before": "month and day **before** which it is sent: before 15 June is due on "
        "the 14th",
        "value.to": "who receives it: names of `routing.*`, `own_` ones too, stated in this file",
        "value.via": "through whom: a name of `routing.*`",
        "value.reporters": "who reports, in the document's words",
    },
    "dated_agency": {
        "value.name": "what the office is called in these days",
        "value.confirmed": "false where the document calls it otherwise and you concluded it",
    },
    "phase_own": {"value.from": "first day", "value.to": "last day"},
    "duty_own": {"agency": "whose duty it is"},
    "basis_own": {
        "value.text": "the law or decision as a paper cites it",
        "value.issued": "its date",
        "value.order": "its place among the grounds of papers; without it none cites it",
    },
    "lead_unit": {
        "value": "the unit in the document's words",
        "role": "the role it acts for: a proposal led by a unit of another name is warned of",
    },
    "lead_province": {
        "value": "the office that heads the papers of the province: a name of `routing.*`",
    },
    "setting_shared_year_phase": {"value": "the name of one `phase.*`"},
    "setting_own": {"value": "what your own hooks ask for: `request.rules.stated(key, day)`"},
}


def meaning(shape: str, field: str) -> str:
    """Return what a field of a shape means; empty where its name shows it."""
    return OF_SHAPE.get(shape, {}).get(field) or EVERYWHERE.get(field, "")
