"""What an event recorded, in a few words, and never a traceback over a changed log."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.literals import rules

from engine.frozen import freeze
from engine.model import Effects, EntryKind, Event, FundKind, LedgerEntry, Role
from engine.reports.recorded import recorded
from engine.states import STEPS

RULES = rules()


def event(step: str, form: dict[str, Any], effects: Effects | None = None) -> Event:
    on = date(2022, 4, 8)
    return Event(
        *("club:BN-1", 9, step, None, None, on, "2022-04-08T00:00:00Z", "hoi", None),
        *(freeze(form), (), effects or Effects(), None, "0.1.0", ""),
    )


def entry(kind: EntryKind, delta: int, donor: str | None = None) -> Effects:
    words = (
        kind,
        FundKind.INCOME,
        "donor" if donor else "member",
        abs(delta),
        delta,
        "PT 1",
        donor,
    )
    return Effects(ledger=(LedgerEntry(*words),))


SUPERVISED = {
    "date": "2022-04-08",
    "inspector": "Ngô Thu Nhung",
    "meetings_held": 6,
    "activities": ["rights"],
    "income_fund_balance": 0,
    "operating_fund_balance": 0,
    "borrowers": 1033,
    "conclusion": "consolidate",
    "recommendations": "Họp đều hơn.",
}
REVIEWED = {"year": 2022, "date": "2022-12-08", "result": "pass", "by_regulation": True}
BOARD = {"decision": {"number": "7", "date": "2022-04-08"}, "chair": "M1", "vice": "M2"}


@pytest.mark.parametrize(
    ("step", "form", "effects", "shown"),
    [
        ("fund", {}, entry(EntryKind.CONTRIBUTION, 6_000_000), "+6.000.000 đồng"),
        ("fund", {}, entry(EntryKind.EXPENSE, -250_000), "-250.000 đồng"),
        ("fund", {}, entry(EntryKind.GRANT, 1, "HAI"), "nhà tài trợ: HAI"),
        (
            "supervise",
            SUPERVISED,
            None,
            "phải củng cố; 6 buổi sinh hoạt; 1.033 người vay; Họp đều",
        ),
        ("review", REVIEWED, None, "năm 2022: đạt"),
        (
            "change_board",
            BOARD,
            None,
            "quyết định số 07/QĐ-UBND; Chủ nhiệm Lê Hồng Dậu; Phó Chủ nhiệm M2",
        ),
        ("return", {"reasons": ["Thiếu quy chế", "Thiếu dấu"]}, None, "Thiếu quy chế; Thiếu dấu"),
        ("roster", {"added": 2, "changed": 0, "left": 1}, None, "thêm 2 người; 1 người ra"),
        ("rename", {"name": "CLB Mới", "document": "x"}, None, "CLB Mới"),
        ("correct", {"seq": 4, "reason": "ghi nhầm"}, None, "bản ghi 4; ghi nhầm"),
    ],
)
def test_amounts_results_and_names_are_in_the_words(
    step: str, form: dict[str, Any], effects: Effects | None, shown: str
) -> None:
    assert shown in recorded(event(step, form, effects), {"M1": "Lê Hồng Dậu"}, RULES)


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.ASSOCIATION, "số 05/TTr-HNCT"), (Role.COMMITTEE, "số 5")]
)
def test_a_submission_has_the_symbol_of_the_association_where_that_submitted(
    role: Role, shown: str
) -> None:
    submitted = replace(event("propose", {"submission": {"number": "5"}}), role=role)
    assert recorded(submitted, {}, RULES) == shown


@pytest.mark.parametrize("step", [one.name for one in STEPS if one.name != "fund"])
def test_a_form_that_was_changed_in_the_log_is_a_sentence(step: str) -> None:
    shown = {
        recorded(event(step, form), {}, RULES) for form in ({}, {"decision": 3, "course": "x"})
    }
    assert shown <= {"", "(không đọc được; hãy kiểm tra nhật ký: clb audit verify)"}


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("open", {}),
        ("suspend", {"decision": 3}),
        ("extend", {"loan": 14, "until": "hôm qua"}),
        ("approve", {"decision": {"number": 5}}),
    ],
    ids=["LookupError", "TypeError", "ValueError", "AttributeError"],
)
def test_each_way_in_which_a_form_cannot_be_read_is_that_sentence(
    step: str, form: dict[str, Any]
) -> None:
    assert recorded(event(step, form), {}, RULES).startswith("(không đọc được")
