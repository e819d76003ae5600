"""The templates of a club's money: loans, receipts, books."""

from tools.paper_templates.sheet import ADDRESS_GAP, Sheet


def don_vay_von() -> Sheet:
    """Lay out a member's request for a loan."""
    sheet = Sheet("Đơn xin vay vốn")
    sheet.nation()
    sheet.title("ĐƠN XIN VAY VỐN", "Quỹ của {{ club.name }}", gap=ADDRESS_GAP)
    sheet.centred("Kính gửi: Ban Chủ nhiệm {{ club.name }}", gap=ADDRESS_GAP)
    for label in (
        "Tôi là: ",
        "Ngày, tháng, năm sinh: ",
        "Nơi ở hiện nay: ",
        "Là thành viên câu lạc bộ từ: ",
        "Xin vay số tiền (bằng số): ",
        "Bằng chữ: ",
        "Để làm việc: ",
        "Thời hạn vay: ",
        "Cách trả (một lần, trả dần hằng tháng): ",
    ):
        sheet.dotted(label)
    sheet.text(
        "Tôi xin dùng tiền đúng mục đích, trả đúng hạn và thực hiện Quy chế của câu lạc bộ./."
    )
    sheet.dated("{{ club.place }}, ngày …… tháng …… năm ………")
    sheet.signed_by(("BAN CHỦ NHIỆM", "……………"), ("NGƯỜI BẢO LÃNH", "……………"), ("NGƯỜI VAY", "……………"))
    return sheet


def hop_dong_vay() -> Sheet:
    """Lay out the agreement on a member's loan."""
    sheet = Sheet("Hợp đồng vay vốn của thành viên")
    sheet.nation()
    sheet.title("HỢP ĐỒNG VAY VỐN", "Giữa {{ club.name }} và thành viên", gap=ADDRESS_GAP)
    sheet.text("Hôm nay, ngày …… tháng …… năm ………, tại {{ club.place }}, chúng tôi gồm:")
    sheet.text("**Bên cho vay:** {{ club.name }}.", with_next=True)
    sheet.text("- Đại diện: {{ chair.address|lower }} {{ chair.name }}, Chủ nhiệm;")
    sheet.text("- {{ treasurer.address }} {{ treasurer.name }}, Thủ quỹ.")
    sheet.text("**Bên vay:**", with_next=True)
    for label in ("- Họ và tên: ", "- Ngày, tháng, năm sinh: ", "- Nơi ở hiện nay: "):
        sheet.dotted(label)
    sheet.text("Hai bên thống nhất:")
    sheet.dotted("**1. Số tiền vay (đồng):** ")
    sheet.dotted("Bằng chữ: ")
    sheet.dotted("**2. Mục đích:** ")
    sheet.text("**3. Thời hạn:** …… tháng, từ ngày …/…/…… đến ngày …/…/…….")
    sheet.dotted("**4. Phí (lãi) theo Quy chế của câu lạc bộ:** ")
    sheet.text("**5. Lịch trả**", with_next=True)
    sheet.table(
        "for p in payments",
        (
            ("Kỳ", 12, "{{ p.no }}"),
            ("Ngày trả", 35, ""),
            ("Gốc (đồng)", 40, ""),
            ("Phí (đồng)", 40, ""),
            ("Ký nhận", 38, ""),
        ),
        height=8,
    )
    sheet.text(
        "**6.** Bên vay dùng tiền đúng mục đích, trả đúng lịch; khi không trả được thì báo Ban Chủ "
        "nhiệm để xét theo Quy chế. Hợp đồng lập thành 02 bản, mỗi bên giữ 01 bản./."
    )
    sheet.signed_by(
        ("BÊN VAY", "……………"), ("THỦ QUỸ", "{{ treasurer.name }}"), ("CHỦ NHIỆM", "{{ chair.name }}")
    )
    return sheet


def _slip(title: str, type_: str, person: str, reason: str, signer: str) -> Sheet:
    sheet = Sheet(title)
    sheet.head(number=None, dated=False)
    sheet.title(type_, "{% if slip.fund %}{{ slip.fund }}{% else %}Quỹ của câu lạc bộ{% endif %}")
    sheet.centred("//{{ slip.date|capitalize }}, chứng từ: {{ slip.document }}//", gap=ADDRESS_GAP)
    sheet.text(f"{person}: {{{{ slip.person }}}}.")
    sheet.dotted("Nơi ở, đơn vị: ")
    sheet.text(f"{reason}: {{{{ slip.reason }}}}.")
    sheet.text("Số tiền: **{{ slip.amount }}**.")
    sheet.text("Bằng chữ: {{ slip.in_words }}.")
    sheet.dotted("Kèm theo: ")
    sheet.signed_by(
        (signer, "……………"), ("THỦ QUỸ", "{{ treasurer.name }}"), ("CHỦ NHIỆM", "{{ chair.name }}")
    )
    return sheet


def phieu_thu() -> Sheet:
    """Lay out a receipt: money that came into a fund."""
    return _slip("Phiếu thu", "PHIẾU THU", "Người nộp tiền", "Lý do nộp", "NGƯỜI NỘP")


def phieu_chi() -> Sheet:
    """Lay out a payment slip: money that left a fund."""
    return _slip("Phiếu chi", "PHIẾU CHI", "Người nhận tiền", "Lý do chi", "NGƯỜI NHẬN")


def so_quy() -> Sheet:
    """Lay out the cash book: every entry of every fund with what was left."""
    sheet = Sheet("Sổ quỹ")
    sheet.head(number=None, dated=False)
    sheet.title("SỔ QUỸ", "{{ club.name }}")
    sheet.centred("//(Tính đến {{ as_of }})//")
    sheet.control("for fund in books")
    sheet.text("**{{ loop.index }}. {{ fund.name }}**", with_next=True)
    sheet.table(
        "for e in fund.entries",
        (
            ("Ngày", 22, "{{ e.date }}"),
            ("Chứng từ", 30, "{{ e.document }}"),
            ("Nội dung", 41, "{{ e.what }}"),
            ("Thu (đồng)", 24, "{{ e.income }}"),
            ("Chi (đồng)", 24, "{{ e.spent }}"),
            ("Còn lại (đồng)", 24, "{{ e.left }}"),
        ),
        centred=(0,),
        right=(3, 4, 5),
    )
    opening = "{% if fund.opening %}Số dư ban đầu: {{ fund.opening }}; t{% else %}T{% endif %}"
    sheet.text(
        f"{opening}ổng thu: {{{{ fund.income }}}}; "
        "tổng chi: {{ fund.spent }}; còn lại: {{ fund.left }}."
    )
    sheet.control("endfor")
    sheet.signed_by(
        ("NGƯỜI GHI SỔ", "……………"),
        ("THỦ QUỸ", "{{ treasurer.name }}"),
        ("CHỦ NHIỆM", "{{ chair.name }}"),
    )
    return sheet


def so_vay() -> Sheet:
    """Lay out the loan book: what was lent and paid back, and what is still out."""
    sheet = Sheet("Sổ theo dõi vay vốn")
    sheet.head(number=None, dated=False)
    sheet.title("SỔ THEO DÕI VAY VỐN", "{{ club.name }}")
    sheet.centred("//(Tính đến {{ as_of }})//")
    sheet.table(
        "for e in loans",
        (
            ("Ngày", 20, "{{ e.date }}"),
            ("Chứng từ", 25, "{{ e.document }}"),
            ("Người vay", 34, "{{ e.person }}"),
            ("Cho vay (đồng)", 22, "{{ e.lent }}"),
            ("Thu gốc (đồng)", 22, "{{ e.repaid }}"),
            ("Thu lãi (đồng)", 20, "{{ e.interest }}"),
            ("Còn cho vay (đồng)", 22, "{{ e.outstanding }}"),
        ),
        centred=(0,),
        right=(3, 4, 5, 6),
        height=8,
    )
    sheet.text("Đang cho vay: {{ outstanding.amount }} ({{ outstanding.in_words }}).")
    sheet.signed_by(
        ("NGƯỜI GHI SỔ", "……………"),
        ("THỦ QUỸ", "{{ treasurer.name }}"),
        ("CHỦ NHIỆM", "{{ chair.name }}"),
    )
    return sheet


def the_vay() -> Sheet:
    """Lay out the cards of the loans: one a loan, each on a page of its own."""
    sheet = Sheet("Thẻ vay vốn của thành viên")
    sheet.control("for c in cards")
    sheet.head(number=None, dated=False)
    sheet.title("THẺ VAY VỐN", "{{ club.name }}")
    sheet.centred("//(Tính đến {{ as_of }})//")
    sheet.text("Người vay: **{{ c.name }}**. Khoản vay số: {{ c.no }}.")
    sheet.text("Vay {{ c.what }}: **{{ c.amount }}** ({{ c.in_words }}).")
    sheet.text("Ngày vay: {{ c.date }}; thời hạn {{ c.months }} tháng; hạn trả: {{ c.due }}.")
    sheet.text("Lãi suất: {{ c.rate }}. Chứng từ: {{ c.document }}.")
    sheet.text("Mục đích: {{ c.purpose }}.", with_next=True)
    sheet.table(
        "for p in c.payments",
        (
            ("Ngày", 24, "{{ p.date }}"),
            ("Nội dung", 36, "{{ p.what }}"),
            ("Trả gốc (đồng)", 27, "{{ p.principal }}"),
            ("Trả lãi (đồng)", 24, "{{ p.interest }}"),
            ("Còn nợ (đồng)", 27, "{{ p.left }}"),
            ("Ký nhận", 27, ""),
        ),
        right=(2, 3, 4),
        height=8,
    )
    sheet.text("Còn nợ: **{{ c.left }}**.")
    sheet.signed_by(
        ("NGƯỜI VAY", "……………"),
        ("THỦ QUỸ", "{{ treasurer.name }}"),
        ("CHỦ NHIỆM", "{{ chair.name }}"),
    )
    sheet.control("if not loop.last")
    sheet.next_page()
    sheet.control("endif")
    sheet.control("endfor")
    return sheet


def bao_cao_nam() -> Sheet:
    """Lay out the statement of a year that is read out to the members."""
    sheet = Sheet("Báo cáo năm của câu lạc bộ")
    sheet.head(number=None, dated=False)
    sheet.title("BÁO CÁO TRƯỚC THÀNH VIÊN NĂM {{ year }}", "{{ club.name }}")
    sheet.centred("//(Tính đến {{ as_of }})//")
    sheet.text("**1. Thành viên và sinh hoạt**", with_next=True)
    sheet.text("Câu lạc bộ có {{ make_up.total }} thành viên.")
    sheet.text(
        "Trong năm đã sinh hoạt {{ met.count }} buổi, bình quân mỗi buổi {{ met.attendance }} "
        "người dự. Nội dung đã làm: {{ met.activities }}."
    )
    sheet.text("**2. Tiền của câu lạc bộ**", with_next=True)
    sheet.table(
        "for b in books",
        (
            ("Quỹ", 45, "{{ b.name }}"),
            ("Đầu năm", 30, "{{ b.before }}"),
            ("Thu trong năm", 30, "{{ b.income }}"),
            ("Chi trong năm", 30, "{{ b.spent }}"),
            ("Còn lại", 30, "{{ b.left }}"),
        ),
        centred=(),
        right=(1, 2, 3, 4),
    )
    sheet.text("**3. Cho thành viên vay**", with_next=True)
    sheet.text(
        "Trong năm cho vay {{ lending.count }} khoản, tổng số {{ lending.lent }}; thu nợ gốc "
        "{{ lending.repaid }}, thu lãi {{ lending.interest }}. Hiện có {{ lending.borrowers }} "
        "thành viên còn nợ {{ lending.owed }}, trong đó quá hạn {{ lending.overdue }}."
    )
    sheet.text("**4. Chăm sóc tại nhà**", with_next=True)
    sheet.text(
        "Có {{ care.months }} tháng ghi việc chăm sóc tại nhà; tháng gần nhất có "
        "{{ care.volunteers }} tình nguyện viên, chăm sóc {{ care.cared_for }} người."
    )
    sheet.text(
        "**5. Quỹ tăng thu nhập cuối mỗi tháng** (█ tiền trong quỹ, ▒ tiền đang cho vay)",
        with_next=True,
    )
    sheet.table(
        "for m in chart",
        (
            ("Tháng", 25, "{{ m.month }}"),
            ("Biểu đồ", 100, "{{ m.bar }}"),
            ("Số tiền", 40, "{{ m.amount }}"),
        ),
        centred=(),
        right=(2,),
        together=True,
    )
    sheet.text("Ban Chủ nhiệm xin nghe ý kiến của các thành viên./.")
    sheet.signed_by(("THỦ QUỸ", "{{ treasurer.name }}"), ("CHỦ NHIỆM", "{{ chair.name }}"))
    return sheet
