"""ZIP files (a workbook, a Word file, a wheel): what reading a damaged one ends in, their times."""

import io
import struct
import zipfile
import zlib

DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
)
"""A file system's own failure is among them: sort it out first where it has its own sentence."""
NO_TIME = bytes((0, 0, 0x21, 0))
"""The first moment that a ZIP file can have: midnight of 1 January 1980."""

try:
    import lzma
except ImportError:  # a Python that was built without it
    pass
else:
    DAMAGED = (*DAMAGED, lzma.LZMAError)


def undated(data: bytes) -> bytes:
    """Return a ZIP file whose parts are of no moment, so that the same contents are the same bytes.

    The times are written over where they are (APPNOTE 4.3.7 and 4.3.12): packing the parts of a
    long report again would take as long as packing them did.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts, place = archive.infolist(), archive.start_dir
    changed = bytearray(data)
    for part in parts:
        at = part.header_offset + 10
        changed[at : at + 4] = NO_TIME
        changed[place + 12 : place + 16] = NO_TIME
        lengths = struct.unpack_from("<3H", changed, place + 28)
        place += 46 + sum(lengths)
    return bytes(changed)
