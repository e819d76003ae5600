"""A warning is asked about with what is asked for and its ground; then why (S7)."""

import pytest

from engine import codes
from engine.errors import InputError
from engine.interview.doubts import doubts, read_reason
from engine.rules.findings import block, note, warn

SIZE = warn(
    codes.COMP_SIZE,
    "Câu lạc bộ có 55 thành viên.",
    expected="60 - 75",
    actual="55",
    source="QĐ 1, I.2",
)


def test_a_doubt_says_what_is_asked_for_and_on_what_ground() -> None:
    (doubt,) = doubts([SIZE], {})
    shown = list(doubt.lines())
    assert shown[0] == SIZE.message
    assert any("60 - 75" in line for line in shown)
    assert any("QĐ 1, I.2" in line for line in shown)


def test_only_warnings_without_a_reason_are_doubts_each_code_once() -> None:
    others = [block(codes.STATE, "Không được."), note(codes.PROPOSE_BOARD, "Chưa có.")]
    assert len(doubts([SIZE, SIZE, *others], {})) == 1
    assert doubts([SIZE], {codes.COMP_SIZE: "thôn nhỏ"}) == ()
    assert len(doubts([SIZE], {codes.COMP_SIZE: "  "})) == 1


@pytest.mark.parametrize(
    "text", ["", "15/9/25", "có", "5", r"C:\ds\danh_sach.xlsx", "1 2 3", "a b"]
)
def test_what_answers_another_question_is_no_reason(text: str) -> None:
    with pytest.raises(InputError):
        read_reason(text)


def test_some_words_are_a_reason() -> None:
    assert read_reason("  theo đề nghị  của thôn ") == "theo đề nghị của thôn"
