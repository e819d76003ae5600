"""An ordinary form for every step, with its day and with whatever a caller fills in otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from engine.frozen import thaw
from engine.i18n import _
from engine.labels import ASPECTS
from engine.policy.effective import Rules
from engine.rules import own
from engine.rules.forms import Field, fields, place
from engine.rules.grants import Grant
from engine.states import step as find_step

Changes = Mapping[str, Any]
"""Fields of a form by dotted path; ``None`` leaves a field out."""

GRANT = "grant.establishment"
"""The policy key of what a new club receives."""
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
    "train": {"course": {"kind": "initial", "days": 1, "attendees": 5}},
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
        "borrowers": 40,
        "conclusion": "pass",
    },
    "review": {"result": "pass", "by_regulation": True, "well_run": True},
    "consolidate": {"decision": {"number": "12/QĐ-UBND"}, "reason": "Đã củng cố xong"},
    "suspend": {"decision": {"number": "13/QĐ-UBND"}, "reason": "Dịch bệnh"},
    "resume": {"decision": {"number": "14/QĐ-UBND"}, "reason": "Hết dịch"},
    "dissolve": {
        "decision": {"number": "15/QĐ-UBND"},
        "reason": "Không còn thành viên",
        "fund_inventory": "Đã kiểm kê",
        "fund_disposal": "Nộp về Hội",
    },
    "roster": {"added": 1, "changed": 0, "left": 0},
    "set_board": {"chair": CHAIR, "vice": VICE},
    "change_board": {"decision": {"number": "16/QĐ-UBND"}, "chair": CHAIR},
    "fund": {
        "kind": "contribution",
        "source": "member",
        "fund": "operating",
        "amount": 1_000_000,
        "document": "Phiếu thu 01",
    },
    "meeting": {"attendance": 50, "activities": ["culture_sport"]},
    "lending_terms": {"document": "Quy chế quản lý quỹ", "months": 24},
    "lend": {
        "member": CHAIR,
        "amount": 1_000_000,
        "months": 12,
        "rate": 50,
        "purpose": "Nuôi gà",
        "document": "Phiếu chi 02",
    },
    "repay": {"loan": 1, "principal": 500_000, "interest": 5_000, "document": "Phiếu thu 03"},
    "extend": {"loan": 1, "until": "2035-12-31", "document": "Biên bản họp BCN"},
    "write_off": {"loan": 1, "amount": 100_000, "document": "Biên bản họp BCN"},
    "care": {"volunteers": 6, "cared_for": 4},
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
"""A form of every step as any ordinary club would fill it in, but for the days."""


def form(step: str, on: date | None, changes: Changes | None = None) -> dict[str, Any]:
    """Return a step's form with the day on which it happened and with some fields changed.

    A review is of the year of ``on`` and a course begins on ``on``, unless ``changes`` has other
    values. Without ``on`` the form has no day, which is then the step's own default.
    """
    filled = deepcopy(FORMS.get(step, {}))
    days: dict[str, Any] = {find_step(step).happened_on: on.isoformat() if on else None}
    if step == "review" and on:
        days["year"] = on.year
    if step == "train" and on:
        days["course.start"] = on.isoformat()
    for path, value in {**days, **(changes or {})}.items():
        if value is None:
            leave_out(filled, path)
        else:
            place(filled, path, value)
    return filled


def own_fields(rules: Rules, step: str, on: date, person: str | None) -> dict[str, Any]:
    """Return an ordinary value for every field of the province's own, by dotted path.

    ``person`` is the name of a member, ``None`` where there is none to name.
    """
    found: dict[str, Any] = {}
    asked = own.own_step(rules, step, on) if own.is_own(step) else None
    for one in fields(step, own.in_force(rules, step, on)):
        group, _dot, name = one.path.partition(".")
        if group == own.OWN and not own.is_balance(name):
            found[one.path] = person if one.personal else example(one, on)
            if asked is not None and name in asked.passes:
                found[one.path] = asked.passes[name][0]
    return {path: value for path, value in found.items() if value is not None}


def example(one: Field, on: date) -> Any:
    """Return an ordinary value of a field."""
    if one.choices:
        return one.choices[0]
    return {"integer": 1_000_000 if one.money else 3, "boolean": True, "date": on.isoformat()}.get(
        one.kind, one.example or one.title
    )


def leave_out(filled: dict[str, Any], path: str) -> None:
    """Remove a field from a form, if it is there."""
    *parents, last = path.split(".")
    for name in parents:
        filled = filled.get(name, {})
    filled.pop(last, None)


def dotted(nested: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the fields of nested tables by dotted path, as ``Changes`` has them."""
    for name, value in nested.items():
        if isinstance(value, Mapping):
            yield from dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", thaw(value)


def activities(rules: Rules, on: date) -> list[str]:
    """Return the ids of what a club does, by the province's list, else the general procedure's."""
    rule = rules.rule("activities.list", on)
    return [str(one["id"]) for one in rule.value] if rule else []


HISTORY = "history."


def grants(rules: Rules, key: str, on: date, place: int = 0) -> tuple[dict[str, Any], ...]:
    """Return the fund forms of what a club receives by a policy key on a day, without papers.

    The value is either one amount for every club, or groups of clubs in order, each with its
    payments; ``place`` counts the clubs of that year from 0. Return nothing where the policy has
    no value on that day, or no group reaches so far. Amounts are in đồng.

    A document reports later what was given before it (``history``): its groups name their year.
    """
    if key.startswith(HISTORY):
        groups = (group for entry in rules.policy.entries_of(key) for group in _groups(entry.value))
        return _of_group([group for group in groups if group.get("year") == on.year], place)
    stated = rules.stated(key, on)
    if stated.status != "value":
        return ()
    if not isinstance(stated.value, tuple):
        extra = stated.extra
        fund = extra.get("into", extra.get("fund_named"))
        one = _grant(Grant(key, stated).usual, extra.get("funds_source"), fund, extra.get("donor"))
        if extra.get("resolution_required"):
            one["resolution"] = _(
                "Resolution of the provincial People's Council (invented for the demonstration)"
            )
        return (one,)
    return _of_group(_groups(stated.value), place)


def _of_group(groups: Sequence[Mapping[str, Any]], place: int) -> tuple[dict[str, Any], ...]:
    """Return the payments to the club that comes after ``place`` others."""
    passed = 0
    for group in groups:
        passed += int(group["clubs"])
        if place < passed:
            return tuple(
                _grant(one["amount"], one["source"], donor=one.get("donor"))
                for one in group["grants"]
            )
    return ()


def _grant(
    amount: int, source: str | None, fund: str | None = None, donor: str | None = None
) -> dict[str, Any]:
    filled = {
        "kind": "grant",
        "source": source or "province_budget",
        "fund": fund or "operating",
        "amount": int(amount),
    }
    return {**filled, "donor": donor} if donor else filled


def _groups(value: Any) -> tuple[Mapping[str, Any], ...]:
    """Return a value's groups of clubs, nothing where it is made of anything else."""
    found = value if isinstance(value, tuple) else ()
    fits = all(isinstance(one, Mapping) and {"clubs", "grants"} <= set(one) for one in found)
    return found if fits else ()
