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
    "roles_of_any_level": {
        "value": "who may take the step",
        "new_clubs_only": "for a club decided in an earlier year than the value begins, the "
        "general procedure holds",
    },
    "roles_of_movers": {"value": "who may take the step"},
    "sources_list": {"value[].id": "a source by its id"},
    "dated_boolean": {"value": "whether the document asks for it"},
    "dated_range": {"value.min": "at least", "value.max": "at most"},
    "dated_share": {
        "value.min": "at least so many percent",
        "value.max": "at most",
        "includes": "whom the share is to include, in the document's words; shown, not counted",
    },
    "grant_establishment": {
        "value": "đồng a club, or from so many to so many",
        "once_a_club": "a second grant to the same club is refused",
        "resolution_required": "refused without the number of the People's Council's resolution",
        "new_clubs_only": "a club decided in an earlier year than the value begins is warned of",
        "funds_source": "whose money it is; left out: `province_budget`",
        "fund_named": "the fund the document names",
    },
    "grant_own": {
        "value": "đồng a club, or from so many to so many; another amount is warned of",
        "title": "what the document calls it",
        "funds_source": "whose money it is: an entry of this source is held to it",
        "donor": "only entries of this donor",
        "classes": "only clubs in communes of these classes; others are warned of",
        "order": "its place among several from one source (đợt); left out: 1. The first that the "
        "club has not received is the one meant",
        "after": "warned of before this is recorded of the club",
        "into": "the fund it goes into; an entry of another is warned of",
        "once_a_club": "refused once more than all of the source were received",
        "resolution_required": "refused without the number of the People's Council's resolution",
        "new_clubs_only": "a club decided in an earlier year than the value begins is warned of",
    },
    "budget_total": {
        "value.clubs": "shown; money alone is warned of here",
        "value.amount": "đồng that all establishment grants stay within, warned of when passed",
    },
    "dated_budget": {
        "value.clubs": "the number that is warned of when passed; a target alone warns of nothing",
        "value.amount": "đồng: `clubs` times the establishment grant, where both are stated",
    },
    "indicator_borrowers_share": {
        "value.min": "at least so many percent",
        "value.of": "all members, or only those with need",
        "value.counts": "any loan; money only; also loans in kind; also income activities",
        "value.improved_income": "only borrowers whose income has improved count",
    },
    "dated_target": {
        "value.kind": "see [the kinds](../policy-keys.md#kinds-of-targets-and-what-they-measure)",
        "value.measure": "what is counted",
        "value.target": "the number asked for; `{ over = 50 }` is more than 50",
        "value.unit": "of what: percent for a `share`",
        "value.from": "first day that counts; left out: the value's own. A plan signed in March "
        "that means the whole year wants 1 January of that year",
        "value.to": "last day that counts, for a target to be met before the document ends",
        "value.yearly": "the number is asked for anew each year from `value.from` to `value.to`: a "
        "row a year",
        "value.reading": "the reading taken, where the words can be read in two ways",
        "value.counts": "which loans count",
        "value.cohort.from": "only clubs decided from this day",
        "value.cohort.to": "only clubs decided up to this day",
        "value.communes[].name": "each commune named, for kind `named`",
        "value.communes[].district": "its former district, where two have one name",
        "value.per_commune.min": "a commune counts from so many clubs on, for kind `coverage`",
        "value.per_commune.max": "shown, not counted",
    },
    "measure_own": {
        "value.label": "how it is counted, in a sentence: `clb progress --explain` prints it",
        "value.count": "clubs; communes or districts that have `each` clubs; or the `total` of a "
        "figure over the clubs",
        "value.adds.figure": "of a total: what is added up",
        "value.adds.field": "in place of a figure: a field of your own that holds a number or an "
        "amount, as its key is without `form.`",
        "value.out_of.figure": "of a total that is a share: what it is a share of",
        "value.out_of.field": "in place of a figure: a field of your own",
        **{
            f"value.{part}.{name}": f"of `money`: as in `where`, {of}"
            for part in ("adds", "out_of")
            for name, of in (
                ("kinds", "which entries"),
                ("sources", "from which sources"),
                ("funds", "of which funds"),
                ("grants", "by which grants, by their names"),
            )
        },
        **{
            f"value.{part}.ever": "count from the club's beginning, not only in the target's period"
            for part in ("adds", "out_of")
        },
        "value.clubs": "`all` established and not dissolved (left out: these), only the `new` ones "
        "decided in the target's period, or the `launched` ones",
        "value.classes": "only clubs, or communes, of these classes: `rural` (xã), `ward` (phường) "
        "and `town` (thị trấn) by name, others as `communes.classes` lists them",
        "value.where[].figure": "conditions that a club meets, all of them: members by the day, "
        "figures of the last supervision, numbers of records, or `money` of the ledger",
        "value.where[].field": "in place of a figure: a field of your own, by the last record of "
        "the period that has it",
        "value.where[].is": "of a choice, or of yes and no (`true`, `false`): one of these",
        "value.where[].kinds": "of `money`: which entries; left out: grants and contributions",
        "value.where[].sources": "of `money`: from which sources; left out: from any",
        "value.where[].funds": "of `money`: of which funds; left out: of any",
        "value.where[].grants": "of `money`: by which grants, by their names; left out: by any",
        "value.where[].ever": "count from the club's beginning, not only in the target's period",
        "value.where[].min": "at least; without any bound: more than 0",
        "value.where[].max": "at most",
        "value.where[].over": "more than",
        "value.where[].under": "less than",
        "value.each.min": "of communes and districts: at least so many such clubs; left out: one",
        "value.each.max": "at most so many",
    },
    "commune_classes": {
        "value[].class": "`mountain`, `minority` ..., or one of your own that begins with `own_`",
        "value[].communes": "the communes of the class, by the names of that day",
    },
    "commune_districts": {
        "value[].name": "the district; end the value where there are none any more",
        "value[].communes": "its communes; those of the list of units that is loaded come on top",
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
    "value_own": {
        "value": "what the document states and no key of the engine's has: a dues rate",
        "title": "what it is, as people read it",
        "unit": "`dong` or `percent`: how it is printed",
        "per": "per what, in the document's words: “một thành viên một năm”",
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
        "value.due.days_after": "at the latest so many days after the period's last one",
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
    "form_own": {
        "value.label": "what the field is called, on the form and on papers",
        "value.type": "what is filled in; a `person` is a member of the club, kept by id",
        "value.unit": "of a number: what it counts, shown with the label",
        "value.choices": "of a choice: the answers; the one chosen is kept as it is written here",
        "value.required": "the step is refused without it, from the value's first day to its last",
        "value.personal": "of a text, always `false`: who is named or described is a `person`",
        "value.help": "one sentence: what is meant and where to find it",
        "value.example": "an answer as people type it",
    },
    "appraisal_aspects": {
        "value": "what the appraisal must conclude on; an aspect of your own begins with `own_`",
        "labels": 'what each of your own aspects is called: `labels = { own_dat_dai = "Đất đai" }`',
    },
    "inspection_own": {
        "value": "months; the province's own round, not a task of each club",
        "label": "what the inspection is called",
        "by": "who inspects",
    },
    "paper_own": {
        "value.title": "what the paper is called; its template is `templates/own_NAME.docx`",
        "value.of": "the step whose record it is written from, one of your own too",
        "value.names_members": "only for who may take the member list out",
    },
    "step_own": {
        "value.label": "what the step is called",
        "value.before": "the step of the life that is refused until this one is recorded",
        "value.by": "who records it",
        "value.passes": "of fields of this step, the answers after which the step of the life may "
        'be taken: `passes = { own_y_kien = ["Đồng ý"] }`; left out: whatever was answered',
    },
    "setting_shared_year_phase": {"value": "the name of one `phase.*`"},
    "setting_days": {"value": "days"},
    "setting_own": {"value": "what your own hooks ask for: `request.rules.stated(key, day)`"},
}


def meaning(shape: str, field: str) -> str:
    """Return what a field of a shape means; empty where its name shows it."""
    return OF_SHAPE.get(shape, {}).get(field) or EVERYWHERE.get(field, "")
