"""Quotas, the year's budget and the programme's period, when a decision is made: with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import Dated, club, codes, document, report, request, rules, text

from engine.rules import quotas
from engine.rules.request import Counts

pytestmark = pytest.mark.usefixtures("english")

EIGHT = {"budget.yearly": {"clubs": 8, "amount": 800_000_000}}


def programme(on: str, *documents: Any) -> list[Any]:
    return list(quotas.programme(request(on, policy=rules(documents=documents or None))))


def test_the_last_day_of_a_programme_is_still_in_it() -> None:
    assert programme("2025-12-31") == []


def test_the_day_after_a_programme_warns() -> None:
    assert report(programme("2026-01-01")) == text("""
        warn CLB-PROGRAMME-ENDED
          The programme of QD 1 ended on 31/12/2025.
          expected: a decision by 31/12/2025
          actual: 01/01/2026
          source: QD 1
          who: the commune People's Committee
          fix: The decision holds; it counts towards no quota and carries no grant.
        """)


def test_before_a_decision_is_asked_for_an_ended_programme_is_only_noted() -> None:
    assert list(quotas.over(request("2025-12-31", policy=rules()))) == []
    assert report(quotas.over(request("2026-01-01", policy=rules()))) == text("""
        note CLB-PROGRAMME-ENDED
          The programme of QD 1 ended on 31/12/2025: ask the province first.
          expected: a decision by 31/12/2025
          actual: 01/01/2026
          source: QD 1
          who: the province
          fix: A decision would count towards no quota and carry no grant.
        """)


def test_the_first_day_of_a_programme_is_in_it() -> None:
    assert programme("2021-01-01") == []


def test_the_day_before_the_first_programme_is_noted() -> None:
    assert report(programme("2020-12-31")) == text("""
        note CLB-PROGRAMME-BEFORE
          On 31/12/2020 none of the province's documents at hand was in force yet.
        """)


def test_a_text_only_referred_to_is_no_programme() -> None:
    law = document("LU9", date(2010, 7, 1), None, programme=False)
    assert codes(programme("2020-12-31", law, document())) == ["CLB-PROGRAMME-BEFORE"]
    assert programme("2020-12-31", law) == []


def test_the_earliest_of_two_programmes_is_the_first() -> None:
    earlier = document("KH2", date(2018, 1, 1), date(2020, 12, 31))
    assert programme("2018-01-01", document(), earlier) == []
    assert codes(programme("2017-12-31", document(), earlier)) == ["CLB-PROGRAMME-BEFORE"]


def test_between_two_programmes_nothing_is_over_and_nothing_still_to_begin() -> None:
    earlier = document("KH2", date(2018, 1, 1), date(2019, 12, 31))
    assert programme("2020-06-30", document(), earlier) == []


def yearly(decided: int, *, asking: bool = False, values: Any = EIGHT) -> list[Any]:
    counts = Counts(decided=decided, granted=100)
    return list(quotas.yearly(request("2022-05-04", policy=values, counts=counts, asking=asking)))


def test_the_eighth_club_of_a_year_is_within_a_budget_for_eight() -> None:
    assert yearly(7) == []


def test_the_ninth_club_of_a_year_warns_and_is_called_the_ninth() -> None:
    assert report(yearly(8)) == text("""
        warn CLB-BUDGET-YEAR
          The club is number 9 of 2022; the year's budget is for 8.
          expected: 8 clubs a year
          actual: 9
          source: QD 1, I.1
          who: the province
          fix: The decision holds, outside the year's budget: no money follows from it.
        """)


def test_whoever_asks_in_a_year_without_a_decision_is_not_warned() -> None:
    none = {"budget.yearly": {"clubs": 0, "amount": 0}}
    assert yearly(0, asking=True, values=none) == []
    assert codes(yearly(0, values=none)) == ["CLB-BUDGET-YEAR"]
    assert codes(yearly(1, asking=True, values=none)) == ["CLB-BUDGET-YEAR"]
    assert codes(yearly(8, asking=True)) == ["CLB-BUDGET-YEAR"]


def test_without_a_budget_that_year_nothing_warns() -> None:
    ended = Dated(EIGHT["budget.yearly"], end=date(2021, 12, 31))
    assert yearly(100, values={}) == []
    assert yearly(100, values={"budget.yearly": ended}) == []


NAMED = {"target.named_communes": {"communes": [{"name": "Xã Hai"}, "Phường Ba"]}}


def named(commune: str, values: Any = NAMED) -> list[Any]:
    return list(quotas.named(request("2022-05-04", policy=values, club=club(commune=commune))))


@pytest.mark.parametrize("commune", ["Xã Hai", "xã  HAI", "Hai", "UBND phường Ba"])
def test_a_commune_on_the_list_is_known_by_any_writing_of_its_name(commune: str) -> None:
    assert named(commune) == []


def test_a_commune_that_is_not_on_the_list_warns_with_the_list() -> None:
    assert report(named("Xã Một")) == text("""
        warn CLB-QUOTA-NAMED
          Xã Một is not on the list of communes for 2022.
          expected: Xã Hai, Phường Ba
          actual: Xã Một
          source: QD 1, I.1
          who: the province
          fix: The decision holds; the club is not counted among those named.
        """)


def test_where_no_list_is_in_force_any_commune_will_do() -> None:
    ended = Dated(NAMED["target.named_communes"], end=date(2021, 12, 31))
    assert named("Xã Một", {}) == []
    assert named("Xã Một", {"target.named_communes": ended}) == []
