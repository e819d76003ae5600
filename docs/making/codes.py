"""The reference of the codes: what each means and how it is mended, in both languages."""

from engine import codes, i18n
from making.page import code, opening, table

ABOUT = (
    "Chương trình nói gì cũng kèm một mã; `clb explain MÃ` giải thích mã đó ngay tại máy. Every "
    "finding and\nevery error carries a code, and codes never change; `clb explain CODE` says the "
    "same as this page."
)
TITLES = {
    "steps": "Các bước của câu lạc bộ (steps)",
    "records": "Ghi chép và sửa sai (records)",
    "usage": "Cách gõ lệnh (usage)",
    "files": "Tệp danh sách (files)",
    "papers": "Giấy tờ, báo cáo (papers)",
    "system": "Cơ sở dữ liệu và máy (system)",
    "plugins": "Gói tỉnh (provinces)",
    "policies": "Tệp quy định (policies)",
}


def page() -> str:
    """Return the page."""
    vi, en = _spoken("vi"), _spoken("en")
    parts = [opening("Mã (codes)", ABOUT)]
    for part in codes.PARTS:
        name = part.__name__.rpartition(".")[2]
        rows = [(code(one), vi[one][0], vi[one][1], " ".join(en[one])) for one in part.meanings()]
        headings = ("mã", "nghĩa", "cách sửa", "in English")
        parts.append(f"## {TITLES.get(name, name)}\n\n{table(headings, rows)}\n")
    return "".join(parts).rstrip() + "\n"


def _spoken(lang: str) -> dict[str, tuple[str, str]]:
    before = i18n.language()
    try:
        i18n.use(lang)
        return {name: (one.means, one.mend) for name, one in codes.catalogue().items()}
    finally:
        i18n.use(before)
