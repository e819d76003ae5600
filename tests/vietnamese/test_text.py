"""Vietnamese text: what is the same name, in which order, and how dates and shares are printed."""

import random
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.vietnamese.text import (
    bare,
    clean,
    decision_number,
    dmy,
    formal_date,
    key,
    name_order,
    parse_date,
    percent,
    word_order,
)

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


def mixed(items: list[str]) -> list[str]:
    return random.Random(1).sample(items, len(items))


names = st.text(alphabet=st.sampled_from([*LETTERS, *LETTERS.upper(), *TONES[1:], " "]))


def test_text_is_stored_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ửng")
    assert clean(decomposed) == "Nguyễn Thị Ửng"
    assert len(clean(decomposed)) == 14


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u3000", "\t", "\n", "   "])
def test_every_blank_counts_as_one_space(blank: str) -> None:
    assert clean(f"{blank}Nguyễn{blank}Văn {blank}An{blank}") == "Nguyễn Văn An"


@pytest.mark.parametrize(
    "invisible",
    ["\u200b", "\u200d", "\ufeff", "\u200e", "\u202e", "\u2066", "\u00ad", "\u2060", "\x00"],
)
def test_characters_nobody_sees_are_removed(invisible: str) -> None:
    assert clean(f"Tr{invisible}ần{invisible} Thị B{invisible}") == "Trần Thị B"


def test_a_mark_cut_off_by_an_invisible_character_finds_its_letter_again() -> None:
    assert clean("a\u200b\u0301") == "á"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("uỷ ban", "ủy ban"),
        ("Khoẻ", "Khỏe"),
        ("THUÝ", "Thúy"),
        ("hoá", "hóa"),
        ("Nguyễn  Văn\u00a0An", "nguyễn văn an"),
        ("ÐỖ ÐỨC", "Đỗ Đức"),
    ],
)
def test_one_name_in_two_spellings_has_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Toàn", "Toán"), ("Quý", "Quỳ"), ("Lan", "Lân"), ("Dung", "Đung"), ("Hòa", "Hoa")],
)
def test_names_that_differ_in_a_letter_or_a_tone_are_two_people(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("word", ["toàn", "quý", "nguyễn", "tiền", "đường"])
def test_a_mark_on_its_right_letter_stays_there(word: str) -> None:
    assert key(word) == word


@given(names)
def test_the_key_does_not_depend_on_unicode_form_or_case(name: str) -> None:
    composed = unicodedata.normalize("NFC", name)
    decomposed = unicodedata.normalize("NFD", name)
    assert key(composed) == key(decomposed) == key(name.upper()) == key(name.lower())


@given(
    st.sampled_from(["", "h", "kh", "th", "ng", "đ"]),
    st.sampled_from(["oa", "oe", "uy", "uê", "uơ", "oai", "iêu", "ươi"]),
    st.sampled_from(TONES[1:]),
    st.sampled_from(["", "n", "ng"]),
    st.data(),
)
def test_the_key_does_not_depend_on_which_vowel_carries_the_tone(
    start: str, vowels: str, tone: str, end: str, data: st.DataObject
) -> None:
    places = st.integers(1, len(vowels))
    one, other = data.draw(places), data.draw(places)
    spellings = [
        unicodedata.normalize("NFC", start + vowels[:at] + tone + vowels[at:] + end)
        for at in (one, other)
    ]
    assert key(spellings[0]) == key(spellings[1])
    assert key(spellings[0]) != key(start + vowels + end)


@given(names)
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


def test_a_search_without_marks_finds_the_name() -> None:
    assert bare("Hoà Bình") == "hoa binh"
    assert bare("ĐẶNG THỊ ƯỚC") == "dang thi uoc"
    assert bare(unicodedata.normalize("NFD", "Đỗ Quý Ngữ")) == "do quy ngu"


@given(st.text(alphabet=st.sampled_from("aÀđ \t\u00a0\u200b\u00ad\u0301\ufeff")))
def test_what_is_not_seen_in_a_name_is_not_searched_for(name: str) -> None:
    assert bare(name) == bare(clean(name))


@given(st.text(alphabet=st.sampled_from([*LETTERS, *LETTERS.upper(), *TONES[1:]])))
def test_a_search_key_is_plain_small_letters(name: str) -> None:
    attached = "a" + name  # a tone mark needs a letter
    assert bare(attached).isascii()
    assert bare(attached) == bare(attached).lower() == bare(key(attached))


IN_ORDER = [
    "Bùi Văn An",
    "Trần Thị Anh",
    "Bùi Thị Ảnh",
    "Nguyễn Thị Ánh",
    "Nguyễn Văn Ánh",
    "Đinh Văn Ăn",
    "Lê Văn Ân",
    "Hoàng Văn Ẩn",
    "Đỗ Thị Dung",
    "Phạm Văn Đức",
    "Vũ Thị Yến",
]


@given(st.permutations(IN_ORDER))
def test_people_are_listed_by_given_name_in_the_vietnamese_alphabet(names: list[str]) -> None:
    assert sorted(names, key=name_order) == IN_ORDER


def test_the_alphabet_and_the_tones_are_in_the_vietnamese_order() -> None:
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(mixed(alphabet), key=word_order) == alphabet
    tones = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]
    assert sorted(mixed(tones), key=word_order) == tones


def test_the_same_given_name_is_ordered_by_family_then_middle_name() -> None:
    people = ["An", "Bùi An", "Bùi Thị An", "Bùi Văn An", "Đỗ Thị An", "Đỗ Thị Bích An"]
    assert sorted(mixed(people), key=name_order) == people


def test_order_does_not_depend_on_how_a_name_was_typed() -> None:
    assert name_order("Lê Thị Hoà")[:-1] == name_order("Lê Thị Hòa")[:-1]
    decomposed = unicodedata.normalize("NFD", "LÊ THỊ HÒA")
    assert name_order(decomposed)[:-1] == name_order("Lê Thị Hòa")[:-1]


def test_a_list_has_one_order_whatever_the_order_it_came_in() -> None:
    spellings = ["Lê Thị Hoà", "Lê Thị Hòa", "LÊ THỊ HÒA"]
    assert mixed(spellings) != spellings
    assert sorted(spellings, key=name_order) == sorted(mixed(spellings), key=name_order)
    assert sorted(spellings, key=word_order) == sorted(mixed(spellings), key=word_order)


def test_places_read_from_left_to_right_and_numbers_by_size() -> None:
    places = [
        "Hoa Lư",
        "Hòa Bình",
        "Khu phố 3",
        "Khu phố 3B",
        "Khu phố 10",
        "Khu phố 10A",
        "Thôn Đoài",
        "Thôn Đông",
        "Thôn Hạ",
    ]
    assert sorted(mixed(places), key=word_order) == places


@given(st.text(), st.text())
def test_two_names_of_one_rank_are_one_name(one: str, other: str) -> None:
    if name_order(one) == name_order(other):
        assert unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def test_a_share_is_printed_with_a_comma_and_rounded_half_up() -> None:
    assert percent(44, 63) == "69,8%"
    assert percent(58, 63, 2) == "92,06%"
    assert percent(1, 16) == "6,3%"
    assert percent(1, 3, 0) == "33%"
    assert percent(41, 30) == "136,7%"
    assert percent(0, 5) == "0,0%"
    assert percent(5, 5) == "100,0%"


def test_a_share_never_shows_a_limit_it_does_not_reach() -> None:
    assert percent(1999, 2000) == "99,9%"
    assert percent(1, 3000) == "0,1%"
    assert percent(6999, 10000) == "70,0%"
    assert percent(6999, 10000, limits=(70,)) == "69,9%"
    assert percent(7001, 10000, limits=(60, 70)) == "70,1%"
    assert percent(1999, 2000, limits=(70,)) == "99,9%"


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 3), st.integers(0, 100))
def test_what_is_printed_is_on_the_same_side_of_the_limit(
    part: int, whole: int, decimals: int, limit: int
) -> None:
    shown = percent(part, whole, decimals, limits=(limit,))
    units = int(shown.removesuffix("%").replace(".", "").replace(",", ""))
    printed, exact = units - limit * 10**decimals, 100 * part - limit * whole
    assert (printed > 0, printed < 0) == (exact > 0, exact < 0)
    assert abs(units * whole - 100 * part * 10**decimals) < whole
    assert (units == 0) == (part == 0)


def test_where_nothing_is_counted_there_is_no_share() -> None:
    with pytest.raises(ValueError, match="0 of 0"):
        percent(0, 0)
    with pytest.raises(ValueError, match="-1 of 5"):
        percent(-1, 5)


def test_dates_are_printed_the_vietnamese_way() -> None:
    assert dmy(date(2021, 7, 28)) == "28/07/2021"
    assert dmy(date(2021, 2, 5)) == "05/02/2021"


def test_a_formal_date_has_zeros_for_small_days_and_the_first_two_months_only() -> None:
    assert formal_date(date(2021, 2, 5)) == "ngày 05 tháng 02 năm 2021"
    assert formal_date(date(2021, 7, 28)) == "ngày 28 tháng 7 năm 2021"
    assert formal_date(date(2026, 7, 9)) == "ngày 09 tháng 7 năm 2026"
    assert formal_date(date(2026, 1, 10)) == "ngày 10 tháng 01 năm 2026"
    assert formal_date(date(2026, 3, 10)) == "ngày 10 tháng 3 năm 2026"


@pytest.mark.parametrize(
    "typed",
    ["2021-07-28", "28/07/2021", "28/7/2021", "28-7-2021", "28.7.2021", " 28 / 7 / 2021\u00a0"],
)
def test_a_date_is_read_in_every_usual_form(typed: str) -> None:
    assert parse_date(typed) == date(2021, 7, 28)


def test_the_day_comes_before_the_month() -> None:
    assert parse_date("03/02/2026") == date(2026, 2, 3)


@pytest.mark.parametrize("typed", ["01/01/0001", "31/12/9999", "1799-12-31", "3000-01-01"])
def test_a_year_in_which_no_club_lives_is_named(typed: str) -> None:
    with pytest.raises(InputError) as failure:
        parse_date(typed)
    assert failure.value.code == "CLB-DATE"
    assert typed in failure.value.message


@given(st.dates(date(1800, 1, 1), date(2999, 12, 31)))
def test_a_printed_date_reads_back(day: date) -> None:
    assert parse_date(dmy(day)) == parse_date(day.isoformat()) == day


@pytest.mark.parametrize("typed", ["31/02/2021", "2021-02-29", "12/31/2021", "00/01/2021"])
def test_a_day_that_the_calendar_does_not_have_is_named(typed: str) -> None:
    with pytest.raises(InputError) as failure:
        parse_date(typed)
    assert failure.value.code == "CLB-DATE"
    assert failure.value.exit_code == 2
    assert typed in failure.value.message
    assert failure.value.help


@pytest.mark.parametrize(
    "typed",
    ["", "hôm qua", "28/07/21", "28/07-2021", "07/2021", "2021", "28/07/2021 8:00", "٢٨/٧/٢٠٢١"],
)
def test_what_is_not_a_whole_date_is_not_guessed(typed: str) -> None:
    with pytest.raises(InputError) as failure:
        parse_date(typed)
    assert failure.value.code == "CLB-DATE"
    assert "28/07/2021" in failure.value.help


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("5", "05/QĐ-UBND"),
        ("05", "05/QĐ-UBND"),
        ("5/QĐ-UBND", "05/QĐ-UBND"),
        ("Số: 5/qd-ubnd", "05/QĐ-UBND"),
        ("933", "933/QĐ-UBND"),
        ("12a", "12a/QĐ-UBND"),
        ("7/QĐ-CTUBND", "07/QĐ-CTUBND"),
    ],
)
def test_a_number_is_printed_with_two_digits_and_its_symbol(typed: str, printed: str) -> None:
    assert decision_number(typed, "QĐ-UBND") == printed


@pytest.mark.parametrize("typed", ["", "0", "QĐ-UBND", "năm", "5/", "-5", "15/9/2025"])
def test_a_paper_without_a_number_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as failure:
        decision_number(typed, "QĐ-UBND")
    assert failure.value.code == "CLB-DECISION-NUMBER"
    assert "5/QĐ-UBND" in failure.value.help


APOSTROPHES = "’‘ʼ`´ʻ′"


@pytest.mark.parametrize("sign", APOSTROPHES)
@pytest.mark.parametrize("name", ["K'Brếp", "H'Mơ Ñuôl", "Xã Ea H'Leo"])
def test_every_apostrophe_is_one_in_keys_searches_and_sorting(name: str, sign: str) -> None:
    other = name.replace("'", sign)
    assert key(other) == key(name)
    assert bare(other) == bare(name)
    assert name_order(other)[:-1] == name_order(name)[:-1]
    assert word_order(other)[:-1] == word_order(name)[:-1]
    assert clean(other) == other, "printed as entered"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nguyễn Văn Bình (Z)", "Lê Thị Cúc (A)"),
        ("Lê Thị Mơ (vợ ông An)", "Ngô Thị Mùi"),
        ("Trần Văn An [thôn Đông]", "Trần Văn Bình"),
        ("Nguyễn Văn Bình (A)", "Nguyễn Văn Bình (B)"),
    ],
)
def test_what_is_in_brackets_behind_a_name_does_not_sort_it(first: str, second: str) -> None:
    assert sorted([second, first], key=name_order) == [first, second]
