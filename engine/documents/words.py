"""The words of administrative papers: Vietnamese, whatever language the screen speaks."""

from datetime import date

from engine.vietnamese.text import formal_date

BLANK = "……………"
"""What stands where something is not known: to be filled in by hand."""
SHORT_BLANK = "……"
BLANK_DATE = "ngày …… tháng …… năm ………"

POSTS = {
    "chair": "Chủ nhiệm",
    "vice": "Phó Chủ nhiệm",
    "secretary": "Thư ký",
    "treasurer": "Thủ quỹ",
}
MEMBER_OF_BOARD = "Ủy viên"
SEXES = {"F": "Nữ", "M": "Nam"}
ADDRESS = {"F": "Bà", "M": "Ông"}
EITHER = "Ông (bà)"
CIRCUMSTANCES = {
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "difficult": "Hoàn cảnh khó khăn",
}
ASPECTS = {
    "conditions": "Điều kiện thành lập",
    "criteria": "Tiêu chí",
    "organisation": "Tổ chức",
    "personnel": "Nhân sự",
    "finance": "Tài chính",
}
CONCLUSIONS = {"met": "Đạt", "not_met": "Chưa đạt"}
COURSES = {
    "initial": "ban đầu",
    "supplementary": "bổ sung",
    "refresher": "nhắc lại hằng năm",
}
FUNDS = {"income": "Quỹ để tăng thu nhập", "operating": "Quỹ hoạt động"}
SOURCES = {
    "province_budget": "ngân sách tỉnh, thành phố",
    "district_budget": "ngân sách huyện",
    "commune_budget": "ngân sách xã, phường",
    "donor": "nhà tài trợ",
    "socialised": "xã hội hóa",
    "member": "thành viên đóng góp",
    "care_fund": "Quỹ chăm sóc và phát huy vai trò người cao tuổi",
    "bank": "ngân hàng",
    "interest": "tiền lãi",
    "other": "nguồn khác",
}
SUPERVISED = {
    "pass": "Câu lạc bộ hoạt động đúng quy chế, tiếp tục duy trì.",
    "consolidate": "Câu lạc bộ cần được củng cố, kiện toàn.",
}
REVIEWED = {
    "pass": "Đạt yêu cầu, tiếp tục duy trì hoạt động.",
    "consolidate": "Chưa đạt yêu cầu, cần được củng cố, kiện toàn.",
}
BORROWED = {
    "cash": "được vay vốn",
    "cash_or_kind": "được vay vốn bằng tiền hoặc hiện vật",
    "cash_or_activity": "được vay vốn hoặc tham gia hoạt động tăng thu nhập",
}
STANDARD = {"met": "Đạt", "not_met": "Chưa đạt"}
YES, NO, UNSAID = "Có", "Không", "Không ghi"
NOT_STIPULATED = "Không quy định"


def day(on: date | None) -> str:
    """Return a date as papers write it, or the blanks for one."""
    return BLANK_DATE if on is None else formal_date(on)


def post(name: str) -> str:
    """Return what a post of the board is called."""
    return POSTS.get(name, MEMBER_OF_BOARD)


def yes_or_no(answer: bool | None) -> str | None:
    """Return the answer in a word, ``None`` where there is none."""
    return None if answer is None else YES if answer else NO


def born(text: str | None) -> str:
    """Return a birth date as precisely as it is known: "02/5/1950" is written 02/05/1950."""
    return "/".join(reversed(text.split("-"))) if text else ""


def sentence(text: str) -> str:
    """Return a phrase without the full stop somebody ended it with."""
    return text.rstrip(" .;")


def lower_first(text: str) -> str:
    """Return a phrase as it stands inside a sentence; a capital abbreviation stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
