"""The lives of clubs as the page for a browser keeps them: a few letters for each step or entry.

There are thousands of them in a province of many clubs. The page's own script reads them.
"""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

from engine.frozen import EMPTY
from engine.i18n import _
from engine.labels import entry_name, fund_name, step_name
from engine.model import EntryKind, FundKind
from engine.states import STEPS

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BETWEEN = "|"
FIRST_DAY = date(2000, 1, 1)
"""Days are counted from it, in three digits of base 36."""
MOST_STEPS, MOST_ENTRIES, LEAST = 5_000, 2_500, 2
"""So many of all clubs are in one file, at least two of each club."""
_STEPS = [one.name for one in STEPS]
OWN_FUND = "own"
"""The placeholder of every fund that has no digit of its own."""
MOST_FUNDS = len(DIGITS) // len(EntryKind) - 1
"""How many funds have digits of their own."""


def _kinds(own: Mapping[str, str]) -> list[tuple[EntryKind, str]]:
    """Return each kind of entry in each fund, in the order of their digits."""
    funds = [*FundKind, *own][:MOST_FUNDS]
    return list(product(EntryKind, (*funds, OWN_FUND)))


def step_names() -> str:
    """Return what each step is called, in the order of their digits."""
    return BETWEEN.join(step_name(one) for one in _STEPS)


def entry_names(own: Mapping[str, str]) -> str:
    """Return what each kind of entry in each fund is called, in the order of their digits.

    ``own`` are the labels of the province's own funds.
    """
    labels = {**own, OWN_FUND: _("a fund of the province's own")}
    return BETWEEN.join(
        f"{entry_name(kind)}, {fund_name(fund, labels)}" for kind, fund in _kinds(own)
    )


def last(life: Mapping[str, Any], clubs: int) -> Mapping[str, Any]:
    """Return the latest of a club's life: less of each where there are many clubs in one file."""
    steps, entries = (max(LEAST, most // max(clubs, 1)) for most in (MOST_STEPS, MOST_ENTRIES))
    return {"steps": life["steps"][-steps:], "entries": life["entries"][-entries:]}


def packed(life: Mapping[str, Any], own: Mapping[str, str] = EMPTY) -> str:
    """Return a club's life: a digit and a day a step, then a digit, a day and đồng an entry."""
    steps = [(DIGITS[_STEPS.index(one["step"])], one["on"]) for one in life["steps"]]
    places = {one: DIGITS[place] for place, one in enumerate(_kinds(own))}
    entries = [
        (places.get((kind, one["fund"])) or places[kind, OWN_FUND], one)
        for kind, one in ((EntryKind(one["kind"]), one) for one in life["entries"])
    ]
    taken = "".join(f"{digit}{_day(on)}" for digit, on in steps)
    money = " ".join(f"{digit}{_day(one['on'])}{_base36(one['amount'])}" for digit, one in entries)
    return f"{taken}{BETWEEN}{money}" if taken or money else ""


def _day(iso: str) -> str:
    return _base36(max(0, (date.fromisoformat(iso) - FIRST_DAY).days)).rjust(3, "0")


def _base36(value: int) -> str:
    found = ""
    while value or not found:
        value, digit = divmod(value, len(DIGITS))
        found = DIGITS[digit] + found
    return found
