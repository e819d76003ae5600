"""The times of a ZIP file's parts."""

import io
import zipfile

from engine.archive import undated

EPOCH = (1980, 1, 1, 0, 0, 0)
PARTS = {"[Content_Types].xml": b"<a/>", "word/tài liệu.xml": b"x" * 70_000, "trống": b""}


def packed(year: int) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 5, 6, 7, 8, 10)), data)
    return whole.getvalue()


def test_the_same_parts_are_the_same_bytes_whenever_they_were_packed() -> None:
    assert packed(2021) != packed(2026)
    assert undated(packed(2021)) == undated(packed(2026))


def test_nothing_but_the_times_is_changed() -> None:
    with zipfile.ZipFile(io.BytesIO(undated(packed(2026)))) as archive:
        assert archive.testzip() is None
        assert {part.date_time for part in archive.infolist()} == {EPOCH}
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
