"""``clb commune search``: who looks for a commune's old name finds what became of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.land import Land, land

from engine.cli import run


@pytest.fixture
def hoa_binh(tmp_path: Path) -> Iterator[Land]:
    """A province that loaded no list of units: its policy names what its communes became."""
    with land(tmp_path, "hoa_binh", date(2026, 6, 30)) as one:
        yield one


def search(there: Land, capsys: pytest.CaptureFixture[str], name: str, *on: str) -> str:
    database = ("--database", str(there.store.target.path), "--lang", "en")
    assert run(["commune", "search", name, "--province", "hoa_binh", *on, *database]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "ended", "now"),
    [
        ("Phú Minh", "31/12/2019", "Xã Thịnh Minh"),
        ("phu minh", "31/12/2019", "Xã Thịnh Minh"),
        ("Yên Lạc", "31/12/2019", "Xã Yên Thủy"),
        ("Hàng Trạm", "30/06/2025", "Xã Yên Thủy"),
    ],
)
def test_a_commune_that_is_no_more_is_found_with_what_became_of_it(
    hoa_binh: Land, capsys: pytest.CaptureFixture[str], name: str, ended: str, now: str
) -> None:
    text = search(hoa_binh, capsys, name, "--on", "2026-06-01")
    (line,) = text.splitlines()[2:]
    assert ended in line
    words = " ".join(line.split())
    assert words.endswith(f"{now} not confirmed")
    (line,) = search(hoa_binh, capsys, name).splitlines()[2:]
    assert " ".join(line.split()) == words
    assert "name:" not in text


@pytest.mark.parametrize(
    ("on", "then"),
    [
        ("2019-12-31", ""),
        ("2020-01-01", "Thị trấn Hàng Trạm  not confirmed"),
        ("2025-06-30", "Thị trấn Hàng Trạm  not confirmed"),
        ("2025-07-01", "Xã Yên Thủy         not confirmed"),
    ],
)
def test_what_became_of_it_is_answered_for_the_day_asked_and_not_for_today(
    hoa_binh: Land, capsys: pytest.CaptureFixture[str], on: str, then: str
) -> None:
    heading, _rule, line = search(hoa_binh, capsys, "Yên Lạc", "--on", on).splitlines()
    assert f"On {on[8:]}/{on[5:7]}/{on[:4]}" in heading
    assert " ".join(line.partition("31/12/2019")[2].split()) == " ".join(then.split())


def test_a_commune_that_had_not_begun_by_the_day_is_not_found(
    hoa_binh: Land, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Yên Thủy" not in search(hoa_binh, capsys, "Yên Thủy", "--on", "2025-06-30")
    assert "Xã Yên Thủy" in search(hoa_binh, capsys, "Yên Thủy", "--on", "2025-07-01")


@pytest.mark.parametrize("name", ["X. Phú Minh", "x.phu minh", "Xã Phú Minh", "TT. Hàng Trạm"])
def test_what_a_commune_is_may_be_in_front_and_short(
    hoa_binh: Land, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert len(search(hoa_binh, capsys, name).splitlines()) == 3


@pytest.mark.parametrize("name", ["P. Phú Minh", "X. Hàng Trạm", "P."])
def test_a_commune_of_another_kind_is_not_found(
    hoa_binh: Land, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert len(search(hoa_binh, capsys, name).splitlines()) <= 2
