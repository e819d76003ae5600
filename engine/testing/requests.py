"""Requests as a province's own checks get them, for unit tests of its code."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.frozen import freeze
from engine.model import Club, State
from engine.provinces.load import Provinces
from engine.rules.request import StepRequest
from engine.states import step as find_step


def step_request(
    province: str,
    step: str,
    on: date,
    form: Mapping[str, Any] | None = None,
    *,
    provinces: Provinces | None = None,
    **facts: Any,
) -> StepRequest:
    """Return the request of a step on a day, by the province's installed policy.

    ``form`` is the step's form by nested names, ``facts`` are fields of ``StepRequest``. The club
    is one of the state the step starts from, unless ``club`` is given; nobody is its officer and
    whatever else is left out is empty. Raises ``UnknownError`` for a step or a province that there
    is not.
    """
    sources = find_step(step).sources
    state = next((one for one in State if one in sources), State.NONE)
    club = Club(f"{province}-1", province, "CLB thử", "Xã Thử", village="Thôn Thử", state=state)
    rules = (provinces or Provinces()).rules(province)
    given = {"today": on, "club": club, **facts}
    return StepRequest(step=step, on=on, form=freeze(form or {}), rules=rules, **given)
