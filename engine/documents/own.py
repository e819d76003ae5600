"""The papers that a club writes itself: joining, rules, meetings, its year, a change of hands.

And what a paper of a province's own kind may ask for.
"""

from datetime import date

from engine.documents import words
from engine.documents.founding import FILED_AS_ABOVE
from engine.documents.operating import changes
from engine.documents.phrases import Values, paper_number, signed_for
from engine.documents.snapshot import Snapshot


def don_gia_nhap(snapshot: Snapshot) -> Values:
    """Fill in the application to join (đơn xin tham gia): who applies writes by hand."""
    return snapshot.common(snapshot.as_agency)


def quy_che(snapshot: Snapshot) -> Values:
    """Fill in the draft of the charter (quy chế): what documents state, the rest left open."""
    funds = snapshot.stipulated("fund.kinds")
    listed = snapshot.stipulated("activities.list")
    return {
        **snapshot.common(snapshot.as_agency),
        "make_up": snapshot.make_up(),
        "activities": [words.spelled_out(one["label"]) for one in listed.value or ()],
        "funds": [snapshot.paper_fund(one) for one in funds.value or ()],
        "funds_source": funds.source or "",
        "chair": snapshot.chair(),
    }


def bien_ban_bau_bcn(snapshot: Snapshot) -> Values:
    """Fill in the minutes of the election: the board on record, or lines for each post."""
    return {
        **snapshot.common(snapshot.as_agency),
        "make_up": snapshot.make_up(),
        "board": snapshot.board() or list(snapshot.unnamed_board()),
    }


def giay_moi_ra_mat(snapshot: Snapshot) -> Values:
    """Fill in the invitation to the launch (giấy mời): who is invited is written by hand."""
    agency = snapshot.agency_for("launch")
    symbol = agency.symbol or words.SHORT_BLANK
    held = snapshot.record.on if snapshot.record else None
    return {
        **snapshot.common(agency, paper_number(None, f"GM-{symbol}")),
        "establishment": snapshot.establishment(),
        "held": {"date": words.day(held), "place": snapshot.text("place")},
        "recipients": FILED_AS_ABOVE,
        "signature": signed_for(agency),
    }


def ke_hoach_nam(snapshot: Snapshot) -> Values:
    """Fill in the plan of a year: a line for each activity of the province's list, or of ours."""
    key = "activities.list"
    stated = snapshot.stipulated(key)
    found = snapshot.rules.rule(key, snapshot.on)
    return {
        **snapshot.common(snapshot.as_agency),
        "year": snapshot.on.year,
        "make_up": snapshot.make_up(),
        "activities": [words.spelled_out(one["label"]) for one in (found.value if found else ())],
        "activities_source": stated.source or "",
        "chair": snapshot.chair(),
    }


def bien_ban_sinh_hoat(snapshot: Snapshot) -> Values:
    """Fill in the minutes of a meeting: who came and what was done."""
    return {
        **snapshot.common(snapshot.as_agency),
        "make_up": snapshot.make_up(),
        "attendance": snapshot.field("attendance"),
        "activities": snapshot.activities(snapshot.field("activities") or ()),
        "chair": snapshot.chair(),
    }


def bien_ban_ban_giao(snapshot: Snapshot) -> Values:
    """Fill in the minutes of the hand-over: who hands over to whom, and what the funds hold."""
    record = snapshot.record
    number = paper_number(snapshot.field("decision.number"), "QĐ-UBND")
    decided: date | None = record.on if record else None
    return {
        **snapshot.common(snapshot.as_agency),
        "decision": {"number": number, "date": words.day(decided)},
        "changes": list(changes(snapshot)),
        "funds": snapshot.funds(),
    }


def of_province(snapshot: Snapshot) -> Values:
    """Return what a paper of a province's own kind may ask for, whatever its step is."""
    record = snapshot.record
    agency = snapshot.agency_for(record.step) if record else snapshot.committee
    number = snapshot.field("decision.number")
    return {
        **snapshot.common(agency, paper_number(number, "QĐ-UBND") if number else None),
        "establishment": snapshot.establishment(),
        "submission": snapshot.submission(),
        "make_up": snapshot.make_up(),
        "board": snapshot.board(),
        "chair": snapshot.chair(),
        "funds": snapshot.funds(),
        "reason": snapshot.text("reason"),
        "document": snapshot.text("document"),
        "signature": signed_for(agency),
    }
