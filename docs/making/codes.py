"""The reference of the codes: what each means and how to fix it, in both languages."""

from engine import codes, i18n
from making.page import code, opening, table

ABOUT = (
    "Chương trình nói gì cũng kèm một mã; `clb explain MÃ` giải thích mã đó ngay tại máy. Every "
    "finding and\nevery error carries a code, and codes never change; `clb explain CODE` shows "
    "the same as this page."
)
TITLES = {
    "club": "Các bước và ghi chép của câu lạc bộ (club)",
    "usage": "Cách gõ lệnh (usage)",
    "files": "Tệp danh sách, giấy tờ, báo cáo (files)",
    "system": "Cơ sở dữ liệu và máy (system)",
    "seals": "Niêm phong nhật ký, mã đối chiếu (seals)",
    "plugins": "Gói tỉnh và tệp quy định (plugins)",
}


def page() -> str:
    """Return the page."""
    vi, en = _in_language("vi"), _in_language("en")
    parts = [opening("Mã (codes)", ABOUT)]
    for area in codes.AREAS:
        name = area.__name__.rpartition(".")[2]
        rows = [(code(one), *vi[one], " ".join(en[one])) for one in codes.of_area(area)]
        headings = ("mã", "nghĩa", "cách sửa", "in English")
        parts.append(f"## {TITLES[name]}\n\n{table(headings, rows)}\n")
    return "".join(parts).rstrip() + "\n"


def _in_language(language: str) -> dict[str, tuple[str, str]]:
    before = i18n.language()
    try:
        i18n.use(language)
        return {name: (one.means, one.fix) for name, one in codes.catalogue().items()}
    finally:
        i18n.use(before)
