"""Turning Word files into PDF with the office program of this machine: LibreOffice, or Word."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from engine import codes
from engine.errors import ClbError
from engine.i18n import _

SECONDS = 300
PROGRAMS = ("soffice", "libreoffice", "lowriter")
"""The names LibreOffice goes by on the path."""
PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where it is installed without being on the path."""
_WORD_TO_PDF = (
    "$word = New-Object -ComObject Word.Application; "
    "try {{ foreach ($file in @({files})) {{ "
    "$document = $word.Documents.Open($file, $false, $true); "
    "$document.SaveAs([System.IO.Path]::ChangeExtension($file, 'pdf'), 17); "
    "$document.Close($false) }} }} finally {{ $word.Quit() }}"
)
"""Word's orders, through PowerShell; 17 is its number for PDF."""


def program() -> str | None:
    """Return the path of LibreOffice, ``"word"`` where Word alone is there, else ``None``."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    for place in PLACES:
        if os.path.exists(place):
            return place
    return "word" if _has_word() else None


def _has_word() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Word.Application"))
    except OSError:
        return False
    return True


def make(files: Sequence[Path]) -> list[Path]:
    """Write a PDF next to each Word file and return their paths, in order.

    Raises ``ClbError`` (CLB-DOCUMENT-PDF) where no office program is there, or it fails.
    """
    found = program()
    if found is None:
        raise ClbError(
            _("Neither LibreOffice nor Word is on this machine: no PDF can be made."),
            code=codes.DOCUMENT_PDF,
            help=_("Install LibreOffice, or open the Word files and save them as PDF."),
        )
    made = [one.with_suffix(".pdf") for one in files]
    with TemporaryDirectory(prefix="clb-") as profile:
        try:
            for command in _commands(found, files, Path(profile)):
                subprocess.run(  # noqa: S603  (the program of this machine, our own files)
                    command, check=True, capture_output=True, timeout=SECONDS
                )
        except (OSError, subprocess.SubprocessError) as error:
            raise _failed(found) from error
    if not all(one.exists() for one in made):
        raise _failed(found)
    return made


def _commands(found: str, files: Sequence[Path], profile: Path) -> list[list[str]]:
    """Return the commands that convert files, those of one folder together."""
    if found == "word":
        listed = ", ".join("'{}'".format(str(one.resolve()).replace("'", "''")) for one in files)
        script = _WORD_TO_PDF.format(files=listed)
        return [["powershell", "-NoProfile", "-NonInteractive", "-Command", script]]
    folders = dict.fromkeys(one.resolve().parent for one in files)
    own = f"-env:UserInstallation={profile.as_uri()}"
    return [
        [found, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        + [str(one.resolve()) for one in files if one.resolve().parent == folder]
        for folder in folders
    ]


def _failed(found: str) -> ClbError:
    return ClbError(
        _("The PDF could not be made with {program}.").format(program=found),
        code=codes.DOCUMENT_PDF,
        help=_("Close the files in Word or LibreOffice, then try again."),
    )
