"""Where a programme applies after provinces were merged, and compiled successions: literals."""

from typing import Any

import pytest
from support.literals import club, codes, day, policy, report, request, rules, text

from engine.rules.communes import Unit, place_keys
from engine.rules.succession import succession
from engine.rules.territory import asked, outside, provinces_of

pytestmark = pytest.mark.usefixtures("english")

UNTIL, MERGED = day("2022-06-30"), day("2022-07-01")
OLD_DAYS = (day("2004-01-01"), UNTIL)
THERE = {"communes.territory": {"province": "Tỉnh Thử", "until": UNTIL}}


def old(id_: str, name: str, parent: str | None = None, kind: str = "Xã", to: Any = "n") -> Unit:
    """Return a unit of the days before the merger; a commune became the new one, "n"."""
    return Unit(id_, name, kind, "thu", *OLD_DAYS, parent, to if kind == "Xã" else None)


NEW = Unit("n", "Xã Mới", "Xã", "thu", MERGED)
PROVINCES = (
    old("1", "Tỉnh Thử", kind="Tỉnh"),
    old("2", "Tỉnh Bên", kind="Tỉnh"),
    old("3", "Thành phố Xa", kind="Thành phố trực thuộc trung ương"),
    old("11", "Huyện A", "1", "Huyện"),
    old("21", "Huyện B", "2", "Huyện"),
)


def found(*communes: Unit, on: str = "2022-07-01", form: Any = None, **of: Any) -> list[Any]:
    about = club(**{"commune": "Xã Mới", **of})
    units = (*PROVINCES, NEW, *communes)
    return list(outside(request(on, form, policy=THERE, club=about, units=units)))


def test_the_question_arises_from_the_day_after_the_old_territory() -> None:
    assert not asked(rules(THERE), UNTIL)
    assert asked(rules(THERE), MERGED)
    assert not asked(rules({}), MERGED)
    assert not asked(rules(THERE), day("2026-01-01"))


def test_on_the_last_day_of_the_old_territory_nothing_is_asked() -> None:
    assert found(on="2022-06-30") == []


def test_a_commune_that_came_from_the_old_province_belongs() -> None:
    assert found(old("a", "Xã Cũ", "11")) == []
    assert found(old("a", "Xã Cũ", "1"), old("b", "Xã Kia", "Huyện A")) == []


def test_a_commune_that_came_from_elsewhere_warns() -> None:
    assert report(found(old("b", "Xã Kia", "21"), old("c", "Xã Xa", "3"))) == text("""
        warn CLB-TERRITORY-OUTSIDE
          Xã Mới belonged to Thành phố Xa, Tỉnh Bên until 30/06/2022.
          expected: a commune of Tỉnh Thử as it was on 30/06/2022
          actual: Thành phố Xa, Tỉnh Bên
          source: QD 1, I.1
          who: the province
          fix: The document was made for the old territory: ask the province, or say
            why.
        """)


def test_a_commune_that_came_from_both_is_not_known() -> None:
    assert report(found(old("a", "Xã Cũ", "11"), old("b", "Xã Kia", "21"))) == text("""
        note CLB-TERRITORY-UNKNOWN
          The records do not show whether Xã Mới belonged to Tỉnh Thử until 30/06/2022.
          expected: a commune of Tỉnh Thử as it was on 30/06/2022
          actual: Tỉnh Thử, Tỉnh Bên
          source: QD 1, I.1
          who: the province
          fix: Load a list of units with the old communes: clb commune import FILE.
        """)


def test_a_commune_that_is_on_no_list_is_not_known() -> None:
    assert report(found(commune="Xã Lạ")) == text("""
        note CLB-TERRITORY-UNKNOWN
          The records do not show whether Xã Lạ belonged to Tỉnh Thử until 30/06/2022.
          expected: a commune of Tỉnh Thử as it was on 30/06/2022
          actual: not known
          source: QD 1, I.1
          who: the province
          fix: Load a list of units with the old communes: clb commune import FILE.
        """)


@pytest.mark.parametrize("parent", [None, "Huyện Lạ", "99"])
def test_a_commune_whose_province_the_list_does_not_hold_is_not_known(parent: str | None) -> None:
    unknown = ["CLB-TERRITORY-UNKNOWN"]
    assert codes(found(old("a", "Xã Cũ", parent))) == unknown
    assert codes(found(old("a", "Xã Cũ", parent), old("b", "Xã Kia", "11"))) == unknown
    assert codes(found(old("a", "Xã Cũ", parent), old("b", "Xã Kia", "21"))) == unknown


def test_the_form_s_commune_comes_before_the_club_s() -> None:
    moved = {"commune": "Xã Mới"}
    assert found(old("a", "Xã Cũ", "11"), form=moved, commune="Xã Lạ") == []
    by_id = {"commune_id": "n", "commune": "Xã Lạ"}
    assert found(old("a", "Xã Cũ", "11"), form=by_id, commune="Xã Lạ") == []


def test_a_commune_s_id_comes_first_and_its_name_where_the_id_is_unknown() -> None:
    assert found(old("a", "Xã Cũ", "11"), commune="Xã Lạ", commune_id="n") == []
    assert found(old("a", "Xã Cũ", "11"), commune_id="khác") == []


def origins(units: Any, commune: str = "Xã Mới", home: str = "Tỉnh Thử") -> list[Any]:
    return provinces_of((*PROVINCES, NEW, *units), commune, UNTIL, MERGED, home)


def test_an_origin_is_named_once_for_each_unit_it_came_from() -> None:
    three = (old("a", "Xã A", "11"), old("b", "Xã B", "11"), old("c", "Xã C", "21"))
    assert origins(three) == ["Tỉnh Thử", "Tỉnh Thử", "Tỉnh Bên"]


def test_a_chain_of_successions_is_followed_to_the_day_asked_about() -> None:
    first = Unit("x", "Xã X", "Xã", "thu", day("1990-01-01"), day("2003-12-31"), "2", "a")
    second = old("a", "Xã A", "11")
    assert origins((first, second)) == ["Tỉnh Thử"]


def test_a_unit_of_another_commune_is_no_origin() -> None:
    other = Unit("m", "Xã Khác", "Xã", "thu", MERGED)
    assert origins((old("a", "Xã A", "11"), old("b", "Xã B", "21", to="m"), other)) == ["Tỉnh Thử"]


@pytest.mark.parametrize(
    ("parent", "province"),
    [
        ("Tỉnh Khác", "Tỉnh Khác"),
        ("tỉnh khác", "tỉnh khác"),
        ("Thử", "Thử"),
        ("Huyện Khác", None),
    ],
)
def test_a_province_the_list_only_names_is_known_by_its_title_or_as_home(
    parent: str, province: str | None
) -> None:
    assert origins((old("a", "Xã A", parent),), home="Thử") == [province]


def test_home_is_compared_without_its_title() -> None:
    named = {"communes.territory": {"province": "Thử", "until": UNTIL}}
    units = (*PROVINCES, NEW, old("a", "Xã Cũ", "11"))
    about = request("2022-07-01", policy=named, club=club(commune="Xã Mới"), units=units)
    assert list(outside(about)) == []


def test_parents_that_lead_in_a_circle_lead_nowhere() -> None:
    circle = (
        old("d", "Huyện D", "e", "Huyện"),
        old("e", "Huyện E", "d", "Huyện"),
        old("a", "Xã A", "d"),
    )
    assert origins(circle) == [None]


def test_a_parent_that_is_no_longer_valid_is_not_on_the_list() -> None:
    gone = Unit("g", "Huyện G", "Huyện", "thu", day("1990-01-01"), day("2000-01-01"), "1")
    assert origins((gone, old("a", "Xã A", "g"))) == [None]


TABLE = {
    "communes.succession": [
        {
            "name": "Xã Cũ",
            "successor": "Phường Mới",
            "from": MERGED,
            "district": "Huyện A",
            "confirmed": True,
        },
        {"name": "Thị trấn Cũ", "successor": "Đặc khu Mới", "from": MERGED},
    ]
}


def test_a_compiled_succession_is_two_units_a_row_each_in_its_days() -> None:
    source = "QD 1, I.1"
    first, second, town, zone = succession(policy(TABLE))
    assert (first.name, first.kind, first.province) == ("Xã Cũ", "xã", "thu")
    assert (first.valid_from, first.valid_to) == (day("0001-01-01"), UNTIL)
    assert (first.parent, first.source, first.confirmed) == ("Huyện A", source, True)
    assert first.successor == second.id
    assert (second.name, second.kind, second.province) == ("Phường Mới", "phường", "thu")
    assert (second.valid_from, second.valid_to, second.parent) == (MERGED, None, None)
    assert (second.source, second.confirmed, second.successor) == (source, True, None)
    assert (town.kind, town.parent, town.confirmed) == ("thị trấn", None, False)
    assert (zone.kind, zone.confirmed) == ("đặc khu", False)
    ids = place_keys((first.name, second.name, town.name, zone.name))
    assert [first.id, second.id] == [f"name:{ids[name]}" for name in ("Xã Cũ", "Phường Mới")]
    assert len({first.id, second.id, town.id, zone.id}) == 4
    assert town.successor == zone.id


def test_without_a_table_no_commune_became_another() -> None:
    assert list(succession(policy())) == []
