"""Makes the Word templates anew: ``python -m engine.documents.templates.make [FOLDER]``.

The outcome is committed. Made twice it is the same, byte for byte.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from engine.documents.style import Sheet
from engine.documents.templates import founding, working

MAKERS: dict[str, Callable[[], Sheet]] = {
    "to_trinh": founding.to_trinh,
    "danh_sach_thanh_vien": founding.danh_sach_thanh_vien,
    "danh_sach_bcn": founding.danh_sach_bcn,
    "bien_ban_tham_dinh": founding.bien_ban_tham_dinh,
    "quyet_dinh_thanh_lap": founding.quyet_dinh_thanh_lap,
    "cong_van_tra_ho_so": founding.cong_van_tra_ho_so,
    "quyet_dinh_kien_toan": working.quyet_dinh_kien_toan,
    "danh_sach_tap_huan": working.danh_sach_tap_huan,
    "bien_ban_ra_mat": working.bien_ban_ra_mat,
    "bien_ban_giam_sat": working.bien_ban_giam_sat,
    "phieu_danh_gia": working.phieu_danh_gia,
    "quyet_dinh_giai_the": working.quyet_dinh_giai_the,
}
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def made(kind: str) -> bytes:
    """Return the bytes of one template."""
    raw, out = io.BytesIO(), io.BytesIO()
    MAKERS[kind]().document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            target.writestr(part, source.read(name))
    return out.getvalue()


def main(folder: Path) -> None:
    """Write every template into a folder."""
    for kind in MAKERS:
        (folder / f"{kind}.docx").write_bytes(made(kind))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
