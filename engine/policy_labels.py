"""What people call the ids that a policy has as values, and what it says of itself.

As ``engine.labels`` for the rest: a mapping in the order people expect, its words English and
marked for the catalogues, and the function that returns the word in the language in use.
"""

from collections.abc import Mapping

from engine.i18n import N_, _
from engine.labels import (
    ASPECTS,
    COUNTS,
    ENTRIES,
    FIGURES,
    POLICY_FUNDS,
    POLICY_SOURCES,
    POSTS,
    ROLES,
    SOURCES,
)

POLICY_STATUSES: Mapping[str, str] = {
    "value": N_("stipulated"),
    "not_in_force": N_("not in force on that day"),
    "not_stipulated": N_("not stipulated"),
}


def policy_status_name(status: str) -> str:
    """Return what people call the status of a policy's answer."""
    return _(POLICY_STATUSES[status])


FORCES: Mapping[str, str] = {
    "norm": N_("to be reached"),
    "goal": N_("to strive for"),
    "funding": N_("amount of support"),
    "procedure": N_("how it is done"),
    "task": N_("a task given"),
    "request": N_("a request"),
    "history": N_("figures of the past"),
    "optional": N_("not decided yet"),
}


def force_name(force: str) -> str:
    """Return how binding a value of a policy is."""
    return _(FORCES[force])


CYCLES: Mapping[str, str] = {
    "quarter": N_("every quarter"),
    "half_year": N_("every half year"),
    "year": N_("every year"),
    "other": N_("other"),
}
"""How often a report is due."""

TARGET_KINDS: Mapping[str, str] = {
    "floor": N_("at least"),
    "stretch": N_("about"),
    "named": N_("named places"),
    "budget": N_("limit"),
    "coverage": N_("places covered"),
    "share": N_("share"),
}
POLICY_TARGET_KINDS: Mapping[str, str] = {
    "floor": TARGET_KINDS["floor"],
    "stretch": TARGET_KINDS["stretch"],
    "named": N_("a list by name"),
    "budget": TARGET_KINDS["budget"],
    "coverage": N_("a share of communes or villages"),
    "share": N_("a share"),
}


def target_kind_name(kind: str) -> str:
    """Return what people call a kind of target."""
    return _(TARGET_KINDS[kind])


LOANS: Mapping[str, str] = {
    "loans": N_("loans"),
    "cash": N_("loans in money"),
    "cash_or_kind": N_("loans in money or in kind"),
    "cash_or_activity": N_("loans or income activities"),
}
"""What counts as help to borrow."""
POLICY_LOANS: Mapping[str, str] = {
    "loans": N_("any loan"),
    "cash": N_("in money"),
    "cash_or_kind": N_("in money or in kind"),
    "cash_or_activity": N_("by a loan or by an activity"),
}
PAPER_LOANS: Mapping[str, str] = {
    "loans": "được vay vốn",
    "cash": "được vay vốn bằng tiền",
    "cash_or_kind": "được vay vốn bằng tiền hoặc hiện vật",
    "cash_or_activity": "được vay vốn hoặc tham gia hoạt động tăng thu nhập",
}
BORROWERS: Mapping[str, str] = {
    "members": N_("of all members"),
    "members_with_need": N_("of the members with need"),
}
"""Whose share borrows."""
POLICY_BORROWERS: Mapping[str, str] = {
    "members": COUNTS["members"],
    "members_with_need": FIGURES["members_with_need"],
}


def loans_name(counts: str) -> str:
    """Return what counts as help to borrow."""
    return _(LOANS[counts])


def borrowers_name(of: str) -> str:
    """Return of whom a share of borrowers is."""
    return _(BORROWERS[of])


UNIT_CLASSES: Mapping[str, str] = {
    "rural": N_("rural communes"),
    "ward": N_("wards"),
    "town": N_("towns"),
    "mountain": N_("mountain communes"),
    "minority": N_("communes of ethnic minorities"),
    "border": N_("border communes"),
    "island": N_("island communes"),
    "hardship": N_("communes in special hardship"),
}
"""Classes of communes that documents distinguish."""
MEASURED: Mapping[str, str] = {
    "clubs": N_("clubs"),
    "communes": N_("communes"),
    "districts": N_("districts"),
    "total": N_("a total"),
    "all": N_("all that are established"),
    "new": N_("new ones of the period"),
    "launched": N_("those launched"),
}
"""What such a measure counts, and of which clubs."""
POLICY_WORDS: Mapping[str, str] = {
    **SOURCES,
    **UNIT_CLASSES,
    **FIGURES,
    **MEASURED,
    **ENTRIES,
    **ROLES,
    **POLICY_TARGET_KINDS,
    **CYCLES,
    **POLICY_FUNDS,
    **POSTS,
    "board": N_("the whole board"),
    "member": N_("member"),
    **POLICY_BORROWERS,
    **POLICY_LOANS,
    "first": N_("the first phase"),
    "training": N_("the training"),
    "supervision": N_("the first supervision"),
    "review": N_("the first yearly review"),
    "decision": N_("the decision"),
    "launch": N_("the launch"),
    **POLICY_SOURCES,
    **ASPECTS,
}
"""Every id that a policy has as a value."""


FIELD_TYPES: Mapping[str, str] = {
    "number": N_("a number"),
    "text": N_("a text"),
    "money": N_("an amount"),
    "day": N_("a day"),
    "yes_no": N_("yes or no"),
    "choice": N_("one of the choices"),
    "person": N_("a member of the club"),
}
"""What is filled in for a field of a province's own."""


def field_type_name(type_: str) -> str:
    """Return what is filled in for a field of a province's own."""
    return _(FIELD_TYPES[type_])


def policy_word(text: str) -> str:
    """Return what people call an id in a policy's value; any other text as it is."""
    return _(POLICY_WORDS[text]) if text in POLICY_WORDS else text
