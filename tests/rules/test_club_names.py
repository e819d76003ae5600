"""The name of a club to be, held against the names of the commune's other clubs: with literals."""

from typing import Any

import pytest
from support.literals import club, codes, report, request, text

from engine.rules.club_names import near, taken
from engine.rules.request import Counts, Neighbour, StepRequest
from engine.vietnamese.text import key

pytestmark = pytest.mark.usefixtures("english")


def neighbour(name: str, village: str = "Thôn Hai") -> Neighbour:
    return Neighbour("c2", name, village, key(name), key(village))


def asked(*others: Neighbour, form: Any = None, **parts: Any) -> StepRequest:
    filled = {"name": "CLB Hoa Mai", "village": "Thôn Hai", "commune": "Xã Hai", **(form or {})}
    return request(form=filled, step="open", neighbours=others, **parts)


def test_a_name_that_no_other_club_has_is_free() -> None:
    about = asked(neighbour("CLB Bình Minh"))
    assert codes([*taken(about), *near(about)]) == []


def test_the_same_name_in_the_same_village_is_probably_one_club_typed_twice() -> None:
    assert report(taken(asked(neighbour("clb hoa  mai", "thôn hai")))) == text("""
        warn CLB-OPEN-DUPLICATE
          A club of this name is already there in Thôn Hai, Xã Hai.
          source: general procedure, not a provision of the province
          who: the commune's Association of the Elderly
          fix: Look it up first: clb club list. Give the new club another name.
        """)


def test_a_club_of_that_name_that_is_only_counted_warns_too() -> None:
    assert codes(taken(asked(counts=Counts(same_name=1)))) == ["CLB-OPEN-DUPLICATE"]


def test_the_same_name_in_another_village_is_no_duplicate() -> None:
    assert codes(taken(asked(neighbour("CLB Hoa Mai", "Thôn Ba")))) == []
    assert codes(taken(asked(neighbour("CLB Bình Minh")))) == []


def test_a_renamed_club_is_looked_for_in_its_own_village() -> None:
    renamed = request(form={"name": "CLB Hoa Mai"}, neighbours=(neighbour("CLB Hoa Mai"),))
    assert codes(taken(renamed)) == []
    here = request(form={"name": "CLB Hoa Mai"}, neighbours=(neighbour("CLB Hoa Mai", "Thôn Một"),))
    (found,) = taken(here)
    assert found.message == "A club of this name is already there in Thôn Một, Xã Một."
    assert codes(near(here)) == []


def test_without_a_name_nothing_is_compared() -> None:
    nothing = request(neighbours=(neighbour("CLB Hoa Mai"),), club=club(village="Thôn Hai"))
    assert codes([*taken(nothing), *near(nothing)]) == []


def test_the_same_name_elsewhere_in_the_commune_is_easily_mixed_up() -> None:
    assert report(near(asked(neighbour("CLB Hoa Mai", "Thôn Ba")))) == text("""
        note CLB-NAME-NEAR
          Another club of the commune has the same name: CLB Hoa Mai, Thôn Ba (c2).
          source: general procedure, not a provision of the province
          who: the commune's Association of the Elderly
          fix: Give the id where a command asks for the club.
        """)
    assert codes(near(asked(neighbour("CLB Hoa Mai")))) == []


def test_a_name_one_mark_away_is_often_a_slip() -> None:
    assert report(near(asked(neighbour("CLB Hòa Mai")))) == text("""
        warn CLB-NAME-NEAR
          Another club of the commune has nearly the same name: CLB Hòa Mai, Thôn Hai
            (c2).
          expected: CLB Hòa Mai
          actual: CLB Hoa Mai
          source: general procedure, not a provision of the province
          who: the commune's Association of the Elderly
          fix: Check the name; go on with a reason if it is another club.
        """)


def test_every_neighbour_is_compared() -> None:
    others = (
        neighbour("CLB Bình Minh"),
        neighbour("CLB Hoa Mai", "Thôn Ba"),
        neighbour("CLB Hoả Mai"),
    )
    assert [one.level for one in near(asked(*others))] == ["note", "warn"]


def test_who_makes_the_dossier_is_asked_about_its_name() -> None:
    values = {"roles.open": ["committee"]}
    about = asked(
        *(neighbour("CLB Hoa Mai"), neighbour("CLB Hoa Mai", "Thôn Ba"), neighbour("CLB Hòa Mai")),
        policy=values,
    )
    found = [*taken(about), *near(about)]
    assert [one.who for one in found] == ["the commune People's Committee"] * 3
