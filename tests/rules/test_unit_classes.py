"""Which class a commune is in, and which district it was part of: with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import Dated, rules

from engine.rules.communes import Unit
from engine.rules.unit_classes import UnitClasses

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
STATED = rules(
    {
        "communes.classes": Dated(
            [
                {"class": "mountain", "communes": ["Xã Cao", "Xã Đỉnh"]},
                {"class": "mountain", "communes": ["Xã Dốc"]},
                {"class": "own_bien_gioi", "communes": ["Xã Cao"]},
            ]
        ),
        "communes.districts": Dated([{"name": "Huyện Núi", "communes": ["Xã Cao", "Xã Dốc"]}]),
    }
)


def unit(name: str, **parts: Any) -> Unit:
    kind, _space, rest = name.partition(" ")
    given = {"valid_from": date(2000, 1, 1), "valid_to": BEFORE, **parts}
    return Unit("00001", rest, kind.lower(), "thu", **given)


def classes(*units: Unit, on: date = date(2022, 1, 1), stated: Any = STATED) -> UnitClasses:
    return UnitClasses(stated, units, on)


def test_a_commune_is_of_the_classes_that_a_document_lists_it_in() -> None:
    found = classes()
    assert found.is_of("Xã Cao", ["mountain"])
    assert found.is_of("xã dốc", ["own_bien_gioi", "mountain"])
    assert not found.is_of("Xã Dốc", ["own_bien_gioi"])
    assert not found.is_of("Xã Thấp", ["mountain"])
    assert not found.is_of("Xã Thấp", ["island"])


def test_of_no_class_in_particular_every_commune_is() -> None:
    assert classes().is_of("Xã Thấp", [])


@pytest.mark.parametrize(
    ("commune", "of"), [("Xã Một", "rural"), ("Phường Một", "ward"), ("Thị trấn Một", "town")]
)
def test_what_a_commune_is_shows_in_its_name(commune: str, of: str) -> None:
    found = classes(stated=rules())
    assert [one for one in ("rural", "ward", "town") if found.is_of(commune, [one])] == [of]


def test_a_name_without_what_it_is_shows_no_class() -> None:
    found = classes()
    assert not found.is_of("Một", ["rural"])
    assert not found.is_of("Một", ["mountain"])


def test_a_list_of_units_adds_its_classes_to_those_of_the_documents() -> None:
    found = classes(unit("Xã Suối", classes=("mountain", "minority")))
    assert found.is_of("Xã Suối", ["minority"])
    assert found.is_of("Xã Suối", ["mountain"])
    assert found.is_of("Xã Cao", ["mountain"])
    assert found.classes == {
        "mountain": ["Xã Cao", "Xã Đỉnh", "Xã Dốc", "Xã Suối"],
        "own_bien_gioi": ["Xã Cao"],
        "minority": ["Xã Suối"],
    }


def test_a_unit_counts_in_its_own_days_only_and_does_not_hide_the_next() -> None:
    gone = unit("Xã Suối", classes=("mountain",), parent="Huyện Suối", valid_to=BEFORE)
    there = unit("Xã Khe", classes=("mountain",), parent="Huyện Suối", valid_to=None)
    found = classes(gone, there, on=AFTER, stated=rules())
    assert found.classes == {"mountain": ["Xã Khe"]}
    assert found.districts == {"Huyện Suối": ["Xã Khe"]}


def test_it_is_known_which_communes_are_of_a_class_where_something_lists_them() -> None:
    found = classes(unit("Xã Suối", classes=("minority",)))
    assert found.known(["mountain", "minority", "rural", "ward", "town"])
    assert found.known([])
    assert not found.known(["mountain", "island"])


def test_a_value_of_another_day_lists_nothing() -> None:
    assert classes(on=date(2026, 1, 1)).classes == {}
    assert classes(on=date(2026, 1, 1)).districts == {}


def test_the_district_of_a_commune_is_that_of_the_document_or_of_the_list() -> None:
    found = classes(unit("Xã Suối", parent="Huyện Suối"), unit("Xã Khe", parent="Tỉnh Thử"))
    assert found.district("Xã Cao") == "Huyện Núi"
    assert found.district("Xã Suối") == "Huyện Suối"
    assert found.district("Xã Khe") is None
    assert found.districts == {"Huyện Núi": ["Xã Cao", "Xã Dốc"], "Huyện Suối": ["Xã Suối"]}


def test_the_communes_of_a_district_are_found_by_its_name_however_it_is_spelt() -> None:
    found = classes(unit("Xã Suối", parent="huyện núi"), unit("Xã Khe", parent="Huyện Khe"))
    assert found.communes_of("HUYỆN NÚI") == ("Xã Cao", "Xã Dốc", "Xã Suối")
    assert found.communes_of("Huyện Lạ") == ()
