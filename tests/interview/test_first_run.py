"""A few questions, and there is a database with everybody who works in it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.errors import InputError
from engine.interview.first_run import FirstRun, officer_id
from engine.lifecycle.first_run import begin, first_run
from engine.model import Role
from engine.provinces.load import Provinces

TYPED = {
    "province": "bắc ninh",
    "role": "hội",
    "commune": "Phường Đình Bảng",
    "name": "Nguyễn Thị Lan",
    "colleague": "Trần Văn Bình",
    "province_officer": "",
}


def clock() -> datetime:
    return datetime(2025, 9, 15, 5, tzinfo=UTC)


@pytest.fixture
def begun() -> FirstRun:
    return first_run(Provinces(), clock)


def answered(asks: FirstRun, typed: dict[str, str]) -> FirstRun:
    while (question := asks.next()) is not None:
        answer = asks.read(question, typed[question.path])
        assert answer.doubt is None
        asks = asks.answered(question.path, answer.value)
    return asks


def test_there_are_six_questions(begun: FirstRun) -> None:
    assert [one.path for one in begun.questions()] == list(TYPED)


def test_whoever_answers_hears_of_being_the_administrator(begun: FirstRun) -> None:
    assert "quản trị" in " ".join(begun.preface())


def test_the_answers_make_the_database_and_its_officers(begun: FirstRun, tmp_path: Path) -> None:
    officers = answered(begun, {**TYPED, "province_officer": "Phạm Thị Hòa"}).officers()
    path = str(tmp_path / "clb.sqlite3")
    for _again in range(2):  # a first run that was broken off is repeated
        registry = begin(path, officers, clock=clock)
        held = {(one.id, one.role, one.commune) for one in registry.officers.everybody()}
        registry.store.close()
    assert held == {
        ("nguyen-thi-lan", Role.ADMIN, None),
        ("nguyen-thi-lan", Role.ASSOCIATION, "Phường Đình Bảng"),
        ("tran-van-binh", Role.COMMITTEE, "Phường Đình Bảng"),
        ("pham-thi-hoa", Role.PROVINCE, None),
    }


def test_at_the_province_nobody_of_a_commune_is_asked_for(begun: FirstRun) -> None:
    asks = answered(begun, {**TYPED, "role": "tỉnh"})
    assert [one.path for one in asks.questions()] == ["province", "role", "name"]
    assert [(one.id, one.role, one.commune) for one in asks.officers()] == [
        ("nguyen-thi-lan", Role.ADMIN, None),
        ("nguyen-thi-lan", Role.PROVINCE, None),
    ]


def test_the_colleague_is_at_the_other_place(begun: FirstRun) -> None:
    ours = answered(begun, {**TYPED, "role": "ubnd"})
    assert ours.other is Role.ASSOCIATION
    assert "Hội" in next(one for one in ours.questions() if one.path == "colleague").title


@pytest.mark.parametrize("colleague", ["nguyễn thị lan", "?", "Tr"[:1]])
def test_the_colleague_is_another_person_with_a_name(begun: FirstRun, colleague: str) -> None:
    asks = replace(begun, answers={"name": "Nguyễn Thị Lan"})
    question = asks.question("colleague")
    assert question is not None
    with pytest.raises(InputError):
        asks.read(question, colleague)


def test_a_commune_without_its_kind_is_asked_about(begun: FirstRun) -> None:
    question = begun.question("commune")
    assert question is not None
    assert begun.read(question, "Đình Bảng").doubt is not None
    assert begun.read(question, "Phường Đình Bảng").doubt is None


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("phường lê chân", "Phường Lê Chân"),
        ("p. lê chân", "Phường Lê Chân"),
        ("thị trấn đà bắc", "Thị trấn Đà Bắc"),
        ("Xã Đại Bái", "Xã Đại Bái"),
        ("Phường Hai bà Trưng", "Phường Hai bà Trưng"),
    ],
)
def test_a_commune_in_small_letters_gets_its_capitals(
    begun: FirstRun, typed: str, taken: str
) -> None:
    question = begun.question("commune")
    assert question is not None
    answer = begun.read(question, typed)
    assert (answer.value, answer.shown) == (taken, taken)


def test_a_city_is_no_province_before_the_commune_is_named_either(begun: FirstRun) -> None:
    asks = begun.answered("province", "hai_phong")
    assert "cấp tỉnh" not in [one.label for one in asks.question("role").choices]
    colleague = asks.answered("role", "association").question("province_officer")
    assert "cán bộ thành phố" in colleague.title


def test_ids_are_made_of_names_and_each_is_given_once() -> None:
    taken: set[str] = set()
    assert [officer_id(name, taken) for name in ("Đỗ Thị Ước", "Đỗ Thị Ước", "???")] == [
        "do-thi-uoc",
        "do-thi-uoc-2",
        "can-bo",
    ]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Trần Văn Bình", False),
        ("Tran Van Binh", True),
        ("trần văn bình", True),
        ("Phường Hà Đông", True),
    ],
)
def test_a_name_that_may_be_a_mistake_is_asked_about(
    begun: FirstRun, name: str, asked: bool
) -> None:
    for path in ("name", "colleague", "province_officer"):
        question = begun.question(path)
        assert question is not None
        answer = begun.read(question, name)
        assert (answer.value, answer.doubt is not None) == (name, asked)


def test_before_the_commune_is_known_neither_it_nor_a_ward_is_meant(begun: FirstRun) -> None:
    role = begun.question("role")
    assert role is not None
    assert [one.label for one in role.choices][:2] == [
        "Hội Người cao tuổi xã, phường",
        "UBND xã, phường",
    ]


def test_in_a_ward_the_offices_are_the_ward_s(begun: FirstRun) -> None:
    ours = answered(begun, TYPED)
    roles = next(one for one in ours.questions() if one.path == "role")
    assert [one.label for one in roles.choices] == [
        "Hội Người cao tuổi phường",
        "UBND phường",
        "cấp tỉnh",
    ]
    there = answered(begun, {**TYPED, "commune": "Xã An Lão"})
    roles = next(one for one in there.questions() if one.path == "role")
    assert [one.label for one in roles.choices] == [
        "Hội Người cao tuổi xã",
        "UBND xã",
        "cấp tỉnh",
    ]


def test_a_short_kind_is_written_in_full(begun: FirstRun) -> None:
    question = begun.question("commune")
    assert question is not None
    assert begun.read(question, "P. Hà Đông").value == "Phường Hà Đông"
    assert begun.read(question, "x.An Lão").value == "Xã An Lão"


@pytest.mark.parametrize("typed", ["dai bai", "Xa Dai Bai"])
def test_a_commune_without_marks_is_asked_about_by_its_marks(begun: FirstRun, typed: str) -> None:
    asks = begun.answered("province", "bac_ninh")
    question = asks.question("commune")
    assert question is not None
    doubt = asks.read(question, typed).doubt
    assert doubt is not None
    assert f"“{typed}”" in doubt
    assert "có dấu" in doubt
