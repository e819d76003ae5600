"""Measures that a province writes itself: data of its policy file, made into a ``Measure``.

A measure counts clubs that meet its conditions, communes or districts that have enough such clubs,
or adds a figure up over the clubs. Everything that goes into the query is a number or a word of a
closed list.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.i18n import N_
from engine.model import BALANCE, LEAVING, OWN_PREFIX, EntryKind, FundKind, balance_of
from engine.policy.model import Entry, Policy
from engine.policy.own_measures import unit_of
from engine.targets.measure import Completion, Measure, Places
from engine.targets.measures import MEASURES
from engine.targets.own_fields import NamedGrants, OwnPart, OwnTest, is_read, own_part
from engine.targets.query_parts import ALIVE, DECIDED, ESTABLISHED, of_province

TOTAL = "total"
PEOPLE: Mapping[str, str] = {
    "members": "",
    "women": " AND sex = 'F'",
    "elderly": " AND born <= :limit",
    "elderly_women": " AND sex = 'F' AND born <= :limit",
    "young": " AND born > :limit",
    "poor": " AND circumstance = 'poor'",
    "near_poor": " AND circumstance = 'near_poor'",
    "difficult": " AND circumstance = 'difficult'",
}
"""Figures that count a club's members of the day, each with its condition."""
SUPERVISED = (
    *("meetings_held", "borrowers", "borrowers_in_kind", "borrowers_improved"),
    *("members_with_need", "members_served"),
    *(balance_of(fund) for fund in FundKind),
)
"""Figures of a club's last supervision in the period."""
RECORDED: Mapping[str, str] = {
    "supervisions": "supervision",
    "meetings": "meeting",
    "trainings": "training",
    "reviews": "review",
}
"""Figures that count a club's records in the period, each with its table."""
MONEY = "money"
FIGURES = (*PEOPLE, *SUPERVISED, *RECORDED, MONEY)
CLUBS: Mapping[str, str] = {
    "all": f"{ESTABLISHED} AND {ALIVE}",
    "new": f"{DECIDED} AND {ALIVE}",
    "launched": f"{ESTABLISHED} AND {ALIVE} AND c.launched_on <= :at",
}
BOUNDS: Mapping[str, str] = {"min": ">=", "max": "<=", "over": ">", "under": "<"}
PLACES = ("communes", "districts")
BY_NAME: Mapping[str, str] = {
    "grant_amount": N_(
        "All grants that the document names, recorded in the period, less those taken back."
    ),
    "grants_a_year": N_(
        "Clubs that received a grant that the document names in the year, each club once; grants "
        "taken back are left out."
    ),
}
"""How grants are counted where the document has grants by name alone, by the measure."""


def measure_of(policy: Policy, target: Entry, shared: bool) -> Measure:
    """Return the measure of a target: one of the engine's, or one of the province's own.

    ``shared`` is true where the target is a part of a whole. Of a measure's own dated values it is
    the one in force when the target begins, else the last. One that the policy does not have, which
    its check refuses, cannot be measured.
    """
    name = str(target.value["measure"])
    if not name.startswith(OWN_PREFIX):
        return granted(policy, name)
    entries = policy.entries_of(f"measure.{name}")
    if not entries:
        return MEASURES["outside"]
    entry = next((one for one in entries if one.holds(target.start)), entries[-1])
    return own_measure(name, entry.value, shared)


def granted(policy: Policy, name: str) -> Measure:
    """Return a measure of the engine's by its name.

    One of grants counts the grants by name where the policy states those and no establishment
    grant, whose source is what it counts by else.
    """
    if name not in BY_NAME:
        return MEASURES[name]
    grants = [key.removeprefix("grant.") for key in policy.keys_of("grant")]
    if not grants or "establishment" in grants:
        return MEASURES[name]
    measure, read = MEASURES[name], NamedGrants(tuple(grants))
    return replace(
        measure,
        sentence=BY_NAME[name],
        own=OwnPart((OwnTest(read, low=1),), read if measure.unit == "dong" else None),
        sql=f"""
SELECT c.id, c.name, c.commune, 1 AS part, 0 AS whole, 0 AS estimated, NULL AS why,
       c.decided_on AS fact
FROM club c WHERE {ESTABLISHED}""",
    )


def own_measure(name: str, value: Mapping[str, Any], shared: bool) -> Measure:
    """Return the measure that a policy's value states."""
    total, place = value["count"] == TOTAL, value["count"] in PLACES
    own = own_part(value)
    tests = [_test(one) for one in value.get("where", ()) if not is_read(one)]
    unknown = " OR ".join(f"{figure} IS NULL" for figure, _held in tests)
    held = " AND ".join(one for _figure, one in tests) or "1 = 1"
    part = _figure(value["adds"]) if total and own.adds is None else "1"
    whole = "1" if shared else "0"
    if total and "out_of" in value and own.out_of is None:
        whole = _figure(value["out_of"])
    fact = tests[0][0] if tests else "c.decided_on"
    why = f"WHEN {unknown} THEN 'no_figures' " if tests else ""
    new = value.get("clubs") == "new"
    before = "WHEN c.decided_on < :stated_from THEN 'before_document' " if new else ""
    places = Places(
        value["count"] if place else None,
        tuple(value.get("classes", ())),
        value.get("each", {}).get("min", 1),
        value.get("each", {}).get("max"),
    )
    return Measure(
        name,
        unit_of(value),
        value["label"],
        whole=shared,
        completion=Completion.OWN if place or places.classes else None,
        places=places,
        own=own,
        sql=f"""
SELECT c.id, c.name, c.commune, CASE WHEN {held} THEN coalesce({part}, 0) ELSE 0 END AS part,
       coalesce({whole}, 0) AS whole, 0 AS estimated,
       CASE {why}WHEN NOT ({held}) THEN 'condition_not_met' {before}END AS why, {fact} AS fact
FROM club c WHERE {CLUBS[value.get("clubs", "all")]}""",
    )


def _test(test: Mapping[str, Any]) -> tuple[str, str]:
    """Return a condition's figure, and the condition, as SQL."""
    figure = _figure(test)
    held = [
        f"{figure} {sign} {int(test[bound])}" for bound, sign in BOUNDS.items() if bound in test
    ]
    return figure, " AND ".join(held) or f"{figure} > 0"


def _figure(figure: Mapping[str, Any]) -> str:
    """Return a club's figure as SQL; NULL where no record has it."""
    name, since = figure["figure"], "" if figure.get("ever") else " AND on_date >= :from"
    if name in PEOPLE:
        return (
            f"(SELECT count(*) FROM member m WHERE club = c.id{of_province('m')} "
            "AND joined_on <= :at "
            f"AND (left_on IS NULL OR left_on > :at){PEOPLE[name]})"
        )
    if name == MONEY:
        kinds = _among(figure.get("kinds", (EntryKind.GRANT, EntryKind.CONTRIBUTION)))
        out = _among(LEAVING)
        where = f'coalesce("of", kind) IN ({kinds})'
        for column, of in (("source", "sources"), ("fund", "funds")):
            if of in figure:
                where += f" AND {column} IN ({_among(figure[of])})"
        return (
            f'(SELECT coalesce(sum(CASE WHEN coalesce("of", kind) IN ({out}) THEN -delta '
            f"ELSE delta END), 0) FROM ledger l WHERE club = c.id{of_province('l')} "
            f"AND on_date <= :at{since} AND {where})"
        )
    if name in RECORDED:
        return (
            f"(SELECT count(*) FROM {RECORDED[name]} r WHERE club = c.id{of_province('r')} "
            f"AND voided_by IS NULL AND on_date <= :at{since})"
        )
    if name.endswith(BALANCE):
        fund = _among((name.removesuffix(BALANCE),))
        return (
            "(SELECT b.balance FROM supervision s JOIN supervision_balance b "
            f"ON b.club = s.club AND b.supervision = s.seq AND b.fund = {fund}{of_province('b')} "
            f"WHERE s.club = c.id{of_province('s')} AND s.voided_by IS NULL "
            f"AND s.on_date <= :at{since} ORDER BY s.on_date DESC, s.seq DESC LIMIT 1)"
        )
    column = SUPERVISED[SUPERVISED.index(name)]
    return (
        f"(SELECT {column} FROM supervision s WHERE club = c.id{of_province('s')} "
        f"AND voided_by IS NULL AND on_date <= :at{since} ORDER BY on_date DESC, seq DESC LIMIT 1)"
    )


def _among(words: Iterable[str]) -> str:
    """Return words of a policy as SQL. Raises ValueError for one that may not go into a query."""
    found = list(words)
    for word in found:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", word):
            raise ValueError(word)
    return ", ".join(f"'{word}'" for word in found)
