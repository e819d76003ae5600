"""The papers as pages: LibreOffice turns each into PDF; no glyph is missing, no page too many."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.papers import ALL

pytestmark = pytest.mark.slow

PAGES = {
    **dict.fromkeys(ALL, 1),
    "quy_che": 3,
    "to_trinh": 2,
    "danh_sach_thanh_vien": 3,
    "danh_sach_bcn": 1,
    "bien_ban_tham_dinh": 2,
    "quyet_dinh_thanh_lap": 5,
    "cong_van_tra_ho_so": 1,
    "quyet_dinh_kien_toan": 2,
    "danh_sach_tap_huan": 2,
    "bien_ban_ra_mat": 1,
    "bien_ban_giam_sat": 1,
    "phieu_danh_gia": 1,
    "quyet_dinh_giai_the": 2,
}
SERIF = re.compile(r"^(?:[A-Z]{6}\+)?(?:LiberationSerif|TimesNewRoman)")

Pages = Callable[[str, str], Path]


def output(*command: str | Path) -> str:
    """Return what a tool prints."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return done.stdout.decode()


@pytest.mark.parametrize("which", ALL)
def test_a_paper_has_as_many_pages_as_it_needs(pdf: Pages, which: str) -> None:
    assert f"Pages:           {PAGES[which]}\n" in output("pdfinfo", pdf("bac_ninh", which))


@pytest.mark.parametrize("which", ALL)
def test_a_page_is_a4(pdf: Pages, province: str, which: str) -> None:
    assert "(A4)" in output("pdfinfo", pdf(province, which))


@pytest.mark.parametrize("which", ALL)
def test_no_glyph_comes_from_another_font(pdf: Pages, province: str, which: str) -> None:
    rows = output("pdffonts", pdf(province, which)).splitlines()[2:]
    assert rows
    assert [row for row in rows if not SERIF.match(row)] == []


@pytest.mark.parametrize("which", ALL)
def test_every_letter_is_on_the_page(pdf: Pages, province: str, which: str) -> None:
    text = output("pdftotext", "-layout", pdf(province, which), "-")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "\ufffd" not in text
