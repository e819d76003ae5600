"""Files that somebody named: read whole, written whole or not at all, failures as sentences.

Every file that a command reads or writes goes through here, so that a missing folder, a full disk,
a pipe in the place of a list or a name of 300 letters is one sentence everywhere.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from engine import codes
from engine.codes.code import Code
from engine.errors import ClbError, InputError
from engine.i18n import N_, _

LONGEST_SHOWN = 160
"""Characters of a path that a message shows; of a longer one the beginning and the end."""
LONGEST_ENDING = 16
"""Bytes of a name's ending that an unfinished file has too: some programs go by it."""
PRIVATE = 0o600
"""The mode of a new file: what is written here holds names."""
TEXT_BYTES = 16 * 1024 * 1024
"""What a text that people write (a form, a policy) may take at most."""
FORMULA_SIGNS = "=+-@＝＋－＠"
"""What a cell of a spreadsheet begins with that is calculated; some take the wide signs too."""
FORMULA_STARTS = f"{FORMULA_SIGNS}\t\r"
"""The same in a text that a spreadsheet opens, where it drops a blank before them."""
SQLITE_HEAD = b"SQLite format 3\0"
"""What a SQLite file begins with: https://www.sqlite.org/fileformat.html."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps next to a file while it works, by the end of the name."""
DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,6})")
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What no file's name may have on Windows."""
LONGEST_NAME = 100
"""Letters of a name that is made of words: with a folder of Windows' it stays below 260."""
STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}

CHECK_NAME = N_("Check the name and the folder.")
REASONS = {
    errno.ENOENT: (N_("there is no such file or folder"), CHECK_NAME),
    errno.ENOTDIR: (N_("a part of its path is no folder"), CHECK_NAME),
    errno.EISDIR: (N_("it is a folder"), N_("Give the name of a file.")),
    errno.EINVAL: (N_("its name cannot be that of a file"), N_("Give another name.")),
    errno.ENAMETOOLONG: (
        N_("the name is too long"),
        N_("Give a shorter name: at most 255 bytes, and a marked letter takes two or three."),
    ),
    errno.ELOOP: (N_("its links lead round in a circle"), CHECK_NAME),
    errno.EACCES: (
        N_("the right to do so is missing"),
        N_("Choose a folder of your own, or ask its owner for the right."),
    ),
    errno.EROFS: (N_("the disk can only be read"), N_("Choose another disk or folder.")),
    errno.ENOSPC: (
        N_("the disk is full"),
        N_("Free some space or choose another disk, then try again."),
    ),
    errno.EFBIG: (
        N_("it would be larger than files may be here"),
        N_("Choose another disk or folder."),
    ),
    errno.ENXIO: (
        N_("it is a pipe or a device that nothing answers at"),
        N_("Give the name of an ordinary file."),
    ),
}
"""What the system's error numbers mean, and what to do."""
SAME_AS = {
    errno.EPERM: errno.EACCES,
    errno.EDQUOT: errno.ENOSPC,
    errno.EPIPE: errno.ENXIO,
    errno.ENODEV: errno.ENXIO,
}


class NotAFileError(OSError):
    """There is something of that name, but no file: a device, a pipe, a socket."""


class TooLargeError(OSError):
    """A file is larger than anything of its kind."""


class DatabaseFileError(OSError):
    """A file that would be replaced is a database, or belongs to one."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How the failure of a kind of file is reported: its class, its code, what else to do."""

    error: Callable[..., ClbError] = InputError
    code: Code = codes.FILE
    fix: str = ""


FILE = Failure()


def failure(
    path: str | os.PathLike[str], error: Exception, *, writing: bool = False, kind: Failure = FILE
) -> ClbError:
    """Return the sentence for what kept a file from being read or written."""
    reason, fix = reason_of(error)
    text = _("{path} cannot be read: {reason}.")
    if writing:
        text = _("{path} cannot be written: {reason}.")
    elif isinstance(error, FileNotFoundError):
        text = _("There is no file {path}.")
    steps = dict.fromkeys(filter(None, (fix, _(kind.fix) if kind.fix else "")))
    return kind.error(
        text.format(path=shown(path), reason=reason),
        code=kind.code,
        help=" ".join(steps) or _("Check the file, its folder and the free space on the disk."),
    )


def reason_of(error: Exception) -> tuple[str, str]:
    """Return why, and what to do, in the language in use."""
    if isinstance(error, NotAFileError):
        reason = _("it is no ordinary file but a device, a pipe or the like")
        return reason, _("Give the name of an ordinary file.")
    if isinstance(error, DatabaseFileError):
        return _("it is a database, and what is recorded would be lost"), _("Give another name.")
    if isinstance(error, TooLargeError):
        return _("it is too large"), ""
    if isinstance(error, UnicodeError):
        return _("it is not text in UTF-8"), _("Save it as UTF-8.")
    if isinstance(error, ValueError):
        return tuple(map(_, REASONS[errno.EINVAL]))  # type: ignore[return-value]
    number = getattr(error, "errno", None)
    number = SAME_AS.get(number, number) if number is not None else None
    if number in REASONS:
        reason, fix = REASONS[number]
        return _(reason), _(fix)
    return (getattr(error, "strerror", None) or str(error)).rstrip("."), ""


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as messages show it."""
    text = os.fspath(path)
    if len(text) <= LONGEST_SHOWN:
        return text
    half = LONGEST_SHOWN // 2
    return f"{text[:half]}…{text[-half:]}"


@contextmanager
def reading(path: str | os.PathLike[str], kind: Failure = FILE) -> Iterator[None]:
    """Raise whatever keeps the block from reading a file as one sentence."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        raise failure(path, error, kind=kind) from error


@contextmanager
def writing(path: str | os.PathLike[str], kind: Failure = FILE) -> Iterator[None]:
    """Raise whatever keeps the block from writing a file or a folder as one sentence."""
    try:
        yield
    except OSError as error:
        raise failure(path, error, writing=True, kind=kind) from error


def require_file(path: str | os.PathLike[str]) -> int:
    """Return the size of an ordinary file; opening a pipe would wait for ever.

    Raises ``OSError`` for a folder, a device, a pipe and whatever cannot be found.
    """
    try:
        found = os.stat(path)
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from error
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(found.st_mode):
        raise NotAFileError(errno.EINVAL, "not a regular file", os.fspath(path))
    return found.st_size


def file_bytes(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """Return what is in an ordinary file, or in a stream that this process was given.

    Raises ``OSError``: for what is no file, and for one of more than ``most`` bytes.
    """
    number = _descriptor(path)
    if number is None:
        if most is not None and require_file(path) > most:
            raise TooLargeError(errno.EFBIG, "too large", os.fspath(path))
        require_file(path)
    with open(path if number is None else os.dup(number), "rb") as file:
        data = file.read() if most is None else file.read(most + 1)
    if most is not None and len(data) > most:
        raise TooLargeError(errno.EFBIG, "too large", os.fspath(path))
    return data


def read_file(
    path: str | os.PathLike[str], *, most: int | None = None, kind: Failure = FILE
) -> bytes:
    """Return what is in a file. Raises ``ClbError`` as ``kind`` has it."""
    with reading(path, kind):
        return file_bytes(path, most)


def read_text(path: str | os.PathLike[str], *, most: int = TEXT_BYTES, kind: Failure = FILE) -> str:
    """Return the text of a file in UTF-8, with or without its mark. Raises as ``read_file``."""
    with reading(path, kind):
        return file_bytes(path, most).decode("utf-8-sig")


def write_file(path: Path, data: bytes, kind: Failure = FILE) -> None:
    """Write a file whole or not at all. Raises ``ClbError`` as ``kind`` has it."""
    with replacing(path, kind) as unfinished:
        unfinished.write_bytes(data)


@contextmanager
def replacing(path: Path, kind: Failure = FILE) -> Iterator[Path]:
    """Yield a new, empty file to fill, which takes the place of ``path`` once the block has ended.

    A new file can be read by its owner alone: lists, papers, reports and logs are about people. One
    that is replaced keeps its mode and its owner, and a link leads on to its file; a database is
    never replaced. What is no ordinary file (a pipe, a device) is written to and never replaced.
    Raises ``ClbError`` as ``kind`` has it; then what was there before is untouched.
    """
    with writing(path, kind):
        there = _state(path)
        through = there is not None and not stat.S_ISREG(there.st_mode)
        through = through or _descriptor(path) is not None
        folder, name = os.path.split(os.path.realpath(path))
        if through:
            from tempfile import gettempdir

            folder = gettempdir()
        ending = os.path.splitext(name)[1]
        if len(os.fsencode(ending)) > LONGEST_ENDING:
            ending = ""
        unfinished = Path(folder, f".clb-{os.urandom(6).hex()}{ending}")
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        try:
            yield unfinished
            if through:
                _pour(unfinished, path)
            elif there is None or _made_like(unfinished, there):
                os.replace(unfinished, Path(folder, name))
            else:
                _pour(unfinished, path)
        finally:
            with suppress(FileNotFoundError):
                unfinished.unlink()


def _state(path: Path) -> os.stat_result | None:
    """Return what is at a path, ``None`` for nothing.

    Raises ``OSError`` for what cannot be written to: a folder, a file without the right to.
    """
    try:
        there = os.stat(path)
    except FileNotFoundError:
        folder = os.path.dirname(os.path.realpath(path))
        if not os.path.isdir(folder):
            raise
        return None
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from error
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if stat.S_ISREG(there.st_mode) and not _may_write(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    if stat.S_ISREG(there.st_mode) and _is_database(path):
        raise DatabaseFileError(errno.EEXIST, "a database", str(path))
    return there


def _is_database(path: Path) -> bool:
    """Return whether a file is a SQLite database, or one that SQLite keeps for one."""
    name = os.fspath(path)
    for ending in ("", *SIDE_FILES):
        if name.endswith(ending):
            with suppress(OSError), open(name.removesuffix(ending), "rb") as file:
                if file.read(len(SQLITE_HEAD)) == SQLITE_HEAD:
                    return True
    return False


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _made_like(unfinished: Path, there: os.stat_result) -> bool:
    """Give a file the owner and mode of the one it replaces; return whether that was possible."""
    if sys.platform != "win32":
        made = unfinished.stat()
        if (made.st_uid, made.st_gid) != (there.st_uid, there.st_gid):
            try:
                os.chown(unfinished, there.st_uid, there.st_gid)
            except PermissionError:
                return False
    os.chmod(unfinished, stat.S_IMODE(there.st_mode))
    return True


def _pour(unfinished: Path, path: Path) -> None:
    """Write a finished file into what is at ``path``; a pipe that nobody reads is an error."""
    number = _descriptor(path)
    if number is not None:
        sys.stdout.flush()
        out = os.dup(number)
    else:
        flags = os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        out = os.open(path, flags)
        if sys.platform != "win32":
            os.set_blocking(out, True)
    with open(unfinished, "rb") as source, open(out, "wb") as target:
        while chunk := source.read(1 << 20):
            target.write(chunk)


def _descriptor(path: str | os.PathLike[str]) -> int | None:
    """Return the number of this process's own stream that a path names, if it does."""
    name = os.fspath(path)
    found = DESCRIPTOR.fullmatch(name)
    return int(found[1]) if found else STREAMS.get(name)


def free_name(words: Sequence[str], suffix: str, folder: Path = Path()) -> Path:
    """Return a name for a new file, made of words: the folder has no file of that name yet.

    ``folder`` is the present one by default.
    """
    found, number = folder / file_name(words, suffix), 1
    while found.exists():
        number += 1
        found = folder / file_name(words, f" ({number}){suffix}")
    return found


def papers_folder() -> Path:
    """Return where papers and reports are put: a folder among the user's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / _("Intergenerational self-help clubs")


def file_name(words: Sequence[str], suffix: str) -> str:
    """Return the name of a file, made of words, as Windows takes it too."""
    return FORBIDDEN.sub("-", " ".join(words))[:LONGEST_NAME].strip(" .") + suffix
