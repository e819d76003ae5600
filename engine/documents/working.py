"""The papers of a club at work: training, launch, supervision, review, changes and its end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from engine.documents import bases, words
from engine.documents.founding import to_execute
from engine.documents.phrases import Values, amount, head_of_committee, paper_number, signature
from engine.documents.scene import Scene
from engine.labels import (
    PAPER_APPRAISED,
    PAPER_COURSES,
    PAPER_FUNDS,
    PAPER_LOANS,
    PAPER_POSTS,
    PAPER_REVIEWED,
    PAPER_SUPERVISED,
    paper_post,
)
from engine.model import FundKind
from engine.reports.dossier import Record
from engine.vietnamese.text import dmy, number, percent

KEPT = "Lưu: VT, hồ sơ câu lạc bộ"
SPARE_ROWS = 5
MOST_ROWS = 60
ADDED = 3


def danh_sach_tap_huan(scene: Scene) -> Values:
    """Fill in the plan of a course and the list of who takes part.

    Who came is recorded as a number only: the board is named, the other lines are left to write on.
    """
    agency = scene.agency_for("train")
    kind, days = scene.field("course.kind"), scene.field("course.days")
    start = scene.field("course.start")
    first = date.fromisoformat(start) if start else None
    board = scene.board()
    attendees = scene.field("course.attendees")
    wanted = len(board) + SPARE_ROWS if attendees is None else min(attendees, MOST_ROWS)
    spare = [
        {"no": place, "name": "", "post": "", "born": ""}
        for place in range(len(board) + 1, wanted + 1)
    ]
    stated = scene.rules.stated("training.initial", scene.on)
    audience = stated.value.get("audience") if stated.status == "value" else None
    return {
        **scene.common(agency, _symbol("KH", agency.symbol)),
        "course": {
            "kind": PAPER_COURSES.get(kind or ""),
            "first_day": words.day(first) if first else None,
            "last_day": words.day(first + timedelta(days=days - 1)) if first and days else None,
            "days": days,
            "attendees": attendees,
            "topics": scene.said("course.topics"),
            "audience": audience if kind in (None, "initial") else None,
            "audience_source": stated.source if stated.status == "value" else "",
        },
        "participants": [*board, *spare],
        "recipients": [KEPT],
        "signature": signature(None),
    }


def bien_ban_ra_mat(scene: Scene) -> Values:
    """Fill in the minutes of the launch: the decision read, the charter, the board, the funds."""
    agency = scene.agency_for("launch")
    opened = scene.field("funds_opened")
    adopted = scene.field("charter_adopted")
    return {
        **scene.common(agency, _symbol("BB", agency.symbol)),
        "held": {"place": scene.said("place"), "attendance": scene.field("attendance")},
        "establishment": scene.establishment(),
        "signer": _signer(scene),
        "charter": {None: None, True: "đã được thông qua", False: "chưa được thông qua"}[adopted],
        "board": scene.board(),
        "funds": [PAPER_FUNDS[one] for one in opened] if opened else [],
        "funds_known": opened is not None,
        "received": scene.received() if scene.record else [],
        "recipients": [KEPT],
    }


def _signer(scene: Scene) -> str | None:
    found = scene.earlier("approve")
    return None if found is None else found.field("decision.signer")


def bien_ban_giam_sat(scene: Scene) -> Values:
    """Fill in the minutes of a supervision: the figures, the activities by name, the conclusion."""
    agency = scene.agency_for("supervise")
    done = scene.activities(scene.field("activities") or ())
    listed = scene.rules.stated("activities.list", scene.on)
    return {
        **scene.common(agency, _symbol("BB", agency.symbol)),
        "inspector": scene.field("inspector"),
        "since": _since(scene),
        "figures": list(_figures(scene)),
        "activities": done,
        "activities_total": len(listed.value) if listed.status == "value" else None,
        "activities_source": listed.source if listed.status == "value" else "",
        "conclusion": PAPER_SUPERVISED.get(scene.field("conclusion") or ""),
        "recommendations": _said(scene, "recommendations"),
        "chair": scene.chair(),
        "recipients": [KEPT],
    }


def _since(scene: Scene) -> str | None:
    """Return the day of the supervision before this one, else of the launch."""
    before = [
        one
        for one in scene.dossier.records
        if one.step in ("launch", "supervise")
        and (scene.record is None or one.seq < scene.record.seq)
        and one.on <= scene.on
    ]
    return dmy(before[-1].on) if before else None


def _figures(scene: Scene) -> Iterator[Values]:
    """Yield what was counted; what the form leaves to choice only where it was given."""
    count = scene.composition()
    members = count.members or None
    yield _figure("Số thành viên hiện nay", members, "người")
    yield _figure("Trong đó: phụ nữ", count.women if members else None, "người")
    yield _figure("Trong đó: người cao tuổi", count.elderly if members else None, "người")
    yield _figure("Số buổi sinh hoạt đã tổ chức", scene.field("meetings_held"), "buổi")
    for fund in FundKind:
        held = amount(scene.field(f"{fund.value}_fund_balance"))
        yield {"label": f"Số dư {words.lower_first(PAPER_FUNDS[fund])}", **_with_words(held)}
    yield _figure("Số thành viên được vay bằng tiền", scene.field("borrowers"), "người")
    for path, label in (
        ("borrowers_in_kind", "Số thành viên được vay bằng hiện vật"),
        ("members_with_need", "Số thành viên có nhu cầu vay vốn, tăng thu nhập"),
        ("members_served", "Số thành viên có nhu cầu đã được hỗ trợ"),
    ):
        if scene.field(path) is not None:
            yield _figure(label, scene.field(path), "người")


def _figure(label: str, count: int | None, unit: str) -> Values:
    return {"label": label, "text": None if count is None else f"{number(count)} {unit}"}


def _with_words(held: Values) -> Values:
    if held["amount"] is None:
        return {"text": None}
    return {"text": f"{held['amount']} ({held['in_words']})"}


def _said(scene: Scene, field: str) -> str | None:
    """Return what was written in a field that may be left out: "Không" where it was."""
    found = scene.said(field)
    return found if found or scene.record is None else words.NO


def phieu_danh_gia(scene: Scene) -> Values:
    """Fill in the sheet of the yearly review, with the figures of the year's last supervision."""
    agency = scene.agency_for("review")
    year = scene.field("year")
    seen = [
        one
        for one in scene.dossier.records
        if one.step == "supervise" and one.on.year == year and one.on <= scene.on
    ]
    return {
        **scene.common(agency, _symbol("PĐG", agency.symbol)),
        "year": year,
        "by_regulation": words.yes_or_no(scene.field("by_regulation")),
        "well_run": words.yes_or_no(scene.field("well_run")),
        "standard": _standard(scene),
        "supervisions": [dmy(one.on) for one in seen],
        "figures": list(_last_figures(scene, seen[-1] if seen else None)),
        "make_up": scene.make_up(),
        "result": PAPER_REVIEWED.get(scene.field("result") or ""),
        "notes": _said(scene, "notes"),
        "chair": scene.chair(),
        "recipients": [KEPT],
    }


def _standard(scene: Scene) -> str | None:
    """Return whether the club meets the standard, by which document; "Không ghi" where unsaid."""
    said, document = scene.field("standard"), scene.field("standard_document")
    if said is None:
        return None if scene.record is None else words.UNSAID
    return f"{PAPER_APPRAISED[said]}, theo {document}"


def _last_figures(scene: Scene, seen: Record | None) -> Iterator[Values]:
    """Yield the figures a review looks at, as they were on the day of the supervision."""
    field: Any = seen.field if seen else lambda _path: None
    for fund in FundKind:
        held = amount(field(f"{fund.value}_fund_balance"))
        label = f"Số dư {words.lower_first(PAPER_FUNDS[fund])}"
        yield {"label": label, **_with_words(held), "stated": "", "source": ""}
    members = scene.composition(seen.on if seen else None).members
    stated = scene.rules.stated("indicator.borrowers_share", scene.on)
    yield {
        **_part("Số thành viên được vay bằng tiền", field("borrowers"), members),
        "stated": _indicator(stated.value) if stated.status == "value" else words.NOT_STIPULATED,
        "source": stated.source if stated.status == "value" else "",
    }
    need = field("members_with_need")
    for path, label, total in (
        ("borrowers_in_kind", "Số thành viên được vay bằng hiện vật", members),
        ("members_served", "Số thành viên có nhu cầu đã được hỗ trợ", need),
    ):
        if field(path) is not None:
            yield {**_part(label, field(path), total), "stated": "", "source": ""}


def _part(label: str, count: int | None, total: int | None) -> Values:
    """Return a count beside what it is part of."""
    if count is None or not total:
        return _figure(label, count, "người")
    share = f"{number(count)}/{number(total)} người ({percent(count, total)})"
    return {"label": label, "text": share}


def _indicator(value: Any) -> str:
    who = "thành viên" if value["of"] == "members" else "thành viên có nhu cầu"
    return f"Ít nhất {value['min']}% {who} {PAPER_LOANS[value['counts']]}"


def quyet_dinh_kien_toan(scene: Scene) -> Values:
    """Fill in the decision on who comes in for whom, or that the club has been consolidated."""
    of_club = scene.record is not None and scene.record.step == "consolidate"
    changes = [] if of_club else list(_changes(scene))
    training = scene.rules.stated("training.board_change", scene.on)
    named = {post for post in PAPER_POSTS if scene.field(post) is not None}
    owed = training.status == "value" and named & set(training.value)
    return {
        **_decision(scene),
        "of_club": of_club,
        "changes": changes,
        "board": scene.board() if scene.record else list(_unnamed(scene)),
        "reason": scene.said("reason"),
        "training_source": training.source if owed else "",
    }


def _unnamed(scene: Scene) -> Iterator[Values]:
    """Yield lines for a board that is still to be chosen."""
    nobody = scene.person(None)
    for place, post in enumerate(PAPER_POSTS, start=1):
        yield {"no": place, "post": paper_post(post), **nobody}


def _changes(scene: Scene) -> Iterator[Values]:
    """Yield each post with who held it and who holds it now; blank lines while it is prepared."""
    if scene.record is None:
        nobody = scene.person(None)
        for place in range(1, ADDED + 1):
            yield {"no": place, "post": None, "old": nobody, "new": nobody, "vacant": False}
        return
    before = scene.dossier.board(scene.record.seq - 1)
    posts = [post for post in PAPER_POSTS if scene.field(post) is not None]
    for place, post in enumerate(posts, start=1):
        yield {
            "no": place,
            "post": paper_post(post),
            "old": scene.person(before.get(post)),
            "new": scene.person(scene.field(post)),
            "vacant": post not in before,
        }


def quyet_dinh_giai_the(scene: Scene) -> Values:
    """Fill in the decision that dissolves the club: what its funds hold and where that goes."""
    held = scene.funds()
    return {
        **_decision(scene),
        "reason": scene.said("reason"),
        "funds": held,
        "fund_inventory": scene.said("fund_inventory"),
        "fund_disposal": scene.said("fund_disposal"),
    }


def _decision(scene: Scene) -> Values:
    """Return the head and the foot of a decision about an established club.

    Who asked for it is not recorded: a blank.
    """
    found = scene.establishment()
    established = bases.paper("Căn cứ Quyết định", found, scene.committee.name)
    asked = f"Theo đề nghị của {words.BLANK}"
    return {
        **scene.common(scene.committee, paper_number(scene.field("decision.number"), "QĐ-UBND")),
        "authority": scene.committee.name.upper(),
        "establishment": found,
        "bases": [
            *bases.legal(scene.rules, scene.on),
            f"{established} về việc thành lập {scene.club}",
            asked,
        ],
        "recipients": to_execute(scene),
        "signature": head_of_committee(None, None),
    }


def _symbol(type_: str, agency: str | None) -> str:
    """Return the number of a paper that has none on record, blank before its symbol."""
    return f"{words.SHORT_BLANK}/{type_}-{agency or words.SHORT_BLANK}"
