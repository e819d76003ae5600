"""``clb check --explain``: the policy values and the facts a finding rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from engine import codes
from engine.cli import tables
from engine.cli.context import Context, findings
from engine.cli.policy import one_key
from engine.errors import UnknownError
from engine.frozen import to_json
from engine.i18n import _
from engine.labels import count_name, role_name, state_name, task_name
from engine.lifecycle.lifecycle import StepAvailability
from engine.model import Finding
from engine.rules.own import called
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy


def explain_finding(context: Context, steps: Sequence[StepAvailability], code: str) -> None:
    """Answer with the finding, the policy values it was judged by, and the facts used.

    Raises ``UnknownError`` when no step asked about has that finding.
    """
    for step in steps:
        for finding in step.findings:
            if finding.code == code.upper():
                _answer(context, step, finding)
                return
    there = sorted({one.code for step in steps for one in step.findings})
    raise UnknownError(
        _("There is no finding {code} here.").format(code=code),
        code=codes.FINDING_UNKNOWN,
        help=_("Findings here: {codes}.").format(codes=", ".join(there) or _("none")),
    )


def _answer(context: Context, available: StepAvailability, finding: Finding) -> None:
    request = available.request
    code = codes.catalogue().get(finding.code)
    keys = code.keys_of(available.step) if code else ()
    answers = [one_key(request.rules, key, request.on) for key in keys]
    facts = facts_of(request)
    data = {
        "club": request.club.id,
        "step": available.step,
        "finding": findings([finding])[0],
        "policy": [answer for answer, _text in answers],
        "facts": facts,
    }

    def text() -> Iterator[str]:
        yield f"{request.club.id}: {called(request.rules, available.step)}"
        yield from tables.findings([finding])
        yield _("Judged by:")
        if not answers:
            rule = _("a rule of the system, the same in every province")
            yield f"  {finding.source or rule}"
        for _data, lines in answers:
            yield from (f"  {line}" for line in lines)
        yield _("Facts used:")
        for name, value in facts.items():
            yield f"  {_label(name)}: {_fact(name, value, request)}"

    context.answer(data, text)


def facts_of(request: StepRequest) -> dict[str, Any]:
    """Return what the step was judged on, what is empty left out."""
    club = request.club
    found: dict[str, Any] = {
        "state": club.state.value,
        "on": request.on,
        "last_step_on": club.state_on,
        "decided_on": club.decided_on,
        "trained_on": club.trained_on,
        "launched_on": club.launched_on,
        "supervised_on": club.supervised_on,
        "documents": [
            {"document": one.short, "from": one.start, "to": one.end}
            for one in request.rules.policy.documents
            if one.programme
        ],
        "officer": request.officer.id if request.officer else None,
        "officer_role": request.officer.role.value if request.officer else None,
        "founders": sorted(request.founders),
        "composition": asdict(request.composition) if request.composition.members else None,
        "province_this_year": asdict(request.counts)
        if any(asdict(request.counts).values())
        else None,
        "ledger_entries": len(request.ledger),
        "supervisions": [one.on for one in request.supervisions],
        "reviewed_years": [one.year for one in request.reviews],
        "open_tasks": [{"kind": one.kind.value, "due_on": one.due_on} for one in request.tasks],
    }
    return {name: value for name, value in found.items() if value not in (None, [], 0)}


def _label(name: str) -> str:
    """Return what people call a fact."""
    return {
        "state": _("state"),
        "on": _("day of the step"),
        "last_step_on": _("last step"),
        "decided_on": _("decided"),
        "trained_on": _("trained"),
        "launched_on": _("launched"),
        "supervised_on": _("supervised"),
        "documents": _("the province's documents"),
        "officer": _("officer"),
        "officer_role": _("role"),
        "founders": _("opened or proposed by"),
        "composition": _("members"),
        "province_this_year": _("the province this year"),
        "ledger_entries": _("ledger entries"),
        "supervisions": _("supervisions"),
        "reviewed_years": _("years reviewed"),
        "open_tasks": _("open tasks"),
    }[name]


def _fact(name: str, value: Any, request: StepRequest) -> str:
    if name == "state":
        return state_name(value)
    if name == "composition" and value is not None:
        return ", ".join(f"{count_name(key)} {count}" for key, count in value.items() if count)
    if name == "officer_role" and value is not None:
        return role_name(value, city=request.rules.city)
    if name == "open_tasks":
        return ", ".join(_task(one) for one in value)
    return _shown(value)


def _task(one: dict[str, Any]) -> str:
    due = dmy(one["due_on"]) if one["due_on"] else _("no day stipulated")
    return f"{task_name(one['kind'])}: {due}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(item)}" for name, item in value.items() if item)
    if isinstance(value, list) and value and isinstance(value[0], dict) and "document" in value[0]:
        return "; ".join(_document(item) for item in value)
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, date):
        return dmy(value)
    return str(to_json(value))


def _document(one: dict[str, Any]) -> str:
    end = dmy(one["to"]) if one["to"] else "…"
    return f"{one['document']}: {dmy(one['from'])} - {end}"
