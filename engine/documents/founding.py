"""The papers that lead to a club: the submission, its lists, the appraisal and the decision."""

from collections.abc import Iterator
from datetime import date

from engine.documents import agencies, bases, words
from engine.documents.phrases import Values, amount, head_of_committee, paper_number, signature
from engine.documents.scene import FILED, Scene
from engine.labels import PAPER_APPRAISED, PAPER_ASPECTS, PAPER_FUNDS
from engine.reports.dossier import Record
from engine.vietnamese.text import dmy

BLANK_REASONS = 3


def to_trinh(scene: Scene) -> Values:
    """Fill in the submission (tờ trình) that asks for the decision.

    The support is what the province states for a new club on that day; nothing where it is silent.
    """
    support = scene.rules.stated("grant.establishment", scene.on)
    funds = scene.rules.stated("fund.kinds", scene.on)
    by_association = scene.proposer.symbol is not None
    return {
        **scene.common(scene.proposer, scene.submission()["number"]),
        "recipients": ["Như trên", FILED],
        "bases": list(bases.legal(scene.rules, scene.on)),
        "make_up": scene.make_up(),
        "board": scene.board(),
        "funds": [PAPER_FUNDS[one] for one in funds.value or ()],
        "funds_source": funds.source if funds.status == "value" else "",
        "support": {**amount(int(support.value)), "source": support.source}
        if support.status == "value"
        else None,
        "signature": signature("CHỦ TỊCH" if by_association else None),
    }


def danh_sach_thanh_vien(scene: Scene) -> Values:
    """Fill in the list of members."""
    return {**_list(scene), "members": scene.members(), "make_up": scene.make_up()}


def danh_sach_bcn(scene: Scene) -> Values:
    """Fill in the list of the board (Ban Chủ nhiệm)."""
    return {**_list(scene), "board": scene.board()}


def _list(scene: Scene) -> Values:
    """Return the head of a list: the association's with the submission, else the committee's."""
    decision = scene.earlier("approve")
    alone = scene.record is not None and scene.day != scene.record.on
    if decision is None:
        agency = scene.proposer
        sign = signature("CHỦ TỊCH" if agency.symbol else None)
        goes_with = bases.paper("Tờ trình", scene.submission(), agency.name)
    else:
        agency = scene.committee
        signer = (None, None) if alone else _signer(decision)
        sign = head_of_committee(*signer)
        goes_with = bases.paper("Quyết định", scene.establishment(), agency.name)
    caption = f"(Tính đến {words.day(scene.day)})" if alone else f"(Kèm theo {goes_with})"
    return {
        **scene.common(agency),
        "caption": caption,
        "proposed": decision is None,
        "signature": sign,
    }


def _signer(decision: Record) -> tuple[str | None, str | None]:
    return decision.field("decision.title"), decision.field("decision.signer")


def bien_ban_tham_dinh(scene: Scene) -> Values:
    """Fill in the minutes of the appraisal: each aspect with its conclusion."""
    stated = scene.rules.stated("appraisal.aspects", scene.on)
    aspects = stated.value if stated.status == "value" else PAPER_ASPECTS
    return {
        **scene.common(scene.committee, f"{words.SHORT_BLANK}/BB-UBND"),
        "recipients": ["Lưu: VT, hồ sơ câu lạc bộ"],
        "appraiser": scene.said("appraisal.appraiser"),
        "submission": scene.submission(),
        "aspects": [
            {
                "no": place,
                "name": PAPER_ASPECTS[aspect],
                "conclusion": PAPER_APPRAISED.get(scene.field(f"appraisal.{aspect}") or ""),
            }
            for place, aspect in enumerate(aspects, start=1)
        ],
        "aspects_source": stated.source if stated.status == "value" else "",
        "make_up": scene.make_up(),
        "board": scene.board(),
        "conclusion": _appraised(scene, tuple(aspects)),
    }


def _appraised(scene: Scene, aspects: tuple[str, ...]) -> str | None:
    """Return what the aspects come to; nothing while one of them is open."""
    found = [scene.field(f"appraisal.{aspect}") for aspect in aspects]
    if None in found:
        return None
    if "not_met" not in found:
        return "Hồ sơ đạt các nội dung thẩm định nêu trên"
    unmet = [
        PAPER_ASPECTS[one].lower()
        for one, how in zip(aspects, found, strict=True)
        if how == "not_met"
    ]
    return f"Hồ sơ chưa đạt: {', '.join(unmet)}"


def quyet_dinh_thanh_lap(scene: Scene) -> Values:
    """Fill in the decision that establishes the club, with its two lists as annexes."""
    number = paper_number(scene.field("decision.number"), "QĐ-UBND")
    funds = scene.rules.stated("fund.kinds", scene.on)
    charter = scene.rules.stated("fund.regulation", scene.on)
    listed = scene.rules.stated("activities.list", scene.on)
    return {
        **scene.common(scene.committee, number),
        "authority": scene.committee.name.upper(),
        "bases": [*bases.legal(scene.rules, scene.on), *_decided_on(scene)],
        "make_up": scene.make_up(),
        "chair": scene.chair(),
        "activities": [words.lower_first(one["label"]) for one in listed.value or ()],
        "funds": [PAPER_FUNDS[one] for one in funds.value or ()],
        "own_charter": bool(charter.value),
        "board": scene.board(),
        "members": scene.members(),
        "caption": f"(Kèm theo Quyết định số {number} {words.day(scene.day)} "
        f"của {scene.committee.name})",
        "recipients": to_execute(scene),
        "signature": head_of_committee(
            scene.field("decision.title"), scene.field("decision.signer")
        ),
    }


def _decided_on(scene: Scene) -> Iterator[str]:
    """Yield the appraisal, where there was or must be one, and the submission."""
    appraised = scene.field("appraisal")
    stated = scene.rules.stated("appraisal.aspects", scene.on)
    if appraised or (scene.record is None and stated.status == "value"):
        on = scene.field("appraisal.date")
        day = words.day(None if on is None else _day(on))
        yield f"Căn cứ kết quả thẩm định hồ sơ đề nghị thành lập câu lạc bộ {day}"
    found = scene.submission()
    yield (
        f"Theo đề nghị của {scene.proposer.name} tại Tờ trình số {found['number']} {found['date']}"
    )


def to_execute(scene: Scene) -> list[str]:
    """Return who gets a decision: who carries it out, the province's association, the records.

    The agency's name is the policy's of that day. The recipients a province's document prints for
    itself (ministries, the province's own offices) are not a commune's to copy.
    """
    above = agencies.province_association(scene.rules, scene.on)
    return ["Như Điều 3", f"{above.name} (b/c)", FILED]


def cong_van_tra_ho_so(scene: Scene) -> Values:
    """Fill in the letter that returns the dossier, with every reason."""
    reasons = scene.field("reasons")
    by = scene.field("supplement_by")
    return {
        **scene.common(scene.committee, f"{words.SHORT_BLANK}/UBND-{words.SHORT_BLANK}"),
        "recipients": ["Như trên", FILED],
        "submission": scene.submission(),
        "reasons": [words.sentence(one) for one in reasons or ()] or [None] * BLANK_REASONS,
        "supplement_by": dmy(_day(by)) if by else None,
        "has_deadline": scene.record is None or by is not None,
        "signature": head_of_committee(None, None),
    }


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
