"""Sealing the log: every event of a province since the last seal becomes a leaf of its tree.

A seal is itself an event, of the stream ``seal:<province>``, and a leaf of the seal after it.
"""

from dataclasses import dataclass

from engine import codes
from engine.errors import ClbError, PluginError, StorageError
from engine.i18n import _
from engine.lifecycle.gather import unknown_officer
from engine.lifecycle.login import require_login, require_whole
from engine.lifecycle.people import random_code
from engine.lifecycle.province import append
from engine.lifecycle.registry import Registry
from engine.model import Role
from engine.seals import merkle
from engine.seals.checkpoint import ORIGIN
from engine.store import seals
from engine.store.canonical import digest
from engine.store.seals import Seal
from engine.store.verify import damaged

MOST_LEAVES = 50_000
"""How many events one seal takes in: it holds a SQLite file's write lock meanwhile."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A province's newest seal, and how many events were sealed for it: 0 if nothing was new."""

    seal: Seal
    events: int


def seal_all(registry: Registry, officer: str | None) -> list[Sealed]:
    """Seal every province that has events. Raises as ``seal`` does."""
    return [
        made
        for province in seals.provinces(registry.store)
        if (made := seal(registry, province, officer)) is not None
    ]


def try_seal_all(registry: Registry, officer: str | None) -> tuple[list[Sealed], list[str]]:
    """Seal every province where that is possible; return the seals and a sentence a failure."""
    found, failures = list[Sealed](), list[str]()
    for province in seals.provinces(registry.store):
        try:
            made = seal(registry, province, officer)
        except ClbError as error:
            failures.append(f"{province}: {error.message}")
            continue
        if made is not None:
            found.append(made)
    return found, failures


def seal(registry: Registry, province: str, officer: str | None) -> Sealed | None:
    """Seal what a province recorded since its last seal and return the newest one.

    Where nothing was recorded since, that is the last one, and nothing is written; ``None`` where
    there is none either. ``officer`` made it, if that is somebody of this province; else it counts
    as made by the program. Raises ``StorageError`` for an event that is not what was recorded,
    ``PluginError`` where the province's prefix cannot be known, ``ConflictError``,
    ``NotPermittedError`` for a login that sees some communes only.
    """
    require_whole(registry.store, _("A seal is over a whole province: log in for the province."))
    count = 0
    while taken := _piece(registry, province, officer):
        count += taken
    newest = seals.last(registry.store, province)
    return None if newest is None else Sealed(newest, count)


def require_officer(registry: Registry, officer: str | None) -> None:
    """Refuse somebody in no office. Raises ``UnknownError``, ``NotPermittedError``."""
    if officer is not None and not registry.lifecycle.officers(officer):
        raise unknown_officer(registry.store, officer, registry.lifecycle.today())


def _piece(registry: Registry, province: str, officer: str | None) -> int:
    """Make one seal of at most ``MOST_LEAVES`` events; return of how many.

    On PostgreSQL only another seal of the province waits meanwhile: a stream only grows, so what
    was once seen of it can be read without keeping anybody from adding to it.
    """
    store = registry.store
    with store.write(f"{seals.STREAM}{province}"):
        ranges = seals.unsealed(store, province, MOST_LEAVES)
        if not ranges:
            return 0
        before = seals.last(store, province)
        tree = _tree(registry, province, before)
        hashes = _recorded(registry, ranges)
        for one in hashes:
            tree.append(merkle.leaf(bytes.fromhex(one)))
        id_, role = _maker(registry, province, officer)
        row = {
            "prefix": before.prefix if before else _prefix(registry, province, ranges),
            "origin": before.origin if before else f"{ORIGIN}/{province}/{random_code(8)}",
            "size": tree.size,
            "root": tree.root().hex(),
            "frontier": " ".join(one.hex() for one in tree.nodes),
            "streams": ranges,
            "leaves": "".join(hashes),
        }
        append(
            *(store, registry.province.clock(), f"{seals.STREAM}{province}", province),
            *("seal", seals.form(row), id_, role),
            records=(("seal", row),),
        )
        return len(hashes)


def _tree(registry: Registry, province: str, before: Seal | None) -> merkle.Frontier:
    """Return the tree that the next seal grows. Raises ``StorageError`` where the tables differ."""
    try:
        if seals.agrees(registry.store, province):
            return before.tree() if before else merkle.Frontier()
    except ValueError:
        pass
    raise StorageError(
        _("The tables do not have the last seal of {province} as the log has it.").format(
            province=province
        ),
        code=codes.SEAL_TABLES,
        help=_("Compute the tables again: clb db rebuild."),
    )


def _recorded(registry: Registry, ranges: list[seals.Range]) -> list[str]:
    """Return the hashes of events, each compared with its body first."""
    found = []
    rows = seals.events(registry.store, ranges, "body, hash")
    for (stream, seq), row in zip(seals.places(ranges), rows, strict=True):
        if row is None or not isinstance(row[0], str) or digest(row[0]) != row[1]:
            reason = (
                _("event {seq} is missing").format(seq=seq)
                if row is None
                else _("the body is not the one that was recorded")
            )
            raise damaged(registry.store, stream, seq, reason)
        found.append(str(row[1]))
    return found


def _prefix(registry: Registry, province: str, ranges: list[seals.Range]) -> str:
    """Return the prefix of a province's clubs: its policy's, or that of a club's id."""
    try:
        return registry.provinces.policy(province).prefix
    except PluginError:
        for stream, _first, _last in ranges:
            kind, _colon, name = stream.partition(":")
            if kind == "club":
                return name.partition("-")[0]
        raise


def _maker(registry: Registry, province: str, officer: str | None) -> tuple[str, Role | None]:
    """Return who seals, in which role there: nobody and none for the program itself."""
    found = registry.lifecycle.officers(officer) if officer else ()
    own = [one.role for one in found if one.province == province]
    if officer is None or not own:
        return "", None
    require_login(registry.store, officer)
    for role in (Role.PROVINCE, Role.ADMIN):
        if role in own:
            return officer, role
    return officer, own[0]
