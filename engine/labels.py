"""Every word for a closed value, once: what people call a state, a role, a fund, a post ...

Each vocabulary is a mapping in the order people expect, its words English and marked for the
catalogues; the function after it returns the word in the language in use. Where a context needs
another wording of the same values, it has a mapping of its own here, named after that context:
``POLICY_...`` as a policy is shown, ``PAPER_...`` as administrative papers write it (Vietnamese,
whatever the language in use), ``LIST_...`` as member lists do.
"""

from collections.abc import Iterable, Mapping

from engine.frozen import EMPTY
from engine.i18n import N_, _, places, read_in
from engine.model import (
    EntryKind,
    FundKind,
    Level,
    Officer,
    Role,
    State,
    TaskKind,
    balance_of,
)
from engine.vietnamese.text import dong

# -- who acts, and what they do ------------------------------------------------------------------

ROLES: Mapping[str, str] = {
    Role.ASSOCIATION: N_("the commune's Association of the Elderly"),
    Role.COMMITTEE: N_("the commune People's Committee"),
    Role.DISTRICT: N_("the district"),
    Role.PROVINCE: N_("the province"),
    Role.ADMIN: N_("the province's administrator"),
}


CITY_ROLES: Mapping[str, str] = {
    **ROLES,
    Role.PROVINCE: N_("the city"),
    Role.ADMIN: N_("the city's administrator"),
}
"""The roles where the province is a city (thành phố trực thuộc trung ương)."""


PROVINCE_OR_CITY = "tỉnh, thành phố"
"""The context of messages about a province while it is not known whether it is a city."""


HOLDERS: Mapping[str, str] = {
    Role.DISTRICT: N_("officer of the district"),
    Role.PROVINCE: N_("officer of the province"),
}
CITY_HOLDERS: Mapping[str, str] = {**HOLDERS, Role.PROVINCE: N_("officer of the city")}
"""Who holds a role, where people do not call a person what they call the body."""


OFFICES: Mapping[str, str] = {
    Role.ASSOCIATION: N_("Association of the Elderly, {commune}"),
    Role.COMMITTEE: N_("People's Committee, {commune}"),
    Role.DISTRICT: N_("the district: {commune}"),
}
"""The offices of a commune or district, with its name."""


def role_name(role: Role | str, *, city: bool = False) -> str:
    """Return what people call a role, in a province or in a ``city``."""
    return _((CITY_ROLES if city else ROLES)[role])


def holder_name(role: Role | str, *, city: bool = False) -> str:
    """Return what people call somebody with a role: of a province an officer of it."""
    held = (CITY_HOLDERS if city else HOLDERS).get(role)
    return role_name(role, city=city) if held is None else _(held)


def logged_role(role: Role | str) -> str:
    """Return what people call a role in a log, which does not say whether it is a city's.

    Where the reader works in a city, or a city is read about, it is.
    """
    with read_in(*(places() or (PROVINCE_OR_CITY,))):
        return role_name(role)


def role_names(roles: Iterable[Role | str], *, city: bool = False) -> str:
    """Return several roles as one phrase."""
    return _(" or ").join(role_name(role, city=city) for role in roles)


def office_name(office: Officer, *, city: bool = False) -> str:
    """Return an office as people say it: the role, and of which commune where it is of one."""
    if office.commune is None:
        return holder_name(office.role, city=city)
    kind, _space, name = office.commune.partition(" ")
    where = f"{kind.lower()} {name}" if name else kind
    return _(OFFICES[office.role]).format(commune=where)


def acting(officer: Officer, *, city: bool = False) -> str:
    """Return who acts, and in which role (vai trò): the name, then the role."""
    return f"{officer.called}, {role_name(officer.role, city=city)}"


STATES: Mapping[str, str] = {
    State.NONE: N_("not opened yet"),
    State.PREPARING: N_("preparing the dossier"),
    State.PROPOSED: N_("proposed"),
    State.RETURNED: N_("dossier returned"),
    State.WITHDRAWN: N_("withdrawn"),
    State.REJECTED: N_("rejected"),
    State.APPROVED: N_("established by decision"),
    State.TRAINED: N_("board trained"),
    State.LAUNCHED: N_("launched"),
    State.OPERATING: N_("operating"),
    State.CONSOLIDATING: N_("being consolidated"),
    State.SUSPENDED: N_("suspended"),
    State.DISSOLVED: N_("dissolved"),
}


def state_name(state: State | str) -> str:
    """Return what people call a state."""
    return _(STATES[state])


def state_names(states: Iterable[State | str]) -> str:
    """Return several states as one phrase."""
    return ", ".join(state_name(state) for state in states)


STEPS: Mapping[str, str] = {
    "open": N_("open the file"),
    "propose": N_("propose to the commune People's Committee"),
    "withdraw": N_("withdraw the proposal"),
    "return": N_("return the dossier"),
    "reject": N_("reject the proposal"),
    "approve": N_("decide the establishment"),
    "train": N_("train the board"),
    "launch": N_("launch the club"),
    "supervise": N_("supervise"),
    "review": N_("review the year"),
    "consolidate": N_("finish the consolidation"),
    "suspend": N_("suspend"),
    "resume": N_("resume"),
    "dissolve": N_("dissolve"),
    "roster": N_("change the member list"),
    "set_board": N_("name the board"),
    "change_board": N_("change the board"),
    "fund": N_("record fund money"),
    "meeting": N_("record a meeting"),
    "lending_terms": N_("record the charter's terms of lending"),
    "lend": N_("lend to a member"),
    "repay": N_("record a repayment of a loan"),
    "extend": N_("extend a loan"),
    "write_off": N_("write a loan off"),
    "care": N_("record a month's home care"),
    "rename": N_("rename the club"),
    "rehome": N_("move to another commune"),
    "correct": N_("correct an earlier record"),
    "annul": N_("annul the last step"),
    "erase": N_("erase a member's personal data"),
    "export": N_("export the full member list"),
}
PROVINCE_STEPS: Mapping[str, str] = {
    "key_add": N_("register an officer's key"),
    "key_end": N_("end an officer's key"),
    "officer_add": N_("add an officer"),
    "officer_change": N_("change an officer"),
    "officer_first": N_("add another province's first administrator"),
    "officer_remove": N_("remove an officer"),
    "report_note": N_("note difficulties and proposals for a report"),
    "report_sent": N_("record a report as sent"),
    "seal": N_("seal the log"),
    "supersede": N_("take events again on top of another database's"),
    "merge": N_("merge into another province"),
    "merge_in": N_("take a merged province over"),
    "units_import": N_("load administrative units"),
}
"""What is recorded about a province, not about a club."""


def step_name(step: str) -> str:
    """Return what people call a step, of a club or of a province; an unknown one is its id."""
    name = STEPS.get(step) or PROVINCE_STEPS.get(step)
    return _(name) if name else step


STAGES: Mapping[str, str] = {
    "proposal": N_("proposal"),
    "approval": N_("decision"),
    "training": N_("training"),
    "launch": N_("launch"),
    "supervision": N_("supervision"),
    "review": N_("yearly review"),
    "closure": N_("suspension and dissolution"),
    "records": N_("records"),
    "book": N_("the club's book"),
}


def stage_name(stage: str) -> str:
    """Return what people call a stage of a club's life; an unknown one is its id."""
    name = STAGES.get(stage)
    return _(name) if name else stage


TASKS: Mapping[str, str] = {
    TaskKind.SUPERVISION: N_("supervision"),
    TaskKind.REVIEW: N_("yearly review"),
    TaskKind.TRAINING_INITIAL: N_("initial training"),
    TaskKind.TRAINING_SUPPLEMENTARY: N_("supplementary training"),
    TaskKind.TRAINING_REFRESHER: N_("refresher training"),
    TaskKind.TRAINING_BOARD: N_("training after a change of the board"),
    TaskKind.MEETING: N_("meeting"),
    TaskKind.SUPPORT: N_("technical support"),
    TaskKind.REPORT: N_("report"),
    TaskKind.INSPECTION: N_("inspection"),
    TaskKind.OWN_STEP: N_("a step of the province's own"),
    TaskKind.LAUNCH: N_("launch"),
    TaskKind.LOAN: N_("repayment of a loan"),
    TaskKind.EXCHANGE: N_("ask for the commune's file"),
}


def task_name(kind: TaskKind | str) -> str:
    """Return what people call a kind of task."""
    return _(TASKS[kind])


LEVELS: Mapping[str, str] = {
    Level.BLOCK: N_("refuses"),
    Level.WARN: N_("warns"),
    Level.NOTE: N_("notes"),
}


def level_name(level: Level | str) -> str:
    """Return what a finding of a level does, as a verb."""
    return _(LEVELS[level])


# -- money ---------------------------------------------------------------------------------------

FUNDS: Mapping[str, str] = {
    FundKind.INCOME: N_("income fund"),
    FundKind.OPERATING: N_("operating fund"),
}
FUND_COLUMNS: Mapping[str, str] = {
    FundKind.INCOME: N_("Income fund (đồng)"),
    FundKind.OPERATING: N_("Operating fund (đồng)"),
}
"""The heading above what one club's fund holds."""
FUND_SUMS: Mapping[str, str] = {
    FundKind.INCOME: N_("Income funds (đồng)"),
    FundKind.OPERATING: N_("Operating funds (đồng)"),
}
"""The heading above what the funds of several clubs hold together."""
FUNDS_MISSING: Mapping[str, str] = {
    FundKind.INCOME: N_("no income fund"),
    FundKind.OPERATING: N_("no operating fund"),
}
POLICY_FUNDS: Mapping[str, str] = {
    FundKind.INCOME: N_("the fund to raise income"),
    FundKind.OPERATING: N_("the operating fund"),
}
PAPER_FUNDS: Mapping[str, str] = {
    FundKind.INCOME: "Quỹ để tăng thu nhập",
    FundKind.OPERATING: "Quỹ hoạt động",
}

NO_ENTRY = N_("no entry yet")
PAPER_NO_ENTRY = "Chưa ghi khoản nào"
"""What a fund holds that the club has no entry of, opened at its launch or not."""


def fund_name(fund: FundKind | str, own: Mapping[str, str] = EMPTY) -> str:
    """Return what people call a fund; ``own`` are the labels of the province's own."""
    return own.get(fund) or _(FUNDS.get(fund, fund))


def fund_held(held: int | None) -> str:
    """Return what a fund holds, in words: an amount, or that nothing is recorded."""
    return _(NO_ENTRY) if held is None else dong(held)


def fund_names(funds: Iterable[FundKind | str], own: Mapping[str, str] = EMPTY) -> str:
    """Return several funds as one phrase."""
    return ", ".join(fund_name(fund, own) for fund in funds)


def paper_fund(fund: FundKind | str, own: Mapping[str, str] = EMPTY) -> str:
    """Return what papers call a fund."""
    return own.get(fund) or PAPER_FUNDS.get(fund, fund)


ENTRIES: Mapping[str, str] = {
    EntryKind.GRANT: N_("grant"),
    EntryKind.CONTRIBUTION: N_("contribution"),
    EntryKind.OPENING: N_("opening balance"),
    EntryKind.LOAN: N_("loan"),
    EntryKind.REPAYMENT: N_("repayment"),
    EntryKind.EXPENSE: N_("expense"),
    EntryKind.REVERSAL: N_("reversal"),
}


PAPER_ENTRIES: Mapping[str, str] = {
    EntryKind.GRANT: "Nhận hỗ trợ",
    EntryKind.CONTRIBUTION: "Thu đóng góp",
    EntryKind.OPENING: "Số dư ban đầu",
    EntryKind.LOAN: "Cho thành viên vay",
    EntryKind.REPAYMENT: "Thành viên trả tiền vay",
    EntryKind.EXPENSE: "Chi hoạt động",
    EntryKind.REVERSAL: "Ghi đảo",
}


def entry_name(kind: EntryKind | str) -> str:
    """Return what people call a kind of ledger entry."""
    return _(ENTRIES[kind])


SOURCES: Mapping[str, str] = {
    "province_budget": N_("province's budget"),
    "district_budget": N_("district's budget"),
    "commune_budget": N_("commune's budget"),
    "donor": N_("donor"),
    "socialised": N_("raised from society"),
    "member": N_("the members themselves"),
    "care_fund": N_("care fund for the elderly"),
    "bank": N_("bank"),
    "interest": N_("interest"),
    "other": N_("other source"),
}
POLICY_SOURCES: Mapping[str, str] = {
    "province_budget": N_("the province's budget"),
    "district_budget": N_("the district's budget"),
    "commune_budget": N_("the commune's budget"),
    "donor": SOURCES["donor"],
}
PAPER_SOURCES: Mapping[str, str] = {
    "province_budget": "ngân sách tỉnh, thành phố",
    "district_budget": "ngân sách huyện",
    "commune_budget": "ngân sách xã, phường",
    "donor": "nhà tài trợ",
    "socialised": "xã hội hóa",
    "member": "thành viên đóng góp",
    "care_fund": "Quỹ chăm sóc và phát huy vai trò người cao tuổi",
    "bank": "ngân hàng",
    "interest": "tiền lãi",
    "other": "nguồn khác",
}


def source_name(source: str, own: Mapping[str, str] = EMPTY) -> str:
    """Return what people call a source of money; ``own`` are the labels of the province's own."""
    return own.get(source) or _(SOURCES.get(source, source))


def paper_source(source: str, own: Mapping[str, str] = EMPTY) -> str:
    """Return what papers call a source of money."""
    return own.get(source) or PAPER_SOURCES.get(source, source)


# -- the board and the members -------------------------------------------------------------------

POSTS: Mapping[str, str] = {
    "chair": N_("chair"),
    "vice": N_("vice chair"),
    "secretary": N_("secretary"),
    "treasurer": N_("treasurer"),
}
"""The posts with a name of their own, in their order; every other one is a member of the board."""
PAPER_POSTS: Mapping[str, str] = {
    "chair": "Chủ nhiệm",
    "vice": "Phó Chủ nhiệm",
    "secretary": "Thư ký",
    "treasurer": "Thủ quỹ",
}


def post_name(post: str) -> str:
    """Return what people call a post of the board."""
    return _(POSTS[post]) if post in POSTS else _("member of the board")


def paper_post(post: str) -> str:
    """Return what papers call a post of the board."""
    return PAPER_POSTS.get(post, "Ủy viên")


SEXES: Mapping[str, str] = {"F": N_("female"), "M": N_("male")}
PAPER_SEXES: Mapping[str, str] = {"F": "Nữ", "M": "Nam"}
PAPER_ADDRESS: Mapping[str, str] = {"F": "Bà", "M": "Ông"}
"""How papers address a person."""


def sex_name(sex: str) -> str:
    """Return what people call a sex."""
    return _(SEXES[sex])


CIRCUMSTANCES: Mapping[str, str] = {
    "poor": N_("poor household"),
    "near_poor": N_("near-poor household"),
    "difficult": N_("household in difficulty"),
}
LIST_CIRCUMSTANCES: Mapping[str, str] = {
    "poor": "Hộ nghèo",
    "near_poor": "Cận nghèo",
    "difficult": "Khó khăn",
}
PAPER_CIRCUMSTANCES: Mapping[str, str] = {
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "difficult": "Hoàn cảnh khó khăn",
}


def circumstance_name(circumstance: str | None) -> str:
    """Return what people call a household's circumstance; nothing where there is none."""
    return _(CIRCUMSTANCES[circumstance]) if circumstance else ""


COUNTS: Mapping[str, str] = {
    "members": N_("members"),
    "women": N_("women"),
    "elderly": N_("elderly"),
    "young": N_("young"),
    "poor": N_("poor"),
    "near_poor": N_("near poor"),
    "difficult": N_("in difficulty"),
    "elderly_women": N_("elderly women"),
    "estimated": N_("elderly by estimate"),
    "elderly_age": N_("age from which a member is elderly"),
}
COUNT_COLUMNS: Mapping[str, str] = {
    "members": N_("Members"),
    "women": N_("Women"),
    "elderly": N_("Elderly members"),
    "elderly_women": N_("Elderly women"),
    "estimated": N_("Age estimated"),
    "poor": N_("Poor"),
    "near_poor": N_("Near-poor"),
    "difficult": N_("In difficulty"),
}
"""The headings above the counts of members in a report."""


def count_name(count: str) -> str:
    """Return what people call a count of a club's ``Composition``."""
    return _(COUNTS[count])


SHARES: Mapping[str, str] = {
    "elderly": N_("elderly members (from {age})"),
    "women": COUNT_COLUMNS["women"],
    "poor": N_("members who are poor, near poor or in difficulty"),
    "young": N_("young members (counted as those who are not elderly)"),
}
PAPER_SHARES: Mapping[str, str] = {
    "elderly": "Người cao tuổi (từ {age} tuổi trở lên)",
    "women": "Phụ nữ",
    "poor": "Người nghèo, cận nghèo, có hoàn cảnh khó khăn",
    "young": "Người trẻ tuổi (chưa phải người cao tuổi)",
}


def share_name(share: str, age: int | None) -> str:
    """Return what people call a share of the members; ``age`` is where elderly begins."""
    return _(SHARES[share]).format(age=age)


# -- what is recorded of a step ------------------------------------------------------------------

ASPECTS: Mapping[str, str] = {
    "conditions": N_("conditions"),
    "criteria": N_("criteria"),
    "organisation": N_("organisation"),
    "personnel": N_("personnel"),
    "finance": N_("finance"),
}
PAPER_ASPECTS: Mapping[str, str] = {
    "conditions": "Điều kiện thành lập",
    "criteria": "Tiêu chí",
    "organisation": "Tổ chức",
    "personnel": "Nhân sự",
    "finance": "Tài chính",
}


def aspect_name(aspect: str) -> str:
    """Return what people call an aspect of the appraisal (thẩm định)."""
    return _(ASPECTS[aspect])


PAPER_APPRAISED: Mapping[str, str] = {"met": "Đạt", "not_met": "Chưa đạt"}
"""The conclusion on an aspect of the appraisal, or on the standard in a review."""

COURSES: Mapping[str, str] = {
    "initial": N_("initial"),
    "supplementary": N_("supplementary"),
    "refresher": N_("refresher"),
    "support": N_("support on the spot"),
}
PAPER_COURSES: Mapping[str, str] = {
    "initial": "ban đầu",
    "supplementary": "bổ sung",
    "refresher": "nhắc lại hằng năm",
}
COURSE_FORMS: Mapping[str, str] = {
    "trainers": N_("training of trainers"),
    "model": N_("model training"),
    "pilot": N_("pilot training"),
    "study_visit": N_("study visit"),
}


def course_name(kind: str) -> str:
    """Return what people call a kind of training course; one that nobody knows, as it is."""
    return _(COURSES.get(kind, str(kind)))


def course_form_name(form: str) -> str:
    """Return what people call the form of a course; one that nobody knows, as it is."""
    return _(COURSE_FORMS.get(form, str(form)))


CONCLUSIONS: Mapping[str, str] = {"pass": N_("good"), "consolidate": N_("to be consolidated")}
"""How a supervision or a review ends."""
PAPER_SUPERVISED: Mapping[str, str] = {
    "pass": "Câu lạc bộ hoạt động đúng quy chế, tiếp tục duy trì.",
    "consolidate": "Câu lạc bộ cần được củng cố, kiện toàn.",
}
PAPER_REVIEWED: Mapping[str, str] = {
    "pass": "Đạt yêu cầu, tiếp tục duy trì hoạt động.",
    "consolidate": "Chưa đạt yêu cầu, cần được củng cố, kiện toàn.",
}


def conclusion_name(conclusion: str) -> str:
    """Return what people call the conclusion of a supervision or a review."""
    return _(CONCLUSIONS[conclusion])


def outcome_name(outcome: str) -> str:
    """Return what people call what a move depends on: a course, a conclusion, an earlier state."""
    return _({**STATES, **COURSES, **CONCLUSIONS}.get(outcome, outcome))


# -- what is counted of clubs, and when ------------------------------------------------------

FIGURES: Mapping[str, str] = {
    **{name: word for name, word in COUNTS.items() if not name.startswith(("est", "elderly_a"))},
    "meetings_held": N_("meetings held"),
    "borrowers": N_("borrowers"),
    "borrowers_in_kind": N_("borrowers in kind"),
    "borrowers_improved": N_("borrowers whose income has improved"),
    "members_with_need": N_("members who need it"),
    "members_served": N_("members served"),
    **{balance_of(fund): FUNDS[fund] for fund in FundKind},
    "supervisions": N_("supervisions"),
    "meetings": N_("meetings recorded"),
    "trainings": N_("trainings"),
    "reviews": N_("yearly reviews"),
    "money": N_("money"),
}
"""What a measure of a province's own may add up or compare."""


def period_name(period: str) -> str:
    """Return a report's period as people read it: "2022H1" is the first half of 2022."""
    year, quarter, number = period.partition("Q")
    if quarter:
        return _("quarter {number} of {year}").format(number=number, year=year)
    year, half, number = period.partition("H")
    if half:
        whole = _("first half of {year}") if number == "1" else _("second half of {year}")
        return whole.format(year=year)
    return _("the year {year}").format(year=year) if year.isdigit() else year
