"""The papers of an established club: training, launch, supervision, review, changes and its end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from engine.documents import words
from engine.documents.founding import to_execute
from engine.documents.phrases import (
    Values,
    cited_paper,
    head_of_committee,
    paper_number,
    signed_for,
)
from engine.documents.snapshot import Snapshot, article
from engine.i18n import _
from engine.labels import (
    PAPER_APPRAISED,
    PAPER_COURSES,
    PAPER_POSTS,
    PAPER_REVIEWED,
    PAPER_SUPERVISED,
    paper_post,
)
from engine.policy_labels import PAPER_LOANS
from engine.reports.dossier import Record
from engine.rules import loans
from engine.vietnamese.text import dmy, number, percent

KEPT = "Lưu: VT, hồ sơ câu lạc bộ"
SPARE_ROWS = 5
MOST_ROWS = 60
ADDED = 3


def danh_sach_tap_huan(snapshot: Snapshot) -> Values:
    """Fill in the plan of a course and the list of who takes part.

    Who came is recorded as a number only: the board is named, the other lines are left to write on.
    """
    agency = snapshot.agency_for("train")
    kind, days = snapshot.field("course.kind"), snapshot.field("course.days")
    start = snapshot.field("course.start")
    first = date.fromisoformat(start) if start else None
    board = snapshot.board()
    attendees = snapshot.field("course.attendees")
    wanted = len(board) + SPARE_ROWS if attendees is None else min(attendees, MOST_ROWS)
    spare = [
        {"no": place, "name": "", "post": "", "born": ""}
        for place in range(len(board) + 1, wanted + 1)
    ]
    stated = snapshot.stipulated("training.initial")
    audience = stated.value.get("audience") if stated.status == "value" else None
    if audience is not None:
        audience = words.spelled_out(audience)
    number_ = _symbol("KH", agency.symbol)
    return {
        **snapshot.common(agency, number_),
        "bases": snapshot.legal_bases(power=False),
        "caption": f"(Kèm theo Kế hoạch số {number_} {words.BLANK_DATE} của {agency.name})",
        "course": {
            "kind": PAPER_COURSES.get(kind or ""),
            "first_day": words.day(first) if first else None,
            "last_day": words.day(first + timedelta(days=days - 1)) if first and days else None,
            "days": days,
            "attendees": attendees,
            "topics": snapshot.text("course.topics"),
            "audience": audience if kind in (None, "initial") else None,
            "audience_source": stated.source if stated.status == "value" else "",
        },
        "participants": [*board, *spare],
        "recipients": [KEPT],
        "signature": signed_for(agency),
    }


def bien_ban_ra_mat(snapshot: Snapshot) -> Values:
    """Fill in the minutes of the launch: the decision read, the charter, the board, the funds."""
    agency = snapshot.agency_for("launch")
    opened = snapshot.field("funds_opened")
    adopted = snapshot.field("charter_adopted")
    return {
        **snapshot.common(agency, _symbol("BB", agency.symbol)),
        "held": {"place": snapshot.text("place"), "attendance": snapshot.field("attendance")},
        "establishment": snapshot.establishment(),
        "signer": _signer(snapshot),
        "charter": {None: None, True: "đã được thông qua", False: "chưa được thông qua"}[adopted],
        "board": snapshot.board(),
        "funds": [snapshot.fund_title(one) for one in opened] if opened else [],
        "funds_known": opened is not None,
        "received": snapshot.received() if snapshot.record else [],
        "recipients": [KEPT],
    }


def _signer(snapshot: Snapshot) -> str | None:
    found = snapshot.earlier("approve")
    return None if found is None else words.person(found.field("decision.signer"))


def bien_ban_giam_sat(snapshot: Snapshot) -> Values:
    """Fill in the minutes of a supervision: the figures, the activities by name, the conclusion."""
    agency = snapshot.agency_for("supervise")
    done = snapshot.activities(snapshot.field("activities") or ())
    listed = snapshot.stipulated("activities.list")
    counted = listed.status == "value" and not listed.extra.get("open_ended")
    if done and not snapshot.lists_activities:
        snapshot.general(_("the names of the activities"))
    return {
        **snapshot.common(agency, _symbol("BB", agency.symbol)),
        "inspector": snapshot.field("inspector"),
        "since": _since(snapshot),
        "figures": list(_figures(snapshot)),
        "activities": done,
        "activities_total": len(listed.value) if counted else None,
        "activities_source": listed.source if counted else "",
        "conclusion": PAPER_SUPERVISED.get(snapshot.field("conclusion") or ""),
        "recommendations": _typed(snapshot, "recommendations"),
        "chair": snapshot.chair(),
        "recipients": [KEPT],
    }


def _since(snapshot: Snapshot) -> str | None:
    """Return the day of the supervision before this one, else of the launch."""
    before = [
        one
        for one in snapshot.dossier.records
        if one.step in ("launch", "supervise")
        and (snapshot.record is None or one.seq < snapshot.record.seq)
        and one.on <= snapshot.on
    ]
    return words.day(before[-1].on) if before else None


def _figures(snapshot: Snapshot) -> Iterator[Values]:
    """Yield what was counted; what the form leaves to choice only where it was given."""
    count = snapshot.composition()
    members = count.members or None
    yield _figure("Số thành viên hiện nay", members, "người")
    yield _figure("Trong đó: phụ nữ", count.women if members else None, "người")
    yield _figure("Trong đó: người cao tuổi", count.elderly if members else None, "người")
    yield _figure("Số buổi sinh hoạt đã tổ chức", snapshot.field("meetings_held"), "buổi")
    yield from snapshot.counted(snapshot.record)
    yield _figure(_borrowers(snapshot), snapshot.field("borrowers"), "người")
    stated = snapshot.stipulated("indicator.borrowers_share")
    blank = snapshot.record is None and stated.status == "value"
    asked = loans.figures_asked(stated.value) if blank else frozenset()
    for path, label in (
        ("borrowers_in_kind", "Số thành viên được vay bằng hiện vật"),
        ("borrowers_improved", "Số thành viên được vay đã cải thiện thu nhập"),
        ("members_with_need", "Số thành viên có nhu cầu vay vốn, tăng thu nhập"),
        ("members_served", "Số thành viên có nhu cầu đã được hỗ trợ"),
    ):
        if path in asked or snapshot.field(path) is not None:
            yield _figure(label, snapshot.field(path), "người")


def _figure(label: str, count: int | None, unit: str) -> Values:
    return {"label": label, "text": None if count is None else f"{number(count)} {unit}"}


def _typed(snapshot: Snapshot, field: str) -> str | None:
    """Return what was written in a field that may be left out: "Không" where it was."""
    found = snapshot.text(field)
    return found if found or snapshot.record is None else words.NO


def phieu_danh_gia(snapshot: Snapshot) -> Values:
    """Fill in the sheet of the yearly review, with the figures of the year's last supervision."""
    agency = snapshot.agency_for("review")
    year = snapshot.field("year")
    seen = [
        one
        for one in snapshot.dossier.records
        if one.step == "supervise" and one.on.year == year and one.on <= snapshot.on
    ]
    figures = list(_last_figures(snapshot, seen[-1] if seen else None))
    make_up = snapshot.make_up()
    well_run = snapshot.measured("clubs_well_run")
    snapshot.general(_("whether the club works by its charter"))
    if well_run is None:
        snapshot.general(_("whether the club is well run"))
    for one in figures:
        one["article"] = article(one["source"], make_up["again"])
    return {
        **snapshot.common(agency),
        "year": year,
        "by_regulation": words.yes_or_no(snapshot.field("by_regulation")),
        "well_run": words.yes_or_no(snapshot.field("well_run")),
        "well_run_source": well_run or "",
        "standard": _standard(snapshot),
        "standard_asked": _standard_asked(snapshot),
        "supervisions": [dmy(one.on) for one in seen],
        "figures": figures,
        "figures_stated": any(one["source"] for one in figures),
        "make_up": make_up,
        "result": PAPER_REVIEWED.get(snapshot.field("result") or ""),
        "notes": _typed(snapshot, "notes"),
        "chair": snapshot.chair(),
        "recipients": [KEPT],
    }


def _standard(snapshot: Snapshot) -> str | None:
    """Return whether the club meets the standard, by which document; "Không ghi" where unsaid."""
    standard, document = snapshot.field("standard"), snapshot.field("standard_document")
    if standard is None:
        return None if snapshot.record is None else words.UNSAID
    return f"{PAPER_APPRAISED[standard]}, theo {document}"


def _standard_asked(snapshot: Snapshot) -> bool:
    """Return whether the sheet has a line for the standard: it was recorded, or is a target."""
    measure = "communes_with_clubs_to_standard"
    targets = snapshot.rules.policy.group("target")
    return snapshot.field("standard") is not None or any(
        one.holds(snapshot.on) and one.value["measure"] == measure
        for _name, entries in targets
        for one in entries
    )


def _last_figures(snapshot: Snapshot, seen: Record | None) -> Iterator[Values]:
    """Yield the figures of a review, as they were on the day of the supervision."""
    field: Any = seen.field if seen else lambda _path: None
    yield from ({**one, "stated": "", "source": ""} for one in snapshot.counted(seen))
    members = snapshot.composition(seen.on if seen else None).members
    stated = snapshot.stipulated("indicator.borrowers_share")
    yield {
        **_part(_borrowers(snapshot), field("borrowers"), members),
        "stated": _indicator(stated.value) if stated.status == "value" else snapshot.silence,
        "source": stated.source if stated.status == "value" else "",
    }
    need = field("members_with_need")
    for path, label, total in (
        ("borrowers_in_kind", "Số thành viên được vay bằng hiện vật", members),
        ("borrowers_improved", "Số thành viên được vay đã cải thiện thu nhập", members),
        ("members_served", "Số thành viên có nhu cầu đã được hỗ trợ", need),
    ):
        if field(path) is not None:
            yield {**_part(label, field(path), total), "stated": "", "source": ""}


def _borrowers(snapshot: Snapshot) -> str:
    """Return what the borrowers are called: by money only where the province counts in kind too."""
    stated = snapshot.rules.stated("indicator.borrowers_share", snapshot.on)
    in_kind = stated.status == "value" and stated.value["counts"] == "cash_or_kind"
    return f"Số thành viên được {'vay bằng tiền' if in_kind else 'vay vốn'}"


def _part(label: str, count: int | None, total: int | None) -> Values:
    """Return a count and the whole it is part of."""
    if count is None or not total:
        return _figure(label, count, "người")
    share = f"{number(count)}/{number(total)} người ({percent(count, total)})"
    return {"label": label, "text": share}


def _indicator(value: Any) -> str:
    who = "thành viên" if value["of"] == "members" else "thành viên có nhu cầu"
    income = " và cải thiện thu nhập" if value.get("improved_income") else ""
    return f"Ít nhất {value['min']}% {who} {PAPER_LOANS[value['counts']]}{income}"


def quyet_dinh_kien_toan(snapshot: Snapshot) -> Values:
    """Fill in the decision on who comes in for whom, or that the club has been consolidated."""
    of_club = snapshot.record is not None and snapshot.record.step == "consolidate"
    changed = [] if of_club else list(changes(snapshot))
    training = snapshot.stipulated("training.board_change")
    named = {post for post in PAPER_POSTS if snapshot.field(post) is not None}
    owed = training.status == "value" and named & set(training.value)
    return {
        **_decision(snapshot),
        "of_club": of_club,
        "changes": changed,
        "board": snapshot.board() if snapshot.record else list(snapshot.unnamed_board()),
        "reason": snapshot.text("reason"),
        "training_source": training.source if owed else "",
    }


def changes(snapshot: Snapshot) -> Iterator[Values]:
    """Yield each post with who held it and who holds it now; blank lines while it is prepared."""
    if snapshot.record is None:
        nobody = snapshot.person(None)
        for place in range(1, ADDED + 1):
            yield {"no": place, "post": None, "old": nobody, "new": nobody, "vacant": False}
        return
    before = snapshot.dossier.board(snapshot.record.seq - 1)
    posts = [post for post in PAPER_POSTS if snapshot.field(post) is not None]
    for place, post in enumerate(posts, start=1):
        yield {
            "no": place,
            "post": paper_post(post),
            "old": snapshot.person(before.get(post)),
            "new": snapshot.person(snapshot.field(post)),
            "vacant": post not in before,
        }


def quyet_dinh_giai_the(snapshot: Snapshot) -> Values:
    """Fill in the decision that dissolves the club: what its funds hold and where that goes."""
    held = snapshot.funds()
    return {
        **_decision(snapshot),
        "reason": snapshot.text("reason"),
        "funds": held,
        "fund_inventory": snapshot.text("fund_inventory"),
        "fund_disposal": snapshot.text("fund_disposal"),
    }


def _decision(snapshot: Snapshot) -> Values:
    """Return the head and the foot of a decision about an established club.

    Who asked for it is not recorded: it is who submits for the club, which a remark says.
    """
    found = snapshot.establishment()
    established = cited_paper("Căn cứ Quyết định", found, snapshot.committee.name)
    asked = snapshot.proposer.name
    if asked != words.BLANK:
        snapshot.remark(
            _(
                "Who asked for the decision is not recorded: the paper has {name}, which submits "
                "for the club. Check it."
            ).format(name=asked)
        )
    return {
        **snapshot.common(
            snapshot.committee, paper_number(snapshot.field("decision.number"), "QĐ-UBND")
        ),
        "authority": snapshot.committee.name.upper(),
        "establishment": found,
        "bases": [
            *snapshot.legal_bases(),
            f"{established} về việc thành lập {snapshot.club}",
            f"Theo đề nghị của {asked}",
        ],
        "recipients": to_execute(snapshot),
        "signature": head_of_committee(
            snapshot.field("decision.title"), words.person(snapshot.field("decision.signer"))
        ),
    }


def _symbol(type_: str, agency: str | None) -> str:
    """Return the number of a paper that has none on record, blank before its symbol."""
    return f"{words.SHORT_BLANK}/{type_}-{agency or words.SHORT_BLANK}"
