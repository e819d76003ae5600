"""Advice names a command by its Vietnamese words, and none where the work is done from a menu."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine
from engine.cli import advice

PLACEHOLDER = re.compile(r"\b(?!CLB\b|CLB-)[A-Z]{2,}\b")


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


def untranslated() -> Iterator[str]:
    """Yield the advice in the code that names what to put in and is in no catalogue."""
    for path in sorted(Path(engine.__file__).parent.rglob("*.py")):
        if "plugin_checks" in path.parts:  # read by authors, in English
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for one in call.keywords if isinstance(call, ast.Call) else ():
                if one.arg in ("help", "fix", "option") and isinstance(one.value, ast.Constant):
                    text = str(one.value.value)
                    if PLACEHOLDER.search(text):
                        yield f"{path.name}: {text}"


def test_what_is_to_be_put_in_is_named_in_the_readers_language() -> None:
    assert list(untranslated()) == []
