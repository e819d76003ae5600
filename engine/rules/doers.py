"""Who does a step in a province: the roles that its policy gives it, else the general ones."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from engine.labels import role_names
from engine.model import Role
from engine.policy.effective import Rules
from engine.rules.communes import TWO_TIER

if TYPE_CHECKING:
    from engine.rules.request import StepRequest

PREPARING = ("open", "propose")
"""The steps by which a club's dossier is made; a policy may give either to the unit that leads."""


def stated_roles(rules: Rules, step: str, on: date) -> tuple[Role, ...]:
    """Return the roles that a policy gives a step on a day; none where it gives it to nobody."""
    stated = rules.stated(f"roles.{step}", on)
    return tuple(Role(one) for one in stated.value) if stated.status == "value" else ()


def doer(request: "StepRequest", step: str, default: Role, on: date | None = None) -> Role:
    """Return the role that a policy gives the step on a day, else ``default``.

    ``on`` is the day that the step is due; without one it is the request's.
    """
    return (*stated_roles(request.rules, step, on or request.on), default)[0]


def sharers(rules: Rules, step: str, on: date, role: Role) -> tuple[Role, ...]:
    """Return the role that a task falls to, then the others that a policy gives its step.

    A district is none of them once there are none.
    """
    given = stated_roles(rules, step, on)
    there = (one for one in given if one is not Role.DISTRICT or on < TWO_TIER)
    return tuple(dict.fromkeys((role, *there)))


def doers(request: "StepRequest", step: str, default: Sequence[Role]) -> str:
    """Return in words whom a policy gives the step on the request's day, else ``default``."""
    roles = stated_roles(request.rules, step, request.on) or default
    return role_names(roles, city=request.rules.city)


def preparers(rules: Rules, on: date) -> str:
    """Return in words who makes a club's dossier, its member list with it.

    Whom the policy gives the opening of the file or the proposal, else the Association (Hội NCT).
    """
    given = (stated_roles(rules, step, on) for step in PREPARING)
    return role_names(next(filter(None, given), (Role.ASSOCIATION,)), city=rules.city)
