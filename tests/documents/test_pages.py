"""The papers as pages: LibreOffice turns each into PDF; no glyph is missing, no page too many."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support import needs
from support.papers import KINDS, PROVINCES, Office

pytestmark = pytest.mark.slow

PAGES = {
    "to_trinh": 2,
    "danh_sach_thanh_vien": 3,
    "danh_sach_bcn": 1,
    "bien_ban_tham_dinh": 2,
    "quyet_dinh_thanh_lap": 4,
    "cong_van_tra_ho_so": 1,
    "quyet_dinh_kien_toan": 1,
    "danh_sach_tap_huan": 1,
    "bien_ban_ra_mat": 1,
    "bien_ban_giam_sat": 1,
    "phieu_danh_gia": 1,
    "quyet_dinh_giai_the": 1,
}
SERIF = re.compile(r"^(?:[A-Z]{6}\+)?(?:LiberationSerif|TimesNewRoman)")

Pages = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def pdf(
    lived: Callable[[str], Office], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Path]:
    """Return a paper of a province as PDF; all are converted in one go."""
    needs.pages()
    folder = tmp_path_factory.mktemp("pages")
    for province in PROVINCES:
        for which in KINDS:
            (folder / f"{province}-{which}.docx").write_bytes(lived(province).filled(which).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = sorted(str(one) for one in folder.glob("*.docx"))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return lambda province, which: folder / f"{province}-{which}.pdf"


def output(*command: str | Path) -> str:
    """Return what a tool prints."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return done.stdout.decode()


@pytest.mark.parametrize("which", KINDS)
def test_a_paper_has_as_many_pages_as_it_needs(pdf: Pages, which: str) -> None:
    assert f"Pages:           {PAGES[which]}\n" in output("pdfinfo", pdf("bac_ninh", which))


@pytest.mark.parametrize("which", KINDS)
def test_a_page_is_a4(pdf: Pages, province: str, which: str) -> None:
    assert "(A4)" in output("pdfinfo", pdf(province, which))


@pytest.mark.parametrize("which", KINDS)
def test_no_glyph_comes_from_another_font(pdf: Pages, province: str, which: str) -> None:
    rows = output("pdffonts", pdf(province, which)).splitlines()[2:]
    assert rows
    assert [row for row in rows if not SERIF.match(row)] == []


@pytest.mark.parametrize("which", KINDS)
def test_every_letter_is_on_the_page(pdf: Pages, province: str, which: str) -> None:
    text = output("pdftotext", "-layout", pdf(province, which), "-")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "\ufffd" not in text


def test_the_first_page_has_no_number_and_the_second_has(pdf: Pages) -> None:
    pages = output("pdftotext", "-layout", pdf("bac_ninh", "quyet_dinh_thanh_lap"), "-").split("\f")
    tops = [page.strip().splitlines()[0].strip() for page in pages if page.strip()]
    assert tops[0].startswith("ỦY BAN NHÂN DÂN")
    assert tops[1:] == ["2", "3", "4"]


def test_a_signature_never_stands_alone_on_its_page(pdf: Pages, province: str) -> None:
    for which in ("to_trinh", "quyet_dinh_thanh_lap", "bien_ban_tham_dinh"):
        pages = output("pdftotext", "-layout", pdf(province, which), "-").split("\f")
        signed = next(page for page in pages if "Nơi nhận:" in page)
        assert "./." in signed
