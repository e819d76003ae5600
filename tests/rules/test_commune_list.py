"""A commune's name held against the list of units that was loaded: with literals."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.literals import club, codes, officer, policy, report, request, text

from engine.model import State
from engine.policy.effective import Rules
from engine.rules.commune_list import listed, mismatch, of_the_day
from engine.rules.communes import Unit

pytestmark = pytest.mark.usefixtures("english")

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def unit(id_: str, name: str, *, kind: str = "xã", **parts: Any) -> Unit:
    return Unit(id_, name, kind, "thu", **{"valid_from": date(2000, 1, 1), **parts})


ENDED = unit("00001", "Đồng Tâm", valid_to=BEFORE, successor="00009")
HOUSE = unit("00002", "Tân An")
STREET = unit("00003", "Tân An", kind="phường")
NEW = unit("00009", "Đồng Tâm Mới", kind="phường", valid_from=AFTER)
DISTRICT = unit("010", "Huyện Một", kind="huyện")
UNITS = (ENDED, HOUSE, STREET, NEW, DISTRICT)


def test_the_communes_of_a_day_are_those_that_were_there() -> None:
    assert of_the_day(UNITS, BEFORE) == [ENDED, HOUSE, STREET]
    assert of_the_day(UNITS, AFTER) == [HOUSE, STREET, NEW]
    assert of_the_day(UNITS, date(1999, 12, 31)) == []


def test_a_list_that_does_not_reach_the_day_judges_nothing() -> None:
    assert mismatch(UNITS, "Xã Không Có", date(1999, 12, 31)) is None


@pytest.mark.parametrize("name", ["Xã Tân An", "xã tân an", "Phường Tân An", "Xã Đồng Tâm"])
def test_a_commune_of_the_day_is_meant(name: str) -> None:
    assert mismatch(UNITS, name, BEFORE) is None


def test_several_communes_of_one_name_want_a_word_more() -> None:
    found = mismatch(UNITS, "Tân An", AFTER)
    assert found is not None
    assert found.code == "CLB-COMMUNE-SEVERAL"
    assert found.message == (
        "Several communes are called Tân An: Xã Tân An (00002); Phường Tân An (00003)."
    )
    assert found.fix == "Write what it is (xã, phường), or its code."


def test_a_code_decides_among_communes_of_one_name() -> None:
    assert mismatch(UNITS, "Tân An", AFTER, "00003") is None
    found = mismatch(UNITS, "Tân An", AFTER, "00009")
    assert found is not None
    assert found.code == "CLB-COMMUNE-UNKNOWN"
    assert (
        found.message == "Tân An (00009) is not in the province's list of communes of 01/07/2025."
    )


def test_two_rows_of_one_unit_are_one_commune() -> None:
    again = unit("00002", "Tân An", source="another row")
    assert mismatch((HOUSE, again), "Xã Tân An", AFTER) is None


def test_a_commune_that_ended_is_named_with_what_it_became() -> None:
    found = mismatch(UNITS, "Xã Đồng Tâm", AFTER)
    assert found is not None
    assert found.code == "CLB-COMMUNE-ENDED"
    assert found.message == "Xã Đồng Tâm was a commune until 30/06/2025 only."
    assert found.fix == "Since then: Phường Đồng Tâm Mới."


def test_of_several_that_ended_the_last_is_named() -> None:
    earlier = unit("00008", "Đồng Tâm", valid_to=date(2010, 12, 31))
    for units in ((earlier, *UNITS), (*UNITS, earlier)):
        found = mismatch(units, "Xã Đồng Tâm", AFTER)
        assert found is not None
        assert found.message == "Xã Đồng Tâm was a commune until 30/06/2025 only."


def test_a_commune_that_became_nothing_known_has_the_nearest_names() -> None:
    lost = unit("00001", "Đồng Tâm", valid_to=BEFORE)
    found = mismatch((lost, unit("00004", "Đồng Tân")), "Xã Đồng Tâm", AFTER)
    assert found is not None
    assert found.code == "CLB-COMMUNE-ENDED"
    assert found.fix == "Nearest: Xã Đồng Tân. All: clb commune search NAME."


@pytest.mark.parametrize(
    ("code", "expected"),
    [(None, "CLB-COMMUNE-ENDED"), ("00001", "CLB-COMMUNE-ENDED"), ("00077", "CLB-COMMUNE-UNKNOWN")],
)
def test_a_code_of_another_unit_is_not_that_of_one_that_ended(
    code: str | None, expected: str
) -> None:
    found = mismatch(UNITS, "Xã Đồng Tâm", AFTER, code)
    assert found is not None
    assert found.code == expected


def test_a_commune_still_to_begin_is_not_one_that_ended() -> None:
    found = mismatch(UNITS, "Phường Đồng Tâm Mới", BEFORE)
    assert found is not None
    assert found.code == "CLB-COMMUNE-UNKNOWN"
    assert found.message == (
        "Phường Đồng Tâm Mới is not in the province's list of communes of 30/06/2025."
    )


def test_at_most_three_of_the_nearest_names_are_offered_each_once() -> None:
    names = ("Tân An", "Tân Ân", "Tân Anh", "Tân Ann", "Bình Minh")
    units = [unit(f"1{place}", name) for place, name in enumerate(names)]
    found = mismatch([*units, unit("20", "Tân An")], "Xã Tân Ám", AFTER)
    assert found is not None
    offered = found.fix.removeprefix("Nearest: ").removesuffix(". All: clb commune search NAME.")
    assert len(offered.split(", ")) == 3
    assert "Bình Minh" not in offered


def test_where_no_name_is_near_the_way_to_look_it_up_is_shown() -> None:
    found = mismatch(UNITS, "Xã Gió Đông Bắc", AFTER)
    assert found is not None
    assert found.fix == "Look the name up: clb commune search NAME."


def asked(form: Any, units: tuple[Unit, ...] | None = UNITS, on: str = "2025-07-01", **parts: Any):
    given = {"officer": officer(), "club": club(State.NONE), **parts}
    return request(on, form, step="open", commune_list=units, **given)


def test_a_club_in_a_commune_that_there_is_not_is_refused() -> None:
    assert report(listed(asked({"commune": "Xã Đồng Tâm"}))) == text("""
        block CLB-COMMUNE-ENDED
          Xã Đồng Tâm was a commune until 30/06/2025 only.
          actual: Xã Đồng Tâm
          who: the province's administrator
          fix: Since then: Phường Đồng Tâm Mới.
        """)
    assert codes(listed(asked({"commune": "Xã Tân An"}))) == []


def test_the_code_of_the_form_decides() -> None:
    both = {"commune": "Tân An", "commune_id": "00003"}
    assert codes(listed(asked(both))) == []
    assert codes(listed(asked({"commune": "Tân An"}))) == ["CLB-COMMUNE-SEVERAL"]


def test_a_day_that_the_list_does_not_reach_is_noted() -> None:
    assert report(listed(asked({"commune": "Xã Lạ"}, on="1999-12-31"))) == text("""
        note CLB-COMMUNE-UNCHECKED
          No list of communes of 31/12/1999 is loaded: Xã Lạ was not checked.
          who: the province's administrator
          fix: clb commune import …
        """)
    assert codes(listed(asked({"commune": "Xã Lạ"}, units=()))) == ["CLB-COMMUNE-UNCHECKED"]


def test_a_step_without_a_list_or_without_a_commune_is_not_checked() -> None:
    assert codes(listed(asked({"commune": "Xã Lạ"}, units=None))) == []
    assert codes(listed(asked({"name": "CLB"}))) == []


def test_the_correction_of_an_opening_cannot_change_the_commune() -> None:
    wrong = {"commune": "Xã Lạ"}
    assert codes(listed(asked(wrong, officer=None))) == []
    assert codes(listed(asked(wrong, officer=None, club=club()))) == ["CLB-COMMUNE-UNKNOWN"]
    assert codes(listed(asked(wrong, club=club(State.NONE)))) == ["CLB-COMMUNE-UNKNOWN"]


def test_of_a_city_its_own_administrator_is_asked() -> None:
    city = Rules(replace(policy(), kind="city"), policy())
    for on in ("2025-07-01", "1999-12-31"):
        (found,) = listed(asked({"commune": "Xã Lạ"}, on=on, policy=city))
        assert found.who == "the city's administrator"
