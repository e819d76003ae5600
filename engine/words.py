"""The words that people type for a code: what ``engine.labels`` calls it, and a few more.

A vocabulary is a closed list of codes. Every label of a code is a word for it, in Vietnamese and in
English, and so is whatever else officers write on papers or say; codes themselves stay words
everywhere. Codes of a province (activities, reports) get their words from its policy.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from engine import labels, policy_labels
from engine.frozen import EMPTY
from engine.i18n import _, language, places, vietnamese
from engine.vietnamese.reading import read_choice

Words = Mapping[str, tuple[str, ...]]

_MORE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ROLES": {
        "association": (
            *("Hội", "Hội Người cao tuổi", "Hội NCT", "Hội NCT xã", "Hội xã", "NCT"),
            *("Hội Người cao tuổi phường", "Hội NCT phường", "Hội phường"),
        ),
        "committee": (
            *("UBND", "Ủy ban", "Ủy ban nhân dân", "Ủy ban nhân dân xã", "ủy ban xã"),
            *("UBND phường", "Ủy ban nhân dân phường", "ủy ban phường"),
        ),
        "district": ("huyện", "cấp huyện", "UBND huyện", "Hội NCT huyện"),
        "province": ("tỉnh", "thành phố", "cấp thành phố", "Ban đại diện", "Hội NCT tỉnh"),
        "admin": ("quản trị", "quản trị tỉnh", "quản trị viên", "người quản trị"),
    },
    "STATES": {
        "preparing": ("lập hồ sơ", "chuẩn bị"),
        "proposed": ("trình", "chờ quyết định"),
        "returned": ("trả hồ sơ", "trả lại"),
        "withdrawn": ("rút hồ sơ", "đã rút"),
        "rejected": ("từ chối", "bị từ chối", "không chấp thuận"),
        "approved": ("đã duyệt", "đã quyết định", "có quyết định", "đã thành lập"),
        "trained": ("đã tập huấn",),
        "launched": ("ra mắt",),
        "operating": ("hoạt động",),
        "consolidating": ("củng cố", "kiện toàn", "đang kiện toàn"),
        "suspended": ("đang tạm dừng", "đã tạm dừng"),
        "dissolved": ("giải thể",),
    },
    "STEPS": {
        "open": ("mở", "mở câu lạc bộ"),
        "propose": (
            *("trình", "đề nghị", "đề nghị thành lập", "trình hồ sơ", "trình UBND"),
            "trình UBND phường",
        ),
        "withdraw": ("rút", "rút đề nghị"),
        "return": ("trả", "trả lại hồ sơ"),
        "reject": ("từ chối", "bác"),
        "approve": ("duyệt", "phê duyệt", "quyết định", "thành lập", "ra quyết định"),
        "train": ("tập huấn",),
        "launch": ("ra mắt",),
        "supervise": ("kiểm tra, giám sát",),
        "review": ("đánh giá", "đánh giá hằng năm", "đánh giá cuối năm"),
        "consolidate": ("kiện toàn xong", "đã kiện toàn"),
        "suspend": ("tạm dừng", "tạm ngừng", "tạm ngừng hoạt động"),
        "resume": ("hoạt động lại", "tiếp tục hoạt động"),
        "dissolve": ("giải tán",),
        "roster": ("danh sách thành viên",),
        "set_board": ("dự kiến BCN", "cử Ban Chủ nhiệm"),
        "change_board": ("kiện toàn BCN", "thay Ban Chủ nhiệm", "đổi Ban Chủ nhiệm"),
        "fund": ("quỹ", "thu chi", "ghi thu chi"),
        "meeting": ("sinh hoạt", "buổi sinh hoạt"),
        "lending_terms": ("quy chế vay", "quy chế cho vay"),
        "lend": ("cho vay", "vay"),
        "repay": ("trả nợ", "thu nợ", "trả vay"),
        "extend": ("gia hạn",),
        "write_off": ("xóa nợ",),
        "care": ("chăm sóc", "chăm sóc tại nhà"),
        "rename": ("đổi tên",),
        "rehome": ("chuyển xã", "chuyển phường", "chuyển địa bàn"),
        "correct": ("sửa", "sửa sai"),
        "annul": ("hủy",),
        "erase": ("xóa dữ liệu cá nhân",),
        "export": ("xuất danh sách đầy đủ",),
    },
    "TASKS": {},
    "FUNDS": {
        "income": ("tăng thu nhập", "quỹ TTN", "TTN"),
        "operating": ("hoạt động",),
    },
    "ENTRIES": {
        "grant": ("kinh phí hỗ trợ", "được hỗ trợ", "cấp kinh phí"),
        "contribution": (
            "hội phí",
            "tài trợ",
            "ủng hộ",
            "quyên góp",
            "thu đóng góp",
            "thu",
            "thu lãi",
            "thu khác",
        ),
        "opening": ("số dư ban đầu", "số dư đầu kỳ", "tồn đầu kỳ", "tồn quỹ đầu kỳ"),
        "loan": ("cho thành viên vay",),
        "repayment": ("trả nợ", "hoàn trả", "thu hồi nợ"),
        "expense": ("chi tiêu", "chi phí"),
        "reversal": ("đảo", "bút toán đảo"),
    },
    "SOURCES": {
        "province_budget": ("ngân sách thành phố", "NS tỉnh", "tỉnh"),
        "district_budget": ("NS huyện", "huyện"),
        "commune_budget": ("ngân sách phường", "NS xã", "xã"),
        "donor": ("tài trợ",),
        "socialised": ("xã hội hoá",),
        "member": ("thành viên", "hội viên", "hội viên đóng góp"),
        "care_fund": ("quỹ chăm sóc",),
        "bank": ("vay ngân hàng",),
        "interest": ("lãi", "lãi vay"),
        "other": ("khác",),
    },
    "POSTS": {
        "chair": ("trưởng ban",),
        "vice": ("phó", "phó ban"),
        "treasurer": ("giữ quỹ",),
        "member": ("ủy viên", "ủy viên Ban Chủ nhiệm"),
        "board": ("Ban Chủ nhiệm", "BCN"),
    },
    "SEXES": {"F": ("phụ nữ",), "M": ("nam giới",)},
    "CIRCUMSTANCES": {
        "poor": ("nghèo",),
        "near_poor": ("cận nghèo",),
        "difficult": ("khó khăn", "hộ khó khăn", "có hoàn cảnh khó khăn"),
        "none": ("không", "không có", "bình thường", "không thuộc diện nào"),
    },
    "APPRAISED": {
        "met": ("đủ", "đáp ứng", "có"),
        "not_met": ("không đạt", "chưa đủ", "chưa đáp ứng", "không"),
    },
    "COURSES": {
        "initial": ("lần đầu", "tập huấn ban đầu"),
        "supplementary": ("tập huấn bổ sung",),
        "refresher": ("tập huấn nhắc lại", "hằng năm"),
        "support": ("hỗ trợ",),
    },
    "COURSE_FORMS": {
        "trainers": ("giảng viên",),
        "model": ("mẫu",),
        "pilot": ("điểm",),
        "study_visit": ("tham quan học tập",),
    },
    "CONCLUSIONS": {
        "pass": ("tốt", "đạt yêu cầu", "duy trì", "tiếp tục duy trì"),
        "consolidate": ("chưa đạt", "không đạt", "củng cố", "phải củng cố", "củng cố, kiện toàn"),
    },
    "UNIT_CLASSES": {
        "rural": ("nông thôn", "xã"),
        "town": ("thị trấn",),
        "mountain": ("miền núi", "vùng cao"),
        "minority": ("dân tộc thiểu số", "dân tộc", "vùng dân tộc thiểu số"),
        "border": ("biên giới",),
        "island": ("hải đảo", "đảo"),
        "hardship": ("đặc biệt khó khăn", "khó khăn"),
    },
    "CYCLES": {"quarter": ("quý",), "half_year": ("6 tháng", "nửa năm"), "year": ("năm",)},
    "REPORTS": {
        "half_year": ("6 tháng", "báo cáo 6 tháng", "sơ kết 6 tháng"),
        "year": ("năm", "báo cáo năm", "tổng kết năm"),
        "phase": ("giai đoạn", "tổng kết giai đoạn"),
        "periodic": ("định kỳ", "báo cáo định kỳ"),
        "difficulties": ("vướng mắc", "khó khăn", "khó khăn, vướng mắc"),
        "overview": ("toàn cảnh",),
    },
    "PAPERS": {
        "don_gia_nhap": ("đơn xin tham gia", "đơn gia nhập"),
        "quy_che": ("quy chế",),
        "bien_ban_bau_bcn": ("biên bản bầu",),
        "giay_moi_ra_mat": ("giấy mời",),
        "ke_hoach_nam": ("kế hoạch năm", "kế hoạch hoạt động"),
        "bien_ban_sinh_hoat": ("biên bản sinh hoạt",),
        "bien_ban_ban_giao": ("biên bản bàn giao", "bàn giao"),
        "don_vay_von": ("đơn vay vốn", "đơn xin vay vốn"),
        "hop_dong_vay": ("hợp đồng vay", "hợp đồng vay vốn"),
        "phieu_thu": ("phiếu thu",),
        "phieu_chi": ("phiếu chi",),
        "so_quy": ("sổ quỹ",),
        "so_vay": ("sổ vay", "sổ theo dõi vay vốn"),
        "the_vay": ("thẻ vay", "thẻ vay vốn"),
        "bao_cao_nam": ("báo cáo năm", "báo cáo trước thành viên"),
        "to_trinh": ("tờ trình",),
        "danh_sach_thanh_vien": ("danh sách",),
        "danh_sach_bcn": ("danh sách BCN", "Ban Chủ nhiệm"),
        "bien_ban_tham_dinh": ("thẩm định",),
        "quyet_dinh_thanh_lap": ("quyết định thành lập", "quyết định"),
        "cong_van_tra_ho_so": ("công văn", "trả hồ sơ"),
        "quyet_dinh_kien_toan": ("kiện toàn",),
        "danh_sach_tap_huan": ("danh sách tập huấn", "tập huấn"),
        "bien_ban_ra_mat": ("biên bản ra mắt", "ra mắt"),
        "bien_ban_giam_sat": ("giám sát",),
        "phieu_danh_gia": ("phiếu đánh giá", "đánh giá"),
        "quyet_dinh_giai_the": ("quyết định giải thể", "giải thể"),
    },
    "LIST_DOUBTS": {
        "sheets": ("trang tính", "trang"),
        "dates": ("ngày tháng", "đảo ngày tháng"),
        "month-first": ("tháng trước ngày",),
        "ages": ("tuổi",),
        "sex-numbers": ("giới tính bằng số", "số 1"),
        "odd-sex": ("giới tính lạ", "giới tính"),
        "gone": ("đã mất", "chuyển đi", "đã mất, chuyển đi"),
        "away": ("tạm vắng", "đi vắng"),
        "hidden": ("dòng ẩn", "ẩn"),
        "struck": ("gạch bỏ", "gạch ngang"),
        "household": ("diện hộ",),
    },
    "LIST_ANSWERS": {
        "all": ("tất cả", "đọc tất cả"),
        "same": ("giống trang đầu", "chỉ trang giống trang đầu"),
        "exchanged": ("đổi lại", "bị đảo"),
        "right": ("đúng", "ngày trước"),
        "estimate": ("ước tính", "tính từ tuổi"),
        "year": ("năm", "năm sinh"),
        "as-written": ("như đã ghi", "giữ nguyên", "đúng như đã ghi"),
        "take": ("lấy", "nhập", "giữ lại"),
        "leave-out": ("bỏ", "bỏ ra", "không lấy"),
    },
}
"""What officers write or say besides the labels, by the vocabulary's name in ``engine.labels``."""

VOCABULARIES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "ROLES": (labels.ROLES,),
    "STATES": (labels.STATES,),
    "STEPS": (labels.STEPS,),
    "TASKS": (labels.TASKS,),
    "FUNDS": (labels.FUNDS, labels.POLICY_FUNDS, labels.PAPER_FUNDS),
    "ENTRIES": (labels.ENTRIES,),
    "SOURCES": (labels.SOURCES, labels.POLICY_SOURCES, labels.PAPER_SOURCES),
    "POSTS": (labels.POSTS, labels.PAPER_POSTS),
    "SEXES": (labels.SEXES, labels.PAPER_SEXES, labels.PAPER_ADDRESS),
    "CIRCUMSTANCES": (
        labels.CIRCUMSTANCES,
        labels.LIST_CIRCUMSTANCES,
        labels.PAPER_CIRCUMSTANCES,
    ),
    "APPRAISED": (labels.PAPER_APPRAISED,),
    "COURSES": (labels.COURSES, labels.PAPER_COURSES),
    "COURSE_FORMS": (labels.COURSE_FORMS,),
    "CONCLUSIONS": (labels.CONCLUSIONS,),
    "UNIT_CLASSES": (policy_labels.UNIT_CLASSES,),
    "CYCLES": (policy_labels.CYCLES,),
    "REPORTS": (),
    "PAPERS": (),
    "LIST_DOUBTS": (),
    "LIST_ANSWERS": (),
}
"""The label tables of each vocabulary; papers and reports have titles instead, lists questions."""


def vocabulary(name: str) -> Words:
    """Return the words of a vocabulary's codes, the name of each code first."""
    return _vocabulary(name, language(), places())


@cache
def _vocabulary(name: str, speaking: str, there: tuple[str, ...]) -> Words:
    del speaking, there
    tables, more = VOCABULARIES[name], _MORE[name]
    codes = dict.fromkeys(str(code) for table in (*tables, more) for code in table)
    return {
        code: tuple(
            dict.fromkeys(
                word
                for word in (*_named(tables, code), *more.get(code, ()))
                if word and word != code
            )
        )
        for code in codes
    }


def _named(tables: Iterable[Mapping[str, str]], code: str) -> Iterable[str]:
    """Yield a code's labels: in the language in use, in Vietnamese, as written."""
    for table in tables:
        if code in table:
            yield from (_(table[code]), vietnamese(table[code]), table[code])


def of(codes: Iterable[str], own: Mapping[str, str] = EMPTY) -> Words:
    """Return the words of some codes, which are of one vocabulary; codes of none are words.

    ``own`` are the labels of codes that only one province has.
    The codes "pass" and "consolidate" are two of the CONCLUSIONS, whatever field has them.
    """
    if own:
        plain = _of(tuple(str(one) for one in codes if one not in own), language(), places())
        return {**plain, **{code: (label,) for code, label in own.items()}}
    return _of(tuple(map(str, codes)), language(), places())


@cache
def _of(wanted: tuple[str, ...], speaking: str, there: tuple[str, ...]) -> Words:
    del speaking, there
    for name in VOCABULARIES:
        known = vocabulary(name)
        if wanted and all(code in known for code in wanted):
            return {code: known[code] for code in wanted}
    return {code: (code,) for code in wanted}


def read(codes: Iterable[str], text: str, own: Mapping[str, str] = EMPTY) -> str:
    """Return the one of some codes that a text means.

    Raises InputError (CLB-WORD-UNKNOWN, CLB-WORD-SEVERAL).
    """
    return read_choice(of(codes, own), text)
