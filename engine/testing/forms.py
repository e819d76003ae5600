"""An ordinary form for every step, with the day it happened where the step table says it stands."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from engine.labels import ASPECTS
from engine.rules.forms import place
from engine.states import step as find_step

_PAPER = {"number": "12/QĐ-UBND"}
CHAIR, VICE = "Nguyễn Thị Vắng", "Trần Văn Xa"

FORMS: dict[str, dict[str, Any]] = {
    "open": {"name": "CLB mẫu", "commune": "Xã Một", "village": "Thôn Đông"},
    "propose": {"submission": {"number": "01/TTr-HNCT"}},
    "withdraw": {"reason": "Thôn chưa sẵn sàng"},
    "return": {"reasons": ["Thiếu danh sách Ban Chủ nhiệm"]},
    "reject": {"reason": "Đã có câu lạc bộ khác"},
    "approve": {
        "appraisal": dict.fromkeys(ASPECTS, "met"),
        "decision": {"number": "05/QĐ-UBND", "signer": "Lê Văn Ký", "title": "Chủ tịch"},
    },
    "train": {"course": {"kind": "initial", "days": 2, "attendees": 5}},
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
    "review": {"result": "pass", "by_regulation": True, "well_run": True},
    "consolidate": {"decision": _PAPER, "reason": "Đã củng cố xong"},
    "suspend": {"decision": _PAPER, "reason": "Dịch bệnh"},
    "resume": {"decision": _PAPER, "reason": "Hết dịch"},
    "dissolve": {
        "decision": _PAPER,
        "reason": "Không còn thành viên",
        "fund_inventory": "Đã kiểm kê",
        "fund_disposal": "Nộp về Hội",
    },
    "roster": {"added": 1, "changed": 0, "left": 0},
    "set_board": {"chair": CHAIR, "vice": VICE},
    "change_board": {"decision": _PAPER, "chair": CHAIR},
    "fund": {
        "kind": "contribution",
        "source": "member",
        "fund": "operating",
        "amount": 1_000_000,
        "document": "Phiếu thu 01",
    },
    "meeting": {"attendance": 50, "activities": ["culture_sport"]},
    "rename": {"name": "CLB tên mới", "document": "Biên bản họp 03"},
    "rehome": {"commune": "Xã Hai", "document": "Nghị quyết sắp xếp"},
    "correct": {
        "seq": 1,
        "changes": {"village": "Thôn Đoài"},
        "reason": "Ghi nhầm",
        "document": "Công văn 8",
    },
    "annul": {"reason": "Ghi nhầm bước", "document": "Công văn 9"},
    "erase": {"member": CHAIR, "reason": "Theo đơn"},
    "export": {"rows": 70, "reason": "Nộp Hội NCT tỉnh"},
}
"""What need not be said about a step, because any ordinary club would do it so."""


def form(step: str, on: date | None, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the step's form with its day, and with some fields changed by dotted path.

    A field changed to ``None`` is left out.
    """
    filled = deepcopy(FORMS[step])
    changed = {find_step(step).happened_on: on.isoformat() if on else None, **(changes or {})}
    for path, value in changed.items():
        if value is None:
            _leave_out(filled, path)
        else:
            place(filled, path, value)
    return filled


def _leave_out(filled: dict[str, Any], path: str) -> None:
    *parents, last = path.split(".")
    here = filled
    for name in parents:
        here = here.get(name, {})
    here.pop(last, None)
