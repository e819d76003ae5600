"""What a finding rests on: the policy keys it was judged by and the facts it looked at."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.rules.request import StepRequest

KEYS: Mapping[str, tuple[str, ...]] = {
    "CLB-COMP-SIZE": ("membership.size",),
    "CLB-COMP-ELDERLY": ("membership.elderly_share", "membership.elderly_age"),
    "CLB-COMP-WOMEN": ("membership.women_share",),
    "CLB-COMP-POOR": ("membership.poor_share",),
    "CLB-COMP-YOUNG": ("membership.young_share", "membership.young_age"),
    "CLB-COMP-TOGETHER": (
        "membership.elderly_share",
        "membership.young_share",
        "membership.size",
    ),
    "CLB-APPRAISAL-MISSING": ("appraisal.aspects",),
    "CLB-APPRAISAL-NOT-MET": ("appraisal.aspects", "appraisal.favourable"),
    "CLB-APPRAISAL-NOTED": ("appraisal.aspects",),
    "CLB-BUDGET-YEAR": ("budget.yearly",),
    "CLB-QUOTA-NAMED": ("target.named_communes",),
    "CLB-TERRITORY-OUTSIDE": ("communes.territory",),
    "CLB-TERRITORY-UNKNOWN": ("communes.territory",),
    "CLB-GRANT-AMOUNT": ("grant.establishment",),
    "CLB-GRANT-RESOLUTION": ("grant.establishment",),
    "CLB-GRANT-NOT-NEW": ("grant.establishment",),
    "CLB-GRANT-SECOND": ("grant.establishment",),
    "CLB-TRAIN-DAYS": ("training.course", "training.initial"),
    "CLB-TRAIN-MISSING": ("training.initial",),
    "CLB-LAUNCH-CHARTER": ("fund.regulation",),
    "CLB-LAUNCH-FUND": ("fund.kinds",),
    "CLB-SUPERVISE-EARLY": ("supervision.interval_months",),
    "CLB-REVIEW-UNSUPERVISED": ("supervision.interval_months",),
    "CLB-INDICATOR-BORROWERS": ("indicator.borrowers_share",),
}
"""The policy keys each code is judged by; a code that is not here is a rule of the engine."""


def keys(code: str, step: str) -> tuple[str, ...]:
    """Return the policy keys a finding was judged by; empty for a rule of the engine."""
    if code == "CLB-ROLE":
        return (f"roles.{step}",)
    return KEYS.get(code, ())


def facts(request: StepRequest) -> dict[str, Any]:
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
