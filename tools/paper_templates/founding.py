"""The templates of the papers that lead to a club."""

from tools.paper_templates.sheet import ADDRESS_GAP, Sheet

SUBMITS = "{% if proposer %}{{ proposer }} kính{% else %}Kính{% endif %} trình {{ committee }}"
CLUB_AT = "{{ club.at }}"
VILLAGE = "Thôn, khu phố"
MEMBER_COLUMNS = (
    ("STT", 12, "{{ m.no }}"),
    ("Họ và tên", 43, "{{ m.name }}"),
    ("{{ born_title }} (Nam)", 23, "{{ m.male_born }}"),
    ("{{ born_title }} (Nữ)", 23, "{{ m.female_born }}"),
    (VILLAGE, 28, "{{ m.village }}"),
    ("Diện hộ", 36, "{{ m.circumstance }}"),
)
BOARD_COLUMNS = (
    ("STT", 12, "{{ b.no }}"),
    ("Họ và tên", 61, "{{ b.name }}"),
    ("{{ born_title }}", 27, "{{ b.born }}"),
    ("Giới tính", 22, "{{ b.sex }}"),
    ("Chức vụ trong Ban Chủ nhiệm", 43, "{{ b.post }}"),
)
COUNTED_COLUMNS = (
    ("Nội dung", 72, "{{ r.label }}"),
    ("Số người", 20, "{{ r.count }}"),
    ("Tỷ lệ", 20, "{{ r.percent }}"),
)
MAKE_UP_COLUMNS = (
    *COUNTED_COLUMNS,
    ("Văn bản nêu", 53, "{{ r.stated }}{% if r.article %} ({{ r.article }}){% endif %}"),
)
ESTIMATED = (
    "Số người cao tuổi có {{ make_up.estimated }} người chỉ có năm sinh, được tính theo năm sinh."
)


def make_up(sheet: Sheet) -> None:
    """Put the member count and the shares, with what the province states where it does."""
    sheet.control("if make_up.document")
    sheet.table("for r in make_up.rows", MAKE_UP_COLUMNS, centred=(1, 2))
    sheet.control("else")
    sheet.table("for r in make_up.rows", COUNTED_COLUMNS, centred=(1, 2))
    sheet.control("endif")
    sheet.when("make_up.estimated", ESTIMATED)


def board_lines(sheet: Sheet) -> None:
    """Put the board, a line each; lines to write on while nobody is named."""
    sheet.control("for b in board")
    ending = "{% if loop.last %}.{% else %};{% endif %}"
    sheet.text(f"- {{{{ b.address }}}} {{{{ b.name }}}}, {{{{ b.post }}}}{ending}")
    sheet.control("else")
    sheet.dotted("- Chủ nhiệm: ")
    sheet.dotted("- Phó Chủ nhiệm: ")
    sheet.control("endfor")


def to_trinh() -> Sheet:
    """Lay out the submission."""
    sheet = Sheet("Tờ trình đề nghị thành lập câu lạc bộ")
    sheet.head()
    sheet.title("TỜ TRÌNH", "Về việc đề nghị thành lập {{ club.name }}")
    sheet.centred("Kính gửi: {{ committee }}", gap=ADDRESS_GAP)
    sheet.bases()
    sheet.text(f"{SUBMITS} xem xét, quyết định thành lập câu lạc bộ với các nội dung như sau:")
    sheet.text("**1. Tên câu lạc bộ:** {{ club.name }}.")
    sheet.text("**2. Địa bàn hoạt động:** {{ club.address }}.")
    sheet.text(
        "**3. Thành viên:** {{ make_up.total }} người (có danh sách kèm theo), trong đó"
        "{% if make_up.again %} (đối chiếu với {{ make_up.again }}){% endif %}:",
        with_next=True,
    )
    make_up(sheet)
    sheet.text("**4. Ban Chủ nhiệm dự kiến** (có danh sách kèm theo):", with_next=True)
    board_lines(sheet)
    sheet.control("if funds or support")
    sheet.text("**5. Quỹ của câu lạc bộ:**", with_next=True)
    sheet.when(
        "funds",
        "- Câu lạc bộ lập {{ funds|join(' và ') }} ({{ funds_source }}).",
    )
    sheet.when(
        "support",
        "- Mức hỗ trợ cho câu lạc bộ mới thành lập{% if support.fund %} để lập {{ support.fund }}"
        "{% endif %}: {{ support.amount }} ({{ support.in_words }}), theo {{ support.source }}.",
    )
    sheet.dotted("- Nguồn quỹ ban đầu{% if support %} khác{% endif %}: ")
    sheet.control("else")
    sheet.dotted("**5. Nguồn quỹ ban đầu của câu lạc bộ:** ")
    sheet.control("endif")
    sheet.own_fields()
    sheet.text("**6. Hồ sơ kèm theo:** danh sách thành viên; danh sách Ban Chủ nhiệm dự kiến.")
    sheet.text(f"{SUBMITS} xem xét, quyết định./.")
    sheet.foot()
    return sheet


def _members_table(sheet: Sheet) -> None:
    sheet.control("if village")
    sheet.text(f"{VILLAGE} của các thành viên: {{{{ village }}}}.", with_next=True)
    of_one = [column for column in MEMBER_COLUMNS if column[0] != VILLAGE]
    sheet.table("for m in members", of_one, centred=(0, 2, 3))
    sheet.control("elif grouped")
    sheet.table("for m in members", of_one, centred=(0, 2, 3), group="m.group")
    sheet.control("else")
    sheet.table("for m in members", MEMBER_COLUMNS, centred=(0, 2, 3))
    sheet.control("endif")
    sheet.text(
        "Danh sách có {{ make_up.total }} người"
        "{% for r in make_up.shares %}; "
        "{{ r.label|lower }}: {{ r.count }} người ({{ r.percent }}){% endfor %}."
    )


def danh_sach_thanh_vien() -> Sheet:
    """Lay out the list of members."""
    sheet = Sheet("Danh sách thành viên câu lạc bộ")
    sheet.head(number=None)
    sheet.title("DANH SÁCH", "Thành viên {{ club.name }}")
    sheet.centred("//{{ caption }}//")
    _members_table(sheet)
    sheet.foot()
    return sheet


def danh_sach_bcn() -> Sheet:
    """Lay out the list of the board."""
    sheet = Sheet("Danh sách Ban Chủ nhiệm câu lạc bộ")
    sheet.head(number=None)
    sheet.title(
        "DANH SÁCH", "Ban Chủ nhiệm{% if proposed %} dự kiến của{% endif %} {{ club.name }}"
    )
    sheet.centred("//{{ caption }}//")
    sheet.table("for b in board", BOARD_COLUMNS, centred=(0, 2, 3))
    sheet.foot()
    return sheet


def bien_ban_tham_dinh() -> Sheet:
    """Lay out the minutes of the appraisal."""
    sheet = Sheet("Biên bản thẩm định hồ sơ thành lập câu lạc bộ")
    sheet.head()
    sheet.title("BIÊN BẢN", "Thẩm định hồ sơ đề nghị thành lập {{ club.name }}")
    sheet.text("Thời gian: …… giờ ……, {{ date }}.")
    sheet.dotted("Địa điểm: ")
    sheet.text("Người (đơn vị) thẩm định: {{ appraiser }}.")
    sheet.dotted("Thành phần tham dự: ")
    sheet.text(
        "Hồ sơ thẩm định: Tờ trình số {{ submission.number }} {{ submission.date }} của "
        f"{{{{ proposer }}}} về việc đề nghị thành lập {CLUB_AT}."
    )
    sheet.text(
        "**1. Thành viên theo hồ sơ**"
        "{% if make_up.document %} (đối chiếu với {{ make_up.document }}){% endif %}",
        with_next=True,
    )
    make_up(sheet)
    sheet.text("**2. Ban Chủ nhiệm dự kiến**", with_next=True)
    board_lines(sheet)
    sheet.text(
        "**3. Kết luận về từng nội dung**{% if aspects_source %} (theo {{ aspects_source }})"
        "{% endif %}",
        with_next=True,
    )
    sheet.table(
        "for a in aspects",
        (
            ("STT", 12, "{{ a.no }}"),
            ("Nội dung thẩm định", 58, "{{ a.name }}"),
            ("Kết luận", 35, "{{ a.conclusion }}"),
            ("Ý kiến", 60, ""),
        ),
        centred=(0, 2),
        height=9,
    )
    sheet.own_fields()
    sheet.text("**4. Kết luận chung:** {{ conclusion }}.")
    sheet.text(
        "Biên bản lập xong hồi …… giờ …… cùng ngày, đã đọc cho những người tham dự cùng nghe và "
        "thống nhất ký tên./."
    )
    sheet.signed_by(
        ("NGƯỜI GHI BIÊN BẢN", "……………"),
        ("NGƯỜI THẨM ĐỊNH", "……………"),
        sent=True,
    )
    return sheet


def quyet_dinh_thanh_lap() -> Sheet:
    """Lay out the decision with its two annexes."""
    sheet = Sheet("Quyết định thành lập câu lạc bộ")
    sheet.head()
    sheet.title("QUYẾT ĐỊNH", "Về việc thành lập {{ club.name }}")
    sheet.centred("**{{ authority }}**")
    sheet.bases()
    sheet.centred("**QUYẾT ĐỊNH:**")
    sheet.text(
        f"**Điều 1.** Thành lập {CLUB_AT}, gồm {{{{ make_up.total }}}} thành viên, do "
        "{{ chair.address|lower }} {{ chair.name }} làm Chủ nhiệm."
    )
    sheet.text(
        "Danh sách Ban Chủ nhiệm tại Phụ lục I, danh sách thành viên tại Phụ lục II kèm theo "
        "Quyết định này."
    )
    sheet.text(
        "**Điều 2.** Câu lạc bộ hoạt động theo quy định của pháp luật"
        "{% if funds %}; có {{ funds|join(' và ') }}"
        "{% if own_charter %} do câu lạc bộ tự quản lý theo Quy chế do câu lạc bộ ban hành"
        "{% endif %} ({{ funds_source }}){% endif %}."
    )
    sheet.when(
        "activities",
        "Nội dung hoạt động gồm: {{ activities|join('; ') }} ({{ activities_source }}).",
    )
    sheet.text(
        "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký. {{ association }}, Ban Chủ nhiệm và "
        "các thành viên {{ club.name }} chịu trách nhiệm thi hành Quyết định này./."
    )
    sheet.foot()
    sheet.annex("Phụ lục I", "DANH SÁCH BAN CHỦ NHIỆM", "{{ caption }}")
    sheet.table("for b in board", BOARD_COLUMNS, centred=(0, 2, 3))
    sheet.annex("Phụ lục II", "DANH SÁCH THÀNH VIÊN", "{{ caption }}")
    _members_table(sheet)
    return sheet


def cong_van_tra_ho_so() -> Sheet:
    """Lay out the letter that returns the dossier."""
    sheet = Sheet("Công văn trả hồ sơ")
    sheet.head(about="V/v trả hồ sơ đề nghị thành lập {{ club.name }}")
    sheet.centred("Kính gửi: {{ proposer }}", gap=ADDRESS_GAP)
    sheet.text(
        "{{ committee }} đã nhận Tờ trình số {{ submission.number }} {{ submission.date }} của "
        f"{{{{ proposer }}}} về việc đề nghị thành lập {CLUB_AT}."
    )
    sheet.text(
        "Sau khi xem xét, {{ committee }} trả lại hồ sơ để bổ sung, hoàn thiện các nội dung sau:",
        with_next=True,
    )
    sheet.control("for reason in reasons")
    ending = "{% if loop.last %}.{% else %};{% endif %}"
    sheet.text(f"{{{{ loop.index }}}}. {{{{ reason }}}}{ending}")
    sheet.control("endfor")
    sheet.when(
        "has_deadline",
        "Đề nghị {{ proposer }} bổ sung và trình lại hồ sơ trước {{ supplement_by }}./.",
        "Đề nghị {{ proposer }} bổ sung và trình lại hồ sơ./.",
    )
    sheet.foot()
    return sheet
