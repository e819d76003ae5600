"""A warning is asked about with what is asked for and its ground; then yes or no; then why (S7)."""

from engine import codes
from engine.interview.doubts import doubts
from engine.interview.question import Kind
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
    said = list(doubt.lines())
    assert said[0] == SIZE.message
    assert any("60 - 75" in line for line in said)
    assert any("QĐ 1, I.2" in line for line in said)
    assert (doubt.go_on.kind, doubt.why.kind) == (Kind.YES_NO, Kind.TEXT)


def test_only_warnings_without_a_reason_are_doubts_each_code_once() -> None:
    others = [block(codes.STATE, "Không được."), note(codes.PROPOSE_BOARD, "Chưa có.")]
    assert len(doubts([SIZE, SIZE, *others], {})) == 1
    assert doubts([SIZE], {codes.COMP_SIZE: "thôn nhỏ"}) == ()
    assert len(doubts([SIZE], {codes.COMP_SIZE: "  "})) == 1
