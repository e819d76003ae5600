"""Files with clubs."""

import hashlib
import json
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO

from bench import life
from bench.fuzz.office import TODAY, office
from bench.fuzz.readers.reader import Reader, readable
from engine.bundles import form, keyring, keys, making, taking
from engine.errors import ClbError
from engine.lifecycle.registry import Registry, make_registry
from engine.model import Role
from engine.scenario.world import StillClock
from engine.store import codec
from engine.store.canonical import digest, dumps


@cache
def _bundle_made() -> bytes:
    """Return a file with everything that the office has."""
    here, file = office(), office().folder / "made.clbz"
    by = next(one for one in here.registry.officers.everybody() if one.commune)
    order = making.Order(by.id, commune=by.commune, names=True, whole=True)
    making.make(here.registry, order, file)
    return file.read_bytes()


def _bundle_read() -> form.Bundle:
    return form.decode(_bundle_made(), "made.clbz")


@cache
def _other_office() -> Registry:
    """Return a database that has nothing yet."""
    return make_registry(str(office().folder / "other.sqlite3"), clock=StillClock(TODAY))[0]


def _bundle(data: bytes) -> object:
    """Look at a file with clubs, in a database that has them and in one that has nothing."""
    found = form.decode(data, "given.clbz")
    return [
        str(taking.take(one, found, dry_run=True)) for one in (office().registry, _other_office())
    ]


def _bundle_manifest(data: bytes) -> object:
    """Read a file whose manifest somebody wrote."""
    whole = BytesIO()
    with zipfile.ZipFile(BytesIO(_bundle_made())) as old, zipfile.ZipFile(whole, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == form.MANIFEST else old.read(name))
    return _bundle(whole.getvalue())


@cache
def _pair() -> keys.Pair:
    """Return a key of the file's sender that nobody registered."""
    officer, passphrase = _bundle_read().officer, "a long passphrase"
    known = keyring.is_here(officer)  # a run in a process of its own reads boxes made elsewhere
    return (keys.load if known else keys.make)(officer, passphrase)


@cache
def _signed_office() -> Registry:
    """Return a copy of the office in which the key of the file's sender is registered."""
    here, pair = office(), _pair()
    copy = here.folder / "signed.sqlite3"
    shutil.copyfile(here.database, copy)
    made = make_registry(str(copy), clock=StillClock(TODAY))[0]
    admin = next(one.id for one in made.officers.everybody() if one.role is Role.ADMIN)
    made.officers.add_key(life.PROVINCE, pair.officer, pair.public, None, by=admin)
    return made


@cache
def _bundle_signed() -> bytes:
    """Return a file in which some events are signed, and others were signed after they were sent.

    It has the registration of their key too.
    """
    pair, made = _pair(), office().folder / "signed.clbz"
    making.make(_signed_office(), making.Order(pair.officer, names=True, whole=True), made)
    bundle = form.decode(made.read_bytes(), made.name)
    lines, late = list[form.Line](), list[form.Late]()
    for one in bundle.lines:
        signature = pair.sign_event(one.hash) if one.event().officer == pair.officer else None
        if signature is not None and one.seq % 2:
            late.append(form.Late(one.stream, one.seq, one.hash, signature))
            signature = None
        lines.append(replace(one, signature=signature))
    return form.encode(replace(bundle, lines=tuple(lines), late=tuple(late)), "")


def _bundle_late(data: bytes) -> object:
    """Read a file in which somebody wrote the signatures of earlier events, digests made anew."""
    whole = BytesIO()
    with zipfile.ZipFile(BytesIO(_bundle_signed())) as old, zipfile.ZipFile(whole, "w") as new:
        manifest = json.loads(old.read(form.MANIFEST))
        manifest["parts"][form.SIGNATURES] = hashlib.sha256(data).hexdigest()
        parts = {form.MANIFEST: dumps(manifest).encode(), form.SIGNATURES: data}
        for name in old.namelist():
            new.writestr(name, parts.get(name) or old.read(name))
    return _bundle(whole.getvalue())


def _late_lines() -> list[bytes]:
    with zipfile.ZipFile(BytesIO(_bundle_signed())) as archive:
        return [archive.read(form.SIGNATURES)]


def _bundle_signature(data: bytes) -> object:
    """Read a file to which somebody put a signature."""
    whole = BytesIO()
    with zipfile.ZipFile(BytesIO(_bundle_made())) as old, zipfile.ZipFile(whole, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr(form.SIGNATURE, data)
    return _bundle(whole.getvalue())


def _signatures() -> list[bytes]:
    signature = _pair().sign(keys.FILE, _bundle_read().id)
    return [dumps(dict(signature)).encode()]


def _box(data: bytes) -> object:
    """Open encrypted names with a key they are for."""
    made = replace(_bundle_read(), names=None, box=data)
    return form.with_names(made, _pair())


def _boxes() -> list[bytes]:
    names = _bundle_read().names or ()
    return [keys.box(form.names_text(names[:5]), [_pair().public])]


def _key(data: bytes) -> object:
    """Read a line that an administrator registers, and the file of a private half."""
    keyring.place("other").parent.mkdir(parents=True, exist_ok=True)
    keyring.place("other").write_bytes(data)
    found = []
    for read in (
        lambda: keys.require_public(readable(data)),
        lambda: keys.load("other", "a long passphrase").public,
    ):
        try:
            found.append(read())
        except ClbError as error:
            found.append(str(error.code))
    return found


def _bundle_event(data: bytes) -> object:
    """Read a file in which somebody wrote an event, and made all digests anew."""
    made, body = _bundle_read(), dumps(json.loads(readable(data)))
    event = codec.decode(body, digest(body))
    place = (event.stream, event.seq)
    lines = tuple(
        form.Line(one.stream, one.seq, body, digest(body))
        if (one.stream, one.seq) == place
        else one
        for one in made.lines
    )
    return _bundle(form.encode(replace(made, lines=lines), ""))


READERS = (
    Reader(
        "bundle",
        "files with clubs",
        _bundle,
        lambda: [_bundle_made(), _bundle_signed()],
        ("PK\x03\x04", "bundle.json", "events.jsonl", '{"body":', '"hash":', "../"),
        slow=True,
    ),
    Reader(
        "bundle_manifest",
        "the manifest of a file with clubs",
        _bundle_manifest,
        lambda: [_bundle_read().manifest],
        json=True,
        slow=True,
    ),
    Reader(
        "bundle_event",
        "an event in a file with clubs, its digests made anew",
        _bundle_event,
        lambda: office().bodies()[:20],
        refuses=(ValueError,),
        json=True,
        slow=True,
    ),
    Reader(
        "bundle_signature",
        "the signature of a file with clubs",
        _bundle_signature,
        _signatures,
        json=True,
        slow=True,
    ),
    Reader(
        "bundle_late",
        "signatures of earlier events in a file with clubs, its digests made anew",
        _bundle_late,
        _late_lines,
        ('"stream":', '"seq":', '"hash":', '"signature":'),
        slow=True,
    ),
    Reader(
        "box",
        "encrypted names of a file with clubs",
        _box,
        _boxes,
        ('"keys":', '"text":'),
        json=True,
        slow=True,
    ),
    Reader(
        "key",
        "officers' keys: public lines and private halves",
        _key,
        lambda: [_pair().public.encode(), keyring.place(_pair().officer).read_bytes()],
        ("clb1-", "-----BEGIN ENCRYPTED PRIVATE KEY-----"),
        slow=True,
    ),
)
