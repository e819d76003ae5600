"""Lists in the old one-byte fonts: recognised, and turned into Unicode only when asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scenario.people import People
from engine.vietnamese.spoilt import spoilt_as
from engine.vietnamese.tcvn3 import from_tcvn3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NguyÔn V¨n An", "Nguyễn Văn An"),
        ("TrÇn ThÞ B­ëi", "Trần Thị Bưởi"),
        ("§ç §øc Quý", "Đỗ Đức Quý"),
        ("Hé nghÌo", "Hộ nghèo"),
        ("Th«n §«ng", "Thôn Đông"),
        ("Ph¹m ThÞ HuÖ", "Phạm Thị Huệ"),
    ],
)
def test_old_text_is_recognised_and_converted(typed: str, meant: str) -> None:
    assert spoilt_as(typed) == "tcvn3"
    assert from_tcvn3(typed) == meant


def test_the_capital_font_comes_out_in_capitals() -> None:
    assert from_tcvn3("NGUYÔN V¡N Hµ") == "NGUYỄN VĂN HÀ"
    assert from_tcvn3("Vâ Hµ") == "Võ Hà"
    assert from_tcvn3("UBND x· Hµ") == "UBND xã Hà"


# The published code of every letter.
CODES = """
à B5 ả B6 ã B7 á B8 ạ B9 ă A8 ằ BB ẳ BC ẵ BD ắ BE ặ C6 â A9 ầ C7 ẩ C8 ẫ C9 ấ CA ậ CB đ AE è CC ẻ CE
ẽ CF é D0 ẹ D1 ê AA ề D2 ể D3 ễ D4 ế D5 ệ D6 ì D7 ỉ D8 ĩ DC í DD ị DE ò DF ỏ E1 õ E2 ó E3 ọ E4 ô AB
ồ E5 ổ E6 ỗ E7 ố E8 ộ E9 ơ AC ờ EA ở EB ỡ EC ớ ED ợ EE ù EF ủ F1 ũ F2 ú F3 ụ F4 ư AD ừ F5 ử F6 ữ F7
ứ F8 ự F9 ỳ FA ỷ FB ỹ FC ý FD ỵ FE Ă A1 Â A2 Ê A3 Ô A4 Ơ A5 Ư A6 Đ A7
"""


def test_every_letter_has_its_code() -> None:
    letters, codes = CODES.split()[::2], CODES.split()[1::2]
    assert len(letters) == 74
    for letter, code in zip(letters, codes, strict=True):
        assert from_tcvn3(bytes.fromhex(code).decode("latin-1")) == letter


@pytest.mark.parametrize(
    "text",
    ["", "Nguyen Van An", "Hòa", "Lê Trí", "Trần Thị Bưởi", "Hélène Müller", "100 m² · 5°C", "Hà"],
)
def test_text_that_is_not_old_is_left_alone(text: str) -> None:
    assert spoilt_as(text) is None


def test_one_word_among_many_foreign_ones_is_no_sign() -> None:
    assert spoilt_as("nghÌo") == "tcvn3"
    assert spoilt_as("nghÌo Hélène Français Zürich Mönch") is None


def test_vietnamese_in_unicode_is_never_converted() -> None:
    assert from_tcvn3("Họ và tên") == "Họ và tên"


def test_old_names_under_headings_in_unicode_are_recognised() -> None:
    names = ["NguyÔn V¨n An", "TrÇn ThÞ B­ëi", "§ç §øc Quý", "Ph¹m ThÞ HuÖ"] * 10
    assert spoilt_as("\n".join(["Họ và tên", "Diện hộ", *names])) == "tcvn3"


@given(st.integers(0, 10**6))
def test_a_list_in_unicode_is_never_taken_for_an_old_one(seed: int) -> None:
    people = People(seed).members(8, date(2021, 9, 1), "Thôn Đông", elderly=5, women=5, poor=4)
    assert not any(spoilt_as(person.name) for person in people)
