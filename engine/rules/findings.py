"""Short ways to write a finding, and the words for roles and states that findings use."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from engine.codes.code import Code
from engine.i18n import _
from engine.model import Finding, Level, Role, State


class Details(TypedDict, total=False):
    """What a finding may hold besides its code and message; ``Finding`` documents each."""

    expected: str | None
    actual: str | None
    source: str | None
    who: str | None
    fix: str | None


def block(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a finding that refuses the step."""
    return Finding(code, Level.BLOCK, message, **details)


def warn(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a finding that an officer must acknowledge with a reason."""
    return Finding(code, Level.WARN, message, **details)


def note(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a finding that is only shown."""
    return Finding(code, Level.NOTE, message, **details)


def refuse(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a block about who may act: role, scope or separation of duties."""
    return Finding(code, Level.BLOCK, message, **details, permission=True)


def role_name(role: Role | str) -> str:
    """Return what people call a role."""
    names = {
        Role.ASSOCIATION: _("the commune's Association of the Elderly"),
        Role.COMMITTEE: _("the commune People's Committee"),
        Role.PROVINCE: _("the province"),
        Role.ADMIN: _("the province's administrator"),
    }
    return names[Role(role)]


def role_names(roles: Iterable[Role | str]) -> str:
    """Return several roles as one phrase."""
    return _(" or ").join(role_name(role) for role in roles)


def state_name(state: State | str) -> str:
    """Return what people call a state."""
    names = {
        State.NONE: _("not opened yet"),
        State.PREPARING: _("preparing the dossier"),
        State.PROPOSED: _("proposed"),
        State.RETURNED: _("dossier returned"),
        State.WITHDRAWN: _("withdrawn"),
        State.REJECTED: _("rejected"),
        State.APPROVED: _("established by decision"),
        State.TRAINED: _("board trained"),
        State.LAUNCHED: _("launched"),
        State.OPERATING: _("operating"),
        State.CONSOLIDATING: _("being consolidated"),
        State.SUSPENDED: _("suspended"),
        State.DISSOLVED: _("dissolved"),
    }
    return names[State(state)]


def state_names(states: Iterable[State | str]) -> str:
    """Return several states as one phrase."""
    return ", ".join(state_name(state) for state in states)


def step_name(step: str) -> str:
    """Return what people call a step."""
    names = {
        "open": _("open the file"),
        "propose": _("propose to the commune People's Committee"),
        "withdraw": _("withdraw the proposal"),
        "return": _("return the dossier"),
        "reject": _("reject the proposal"),
        "approve": _("decide the establishment"),
        "train": _("train the board"),
        "launch": _("launch the club"),
        "supervise": _("supervise"),
        "review": _("review the year"),
        "consolidate": _("finish the consolidation"),
        "suspend": _("suspend"),
        "resume": _("resume"),
        "dissolve": _("dissolve"),
        "roster": _("change the member list"),
        "set_board": _("name the board"),
        "change_board": _("change the board"),
        "fund": _("record fund money"),
        "meeting": _("record a meeting"),
        "rename": _("rename the club"),
        "rehome": _("move to another commune"),
        "correct": _("correct an earlier record"),
        "annul": _("annul the last step"),
        "erase": _("erase a member's personal data"),
        "export": _("export the full member list"),
    }
    return names.get(step, step)
