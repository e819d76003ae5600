"""What a file with clubs (``.clbz``) holds, written and read without a database.

A zip file of texts in UTF-8, each named and digested in ``bundle.json``; docs/bundles.md has the
format. Nothing in such a file is believed because it is there: ``taking`` judges it.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from engine import codes
from engine.archive import DAMAGED
from engine.bundles.keys import Pair, unbox
from engine.errors import InputError, StorageError
from engine.files import read_file
from engine.i18n import _
from engine.model import Event
from engine.store import codec
from engine.store.canonical import digest, dumps
from engine.vietnamese.text import is_text

FORMAT, VERSION = "clb-bundle", 1
SUFFIX, MOMENT = ".clbz", "%Y-%m-%dT%H:%M:%SZ"
COVER, MANIFEST, SIGNATURE = "cover.txt", "bundle.json", "signature.json"
EVENTS, NAMES, BOX = "events.jsonl", "names.jsonl", "names.box"
SIGNATURES, SUPERSEDED, CHECKPOINT = "signatures.jsonl", "superseded.jsonl", "checkpoint.txt"
PARTS = (EVENTS, NAMES, BOX, SIGNATURES, SUPERSEDED, CHECKPOINT, COVER)
"""What may be in a file besides the manifest and its signature."""
MOST_PACKED = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes: a hundred times what a commune of thirty clubs sends in its first file."""
LAST = 2**31 - 1
"""The largest number of an event that every database can hold."""
LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""The moment of each part: the manifest has the one that counts."""
Signer = Callable[[bytes], Mapping[str, str]]
"""Signs bytes: who, with which key, the signature."""
SHARED_NAMES = ("name", "id_number", "phone", "village", "note", "salt")


@dataclass(frozen=True, slots=True)
class Party:
    """A database that sends or receives. ``commune`` is ``None`` for that of the province.

    ``database`` is its id, empty for a receiver that nothing ever came from.
    """

    commune: str | None = None
    database: str = ""


@dataclass(frozen=True, slots=True)
class Have:
    """What a sender has of a stream: up to which event, and how many people without names.

    ``signed`` is a digest of which of the events are signed with which keys there.
    """

    seq: int
    head: str
    nameless: int = 0
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An event as it was sealed, with the signature that goes with it."""

    stream: str
    seq: int
    body: str
    hash: str
    signature: Mapping[str, str] | None = None

    def event(self) -> Event:
        """Return the event. Raises ``StorageError`` for a body that is none of this format."""
        return codec.decode(self.body, self.hash)


@dataclass(frozen=True, slots=True)
class Late:
    """A signature of an event that the receiver has already, or one more of an event that comes."""

    stream: str
    seq: int
    hash: str
    signature: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """Who a member of a club is: the texts in the order of ``SHARED_NAMES``, the salt last."""

    club: str
    member: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """An event that its database took again on top of others'."""

    stream: str
    seq: int
    body: str

    @property
    def hash(self) -> str:
        """Return the event's hash."""
        return digest(self.body)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file with clubs. ``id`` is the SHA-256 of its manifest, ``box`` its names, encrypted.

    Where there is a ``box``, ``names`` are there only for those who can open it."""

    province: str
    sender: Party
    receiver: Party
    officer: str
    made_at: str
    engine: str
    have: Mapping[str, Have]
    lines: tuple[Line, ...] = ()
    names: tuple[Name, ...] | None = None
    box: bytes | None = None
    late: tuple[Late, ...] = ()
    gone: tuple[Gone, ...] = ()
    checkpoint: str = ""
    id: str = ""
    manifest: bytes = field(default=b"", repr=False)
    signature: Mapping[str, str] | None = None

    def streams(self) -> dict[str, list[Line]]:
        """Return the events by their stream, the province's own first."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.stream, []).append(line)
        return dict(sorted(found.items(), key=lambda one: (one[0].startswith("club:"), one[0])))


def encode(bundle: Bundle, cover: str, sign: Signer | None = None) -> bytes:
    """Return the bytes of the file. ``sign`` signs the manifest, which digests everything else."""
    parts = {COVER: cover.encode(), EVENTS: _lines(map(_event_row, bundle.lines))}
    if bundle.names is not None and bundle.box is None:
        parts[NAMES] = names_text(bundle.names)
    if bundle.box is not None:
        parts[BOX] = bundle.box
    if bundle.late:
        parts[SIGNATURES] = _lines(map(_late_row, bundle.late))
    if bundle.gone:
        parts[SUPERSEDED] = _lines(f'{{"body":{one.body}}}' for one in bundle.gone)
    if bundle.checkpoint:
        parts[CHECKPOINT] = bundle.checkpoint.encode()
    manifest = _manifest(bundle, parts)
    if sign is not None:
        parts[SIGNATURE] = dumps(sign(manifest)).encode()
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {COVER: parts.pop(COVER), MANIFEST: manifest, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _manifest(bundle: Bundle, parts: Mapping[str, bytes]) -> bytes:
    body = {
        "format": FORMAT,
        "v": VERSION,
        "engine": bundle.engine,
        "province": bundle.province,
        "from": _party(bundle.sender),
        "to": _party(bundle.receiver),
        "officer": bundle.officer,
        "made_at": bundle.made_at,
        "events": len(bundle.lines),
        "have": {
            stream: [one.seq, one.head, one.nameless, one.signed]
            for stream, one in bundle.have.items()
        },
        "parts": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()},
    }
    return dumps(body).encode()


def _party(one: Party) -> dict[str, str | None]:
    return {"commune": one.commune, "database": one.database}


def _event_row(line: Line) -> str:
    signature = "" if line.signature is None else f',"signature":{dumps(dict(line.signature))}'
    return f'{{"body":{line.body},"hash":"{line.hash}"{signature}}}'


def _late_row(one: Late) -> str:
    about = {"stream": one.stream, "seq": one.seq, "hash": one.hash}
    return dumps({**about, "signature": dict(one.signature)})


def names_text(names: Iterable[Name]) -> bytes:
    """Return names as the text that is put into a file, or encrypted first."""
    return _lines(
        dumps(
            {
                "club": one.club,
                "member": one.member,
                **dict(zip(SHARED_NAMES, one.values, strict=True)),
            }
        )
        for one in names
    )


def read_names(data: bytes) -> tuple[Name, ...]:
    """Return the names of such a text. Raises what a strange text makes Python raise."""
    rows = [json.loads(line) for line in _rows(data)]
    found = []
    for row in rows:
        values = tuple(row[name] for name in SHARED_NAMES)
        for text in (values[0], values[-1], *(one for one in values if one is not None)):
            _text(text)
        bytes.fromhex(values[-1])
        found.append(Name(_text(row["club"]), _text(row["member"]), values))
    return tuple(found)


def _rows(data: bytes) -> list[str]:
    """Return the lines of a text; other ends of lines than this one may be within texts."""
    return [row for row in data.decode().split("\n") if row]


def _lines(rows: Iterable[str]) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


STRANGE_FILE: tuple[type[Exception], ...] = (*DAMAGED, *codec.STRANGE, MemoryError, StorageError)
"""What reading a file that is damaged, or made up, ends in."""

# -- reading ---------------------------------------------------------------------------------------


def read(path: Path) -> Bundle:
    """Return what a file holds. Raises ``InputError`` for what is no such file."""
    return decode(read_file(path, most=MOST_PACKED), path.name)


def decode(data: bytes, name: str) -> Bundle:
    """Return what a file's bytes hold; messages call it by its ``name``. Raises as ``read``."""
    with _damage(name):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _parts(archive, name)
        manifest = parts.pop(MANIFEST)
        signature = parts.pop(SIGNATURE, None)
        found = json.loads(manifest)
        _require_version(found, name)
        digests = {part: hashlib.sha256(one).hexdigest() for part, one in parts.items()}
        if found["parts"] != digests:
            raise ValueError("parts")
        bundle = Bundle(
            province=_text(found["province"]),
            sender=_read_party(found["from"]),
            receiver=_read_party(found["to"]),
            officer=_text(found["officer"]),
            made_at=_moment(found["made_at"]),
            engine=_text(found["engine"]),
            have={_text(stream): _read_have(one) for stream, one in found["have"].items()},
            lines=tuple(_read_lines(parts[EVENTS])),
            names=read_names(parts[NAMES]) if NAMES in parts else None,
            box=parts.get(BOX),
            late=tuple(map(_read_late, _rows(parts.get(SIGNATURES, b"")))),
            gone=tuple(map(_read_gone, _rows(parts.get(SUPERSEDED, b"")))),
            checkpoint=parts.get(CHECKPOINT, b"").decode(),
            id=hashlib.sha256(manifest).hexdigest(),
            manifest=manifest,
            signature=None if signature is None else _read_signature(json.loads(signature)),
        )
        if found["events"] != len(bundle.lines):
            raise ValueError("events")
        return bundle


def with_names(bundle: Bundle, pair: Pair) -> Bundle:
    """Return a file with the names that are encrypted in it, if they are for that pair.

    Raises ``InputError`` for a box that is damaged.
    """
    assert bundle.box is not None
    opened = unbox(bundle.box, pair)
    if opened is None:
        return bundle
    with _damage(BOX):
        return replace(bundle, names=read_names(opened))


@contextmanager
def _damage(name: str) -> Iterator[None]:
    """Raise whatever a strange file makes Python raise as one sentence."""
    try:
        yield
    except STRANGE_FILE as error:
        if isinstance(error, StorageError) and error.code == codes.EVENT_VERSION:
            raise
        raise InputError(
            _("“{name}” is no whole file with clubs: it is damaged, cut off or changed.").format(
                name=name
            ),
            code=codes.BUNDLE_FILE,
        ) from error


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """Return every part. Raises ``InputError`` for a bomb, ``ValueError`` for a foreign part."""
    infos = archive.infolist()
    names = [one.filename for one in infos]
    known = {*PARTS, MANIFEST, SIGNATURE}
    if len(set(names)) < len(names) or set(names) - known or not {EVENTS, MANIFEST} <= set(names):
        raise ValueError(names)
    left, parts = MOST_UNPACKED, {}
    for info in infos:
        with archive.open(info) as part:
            # What the directory states of the size is not believed.
            data = part.read(left + 1)
        left -= len(data)
        if left < 0:
            raise InputError(
                _("“{name}” would unpack into far more than clubs can be.").format(name=name),
                code=codes.BUNDLE_FILE,
            )
        parts[info.filename] = data
    return parts


def _require_version(found: Mapping[str, Any], name: str) -> None:
    if found["format"] != FORMAT or type(found["v"]) is not int:
        raise ValueError(found["format"])
    if found["v"] != VERSION:
        raise InputError(
            _("“{name}” was made by version {version} of the program, which is newer.").format(
                name=name, version=_text(found["engine"])
            ),
            code=codes.BUNDLE_NEWER,
            help=_("Install the newer version: pip install --upgrade clb-lien-the-he."),
        )


def _text(value: Any) -> str:
    """Return a text that every database can hold. Raises ``TypeError``, ``ValueError``."""
    if not isinstance(value, str):
        raise TypeError("str")
    if "\0" in value or not is_text(value):
        raise ValueError("text")
    return value


def _moment(value: Any) -> str:
    datetime.strptime(value, MOMENT).astimezone(UTC)
    return _text(value)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LAST:
        raise TypeError("int")
    return value


def _read_party(found: Mapping[str, Any]) -> Party:
    commune = found["commune"]
    return Party(None if commune is None else _text(commune), _text(found["database"]))


def _read_have(found: Any) -> Have:
    seq, head, nameless, signed = found
    return Have(_number(seq), _text(head), _number(nameless), _text(signed))


def _read_signature(found: Any) -> dict[str, str]:
    return {name: _text(found[name]) for name in ("officer", "key", "signature")}


def _read_lines(data: bytes) -> Iterator[Line]:
    """Yield the events of a text. Each stream's are together and in order, without a gap."""
    before: tuple[str, int] | None = None
    done = set[str]()
    for text in _rows(data):
        row = json.loads(text)
        body = dumps(row["body"])
        stream, seq = _text(row["body"]["stream"]), _number(row["body"]["seq"])
        if digest(body) != row["hash"]:
            raise ValueError(stream)
        if before is None or before[0] != stream:
            if stream in done:
                raise ValueError(stream)
            done.add(stream)
        elif seq != before[1] + 1:
            raise ValueError(stream)
        before = (stream, seq)
        signed = row.get("signature")
        signature = None if signed is None else _read_signature(signed)
        line = Line(stream, seq, body, row["hash"], signature)
        line.event()
        yield line


def _read_late(text: str) -> Late:
    row = json.loads(text)
    return Late(
        *(_text(row["stream"]), _number(row["seq"]), _text(row["hash"])),
        _read_signature(row["signature"]),
    )


def _read_gone(text: str) -> Gone:
    body = json.loads(text)["body"]
    return Gone(_text(body["stream"]), _number(body["seq"]), dumps(body))
