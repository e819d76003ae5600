"""Every fact of a document on which the engine acts has a case that names it."""

from functools import cache
from pathlib import Path

import pytest

from engine.scenario.case_file import read_case

HERE = Path(__file__).parent
POLICIES = sorted(HERE.parents[1].glob("plugins/*/clb_*/policy.toml"))
PREFIX = {"hoa_binh": "HB", "bac_ninh": "BN", "hai_phong": "HP", "ha_noi": "HN"}

NUMBERS = {
    "HB-": "04 05 06 07 08 09 10 11 12 13 14 17 20 23 24 26 28 40 42 43 44 45 47 48 50 90",
    "BN-": "05 15 20 21 22 23 24 25 26 31 33 36 37 38 40 41 50 51 52 53 60 61 63 65 90",
    "HP-": "03 04 05 06 12 17 18 22 90",
    "HN-": "02 03 10 11 12 13 14 15 16 17 18 20 42 45 46 90",
    "T-HB": "1 2 3 4 5",
    "T-BN": "1 2 3 4 5 6 8 9",
    "T-HP": "1 2",
    "T-HN": "1 2 3",
    "T-ALL": "1 2 3",
}
"""The numbers of the facts that block, warn, set a target or a schedule, or must stay unsaid."""
ACTING = [f"{start}{number}" for start, all_ in NUMBERS.items() for number in all_.split()]
UNWRITTEN = {"BN-15", "T-ALL1", "T-ALL2", "T-ALL3"}
"""Facts that are sums or comparisons, so that no policy file has a place of their own for them."""


@cache
def named() -> dict[str, set[str]]:
    """Return the provinces whose cases name each fact."""
    found: dict[str, set[str]] = {}
    for path in HERE.glob("*/*.toml"):
        case = read_case(path)
        for fact in case.facts:
            found.setdefault(fact, set()).add(case.province)
    return found


@pytest.mark.parametrize("fact", ACTING)
def test_a_fact_the_engine_acts_on_has_a_case(fact: str) -> None:
    assert fact in named()


def test_a_case_names_facts_of_its_own_province() -> None:
    for fact, provinces in named().items():
        of = fact.removeprefix("T-").rstrip("0123456789").removesuffix("-")
        assert of == "ALL" or provinces == {one for one, prefix in PREFIX.items() if prefix == of}


def test_every_named_fact_is_in_a_policy_file() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in POLICIES)
    assert {fact for fact in named() if fact not in text} == UNWRITTEN


@pytest.mark.parametrize("fact", ["T-ALL1", "T-ALL3"])
def test_the_same_question_is_asked_of_several_provinces(fact: str) -> None:
    assert len(named()[fact]) > 1


def test_every_fact_of_a_document_is_tested() -> None:
    page = (HERE.parents[1] / "docs" / "facts.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows if row[-1] == "-"] == []
