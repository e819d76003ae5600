"""Who a club is made of, held against the shares a province states: with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import Dated, codes, report, rules, text

from engine.model import Composition
from engine.rules import composition
from engine.rules.composition import Bounds

pytestmark = pytest.mark.usefixtures("english")

ON = date(2022, 3, 1)
SEVENTY = {"membership.elderly_share": {"min": 70}}


def club(members: int, elderly: int = 0, **counts: Any) -> Composition:
    """Return a club of so many members, the others young."""
    return Composition(members, elderly=elderly, young=members - elderly, **counts)


def found(made_of: Composition, values: Any, on: date = ON) -> list[Any]:
    return list(composition.findings(made_of, rules(values), on))


@pytest.mark.parametrize("members", [60, 61, 75])
def test_a_size_within_both_ends_is_right(members: int) -> None:
    assert found(club(members), {"membership.size": {"min": 60, "max": 75}}) == []


def test_one_member_too_few_warns() -> None:
    assert report(found(club(59), {"membership.size": {"min": 60, "max": 75}})) == text("""
        warn CLB-COMP-SIZE
          The club has 59 members.
          expected: 60 - 75 members
          actual: 59
          source: QD 1, I.1
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this size is right for the village.
        """)


def test_one_member_too_many_warns() -> None:
    assert codes(found(club(76), {"membership.size": {"min": 60, "max": 75}})) == ["CLB-COMP-SIZE"]


def test_a_size_with_one_end_is_judged_by_that_end() -> None:
    assert found(club(500), {"membership.size": {"min": 60}}) == []
    assert codes(found(club(59), {"membership.size": {"min": 60}})) == ["CLB-COMP-SIZE"]
    assert found(club(1), {"membership.size": {"max": 75}}) == []
    assert codes(found(club(76), {"membership.size": {"max": 75}})) == ["CLB-COMP-SIZE"]


def test_an_empty_list_is_too_small_and_has_no_shares() -> None:
    values = {"membership.size": {"min": 60}, **SEVENTY}
    assert codes(found(club(0), values)) == ["CLB-COMP-SIZE"]


def test_a_club_of_one_has_shares() -> None:
    assert codes(found(club(1), SEVENTY)) == ["CLB-COMP-ELDERLY"]


def test_a_province_that_states_nothing_judges_nothing() -> None:
    assert found(club(3, 1), {}) == []


def test_a_value_out_of_force_judges_nothing() -> None:
    values = {
        "membership.size": Dated({"min": 60}, end=date(2021, 12, 31)),
        "membership.elderly_share": Dated({"min": 70}, end=date(2021, 12, 31)),
    }
    assert found(club(3, 1), values) == []


def test_seventy_percent_of_seventy_is_forty_nine() -> None:
    assert found(club(70, 49), SEVENTY) == []
    assert report(found(club(70, 48, elderly_age=60), SEVENTY)) == text("""
        warn CLB-COMP-ELDERLY
          elderly members (from 60): 48 of 70.
          expected: at least 70%: at least 49 of 70 people
          actual: 48/70 = 68,6%
          source: QD 1, I.1
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this make-up is right for the
            village.
        """)


def test_a_share_is_compared_in_whole_numbers() -> None:
    """44 of 63 prints as 69,8%, 2100 of 3000 is exactly 70%."""
    assert codes(found(club(63, 44), SEVENTY)) == ["CLB-COMP-ELDERLY"]
    assert found(club(63, 45), SEVENTY) == []
    assert found(club(3000, 2100), SEVENTY) == []
    assert codes(found(club(3000, 2099), SEVENTY)) == ["CLB-COMP-ELDERLY"]


def test_a_share_just_below_its_limit_is_not_printed_as_the_limit() -> None:
    """6999 of 10000 would round to 70,0%."""
    assert report(found(club(10_000, 6_999), SEVENTY)).splitlines()[3] == (
        "  actual: 6999/10000 = 69,9%"
    )


def test_the_elderly_counted_from_a_birth_year_alone_are_shown() -> None:
    some = club(70, 48, estimated=2, elderly_age=60)
    assert report(found(some, SEVENTY)).splitlines()[3] == (
        "  actual: 48/70 = 68,6% (2 counted from a birth year alone)"
    )


def test_no_other_share_mentions_estimated_ages() -> None:
    women = club(70, 49, women=10, estimated=2)
    assert report(found(women, {"membership.women_share": {"min": 30}})) == text("""
        warn CLB-COMP-WOMEN
          Women: 10 of 70.
          expected: at least 30%: at least 21 of 70 people
          actual: 10/70 = 14,3%
          source: QD 1, I.1
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this make-up is right for the
            village.
        """)


def test_poor_near_poor_and_difficult_count_together() -> None:
    values = {"membership.poor_share": {"min": 70}}
    assert found(club(70, poor=20, near_poor=20, difficult=9), values) == []
    assert report(found(club(70, poor=20, near_poor=20, difficult=8), values)) == text("""
        warn CLB-COMP-POOR
          members who are poor, near poor or in difficulty: 48 of 70.
          expected: at least 70%: at least 49 of 70 people
          actual: 48/70 = 68,6%
          source: QD 1, I.1
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this make-up is right for the
            village.
        """)


def test_a_share_with_two_ends_names_both() -> None:
    values = {"membership.young_share": {"min": 30, "max": 40}}
    assert found(club(70, 49), values) == []
    assert found(club(70, 42), values) == []
    assert report(found(club(70, 41), values)) == text("""
        warn CLB-COMP-YOUNG
          young members (counted as those who are not elderly): 29 of 70.
          expected: 30 - 40%: 21 to 28 of 70 people
          actual: 29/70 = 41,4%
          source: QD 1, I.1, as this system reads it
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this make-up is right for the
            village.
        """)
    assert codes(found(club(70, 50), values)) == ["CLB-COMP-YOUNG"]


def test_who_is_young_is_read_only_where_no_document_says_it() -> None:
    values = {"membership.young_share": {"min": 30}, "membership.young_age": 35}
    (young,) = found(club(70, 69), values)
    assert young.source == "QD 1, I.1"


def test_a_share_with_an_upper_end_alone_says_at_most() -> None:
    values = {"membership.young_share": {"max": 40}}
    assert found(club(70, 42), values) == []
    assert report(found(club(70, 41), values)) == text("""
        warn CLB-COMP-YOUNG
          young members (counted as those who are not elderly): 29 of 70.
          expected: at most 40%: 0 to 28 of 70 people
          actual: 29/70 = 41,4%
          source: QD 1, I.1, as this system reads it
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this make-up is right for the
            village.
        """)


def test_a_share_that_no_whole_number_meets_says_so() -> None:
    """Of ten people neither three nor four are a third to the percent."""
    values = {"membership.young_share": {"min": 33, "max": 33}}
    assert report(found(club(10, 7), values)) == text("""
        warn CLB-COMP-YOUNG
          young members (counted as those who are not elderly): 3 of 10.
          expected: 33 - 33%: no whole number of 10 people
          actual: 3/10 = 30,0%
          source: QD 1, I.1, as this system reads it
          who: the commune's Association of the Elderly
          fix: Complete the member list, or say why this make-up is right for the
            village.
        """)


def test_a_share_that_one_whole_number_meets_names_it() -> None:
    values = {"membership.young_share": {"min": 50, "max": 50}}
    assert found(club(10, 5), values) == []
    assert report(found(club(10, 4), values)).splitlines()[2] == (
        "  expected: 50 - 50%: 5 to 5 of 10 people"
    )


def test_each_share_is_judged_alone_in_one_order() -> None:
    values = {
        "membership.young_share": {"max": 10},
        "membership.poor_share": {"min": 70},
        "membership.women_share": {"min": 30},
        **SEVENTY,
    }
    assert codes(found(club(10, 0), values))[:4] == [
        "CLB-COMP-ELDERLY",
        "CLB-COMP-WOMEN",
        "CLB-COMP-POOR",
        "CLB-COMP-YOUNG",
    ]


BOTH = {
    "membership.elderly_share": {"min": 70},
    "membership.young_share": {"min": 30, "max": 40},
}


def test_two_shares_that_cannot_both_hold_are_noted_with_the_sizes_that_can() -> None:
    """Of 63 members 45 are at least elderly and 19 at least young: 64."""
    sized = {**BOTH, "membership.size": {"min": 60, "max": 75}}
    assert report(found(club(63, 45), sized)[-1:]) == text("""
        note CLB-COMP-TOGETHER
          With 63 members the two shares cannot both hold, whoever the members are.
          expected: elderly at least 70%, young 30 - 40%; both hold only for 60, 70
            members
          actual: 63
          source: QD 1, I.1, as this system reads it
          who: the province
          fix: Nothing to correct: acknowledge the warning with the club's own reason.
        """)


def test_two_shares_that_can_both_hold_are_not_noted() -> None:
    assert found(club(70, 49), BOTH) == []


def test_without_a_size_no_sizes_are_named() -> None:
    assert report(found(club(63, 45), BOTH)[-1:]).splitlines()[2:4] == [
        "  expected: elderly at least 70%, young 30 - 40%",
        "  actual: 63",
    ]


def test_an_open_size_is_searched_from_one_member_to_the_club_s_own_number() -> None:
    lowest = found(club(13, 9), {**BOTH, "membership.size": {"max": 20}})
    assert "both hold only for 10, 20 members" in lowest[-1].expected
    highest = found(club(13, 9), {**BOTH, "membership.size": {"min": 5}})
    assert "both hold only for 10 members" in highest[-1].expected


def test_sizes_are_searched_both_ends_included() -> None:
    sized = found(club(63, 45), {**BOTH, "membership.size": {"min": 60, "max": 70}})
    assert "both hold only for 60, 70 members" in sized[-1].expected
    shorter = found(club(63, 45), {**BOTH, "membership.size": {"min": 61, "max": 69}})
    assert "both hold" not in shorter[-1].expected


@pytest.mark.parametrize("absent", ["membership.elderly_share", "membership.young_share"])
def test_one_share_alone_contradicts_nothing(absent: str) -> None:
    values = {key: value for key, value in BOTH.items() if key != absent}
    assert "CLB-COMP-TOGETHER" not in codes(found(club(63, 45), values))


def test_bounds_hold_at_both_their_ends() -> None:
    third = Bounds(30, 40)
    assert [third.holds(count, 10) for count in (2, 3, 4, 5)] == [False, True, True, False]
    assert Bounds(None, 40).holds(0, 10)
    assert Bounds(30, None).holds(10, 10)
    assert Bounds(None, None).holds(5, 10)


def test_the_least_is_rounded_up_and_the_most_down() -> None:
    assert [Bounds(70, None).least(total) for total in (60, 63, 70)] == [42, 45, 49]
    assert [Bounds(None, 40).most(total) for total in (60, 63, 70)] == [24, 25, 28]
    assert Bounds(None, 40).least(63) == 0
    assert Bounds(70, None).most(63) == 63


def test_some_split_of_sixty_and_of_seventy_holds_and_none_of_sixty_three() -> None:
    old, young = Bounds(70, None), Bounds(30, 40)
    assert [total for total in range(60, 76) if composition.can_hold(old, young, total)] == [60, 70]
    assert composition.can_hold(Bounds(100, None), Bounds(None, 0), 3)
    assert composition.can_hold(Bounds(None, 0), Bounds(100, None), 3)


def test_a_bare_share_read_as_the_least_says_so_with_its_article() -> None:
    read = {"membership.elderly_share": Dated({"min": 70}, extra={"reading": ["min"]})}
    plain = {"membership.elderly_share": Dated({"min": 70})}
    shown = [one for values in (read, plain) for one in found(club(10, elderly=6), values)]
    assert [(one.expected, one.source) for one in shown] == [
        (
            "70%, read as at least 70%: at least 7 of 10 people",
            "QD 1, I.1, as this system reads it",
        ),
        ("at least 70%: at least 7 of 10 people", "QD 1, I.1"),
    ]
