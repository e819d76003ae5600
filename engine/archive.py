"""What reading a damaged zip file (a workbook, a Word file, a wheel) can end in."""

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

try:
    import lzma
except ImportError:  # a Python that was built without it
    pass
else:
    DAMAGED = (*DAMAGED, lzma.LZMAError)
