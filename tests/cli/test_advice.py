"""Advice names a command by its Vietnamese words, and none where the work is done from a menu."""

import pytest

from engine.cli import advice


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("clb advance BN-1 supervise", 'clb buoc BN-1 "giám sát"'),
        ("clb advance BN-1 fund", 'clb buoc BN-1 "ghi quỹ"'),
        ("clb document render BN-1 to_trinh", "clb giay in BN-1 to_trinh"),
        ("clb club show BN-1", "clb xem BN-1"),
        ("clb club list", "clb club danhsach"),
        ("Xem: clb officer list.", "Xem: clb canbo xem."),
        ("clb db upgrade", "clb db upgrade"),
        ("clb due --within 30d", "clb han --within 30d"),
        ("Câu lạc bộ (CLB) không có lệnh nào.", "Câu lạc bộ (CLB) không có lệnh nào."),
    ],
)
def test_a_command_is_named_by_its_vietnamese_words(typed: str, spoken: str) -> None:
    assert advice.spoken(typed) == spoken


@pytest.mark.usefixtures("english")
def test_in_english_a_command_stays_as_it_is() -> None:
    assert advice.spoken("clb advance BN-1 supervise") == "clb advance BN-1 supervise"


def test_from_a_menu_no_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advice, "_menu", True)
    assert advice.followed("Kiểm tra họ tên; clb member add BN-1.") == "Kiểm tra họ tên."
    assert advice.followed("clb officer list") is None
