"""The templates of the papers of an established club."""

from tools.paper_templates.founding import (
    BOARD_COLUMNS,
    CLUB_AT,
    board_lines,
    make_up,
)
from tools.paper_templates.sheet import Sheet

MINUTES_END = (
    "Biên bản lập xong hồi …… giờ …… cùng ngày, đã đọc cho những người tham dự cùng nghe và thống "
    "nhất ký tên./."
)
EXECUTION = (
    "Quyết định này có hiệu lực kể từ ngày ký. {{ association }}, Ban Chủ nhiệm và các thành viên "
    "{{ club.name }} chịu trách nhiệm thi hành Quyết định này./."
)


FIGURE_COLUMNS = (("Nội dung", 78, "{{ f.label }}"), ("Kết quả", 87, "{{ f.text }}"))


def _decision(title: str, about: str) -> Sheet:
    sheet = Sheet(title)
    sheet.head()
    sheet.title("QUYẾT ĐỊNH", about)
    sheet.centred("**{{ authority }}**")
    sheet.bases()
    sheet.centred("**QUYẾT ĐỊNH:**")
    return sheet


def quyet_dinh_kien_toan() -> Sheet:
    """Lay out the decision that changes the board, or that the club has been consolidated."""
    sheet = _decision(
        "Quyết định kiện toàn",
        "Về việc kiện toàn {% if not of_club %}Ban Chủ nhiệm {% endif %}{{ club.name }}",
    )
    sheet.control("if of_club")
    sheet.text(
        f"**Điều 1.** Công nhận {CLUB_AT} đã được củng cố, kiện toàn và tiếp tục hoạt động. "
        "Lý do: {{ reason }}."
    )
    sheet.text("**Điều 2.** Ban Chủ nhiệm câu lạc bộ gồm:", with_next=True)
    sheet.control("else")
    sheet.text(f"**Điều 1.** Kiện toàn Ban Chủ nhiệm {CLUB_AT} như sau:", with_next=True)
    sheet.table(
        "for c in changes",
        (
            ("STT", 12, "{{ c.no }}"),
            ("Chức vụ", 34, "{{ c.post }}"),
            (
                "Người thôi giữ chức vụ",
                59,
                "{% if c.vacant %}(chưa có){% else %}{{ c.old.address }} {{ c.old.name }}"
                "{% endif %}",
            ),
            ("Người giữ chức vụ", 60, "{{ c.new.address }} {{ c.new.name }}"),
        ),
        centred=(0,),
    )
    sheet.text(
        "Người thôi giữ chức vụ bàn giao công việc, sổ sách và quỹ cho người giữ chức vụ mới."
    )
    sheet.when(
        "training_source",
        "Chủ nhiệm, Phó Chủ nhiệm mới tham gia tập huấn bổ sung theo {{ training_source }}.",
    )
    sheet.text("**Điều 2.** Ban Chủ nhiệm sau khi kiện toàn gồm:", with_next=True)
    sheet.control("endif")
    sheet.table("for b in board", BOARD_COLUMNS, centred=(0, 2, 3))
    sheet.text(f"**Điều 3.** {EXECUTION}")
    sheet.foot()
    return sheet


def quyet_dinh_giai_the() -> Sheet:
    """Lay out the decision that dissolves the club."""
    sheet = _decision("Quyết định giải thể câu lạc bộ", "Về việc giải thể {{ club.name }}")
    sheet.text(
        f"**Điều 1.** Giải thể {CLUB_AT}, được thành lập theo Quyết định số "
        "{{ establishment.number }} {{ establishment.date }} của {{ committee }}."
    )
    sheet.text("Lý do: {{ reason }}.")
    sheet.text("**Điều 2.** Tài sản, quỹ của câu lạc bộ được kiểm kê và xử lý như sau:")
    sheet.text("1. Số dư theo sổ sách:", with_next=True)
    sheet.control("for f in funds")
    sheet.text(
        "- {{ f.name }}: {{ f.amount }} ({{ f.in_words }}){% if f.by %} {{ f.by }}{% endif %}"
        "{% if loop.last %}.{% else %};{% endif %}"
    )
    sheet.control("endfor")
    sheet.text("2. Kết quả kiểm kê: {{ fund_inventory }}.")
    sheet.text("3. Phương án xử lý: {{ fund_disposal }}.")
    sheet.text(f"**Điều 3.** {EXECUTION}")
    sheet.foot()
    return sheet


def danh_sach_tap_huan() -> Sheet:
    """Lay out the plan of a course with the list of who takes part."""
    sheet = Sheet("Kế hoạch tập huấn")
    sheet.head()
    sheet.title("KẾ HOẠCH", "Tập huấn {{ course.kind }} cho Ban Chủ nhiệm {{ club.name }}")
    sheet.bases()
    sheet.text(
        "{% if agency.name %}{{ agency.name }} xây dựng kế hoạch{% else %}Kế hoạch{% endif %} "
        "tập huấn như sau:"
    )
    sheet.text(
        "**1. Thời gian:** {{ course.days }} ngày, "
        "{% if course.days == 1 %}{{ course.first_day }}"
        "{% else %}từ {{ course.first_day }} đến {{ course.last_day }}{% endif %}."
    )
    sheet.dotted("**2. Địa điểm:** ")
    sheet.text("**3. Nội dung:** {{ course.topics }}.")
    sheet.text(
        "**4. Thành phần:** Ban Chủ nhiệm {{ club.name }}, gồm {{ course.attendees }} người "
        "(danh sách tại Phụ lục kèm theo Kế hoạch này)."
    )
    sheet.when(
        "course.audience",
        "Đối tượng theo {{ course.audience_source }}: {{ course.audience }}.",
    )
    sheet.text(
        "**5. Tổ chức thực hiện:** {% if agency.name %}{{ agency.name }} tổ chức lớp tập huấn; "
        "{% endif %}Ban Chủ nhiệm câu lạc bộ tham dự đúng thành phần, thời gian./."
    )
    sheet.foot()
    sheet.annex("Phụ lục", "DANH SÁCH NGƯỜI DỰ TẬP HUẤN", "{{ caption }}")
    sheet.table(
        "for p in participants",
        (
            ("STT", 12, "{{ p.no }}"),
            ("Họ và tên", 59, "{{ p.name }}"),
            ("{{ born_title }}", 26, "{{ p.born }}"),
            ("Chức vụ", 34, "{{ p.post }}"),
            ("Ký nhận", 34, ""),
        ),
        centred=(0, 2),
        height=9,
    )
    return sheet


def bien_ban_ra_mat() -> Sheet:
    """Lay out the minutes of the launch."""
    sheet = Sheet("Biên bản lễ ra mắt câu lạc bộ")
    sheet.head()
    sheet.title("BIÊN BẢN", "Lễ ra mắt {{ club.name }}")
    sheet.text("Thời gian: …… giờ ……, {{ date }}.")
    sheet.text("Địa điểm: {{ held.place }}.")
    sheet.text("Số người dự: {{ held.attendance }} người.")
    sheet.dotted("Chủ trì: ")
    sheet.dotted("Đại biểu: ")
    sheet.text(
        "**1. Công bố quyết định:** Quyết định số {{ establishment.number }} "
        "{{ establishment.date }} của {{ committee }} về việc thành lập {{ club.name }}."
    )
    sheet.text("**2. Ra mắt Ban Chủ nhiệm:**", with_next=True)
    board_lines(sheet)
    sheet.text("**3. Quy chế hoạt động của câu lạc bộ** {{ charter }} tại buổi lễ.")
    sheet.when(
        "funds_known",
        "**4. Quỹ của câu lạc bộ:** {% if funds %}đã lập {{ funds|join(' và ') }}"
        "{% else %}chưa lập{% endif %}.",
        "**4. Quỹ của câu lạc bộ:** …………….",
    )
    sheet.control("for r in received")
    sheet.text(
        "- Ngày {{ r.date }}: tiếp nhận {{ r.amount }} ({{ r.in_words }}) từ {{ r.source }}, "
        "vào {{ r.fund }}, chứng từ {{ r.document }}."
    )
    sheet.control("endfor")
    sheet.own_fields()
    sheet.dotted("**5. Ý kiến phát biểu:** ", lines=3)
    sheet.text(MINUTES_END)
    sheet.signed_by(("THƯ KÝ", "……………"), ("CHỦ TRÌ", "……………"), sent=True)
    return sheet


def bien_ban_giam_sat() -> Sheet:
    """Lay out the minutes of a supervision."""
    sheet = Sheet("Biên bản giám sát câu lạc bộ")
    sheet.head()
    sheet.title("BIÊN BẢN", "Giám sát hoạt động của {{ club.name }}")
    sheet.text("Thời gian: {{ date }}.")
    sheet.text("Địa điểm: {{ club.address }}.")
    sheet.text("Người giám sát: {{ inspector }}.")
    sheet.text("Đại diện câu lạc bộ: {{ chair.address|lower }} {{ chair.name }}, Chủ nhiệm.")
    sheet.when("since", "Kỳ giám sát: từ {{ since }} đến {{ date }}.")
    sheet.text("**1. Số liệu**", with_next=True)
    sheet.table(
        "for f in figures",
        FIGURE_COLUMNS,
        centred=(),
    )
    sheet.text(
        "**2. Hoạt động đã thực hiện**"
        "{% if activities and activities_total %} ({{ activities|length }}/{{ activities_total }} "
        "nội dung, theo {{ activities_source }}){% endif %}**:**",
        with_next=True,
    )
    sheet.control("for a in activities")
    sheet.text("- {{ a }}{% if loop.last %}.{% else %};{% endif %}")
    sheet.control("else")
    sheet.dotted(lines=2)
    sheet.control("endfor")
    sheet.own_fields()
    sheet.text("**3. Kết luận:** {{ conclusion }}")
    sheet.text("**4. Kiến nghị:** {{ recommendations }}.")
    sheet.text(MINUTES_END)
    sheet.signed_by(
        ("ĐẠI DIỆN CÂU LẠC BỘ", "{{ chair.name }}"),
        ("NGƯỜI GIÁM SÁT", "{{ inspector }}"),
        sent=True,
    )
    return sheet


def phieu_danh_gia() -> Sheet:
    """Lay out the sheet of the yearly review."""
    sheet = Sheet("Phiếu đánh giá năm")
    sheet.head(number=None)
    sheet.title("PHIẾU ĐÁNH GIÁ", "Hoạt động năm {{ year }} của {{ club.name }}")
    sheet.text("Địa bàn: {{ club.address }}.")
    sheet.text(
        "Giám sát trong năm: {% if supervisions %}{{ supervisions|length }} lần (ngày "
        "{{ supervisions|join(', ') }}){% elif year %}chưa có{% else %}……………{% endif %}."
    )
    sheet.text(
        "**1. Thành viên**"
        "{% if make_up.document %} (đối chiếu với {{ make_up.document }}){% endif %}",
        with_next=True,
    )
    make_up(sheet)
    sheet.text("**2. Quỹ và vay vốn** (theo lần giám sát gần nhất trong năm)", with_next=True)
    sheet.control("if figures_stated")
    stated = "{{ f.stated }}{% if f.article %} ({{ f.article }}){% endif %}"
    sheet.table("for f in figures", (*FIGURE_COLUMNS, ("Văn bản nêu", 57, stated)), centred=())
    sheet.control("else")
    sheet.table("for f in figures", FIGURE_COLUMNS, centred=())
    sheet.control("endif")
    sheet.text("**3. Hoạt động theo quy chế:** {{ by_regulation }}.")
    sheet.text(
        "**4. Được quản lý tốt:** {{ well_run }}"
        "{% if well_run_source %} ({{ well_run_source }}){% endif %}."
        "{% if standard_asked %} **Đạt chuẩn:** {{ standard }}.{% endif %}"
    )
    sheet.own_fields()
    sheet.text("**5. Nhận xét:** {{ notes }}.")
    sheet.text("**6. Kết quả đánh giá:** {{ result }}")
    sheet.signed_by(("ĐẠI DIỆN BAN CHỦ NHIỆM", "{{ chair.name }}"), ("NGƯỜI ĐÁNH GIÁ", "……………"))
    return sheet
