"""What is typed is read as the answer to its question, and shown back whole."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.errors import InputError
from engine.interview.question import Choice, Kind, Question
from engine.interview.reading import SeveralError, find_person, hint, read, read_number

TODAY = date(2025, 9, 15)
KINDS = (
    Choice("initial", "ban đầu"),
    Choice("supplementary", "bổ sung"),
    Choice("refresher", "nhắc lại", words=("hằng năm",)),
)
FIELDS = (
    Choice("culture", "Văn hóa, văn nghệ, thể thao"),
    Choice("health", "Chăm sóc sức khỏe"),
    Choice("rights", "Quyền và lợi ích"),
)
PEOPLE = (
    Choice("M1", "Trần Văn Đức", "1950"),
    Choice("M2", "Lê Thị Cúc", "1955"),
    Choice("M3", "Lê Thị Cúc", "1960, M3"),
    Choice("M4", "Phạm Thị Lan", "1948"),
    Choice("M5", "Phạm Thị Lân", "1949"),
)


def question(kind: Kind, **parts: Any) -> Question:
    return Question("field", kind, "Mục", **parts)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.DAY, "15/9/25", "2025-09-15", "15/09/2025"),
        (Kind.DAY, "hôm qua", "2025-09-14", "14/09/2025"),
        (Kind.MONEY, "6 triệu", 6_000_000, "6.000.000 đồng (sáu triệu đồng)"),
        (Kind.MONEY, "100tr", 100_000_000, "100.000.000 đồng (một trăm triệu đồng)"),
        (Kind.NUMBER, "1.200", 1200, "1.200"),
        (Kind.YEAR, "năm nay", 2025, "2025"),
        (Kind.YES_NO, "rồi", True, "có"),
        (Kind.YES_NO, "chưa", False, "không"),
        (Kind.PERIOD, "6 tháng đầu năm 2026", "2026H1", "6 tháng đầu năm 2026"),
        (Kind.TEXT, "  Nhà  văn hóa ", "Nhà văn hóa", "Nhà văn hóa"),
        (Kind.LINES, "thiếu danh sách; thiếu quy chế", ["thiếu danh sách", "thiếu quy chế"], None),
    ],
)
def test_each_kind_is_read_and_shown_back_in_full(
    kind: Kind, typed: str, value: Any, shown: str | None
) -> None:
    answer = read(question(kind), typed, TODAY)
    assert answer.value == value
    assert shown is None or answer.shown == shown


@pytest.mark.parametrize("typed", ["1", "ban đầu", "ban dau", "Ban Đầu", "initial"])
def test_a_choice_is_its_number_its_words_or_its_code(typed: str) -> None:
    answer = read(question(Kind.CHOICE, choices=KINDS), typed, TODAY)
    assert (answer.value, answer.shown) == ("initial", "ban đầu")


def test_a_choice_that_is_none_is_refused_at_once_and_no_code_is_shown() -> None:
    with pytest.raises(InputError) as raised:
        read(question(Kind.CHOICE, choices=KINDS), "ba ngày", TODAY)
    assert "1" in raised.value.help
    assert "initial" not in raised.value.help


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1, 3", ["culture", "rights"]),
        ("3 1", ["culture", "rights"]),
        ("tất cả", ["culture", "health", "rights"]),
        ("không", []),
        ("Văn hóa, văn nghệ, thể thao, chăm sóc sức khỏe", ["culture", "health"]),
        ("cham soc suc khoe và 3", ["health", "rights"]),
    ],
)
def test_several_choices_are_numbers_or_names_though_a_name_has_commas(
    typed: str, value: list[str]
) -> None:
    assert read(question(Kind.CHOICES, choices=FIELDS), typed, TODAY).value == value


@pytest.mark.parametrize("typed", ["Trần Văn Đức", "tran van duc", "TRẦN VĂN ĐỨC", "m1"])
def test_a_member_is_found_by_the_name_or_by_it_without_any_marks(typed: str) -> None:
    answer = read(question(Kind.PERSON, choices=PEOPLE), typed, TODAY)
    assert (answer.value, answer.shown) == ("M1", "Trần Văn Đức")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("lê thị cúc", "M3"),  # two of one name
        ("đức", "Trần Văn Đức"),  # a part of a name
        ("pham thi lan", "Phạm Thị Lân"),  # without marks it is two names
    ],
)
def test_a_name_that_may_be_several_is_asked_about_again(typed: str, named: str) -> None:
    with pytest.raises(InputError) as raised:
        read(question(Kind.PERSON, choices=PEOPLE), typed, TODAY)
    assert named in raised.value.message


@pytest.mark.parametrize("typed", ["Trần Vân Đức", "Tran Văn Duc"])
def test_other_marks_are_another_person(typed: str) -> None:
    assert read(question(Kind.PERSON, choices=PEOPLE), typed, TODAY).value == typed


def test_nothing_typed_is_the_default() -> None:
    asked = question(Kind.DAY, default="2025-09-15")
    assert read(asked, " ", TODAY).shown == "15/09/2025"


def test_nothing_typed_is_refused_with_an_example_where_something_is_needed() -> None:
    with pytest.raises(InputError, match="Mục") as raised:
        read(question(Kind.TEXT, example="05/QĐ-UBND"), "", TODAY)
    assert "05/QĐ-UBND" in raised.value.help


def test_nothing_typed_leaves_blank_what_may_be_blank() -> None:
    assert read(question(Kind.TEXT, required=False), "", TODAY).value is None


@pytest.mark.parametrize("kind", list(Kind))
def test_a_refusal_says_how_it_is_typed(kind: Kind) -> None:
    asked = question(kind, choices=KINDS, example="ví dụ")
    assert hint(asked)


NAMESAKES = (Choice("MA", "NGÔ THỊ LAN", "1949"), Choice("MB", "Ngô Thị Lan", "1956"))


@pytest.mark.parametrize("typed", ["Ngô Thị Lan (1956)", "ngo thi lan 1956", "mb"])
def test_namesakes_are_kept_apart_by_what_is_in_brackets(typed: str) -> None:
    assert find_person(NAMESAKES, typed) == "MB"


def test_a_whole_name_that_two_have_asks_for_what_is_in_brackets() -> None:
    with pytest.raises(InputError) as caught:
        find_person(NAMESAKES, "Ngô Thị Lan")
    assert caught.value.help == "Hãy gõ cả phần trong ngoặc: NGÔ THỊ LAN 1949."


@pytest.mark.parametrize("typed", ["2 ngày", "2 ngay", "2ngày"])
def test_a_number_may_name_what_is_counted(typed: str) -> None:
    assert read_number(typed) == 2


def test_a_number_that_is_none_has_the_example_of_its_own_question() -> None:
    asked = Question("course.days", Kind.NUMBER, "Số ngày", "", "2")
    with pytest.raises(InputError) as caught:
        read(asked, "vài", TODAY)
    assert caught.value.help == "Ví dụ 2."


@pytest.mark.parametrize("typed", ["ban", "BAN Đ", "nhac", "bo su"])
def test_how_one_choice_begins_is_enough(typed: str) -> None:
    assert read(question(Kind.CHOICE, choices=KINDS), typed, TODAY).value is not None


@pytest.mark.parametrize("typed", ["b", "bán", "đầu", "an"])
def test_one_letter_other_marks_and_a_middle_are_not(typed: str) -> None:
    with pytest.raises(InputError):
        read(question(Kind.CHOICE, choices=KINDS), typed, TODAY)


def test_names_with_commas_are_listed_with_semicolons() -> None:
    answer = read(question(Kind.CHOICES, choices=FIELDS), "1, 2", TODAY)
    assert answer.shown == "Văn hóa, văn nghệ, thể thao; Chăm sóc sức khỏe"


def test_a_day_that_is_none_is_answered_with_the_ways_to_type_one() -> None:
    with pytest.raises(InputError) as raised:
        read(question(Kind.DAY), "hqua", TODAY)
    assert "hôm qua" in raised.value.help


def test_several_that_a_name_may_mean_can_be_chosen_from() -> None:
    with pytest.raises(SeveralError) as raised:
        find_person(PEOPLE, "pham thi")
    assert [one.value for one in raised.value.found] == ["M4", "M5"]


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("date", "15/9", "2025-09-15"),
        ("date", "16/9", "2024-09-16"),
        ("decision.date", "ngày 1 tháng 12", "2024-12-01"),
        ("date", "29.2", "2024-02-29"),
        ("supplement_by", "16/9", "2025-09-16"),
        ("until", "1-3", "2026-03-01"),
    ],
)
def test_a_day_without_its_year_is_the_last_such_day_or_the_next_where_it_is_to_come(
    path: str, typed: str, value: str
) -> None:
    answer = read(replace(question(Kind.DAY), path=path), typed, TODAY)
    assert answer.value == value
    assert answer.shown.endswith(value[:4])


@pytest.mark.parametrize("typed", ["31/9", "15/13", "30/2"])
def test_a_day_of_no_year_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        read(question(Kind.DAY), typed, TODAY)
