"""Administrative units: one place under several names, and a code that is used again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.rules.commune_list import mismatch
from engine.rules.communes import (
    Places,
    Unit,
    became,
    commune_key,
    full_name,
    means_commune,
    named,
    one_place,
    place_keys,
    same_commune,
    spelt,
    was,
)

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


def test_what_a_unit_is_called_today_is_reported_only_when_it_changed() -> None:
    assert was(UNITS, "Xã Một", START) == "Phường Chung"
    assert was(UNITS, "Xã Một", END) is None
    assert was(UNITS, "Phường Chung", START) is None


def chain(*dated: tuple[str, str, str | None, str | None]) -> list[Unit]:
    """Return units of (id, first day, last day, successor), each named after its id and day."""
    return [
        Unit(
            id_,
            f"Xã {id_} {start}",
            "xã",
            "thu",
            date.fromisoformat(start),
            date.fromisoformat(end) if end else None,
            successor=successor,
        )
        for id_, start, end, successor in dated
    ]


def test_a_chain_of_successors_is_followed_to_its_end() -> None:
    first, second, third = units = chain(
        ("a", "2000-01-01", "2009-12-31", "b"),
        ("b", "2010-01-01", "2019-12-31", "c"),
        ("c", "2020-01-01", None, None),
    )
    assert became(units, first, date(2009, 12, 31)) == first
    assert became(units, first, date(2010, 1, 1)) == second
    assert became(units, first, date(2020, 1, 1)) == third


def test_of_several_units_with_the_successor_s_code_the_next_to_begin_is_it() -> None:
    first, last, middle = units = chain(
        ("a", "2000-01-01", "2009-12-31", "b"),
        ("b", "2015-01-01", None, None),
        ("b", "2010-01-01", "2014-12-31", None),
    )
    assert became(units, first, date(2020, 1, 1)) == middle
    assert last != middle


def test_a_successor_begins_after_the_unit_ended() -> None:
    first, _same_day = units = chain(
        ("a", "2000-01-01", "2009-12-31", "b"), ("b", "2009-12-31", None, None)
    )
    assert became(units, first, date(2020, 1, 1)) == first


def test_one_name_is_one_place_where_no_list_is_loaded() -> None:
    assert one_place([], "Xã Một", "xã một", START)
    assert one_place([], "27001", "27001", START)
    assert not one_place([], "Xã Một", "Xã Hai", START)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Xã Đình Bảng", "Phường Đình Bảng", False),
        ("Phường Đình Bảng", "P. Đình Bảng", True),
        ("UBND phường Đình Bảng", "phường đình bảng", True),
        ("Đình Bảng", "Phường Đình Bảng", True),
        ("Thị trấn Lim", "TT. Lim", True),
        ("Thị trấn Lim", "Xã Lim", False),
        ("Đặc khu Cô Tô", "Xã Cô Tô", False),
        ("Xã Đàn", "Xã Xã Đàn", True),
    ],
)
def test_what_a_commune_is_counts(first: str, second: str, same: bool) -> None:
    assert same_commune(first, second) is same
    assert one_place([], first, second, END) is same


def commune(id_: str, kind: str, name: str, start: date = START, **more: Any) -> Unit:
    return Unit(id_, name, kind, "thu", start, **more)


TWINS = [commune("1", "xã", "Đình Bảng"), commune("2", "phường", "Đình Bảng")]


def test_a_name_without_a_kind_means_the_one_place_that_has_it_and_none_of_two() -> None:
    assert one_place(TWINS[:1], "Đình Bảng", "Xã Đình Bảng", START)
    assert not one_place(TWINS, "Đình Bảng", "Xã Đình Bảng", START)
    assert one_place(TWINS, "Xã Đình Bảng", "1", START)
    assert not one_place(TWINS, "Xã Đình Bảng", "2", START)
    assert [one.id for one in named(TWINS, "Phường Đình Bảng", START)] == ["2"]


LIST = [
    *TWINS,
    commune("3", "xã", "Xã Mẫu"),
    commune("4", "xã", "Đông Mẫu", date(2000, 1, 1), valid_to=END, successor="3"),
    commune("5", "tỉnh", "Tỉnh Thử", date(2000, 1, 1)),
]


@pytest.mark.parametrize(
    ("name", "on", "code", "found"),
    [
        ("Xã Mẫu", START, None, None),
        ("mẫu", START, None, None),
        ("3", START, None, None),
        ("Xã Đình Bảng", START, "1", None),
        ("Xã Đông Mẫu", END, None, None),
        ("Phường Mẫu", START, None, "CLB-COMMUNE-UNKNOWN"),
        ("Xã Không Có", START, None, "CLB-COMMUNE-UNKNOWN"),
        ("Xã Mẫu", END, None, "CLB-COMMUNE-UNKNOWN"),
        ("Xã Đình Bảng", START, "2", "CLB-COMMUNE-UNKNOWN"),
        ("Xã Đông Mẫu", START, None, "CLB-COMMUNE-ENDED"),
        ("Đình Bảng", START, None, "CLB-COMMUNE-SEVERAL"),
        ("Xã Bất Kỳ", date(1999, 1, 1), None, None),
    ],
)
def test_a_commune_is_held_against_the_list_of_its_day(
    name: str, on: date, code: str | None, found: str | None
) -> None:
    wrong = mismatch(LIST, name, on, code)
    assert (wrong.code if wrong else None) == found


def test_the_nearest_names_and_what_a_commune_became_are_offered() -> None:
    near = mismatch(LIST, "Phường Đinh Bảng", START)
    assert near is not None
    assert "Phường Đình Bảng" in near.fix
    ended = mismatch(LIST, "Xã Đông Mẫu", START)
    assert ended is not None
    assert "Xã Mẫu" in ended.fix


def test_the_keys_of_places_are_equal_where_names_are_one_communes() -> None:
    keys = place_keys(("Xã Tân An", "xã  tân an", "Phường Tân An", "Tân An", "Đông", "P. Đông"))
    assert keys["Xã Tân An"] == keys["xã  tân an"] != keys["Phường Tân An"]
    assert keys["Tân An"] not in (keys["Xã Tân An"], keys["Phường Tân An"])
    assert keys["Đông"] == keys["P. Đông"] == commune_key("Đông")


@pytest.mark.parametrize(
    "typed",
    [
        *("Phường Đình Bảng", "phường đình bảng", "P. Đình Bảng", "P.Đình Bảng", "Đình Bảng"),
        *("dinh bang", "PHUONG DINH BANG", "p. dinh bang", "UBND phường Đình Bảng"),
    ],
)
def test_a_commune_is_meant_with_its_kind_or_without_it_and_its_marks(typed: str) -> None:
    assert means_commune(typed, "Phường Đình Bảng")


@pytest.mark.parametrize(
    "typed", ["Xã Đình Bảng", "Đình Bàng", "xa dinh bang", "Dinh Bảng", "Đình"]
)
def test_another_kind_or_other_marks_are_another_commune(typed: str) -> None:
    assert not means_commune(typed, "Phường Đình Bảng")


@pytest.mark.parametrize("typed", ["Ea H'leo", "xã Ea H’Leo", "ea h`leo"])
def test_an_apostrophe_of_any_kind_is_one(typed: str) -> None:
    assert means_commune(typed, "Xã Ea H'Leo")


def test_a_commune_is_spelt_as_it_is_known() -> None:
    known = ["Phường Đình Bảng", "Xã Phù Lãng", "phường Đình Bảng"]
    assert spelt(known, "dinh bang") == "Phường Đình Bảng"
    assert spelt(known, "P. Đình Bảng") == "Phường Đình Bảng"
    assert spelt(known, "phường đình bảng") == "phường đình bảng"
    assert spelt(known, "Đình Bàng") == "Đình Bàng"


def test_a_commune_that_may_be_two_stays_as_typed() -> None:
    assert spelt(["Xã An Bình", "Phường An Bình"], "An Bình") == "An Bình"
    assert spelt(["Xã An Bình", "Phường An Bình"], "phuong an binh") == "Phường An Bình"
    assert spelt(["An Bình", "Phường An Bình"], "an binh") == "Phường An Bình"
    assert spelt([], "An Bình") == "An Bình"


class Counted(list[Unit]):
    """Units that count how often somebody goes through all of them."""

    times = 0

    def __iter__(self) -> Iterator[Unit]:
        self.times += 1
        return super().__iter__()


def test_many_names_are_compared_without_going_through_the_list_for_each() -> None:
    units = Counted(Unit(f"{n}", f"Số {n}", "xã", "bac_ninh", START) for n in range(50))
    places = Places(units, START)
    names = [full_name(unit) for unit in list(units)]
    units.times = 0
    same = {(one, two) for one in names for two in names if places.same(one, two)}
    assert same == {(name, name) for name in names}
    assert places.same("số 7", "7")
    assert units.times == 1
