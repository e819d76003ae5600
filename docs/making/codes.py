"""The reference of the codes: what each means and how to fix it."""

from engine import codes, i18n
from making.page import code, opening, table

TITLE = {"en": "Codes", "vi": "Mã thông báo"}
ABOUT = {
    "en": "Every finding and every error carries a code, and codes never change; "
    "`clb explain CODE` shows\nthe same as this page.",
    "vi": "Chương trình nói gì cũng kèm một mã, và mã không bao giờ đổi; `clb explain MÃ` giải "
    "thích mã đó\nngay tại máy.",
}
HEADINGS = {"en": ("code", "meaning", "fix"), "vi": ("mã", "nghĩa", "cách sửa")}
AREAS = {
    "club": {"en": "Steps and records of a club", "vi": "Các bước và ghi chép của câu lạc bộ"},
    "usage": {"en": "What is typed", "vi": "Cách gõ lệnh"},
    "files": {"en": "Lists, papers, reports", "vi": "Tệp danh sách, giấy tờ, báo cáo"},
    "system": {"en": "The database and the computer", "vi": "Cơ sở dữ liệu và máy"},
    "seals": {"en": "Seals of the log", "vi": "Niêm phong nhật ký, mã đối chiếu"},
    "bundles": {"en": "Files that carry clubs", "vi": "Tệp câu lạc bộ gửi đi, nhận về"},
    "plugins": {"en": "Plugins and policy files", "vi": "Gói tỉnh và tệp quy định"},
}


def page(language: str) -> str:
    """Return the page in a language."""
    explained = _in_language(language)
    parts = [opening(TITLE[language], ABOUT[language], language)]
    for area in codes.AREAS:
        name = area.__name__.rpartition(".")[2]
        rows = [(code(one), *explained[one]) for one in codes.of_area(area)]
        parts.append(f"## {AREAS[name][language]}\n\n{table(HEADINGS[language], rows)}\n")
    return "".join(parts).rstrip() + "\n"


def _in_language(language: str) -> dict[str, tuple[str, str]]:
    before = i18n.language()
    try:
        i18n.use(language)
        return {name: (one.means, one.fix) for name, one in codes.catalogue().items()}
    finally:
        i18n.use(before)
