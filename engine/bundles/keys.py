"""Officers' keys: a pair each, what they sign, and texts that only a receiver can read.

The private half is a file of the user's own folder, encrypted with a passphrase; the public half is
one line, which the province's administrator registers. Everything is built from the primitives of
the library ``cryptography``: Ed25519 to sign; X25519, HKDF-SHA256 and ChaCha20-Poly1305 to encrypt.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine import codes
from engine.bundles.keyring import place
from engine.errors import InputError
from engine.files import free_name, write_file
from engine.i18n import _
from engine.store.signatures import PREFIX, RAW, halves
from engine.user_dir import PRIVATE_FOLDER

EVENT, FILE = "clb-event", "clb-bundle"
"""What is signed is one of these words, a blank and a SHA-256: an event's, a manifest's."""
NONCE = b"\0" * 12
"""Each key encrypts one text only."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An officer's pair, opened."""

    officer: str
    signing: Ed25519PrivateKey
    reading: X25519PrivateKey

    @property
    def public(self) -> str:
        """Return the public line."""
        both = self.signing.public_key().public_bytes_raw()
        both += self.reading.public_key().public_bytes_raw()
        return PREFIX + base64.urlsafe_b64encode(both).decode()

    def sign(self, what: str, digest: str) -> Mapping[str, str]:
        """Return a signature as files and the database keep it."""
        made = self.signing.sign(f"{what} {digest}".encode())
        signature = base64.b64encode(made).decode()
        return {"officer": self.officer, "key": self.public, "signature": signature}

    def sign_event(self, hash_: str) -> Mapping[str, str]:
        """Return the signature of an event by its hash."""
        return self.sign(EVENT, hash_)


def make(officer: str, passphrase: str) -> Pair:
    """Make a pair and keep its private half; an earlier one is kept under another name.

    Raises ``InputError`` where the passphrase is too short.
    """
    if len(passphrase) < SHORTEST:
        raise InputError(
            _("A passphrase needs at least {count} letters.").format(count=SHORTEST),
            code=codes.KEY_PASSPHRASE,
        )
    pair = Pair(officer, Ed25519PrivateKey.generate(), X25519PrivateKey.generate())
    locked = serialization.BestAvailableEncryption(passphrase.encode())
    data = b"".join(
        one.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
        for one in (pair.signing, pair.reading)
    )
    file = place(officer)
    os.makedirs(file.parent, PRIVATE_FOLDER, exist_ok=True)
    if file.exists():
        os.replace(file, free_name([officer, "old"], ".pem", file.parent))
    write_file(file, data)
    write_file(file.with_suffix(".pub"), pair.public.encode())
    return pair


SHORTEST = 8
END = b"-----END ENCRYPTED PRIVATE KEY-----\n"


def load(officer: str, passphrase: str) -> Pair:
    """Open an officer's pair. Raises ``InputError`` for a wrong passphrase or a damaged file."""
    try:
        first, second, _rest = place(officer).read_bytes().split(END)
        signing, reading = (
            serialization.load_pem_private_key(one + END, passphrase.encode())
            for one in (first, second)
        )
    except (ValueError, TypeError) as error:
        raise InputError(
            _("The key of {officer} cannot be opened with that passphrase.").format(
                officer=officer
            ),
            code=codes.KEY_PASSPHRASE,
        ) from error
    assert isinstance(signing, Ed25519PrivateKey)
    assert isinstance(reading, X25519PrivateKey)
    return Pair(officer, signing, reading)


def require_public(public: str) -> str:
    """Return a public line that can be one. Raises ``InputError``."""
    try:
        halves(public.strip())
    except ValueError as error:
        raise InputError(
            _("“{text}” is no public line of a key.").format(text=public), code=codes.KEY_LINE
        ) from error
    return public.strip()


def is_signed(signature: Mapping[str, str], what: str, digest: str) -> bool:
    """Return whether a signature is that of its key over a digest."""
    try:
        signing, _reading = halves(signature["key"])
        made = base64.b64decode(signature["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(signing).verify(made, f"{what} {digest}".encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def box(data: bytes, publics: Sequence[str]) -> bytes:
    """Return a text that only the owners of these public lines can read."""
    content = secrets.token_bytes(RAW)
    wrapped = {one: base64.b64encode(_wrap(content, one)).decode() for one in sorted(publics)}
    text = base64.b64encode(ChaCha20Poly1305(content).encrypt(NONCE, data, None)).decode()
    return json.dumps({"v": 1, "keys": wrapped, "text": text}, sort_keys=True).encode()


def unbox(data: bytes, pair: Pair) -> bytes | None:
    """Return what is in a box, ``None`` where it is not for that pair. Raises ``InputError``."""
    try:
        found = json.loads(data)
        if pair.public not in found["keys"]:
            return None
        content = _unwrap(base64.b64decode(found["keys"][pair.public], validate=True), pair)
        text = base64.b64decode(found["text"], validate=True)
        return ChaCha20Poly1305(content).decrypt(NONCE, text, None)
    except (InvalidTag, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(_("The encrypted names are damaged."), code=codes.BUNDLE_NAMES) from error


def _wrap(content: bytes, public: str) -> bytes:
    _signing, reading = halves(public)
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(reading))
    return own + ChaCha20Poly1305(_derived(shared, own + reading)).encrypt(NONCE, content, None)


def _unwrap(data: bytes, pair: Pair) -> bytes:
    own, text = data[:RAW], data[RAW:]
    shared = pair.reading.exchange(X25519PublicKey.from_public_bytes(own))
    reading = pair.reading.public_key().public_bytes_raw()
    return ChaCha20Poly1305(_derived(shared, own + reading)).decrypt(NONCE, text, None)


def _derived(shared: bytes, both: bytes) -> bytes:
    return HKDF(hashes.SHA256(), RAW, salt=None, info=b"clb-box" + both).derive(shared)
