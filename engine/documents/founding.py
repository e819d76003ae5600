"""The papers that lead to a club: the submission, its lists, the appraisal and the decision."""

from collections.abc import Iterator
from datetime import date

from engine.documents import words
from engine.documents.phrases import (
    Values,
    cited_paper,
    head_of_committee,
    paper_number,
    range_of_amounts,
    signed_for,
)
from engine.documents.snapshot import FILED, Snapshot
from engine.i18n import _
from engine.labels import PAPER_APPRAISED, PAPER_ASPECTS
from engine.policy.model import Resolution
from engine.reports.dossier import Record
from engine.rules.own import aspect_called, aspect_path
from engine.vietnamese.text import lower_first

BLANK_REASONS = 3
FILED_AS_ABOVE = ["Như trên", FILED]


def to_trinh(snapshot: Snapshot) -> Values:
    """Fill in the submission (tờ trình) that asks for the decision.

    The support is what the province states for a new club on that day; nothing where it is silent.
    """
    support = snapshot.stipulated("grant.establishment")
    yearly = snapshot.stipulated("budget.yearly")
    # Neither what the year's budget has no place for nor what is still to be resolved is promised.
    terms = []
    if yearly.status == "value":
        terms.append(
            f"câu lạc bộ thuộc {yearly.value['clubs']:02} câu lạc bộ được hỗ trợ trong năm"
        )
    if support.extra.get("resolution_required"):
        terms.append("chính sách hỗ trợ đã được Hội đồng nhân dân cấp tỉnh ban hành")
    within = f", khi {' và '.join(terms)}" if terms else ""
    named = support.extra.get("fund_named")
    funds = snapshot.stipulated("fund.kinds")
    return {
        **snapshot.common(snapshot.proposer, snapshot.submission()["number"]),
        "recipients": FILED_AS_ABOVE,
        "bases": snapshot.legal_bases(power=False),
        "make_up": snapshot.make_up(),
        "board": snapshot.board(),
        "funds": [snapshot.paper_fund(one) for one in funds.value or ()],
        "funds_source": funds.source if funds.status == "value" else "",
        "support": {
            **range_of_amounts(support.value),
            "source": f"{support.source}{within}",
            "fund": lower_first(snapshot.paper_fund(named)) if named else "",
        }
        if support.status == "value"
        else None,
        "signature": signed_for(snapshot.proposer),
    }


def danh_sach_thanh_vien(snapshot: Snapshot) -> Values:
    """Fill in the list of members."""
    return {
        **_list(snapshot),
        "members": snapshot.members(),
        "village": snapshot.one_village(),
        "grouped": snapshot.grouped,
        "make_up": snapshot.make_up(),
    }


def danh_sach_bcn(snapshot: Snapshot) -> Values:
    """Fill in the list of the board (Ban Chủ nhiệm)."""
    return {**_list(snapshot), "board": snapshot.board()}


def _list(snapshot: Snapshot) -> Values:
    """Return the head of a list: the association's with the submission, else the committee's."""
    decision = snapshot.earlier("approve")
    alone = snapshot.record is not None and snapshot.day != snapshot.record.on
    if decision is None:
        agency = snapshot.proposer
        sign = signed_for(agency)
        goes_with = cited_paper("Tờ trình", snapshot.submission(), agency.name)
    else:
        agency = snapshot.committee
        signer = (None, None) if alone else _signer(decision)
        sign = head_of_committee(*signer)
        goes_with = cited_paper("Quyết định", snapshot.establishment(), agency.name)
    caption = f"(Tính đến {words.day(snapshot.day)})" if alone else f"(Kèm theo {goes_with})"
    return {
        **snapshot.common(agency),
        "caption": caption,
        "proposed": decision is None,
        "signature": sign,
    }


def _signer(decision: Record) -> tuple[str | None, str | None]:
    return decision.field("decision.title"), words.person(decision.field("decision.signer"))


def bien_ban_tham_dinh(snapshot: Snapshot) -> Values:
    """Fill in the minutes of the appraisal: each aspect with its conclusion."""
    stated = snapshot.stipulated("appraisal.aspects")
    aspects = stated.value if stated.status == "value" else PAPER_ASPECTS
    if stated.status != "value":
        snapshot.general(_("the aspects of the appraisal"))
    return {
        **snapshot.common(snapshot.committee, f"{words.SHORT_BLANK}/BB-UBND"),
        "recipients": ["Lưu: VT, hồ sơ câu lạc bộ"],
        "appraiser": snapshot.text("appraisal.appraiser"),
        "submission": snapshot.submission(),
        "aspects": [
            {
                "no": place,
                "name": _aspect(stated, aspect),
                "conclusion": PAPER_APPRAISED.get(snapshot.field(aspect_path(aspect)) or ""),
            }
            for place, aspect in enumerate(aspects, start=1)
        ],
        "aspects_source": stated.source if stated.status == "value" else "",
        "make_up": snapshot.make_up(),
        "board": snapshot.board(),
        "conclusion": _appraised(snapshot, stated, tuple(aspects)),
    }


def _aspect(stated: Resolution, aspect: str) -> str:
    """Return what papers call an aspect of the appraisal."""
    return PAPER_ASPECTS.get(aspect) or aspect_called(stated, aspect)


def _appraised(snapshot: Snapshot, stated: Resolution, aspects: tuple[str, ...]) -> str | None:
    """Return what the aspects come to; nothing while one of them is open."""
    found = [snapshot.field(aspect_path(aspect)) for aspect in aspects]
    if None in found:
        return None
    if "not_met" not in found:
        return "Hồ sơ đạt các nội dung thẩm định nêu trên"
    unmet = [
        _aspect(stated, one).lower()
        for one, how in zip(aspects, found, strict=True)
        if how == "not_met"
    ]
    return f"Hồ sơ chưa đạt: {', '.join(unmet)}"


def quyet_dinh_thanh_lap(snapshot: Snapshot) -> Values:
    """Fill in the decision that establishes the club, with its two lists as annexes."""
    number = paper_number(snapshot.field("decision.number"), "QĐ-UBND")
    funds = snapshot.stipulated("fund.kinds")
    charter = snapshot.stipulated("fund.regulation")
    listed = snapshot.stipulated("activities.list")
    activities = [_activity(one["label"]) for one in listed.value or ()]
    if listed.extra.get("open_ended"):
        activities.append(words.AND_OTHERS)
    return {
        **snapshot.common(snapshot.committee, number),
        "authority": snapshot.committee.name.upper(),
        "bases": [*snapshot.legal_bases(), *_decided_on(snapshot)],
        "make_up": snapshot.make_up(),
        "chair": snapshot.chair(),
        "activities": activities,
        "activities_source": listed.source or "",
        "funds": [snapshot.paper_fund(one) for one in funds.value or ()],
        "funds_source": funds.source or "",
        "own_charter": bool(charter.value),
        "board": snapshot.board(),
        "members": snapshot.members(),
        "village": snapshot.one_village(),
        "grouped": snapshot.grouped,
        "caption": f"(Kèm theo Quyết định số {number} {words.day(snapshot.day)} "
        f"của {snapshot.committee.name})",
        "recipients": to_execute(snapshot),
        "signature": head_of_committee(
            snapshot.field("decision.title"), words.person(snapshot.field("decision.signer"))
        ),
    }


def _activity(label: str) -> str:
    """Return an activity inside "Nội dung hoạt động gồm: ...", in full words, without the word."""
    return lower_first(words.spelled_out(label)).removeprefix("hoạt động ")


def _decided_on(snapshot: Snapshot) -> Iterator[str]:
    """Yield the appraisal, where there was or must be one, and the submission."""
    appraised = snapshot.field("appraisal")
    stated = snapshot.stipulated("appraisal.aspects")
    if appraised or (snapshot.record is None and stated.status == "value"):
        on = snapshot.field("appraisal.date")
        day = words.day(None if on is None else _day(on))
        yield f"Căn cứ kết quả thẩm định hồ sơ đề nghị thành lập câu lạc bộ {day}"
    found, proposer = snapshot.submission(), snapshot.proposer.name
    yield f"Theo đề nghị của {proposer} tại Tờ trình số {found['number']} {found['date']}"


def to_execute(snapshot: Snapshot) -> list[str]:
    """Return who gets a decision: who carries it out, who leads in the province, the records.

    The agency's name is the policy's of that day. The recipients a province's document prints for
    itself (ministries, the province's own offices) are not a commune's to copy.
    """
    return ["Như Điều 3", f"{snapshot.lead.name} (b/c)", FILED]


def cong_van_tra_ho_so(snapshot: Snapshot) -> Values:
    """Fill in the letter that returns the dossier, with every reason."""
    reasons = snapshot.field("reasons")
    by = snapshot.field("supplement_by")
    return {
        **snapshot.common(snapshot.committee, f"{words.SHORT_BLANK}/UBND-{words.SHORT_BLANK}"),
        "recipients": FILED_AS_ABOVE,
        "submission": snapshot.submission(),
        "reasons": [words.sentence(one) for one in reasons or ()] or [None] * BLANK_REASONS,
        "supplement_by": words.day(_day(by) if by else None),
        "has_deadline": snapshot.record is None or by is not None,
        "signature": head_of_committee(None, None),
    }


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
