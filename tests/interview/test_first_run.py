"""Six questions, and there is a database with everybody who works in it."""

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
    "commune": "Phường Đình Bảng",
    "name": "Nguyễn Thị Lan",
    "role": "hội",
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


def test_whoever_answers_is_told_of_being_the_administrator(begun: FirstRun) -> None:
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


def test_ids_are_made_of_names_and_each_is_given_once() -> None:
    taken: set[str] = set()
    assert [officer_id(name, taken) for name in ("Đỗ Thị Ước", "Đỗ Thị Ước", "???")] == [
        "do-thi-uoc",
        "do-thi-uoc-2",
        "can-bo",
    ]


@pytest.mark.parametrize(
    ("name", "remarks"),
    [
        ("Trần Văn Bình", 0),
        ("Tran Van Binh", 1),
        ("trần văn bình", 1),
        ("tran van binh", 2),
    ],
)
def test_a_name_without_marks_or_capitals_is_remarked_on_and_taken(
    begun: FirstRun, name: str, remarks: int
) -> None:
    question = begun.question("colleague")
    assert question is not None
    answer = begun.read(question, name)
    assert (answer.value, len(answer.remarks)) == (name, remarks)
