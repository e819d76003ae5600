"""Writing a file that a command was asked for."""

from pathlib import Path

from engine import codes
from engine.errors import InputError
from engine.i18n import _


def write_file(path: Path, data: bytes) -> None:
    """Write a file. Raises ``InputError`` (CLB-FILE) where it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> InputError:
    """Return the error for a file or folder that cannot be written."""
    return InputError(
        _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror),
        code=codes.FILE,
        help=_("Check the folder and whether the file is open in another program."),
    )
