"""Names, numbers and addresses: outside the log, under a commitment, so that they can be erased."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from engine.store.canonical import dumps, plain, quoted
from engine.store.database import Store
from engine.vietnamese.text import bare

FIELDS = ("name", "id_number", "phone", "village", "note")
PUT = (
    "INSERT INTO personal (club, member, province, name, name_key, id_number, phone, village, "
    "note, salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({key}) DO UPDATE SET "
    "name = excluded.name, name_key = excluded.name_key, id_number = excluded.id_number, "
    "phone = excluded.phone, village = excluded.village, note = excluded.note, "
    "salt = excluded.salt"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is. ``salt`` keeps the commitment in the log from revealing anything."""

    name: str
    id_number: str | None = None
    phone: str | None = None
    village: str | None = None
    note: str | None = None
    salt: str = ""

    def salted(self) -> "Identity":
        """Return the identity with a salt of its own (32 random bytes)."""
        return Identity(
            self.name, self.id_number, self.phone, self.village, self.note, secrets.token_hex(32)
        )

    @property
    def commit(self) -> str:
        """Return the commitment that the log keeps."""
        return commitment(self.salt, {name: getattr(self, name) for name in FIELDS})


def commitment(salt: str, identity: Mapping[str, str | None]) -> str:
    """Return the SHA-256 of a salt (hexadecimal) and the canonical JSON of an identity."""
    return sha256(bytes.fromhex(salt) + dumps(plain(identity)).encode()).hexdigest()


def is_committed(commit: str | None, salt: str, texts: Sequence[str | None]) -> bool:
    """Return whether a commitment is that to an identity as it lies in its row.

    ``texts`` are in the order of ``FIELDS``. The same as comparing with ``commitment``, but for a
    million of them: what is in its canonical spelling already is not spelled again.
    """
    name, id_number, phone, village, note = [
        "null" if one is None else quoted(one) for one in texts
    ]
    spelled = (
        f'{{"id_number":{id_number},"name":{name},"note":{note},"phone":{phone},'
        f'"village":{village}}}'
    )
    return sha256(bytes.fromhex(salt) + spelled.encode()).hexdigest() == commit


def put(store: Store, club: str, province: str, identities: Sequence[tuple[str, Identity]]) -> None:
    """Keep members' identities, in place of earlier ones. Call inside ``store.write``."""
    store.many(
        PUT.format(key="club, member, province" if store.divided else "club, member"),
        [
            (
                club,
                member,
                province,
                identity.name,
                bare(identity.name),
                identity.id_number,
                identity.phone,
                identity.village,
                identity.note,
                identity.salt,
            )
            for member, identity in identities
        ],
    )


def remove(store: Store, club: str, province: str, member: str) -> int:
    """Erase an identity and return how many rows went. Call inside ``store.write``."""
    sql = "DELETE FROM personal WHERE club = ? AND province = ? AND member = ?"
    return store.run(sql, (club, province, member))
