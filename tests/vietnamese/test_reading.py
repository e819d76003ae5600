"""What people type is read as they mean it, or refused with a sentence; never guessed."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.vietnamese.money import dong, dong_spoken, number
from engine.vietnamese.reading import (
    read_choice,
    read_day,
    read_money,
    read_period,
    read_yes_no,
)
from engine.vietnamese.text import bare, dmy, formal_date, means

TODAY = date(2026, 11, 30)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
amounts = st.integers(1, 10**12)

# -- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15/9/25", date(2025, 9, 15)),
        ("15-9-2025", date(2025, 9, 15)),
        ("15.9.25", date(2025, 9, 15)),
        ("ngày 15 tháng 9 năm 2025", date(2025, 9, 15)),
        ("15 tháng 9 năm 25", date(2025, 9, 15)),
        ("hôm nay", TODAY),
        ("HÔM NAY", TODAY),
        ("nay", TODAY),
        ("hom qua", TODAY - timedelta(days=1)),
        ("hôm kia", TODAY - timedelta(days=2)),
        ("ngày mai", TODAY + timedelta(days=1)),
    ],
)
def test_a_day_is_read_as_officers_type_it(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@given(days)
def test_every_day_is_read_from_every_way_of_writing_it(day: date) -> None:
    short = f"{day.day}/{day.month}/{day.year % 100:02}"
    for typed in (dmy(day), formal_date(day), bare(formal_date(day)), short, day.isoformat()):
        assert read_day(typed) == day


@pytest.mark.parametrize("typed", ["15/9", "hôm", "31/9/25", "29/2/25", "9/2025", "", "5"])
def test_what_is_no_whole_day_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_day(typed, TODAY)
    assert refused.value.code == "CLB-DATE"
    assert refused.value.help


def test_today_is_not_known_where_no_day_is_given() -> None:
    with pytest.raises(InputError):
        read_day("hôm nay")


# -- money ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("100tr", 100_000_000),
        ("100 triệu", 100_000_000),
        ("6 trieu", 6_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỉ", 1_500_000_000),
        ("6tr5", 6_500_000),
        ("6tr500", 6_500_000),
        ("6 triệu rưỡi", 6_500_000),
        ("1 tỷ 500 triệu", 1_500_000_000),
        ("1 tỷ 2", 1_200_000_000),
        ("1.200 triệu đồng", 1_200_000_000),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000),
        ("6.000.000đ", 6_000_000),
        ("6,000,000", 6_000_000),
        ("6 000 000", 6_000_000),
        ("6000000 đồng", 6_000_000),
        ("100.000.000 đồng chẵn", 100_000_000),
    ],
)
def test_an_amount_is_read_as_officers_type_it(typed: str, amount: int) -> None:
    assert read_money(typed) == amount


@given(amounts)
def test_every_amount_is_read_from_every_way_of_writing_it(amount: int) -> None:
    spaced = number(amount).replace(".", " ")
    for typed in (str(amount), number(amount), dong(amount), spaced, f"{number(amount)}đ"):
        assert read_money(typed) == amount


@given(st.integers(1, 999_999), st.sampled_from(["tr", " triệu", " TRIEU", " triệu đồng"]))
def test_millions_are_read_with_or_without_marks(millions: int, unit: str) -> None:
    assert read_money(f"{millions}{unit}") == millions * 1_000_000


@given(st.integers(0, 999), st.integers(1, 9))
def test_a_decimal_comma_is_a_tenth_of_its_unit(whole: int, tenth: int) -> None:
    assert read_money(f"{whole},{tenth} triệu") == whole * 1_000_000 + tenth * 100_000


@pytest.mark.parametrize("typed", ["1.5", "1,5", "100,000", "1,500 triệu", "6tr50"])
def test_an_amount_with_two_readings_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_money(typed)
    assert refused.value.code == "CLB-MONEY"
    assert "6.000.000" in refused.value.help


@pytest.mark.parametrize(
    "typed", ["", "triệu", "6.00.000", "0.500", "1tr 5tr", "5 nghìn 6 triệu", "-5", "mười", "1,5đ"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_money(typed)
    assert refused.value.code == "CLB-MONEY"


@given(st.text(max_size=30))
def test_no_text_makes_a_reader_fail_otherwise(typed: str) -> None:
    for read in (read_money, read_yes_no, lambda text: read_day(text, TODAY), read_period):
        with suppress(InputError):
            read(typed)


def test_an_amount_is_shown_back_in_words() -> None:
    assert dong_spoken(6_000_000) == "6.000.000 đồng (sáu triệu đồng)"


# -- yes and no ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["có", "Co", "ĐỒNG Ý", "dong y", "rồi", "đúng", "phải", "y", "1"])
def test_yes_has_many_words(typed: str) -> None:
    assert read_yes_no(typed) is True


@pytest.mark.parametrize(
    "typed", ["không", "khong", "Chưa", "chua", "không đồng ý", "n", "0", "sai"]
)
def test_no_has_many_words(typed: str) -> None:
    assert read_yes_no(typed) is False


@pytest.mark.parametrize("typed", ["", "dừng", "cỏ", "tuần sau", "có không"])
def test_what_is_neither_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_yes_no(typed)
    assert refused.value.code == "CLB-YES-NO"


# -- periods -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2026H1", "2026H1"),
        ("2026h2", "2026H2"),
        ("2026", "2026"),
        ("năm 2025", "2025"),
        ("nam nay", "2026"),
        ("năm ngoái", "2025"),
        ("quý 1 năm 2026", "2026Q1"),
        ("quý III/2026", "2026Q3"),
        ("2026Q4", "2026Q4"),
        ("6 tháng đầu năm 2026", "2026H1"),
        ("6 thang cuoi nam 2025", "2025H2"),
        ("Sáu tháng đầu năm 2026", "2026H1"),
        ("nửa đầu 2026", "2026H1"),
        ("nửa cuối năm 2025", "2025H2"),
        ("6 tháng cuối", "2026H2"),
        ("6 tháng đầu", "2026H1"),
    ],
)
def test_a_period_is_read_as_officers_type_it(typed: str, period: str) -> None:
    assert read_period(typed, TODAY) == period


def test_a_half_that_has_not_begun_is_last_years() -> None:
    assert read_period("6 tháng cuối", date(2027, 1, 15)) == "2026H2"
    assert read_period("6 tháng đầu", date(2027, 1, 15)) == "2027H1"


@pytest.mark.parametrize("typed", ["6 tháng", "quý 5 năm 2026", "2026H3", "", "tháng 9"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_period(typed, TODAY)
    assert refused.value.code == "CLB-PERIOD"


# -- words that mean a code ----------------------------------------------------------------------

COURSES = {
    "initial": ("ban đầu", "lần đầu"),
    "supplementary": ("bổ sung",),
    "refresher": ("nhắc lại",),
}


@pytest.mark.parametrize(
    "typed", ["ban đầu", "BAN ĐẦU", "ban dau", " ban  đầu ", "initial", "Initial"]
)
def test_a_code_is_read_from_its_words(typed: str) -> None:
    assert read_choice(COURSES, typed) == "initial"


@pytest.mark.parametrize("typed", ["bán đầu", "ban đâu", "bổ xung"])
def test_other_marks_are_another_word(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_choice(COURSES, typed)
    assert refused.value.code == "CLB-WORD-UNKNOWN"


def test_a_part_of_a_word_is_asked_about_and_never_taken() -> None:
    with pytest.raises(InputError) as refused:
        read_choice(COURSES, "đầu")
    assert "ban đầu (initial)" in refused.value.help


def test_a_word_of_two_codes_is_refused_with_both() -> None:
    with pytest.raises(InputError) as refused:
        read_choice({"a": ("hồ sơ",), "b": ("hồ sơ",)}, "ho so")
    assert refused.value.code == "CLB-WORD-SEVERAL"
    assert "(a)" in refused.value.message
    assert "(b)" in refused.value.message


def test_marks_settle_which_of_two_words_is_meant() -> None:
    two = {"decide": ("quyết định",), "fixed": ("quyết đinh",)}
    assert read_choice(two, "quyết định") == "decide"


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "CLB Thịnh Lang",
        "clb  thịnh lang",
        "CLB THINH LANG",
        "clb thinh lang",
        "CLB Thi\u0323nh Lang",
    ],
)
def test_a_name_is_meant_exactly_or_with_no_mark_at_all(typed: str) -> None:
    assert means(typed, "CLB Thịnh Lang")


@pytest.mark.parametrize(
    "typed", ["CLB Thình Lang", "CLB Thinh Láng", "CLB Thịnh Láng", "CLB Thịnh"]
)
def test_other_marks_are_another_name(typed: str) -> None:
    assert not means(typed, "CLB Thịnh Lang")


def test_a_name_entered_without_marks_is_not_meant_by_a_marked_one() -> None:
    assert not means("CLB Thịnh Lang", "CLB Thinh Lang")


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "`", "´"])
def test_every_kind_of_apostrophe_is_the_same(apostrophe: str) -> None:
    assert means(f"Đắk R{apostrophe}Lấp", "Đắk R'lấp")
    assert means(f"dak r{apostrophe}lap", "Đắk R’Lấp")


@given(st.text(alphabet="aăâáàảeêếioôốuưđ bcd", min_size=1, max_size=12))
def test_a_name_is_always_meant_by_itself_and_without_its_marks(name: str) -> None:
    assert means(name, name)
    assert means(bare(name), name)


def test_five_thousand_digits_are_no_amount() -> None:
    with pytest.raises(InputError) as caught:
        read_money("9" * 5_000)
    assert caught.value.code == "CLB-MONEY"
    assert len(caught.value.message) < 200
