"""Seals for people: whether one noted elsewhere still fits, and the proof of one event."""

import base64
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import codes
from engine.errors import InputError, StorageError, UnknownError
from engine.i18n import _
from engine.seals import checkpoint, merkle
from engine.seals.checkpoint import Noted
from engine.store import seals, superseded, verify
from engine.store.canonical import digest
from engine.store.database import Store
from engine.store.fault import Fault
from engine.store.reader import ReadOnlyDatabase
from engine.store.seals import Held, Seal
from engine.store.url import DatabaseAddress

__all__ = ["Held", "Seal", "held", "held_backup", "newest", "proof", "proof_text"]

SELECT_EVENT = "SELECT province, body, hash FROM event WHERE stream = ? AND seq = ?"
TREE_KEYS = ("origin", "size", "root")
PROOF = "c2sp.org/tlog-proof@v1"


def held(store: Store, noted: Noted) -> Held:
    """Return whether what a noted seal covers is there unchanged, and else what is not."""
    with store.snapshot():
        return _held(store, noted)


def held_backup(store: Store, file: Path) -> list[Held]:
    """Return the same for the last seal of each province in a backup.

    The backup has every event it sealed, so what is not there any more is named exactly. Raises
    ``InputError`` for a backup without seals, ``StorageError``.
    """
    address = DatabaseAddress(str(file))
    with store.snapshot(), closing(ReadOnlyDatabase(address)) as backup:
        found = []
        for province in seals.sealed_provinces(backup):
            seal = newest(backup, province)
            if seal is None:
                continue
            one = _held(store, Noted(seal.size, seal.root, seal.prefix, seal.origin))
            if one.fault is not None:
                exact = _first_difference(store, backup, province) or one.fault
                one = replace(one, fault=exact)
            found.append(one)
    if not found:
        raise InputError(
            _("There is no seal in {file}.").format(file=file),
            code=codes.SEAL_FILE,
            help=_("A backup made from now on has one: clb db backup FILE."),
        )
    return found


def _held(store: Store, noted: Noted) -> Held:
    return verify.readably(store, lambda: seals.held(store, noted))


def _first_difference(store: Store, backup: ReadOnlyDatabase, province: str) -> Fault | None:
    return verify.readably(store, lambda: next(seals.differences(store, backup, province), None))


def newest(store: Store | ReadOnlyDatabase, province: str) -> Seal | None:
    """Return a province's newest seal as the log has it, ``None`` where there is none."""
    found = None
    for _seq, content in seals.contents(store, province):
        found = content.seal if content is not None else found
    return found


def proof(store: Store, stream: str, seq: int, noted: Sequence[Noted] = ()) -> dict[str, Any]:
    """Return the proof that an event is a leaf of the newest seal's tree.

    With ``noted`` the tree is that of the noted seal, or, where the event is younger, the newest
    one together with the proof that the noted tree is its beginning. Raises ``UnknownError`` for an
    event that is not there or not sealed, ``InputError`` for a noted seal that is not of this log,
    ``StorageError`` for a log that does not fit its seals.
    """
    with store.snapshot():
        return _proof(store, stream, seq, noted)


def _proof(store: Store, stream: str, seq: int, noted: Sequence[Noted]) -> dict[str, Any]:
    row = store.row(SELECT_EVENT, (stream, seq))
    if row is None:
        raise UnknownError(
            _("There is no event {seq} of {stream}.").format(seq=seq, stream=stream),
            code=codes.SEAL_NONE,
            help=_("See its events: clb audit show {name}.").format(
                name=stream.removeprefix("club:")
            ),
        )
    province, body, hash_ = row
    seal = newest(store, province)
    leaves = seals.leaves(store, province, seal.size) if seal else ()
    # A number that was taken again has two leaves: the later one is of the event that is there.
    place = max((at for at, one in enumerate(leaves) if one[:2] == (stream, seq)), default=None)
    if (
        place is not None
        and leaves[place][2] != hash_
        and superseded.is_superseded(store, province, (stream, seq), leaves[place][2])
    ):
        place = None
    if seal is None or place is None:
        raise UnknownError(
            _("Event {seq} of {stream} is not sealed yet.").format(seq=seq, stream=stream),
            code=codes.SEAL_NONE,
            help=_("Make a seal: clb audit seal."),
        )
    hashes = [merkle.leaf(bytes.fromhex(kept)) for _stream, _seq, kept in leaves]
    _require_sound(seal, hashes, (body, hash_), leaves[place])
    top, beginning = _trees(seal, hashes, place, noted)
    return {
        "v": 1,
        "event": {"stream": stream, "seq": seq, "hash": hash_, "body": body},
        "leaf": place,
        "tree": top,
        "inclusion": [one.hex() for one in merkle.inclusion(hashes[: top["size"]], place)],
        "noted": beginning,
    }


def _require_sound(
    seal: Seal, hashes: Sequence[bytes], event: tuple[str, str], leaf: tuple[str, int, str]
) -> None:
    body, hash_ = event
    if merkle.root(hashes).hex() != seal.root or not digest(body) == hash_ == leaf[2]:
        raise StorageError(
            _("The log does not fit its seal {line}.").format(line=seal.line),
            code=codes.LOG_DAMAGED,
            help=_("See what does not fit: clb audit verify."),
        )


def _trees(
    seal: Seal, hashes: Sequence[bytes], place: int, noted: Sequence[Noted]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the tree that the event is proved in, and how a noted one is its beginning."""
    top = _tree(seal, seal.size, seal.root)
    if not noted:
        return top, None
    one = next((one for one in noted if one.is_of(seal.prefix, seal.origin)), noted[0])
    root = merkle.root(hashes[: one.size]).hex() if one.size <= len(hashes) else ""
    if not one.size or not one.is_of(seal.prefix, seal.origin) or not one.fits(root):
        raise InputError(
            _("{line} is not a seal of this log.").format(line=one),
            code=codes.SEAL_OTHER,
            help=f'clb audit verify --seal "{one}"',
        )
    tree = _tree(seal, one.size, root)
    if place < one.size:
        return tree, None
    path = [node.hex() for node in merkle.consistency(hashes, one.size)]
    return top, {**tree, "consistency": path}


def _tree(seal: Seal, size: int, root: str) -> dict[str, Any]:
    return {
        "line": checkpoint.line(seal.prefix, size, root),
        "origin": seal.origin,
        "size": size,
        "root": root,
    }


def proof_text(found: dict[str, Any]) -> str:
    """Return a proof of inclusion as the text of C2SP tlog-proof; the event's body is its extra.

    The checkpoint in it is unsigned: it is compared with a seal noted elsewhere.
    """
    tree, body = found["tree"], found["event"]["body"]
    lines = [
        PROOF,
        f"extra {base64.b64encode(body.encode()).decode()}",
        f"index {found['leaf']}",
        *(base64.b64encode(bytes.fromhex(one)).decode() for one in found["inclusion"]),
        "",
    ]
    return "\n".join([*lines, checkpoint.checkpoint(*(tree[key] for key in TREE_KEYS))])
