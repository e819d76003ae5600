"""The log and its seals."""

import sys
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

from bench.fuzz.office import office
from bench.fuzz.readers.reader import CrashError, Reader, readable
from bench.result import ROOT
from engine.cli import noted_seal
from engine.errors import ClbError
from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.lifecycle.restore import restore
from engine.reports import events, seals
from engine.store import codec
from engine.store.canonical import digest
from engine.store.url import parse as parse_url


def _body(data: bytes) -> object:
    """Read an event's body, alone, and in its place in a log whose hashes somebody made anew."""
    body, here = readable(data), office()
    found = codec.decode(body, digest(body))
    codec.form_of(body)
    store = here.registry.store
    with here.undone():
        store.run(
            "UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
            (body, digest(body), found.stream, min(found.seq, MOST)),
        )
        upkeep.check(store)
        upkeep.verify_log(store)
        upkeep.rebuild(store, accept_end=True)
    return codec.seal(found)


MOST = 2**63 - 1
"""The largest number that a database holds."""


def _seal(data: bytes) -> object:
    """Read a seal as it is typed, and hold it against the log."""
    return _held(noted_seal.read(readable(data)[:200]))


def _seal_file(data: bytes) -> object:
    """Read the file that holds a noted seal, and hold it against the log."""
    path = office().file("noted", data)
    backup = noted_seal.backup(str(path))
    if backup is not None:
        return seals.held_backup(office().registry.store, backup)
    return _held(noted_seal.read(str(path)))


def _held(noted: Sequence[noted_seal.Noted]) -> object:
    store, stream = office().registry.store, f"club:{office().club}"
    found = [str(seals.held(store, one)) + str(one) for one in noted]
    return found, seals.proof(store, stream, 2, noted)


def _seal_files() -> list[bytes]:
    line, (as_json, as_text) = office().line(), office().proof()
    word = BytesIO()
    with zipfile.ZipFile(word, "w") as packed:
        packed.writestr("word/footer1.xml", f"<w:t>{line[:5]}</w:t><w:t>{line[5:]}</w:t>")
    checkpoint = as_text.partition(b"\n\n")[2]
    page = f"<html><p>Mã đối chiếu: {line}</p></html>".encode()
    return [checkpoint, page, as_text, as_json, word.getvalue()]


@cache
def _check_proof() -> Callable[[str], object]:
    """Return the check that the documentation offers to those without this program."""
    sys.path.append(str(ROOT / "docs" / "examples"))
    found: Callable[[str], object] = import_module("check_proof").check
    return found


def _proof(data: bytes) -> object:
    return _check_proof()(readable(data))


def _database(data: bytes) -> object:
    """Check a database file, and bring it back in the place of another."""
    here = office()
    file, target = here.file("given.sqlite3", data), here.folder / "restored" / "clb.sqlite3"
    found: list[object] = []
    for use in (lambda: _checked(file), lambda: restore(parse_url(str(target)), file)):
        try:
            found.append(use())
        except ClbError as error:
            found.append(error.code)
            if not error.message or not error.help:
                raise CrashError(repr(error)) from error
    for path in (*here.folder.glob("given.sqlite3*"), *target.parent.glob("*")):
        path.unlink()
    return found


def _checked(file: Path) -> object:
    registry = open_registry(str(file))
    try:
        upkeep.check(registry.store)
        upkeep.verify_log(registry.store)
        return events.head(registry.store)
    finally:
        registry.store.close()


READERS = (
    Reader(
        "body",
        "events of the log that somebody changed",
        _body,
        lambda: office().bodies(),
        ('"effects":', '"roster":', '"ledger":', '"seq":', "null", "[]", "{}", "-1", "1e999"),
        json=True,
    ),
    Reader(
        "seal",
        "lines of seals that are typed",
        _seal,
        lambda: [office().line().encode(), b"BN 2461 3f9a77c201de88b0", b"./BN.txt"],
        ("BN ", "·", "0000", " 999999999999 "),
    ),
    Reader(
        "seal_file",
        "checkpoints, proofs and reports that have a seal",
        _seal_file,
        _seal_files,
        ('"seal":', '"size":', "Infinity", "word/footer1.xml", "SQLite format 3\x00"),
    ),
    Reader(
        "proof",
        "proofs, read by the script of the documentation",
        _proof,
        lambda: list(office().proof()),
        ('"inclusion":', "c2sp.org/tlog-proof@v1", "extra ", "index "),
        refuses=(ValueError, KeyError, TypeError, IndexError, OSError),
    ),
    Reader(
        "database",
        "database files and copies to be brought back",
        _database,
        lambda: [office().database.read_bytes()],
        ("CREATE TABLE", "CREATE TRIGGER", "event", "personal"),
        slow=True,
    ),
)
