"""Funds and sources of money that only one province has: ``fund.own_...``, ``sources.own_...``."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.frozen import thaw
from engine.i18n import _
from engine.model import BALANCE, OWN_PREFIX, FundKind
from engine.policy.model import Policy
from engine.policy.problem import Problem

if TYPE_CHECKING:
    from engine.policy.crosscheck import Placed

FUND, SOURCES, GRANT = "fund", "sources", "grant"
NAMED: Mapping[str, str] = {
    "into": FUND,
    "funds": FUND,
    "funds_source": SOURCES,
    "sources": SOURCES,
    "grants": GRANT,
}
"""Fields of grants and measures that name funds, sources or grants."""


def fund_ids(policy: Policy, on: date) -> tuple[str, ...]:
    """Return the funds that a province's clubs may have had by a day: all clubs', then its own."""
    return (*(fund.value for fund in FundKind), *own_funds(policy, on))


def own_funds(policy: Policy, on: date) -> dict[str, str]:
    """Return what the own funds that a province's clubs may have had by a day are called, by id."""
    labels = fund_labels(policy)
    return {
        id_: label
        for id_, label in labels.items()
        if policy.entries_of(f"{FUND}.{id_}")[0].start <= on
    }


def fund_labels(policy: Policy) -> dict[str, str]:
    """Return what a province's own funds are called, by id, as it calls them last."""
    return _labels(policy, FUND)


def source_labels(policy: Policy) -> dict[str, str]:
    """Return what a province's own sources of money are called, by id, as it calls them last."""
    return _labels(policy, SOURCES)


def _labels(policy: Policy, group: str) -> dict[str, str]:
    own = (key for key in policy.keys_of(group) if key.startswith(f"{group}.{OWN_PREFIX}"))
    return {
        key.removeprefix(f"{group}."): str(policy.entries_of(key)[-1].value["label"]) for key in own
    }


def problems(by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find own funds, sources and grants that a value names and nothing states."""
    for several in by_key.values():
        for one in several:
            for group, name in _named(one):
                if name.startswith(OWN_PREFIX) and f"{group}.{name}" not in by_key:
                    yield one.problem(
                        codes.POLICY_MONEY,
                        name,
                        f"{group}.{name}",
                        _("{key} names {name}, but this file has no {group}.{name}.").format(
                            key=one.path, name=name, group=group
                        ),
                    )


def _named(one: "Placed") -> Iterator[tuple[str, str]]:
    """Yield the funds, sources and grants that a value names, each with its group."""
    entry = one.entry
    if entry.key == "sources.list":
        yield from ((SOURCES, str(row["id"])) for row in entry.value)
    elif entry.key == f"{FUND}.kinds":
        yield from ((FUND, str(fund)) for fund in entry.value)
    elif entry.key.startswith(("grant.", "measure.")):
        yield from _inside([thaw(entry.value), thaw(entry.extra)])


def _inside(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for part in value:
            yield from _inside(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in NAMED:
                several = part if isinstance(part, list) else [part]
                yield from ((NAMED[name], str(each)) for each in several)
            elif name == "figure" and str(part).endswith(BALANCE):
                yield FUND, str(part).removesuffix(BALANCE)
            else:
                yield from _inside(part)
