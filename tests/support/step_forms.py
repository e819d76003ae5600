"""A complete form for every step, with the day it happened where the table says it stands."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from support.step_table import HAPPENED_ON

ASPECTS = ("conditions", "criteria", "organisation", "personnel", "finance")
PAPER = {"number": "12/QĐ-UBND"}
CHAIR, VICE = "Nguyễn Thị Vắng", "Trần Văn Xa"

FORMS: dict[str, dict[str, Any]] = {
    "open": {"name": "CLB mẫu", "commune": "phường Đình Bảng", "village": "Khu phố Đông"},
    "propose": {"submission": {"number": "01/TTr-HNCT"}},
    "withdraw": {"reason": "Thôn chưa sẵn sàng"},
    "return": {"reasons": ["Thiếu danh sách Ban Chủ nhiệm"]},
    "reject": {"reason": "Đã có câu lạc bộ khác"},
    "approve": {
        "appraisal": dict.fromkeys(ASPECTS, "met"),
        "decision": {"number": "05/QĐ-UBND", "signer": "Lê Văn Ký", "title": "Chủ tịch"},
    },
    "train": {"course": {"kind": "initial", "start": "2021-09-14", "days": 2, "attendees": 5}},
    "launch": {
        "place": "Nhà văn hóa",
        "attendance": 80,
        "charter_adopted": True,
        "funds_opened": ["income", "operating"],
    },
    "supervise": {
        "inspector": "Phạm Thị Soát",
        "meetings_held": 6,
        "activities": ["health_care"],
        "income_fund_balance": 20_000_000,
        "operating_fund_balance": 1_000_000,
        "borrowers": 40,
        "conclusion": "pass",
    },
    "review": {"year": 2022, "result": "pass", "by_regulation": True, "well_run": True},
    "consolidate": {"decision": PAPER, "reason": "Đã củng cố xong"},
    "suspend": {"decision": PAPER, "reason": "Dịch bệnh"},
    "resume": {"decision": PAPER, "reason": "Hết dịch"},
    "dissolve": {
        "decision": PAPER,
        "reason": "Không còn thành viên",
        "fund_inventory": "Đã kiểm kê",
        "fund_disposal": "Nộp về Hội",
    },
    "roster": {"added": 1, "changed": 0, "left": 0},
    "set_board": {"chair": CHAIR, "vice": VICE},
    "change_board": {"decision": PAPER, "chair": CHAIR},
    "fund": {
        "kind": "contribution",
        "source": "member",
        "fund": "operating",
        "amount": 1_000_000,
        "document": "Phiếu thu 01",
    },
    "meeting": {"attendance": 50, "activities": ["culture_sport"]},
    "rename": {"name": "CLB tên mới", "document": "Biên bản họp 03"},
    "rehome": {"commune": "phường Đình Bảng mới", "document": "Nghị quyết sắp xếp"},
    "correct": {
        "seq": 1,
        "changes": {"village": "Khu phố Đoài"},
        "reason": "Ghi nhầm",
        "document": "Công văn 8",
    },
    "annul": {"reason": "Ghi nhầm bước", "document": "Công văn 9"},
    "erase": {"member": CHAIR, "reason": "Theo đơn"},
    "export": {"rows": 70, "reason": "Nộp Hội NCT tỉnh"},
}

GRANT = {
    "kind": "grant",
    "source": "province_budget",
    "amount": 100_000_000,
    "document": "UNC 12",
    "resolution": "NQ 05/NQ-HĐND",
}
"""What a fund record says of the establishment grant."""


def form(step: str, on: date | None, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the step's form with its day, and with some fields changed by dotted path.

    A field changed to ``None`` is left out.
    """
    filled = deepcopy(FORMS[step])
    put(filled, HAPPENED_ON[step], on.isoformat() if on else None)
    for path, value in (changes or {}).items():
        put(filled, path, value)
    return filled


def put(filled: dict[str, Any], path: str, value: Any) -> None:
    """Set a dotted path in nested dictionaries; ``None`` takes it out."""
    *parents, last = path.split(".")
    here = filled
    for name in parents:
        here = here.setdefault(name, {})
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value
