"""What Bắc Ninh's document and the general procedure ask of the twelve steps, written by hand."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from bench.by_hand_data import Club, Row, Task
from engine.vietnamese.text import key

Finding = tuple[str, str, str]
"""Level, code and sentence."""
Fields = Mapping[str, Any]
Effects = dict[str, Any]

START, END = date(2021, 7, 28), date(2025, 12, 31)
PROGRAMME = (START.isoformat(), END.isoformat())
DOCUMENT = "QĐ 933/QĐ-UBND, Phần thứ ba"
ASPECTS = ("conditions", "criteria", "organisation", "personnel", "finance")
ACTIVITIES = frozenset(
    (
        "culture_sport",
        "health_care",
        "income_generation",
        "home_care",
        "community_support",
        "resource_building",
        "rights",
        "knowledge",
    )
)
LOW, HIGH, CLUBS_A_YEAR, GRANT, BUDGET = 60, 75, 8, 100_000_000, 4_000_000_000
KEEPERS = ("association", "committee", "province")
AT_WORK = ("launched", "operating", "consolidating")


class Plan(NamedTuple):
    """What the program knows of a step beforehand."""

    happened_on: str
    roles: tuple[str, ...]
    needs: frozenset[str]
    record: bool = False


PLANS = {
    "open": Plan("date", ("association",), frozenset({"same_name"})),
    "roster": Plan("date", KEEPERS, frozenset(), record=True),
    "set_board": Plan("date", KEEPERS, frozenset(), record=True),
    "propose": Plan("submission.date", ("association",), frozenset({"composition", "board"})),
    "approve": Plan(
        "decision.date",
        ("committee",),
        frozenset({"composition", "founders", "decided", "tasks"}),
    ),
    "train": Plan("date", ("province",), frozenset({"tasks"})),
    "launch": Plan("date", ("association",), frozenset({"tasks"})),
    "fund": Plan("date", KEEPERS, frozenset({"ledger", "granted"}), record=True),
    "meeting": Plan("date", ("association", "committee"), frozenset({"tasks"}), record=True),
    "supervise": Plan("date", ("province",), frozenset({"composition", "tasks", "ledger"})),
    "review": Plan(
        "date", ("province",), frozenset({"composition", "tasks", "supervisions", "reviews"})
    ),
}
BEFORE = ("preparing", "proposed", "returned")
MOVES: dict[tuple[str, str, str | None], str] = {
    ("open", "", None): "preparing",
    ("propose", "preparing", None): "proposed",
    ("propose", "returned", None): "proposed",
    ("approve", "proposed", None): "approved",
    ("train", "approved", "initial"): "trained",
    ("launch", "trained", None): "launched",
    ("launch", "approved", None): "launched",
    ("supervise", "launched", "pass"): "operating",
    ("supervise", "operating", "pass"): "operating",
    ("supervise", "consolidating", "pass"): "consolidating",
    **{("supervise", state, "consolidate"): "consolidating" for state in AT_WORK},
    **{("review", state, "pass"): state for state in AT_WORK},
    **{("review", state, "consolidate"): "consolidating" for state in AT_WORK},
    **{("set_board", state, None): state for state in BEFORE},
    **{
        (step, state, None): state
        for step in ("roster", "fund", "meeting")
        for state in (*BEFORE, "approved", "trained", *AT_WORK, "suspended")
    },
}


@dataclass(slots=True)
class Facts:
    """What was read for a step."""

    composition: Row = ()
    tasks: dict[str, Task] = field(default_factory=dict)
    board: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    supervisions: list[Row] = field(default_factory=list)
    reviews: list[Row] = field(default_factory=list)
    founders: set[str] = field(default_factory=set)
    count: int = 0
    spent: int = 0
    outcome: str | None = None
    roster: list[dict[str, Any]] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    officer: str = ""


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, at most the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def born_by(on: date) -> str:
    """Return the latest birth of those who are sixty."""
    leap = on.year % 4 == 0 and (on.year % 100 != 0 or on.year % 400 == 0)
    if on.month == 2 and on.day == 28 and not leap:
        return f"{on.year - 60:04d}-02-29"
    return f"{on.year - 60:04d}-{on.month:02d}-{on.day:02d}"


KINDS = tuple(key(kind) for kind in ("xã", "phường", "thị trấn", "đặc khu", "ubnd"))


def commune_fold(name: str) -> str:
    """Return a commune's name without what it is."""
    folded = key(name)
    for kind in KINDS:
        folded = folded.removeprefix(f"{kind} ")
    return folded


def in_force(on: date) -> bool:
    """Return whether the document is in force."""
    return START <= on <= END


def opening(kind: str, role: str, due: date | None = None, article: str = "") -> dict[str, Any]:
    """Return a task to open."""
    task: dict[str, Any] = {"kind": kind, "role": role}
    if due is not None:
        task["due_on"] = due.isoformat()
    if article:
        task["source"] = f"{DOCUMENT}, {article}"
    return task


def supervision_after(on: date) -> dict[str, Any]:
    """Return the next supervision: the document's while it is in force, else of the procedure."""
    due = add_months(on, 6)
    return opening("supervision", "province", due, "II.4" if in_force(due) else "")


def closings(facts: Facts, on: date, *kinds: str) -> list[dict[str, Any]]:
    """Return the open tasks of those kinds as done, with the days they were late."""
    found = []
    for kind in kinds:
        if kind not in facts.tasks:
            continue
        closing: dict[str, Any] = {"kind": kind, "outcome": "done"}
        if days := late(facts.tasks[kind], on):
            closing["days_late"] = days
        found.append(closing)
    return found


def late(task: Task, on: date) -> int:
    """Return how many days after its due day a task is done."""
    return 0 if task.due_on is None else max(0, (on - date.fromisoformat(task.due_on)).days)


def make_up(facts: Facts, on: date) -> list[Finding]:
    """Judge the size and the shares."""
    if not in_force(on):
        return []
    total, _women, elderly, *_rest = facts.composition
    found: list[Finding] = []
    if not LOW <= total <= HIGH:
        found.append(("warn", "CLB-COMP-SIZE", f"{total} members"))
    if not total:
        return found
    young = total - elderly
    if 100 * elderly < 70 * total:
        found.append(("warn", "CLB-COMP-ELDERLY", f"{elderly} of {total}"))
    if not 30 * total <= 100 * young <= 40 * total:
        found.append(("warn", "CLB-COMP-YOUNG", f"{young} of {total}"))
    fewest, most = -(-30 * total // 100), min(40 * total // 100, total - -(-70 * total // 100))
    if fewest > most:
        found.append(("note", "CLB-COMP-TOGETHER", f"{total} members"))
    return found


def late_note(facts: Facts, kind: str, on: date) -> list[Finding]:
    """Return the note that a task is late."""
    task = facts.tasks.get(kind)
    days = late(task, on) if task else 0
    return [("note", "CLB-TASK-LATE", f"{days} days late")] if days else []


Answer = tuple[list[Finding], Effects]


def open_(_club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Open the file."""
    found: list[Finding] = []
    if facts.count:
        found.append(("warn", "CLB-OPEN-DUPLICATE", "there is one of this name"))
    values = {name: fields[name] for name in ("name", "commune", "village")}
    return found, {"fields": {"province": _club.province, **values, "opened_on": on.isoformat()}}


def roster(_club: Club, _fields: Fields, _on: date, facts: Facts) -> Answer:
    """Enter the members."""
    return [], {"roster": facts.roster}


def set_board(_club: Club, _fields: Fields, _on: date, facts: Facts) -> Answer:
    """Name the board."""
    return [], {"board": facts.posts}


def propose(_club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Propose the club."""
    found = make_up(facts, on)
    if not facts.composition[0]:
        found.append(("note", "CLB-PROPOSE-ROSTER", "no members"))
    if not facts.board:
        found.append(("note", "CLB-PROPOSE-BOARD", "no board"))
    values = {"submission_number": fields["submission.number"], "submitted_on": on.isoformat()}
    if "lead_unit" in fields:
        values["lead_unit"] = fields["lead_unit"]
    return found, {"fields": values}


def approve(club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Decide the establishment."""
    found: list[Finding] = []
    if facts.officer in facts.founders:
        found.append(("block", "CLB-DUTIES", f"{facts.officer} opened or proposed it"))
    issuer = fields.get("decision.issuer")
    if issuer not in (None, club.commune_id) and commune_fold(issuer) != commune_fold(club.commune):
        found.append(("block", "CLB-APPROVE-ISSUER", f"issued by {issuer}"))
    appraised = fields.get("appraisal.date")
    if appraised is not None and appraised > fields["decision.date"]:
        found.append(("block", "CLB-APPRAISAL-DATE", f"appraised on {appraised}"))
    if in_force(on):
        for aspect in ASPECTS:
            conclusion = fields.get(f"appraisal.{aspect}")
            if conclusion is None:
                found.append(("block", "CLB-APPRAISAL-MISSING", aspect))
            elif conclusion == "not_met":
                found.append(("block", "CLB-APPRAISAL-NOT-MET", aspect))
        if facts.count >= CLUBS_A_YEAR:
            found.append(("warn", "CLB-BUDGET-YEAR", f"number {facts.count + 1} of {on.year}"))
    elif on > END:
        found.append(("warn", "CLB-PROGRAMME-ENDED", f"ended on {END}"))
    elif on.year == START.year:
        found.append(("note", "BN-QUOTA-YEAR", f"decided before {START}"))
    found += make_up(facts, on)
    opened = [opening("launch", "association")]
    if in_force(on):
        opened.insert(0, opening("training_initial", "province", None, "II.2"))
    values = {"decision_number": fields["decision.number"], "decided_on": on.isoformat()}
    return found, {"fields": values, "opened": opened}


def train(club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Record the initial training."""
    found = late_note(facts, "training_initial", on)
    if club.trained_on is not None:
        found.append(("block", "CLB-TRAIN-TWICE", f"trained on {club.trained_on}"))
    start = date.fromisoformat(fields["course.start"])
    end = start + timedelta(days=fields["course.days"] - 1)
    if end > on:
        found.append(("block", "CLB-TRAIN-DATES", f"ends on {end}"))
    if club.decided_on is not None and fields["course.start"] < club.decided_on:
        found.append(("note", "CLB-TRAIN-BEFORE", f"began on {start}"))
    effects: Effects = {
        "fields": {"trained_on": on.isoformat()},
        "closed": closings(facts, on, "training_initial"),
        "records": [
            {
                "table": "training",
                "kind": fields["course.kind"],
                "start": fields["course.start"],
                "days": fields["course.days"],
                "attendees": fields["course.attendees"],
            }
        ],
    }
    if in_force(on):
        due = add_months(on, 6)
        effects["opened"] = [opening("training_supplementary", "province", due, "V.1")]
    return found, effects


def launch(club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Launch the club."""
    found: list[Finding] = []
    if club.state == "approved" and club.trained_on is None:
        found.append(("warn", "CLB-TRAIN-MISSING", "not trained"))
    opened = fields["funds_opened"]
    if in_force(on):
        if not fields["charter_adopted"]:
            found.append(("warn", "CLB-LAUNCH-CHARTER", "no charter"))
        missing = [fund for fund in ("income", "operating") if fund not in opened]
        found += [("warn", "CLB-LAUNCH-FUND", fund) for fund in missing]
    values = {
        "launched_on": on.isoformat(),
        "charter": fields["charter_adopted"],
        "funds_opened": ",".join(sorted(set(opened))),
    }
    return found, {
        "fields": values,
        "opened": [supervision_after(on), opening("review", "province", add_months(on, 12))],
        "closed": closings(facts, on, "launch"),
    }


def fund(club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Record a grant."""
    found: list[Finding] = []
    amount, day = fields["amount"], on.isoformat()
    if club.decided_on is None or day < club.decided_on:
        found.append(("block", "CLB-GRANT-EARLY", "before the decision"))
    if fields["source"] == "province_budget" and in_force(on):
        if amount != GRANT:
            found.append(("warn", "CLB-GRANT-AMOUNT", f"{amount} đồng"))
        if "resolution" not in fields:
            found.append(("block", "CLB-GRANT-RESOLUTION", "no resolution"))
        if club.decided_on is not None and int(club.decided_on[:4]) < START.year:
            found.append(("warn", "CLB-GRANT-NOT-NEW", f"established on {club.decided_on}"))
        taken_back = {row[5] for row in facts.ledger if row[0] == "reversal"}
        for kind, _fund, source, _amount, _delta, _reverses, seq, then in facts.ledger:
            if kind == "grant" and source == "province_budget" and seq not in taken_back:
                found.append(("block", "CLB-GRANT-SECOND", f"granted on {then}"))
        if facts.count >= CLUBS_A_YEAR:
            found.append(("warn", "CLB-BUDGET-YEAR", f"{facts.count} clubs in {on.year}"))
        if facts.spent + amount > BUDGET:
            found.append(("warn", "CLB-BUDGET-TOTAL", f"{facts.spent + amount} đồng in all"))
    entry = {name: fields[name] for name in ("kind", "fund", "source", "amount", "document")}
    entry["delta"] = amount
    for name in ("donor", "resolution"):
        if name in fields:
            entry[name] = fields[name]
    return found, {"ledger": [entry]}


def meeting(_club: Club, fields: Fields, _on: date, _facts: Facts) -> Answer:
    """Record a meeting; no document at hand says when the next is due."""
    unknown = set(fields["activities"]) - ACTIVITIES
    found = [("block", "CLB-ACTIVITY-UNKNOWN", name) for name in sorted(unknown)]
    activities = ",".join(fields["activities"])
    row = {"table": "meeting", "attendance": fields["attendance"], "activities": activities}
    return found, {"records": [row]}


FIGURES = (
    "meetings_held",
    "borrowers",
    "borrowers_in_kind",
    "members_with_need",
    "members_served",
    "conclusion",
)


FUNDS = ("income", "operating")
BALANCE = "_fund_balance"


def balances(fields: Fields, facts: Facts, on: date) -> list[Finding]:
    """Hold what is counted in each fund against the ledger of the day."""
    rows = [row for row in facts.ledger if row[7] <= on.isoformat()]
    gone = {row[5] for row in rows if row[5] is not None}
    found = []
    for fund in FUNDS:
        counted = fields.get(f"{fund}{BALANCE}")
        opened = any(row[1] == fund and row[0] != "reversal" and row[6] not in gone for row in rows)
        if not opened and counted:
            found.append(("warn", "CLB-SUPERVISE-UNOPENED", fund))
        if opened and counted != sum(row[4] for row in rows if row[1] == fund):
            found.append(("warn", "CLB-SUPERVISE-FUND", fund))
    return found


def supervise(club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Record a supervision."""
    unknown = set(fields["activities"]) - ACTIVITIES
    found: list[Finding] = [("block", "CLB-ACTIVITY-UNKNOWN", name) for name in sorted(unknown)]
    since = club.supervised_on or club.launched_on
    if since is not None and since <= on.isoformat():
        due = add_months(date.fromisoformat(since), 6)
        if on < due:
            found.append(("warn", "CLB-SUPERVISE-EARLY", f"before {due}"))
    found += late_note(facts, "supervision", on)
    members = facts.composition[0]
    for name in ("borrowers", "borrowers_in_kind", "members_with_need", "members_served"):
        if members and fields.get(name, 0) > members:
            found.append(("warn", "CLB-SUPERVISE-COUNT", name))
    found += balances(fields, facts, on)
    found += make_up(facts, on)
    row = {name: fields[name] for name in FIGURES if name in fields}
    row |= {name: value for name, value in fields.items() if name.endswith(BALANCE)}
    row |= {"table": "supervision", "members": members}
    row["activities"] = ",".join(fields["activities"])
    return found, {
        "fields": {"supervised_on": on.isoformat()},
        "opened": [supervision_after(on)],
        "closed": closings(facts, on, "supervision"),
        "records": [row],
    }


def review(club: Club, fields: Fields, on: date, facts: Facts) -> Answer:
    """Record a yearly review."""
    found: list[Finding] = []
    year, result = fields["year"], fields["result"]
    if any(row[0] == year for row in facts.reviews):
        found.append(("block", "CLB-REVIEW-TWICE", f"{year} was reviewed"))
    if year > on.year or (club.launched_on is not None and year < int(club.launched_on[:4])):
        found.append(("block", "CLB-REVIEW-YEAR", f"{year} cannot be reviewed"))
    if not any(int(row[0][:4]) == year for row in facts.supervisions):
        found.append(("warn", "CLB-REVIEW-UNSUPERVISED", f"no supervision in {year}"))
    last = [row for row in facts.supervisions if int(row[0][:4]) <= year]
    if in_force(on) and last:
        members, borrowers = last[-1][2], last[-1][5]
        if members and 100 * borrowers < 50 * members:
            found.append(("warn", "CLB-INDICATOR-BORROWERS", f"{borrowers} of {members}"))
    found += late_note(facts, "review", on)
    found += make_up(facts, on)
    row = {
        "table": "review",
        "year": year,
        "result": result,
        "by_regulation": fields["by_regulation"],
        "well_run": fields["well_run"],
        "members": facts.composition[0],
    }
    return found, {
        "fields": {"reviewed_on": on.isoformat()},
        "opened": [opening("review", "province", add_months(on, 12))],
        "closed": closings(facts, on, "review"),
        "records": [row],
    }


RULES: dict[str, Callable[[Club, Fields, date, Facts], Answer]] = {
    "open": open_,
    "roster": roster,
    "set_board": set_board,
    "propose": propose,
    "approve": approve,
    "train": train,
    "launch": launch,
    "fund": fund,
    "meeting": meeting,
    "supervise": supervise,
    "review": review,
}
OUTCOMES = {"train": "course.kind", "supervise": "conclusion", "review": "result"}
