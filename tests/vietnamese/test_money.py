"""Amounts of money, in figures and in the words of the north."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.vietnamese.money import dong, dong_in_words, in_words, number


def test_thousands_are_set_apart_by_dots() -> None:
    assert number(100_000) == "100.000"
    assert number(999) == "999"
    assert number(-1_500_000) == "-1.500.000"
    assert dong(100_000_000) == "100.000.000 đồng"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không"),
        (10, "Mười"),
        (14, "Mười bốn"),
        (15, "Mười lăm"),
        (21, "Hai mươi mốt"),
        (101, "Một trăm linh một"),
        (104, "Một trăm linh bốn"),
        (111, "Một trăm mười một"),
        (215, "Hai trăm mười lăm"),
        (1_010, "Một nghìn không trăm mười"),
        (25_000_000, "Hai mươi lăm triệu"),
        (75_000_000, "Bảy mươi lăm triệu"),
        (105_000_000, "Một trăm linh năm triệu"),
        (1_001_000_000, "Một tỷ không trăm linh một triệu"),
        (1_830_000_000, "Một tỷ tám trăm ba mươi triệu"),
        (4_000_000_000, "Bốn tỷ"),
        (21_500_000, "Hai mươi mốt triệu năm trăm nghìn"),
        (24_000_000, "Hai mươi tư triệu"),
        (2_100_005, "Hai triệu một trăm nghìn không trăm linh năm"),
        (1_000_000_000_000, "Một nghìn tỷ"),
        (12_000_000_500, "Mười hai tỷ năm trăm"),
        (-25_000_000, "Âm hai mươi lăm triệu"),
    ],
)
def test_amounts_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_an_amount_of_whole_thousands_is_closed_with_chan() -> None:
    assert dong_in_words(100_000_000) == "Một trăm triệu đồng chẵn"
    assert dong_in_words(4_000_000_000) == "Bốn tỷ đồng chẵn"
    assert dong_in_words(21_500_000) == "Hai mươi mốt triệu năm trăm nghìn đồng chẵn"
    assert dong_in_words(2_100_005) == "Hai triệu một trăm nghìn không trăm linh năm đồng"
    assert dong_in_words(1_500) == "Một nghìn năm trăm đồng"
    assert dong_in_words(0) == "Không đồng"


VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def heard(words: str) -> int:
    """Add up what a cashier hears, word by word."""
    billions = below_billion = group = digit = 0
    for word in words.lower().split():
        if word in VALUES:
            digit = VALUES[word]
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in {"triệu", "nghìn"}:
            size = 1_000_000 if word == "triệu" else 1_000
            below_billion += (group + digit) * size
            group = digit = 0
        elif word == "tỷ":
            billions = (billions + below_billion + group + digit) * 1_000_000_000
            below_billion = group = digit = 0
        else:
            assert word == "linh"
    return billions + below_billion + group + digit


@given(st.integers(0, 10**15))
def test_what_is_read_aloud_is_the_amount(amount: int) -> None:
    assert heard(in_words(amount)) == amount


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_two_amounts_never_sound_the_same(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


@given(st.integers(1, 10**12))
def test_words_begin_with_one_capital_letter_and_single_spaces(amount: int) -> None:
    words = in_words(amount)
    assert words == words.capitalize() == " ".join(words.split())
