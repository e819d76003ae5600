"""Administrative units: one place under several names, and a code that is used again."""

from datetime import date

import pytest

from engine.rules.communes import Unit, became, commune_key, named, one_place, was

END = date(2025, 6, 30)
START = date(2025, 7, 1)


def unit(id_: str, name: str, *, successor: str | None = None, old: bool = False) -> Unit:
    """A unit before or after July 2025."""
    return Unit(
        id_,
        name,
        "xã",
        "thu",
        date(2000, 1, 1) if old else START,
        END if old else None,
        successor=successor,
    )


UNITS = [
    unit("00001", "Xã Một", successor="00009", old=True),
    unit("00002", "Xã Hai", successor="00009", old=True),
    unit("00009", "Xã Ba", successor="00001", old=True),
    unit("00009", "Phường Chung"),
    unit("00001", "Xã Khác"),
]


@pytest.mark.parametrize(
    "written", ["Phường Đình Bảng", "đình bảng", "UBND phường Đình Bảng", "P. Đình Bảng"]
)
def test_a_commune_is_one_whatever_it_is_called_before_its_name(written: str) -> None:
    assert commune_key(written) == commune_key("Đình Bảng")


def test_a_commune_whose_name_begins_like_a_kind_keeps_it() -> None:
    assert commune_key("Xã Xã Đàn") == commune_key("Xã Đàn") != commune_key("Đàng")
    assert commune_key("Phường Phường Đúc") == commune_key("Đúc")


def test_two_communes_are_one_place_from_the_day_they_became_it() -> None:
    assert not one_place(UNITS, "Xã Một", "Xã Hai", END)
    assert one_place(UNITS, "Xã Một", "Xã Hai", START)
    assert one_place(UNITS, "Xã Một", "Phường Chung", START)
    assert not one_place(UNITS, "Xã Một", "Xã Ba", START)


def test_a_code_used_again_is_another_unit() -> None:
    third = named(UNITS, "Xã Ba", END)[0]
    assert became(UNITS, third, START).name == "Xã Khác"
    assert [one.name for one in named(UNITS, "00009", END)] == ["Xã Ba"]
    assert [one.name for one in named(UNITS, "00009", START)] == ["Phường Chung"]


def test_what_a_unit_is_called_today_is_told_only_when_it_changed() -> None:
    assert was(UNITS, "Xã Một", START) == "Phường Chung"
    assert was(UNITS, "Xã Một", END) is None
    assert was(UNITS, "Phường Chung", START) is None
