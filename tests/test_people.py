"""Invented villagers: exactly the numbers asked for, the same ones every time, nobody real."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.doc_blocks import DOCS

from engine.lifecycle.people import Member
from engine.roster.cells import identity_says
from engine.roster.reader import read
from engine.rules.calendar import born_by
from engine.scenario.people import People
from engine.vietnamese.text import clean, key

DAY = date(2021, 9, 15)
LAST_PROVINCE = "096"
"""The last code that a province has on identity cards."""
SAMPLE = DOCS / "examples" / "danh-sach.csv"


def count(people: tuple[Member, ...]) -> tuple[int, int, int, int]:
    return (
        len(people),
        sum(person.born <= born_by(60, DAY) for person in people),
        sum(person.sex == "F" for person in people),
        sum(person.circumstance is not None for person in people),
    )


@given(st.integers(0, 2**32), st.integers(0, 90), st.data())
def test_a_list_has_exactly_the_members_asked_for(seed: int, n: int, data: st.DataObject) -> None:
    elderly, women, poor = (data.draw(st.integers(0, n)) for _ in range(3))
    people = People(seed).members(n, DAY, "Thôn Đông", elderly=elderly, women=women, poor=poor)
    assert count(people) == (n, elderly, women, poor)
    assert len({key(person.name) for person in people}) == n
    assert {person.village for person in people} <= {"Thôn Đông"}


def test_one_seed_gives_the_same_people_on_every_version_of_python() -> None:
    first = People(933).members(60, DAY, "Thôn Đông", elderly=42, women=40, poor=38)
    assert first == People(933).members(60, DAY, "Thôn Đông", elderly=42, women=40, poor=38)
    assert first != People(934).members(60, DAY, "Thôn Đông", elderly=42, women=40, poor=38)
    assert first[0] == Member(
        name="Ngô Hồng Liên",
        sex="F",
        born="1991-08-14",
        circumstance="poor",
        village="Thôn Đông",
        id_number=None,
        phone="0577770174",
    )


def test_ages_keep_clear_of_the_threshold_between_the_elderly_and_the_young() -> None:
    people = People(7)
    for _ in range(300):
        old = people.person(DAY, elderly=True, woman=True, circumstance=None)
        young = people.person(DAY, elderly=False, woman=False, circumstance=None)
        assert old.born <= born_by(61, DAY)
        assert young.born > born_by(50, DAY)
        assert young.born <= born_by(18, DAY)


def test_the_oldest_of_the_young_can_be_set_lower() -> None:
    people = People(7)
    ages = [
        people.person(DAY, elderly=False, woman=True, circumstance=None, oldest_young_age=30).born
        for _ in range(200)
    ]
    assert not any(born <= born_by(31, DAY) for born in ages)
    assert any(born <= born_by(28, DAY) for born in ages)


def test_of_most_elderly_people_only_the_year_of_birth_is_known() -> None:
    people = People(7)
    born = [
        people.person(DAY, elderly=True, woman=True, circumstance="poor").born for _ in range(400)
    ]
    precision = [len(written) for written in born]
    assert set(precision) == {4, 7, 10}
    assert precision.count(4) > 200


def test_numbers_are_text_with_leading_zeros_and_belong_to_nobody() -> None:
    people = People(7)
    everyone = [
        people.person(DAY, elderly=True, woman=n % 2 == 0, circumstance=None) for n in range(400)
    ]
    cards = [person.id_number for person in everyone if person.id_number]
    phones = [person.phone for person in everyone if person.phone]
    assert all(len(card) == 12 and card.isdigit() and card[0] == "0" for card in cards)
    assert all(card[:3] > LAST_PROVINCE for card in cards)
    assert all(len(phone) == 10 and phone.isdigit() and phone[0] == "0" for phone in phones)
    assert len(cards) < len(everyone)
    assert len(phones) < len(everyone)


def test_an_identity_number_has_the_sex_and_the_year_of_whoever_has_it() -> None:
    people = People(7).members(200, DAY, "Xóm 5", elderly=100, women=120, poor=0)
    listed = [
        (one.id_number, one.sex, int(one.born[:4]))
        for one in (*people, *read(SAMPLE, on=DAY).people)
        if one.id_number
    ]
    assert len(listed) > 200
    assert [one for one in listed if identity_says(one[0]) != one[1:]] == []


def test_the_sample_list_is_about_nobody_and_read_without_a_remark() -> None:
    found = read(SAMPLE, on=DAY)
    assert all(one.id_number[:3] > LAST_PROVINCE for one in found.people if one.id_number)
    assert found.remarks == ()


def test_no_number_is_given_twice() -> None:
    people = People(7)
    crowd = [
        people.person(DAY, elderly=False, woman=True, circumstance=None) for _ in range(20_000)
    ]
    cards = [person.id_number for person in crowd if person.id_number]
    phones = [person.phone for person in crowd if person.phone]
    assert len(set(cards)) == len(cards)
    assert len(set(phones)) == len(phones)


def test_names_are_clean_vietnamese_of_three_words() -> None:
    for person in People(3).members(200, DAY, "Xóm 5", elderly=100, women=100, poor=0):
        assert clean(person.name) == person.name
        assert len(person.name.split()) == 3
        assert person.name == person.name.title()


def test_villages_have_names_and_numbers_as_in_the_north() -> None:
    people = People(3)
    villages = {people.village() for _ in range(200)}
    kinds = ("Thôn ", "Khu phố ", "Xóm ", "Tổ dân phố ")
    assert all(village.startswith(kinds) for village in villages)
    assert len(villages) > 30


@pytest.mark.parametrize("wrong", [{"elderly": 11}, {"women": -1}, {"poor": 11}])
def test_more_of_a_kind_than_there_are_people_is_refused(wrong: dict[str, int]) -> None:
    counts = {"elderly": 5, "women": 5, "poor": 5, **wrong}
    with pytest.raises(ValueError, match="of 10 people"):
        People(1).members(10, DAY, "Xóm 5", **counts)


def test_a_list_longer_than_there_are_names_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 1000"):
        People(1).members(1001, DAY, "Xóm 5", elderly=0, women=0, poor=0)
