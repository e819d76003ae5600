"""The templates of the papers that a club writes itself: joining, rules, meetings, its year."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from docx.shared import Pt

from tools.paper_templates.operating import MINUTES_END
from tools.paper_templates.sheet import ADDRESS_GAP, Sheet

Put = Callable[..., None]
NOTE = (
    "//(Dự thảo để câu lạc bộ thảo luận: điền các chỗ trống, sửa cho phù hợp và thông qua tại hội "
    "nghị thành viên)//"
)


def don_gia_nhap() -> Sheet:
    """Lay out the application to join."""
    sheet = Sheet("Đơn xin tham gia câu lạc bộ")
    sheet.nation()
    sheet.title("ĐƠN XIN THAM GIA CÂU LẠC BỘ", "{{ club.name }}", gap=ADDRESS_GAP)
    sheet.centred("Kính gửi: Ban Chủ nhiệm {{ club.name }}", gap=ADDRESS_GAP)
    for label in (
        "Họ và tên: ",
        "Ngày, tháng, năm sinh: ",
        "Giới tính (nam, nữ): ",
        "Số căn cước: ",
        "Nơi ở hiện nay: ",
        "Điện thoại (nếu có): ",
        "Hoàn cảnh (hộ nghèo, hộ cận nghèo, hoàn cảnh khó khăn, khác): ",
        "Việc có thể giúp câu lạc bộ: ",
        "Mong muốn khi tham gia câu lạc bộ: ",
    ):
        sheet.dotted(label)
    sheet.text(
        "Sau khi được biết mục đích và hoạt động của {{ club.name }}, tôi tự nguyện xin tham gia "
        "câu lạc bộ và xin thực hiện Quy chế do câu lạc bộ thông qua."
    )
    sheet.text("Kính đề nghị Ban Chủ nhiệm xem xét, ghi tên tôi vào danh sách thành viên./.")
    sheet.dated("{{ club.place }}, ngày …… tháng …… năm ………")
    sheet.signed_by(("Ý KIẾN CỦA BAN CHỦ NHIỆM", "……………"), ("NGƯỜI LÀM ĐƠN", "……………"))
    return sheet


def _chapter(sheet: Sheet, number: str, title: str) -> None:
    sheet.centred(f"**Chương {number}**", gap=Pt(0))
    sheet.centred(f"**{title}**")


def _article(sheet: Sheet, numbers: Iterator[int], title: str, *, lines: int = 2) -> None:
    sheet.text(f"**Điều {next(numbers)}. {title}**", with_next=True)
    if lines:
        sheet.dotted(lines=lines)


def _money_and_end(sheet: Sheet, chapter: Put, article: Put) -> None:
    chapter("V", "QUỸ CỦA CÂU LẠC BỘ")
    article("Các quỹ và nguồn thu", lines=0)
    sheet.when("funds", "Câu lạc bộ có {{ funds|join(' và ') }} ({{ funds_source }}).")
    sheet.dotted(lines=2)
    article("Cho thành viên vay: mức vay, thời hạn, phí, cách xét", lines=3)
    article("Chi quỹ, sổ sách và công khai")
    article("Kiểm tra quỹ; xử lý quỹ khi câu lạc bộ giải thể")
    chapter("VI", "ĐIỀU KHOẢN THI HÀNH")
    article("Khen thưởng, nhắc nhở")
    article("Sửa đổi và hiệu lực", lines=0)
    sheet.text(
        "Quy chế này được hội nghị thành viên thông qua ngày …… tháng …… năm ………, với …… / …… "
        "thành viên có mặt đồng ý, và có hiệu lực từ ngày thông qua./."
    )


def quy_che() -> Sheet:
    """Lay out the draft of the charter: chapters with blanks, and no rule of ours."""
    sheet = Sheet("Dự thảo Quy chế câu lạc bộ")
    sheet.head(number=None)
    sheet.title("QUY CHẾ", "Tổ chức và hoạt động của {{ club.name }}")
    sheet.centred(NOTE)
    chapter, article = partial(_chapter, sheet), partial(_article, sheet, count(1))
    chapter("I", "QUY ĐỊNH CHUNG")
    article("Tên và địa bàn hoạt động", lines=0)
    sheet.text("1. Tên câu lạc bộ: {{ club.name }}.")
    sheet.text("2. Địa bàn hoạt động: {{ club.address }}.")
    article("Mục đích")
    article("Nguyên tắc tổ chức và hoạt động")
    chapter("II", "THÀNH VIÊN")
    article("Điều kiện tham gia", lines=0)
    sheet.control("for r in make_up.rows if r.article")
    sheet.text("- {{ r.label }}: {{ r.stated|lower }} ({{ make_up.again }}, {{ r.article }}).")
    sheet.control("endfor")
    sheet.dotted(lines=2)
    article("Quyền của thành viên")
    article("Nghĩa vụ của thành viên")
    article("Vào và ra khỏi câu lạc bộ")
    chapter("III", "BAN CHỦ NHIỆM")
    article("Số người, cách bầu và nhiệm kỳ")
    article("Nhiệm vụ của Chủ nhiệm, Phó Chủ nhiệm")
    article("Nhiệm vụ của Thư ký, Thủ quỹ")
    article("Bàn giao khi thay người")
    chapter("IV", "SINH HOẠT VÀ HOẠT ĐỘNG")
    article("Sinh hoạt định kỳ")
    article("Nội dung hoạt động", lines=0)
    sheet.control("for a in activities")
    sheet.text("- {{ a }}{% if loop.last %}.{% else %};{% endif %}")
    sheet.control("endfor")
    sheet.dotted()
    _money_and_end(sheet, chapter, article)
    sheet.signed_by(("THƯ KÝ", "……………"), ("TM. BAN CHỦ NHIỆM\nCHỦ NHIỆM", "{{ chair.name }}"))
    return sheet


def bien_ban_bau_bcn() -> Sheet:
    """Lay out the minutes of the meeting that elects the board."""
    sheet = Sheet("Biên bản bầu Ban Chủ nhiệm")
    sheet.head(number=None)
    sheet.title("BIÊN BẢN", "Họp bầu Ban Chủ nhiệm {{ club.name }}")
    sheet.text("Thời gian bắt đầu: …… giờ ……, {{ date }}.")
    sheet.dotted("Địa điểm: ")
    sheet.text("Tổng số thành viên: {{ make_up.total }} người; có mặt: …… người.")
    sheet.dotted("Đại biểu dự: ")
    sheet.dotted("Chủ trì: ")
    sheet.dotted("Thư ký: ")
    sheet.text("**1. Giới thiệu và thống nhất danh sách người ứng cử, đề cử**", with_next=True)
    sheet.dotted(lines=2)
    sheet.text("**2. Hình thức bầu** (giơ tay hoặc bỏ phiếu kín): ………………")
    sheet.text("**3. Kết quả bầu**", with_next=True)
    sheet.table(
        "for b in board",
        (
            ("STT", 12, "{{ b.no }}"),
            ("Họ và tên", 50, "{{ b.name }}"),
            ("{{ born_title }}", 27, "{{ b.born }}"),
            ("Chức vụ trúng cử", 43, "{{ b.post }}"),
            ("Số phiếu", 33, ""),
        ),
        centred=(0, 2),
    )
    sheet.dotted("**4. Ý kiến khác:** ")
    sheet.text(MINUTES_END)
    sheet.signed_by(("THƯ KÝ", "……………"), ("CHỦ TRÌ", "……………"))
    return sheet


def ke_hoach_nam() -> Sheet:
    """Lay out the plan of a club's year."""
    sheet = Sheet("Kế hoạch hoạt động năm của câu lạc bộ")
    sheet.head(number=None)
    sheet.title("KẾ HOẠCH", "Hoạt động năm {{ year }} của {{ club.name }}")
    sheet.text(
        "**1. Thành viên:** {{ make_up.total }} người"
        "{% for r in make_up.shares %}; {{ r.label|lower }}: {{ r.count }} người{% endfor %}."
    )
    sheet.dotted("**2. Mục tiêu của năm:** ", lines=2)
    sheet.text(
        "**3. Hoạt động**{% if activities_source %} (nội dung theo {{ activities_source }})"
        "{% endif %}",
        with_next=True,
    )
    sheet.table(
        "for a in activities",
        (
            ("STT", 12, "{{ loop.index }}"),
            ("Nội dung", 63, "{{ a }}"),
            ("Thời gian", 28, ""),
            ("Người phụ trách", 34, ""),
            ("Kinh phí (đồng)", 28, ""),
        ),
        height=11,
    )
    sheet.dotted("**4. Sinh hoạt định kỳ:** ")
    sheet.dotted("**5. Nguồn kinh phí:** ")
    sheet.text("Kế hoạch được thông qua tại buổi sinh hoạt ngày …… tháng …… năm ………./.")
    sheet.signed_by(("THƯ KÝ", "……………"), ("TM. BAN CHỦ NHIỆM\nCHỦ NHIỆM", "{{ chair.name }}"))
    return sheet


def bien_ban_sinh_hoat() -> Sheet:
    """Lay out the minutes of a club's meeting."""
    sheet = Sheet("Biên bản sinh hoạt câu lạc bộ")
    sheet.head(number=None)
    sheet.title("BIÊN BẢN", "Sinh hoạt {{ club.name }}")
    sheet.text("Thời gian bắt đầu: …… giờ ……, {{ date }}.")
    sheet.dotted("Địa điểm: ")
    sheet.text("Có mặt: {{ attendance }}/{{ make_up.total }} thành viên.")
    sheet.text("Chủ trì: {{ chair.address|lower }} {{ chair.name }}, Chủ nhiệm.")
    sheet.dotted("Thư ký: ")
    sheet.text("**1. Nội dung sinh hoạt**", with_next=True)
    sheet.control("for a in activities")
    sheet.text("- {{ a }}{% if loop.last %}.{% else %};{% endif %}")
    sheet.control("else")
    sheet.dotted(lines=2)
    sheet.control("endfor")
    sheet.own_fields()
    sheet.dotted("**2. Ý kiến của thành viên:** ", lines=3)
    sheet.dotted("**3. Thu, chi, cho vay trong buổi sinh hoạt:** ", lines=2)
    sheet.dotted("**4. Việc thống nhất làm đến kỳ sau:** ", lines=2)
    sheet.text(MINUTES_END)
    sheet.signed_by(("THƯ KÝ", "……………"), ("CHỦ NHIỆM", "{{ chair.name }}"))
    return sheet


def bien_ban_ban_giao() -> Sheet:
    """Lay out the minutes of the hand-over when the board changes."""
    sheet = Sheet("Biên bản bàn giao Ban Chủ nhiệm")
    sheet.head(number=None)
    sheet.title("BIÊN BẢN", "Bàn giao nhiệm vụ Ban Chủ nhiệm {{ club.name }}")
    sheet.text("Thời gian: …… giờ ……, ngày …… tháng …… năm ………")
    sheet.dotted("Địa điểm: ")
    sheet.text(
        "Thực hiện Quyết định số {{ decision.number }} {{ decision.date }} của {{ committee }}, "
        "những người sau đây bàn giao và nhận bàn giao:",
        with_next=True,
    )
    sheet.table(
        "for c in changes",
        (
            ("STT", 12, "{{ c.no }}"),
            ("Chức vụ", 34, "{{ c.post }}"),
            (
                "Bên giao",
                59,
                "{% if c.vacant %}(chưa có){% else %}{{ c.old.address }} {{ c.old.name }}"
                "{% endif %}",
            ),
            ("Bên nhận", 60, "{{ c.new.address }} {{ c.new.name }}"),
        ),
    )
    sheet.text("**1. Quỹ**", with_next=True)
    sheet.control("for f in funds")
    sheet.text(
        "- {{ f.name }}: {{ f.amount }} ({{ f.in_words }}){% if f.by %} {{ f.by }}{% endif %}; "
        "kiểm quỹ thực tế: ……………… đồng."
    )
    sheet.control("endfor")
    sheet.dotted("**2. Tiền đang cho vay** (số người, số tiền): ")
    sheet.dotted("**3. Sổ sách, hồ sơ, con dấu (nếu có):** ", lines=3)
    sheet.dotted("**4. Tài sản khác:** ", lines=2)
    sheet.dotted("**5. Việc đang làm dở:** ", lines=2)
    sheet.text(MINUTES_END)
    sheet.signed_by(("BÊN GIAO", "……………"), ("BÊN NHẬN", "……………"), ("CHỨNG KIẾN", "……………"))
    return sheet


def giay_moi_ra_mat() -> Sheet:
    """Lay out the invitation to the launch (mẫu 1.7)."""
    sheet = Sheet("Giấy mời dự lễ ra mắt câu lạc bộ")
    sheet.head()
    sheet.title("GIẤY MỜI", "Dự lễ ra mắt {{ club.name }}")
    sheet.dotted("{{ agency.name }} trân trọng kính mời: ")
    sheet.text(
        "Tới dự: Lễ ra mắt {{ club.name }}, được thành lập theo Quyết định số "
        "{{ establishment.number }} {{ establishment.date }} của {{ committee }}."
    )
    sheet.dotted("Chủ trì: ")
    sheet.text("Thời gian: …… giờ ……, {{ held.date }}.")
    sheet.text("Địa điểm: {{ held.place }}.")
    sheet.text("Rất hân hạnh được đón tiếp./.")
    sheet.foot()
    return sheet
