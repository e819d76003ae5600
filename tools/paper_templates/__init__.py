"""Write the Word templates of the papers: ``python -m tools.paper_templates``.

The templates are committed in ``engine/documents/templates/``; this tool is in no wheel. A template
may as well be changed in Word: then it is taken out of ``TEMPLATES``.
"""

import io
import zipfile
from pathlib import Path

from tools.paper_templates import founding, money, operating, own, report
from tools.paper_templates.sheet import Sheet

FOLDER = Path(__file__).parents[2] / "engine" / "documents" / "templates"
TEMPLATES = (
    founding.to_trinh,
    founding.danh_sach_thanh_vien,
    founding.danh_sach_bcn,
    founding.bien_ban_tham_dinh,
    founding.quyet_dinh_thanh_lap,
    founding.cong_van_tra_ho_so,
    operating.quyet_dinh_kien_toan,
    operating.danh_sach_tap_huan,
    operating.bien_ban_ra_mat,
    operating.bien_ban_giam_sat,
    operating.phieu_danh_gia,
    operating.quyet_dinh_giai_the,
    own.don_gia_nhap,
    own.quy_che,
    own.bien_ban_bau_bcn,
    own.giay_moi_ra_mat,
    own.ke_hoach_nam,
    own.bien_ban_sinh_hoat,
    own.bien_ban_ban_giao,
    money.don_vay_von,
    money.hop_dong_vay,
    money.phieu_thu,
    money.phieu_chi,
    money.so_quy,
    money.so_vay,
    money.the_vay,
    money.bao_cao_nam,
    report.report,
)
"""The function that lays out each template, named as the template's file."""
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_MADE_BY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>clb</Application></Properties>"
)
"""The program's own note in a file, in place of the library's of 2013."""


def word_file(sheet: Sheet) -> bytes:
    """Return a sheet as a Word file, the same bytes for the same sheet."""
    raw, out = io.BytesIO(), io.BytesIO()
    sheet.document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            own = name == "docProps/app.xml"
            target.writestr(part, _MADE_BY if own else source.read(name))
    return out.getvalue()
