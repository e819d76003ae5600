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
